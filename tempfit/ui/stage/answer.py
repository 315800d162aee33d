"""Answer a pull: train what it asks for, and give the snapshots that the page lacks.

The page asks for snapshots when its own run low, so nothing trains that nobody watches. An
answer depends on what the page says it has, not on what was sent before: a pull that is lost
or repeated does no harm.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tempfit.theory.law import Law
from tempfit.theory.status import statuses
from tempfit.training.history import History
from tempfit.training.trainer import Trainer
from tempfit.ui.wire.messages import Pull
from tempfit.ui.wire.shapes import packed
from tempfit.ui.wire.stage import PullAnswer, Snapshots


def answer(trainer: Trainer, law: Law, pull: Pull) -> PullAnswer:
    """Train what the pull asks for and return the snapshots that the page lacks."""
    if pull.restart:
        trainer.restart()
    trainer.train(max(pull.until, pull.exact or 0))
    history = trainer.history
    new = history.epoch > pull.after
    if pull.exact is not None:
        looked = trainer.look(pull.exact)
        history = History.join([history, looked])
        new = (history.epoch > pull.after) | np.isin(history.epoch, looked.epoch)
    return PullAnswer(number=pull.number, snapshots=encoded(law, history, new))


def encoded(law: Law, history: History, new: NDArray[np.bool_]) -> Snapshots:
    """Return the snapshots that the mask `new` picks, packed, with each run's status."""
    status: NDArray[Any] = statuses(law, history)
    return Snapshots(
        epoch=packed(history.epoch[new], "<i4"),
        loss=packed(history.loss[:, new], "<f4"),
        w=packed(history.w[:, new], "<f4"),
        b=packed(history.b[:, new], "<f4"),
        status=packed(status[:, new], "u1"),
    )
