"""The page as the parameters of a link, and back."""

from dataclasses import replace
from typing import Final

from tempfit import lesson_link, link, typed
from tempfit.data.sources import OWN, THERMOMETER
from tempfit.page import Page, turn
from tempfit.words import later, say

MAKER_ONLY: Final = later(
    "This link was made with readings that are not in it: here is the thermometer, with the link's "
    "settings. If the readings are yours, bring them again."
)


def follow(page: Page, parameters: typed.Parameters) -> Page:
    """Show what a link says, as near as can be, with a sentence for each difference.

    Where a link names readings and says nothing of the settings, those to start with are to be
    found. What is marked in the lesson stays so, whatever the link says of it.
    """
    experiment, notes = link.from_parameters(parameters)
    view, step, unseen = link.view_of(parameters)
    language, unspoken = link.language_of(parameters)
    course, others = lesson_link.read_into(page.course, typed.Reader(parameters).last("progress"))
    said, says_settings = [*unseen, *unspoken, *others, *notes], link.says_settings(parameters)
    linked = Page(view=view, own=page.own, language=language, course=course)
    if step is not None:
        opened = turn(linked, step)
        shown = experiment if says_settings else opened.experiment
        charts = link.charts_of(parameters) if "charts" in parameters else opened.charts
        return replace(opened, experiment=shown, charts=charts, notes=tuple(said))
    source, unknown = link.source_of(parameters)
    missing = [say(MAKER_ONLY)] if source == OWN and page.own is None else []
    source = THERMOMETER if missing else source
    return replace(
        linked,
        experiment=experiment,
        charts=link.charts_of(parameters),
        source=source,
        settled=source in (OWN, THERMOMETER) or says_settings,
        notes=(*missing, *unknown, *said),
    )


def to_parameters(page: Page) -> dict[str, list[str]]:
    """Return the page as the parameters of a link."""
    course = page.course
    parameters = link.to_parameters(page.experiment, page.source)
    if course.step is not None:
        at_beginning = page.experiment == course.beginning
        parameters = {} if at_beginning else link.settings(page.experiment)
        parameters["lesson"] = [str(course.step)]
    if page.view != link.LAB:
        parameters["view"] = [page.view]
    if page.charts != course.charts:
        parameters["charts"] = [*page.charts] or ["none"]
    if page.language:
        parameters["lang"] = [page.language]
    if progress := lesson_link.to_text(course):
        parameters["progress"] = [progress]
    return parameters
