"""The training loop as lines of code, and which step of an epoch each line belongs to.

The page shows these lines beside the numbers of one epoch, and the exported script contains
them: what is explained is the code that is exported.
"""

from enum import StrEnum
from typing import Final

from tempfit.words import later


class Step(StrEnum):
    """One of the steps that make up an epoch, in their order."""

    READINGS = later("Readings")
    PREDICTIONS = later("Predictions")
    RESIDUALS = later("Residuals")
    SQUARES = later("Squares")
    LOSS = later("Loss")
    GRADIENT = later("Gradient")
    UPDATE = later("Update")
    LOSS_AFTER = later("Loss after")


STEPS: Final = tuple(Step)

# The loss is written out instead of called as a function, so that every step has a line of its
# own. The update changes the params in place, as that of the reference experiment does.
LOOP: Final[tuple[tuple[Step | None, str], ...]] = (
    (Step.READINGS, "x = feature_scale * (readings - feature_shift)"),
    (None, "params = torch.tensor(start, requires_grad=True)"),
    (None, ""),
    (Step.LOSS_AFTER, "for epoch in range(1, epochs + 1):"),
    (Step.PREDICTIONS, "    w, b = params"),
    (Step.PREDICTIONS, "    prediction = w * x + b"),
    (Step.RESIDUALS, "    residual = prediction - y"),
    (Step.SQUARES, "    squared = residual**2"),
    (Step.LOSS, "    loss = squared.mean()"),
    (None, ""),
    (Step.GRADIENT, "    if params.grad is not None:"),
    (Step.GRADIENT, "        params.grad.zero_()"),
    (Step.GRADIENT, "    loss.backward()"),
    (None, ""),
    (Step.UPDATE, "    with torch.no_grad():"),
    (Step.UPDATE, "        params -= learning_rate * params.grad"),
    (None, ""),
    (None, "    if epoch % 500 == 0:"),
    (None, '        print(f"Epoch {epoch}, Loss {loss.item():f}")'),
)
