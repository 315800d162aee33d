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
from tempfit.theory.verdict import outlooks
from tempfit.training.experiment import Experiment, Run
from tempfit.ui.sidebar.outlook import condition_in_words
from tempfit.ui.stage.setup import differences
from tests.strategies import datasets
from tests.ui.conftest import Page

LIMIT = curvature(thermometer()).max_stable_learning_rate


@pytest.mark.parametrize("factor", [0.5, 0.999, 1.0, 1.001, 2.0])
def test_the_page_says_the_law_s_sentence_below_at_and_above_the_limit(factor: float) -> None:
    experiment = Experiment(epochs=1000, learning_rate=LIMIT * factor)
    page = Page(**to_parameters(experiment))
    (expected,) = outlooks(closed_form(thermometer(), experiment.runs(thermometer())), 1000)
    (run,) = page.stage["setup"]["runs"]
    assert run["outlook"] == expected.sentence
    assert (run["expected"], run["expectedEpoch"]) == (expected.status.value, expected.epoch)
    assert (expected.status in (Status.DIVERGING, Status.OVERFLOWED)) == (factor > 1)


def test_the_largest_stable_learning_rate_is_printed_so_that_below_it_is_below_it(
    page: Page,
) -> None:
    printed = re.search(r"stable below ([\d.]+)<", page.text("tempfit-limit"))
    assert printed
    assert LIMIT * 0.99 < float(printed[1]) <= LIMIT


def test_limit_and_shape_follow_the_controls_at_once(page: Page) -> None:
    before = page.text("tempfit-limit"), page.text("tempfit-shape")
    page.set("Exact s", 1.0)
    assert "stable below 0.000" in page.text("tempfit-limit")  # that of the raw feature
    assert before[0] != page.text("tempfit-limit")
    assert "ravine" in page.text("tempfit-shape")
    assert before[1] != page.text("tempfit-shape")


def test_the_limit_is_marked_where_the_slider_has_it(page: Page) -> None:
    (place,) = re.findall(r"--at: ([\d.]+)%", page.text("tempfit-limit"))
    options = [float(option.split()[0]) for option in page.control("Learning rate").options]
    stable = [option for option in options if option < LIMIT]
    assert len(stable) - 1 <= float(place) / 100 * (len(options) - 1) <= len(stable)


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
    assert differences([Run(0.01), Run(0.02)]) == ["", ""]
    told = differences([Run(0.01), Run(0.01, 1.0), Run(0.01, 1.0, start=(2.0, 0.0))])
    assert told == ["scale 0.1, w 1", "scale 1, w 1", "scale 1, w 2"]
    assert differences([Run(0.01), Run(0.01, 0.5, 3.0)])[1] == "standardized"
