"""What was found in a lesson: a row a step, its experiments trained again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tempfit.data.dataset import Dataset
from tempfit.lesson.checks import Checked, checked
from tempfit.lesson.course import Mark
from tempfit.lesson.ran import Ending, Ran, dataset_of
from tempfit.lesson.step import Step
from tempfit.lesson.truth import answer_text, right, right_text
from tempfit.theory.law import closed_form
from tempfit.theory.status import Status
from tempfit.training.experiment import Experiment
from tempfit.training.history import History
from tempfit.training.trainer import Trainer

Train = Callable[[Dataset, Experiment], History]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Hold what was found in one step: predicted, right, and what ran.

    `predicted` is None where there was no prediction. `trainings` are the experiments that
    passed the step, trained again, and `result` is what the check says of them: a link that
    claims what is not so is found out. `sentence` says what became of the run that passed it.
    """

    step: Step
    predicted: str | None
    answer: str
    right: bool
    trainings: tuple[Ran, ...]
    result: Checked
    sentence: str


def train_again(dataset: Dataset, experiment: Experiment) -> History:
    """Return the history of an experiment, trained with whatever else waits at the moment."""
    trainer = Trainer.of(dataset, experiment)
    while not trainer.done:
        trainer.train(trainer.epochs)
    return trainer.history


def ran_again(
    step: Step,
    experiment: Experiment,
    earlier: Sequence[Ending] = (),
    train: Train = train_again,
) -> Ran:
    """Return what runs when an experiment is trained on the readings of a step.

    Where a step looks at one epoch, what comes later is none of it.
    """
    dataset, at = dataset_of(step.data), step.check.at_epoch
    law, history = closed_form(dataset, experiment.runs(dataset)), train(dataset, experiment)
    if at is not None and at in history.epoch:
        history = history.part(history.epoch <= at)
    return Ran.of(experiment, law, history, earlier)


def found(step: Step, mark: Mark, train: Train = train_again) -> Found:
    """Return what was found in a step; `train` makes the histories of its experiments."""
    said = None if mark.prediction is None else answer_text(step, mark.prediction)
    true = mark.prediction is not None and right(step, mark.prediction)
    answer = right_text(step)
    trainings: list[Ran] = []
    for experiment in mark.again if mark.passed else ():
        earlier = [ending for ran in trainings for ending in ran.endings]
        trainings.append(ran_again(step, experiment, earlier, train))
    if not trainings:
        return Found(step, said, answer, true, (), Checked(passed=False), "")
    result = checked(step.check, trainings[-1])
    sentence = trainings[-1].verdicts[result.run].event
    return Found(step, said, answer, true, tuple(trainings), result, sentence)


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot of the picture: where a run stands among all that were found.

    `share` is its last learning rate in multiples of the largest stable one, and `condition` how
    much steeper its loss is across the valley than along it.
    """

    share: float
    condition: float
    status: Status


def dots(found: Sequence[Found]) -> dict[Dot, list[int]]:
    """Return where the runs stand that are trained again, each with the numbers of its steps."""
    steps: dict[Dot, list[int]] = {}
    for step, one in enumerate(found, 1):
        for ran in one.trainings:
            for run, bowl, verdict in zip(
                ran.law.runs, ran.law.curvatures, ran.verdicts, strict=True
            ):
                share = run.rate_at(ran.epoch) / bowl.max_stable_learning_rate
                dot = Dot(share, bowl.condition_number, verdict.status)
                steps.setdefault(dot, []).append(step)
    return steps
