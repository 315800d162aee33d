"""What was found in the lesson: a picture of all runs, a table of the steps, and a link to both."""

from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from tempfit import link, page_link
from tempfit import page as moves
from tempfit.lesson.summary import Dot, Found, dots
from tempfit.numbers import number
from tempfit.theory.status import Status
from tempfit.ui import session
from tempfit.ui.epoch.charts import axis, trace
from tempfit.ui.epoch.charts import show as draw
from tempfit.ui.frontend import ASSETS
from tempfit.ui.lesson.tried import found_in
from tempfit.ui.readings import taken
from tempfit.ui.wire.sections import ChartData, Kind, Tone, Trace
from tempfit.words import later, say

COLUMNS: Final = (later("Step"), later("You predicted"), later("In fact"), later("Your run"))
EXPLODED: Final = (Status.DIVERGING, Status.OVERFLOWED)
SETTLED: Final = (Status.CONVERGED, *EXPLODED)
NONE: Final = "—"
NEAR: Final = 1.25  # times another mark's place on both axes: their numbers would overlap


def show() -> None:
    """Show what was found in the steps that are marked; their runs are trained again."""
    course = session.page().course
    with st.spinner(say("Your runs are trained again.")):
        pairs = zip(course.lesson.steps, course.marks, strict=True)
        found = [found_in(step, mark) for step, mark in pairs]
    st.html(ASSETS / "lesson" / "lesson.css")
    st.html(ASSETS / "epoch" / "epoch.css")
    st.title(say("What I found"))
    st.caption(escape(course.lesson.title.within()))
    with st.container(horizontal=True):
        st.button(say("Back to the steps"), on_click=_turn)
        st.button(say("Back to the lab"), on_click=_leave)
    _picture(dots(found))
    st.html(_table(found))
    st.html(f"<p class='tempfit-data'>{escape(say(HOW_TO_KEEP))}</p>")
    st.code(_address(session.page()), language=None, wrap_lines=True)


HOW_TO_KEEP: Final = later(
    "This link opens the summary again, on any computer: it carries your predictions and your "
    "experiments, and they are trained again there."
)


def _turn() -> None:
    session.put(moves.turn(session.page(), 1))


def _leave() -> None:
    session.put(taken.show(session.page(), link.LAB, ()))


def _address(page: moves.Page) -> str:
    """Return a page's address, as the browser has it."""
    base = (st.context.url or "").partition("?")[0]
    return f"{base}?{urlencode(page_link.to_parameters(page), doseq=True)}"


def _table(found: Sequence[Found]) -> str:
    """Return a row a step: what was predicted, what is so, and what became of the run.

    On a phone its cells are laid out as blocks: the roles say what they no longer are.
    """
    head = "".join(f"<th role='columnheader'>{escape(say(name))}</th>" for name in COLUMNS)
    rows = "".join(_row(n, one) for n, one in enumerate(found, 1))
    return (
        f"<div class='tempfit-found'><table role='table' aria-label='{say('What I found')}'>"
        f"<thead role='rowgroup'><tr role='row'>{head}</tr></thead>"
        f"<tbody role='rowgroup'>{rows}</tbody></table></div>"
    )


def _row(step: int, one: Found) -> str:
    opened = moves.turn(session.page(), step)
    query = escape(urlencode(page_link.to_parameters(opened), doseq=True))
    title = f"<a href='?{query}' target='_self'>{step}. {escape(one.step.title.within())}</a>"
    sign = "" if one.predicted is None else "✓ " if one.right else "✗ "
    told = (
        f"{sign}{one.predicted or NONE}",
        one.answer if one.predicted or one.trainings else NONE,
        one.sentence or NONE,
    )
    cells = "".join(
        f"<td role='cell' data-label='{escape(say(name))}'>{escape(text)}</td>"
        for name, text in zip(COLUMNS[1:], told, strict=True)
    )
    return f"<tr role='row'><th role='rowheader'>{title}</th>{cells}</tr>"


def _picture(found: dict[Dot, list[int]]) -> None:
    """Draw the runs by their rates, in multiples of the edge, and by the shape of their loss."""
    if not found:
        return
    told = say("; ").join(
        say(
            "step {step}: {share} times the edge, {times} times steeper across, {status}",
            step=_listed(steps),
            share=number(one.share),
            times=number(one.condition),
            status=say(one.status.value),
        )
        for one, steps in found.items()
    )
    drawn = ChartData(
        title=say("Your runs: left of the edge they converge, right of it they explode"),
        label=told,
        x=axis(say("Learning rate, in multiples of the edge"), every=1, log=True),
        y=axis(say("Times steeper across the valley than along"), every=1, log=True),
        traces=[_edge(found), *_dots(found), _numbers(found)],
        notes=[],
    )
    draw("summary_picture", [drawn], slot=0, height=340)


def _listed(steps: list[int]) -> str:
    return say(", ").join(map(str, dict.fromkeys(steps)))


def _dots(found: dict[Dot, list[int]]) -> list[Trace]:
    """Draw a mark for each run: a cross where it exploded, over those that are beside it."""
    kinds: tuple[tuple[Kind, Tone, list[Dot]], ...] = (
        ("rings", "text", [one for one in found if one.status not in SETTLED]),
        ("dots", "run", [one for one in found if one.status is Status.CONVERGED]),
        ("crosses", "accent", [one for one in found if one.status in EXPLODED]),
    )
    return [
        trace(
            kind,
            tone,
            [one.share for one in ones],
            [one.condition for one in ones],
            size=11,
            hover="%{text}: %{x:.3~g}",
            text=[_listed(found[one]) for one in ones],
        )
        for kind, tone, ones in kinds
    ]


def _numbers(found: dict[Dot, list[int]]) -> Trace:
    """Draw the numbers of the steps above the marks: those of marks side by side in one place."""
    groups: list[tuple[Dot, list[int]]] = []
    for one, steps in sorted(found.items(), key=lambda pair: (pair[0].condition, pair[0].share)):
        last = groups[-1][0] if groups else None
        if last and one.share < NEAR * last.share and one.condition < NEAR * last.condition:
            groups[-1][1].extend(steps)
        else:
            groups.append((one, [*steps]))
    shares = [one.share for one, _ in groups]
    conditions = [one.condition for one, _ in groups]
    return trace("words", "text", shares, conditions, text=[_label(steps) for _, steps in groups])


def _label(steps: list[int]) -> str:
    """Return the numbers of steps, narrow in any language, with a line below that is the mark's."""
    return ", ".join(map(str, sorted({*steps}))) + "<br>&nbsp;"


def _edge(found: dict[Dot, list[int]]) -> Trace:
    """Draw the edge, as far up and down as there are runs."""
    conditions = [one.condition for one in found]
    ends = [min(conditions) / 3, 3 * max(conditions)]
    return trace("dashed", "text", [1, 1], ends, size=1.5)
