"""The numbers that the texts of a lesson name: of the experiment, the law, what ran, the check.

Nothing here needs torch: they are found in what is handed over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tempfit.lesson.conditions import CONDITIONS
from tempfit.lesson.text import Text, filled
from tempfit.limits import Limits
from tempfit.numbers import count, number, rounded_down
from tempfit.words import say

if TYPE_CHECKING:
    from tempfit.lesson.asked import Check
    from tempfit.lesson.seen import Seen

# Those that end so, and these, are epochs, to be written in full.
_EPOCHS: Final = ("epochs", "_epoch", "_by", "_from", "_reached", "changed_at")
_LIMITS: Final = ("limit", "raw_limit")
CHECK_FACTS: Final = (
    *(name for name, (kind, _) in CONDITIONS.items() if isinstance(kind, Limits)),
    "rates_within",
)

# The facts of one run. The raw ones are of the feature as it is read, at scale 1. None is what
# there is not: the epoch of an overflow where none was.
FACTS: Final[dict[str, Callable[[Seen], float | None]]] = {
    "epochs": lambda seen: seen.ran.experiment.epochs,
    "learning_rate": lambda seen: seen.run.learning_rate,
    "feature_scale": lambda seen: seen.run.feature_scale,
    "start_w": lambda seen: seen.run.start[0],
    "start_b": lambda seen: seen.run.start[1],
    "changed_at": lambda seen: seen.change[0],
    "changed_to": lambda seen: seen.change[1],
    "limit": lambda seen: seen.bowl.max_stable_learning_rate,
    "times_limit": lambda seen: seen.run.learning_rate / seen.bowl.max_stable_learning_rate,
    "condition": lambda seen: seen.bowl.condition_number,
    "raw_limit": lambda seen: seen.ran.raw.max_stable_learning_rate,
    "raw_condition": lambda seen: seen.ran.raw.condition_number,
    "best_loss": lambda seen: seen.bowl.best_loss,
    "best_w": lambda seen: seen.bowl.best_w,
    "best_b": lambda seen: seen.bowl.best_b,
    "start_loss": lambda seen: float(seen.ran.history.loss[seen.place, 0]),
    "loss": lambda seen: seen.loss,
    "w": lambda seen: seen.param("w"),
    "b": lambda seen: seen.param("b"),
    "converged_epoch": lambda seen: seen.ran.converged_epoch(seen.place),
    "overflow_epoch": lambda seen: seen.ran.overflow_epoch(seen.place),
}


def facts(seen: Seen) -> dict[str, float]:
    """Return the facts that there are of one run."""
    found = {name: fact(seen) for name, fact in FACTS.items()}
    return {name: value for name, value in found.items() if value is not None}


def written(seen: Seen, check: Check) -> dict[str, str]:
    """Return the facts of one run, and those of a check, as a text has them."""
    asked = {
        name: value
        for name, value in check.conditions
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    texts = {name: _text(name, value) for name, value in {**facts(seen), **asked}.items()}
    if check.rates_within is not None:
        texts["rates_within"] = percent(check.rates_within)
    return texts


def percent(share: float) -> str:
    """Return a share in percent, as the present language writes it."""
    return say("{number} %", number=number(100 * share))


def told(text: Text, seen: Seen, check: Check) -> str:
    """Return a text in a language with its facts filled in, those of one run of what ran."""
    return filled(text.within(), written(seen, check))


def _text(name: str, value: float) -> str:
    if name.endswith(_EPOCHS):
        return count(round(value))
    write: Callable[[float], str] = rounded_down if name in _LIMITS else number
    return write(value)
