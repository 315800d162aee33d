"""Train what a step is tried with."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from tempfit.lesson.ran import Ending, Ran, dataset_of
from tempfit.lesson.step import Data, Step
from tempfit.theory.law import Law, closed_form
from tempfit.training.experiment import Experiment
from tempfit.training.history import History
from tempfit.training.trainer import Trainer


def trained(
    step: Step,
    experiment: Experiment | None = None,
    earlier: Sequence[Ending] = (),
    until: int | None = None,
    **settings: Any,
) -> Ran:
    """Return what ran: a step's experiment with other settings, trained in earnest."""
    tried = replace(experiment or step.experiment, **settings)
    law, history = _trained(step.data, tried, tried.epochs if until is None else until)
    return Ran.of(tried, law, history, earlier)


@lru_cache(maxsize=32)
def _trained(data: Data, experiment: Experiment, until: int) -> tuple[Law, History]:
    dataset = dataset_of(data)
    trainer = Trainer.of(dataset, experiment)
    while trainer.state.epoch < until:
        trainer.train(until)
    return closed_form(dataset, trainer.runs), trainer.history
