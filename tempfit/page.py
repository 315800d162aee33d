"""The page as one frozen value, and the moves from one page to the next.

Every action of the viewer is a move: it returns a page whose experiment is valid, or the page as
it was with a note that says why. What a move needs of the readings or of the theory is passed in,
so nothing here trains, and the controls are on the screen before torch is imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from tempfit import link, typed
from tempfit.data.sources import OWN, THERMOMETER, Source
from tempfit.lesson import course as courses
from tempfit.lesson.course import Course
from tempfit.numbers import count
from tempfit.own import UNEDITED, Edits, Own, Readings
from tempfit.training.experiment import EPOCHS, LEARNING_RATE, Experiment, Run
from tempfit.words import later, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tempfit.lesson.course import Mark
    from tempfit.lesson.step import Columns, Lesson
    from tempfit.words import Language

View = link.View
Setting = Literal["epochs", "learning_rate", "feature_scale", "standardize", "start"]


@dataclass(frozen=True, slots=True)
class Page:
    """Hold what the page shows.

    `view` is the way the stage is seen; `charts` are the further ones on it. `source` says which
    readings are on the page, `own` are those that the viewer brought, `edits` what was done to
    them, and `bringing` that the viewer is asked for some. A page is `settled` once its settings
    are found for its readings. `goes_on_from` is the epoch from which this experiment continues
    the one before it. `language` is None for the browser's. `notes` are sentences to the viewer.
    `course` is the viewer's way through the lesson, which is open where it is at a step.
    """

    experiment: Experiment = link.DEFAULT
    view: View = link.LAB
    charts: tuple[link.Chart, ...] = ()
    source: Source = THERMOMETER
    own: Own | None = None
    edits: Edits = UNEDITED
    bringing: bool = False
    settled: bool = True
    goes_on_from: int | None = None
    language: Language | None = None
    notes: tuple[str, ...] = ()
    course: Course = field(default_factory=Course)

    @property
    def readings(self) -> Source | Own | Columns:
        """What the readings on the page are made of."""
        if self.course.open_step is not None:
            return self.course.open_step.data
        return self.own if self.source == OWN and self.own else self.source


def _with(page: Page, **settings: Any) -> Page:
    """Return the page with other settings, or as it was with a note where no run allows them."""
    try:
        experiment = replace(page.experiment, **settings)
    except ValueError as error:
        return replace(page, notes=(typed.refused(error),))
    return replace(page, experiment=experiment, goes_on_from=None, notes=())


# The view.


def show(page: Page, view: View, charts: tuple[link.Chart, ...]) -> Page:
    """Show the stage in another way, with these further charts.

    The lab takes over what the lesson was showing.
    """
    if view == link.LESSON and page.course.step is None:
        return turn(page, 0)
    if view != link.LAB:
        return replace(page, view=view, charts=charts)
    course, readings = replace(page.course, step=None), page.readings
    source = readings if isinstance(readings, Source) else page.source
    return replace(page, view=view, charts=charts, source=source, course=course)


def turn(page: Page, step: int) -> Page:
    """Open a step of the lesson, presented or in the lesson's own view; 0 is the next to do."""
    course = courses.turned(page.course, step)
    view = page.view if page.view == link.PRESENT else link.LESSON
    opened = replace(page, view=view, charts=course.charts, course=course, bringing=False)
    return load(replace(opened, settled=True), course.beginning)


def learn(page: Page, lesson: Lesson) -> Page:
    """Begin another lesson."""
    return turn(study(page, courses.of(lesson)), 1)


def resume(page: Page, marks: tuple[Mark, ...]) -> Page:
    """Take up what was done in the lesson before; a step that was passed shows by what."""
    at_beginning = page.experiment == page.course.beginning
    resumed = study(page, courses.resumed(page.course, marks))
    if not at_beginning:
        return resumed
    return replace(load(resumed, resumed.course.beginning), notes=page.notes)


def study(page: Page, course: Course) -> Page:
    """Note what the viewer has done in the lesson."""
    return replace(page, course=course)


def speak(page: Page, language: Language) -> Page:
    """Say everything in a language; what was said in another one goes."""
    return replace(page, language=language, notes=(), course=replace(page.course, missed=""))


# The experiment.


