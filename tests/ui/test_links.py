"""Links on the page: each opens its experiment, and Back brings the one before."""

import pytest

from tempfit.link import to_parameters
from tempfit.training.experiment import FEATURE_SCALE, LEARNING_RATE, PRESETS, Experiment, Run
from tempfit.ui.sidebar.quantities import RATE_SLIDER
from tests.test_link import HOSTILE
from tests.ui.conftest import Page

OTHER_RATE = next(step for step in RATE_SLIDER.offered if step > 0.02)
OTHER_PRESET = "Race four learning rates"


@pytest.mark.parametrize(
    "experiment",
    [
        *PRESETS.values(),
        Experiment(7, 1.5, (1e-9, 3.0), 0.77, start=(-3.5, 1e6)),
        Experiment(1, LEARNING_RATE.low, (), FEATURE_SCALE.high, standardize=True),
        Experiment(1_000_000, LEARNING_RATE.high, tuple(10.0**-k for k in range(7)), 1e-12),
        Experiment(kept=(Run(0.5, 0.25, 8.0, (2.0, 3.0)), Run(0.01, 1.0))),
    ],
)
def test_a_link_opens_its_experiment(experiment: Experiment) -> None:
    page = Page(**to_parameters(experiment))
    page.assert_shows(experiment)
    assert page.notes == []


def test_the_same_link_gives_every_viewer_the_same_experiment() -> None:
    link = to_parameters(PRESETS["Race four learning rates"])
    assert len({Page(**link).stage["experiment"] for _ in range(3)}) == 1


def test_back_brings_the_previous_experiment(page: Page) -> None:
    page.set("Learning rate", OTHER_RATE)
    before = page.link
    page.set("Exact s", 0.5)
    page.set("Compare with", ["0.5"])
    page.follow(before)
    page.assert_shows(Experiment(learning_rate=OTHER_RATE))


# Streamlit itself drops an address of more than 512 KiB.
@pytest.mark.parametrize(
    "text", [text[:20_000] for text in HOSTILE], ids=lambda text: ascii(text[:20])
)
def test_a_hostile_link_gives_an_experiment_and_a_sentence(visited: Page, text: str) -> None:
    names = ("epochs", "lr", "compare", "scale", "standardize", "w", "b", "keep")
    visited.follow(dict.fromkeys(names, text))
    assert visited.notes
    assert all(note.startswith("In the link, ") and len(note) < 200 for note in visited.notes)
    shown = visited.notes
    visited.run()
    assert visited.notes == shown  # they stay to be read
    visited.set("Preset", OTHER_PRESET)
    assert visited.notes == []


@pytest.fixture(scope="module")
def visited() -> Page:
    """Open the page once, for links to be followed in it."""
    return Page()
