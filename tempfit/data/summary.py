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

Floats = NDArray[np.float64]

BLOCK: Final = 8192  # rows that stay in the processor's cache while they are reduced


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """Hold what one pass over N readings finds, in float64.

    `x` and `y` (3,), float64, are three readings, `x` less `x_mean`: every line has the same loss
    on them as on all N. `fingerprint` tells the readings from others.
    """

    x_mean: float
    x_deviation: float
    y_mean: float
    y_variance: float
    y_square: float
    x: Tensor
    y: Tensor
    fingerprint: str


def summary(x: Tensor, y: Tensor) -> Summary:
    """Return the summary of N readings, two 1-D float32 tensors."""
    x64, y64 = x.double(), y.double()
    x_mean, y_mean = x64.mean().item(), y64.mean().item()
    x_three, y_three = _three((x64 - x_mean).numpy(), (y64 - y_mean).numpy())
    digest = hashlib.sha256(x.numpy().tobytes())
    digest.update(y.numpy().tobytes())
    return Summary(
        x_mean=x_mean,
        x_deviation=x64.std(correction=0).item(),
        y_mean=y_mean,
        y_variance=y64.var(correction=0).item(),
        y_square=y64.square().mean().item(),
        x=torch.from_numpy(x_three),
        y=torch.from_numpy(y_three + y_mean),
        fingerprint=digest.hexdigest(),
    )


def _three(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return x and y of three readings on which every line has the loss it has on N.

    R is found a block of rows at a time, and scaled so that three rows have the mean of all. Its
    first column then has the length of (1, 1, 1). A Householder reflection turns it into that and
    changes no line's sum: each row becomes a reading.
    """
    reduced = np.zeros((3, 3))
    for start in range(0, len(x), BLOCK):
        part = slice(start, start + BLOCK)
        block = np.column_stack([np.ones(len(x[part])), x[part], y[part]])
        reduced = np.linalg.qr(np.concatenate([reduced, block])).R
    reduced *= np.sqrt(3 / len(x))
    across = reduced[:, 0] - 1
    reduced -= np.outer(across, 2 / (across @ across) * (across @ reduced))
    return reduced[:, 1], reduced[:, 2]
