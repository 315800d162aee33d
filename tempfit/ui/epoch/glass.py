"""One epoch, step by step: in words, formulas, charts, the code and all the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import streamlit as st
from torch import Tensor

from tempfit.data.dataset import Dataset
from tempfit.epoch.anatomy import Epoch
from tempfit.epoch.latex import plain
from tempfit.epoch.steps import tell
from tempfit.export import LOOP, Step
from tempfit.ui.epoch import charts as autograd_charts
from tempfit.ui.epoch import glass_panels
from tempfit.ui.epoch.subject import Subject

STEPS: Final = list(Step)
MAX_COLUMNS: Final = 11


def show(subject: Subject) -> None:
    """Show the step that is chosen, of the epoch under the glass."""
    step = _stepper()
    words, code = st.columns([57, 43], gap="small")
    with code:
        st.html(code_html(step))
        reading = _reading(len(subject.dataset))
    told = tell(step, subject.epoch, reading)
    with words:
        with st.container(key="glass_words"):
            st.markdown(told.sentence)
            st.latex(lines(told.formulas))
        autograd_charts.show(
            "glass_charts",
            glass_panels.panels(subject.dataset, subject.epoch, step, reading),
            subject.slot,
        )
    st.html(table_html(subject.dataset, subject.epoch, step, reading))


def _stepper() -> Step:
    """Show the steps and the way through them, and return the one chosen."""
    place = STEPS.index(Step(st.session_state.setdefault("glass_step", Step.READINGS.value)))
    with st.container(horizontal=True, vertical_alignment="center", key="glass_stepper"):
        for name, label, by in (("back", "Previous step", -1), ("forward", "Next step", +1)):
            st.button(
                label,
                icon=f":material/arrow_{name}:",
                key=f"glass_{name}",
                on_click=_go,
                args=(by,),
                disabled=not 0 <= place + by < len(STEPS),
            )
        st.segmented_control(
            "Step",
            [step.value for step in STEPS],
            required=True,
            key="glass_step",
            label_visibility="collapsed",
            persist_state="page",
        )
    return Step(st.session_state["glass_step"])


def _reading(count: int) -> int:
    """Offer the reading whose numbers stand in the formulas; return its place."""
    if st.session_state.get("glass_reading", 1) > count:
        st.session_state["glass_reading"] = 1
    number = st.number_input(
        "Reading in the formulas",
        min_value=1,
        max_value=count,
        step=1,
        key="glass_reading",
        persist_state="page",
    )
    return int(number) - 1


def _go(steps: int) -> None:
    place = STEPS.index(Step(st.session_state["glass_step"])) + steps
    st.session_state["glass_step"] = STEPS[min(max(place, 0), len(STEPS) - 1)].value


def lines(formulas: Sequence[str]) -> str:
    """Return formulas below each other, in LaTeX."""
    body = r" \\[0.6em] ".join(f"& {formula}" for formula in formulas)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"


def code_html(step: Step) -> str:
    """Return the loop of the exported script, the lines of the step marked."""
    rows = "".join(_code_line(line, now=belongs is step) for belongs, line in LOOP)
    return f"<pre class='tempfit-code'><code>{rows}</code></pre>"


def _code_line(line: str, *, now: bool) -> str:
    """Return a line of code; the style has it wrap behind its own indentation."""
    marks = " now' aria-current='step" if now else ""
    indent = len(line) - len(line.lstrip())
    return f"<span class='line{marks}' style='--in: {indent}ch'>{escape(line) or ' '}</span>"


def table_html(dataset: Dataset, epoch: Epoch, step: Step, reading: int) -> str:
    """Return every number of the epoch by reading, as far as the steps have come."""
    count = len(dataset)
    shown = list(range(min(count, MAX_COLUMNS)))
    more = " class='more'" if count > len(shown) else ""
    head = "".join(f"<th scope='col'>{place + 1}</th>" for place in shown)
    body = "".join(_row(row, step, shown, reading) for row in _rows(epoch))
    return (
        "<div class='tempfit-numbers' tabindex='0' role='region' aria-label='All numbers'>"
        f"<table><thead><tr><th scope='col'>number</th>{head}<th scope='col'{more}>mean</th></tr>"
        f"</thead><tbody>{body}</tbody></table></div>"
    )


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A quantity of each reading, the step it belongs to, and its mean if it has a name."""

    step: Step
    name: str
    values: Tensor
    mean: float | None = None
    mean_step: Step = Step.LOSS


def _rows(epoch: Epoch) -> list[Row]:
    terms = 2 * epoch.residual
    by_w, by_b = epoch.gradient
    return [
        Row(Step.READINGS, "reading", epoch.readings),
        Row(Step.READINGS, "x", epoch.x),
        Row(Step.READINGS, "y", epoch.y),
        Row(Step.PREDICTIONS, "prediction", epoch.prediction),
        Row(Step.RESIDUALS, "residual", epoch.residual),
        Row(Step.SQUARES, "residual²", epoch.squared, epoch.loss, Step.LOSS),
        Row(Step.GRADIENT, "2 · residual · x", terms * epoch.x, by_w, Step.GRADIENT),
        Row(Step.GRADIENT, "2 · residual", terms, by_b, Step.GRADIENT),
        Row(
            Step.LOSS_AFTER,
            "residual² after",
            epoch.squared_after,
            epoch.loss_after,
            Step.LOSS_AFTER,
        ),
    ]


def _row(row: Row, step: Step, shown: Sequence[int], reading: int) -> str:
    cells = "".join(
        f"<td{_marked('followed' if place == reading else '')}>"
        f"{_short(row.values[place].item())}</td>"
        for place in shown
    )
    mean = ""
    if row.mean is not None:
        mean = f"<span{_marked(_state(row.mean_step, step))}>{_short(row.mean)}</span>"
    return (
        f"<tr{_marked(_state(row.step, step))}><th scope='row'>{row.name}</th>{cells}"
        f"<td class='mean'>{mean}</td></tr>"
    )


def _short(value: float) -> str:
    """Return a number with few digits where it has a power of ten as well."""
    text = plain(value)
    return plain(value, 3) if "e" in text else text


def _marked(name: str) -> str:
    return f" class='{name}'" if name else ""


def _state(belongs: Step, step: Step) -> str:
    """Return how what belongs to a step stands: present, still to come, or neither."""
    if belongs is step:
        return "now"
    return "later" if STEPS.index(belongs) > STEPS.index(step) else ""
