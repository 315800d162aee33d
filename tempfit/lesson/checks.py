"""Whether what ran is what a step asks for, and how far off it was if not.

Checks look at what ran and at nothing else, so that any route to the goal counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import inf
from typing import Final

import numpy as np

from tempfit.lesson.asked import GOALS, Check, statuses_of
from tempfit.lesson.conditions import CONDITIONS, Miss
from tempfit.lesson.facts import percent
from tempfit.lesson.ran import Ran
from tempfit.lesson.seen import Seen
from tempfit.numbers import count, number
from tempfit.training.experiment import Experiment, Run
from tempfit.words import later, paragraph, say, say_many

ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Checked:
    """Say whether a check is passed.

    `run` is the place of the run that passed it or came nearest. `experiments` are those in which
    it was passed or, where it asks for two runs, those that have one of them. Where it is not
    passed, `verdict` says what became of the run, and `missed` says how far off it was.
    """

    passed: bool
    run: int = 0
    experiments: tuple[Experiment, ...] = ()
    verdict: str = ""
    missed: str = ""

    @property
    def sentence(self) -> str:
        """What to say of a near miss."""
        return paragraph(self.verdict, self.missed)


def checked(check: Check, ran: Ran) -> Checked:
    """Return whether what ran passes a check."""
    run, miss = _nearest(check, ran)
    experiments, lacking = _paired(check, ran)
    miss = miss or lacking
    if miss is None:
        return Checked(passed=True, run=run, experiments=experiments)
    verdict = ran.verdicts[run].event if check.at_epoch is None else ""
    counted = experiments if check.pair else ()
    return Checked(
        passed=False, run=run, experiments=counted, verdict=verdict, missed=miss.sentence
    )


def _nearest(check: Check, ran: Ran) -> tuple[int, Miss | None]:
    """Return the first run that meets all conditions and None, or the nearest and its miss."""
    if check.at_epoch is not None and check.at_epoch > ran.epoch:
        missing = check.at_epoch - ran.epoch
        said = say_many(
            "What counts is epoch {epoch}: {count} epoch to go.",
            "What counts is epoch {epoch}: {count} epochs to go.",
            missing,
            epoch=count(check.at_epoch),
            count=count(missing),
        )
        return 0, Miss(said)
    runs = {"any": range(len(ran.law.runs)), "main": range(1), "compared": ran.compared}
    found = [(run, list(_misses(check, ran, run))) for run in runs[check.run]]
    if not found:
        return 0, Miss(say("Asked for is a run that is compared with the main one."))
    run, misses = min(found, key=lambda each: (len(each[1]), sum(miss.off for miss in each[1])))
    return run, misses[0] if misses else None


def _misses(check: Check, ran: Ran, run: int) -> Iterator[Miss]:
    """Yield what a run falls short of."""
    index, final = len(ran.history) - 1, ran.done
    if check.at_epoch is not None:
        index = int(np.searchsorted(ran.history.epoch, check.at_epoch, side="right")) - 1
        final = True
    seen = Seen(ran, run, index, final)
    for name, value in check.conditions:
        miss = CONDITIONS[name][1](seen, value)
        if miss is not None:
            yield miss


def _paired(check: Check, ran: Ran) -> tuple[tuple[Experiment, ...], Miss | None]:
    """Return the experiments of two runs in the relation asked for, and None.

    Or those that have a run of the one kind or the other, and what is missing. Where a check does
    not ask for two runs it is the experiment that ran.
    """
    if check.pair is None:
        return (ran.experiment,), None
    endings = (*ran.earlier, *ran.endings)
    ones, others = (
        [each for each in endings if each.status in statuses_of(word)] for word in check.pair
    )
    counted = tuple(dict.fromkeys(each.experiment for each in endings if each in ones + others))
    one_goal, other_goal = (say(GOALS[word]) for word in check.pair)
    if not (ones and others):
        goal = other_goal if ones else one_goal
        return counted, Miss(say("Asked for as well is {goal}.", goal=goal))
    pairs = [(_apart(one.run, other.run), one, other) for one, other in product(ones, others)]
    apart, one, other = min(pairs, key=lambda pair: pair[0])
    if apart == inf:
        said = later(
            "There are both {one} and {other}. They must be two runs on the same feature, at a "
            "rate that does not change."
        )
        return counted, Miss(say(said, one=one_goal, other=other_goal))
    within = check.rates_within
    if within is None or apart <= within + ROUNDING:
        return tuple(dict.fromkeys((one.experiment, other.experiment))), None
    said = later("{one} and {other} are {apart} apart; asked for is at most {within}.")
    rates = {"one": number(one.run.learning_rate, 6), "other": number(other.run.learning_rate, 6)}
    said = say(said, **rates, apart=percent(apart), within=percent(within))
    return counted, Miss(said, apart / within - 1)


def _apart(one: Run, other: Run) -> float:
    """Return by which share of the smaller the rates of two runs differ, or inf.

    That is where their features differ or a rate changes, and of a run and itself.
    """
    features = {(run.feature_scale, run.feature_shift) for run in (one, other)}
    if one == other or len(features) > 1 or one.changes or other.changes:
        return inf
    low, high = sorted((one.learning_rate, other.learning_rate))
    return high / low - 1
