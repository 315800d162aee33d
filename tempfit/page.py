"""The page as one frozen value, and the moves from one page to the next.

Every action of the viewer is a move: it returns a page whose experiment is valid, or the page as
it was with a note that says why. What a move needs of the readings or of the theory is passed in,
so nothing here trains, and the controls are on the screen before torch is imported.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from tempfit import link, typed
from tempfit.data.sources import OWN, THERMOMETER, Source
from tempfit.own import UNEDITED, Edits, Own, Readings
from tempfit.training.experiment import EPOCHS, LEARNING_RATE, MAX_RUNS, Experiment, Run
from tempfit.words import later, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tempfit.words import Language

MAKER_ONLY: Final = later(
    "This link was made with readings that are not in it: here is the thermometer, with the link's "
    "settings. If the readings are yours, bring them again."
)

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


def _with(page: Page, **settings: Any) -> Page:
    """Return the page with other settings, or as it was with a note where no run allows them."""
    try:
        experiment = replace(page.experiment, **settings)
    except ValueError as error:
        return replace(page, notes=(typed.refused(error),))
    return replace(page, experiment=experiment, goes_on_from=None, notes=())


# The view.


def show(page: Page, view: View, charts: tuple[link.Chart, ...]) -> Page:
    """Show the stage in another way, with these further charts; all else stays as it is."""
    return replace(page, view=view, charts=charts)


def speak(page: Page, language: Language) -> Page:
    """Say everything in a language; what was said in another one goes."""
    return replace(page, language=language, notes=())


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
    gone = tuple(f"{epoch:,}" for epoch, _ in changes if epoch >= value)
    if moved.notes or not gone:
        return moved
    said = later("The rate no longer changes at epoch {epochs}.")
    return replace(moved, notes=(say(said, epochs=", ".join(gone)),))


def compare(page: Page, texts: Sequence[str]) -> Page:
    """Compare with the learning rates that texts spell, and say which of them are none."""
    now = page.experiment
    rates, notes = typed.learning_rates(
        texts, now.learning_rate, room_to_compare(now), say("Compare with")
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
        return replace(page, notes=(say(said, epochs=f"{epochs:,}"),))
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
    """Put edited readings on the page; what one gesture does to them is undone at once."""
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


# The link.


def follow(page: Page, parameters: typed.Parameters) -> Page:
    """Show what a link says, as near as can be, with a sentence for each difference.

    Where a link names readings and says nothing of the settings, those to start with are to be
    found.
    """
    experiment, notes = link.from_parameters(parameters)
    source, said = link.source_of(parameters)
    view, unseen = link.view_of(parameters)
    language, unspoken = link.language_of(parameters)
    missing = [say(MAKER_ONLY)] if source == OWN and page.own is None else []
    if missing:
        source = THERMOMETER
    known = source in (OWN, THERMOMETER) or link.says_settings(parameters)
    said = [*missing, *said, *unseen, *unspoken, *notes]
    return Page(
        experiment,
        view,
        link.charts_of(parameters),
        source,
        page.own,
        settled=known,
        language=language,
        notes=tuple(said),
    )


def to_parameters(page: Page) -> dict[str, list[str]]:
    """Return the page as the parameters of a link."""
    parameters = link.to_parameters(page.experiment, page.source)
    if page.view != link.LAB:
        parameters["view"] = [page.view]
    if page.charts:
        parameters["charts"] = [*page.charts]
    if page.language:
        parameters["lang"] = [page.language]
    return parameters
