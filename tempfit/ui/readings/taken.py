"""The lab takes over the readings of the lesson, also those that are written in the lesson."""

from tempfit import link
from tempfit import page as moves
from tempfit.data.pair import read_pair
from tempfit.data.table import table_of
from tempfit.lesson.step import Columns
from tempfit.own import Own
from tempfit.page import Page


def show(page: Page, view: link.View, charts: tuple[link.Chart, ...]) -> Page:
    """Return the page in another view, the readings as they are."""
    moved = moves.show(page, view, charts)
    columns = page.readings
    if view != link.LAB or not isinstance(columns, Columns):
        return moved
    table = table_of(columns.x, columns.y, (columns.x_name, columns.y_name))
    return moves.bring(moved, Own(page.course.lesson.title.within(), read_pair(table)))
