"""The numbers that the texts of a lesson name: from the experiment, the law, and what ran."""

from collections.abc import Callable
from typing import Final

from tempfit.lesson.conditions import Check
from tempfit.lesson.ran import Ran
from tempfit.lesson.text import Text, filled
from tempfit.numbers import count, number, rounded_down
from tempfit.theory.curvature import curvature

_WHOLE: Final = ("epochs", "changed_at", "converged_epoch", "overflow_epoch")
_EPOCH_ENDINGS: Final = ("_by", "_from", "_reached")
_LIMITS: Final = ("limit", "raw_limit")


def facts(ran: Ran, run: int = 0) -> dict[str, float]:
    """Return the facts of one run, by the names in `tempfit.lesson.conditions.FACTS`.

    What there is not, the epoch of an overflow where none was, is left out. The raw ones are of
    the feature as it is read, at scale 1.
    """
    it, bowl, history = ran.law.runs[run], ran.law.curvatures[run], ran.history
    raw = curvature(ran.law.dataset, 1.0)
    change = it.changes[-1] if it.changes else (None, None)
    found = {
        "epochs": ran.experiment.epochs,
        "learning_rate": it.learning_rate,
        "feature_scale": it.feature_scale,
        "start_w": it.start[0],
        "start_b": it.start[1],
        "changed_at": change[0],
        "changed_to": change[1],
        "limit": bowl.max_stable_learning_rate,
        "times_limit": it.learning_rate / bowl.max_stable_learning_rate,
        "condition": bowl.condition_number,
        "raw_limit": raw.max_stable_learning_rate,
        "raw_condition": raw.condition_number,
        "best_loss": bowl.best_loss,
        "best_w": bowl.best_w,
        "best_b": bowl.best_b,
        "start_loss": float(history.loss[run, 0]),
        "loss": float(history.loss[run, -1]),
        "w": float(history.w[run, -1]),
        "b": float(history.b[run, -1]),
        "converged_epoch": ran.converged_epoch(run),
        "overflow_epoch": ran.overflow_epoch(run),
    }
    return {name: value for name, value in found.items() if value is not None}


def written(ran: Ran, run: int, check: Check) -> dict[str, str]:
    """Return the facts of one run, and those of a check, as a text has them."""
    asked = {
        name: value
        for name, value in check.conditions
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    texts = {name: _text(name, value) for name, value in {**facts(ran, run), **asked}.items()}
    if check.rates_within is not None:
        texts["rates_within"] = f"{number(100 * check.rates_within)} %"
    return texts


def told(text: Text, ran: Ran, run: int, check: Check) -> str:
    """Return a text in a language with its facts filled in, those of one run of what ran."""
    return filled(text.within(), written(ran, run, check))


def _text(name: str, value: float) -> str:
    if name in _WHOLE or name.endswith(_EPOCH_ENDINGS):
        return count(round(value))
    write: Callable[[float], str] = rounded_down if name in _LIMITS else number
    return write(value)
