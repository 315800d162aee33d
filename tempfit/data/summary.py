"""A million readings as three: all that the loss of a line depends on, found in one pass.

With A the matrix of columns [1, x, y], the squared errors of a line sum to ‖A·(b, w, -1)‖². An
orthogonal matrix changes no length, so that R of A = QR, three rows, has the same sum for every
line. Squaring A, as normal equations do, would lose half of the digits; this loses none. Source:
G. H. Golub, C. F. Van Loan, "Matrix Computations", 4th edition, section 5.3.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

BLOCK: Final = 8192  # rows that stay in the processor's cache while they are reduced


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """Hold what one pass over N readings finds, in float64.

    `rows` (3, 3) float64 holds three weighted readings, `rows[0]` being their x less `x_mean`,
    `rows[1]` their weights and `rows[2]` their y: for every line the mean square of
    `w·(x - x_mean) + b·weight - y` over the three is the mean squared error of
    `w·(x - x_mean) + b` over the readings. `fingerprint` tells readings from others.
    """

    x_mean: float
    x_deviation: float
    y_mean: float
    y_variance: float
    y_square: float
    rows: Tensor
    fingerprint: str


def summary(x: Tensor, y: Tensor) -> Summary:
    """Return the summary of N readings, two 1-D float32 tensors."""
    x64, y64 = x.double(), y.double()
    x_mean, y_mean = x64.mean().item(), y64.mean().item()
    reduced = _reduced((x64 - x_mean).numpy(), (y64 - y_mean).numpy())
    weight, x_rows, y_rows = np.sqrt(3 / len(x)) * reduced.T
    rows = torch.from_numpy(np.stack([x_rows, weight, y_rows + y_mean * weight]))
    digest = hashlib.sha256(x.numpy().tobytes())
    digest.update(y.numpy().tobytes())
    return Summary(
        x_mean=x_mean,
        x_deviation=x64.std(correction=0).item(),
        y_mean=y_mean,
        y_variance=y64.var(correction=0).item(),
        y_square=y64.square().mean().item(),
        rows=rows,
        fingerprint=digest.hexdigest(),
    )


def _reduced(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return R (3, 3) of the QR decomposition of the columns [1, x, y], a block at a time."""
    reduced = np.zeros((3, 3))
    for start in range(0, len(x), BLOCK):
        part = slice(start, start + BLOCK)
        block = np.column_stack([np.ones(len(x[part])), x[part], y[part]])
        reduced = np.linalg.qr(np.concatenate([reduced, block])).R
    return reduced
