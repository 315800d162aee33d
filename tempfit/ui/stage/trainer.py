"""Training in step with the page: what a pull asks for, and how it is answered.

The page asks for snapshots when its own run low, so nothing trains that nobody watches. An
answer depends on what the page says it has, not on what was sent before: a pull that is lost
or repeated does no harm.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from tempfit.theory.law import Law
from tempfit.theory.status import statuses
from tempfit.theory.verdict import judged
from tempfit.training.history import History
from tempfit.training.trainer import Trainer, identity

__all__ = ["Pull", "Trainer", "answer", "encoded", "identity", "packed", "standing"]

MAX_NUMBER: Final = 10**7


@dataclass(frozen=True, slots=True)
class Pull:
    """What the page asks for: snapshots after an epoch, up to another one.

    `exact` is an epoch that the page wants a snapshot of even if it is not a scheduled one, or
    None; `restart` throws away what was trained.
    """

    number: int
    experiment: str
    after: int
    until: int
    exact: int | None = None
    restart: bool = False
    equipped: bool = False

    @classmethod
    def read(cls, message: object) -> "Pull | None":
        """Read what a browser sent, which may be anything; return None if it is not a pull."""
        if not isinstance(message, Mapping):
            return None
        number, after, until, exact = (
            _whole(message.get(name)) for name in ("number", "after", "until", "exact")
        )
        experiment = message.get("experiment")
        if number is None or after is None or until is None or not isinstance(experiment, str):
            return None
        restart, equipped = (message.get(name) is True for name in ("restart", "equipped"))
        return cls(number, experiment, after, until, exact, restart=restart, equipped=equipped)


def _whole(value: object) -> int | None:
    """Return the value if it is a whole number of a sensible size, else None."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if -1 <= value <= MAX_NUMBER else None


def answer(trainer: Trainer, law: Law, pull: Pull) -> dict[str, Any]:
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
    return {"number": pull.number, "snapshots": encoded(law, history, new)}


def standing(trainer: Trainer, law: Law, *, said: bool = True) -> dict[str, Any]:
    """Return how far training has come, how fast it went, and what is to be said of it.

    The sentences are left out unless `said`: nobody reads them while the picture moves.
    """
    sentences = None
    if said:
        sentences = [verdict.sentence for verdict in judged(law, trainer.history)]
    return {"trained": trainer.state.epoch, "perSecond": trainer.pace, "sentences": sentences}


def encoded(law: Law, history: History, new: np.ndarray[Any, Any]) -> dict[str, str]:
    """Return the snapshots that the mask `new` picks, packed, with each run's status."""
    status = statuses(law, history)
    return {
        "epoch": packed(history.epoch[new], "<i4"),
        "loss": packed(history.loss[:, new], "<f4"),
        "w": packed(history.w[:, new], "<f4"),
        "b": packed(history.b[:, new], "<f4"),
        "status": packed(status[:, new], "u1"),
    }


def packed(values: np.ndarray[Any, Any], kind: str) -> str:
    """Return the numbers as base64 text of little-endian binary, the last axis running fastest."""
    return base64.b64encode(np.ascontiguousarray(values, dtype=kind).tobytes()).decode("ascii")
