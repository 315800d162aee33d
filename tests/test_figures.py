"""What the charts show, before anything is drawn: axes that hold what they must, and are finite."""

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tempfit import figures
from tempfit.data.dataset import Dataset, thermometer
from tempfit.figures import FLOAT32_MAX, MAX_POINTS_DRAWN, Axes, Range, Surface
from tempfit.theory.curvature import curvature, curvatures
from tempfit.theory.law import forecast
from tempfit.training.experiment import PRESETS, Experiment, Run
from tempfit.training.history import History
from tempfit.training.recording import recorded_epochs
from tests.strategies import datasets, learning_rates

DEGENERATE = {
    "one reading": Dataset(torch.tensor([3.0]), torch.tensor([5.0])),
    "one reading at zero": Dataset(torch.tensor([0.0]), torch.tensor([0.0])),
    "all x equal": Dataset(torch.tensor([2.0, 2.0, 2.0]), torch.tensor([1.0, 2.0, 3.0])),
    "constant y": Dataset(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 4.0, 4.0])),
    "perfect fit": Dataset(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([2.0, 4.0, 6.0])),
    "large": Dataset(torch.tensor([1e6, 2e6]), torch.tensor([1e6, -1e6])),
    "small": Dataset(torch.tensor([1e-6, 2e-6]), torch.tensor([1e-6, 3e-6])),
    "huge": Dataset(torch.tensor([-1e18, 1e18]), torch.tensor([-1e18, 1e18])),
    "beyond the squares of float32": Dataset(torch.tensor([-1e30, 2e30]), torch.tensor([1.0, 2.0])),
    "at the end of float32": Dataset(torch.tensor([-3e38, 3e38]), torch.tensor([3e38, -3e38])),
}
# All runs of an experiment share their feature and their start.
batches = st.builds(
    lambda rates, scale, start: [Run(rate, scale, 0.0, start) for rate in rates],
    st.lists(learning_rates(-6, 1.5), min_size=1, max_size=4),
    st.sampled_from([0.01, 0.1, 1.0]),
    st.tuples(st.integers(-9, 9).map(float), st.integers(-9, 9).map(float)),
)
DIVERGING = PRESETS["Diverges: raw feature"]
RACE = PRESETS["Race four learning rates"]  # one of the four overflows


def predicted(dataset: Dataset, runs: Sequence[Run], epochs: int) -> History:
    return forecast(dataset, runs, recorded_epochs(epochs))


def loss_axes(dataset: Dataset, runs: Sequence[Run], epochs: int) -> Axes:
    best = curvatures(dataset, runs)[0].best_loss
    return figures.loss_axes(dataset, predicted(dataset, runs, epochs), best)


def above(dataset: Dataset, runs: Sequence[Run], epochs: int) -> NDArray[np.float64]:
    best = [[bowl.best_loss] for bowl in curvatures(dataset, runs)]
    return predicted(dataset, runs, epochs).loss - np.array(best)


def above_range(dataset: Dataset, runs: Sequence[Run], epochs: int) -> Range:
    return figures.above_range(predicted(dataset, runs, epochs), above(dataset, runs, epochs))


def surface(dataset: Dataset, runs: Sequence[Run], epochs: int) -> Surface:
    bowl = curvatures(dataset, runs)[0]
    return figures.surface(predicted(dataset, runs, epochs), bowl)


def assert_can_be_drawn(*ranges: Range) -> None:
    for low, high in ranges:
        assert np.isfinite([low, high]).all()
        assert low < high


def holds(limits: Range, values: object) -> bool:
    return bool(np.all((np.asarray(values) >= limits[0]) & (np.asarray(values) <= limits[1])))


# The fitted line.


@given(datasets(), batches)
def test_the_axes_of_the_fit_hold_all_readings(dataset: Dataset, runs: list[Run]) -> None:
    axes = figures.fit_axes(dataset, runs)
    assert_can_be_drawn(axes.x_range, axes.y_range)
    assert holds(axes.x_range, dataset.x.numpy())
    assert holds(axes.y_range, dataset.y.numpy())


def test_the_axes_of_the_fit_hold_the_line_before_training_where_it_is_near() -> None:
    dataset = thermometer()
    near = Run(1e-2, start=(5.0, -14.0))
    axes = figures.fit_axes(dataset, [near])
    slope, intercept = near.original(*near.start)
    assert holds(axes.y_range, slope * np.array(axes.x_range) + intercept)


def test_a_line_far_from_the_readings_does_not_press_them_flat() -> None:
    dataset = thermometer()
    low, high = figures.fit_axes(dataset, [Run(1e-2, start=(1e6, 1e6))]).y_range
    assert float(dataset.y.max() - dataset.y.min()) > (high - low) / 4


def test_the_axes_of_the_fit_carry_the_names_of_the_data() -> None:
    axes = figures.fit_axes(thermometer(), [Run(1e-2)])
    assert (axes.x_title, axes.y_title) == ("Thermometer reading (t_u)", "Temperature (°C)")


# The loss.


@given(datasets(), batches, st.integers(1, 2000))
def test_the_axes_of_the_loss_hold_every_loss_that_stays_within_reach(
    dataset: Dataset, runs: list[Run], epochs: int
) -> None:
    axes = loss_axes(dataset, runs, epochs)
    losses = predicted(dataset, runs, epochs).loss
    assert axes.x_range == (0.0, float(epochs))
    assert_can_be_drawn(axes.x_range, axes.y_range)
    assert axes.y_range[0] > 0  # it may be logarithmic
    assert holds(axes.y_range, np.maximum(losses[:, 0], axes.y_range[0]))
    tame = losses[losses[:, -1] < losses[:, 0]]
    assert holds(axes.y_range, np.maximum(tame, axes.y_range[0]))


