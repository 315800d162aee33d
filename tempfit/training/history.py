"""What a training has recorded, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class State:
    """Hold where training stands: the updates made, and the params of each run.

    These are two tuples of numbers: the garbage collector would look at each of thousands of pairs.
    """

    epoch: int
    w: tuple[float, ...]
    b: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Hold K snapshots of R runs: `epoch` (K,), `loss`, `w` and `b` (R, K).

    Snapshot k is taken after `epoch[k]` updates and holds the loss *at* those params, in the
    squared unit of y; w and b belong to the scaled feature. A run that overflowed goes on in
    inf and nan.
    """

    epoch: NDArray[np.int64]
    loss: NDArray[np.floating]
    w: NDArray[np.floating]
    b: NDArray[np.floating]

    def __len__(self) -> int:
        return len(self.epoch)

    def part(self, which: slice | NDArray[np.bool_] | NDArray[np.int64]) -> "History":
        """Return the snapshots that the slice, mask or index picks."""
        return History(self.epoch[which], self.loss[:, which], self.w[:, which], self.b[:, which])

    def of_runs(self, which: Sequence[int]) -> "History":
        """Return the history of some of the runs."""
        rows = list(which)
        return History(self.epoch, self.loss[rows], self.w[rows], self.b[rows])

    def state(self, index: int) -> State:
        """Return the state that a snapshot was taken of."""
        w, b = self.w[:, index].tolist(), self.b[:, index].tolist()
        return State(int(self.epoch[index]), tuple(w), tuple(b))

    @staticmethod
    def join(pieces: Sequence["History"]) -> "History":
        """Return the pieces as one history: by epoch, and each epoch once."""
        if len(pieces) == 1:
            return pieces[0]
        joined = History(
            np.concatenate([piece.epoch for piece in pieces]),
            *(
                np.concatenate([getattr(piece, name) for piece in pieces], axis=1)
                for name in ("loss", "w", "b")
            ),
        )
        if (np.diff(joined.epoch) > 0).all():
            return joined
        return joined.part(np.unique(joined.epoch, return_index=True)[1])
