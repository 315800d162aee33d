"""Train what a step is tried with."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tempfit.lesson.ran import Ran, Trained, dataset_of
from tempfit.lesson.step import Step
from tempfit.theory.law import closed_form
from tempfit.training.experiment import Experiment
from tempfit.training.trainer import Trainer


def trained(
    step: Step,
    experiment: Experiment | None = None,
    earlier: Sequence[Trained] = (),
    until: int | None = None,
    **settings: Any,
) -> Ran:
    """Return what ran: a step's experiment with other settings, trained in earnest."""
    tried = replace(experiment or step.experiment, **settings)
    dataset = dataset_of(step.data)
    trainer = Trainer.of(dataset, tried)
    until = trainer.epochs if until is None else until
    while trainer.state.epoch < until:
        trainer.train(until)
    law = closed_form(dataset, trainer.runs)
    return Ran.of(tried, law, trainer.history, earlier)
