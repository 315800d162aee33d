"""Data by name: what is chosen, or named in a link, is what the page runs on."""

from collections.abc import Mapping

import pytest

from tempfit.data.loading import load
from tempfit.data.sources import EXAMPLES, NAMES, TITLES, Recipe, Source
from tempfit.theory.starting import starting
from tempfit.training.experiment import PRESETS, Experiment

from .data_page import DataPage


@pytest.fixture
def page() -> DataPage:
    return DataPage()


def assert_started(page: DataPage, source: Source) -> None:
    """Check that the page is at the start of a source, and says so in its link."""
    start = starting(load(source))
    assert page.stage["setup"]["epochs"] == start.experiment.epochs
    assert [run.learning_rate for run in page.runs] == [start.experiment.learning_rate]
    assert page.control("Learning rate").value == start.experiment.learning_rate
    assert page.presets == list(start.presets)
    assert page.control("Preset").value == "Start for these data"
    assert start.sentence in page.said
    assert page.link["data"] == [source.name]


def test_the_page_opens_with_the_thermometer_and_its_own_presets(page: DataPage) -> None:
    assert page.control("Data").value == "thermometer"
    assert page.presets == list(PRESETS)
    assert page.link == {}
    assert page.said == ""
    assert page.titles == ("Thermometer reading (t_u)", "Temperature (°C)")


def test_every_built_in_source_can_be_chosen_and_starts_where_it_converges() -> None:
    page = DataPage()
    assert page.control("Data").options == [TITLES[name] for name in NAMES[:-1]] + [
        "Bring your own…"
    ]
    for name in [*EXAMPLES, "generated"]:
        page.set("Data", name)
        assert_started(page, Source(name))
        if name in EXAMPLES:
            assert EXAMPLES[name].lesson in page.said
    page.set("Data", "thermometer")
    page.assert_shows(Experiment())
    assert page.presets == list(PRESETS)


def test_a_link_with_data_and_settings_opens_the_same_page() -> None:
    first = DataPage()
    first.set("Data", "population")
    first.set("Learning rate", 0.1)
    second = DataPage(**first.link)
    assert second.runs == first.runs
    assert second.x == first.x
    assert second.link == first.link
    assert second.notes == []


def test_a_link_with_data_alone_starts_where_it_converges() -> None:
    page = DataPage(data="years")
    assert_started(page, Source("years"))
    assert page.control("Standardize (mean 0, variance 1)").value is True


def test_generated_readings_follow_their_recipe_and_keep_the_settings() -> None:
    page = DataPage(data="generated", slope="-3", readings="12", seed="7")
    assert page.x == load(Source("generated", Recipe(12, -3.0, seed=7))).x.tolist()
    runs = page.runs
    page.set("Outlier", 50.0)
    assert page.runs == runs
    assert page.link["outlier"] == ["50"]
    assert page.link["slope"] == ["-3"]
    assert DataPage(**page.link).stage["setup"]["y"] == page.stage["setup"]["y"]


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"data": "<script>"}, "In the link, data: what stands there names none"),
        ({"data": "own"}, "In the link, data: own names none; the thermometer is used."),
        (
            {"data": "generated", "readings": "0"},
            "0 is not accepted; the nearest accepted value, 2",
        ),
        ({"data": "generated", "noise": "-1"}, "-1 is not accepted; the nearest accepted value, 0"),
        ({"data": "generated", "seed": "nan"}, "seed: nan cannot be used; 0 is."),
        ({"data": "private", "lr": "0.02"}, "This link was made with readings that are not in it"),
    ],
)
def test_a_link_that_names_no_data_here_says_so(
    parameters: Mapping[str, str], sentence: str
) -> None:
    page = DataPage(**parameters)
    assert any(sentence in note for note in page.notes)
    assert page.link.get("data", ["thermometer"]) != ["private"]


def test_a_million_readings_are_drawn_as_a_sample_that_says_so() -> None:
    page = DataPage(data="generated", readings="1000000", noise="3")
    assert len(page.x) == 400
    title = page.stage["setup"]["fit"]["title"]
    assert title == "Fitted line · 400 of 1,000,000 readings drawn"
    assert "converge" in page.stage["setup"]["runs"][0]["outlook"]