def load(page: Page, experiment: Experiment) -> Page:
    """Show an experiment; one of several features with their surfaces, in which they differ."""
    shown = {*page.charts, *(["surface"] if experiment.several_features else [])}
    charts = tuple(chart for chart in link.CHARTS if chart in shown)
    return replace(page, experiment=experiment, charts=charts, goes_on_from=None, notes=())


def set_to(page: Page, setting: Setting, value: object) -> Page:
    """Give one setting another value; a change of the rate that fewer epochs do not reach goes."""
    if setting != "epochs" or not isinstance(value, int):
        return _with(page, **{setting: value})
    changes = page.experiment.changes
    left = tuple(change for change in changes if change[0] < value)
    moved = _with(page, epochs=value, changes=left)
    gone = tuple(count(epoch) for epoch, _ in changes if epoch >= value)
    if moved.notes or not gone:
        return moved
    said = later("The rate no longer changes at epoch {epochs}.")
    return replace(moved, notes=(say(said, epochs=say(", ").join(gone)),))


def compare(page: Page, texts: Sequence[str]) -> Page:
    """Compare with the learning rates that texts spell, and say which of them are none."""
    now = page.experiment
    rates, notes = typed.learning_rates(
        texts, now.learning_rate, now.room_to_compare, say("Compare with")
    )
    return replace(_with(page, compare=rates), notes=tuple(notes))


def keep(page: Page, run: Run) -> Page:
    """Put a run aside, at the rate it begins with, to stay while the settings change."""
    kept, run = page.experiment.kept, replace(run, changes=())
    return _with(page, kept=kept if run in kept else (*kept, run))


def let_go(page: Page, run: Run) -> Page:
    """Keep a run no longer."""
    return hold(page, [kept for kept in page.experiment.kept if kept != run])


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
        said = later("{epochs} epochs are the most there can be.")
        return replace(page, notes=(say(said, epochs=count(epochs)),))
    changes = tuple(change for change in now.changes if change[0] < epoch)
    if rate is not None and epoch > 0:
        changes = (*changes, (epoch, LEARNING_RATE.nearest(rate)))
    moved = _with(page, epochs=epochs, changes=changes)
    return replace(moved, goes_on_from=epoch) if not moved.notes else moved


def choose(page: Page, rate: float, scale: float) -> Page:
    """Set the learning rate and the feature scale, as a click on the map does."""
    return _with(page, learning_rate=rate, feature_scale=scale, standardize=False)


# The readings.


def ask_for_own(page: Page) -> Page:
    """Ask the viewer for readings; until some are read, those on the page stay."""
    return replace(page, bringing=True, notes=())


def take(page: Page, source: Source) -> Page:
    """Put other readings on the page; settings to start with are to be found for them."""
    return replace(_with_readings(page, Readings(source, page.own), UNEDITED), settled=False)


def bring(page: Page, own: Own) -> Page:
    """Put readings of the viewer's on the page, the settings as they are."""
    return _with_readings(page, Readings(OWN, own), UNEDITED)


def settle(page: Page, experiment: Experiment) -> Page:
    """Show the settings that were found for the readings; what was said of them stays."""
    return replace(page, experiment=experiment, settled=True)


def mix(page: Page, ingredient: str, value: float) -> Page:
    """Generate the readings anew; the settings stay, so that the difference can be seen."""
    try:
        recipe = replace(page.source.recipe, **{ingredient: value})  # type: ignore[arg-type]
    except ValueError as error:
        return replace(page, notes=(typed.refused(error),))
    return replace(page, source=Source("generated", recipe), edits=UNEDITED, notes=())


def edit(page: Page, own: Own, gesture: int | None = None) -> Page:
    """Put edited readings on the page; all edits of one gesture are undone as one."""
    edits = page.edits.made(Readings(page.source, page.own), gesture)
    return _with_readings(page, Readings(OWN, own), edits)


def undo(page: Page) -> Page:
    """Put the readings from before the last edit on the page."""
    return _with_readings(page, *page.edits.undone(Readings(page.source, page.own)))


def redo(page: Page) -> Page:
    """Put the readings from before the last undoing on the page."""
    return _with_readings(page, *page.edits.redone(Readings(page.source, page.own)))


def _with_readings(page: Page, readings: Readings, edits: Edits) -> Page:
    moved = replace(page, source=readings.source, own=readings.own, edits=edits)
    return replace(moved, bringing=False, goes_on_from=None, notes=())
