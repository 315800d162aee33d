"""What was tried in the lesson: each time the stage rests, the step's check looks at what ran."""

from dataclasses import dataclass, field, replace

from tempfit.data.dataset import Dataset
from tempfit.lesson import course as courses
from tempfit.lesson.checks import checked
from tempfit.lesson.course import Mark
from tempfit.lesson.ran import Ending, Ran
from tempfit.lesson.step import Step
from tempfit.lesson.summary import Found, found, ran_again, train_again
from tempfit.page import Page, study
from tempfit.theory.law import Law
from tempfit.training.experiment import Experiment
from tempfit.training.history import History
from tempfit.training.trainer import Trainer, name_of
from tempfit.ui import session
from tempfit.words import Language, language


@dataclass(slots=True, eq=False)
class Tried:
    """Hold what became of the experiments that count towards a step, and what was found in steps.

    `answered` is the number of the last rest of the stage that was looked at.
    """

    earlier: dict[tuple[Step, Experiment], tuple[Ending, ...]] = field(default_factory=dict)
    found: dict[Step, tuple[Mark, Language, Found]] = field(default_factory=dict)
    answered: int = 0


def looked_at(page: Page, training: tuple[Trainer, Law], epoch: int) -> Page:
    """Return the page after a look at what ran in the open step, up to the epoch that is shown."""
    trainer, law = training
    course, step = page.course, page.course.open_step
    counts_from = 0 if step is None or step.check.at_epoch is None else step.check.at_epoch
    if step is None or course.waits:
        return page
    if epoch == 0 and step.check.at_epoch != 0:
        return study(page, replace(course, missed=""))
    history = trainer.history.part(trainer.history.epoch <= max(epoch, counts_from))
    before = () if course.mark.passed else course.mark.again
    earlier = [ending for each in before for ending in _earlier(step, each)]
    ran = Ran.of(page.experiment, law, history, earlier)
    if ran.done and step.check.pair:
        session.part(Tried).earlier[step, page.experiment] = ran.endings
    result = checked(step.check, ran)
    ticked = courses.ticked(course, result.experiments, result.sentence, passed=result.passed)
    return study(page, ticked)


def _earlier(step: Step, experiment: Experiment) -> tuple[Ending, ...]:
    """Return what became of an experiment; after the page was loaded anew it is trained again."""
    known = session.part(Tried).earlier
    if (step, experiment) not in known:
        known[step, experiment] = ran_again(step, experiment).endings
    return known[step, experiment]


def found_in(step: Step, mark: Mark, training: tuple[Trainer, Law] | None = None) -> Found:
    """Return what was found in a step, the same object while its mark and the language stay.

    Its experiments are trained again, but for the one that the stage has trained to the end.
    """
    kept = session.part(Tried).found
    if step not in kept or kept[step][:2] != (mark, language()):

        def train(dataset: Dataset, experiment: Experiment) -> History:
            on_stage = training[0] if training else None
            if on_stage and on_stage.done and on_stage.identity == name_of(dataset, experiment):
                return on_stage.history
            return train_again(dataset, experiment)

        kept[step] = mark, language(), found(step, mark, train)
    return kept[step][2]
