"""One epoch, step by step: in words, formulas, charts, the code and all the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import streamlit as st
from torch import Tensor

from tempfit.epoch.anatomy import Epoch
from tempfit.epoch.listing import LOOP, SUBSTEPS, Substep
from tempfit.epoch.substeps import tell
from tempfit.epoch.tex import DIGITS
from tempfit.numbers import count, number
from tempfit.ui import session
from tempfit.ui.epoch import charts, substep_charts
from tempfit.ui.epoch.glass import Specimen
from tempfit.words import say

MAX_COLUMNS: Final = 11


@dataclass(slots=True)
class Walk:
    """The substep that the viewer has come to."""

    substep: Substep = Substep.READINGS


def show(specimen: Specimen) -> None:
    """Show the substep that is chosen, of the epoch under the glass."""
    substep = _stepper()
    words, code = st.columns([57, 43], gap="small")
    with code:
        st.html(code_html(substep))
        reading = _reading(len(specimen.dataset))
    told = tell(substep, specimen.epoch, reading)
    with words:
        with st.container(key="glass_words"):
            st.markdown(told.sentence)
            st.latex(lines(told.formulas))
        drawn = substep_charts.both(specimen.dataset, specimen.epoch, substep, reading)
        charts.show("glass_charts", drawn, specimen.slot)
    st.html(table_html(specimen.epoch, substep, reading))


def _stepper() -> Substep:
    """Show the substeps and the way through them, and return the one chosen."""
    walk = session.part(Walk)
    place = SUBSTEPS.index(walk.substep)
    with st.container(horizontal=True, vertical_alignment="center", key="glass_stepper"):
        for name, label, by in (
            ("back", say("Previous step"), -1),
            ("forward", say("Next step"), +1),
        ):
            st.button(
                label,
                icon=f":material/arrow_{name}:",
                key=f"glass_{name}",
                on_click=_go,
                args=(by,),
                disabled=not 0 <= place + by < len(SUBSTEPS),
            )
        key = session.renewed("glass_step", walk.substep.value)
        st.segmented_control(
            say("Step"),
            [substep.value for substep in SUBSTEPS],
            format_func=say,
            required=True,
            key=key,
            on_change=_take,
            args=(key,),
            label_visibility="collapsed",
        )
    return walk.substep


def _go(by: int) -> None:
    walk = session.part(Walk)
    walk.substep = SUBSTEPS[min(max(SUBSTEPS.index(walk.substep) + by, 0), len(SUBSTEPS) - 1)]


def _take(key: str) -> None:
    """Go to the substep that was chosen; a control that is just leaving the page says None."""
    chosen = session.widget(key)
    if chosen is not None and not session.gone(key):
        session.part(Walk).substep = Substep(chosen)


def _reading(readings: int) -> int:
    """Offer the reading whose numbers stand in the formulas; return its place."""
    chosen = st.number_input(
        say("Reading in the formulas"),
        min_value=1,
        max_value=readings,
        step=1,
        key=f"glass_reading_of_{readings}",  # others are counted anew
        persist_state="page",
    )
    return int(chosen) - 1


def lines(formulas: Sequence[str]) -> str:
    """Return formulas below each other, in TeX."""
    body = r" \\[0.6em] ".join(f"& {formula}" for formula in formulas)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"


def code_html(substep: Substep) -> str:
    """Return the loop of the exported script, the lines of the substep marked."""
    rows = "".join(_code_line(line, now=belongs is substep) for belongs, line in LOOP)
    return f"<pre class='tempfit-code'><code>{rows}</code></pre>"


def _code_line(line: str, *, now: bool) -> str:
    """Return a line of code; the style sheet wraps it behind its own indentation."""
    marks = " now' aria-current='step" if now else ""
    indent = len(line) - len(line.lstrip())
    return f"<span class='line{marks}' style='--in: {indent}ch'>{escape(line) or ' '}</span>"


def table_html(epoch: Epoch, substep: Substep, reading: int) -> str:
    """Return the numbers of the epoch by reading, as far as the substeps have come."""
    shown = range(min(len(epoch.readings), MAX_COLUMNS))
    more = " class='more'" if len(epoch.readings) > len(shown) else ""
    head = "".join(f"<th scope='col'>{place + 1}</th>" for place in shown)
    body = "".join(_row(row, substep, shown, reading) for row in _rows(epoch))
    name = say("Numbers of epoch {epoch}, reading by reading", epoch=count(epoch.number))
    mean = f"<th scope='col'{more}>{say('mean')}</th>"
    head = f"<th scope='col'>{say('number')}</th>{head}{mean}"
    return numbers_html(say("All numbers"), name, head, body)


def numbers_html(region: str, name: str, head: str, body: str) -> str:
    """Return a table in a region of its own, which the keyboard can reach and scroll."""
    return (
        f"<div class='tempfit-numbers' tabindex='0' role='region' aria-label='{region}'>"
        f"<table aria-label='{name}'><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A quantity of each reading and the substep it belongs to; its mean if that has a name."""

    substep: Substep
    name: str
    values: Tensor
    mean: float | None = None
    mean_substep: Substep = Substep.LOSS


def _rows(epoch: Epoch) -> list[Row]:
    terms = 2 * epoch.residual
    by_w, by_b = epoch.gradient
    after = Substep.LOSS_AFTER
    return [
        Row(Substep.READINGS, say("reading"), epoch.readings),
        Row(Substep.READINGS, "x", epoch.x),
        Row(Substep.READINGS, "y", epoch.y),
        Row(Substep.PREDICTIONS, say("prediction"), epoch.prediction),
        Row(Substep.RESIDUALS, say("residual"), epoch.residual),
        Row(Substep.SQUARES, say("residual²"), epoch.squared, epoch.loss, Substep.LOSS),
        Row(Substep.GRADIENT, say("2 · residual · x"), terms * epoch.x, by_w, Substep.GRADIENT),
        Row(Substep.GRADIENT, say("2 · residual"), terms, by_b, Substep.GRADIENT),
        Row(after, say("residual² after"), epoch.squared_after, epoch.loss_after, after),
    ]


def _row(row: Row, substep: Substep, shown: Sequence[int], reading: int) -> str:
    cells = "".join(
        f"<td{_marked('followed' if place == reading else '')}>"
        f"{_short(row.values[place].item())}</td>"
        for place in shown
    )
    mean = ""
    if row.mean is not None:
        mean = f"<span{_marked(_state(row.mean_substep, substep))}>{_short(row.mean)}</span>"
    return (
        f"<tr{_marked(_state(row.substep, substep))}><th scope='row'>{row.name}</th>{cells}"
        f"<td class='mean'>{mean}</td></tr>"
    )


def _short(value: float) -> str:
    """Return a number for a narrow column: with a power of ten it has fewer digits."""
    text = number(value, DIGITS)
    return number(value) if "e" in text else text


def _marked(name: str) -> str:
    return f" class='{name}'" if name else ""


def _state(belongs: Substep, substep: Substep) -> str:
    """Return whether what belongs to a substep is present ("now"), still to come, or neither."""
    if belongs is substep:
        return "now"
    return "later" if SUBSTEPS.index(belongs) > SUBSTEPS.index(substep) else ""