def test_the_best_loss_is_in_the_picture() -> None:
    best = curvature(thermometer()).best_loss
    assert holds(loss_axes(thermometer(), RACE.runs(thermometer()), RACE.epochs).y_range, best)


def test_an_overflowing_run_does_not_squeeze_the_losses_of_its_neighbours() -> None:
    runs = RACE.runs(thermometer())
    low, high = loss_axes(thermometer(), runs, RACE.epochs).y_range
    assert high / low < 1e3 * loss_axes(thermometer(), runs[:1], RACE.epochs).y_range[1] / low
    assert high < FLOAT32_MAX / 1e20


def test_where_every_run_overflows_the_picture_follows_them_up() -> None:
    runs = DIVERGING.runs(thermometer())
    losses = predicted(thermometer(), runs, DIVERGING.epochs).loss
    high = loss_axes(thermometer(), runs, DIVERGING.epochs).y_range[1]
    assert np.nanmax(losses[losses < FLOAT32_MAX]) <= high < np.inf


@given(datasets(), batches, st.integers(1, 2000))
def test_the_axis_above_the_best_loss_holds_its_descent_over_twelve_powers_of_ten(
    dataset: Dataset, runs: list[Run], epochs: int
) -> None:
    low, high = above_range(dataset, runs, epochs)
    assert_can_be_drawn((low, high))
    assert low > 0
    losses = above(dataset, runs, epochs)
    descending = losses[losses[:, -1] < losses[:, 0]]
    assert holds((low, high), descending[descending > high * 1e-12])


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Temperature (°C)", "°C²"),
        ("Speed [km/h]", "(km/h)²"),
        ("Tip (US$)", "US$²"),
        ("Speed", None),
    ],
)
def test_the_loss_is_in_the_squared_unit_of_y(name: str, unit: str | None) -> None:
    plain = thermometer()
    title = loss_axes(Dataset(plain.x, plain.y, "x", name), [Run(1e-2)], 10).y_title
    assert title.endswith(f" ({unit})" if unit else "error")


# The loss surface.


@given(datasets(), batches, st.integers(1, 2000))
def test_the_surface_holds_the_start_the_optimum_and_the_paths_that_stay(
    dataset: Dataset, runs: list[Run], epochs: int
) -> None:
    shown = surface(dataset, runs, epochs)
    axes, history = shown.axes, predicted(dataset, runs, epochs)
    bowl = curvatures(dataset, runs)[0]
    assert_can_be_drawn(axes.x_range, axes.y_range)
    staying = history.loss[:, -1] <= history.loss[:, 0]
    for limits, path, best in (
        (axes.x_range, history.w, bowl.best_w),
        (axes.y_range, history.b, bowl.best_b),
    ):
        assert holds(limits, [*path[:, 0], best])
        assert holds(limits, path[staying])


@given(datasets(), batches)
def test_the_contours_are_positive_fall_and_meet_the_picture(
    dataset: Dataset, runs: list[Run]
) -> None:
    shown = surface(dataset, runs, 100)
    levels = np.array(shown.levels)
    assert np.isfinite(levels).all()
    assert (levels > 0).all()
    assert (np.diff(levels) < 0).all()
    bowl = curvatures(dataset, runs)[0]
    corners = [
        (w - bowl.best_w, b - bowl.best_b) for w in shown.axes.x_range for b in shown.axes.y_range
    ]
    assert levels[0] < max(0.5 * corner @ bowl.hessian @ corner for corner in np.array(corners))


# What is hard to draw.


@pytest.mark.parametrize("kind", DEGENERATE)
@pytest.mark.parametrize("rate", [1e-6, 1e-2, 1.0, 100.0])
def test_degenerate_data_has_axes_that_can_be_drawn(kind: str, rate: float) -> None:
    dataset = DEGENERATE[kind]
    runs = Experiment(learning_rate=rate, feature_scale=1.0).runs(dataset)
    shown = surface(dataset, runs, 500)
    for axes in (
        figures.fit_axes(dataset, runs),
        loss_axes(dataset, runs, 500),
        shown.axes,
    ):
        assert_can_be_drawn(axes.x_range, axes.y_range)
    assert np.isfinite(shown.levels).all()
    assert_can_be_drawn(above_range(dataset, runs, 500))


@pytest.mark.parametrize("value", [0.0, 3.0, -2e9, 1e-30])
def test_a_range_of_one_value_is_widened_around_it(value: float) -> None:
    low, high = figures.padded((value, value), 0.1)
    assert low < value < high


def test_many_readings_are_drawn_as_an_even_sample_and_few_as_they_are() -> None:
    x = torch.arange(10_000.0)
    many_x, many_y = figures.drawn_points(Dataset(x, -x))
    assert len(many_x) <= MAX_POINTS_DRAWN
    assert len(set(np.diff(many_x))) == 1
    np.testing.assert_array_equal(many_y, -many_x)
    few_x, few_y = figures.drawn_points(thermometer())
    np.testing.assert_array_equal(few_x, thermometer().x)
    np.testing.assert_array_equal(few_y, thermometer().y)
