"""The page as one frozen value, and the moves from one page to the next.

Every action of the viewer is a move: it returns a page whose experiment is valid, or the page as
it was with a note that says why. What a move needs of the readings or of the theory is passed in,
so nothing here trains, and the controls are on the screen before torch is imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from tempfit import lesson_link, link, typed
from tempfit.data.sources import OWN, THERMOMETER, Source
from tempfit.lesson import course as courses
from tempfit.lesson.course import Course
from tempfit.lesson.progress import begin, joined
from tempfit.training.experiment import EPOCHS, LEARNING_RATE, MAX_RUNS, Experiment, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tempfit.data.pair import Pair
    from tempfit.data.table import Table
    from tempfit.lesson.step import Columns

MAKER_ONLY: Final = (
    "The link was made with readings that only its maker has: here is the thermometer, with the "
    "settings of the link."
)

View = link.View
Setting = Literal["epochs", "learning_rate", "feature_scale", "standardize", "start"]


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """Hold the readings that somebody brought: what they are called, and what they came from.

    `columns` are the places of x and y in the table.
    """

    title: str
    table: Table
    columns: tuple[int, int]
    pair: Pair


@dataclass(frozen=True, slots=True)
class Page:
    """Hold what the page shows.

    `view` is the way the stage is seen. `source` says which readings are on the page, `own` are
    those that the viewer brought, if any, and `bringing` that the viewer is asked for some. Until a
    page is `settled`, settings to start with are still to be found for its readings. `goes_on_from`
    is the epoch from which this experiment continues the one before it. `notes` are sentences to
    the viewer.

    `course` is the viewer's way through the lesson, which is open where it is at a step.
    """

    experiment: Experiment = link.DEFAULT
    view: View = link.LAB
    source: Source = THERMOMETER
    own: Own | None = None
    bringing: bool = False
    settled: bool = True
    goes_on_from: int | None = None
    notes: tuple[str, ...] = ()
    course: Course = field(default_factory=Course)

    @property
    def readings(self) -> Source | Own | Columns:
        """What the readings on the page are made of."""
        if self.course.task is not None:
            return self.course.task.data
        return self.own if self.source == OWN and self.own else self.source


def _with(page: Page, **settings: Any) -> Page:
    """Return the page with other settings, or as it was with a note where no run allows them."""
    try:
        experiment = replace(page.experiment, **settings)
    except ValueError as error:
        return replace(page, notes=(f"Not changed: {error}.",))
    return replace(page, experiment=experiment, goes_on_from=None, notes=())


# The view.


def show(page: Page, view: View) -> Page:
    """Show the stage in another way. The lab takes over what the lesson was showing."""
    if view == link.LESSON and page.course.step is None:
        return turn(page, 0)
    if view != link.LAB:
        return replace(page, view=view)
    readings = page.readings
    source = readings if isinstance(readings, Source) else page.source
    return replace(page, view=view, source=source, course=replace(page.course, step=None))


def turn(page: Page, step: int) -> Page:
    """Open a step of the lesson, presented or in the lesson's own view; 0 is the next to do."""
    course = courses.turned(page.course, step)
    view = page.view if page.view == link.PRESENT else link.LESSON
    opened = replace(page, view=view, course=course, bringing=False, settled=True)
    return load(opened, course.beginning)


def study(page: Page, course: Course) -> Page:
    """Take down what was done in the lesson."""
    return replace(page, course=course)


# The experiment.


def load(page: Page, experiment: Experiment) -> Page:
    """Show an experiment."""
    return replace(page, experiment=experiment, goes_on_from=None, notes=())


def set_to(page: Page, setting: Setting, value: object) -> Page:
    """Give one setting another value; a change of the rate that fewer epochs do not reach goes."""
    if setting != "epochs" or not isinstance(value, int):
        return _with(page, **{setting: value})
    changes = page.experiment.changes
    left = tuple(change for change in changes if change[0] < value)
    moved = _with(page, epochs=value, changes=left)
    gone = tuple(f"{epoch:,}" for epoch, _ in changes if epoch >= value)
    if moved.notes or not gone:
        return moved
    return replace(moved, notes=(f"The rate no longer changes at epoch {', '.join(gone)}.",))


def compare(page: Page, texts: Sequence[str]) -> Page:
    """Compare with the learning rates that texts spell, and say which of them are none."""
    now = page.experiment
    rates, notes = typed.learning_rates(
        texts, now.learning_rate, room_to_compare(now), "Compare with"
    )
    return replace(_with(page, compare=rates), notes=tuple(notes))


def keep(page: Page, run: Run) -> Page:
    """Put a run aside, at the rate it begins with, to stay while the settings change."""
    kept, run = page.experiment.kept, replace(run, changes=())
    return _with(page, kept=kept if run in kept else (*kept, run))


