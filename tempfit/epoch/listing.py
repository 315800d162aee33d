"""The training loop as lines of code, and which substep of an epoch each line belongs to.

The page shows these lines beside the numbers of one epoch, and the exported script contains
them: what is explained is the code that is exported.
"""

from enum import StrEnum
from typing import Final

from tempfit.words import later


class Substep(StrEnum):
    """One of the substeps that make up an epoch, in their order."""

    READINGS = later("Readings")
    PREDICTIONS = later("Predictions")
    RESIDUALS = later("Residuals")
    SQUARES = later("Squares")
    LOSS = later("Loss")
    GRADIENT = later("Gradient")
    UPDATE = later("Update")
    LOSS_AFTER = later("Loss after")


SUBSTEPS: Final = tuple(Substep)

# The loss is written out instead of called as a function, so that every substep has a line of its
# own. The update changes the params in place, as that of the reference experiment does.
LOOP: Final[tuple[tuple[Substep | None, str], ...]] = (
    (Substep.READINGS, "x = feature_scale * (readings - feature_shift)"),
    (None, "params = torch.tensor(start, requires_grad=True)"),
    (None, ""),
    (Substep.LOSS_AFTER, "for epoch in range(1, epochs + 1):"),
    (Substep.PREDICTIONS, "    w, b = params"),
    (Substep.PREDICTIONS, "    prediction = w * x + b"),
    (Substep.RESIDUALS, "    residual = prediction - y"),
    (Substep.SQUARES, "    squared = residual**2"),
    (Substep.LOSS, "    loss = squared.mean()"),
    (None, ""),
    (Substep.GRADIENT, "    if params.grad is not None:"),
    (Substep.GRADIENT, "        params.grad.zero_()"),
    (Substep.GRADIENT, "    loss.backward()"),
    (None, ""),
    (Substep.UPDATE, "    with torch.no_grad():"),
    (Substep.UPDATE, "        params -= learning_rate * params.grad"),
    (None, ""),
    (None, "    if epoch % 500 == 0:"),
    (None, '        print(f"Epoch {epoch}, Loss {loss.item():f}")'),
)
