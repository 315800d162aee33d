"""The colour of a run: one each, for light and dark pages, told apart by the colour-blind."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tempfit.data.dataset import Dataset
from tempfit.training.experiment import Experiment
from tempfit.ui import session


@dataclass(frozen=True, slots=True)
class Colour:
    """A run's colour on a light and on a dark page, and whether its lines are dashed."""

    name: str
    light: str
    dark: str
    dashed: bool


# Found by a search: 3:1 against the page and its sidebar, and far apart in OKLab to normal and to
# colour-blind eyes, solid from solid and dashed from dashed farther still.
PALETTE: Final = (
    Colour("blue", "#104cac", "#3b9dfc", dashed=False),
    Colour("vermilion", "#e05f16", "#f98834", dashed=False),
    Colour("green", "#048679", "#67db9e", dashed=False),
    Colour("purple", "#731d6b", "#ba75b8", dashed=False),
    Colour("brown", "#8e5901", "#f1bd40", dashed=True),
    Colour("cyan", "#0992cf", "#59eefe", dashed=True),
    Colour("crimson", "#880211", "#df5771", dashed=True),
    Colour("grey", "#5e5964", "#b3aec1", dashed=True),
)


def assign(previous: Mapping[Hashable, int], keys: Iterable[Hashable]) -> dict[Hashable, int]:
    """Return the palette slot of each run but the main one, keeping those they already have.

    Slot 0 belongs to the main run, whose rate the slider moves; another run takes the lowest
    slot that is free and keeps it until it is removed.
    """
    wanted = list(dict.fromkeys(keys))
    slots = {key: previous[key] for key in wanted if key in previous}
    free = iter(sorted(set(range(1, len(PALETTE))) - set(slots.values())))
    return {key: slots[key] if key in slots else next(free) for key in wanted}


@dataclass(slots=True)
class Slots:
    """The palette slots that the runs beside the main one have in this session."""

    taken: dict[Hashable, int] = field(default_factory=dict)


def slots(experiment: Experiment, dataset: Dataset) -> list[int]:
    """Return the palette slot of each run in this session, the main one first.

    A compared run is known by its learning rate, whatever becomes of the settings that it
    shares with the main run; a kept one by all its settings.
    """
    further = experiment.learning_rates[1:]
    kept = experiment.runs(dataset)[1 + len(further) :]
    session_slots = session.part(Slots)
    session_slots.taken = assign(session_slots.taken, [*further, *kept])
    return [0, *session_slots.taken.values()]
