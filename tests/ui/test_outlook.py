"""What the law says beside the controls is what it says of these runs, just below, at and above."""

import re

import numpy as np
import pytest
import torch
from hypothesis import given

from tempfit.data.dataset import Dataset, thermometer
from tempfit.link import to_parameters
from tempfit.theory.curvature import curvature
from tempfit.theory.law import closed_form
from tempfit.theory.status import Status
from tempfit.theory.verdict import Verdict, outlooks
from tempfit.training.experiment import Experiment, Run
from tempfit.ui.sidebar.outlook import brief, condition_in_words
from tempfit.ui.stage.setup import settings
from tests.strategies import datasets
from tests.ui.conftest import Page

LIMIT = curvature(thermometer()).max_stable_learning_rate


def forecast(page: Page) -> str:
    """Return what the sidebar says, without its markup."""
    return re.sub(r"<[^>]*>", " ", page.text("tempfit-forecast"))


@pytest.mark.parametrize("factor", [0.5, 0.999, 1.0, 1.001, 2.0])
def test_the_page_says_the_law_s_sentence_below_at_and_above_the_limit(factor: float) -> None:
    experiment = Experiment(epochs=1000, learning_rate=LIMIT * factor)
    page = Page(**to_parameters(experiment))
    (expected,) = outlooks(closed_form(thermometer(), experiment.runs(thermometer())), 1000)
    (run,) = page.stage["setup"]["runs"]
    assert run["outlook"] == expected.sentence
    assert brief(expected, 1000) in forecast(page)
    assert (expected.status in (Status.DIVERGING, Status.OVERFLOWED)) == (factor > 1)


def test_the_largest_stable_learning_rate_is_printed_so_that_below_it_is_below_it(
    page: Page,
) -> None:
    printed = re.search(r"Largest stable learning rate here:\s+([\d.]+)\s+\.", forecast(page))
    assert printed
    assert LIMIT * 0.99 < float(printed[1]) <= LIMIT
    assert f"stable below {printed[1]}" in page.text("tempfit-limit")


def test_every_run_has_its_line_and_its_colour_in_the_forecast() -> None:
    page = Page(compare=["0.001", "0.03", "0.036"])
    lines = re.findall(r"<li>.*?</li>", page.text("tempfit-forecast"))
    assert [re.findall(r"slot\d", line) for line in lines] == [[f"slot{i}"] for i in range(4)]
    assert [float(re.findall(r"<b>(.*?)</b>", line)[0]) for line in lines] == [
        run.learning_rate for run in page.runs
    ]


def test_the_forecast_follows_the_controls_at_once(page: Page) -> None:
    before = forecast(page)
    page.set("Exact s", 1.0)
    assert forecast(page) != before
    assert "0.000" in forecast(page)  # the limit of the raw feature


def test_the_limit_is_marked_where_the_slider_has_it(page: Page) -> None:
    (place,) = re.findall(r"--at: ([\d.]+)%", page.text("tempfit-limit"))
    options = [float(option) for option in page.control("Learning rate").options]
    stable = [option for option in options if option < LIMIT]
    assert len(stable) - 1 <= float(place) / 100 * (len(options) - 1) <= len(stable)


@pytest.mark.parametrize("status", Status)
def test_every_status_has_words_of_its_own(status: Status) -> None:
    words = {brief(Verdict(other, ""), 100) for other in Status}
    assert len(words) == len(Status)
    assert brief(Verdict(status, "", epoch=1234), 5000)


@given(datasets())
def test_the_shape_of_the_loss_is_told_for_all_data(dataset: Dataset) -> None:
    bowl = curvature(dataset)
    words = condition_in_words(bowl)
    assert ("flat" in words) == (len(np.unique(dataset.x.numpy())) == 1)
    assert words.endswith(".")


def test_a_standardized_feature_is_called_a_round_bowl() -> None:
    dataset = Dataset(torch.tensor([-1.0, 1.0]), torch.tensor([0.0, 1.0]))
    assert "round bowl" in condition_in_words(curvature(dataset, 1.0))
    assert "ravine" in condition_in_words(curvature(thermometer(), 1.0))


def test_runs_are_told_apart_by_the_settings_in_which_they_differ() -> None:
    assert settings([Run(0.01), Run(0.02)]) == ["", ""]
    told = settings([Run(0.01), Run(0.01, 1.0), Run(0.01, 1.0, start=(2.0, 0.0))])
    assert told == ["scale 0.1, w 1", "scale 1, w 1", "scale 1, w 2"]
    assert settings([Run(0.01), Run(0.01, 0.5, 3.0)])[1] == "standardized"
