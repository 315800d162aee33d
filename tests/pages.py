"""Pages that moves led to."""

from collections.abc import Callable
from typing import Any, get_args

from hypothesis import strategies as st

from tempfit import page as moves
from tempfit import thermometer
from tempfit.data.pair import read_pair
from tempfit.data.sources import EXAMPLES, THERMOMETER, Recipe, Source
from tempfit.data.table import table_of
from tempfit.lesson import course as courses
from tempfit.link import Chart, View
from tempfit.own import Own
from tempfit.page import Page
from tempfit.training.experiment import EPOCHS, FEATURE_SCALE, LEARNING_RATE, START

rates = st.floats(LEARNING_RATE.low, LEARNING_RATE.high) | st.sampled_from([0.001, 0.01, 0.02])
scales = st.floats(FEATURE_SCALE.low, FEATURE_SCALE.high)
starts = st.tuples(*[st.floats(START.low, START.high)] * 2)
sources = st.one_of(
    st.just(THERMOMETER),
    st.sampled_from([Source(name) for name in EXAMPLES]),
    st.builds(Recipe, readings=st.integers(2, 100), seed=st.integers(0, 9)).map(
        lambda recipe: Source("generated", recipe)
    ),
)
VIEWS: tuple[View, ...] = get_args(View)
CHARTS: tuple[tuple[Chart, ...], ...] = ((), ("surface",), ("map",), ("surface", "map"))
numbers = st.floats() | st.integers(-5, 10**8)


def own() -> Own:
    return Own("mine", read_pair(table_of([1.0, 2.0, 3.0], [2.0, 4.0, 6.0], ("x", "y"))))


def doing(
    move: Callable[..., Page], *arguments: st.SearchStrategy[Any]
) -> st.SearchStrategy[Callable[[Page], Page]]:
    """Draw a move together with what it is made with."""
    return st.tuples(*arguments).map(lambda drawn: lambda page: move(page, *drawn))


def keep_main(page: Page) -> Page:
    return moves.keep(page, page.experiment.runs(thermometer())[0])


def hold_last(page: Page, count: int) -> Page:
    return moves.hold(page, page.experiment.kept[-count:])


def take_settled(page: Page, source: Source) -> Page:
    return moves.settle(moves.take(page, source), page.experiment)


def predict(page: Page, prediction: float) -> Page:
    return moves.study(page, courses.predicted(page.course, prediction))


def passing(page: Page) -> Page:
    return moves.study(page, courses.ticked(page.course, (page.experiment,)))


epochs = st.integers(int(EPOCHS.low), int(EPOCHS.high))
moves_made = st.one_of(
    doing(moves.set_to, st.just("epochs"), epochs),
    doing(moves.set_to, st.just("learning_rate"), rates),
    doing(moves.set_to, st.just("feature_scale"), scales),
    doing(moves.set_to, st.just("standardize"), st.booleans()),
    doing(moves.set_to, st.just("start"), starts),
    doing(moves.compare, st.lists(rates.map(str) | st.text(max_size=5))),
    doing(keep_main),
    doing(hold_last, st.integers(1, 3)),
    doing(moves.go_on, epochs, st.none() | rates),
    doing(moves.choose, rates, scales),
    doing(take_settled, sources),
    doing(moves.mix, st.just("readings"), st.integers(-3, 10**7)),
    doing(lambda page: moves.edit(page, own())),
    doing(moves.show, st.sampled_from(VIEWS), st.sampled_from(CHARTS)),
    doing(moves.turn, st.integers(-1, 12)),
    doing(predict, st.integers(0, 3)),
    doing(passing),
)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Draw a page that some moves led to."""
    page = Page(source=draw(sources))
    for move in draw(st.lists(moves_made, max_size=12)):
        page = move(page)
    return page
