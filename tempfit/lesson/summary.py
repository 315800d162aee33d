"""What was found in a lesson: a row a step, its experiments trained again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tempfit.data.dataset import Dataset
from tempfit.lesson.checks import Result, checked
from tempfit.lesson.progress import Mark
from tempfit.lesson.ran import Ran, Trained, dataset_of, remembered
from tempfit.lesson.step import Step
from tempfit.lesson.truth import answer_text, right, right_text
from tempfit.theory.law import closed_form
from tempfit.training.experiment import Experiment
from tempfit.training.history import History
from tempfit.training.trainer import Trainer

Train = Callable[[Dataset, Experiment], History]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Hold what was found in one step: predicted, right, and what ran.

    `predicted` is None where there was no prediction. `trainings` are the experiments that
    passed the step, trained again, and `result` is what the check says of them: a link that
    claims what is not so is found out. `sentence` is the verdict on the run that passed it.
    """

    step: Step
    predicted: str | None
    answer: str
    right: bool
    trainings: tuple[Ran, ...]
    result: Result
    sentence: str


def train_again(dataset: Dataset, experiment: Experiment) -> History:
    """Return the history of an experiment, trained with whatever else waits at the moment."""
    trainer = Trainer.of(dataset, experiment)
    while not trainer.done:
        trainer.train(trainer.epochs)
    return trainer.history


def found(step: Step, mark: Mark, train: Train = train_again) -> Found:
    """Return what was found in a step; `train` makes the histories of its experiments."""
    said = None if mark.prediction is None else answer_text(step, mark.prediction)
    true = mark.prediction is not None and right(step, mark.prediction)
    answer = right_text(step)
    dataset = dataset_of(step.data)
    trainings: list[Ran] = []
    earlier: Sequence[Trained] = ()
    for experiment in mark.experiments:
        law = closed_form(dataset, experiment.runs(dataset))
        trainings.append(Ran.of(experiment, law, train(dataset, experiment), earlier))
        earlier = remembered(trainings[-1])
    if not trainings:
        return Found(step, said, answer, true, (), Result(passed=False), "")
    result = checked(step.check, trainings[-1])
    sentence = trainings[-1].verdicts[result.run].sentence
    return Found(step, said, answer, true, tuple(trainings), result, sentence)
