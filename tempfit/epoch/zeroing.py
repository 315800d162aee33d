"""A loop that never zeroes `.grad`, beside one that does.

Every update then follows the sum of all gradients: the run swings for ever, and nothing slows it
down. On the standardized feature, where the loss is as steep in one direction as in the other, few
epochs show this. At the run's own settings the old gradients may even help, by accident.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from tempfit.epoch import trial_code as code
from tempfit.epoch.tex import DIGITS
from tempfit.epoch.trial import Inputs, Result
from tempfit.epoch.trial_code import Path, body_of
from tempfit.numbers import count, number
from tempfit.words import later, say

RATE: Final = 0.3  # the loop that zeroes converges in few epochs, on a standardized feature
EPOCHS: Final = 60
OWN_EPOCHS: Final = 100
LAST: Final = 20  # epochs, in which a swing is seen from side to side


def zeroing_forgotten(inputs: Inputs) -> Result:
    """Train without ever zeroing `.grad`, beside a loop that does."""
    (shown, standardized), epochs = _standardized(inputs), inputs.affordable(EPOCHS)
    zeroed, never = _both(shown, epochs)
    last = min(LAST, epochs)
    heading = say("largest loss in the last {count} epochs", count=last)
    largest = [number(max(loss for loss, _, _ in path[-last:]), DIGITS) for path in (zeroed, never)]
    return Result(
        {"": body_of(code.never_zeroed)},
        (
            say("Every update now follows the sum of all gradients so far, the oldest included."),
            _swinging(zeroed, never, epochs),
            say(
                "These two train on the standardized feature at learning rate {rate}, where few "
                "epochs show it.",
                rate=number(RATE),
            ),
            _at_own_settings(inputs),
        ),
        (
            ("", heading),
            (say("zeroed"), largest[0]),
            (say("never zeroed"), largest[1]),
        ),
        paths={say("zeroed"): zeroed, say("never zeroed"): never},
        standardized=standardized,
    )


def _standardized(inputs: Inputs) -> tuple[Inputs, tuple[float, float]]:
    """Return the inputs with the feature standardized, and the scale and the shift that do it."""
    x = inputs.x.double()
    shift, deviation = float(x.mean()), float(x.std(correction=0))
    scale = 1 / deviation if deviation > 0 else 1.0
    return replace(inputs, x=(scale * (x - shift)).float(), rate=RATE), (scale, shift)


def _both(inputs: Inputs, epochs: int) -> tuple[Path, Path]:
    """Return the paths of the loop that zeroes and of the one that never does."""
    settings = (inputs.x, inputs.y, inputs.start, inputs.rate, epochs)
    return code.in_place(*settings), code.never_zeroed(*settings)


def _swinging(zeroed: Path, never: Path, epochs: int) -> str:
    """Say what the sum of gradients does to a run, as far as these two paths show it."""
    with_zeroing, without = (turns([w for _, w, _ in path]) for path in (zeroed, never))
    if without <= with_zeroing:
        return say(
            "In these {count} epochs w turned round no more often than with zeroing.",
            count=count(epochs),
        )
    return say(
        "The run cannot slow down at the bottom, it runs through and up the other side: in "
        "{count} epochs w turned round {times}, with zeroing {fewer}.",
        count=count(epochs),
        times=_times(without),
        fewer=_times(with_zeroing),
    )


def _at_own_settings(inputs: Inputs) -> str:
    """Say how the two loops fare at the run's own settings."""
    epochs = inputs.affordable(OWN_EPOCHS)
    zeroed, never = _both(inputs, epochs)
    right, wrong = zeroed[-1][0], never[-1][0]
    if not math.isfinite(right):
        return say(
            "At the run's own settings the learning rate is too large even with zeroing: that loop "
            "overflows too."
        )
    if not wrong < right:
        return say(
            "At the run's own settings the loop that never zeroes is behind after {count} epochs: "
            "its loss is {wrong}, with zeroing {right}.",
            count=count(epochs),
            wrong=number(wrong, DIGITS),
            right=number(right, DIGITS),
        )
    return say(
        "At the run's own settings the loop that never zeroes is ahead after {count} epochs, by "
        "accident: its loss is {wrong}, with zeroing {right}. Old gradients carry it along a "
        "valley, but nothing slows it down: its loss rose in {rises} of these epochs, with zeroing "
        "in {fewer}.",
        count=count(epochs),
        wrong=number(wrong, DIGITS),
        right=number(right, DIGITS),
        rises=_rises(never),
        fewer=_rises(zeroed),
    )


def _rises(path: Path) -> int:
    """Return in how many epochs the loss rose."""
    return int((np.diff([loss for loss, _, _ in path]) > 0).sum())


def turns(values: Sequence[float]) -> int:
    """Return how many times a finite series turns from rising to falling or back."""
    moves = np.diff([value for value in values if math.isfinite(value)])
    signs = np.sign(moves[moves != 0])
    return int((signs[1:] != signs[:-1]).sum())


def _times(turned: int) -> str:
    few = (later("not at all"), later("once"), later("twice"))
    return say(few[turned]) if turned < len(few) else say("{count} times", count=turned)
