"""The peer of the theory benchmark: gradient descent as one compiled `jax.lax.scan`.

JAX differentiates the loss and XLA compiles the whole loop, so nothing of Python is left in an
epoch. What is timed is the compiled function: compiling it took place before.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from tempfit import Dataset


def descent(
    readings: Dataset, rates: Any, scales: Any, epochs: int, *, kept: bool
) -> Callable[[], Any]:
    """Return a function that trains R runs; it returns w and b, (R, 2), or all (R, epochs, 2)."""
    x, y = jnp.array(readings.x.numpy()), jnp.array(readings.y.numpy())

    def loss(params: Any, scale: Any) -> Any:
        return jnp.mean((params[0] * scale * x + params[1] - y) ** 2)

    def train(rate: Any, scale: Any) -> Any:
        def epoch(params: Any, _: None) -> tuple[Any, Any]:
            params = params - rate * jax.grad(loss)(params, scale)
            return params, params if kept else None

        last, path = jax.lax.scan(epoch, jnp.array([1.0, 0.0]), None, length=epochs)
        return path if kept else last

    compiled = jax.jit(jax.vmap(train))
    settings = jnp.asarray(np.asarray(rates)), jnp.asarray(np.asarray(scales))

    def run() -> Any:
        return compiled(*settings).block_until_ready()

    run()  # compiles
    return run