def hold(page: Page, kept: Sequence[Run]) -> Page:
    """Hold on to these of the kept runs."""
    return _with(page, kept=tuple(kept))


def change(page: Page, changes: Sequence[tuple[int, float]]) -> Page:
    """Leave only these of the changes of the learning rate."""
    return _with(page, changes=tuple(changes))


def go_on(page: Page, epoch: int, rate: float | None) -> Page:
    """Go on from an epoch that is trained: at another learning rate, or for twice as long."""
    now = page.experiment
    at_end = epoch >= now.epochs
    epochs = int(EPOCHS.nearest(2 * now.epochs)) if rate is None or at_end else now.epochs
    if at_end and epochs == now.epochs:
        return replace(page, notes=(f"{epochs:,} epochs are the most there can be.",))
    changes = tuple(change for change in now.changes if change[0] < epoch)
    if rate is not None and epoch > 0:
        changes = (*changes, (epoch, LEARNING_RATE.nearest(rate)))
    moved = _with(page, epochs=epochs, changes=changes)
    return replace(moved, goes_on_from=epoch) if not moved.notes else moved


def choose(page: Page, rate: float, scale: float) -> Page:
    """Set the learning rate and the feature scale, as a click on the map does."""
    return _with(page, learning_rate=rate, feature_scale=scale, standardize=False)


def room_to_compare(experiment: Experiment) -> int:
    """Return how many rates can be compared with the main one, beside the runs that are kept."""
    return MAX_RUNS - 1 - len(experiment.kept)


# The readings.


def ask_for_own(page: Page) -> Page:
    """Ask the viewer for readings; until some are read, those on the page stay."""
    return replace(page, bringing=True, notes=())


def take(page: Page, source: Source) -> Page:
    """Put other readings on the page; settings to start with are to be found for them."""
    return replace(page, source=source, bringing=False, settled=False, goes_on_from=None, notes=())


def settle(page: Page, experiment: Experiment) -> Page:
    """Show the settings that were found for the readings; what was said of them stays."""
    return replace(page, experiment=experiment, settled=True)


def mix(page: Page, ingredient: str, value: float) -> Page:
    """Generate the readings anew; the settings stay, so that the difference can be seen."""
    try:
        mixed: dict[str, Any] = {ingredient: value}
        recipe = replace(page.source.recipe, **mixed)
    except ValueError as error:
        return replace(page, notes=(f"Not changed: {error}.",))
    return replace(page, source=Source("generated", recipe), notes=())


def edit(page: Page, own: Own) -> Page:
    """Put readings of the viewer's on the page, the settings as they are."""
    return replace(page, source=OWN, own=own, bringing=False, goes_on_from=None, notes=())


# The link.


def follow(page: Page, parameters: typed.Parameters) -> Page:
    """Show what a link says, as near as can be, with a sentence for each difference.

    Where a link names readings and says nothing of the settings, those to start with are to be
    found. What is marked in the lesson stays so, whatever the link says of it.
    """
    experiment, notes = link.from_parameters(parameters)
    view, step, unseen = link.view_of(parameters)
    course, others = _course(page, parameters)
    says_settings = link.says_settings(parameters)
    if step is not None:
        opened = turn(Page(view=view, own=page.own, course=course), step)
        shown = experiment if says_settings else opened.experiment
        return replace(opened, experiment=shown, notes=(*unseen, *others, *notes))
    source, said = link.source_of(parameters)
    missing = [MAKER_ONLY] if source == OWN and page.own is None else []
    if missing:
        source = THERMOMETER
    known = source in (OWN, THERMOMETER) or says_settings
    told = (*missing, *said, *unseen, *others, *notes)
    return Page(experiment, view, source, page.own, settled=known, notes=told, course=course)


def _course(page: Page, parameters: typed.Parameters) -> tuple[Course, list[str]]:
    """Return the way through the lesson with what a link has marked in it, and what is said."""
    lesson, now = page.course.lesson, page.course.progress
    linked, said = lesson_link.from_text(typed.Reader(parameters).last("progress") or "", lesson)
    return Course(lesson, joined(now, linked)), said


def to_parameters(page: Page) -> dict[str, list[str]]:
    """Return the page as the parameters of a link."""
    course = page.course
    parameters = link.to_parameters(page.experiment, page.source)
    if course.step is not None:
        at_beginning = page.experiment == course.beginning
        parameters = {} if at_beginning else link.settings(page.experiment)
        parameters["lesson"] = [str(course.step)]
    if page.view != link.LAB:
        parameters["view"] = [page.view]
    if course.progress != begin(course.lesson):
        parameters["progress"] = [lesson_link.to_text(course.progress, course.lesson)]
    return parameters
