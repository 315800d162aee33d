"""The gradient three ways: autograd, by hand, and by a difference whose width is chosen."""

import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from tempfit.data.names import squared
from tempfit.epoch import slopes
from tempfit.epoch.anatomy import Epoch, Params
from tempfit.epoch.slopes import WIDTHS, Parabola
from tempfit.epoch.tex import tex
from tempfit.numbers import count, number
from tempfit.ui import session
from tempfit.ui.epoch import charts
from tempfit.ui.epoch.charts import axis, trace
from tempfit.ui.epoch.cuts import cuts
from tempfit.ui.epoch.glass import Specimen
from tempfit.ui.epoch.substeps import lines, numbers_html
from tempfit.ui.wire.sections import ChartData, Tone, Trace
from tempfit.words import later, paragraph, say

ONE_SIDED: Final = later("one-sided")
CENTRAL: Final = later("central")


def show(specimen: Specimen) -> None:
    """Show the three side by side, and where the difference goes wrong."""
    epoch = specimen.epoch
    if not epoch.finite:
        st.info(
            say(
                "In epoch {epoch} this run is beyond what float32 can hold, so there is no slope "
                "to compare. Choose an earlier epoch.",
                epoch=count(epoch.number),
            )
        )
        return
    width, central = _controls()
    parabolas = slopes.parabolas(epoch)
    w, _ = parabolas
    by_difference = slopes.by_difference(epoch, width, central=central)
    formulas, table = st.columns([55, 45], gap="medium", vertical_alignment="center")
    with formulas, st.container(key="slope_formulas"):
        st.latex(lines(formula_lines(epoch, width, central=central)))
    table.html(table_html(epoch, by_difference))
    st.markdown(sentences(epoch, w, width, by_difference.w, central=central))
    secants = [_secant(epoch, place, width, central=central) for place in (0, 1)]
    drawn = cuts(specimen.dataset, epoch, parabolas, secants=secants)
    unit = squared(specimen.dataset.y_unit)
    drawn.append(_error_chart(epoch, w, width, unit, central=central))
    charts.show("slope_charts", drawn, specimen.slot, height=260)


def _controls() -> tuple[float, bool]:
    """Show the width and the kind of difference; return the width and whether it is central."""
    kind, width = st.columns([35, 65], gap="medium")
    chosen = kind.radio(
        say("Finite difference"),
        [ONE_SIDED, CENTRAL],
        format_func=say,
        horizontal=True,
        key=session.worded("slope_kind"),
        persist_state="page",
    )
    h = width.select_slider(
        say("Width h of the difference"),
        WIDTHS,
        value=0.1,
        format_func=number,
        key="slope_width",
        persist_state="page",
    )
    return float(h), chosen == CENTRAL


def formula_lines(epoch: Epoch, width: float, *, central: bool) -> list[str]:
    """Return the slope along w by each of the three ways, with the numbers put in."""
    high, low = slopes.ends(epoch, 0, width, central=central)
    moved = (r"w + \frac{h}{2}", r"w - \frac{h}{2}") if central else ("w + h", "w")
    return [
        rf"\text{{{say('autograd')}}} && \texttt{{params.grad[0]}} = {tex(epoch.gradient.w, 7)}",
        rf"\text{{{say('by hand')}}} && \frac{{1}}{{N}} \sum_i 2 r_i x_i = "
        + tex(slopes.by_hand(epoch).w, 7),
        (
            rf"\text{{{say('difference')}}} && \frac{{L({moved[0]}) - L({moved[1]})}}{{h}} = "
            rf"\frac{{{tex(high.item(), 7)} - {tex(low.item(), 7)}}}{{{tex(width)}}}"
        ),
    ]


def table_html(epoch: Epoch, by_difference: Params) -> str:
    """Return both slopes by each way, and to how many digits each agrees with autograd."""
    ways = {
        later("autograd"): epoch.gradient,
        later("by hand"): slopes.by_hand(epoch),
        later("difference"): by_difference,
    }
    rows = "".join(
        f"<tr><th scope='row'>{say(name)}</th>"
        + "".join(
            f"<td>{number(slope, 7)}</td>"
            f"<td>{_agreement(slope, reference) if name != 'autograd' else ''}</td>"
            for slope, reference in zip(found, epoch.gradient, strict=True)
        )
        + "</tr>"
        for name, found in ways.items()
    )
    head = "".join(
        f"<th scope='col'>∂L/∂{name}</th><th scope='col'>{say('digits alike')}</th>"
        for name in "wb"
    )
    head = f"<th scope='col'>{say('way')}</th>{head}"
    return numbers_html(say("Slopes compared"), say("Both slopes by each way"), head, rows)


def _agreement(slope: float, reference: float) -> str:
    """Return the number of digits as a bar and a number, so that both can be compared."""
    digits = slopes.digits(slope, reference)
    return f"<span aria-hidden='true'>{'▪' * digits}</span> {digits}"


def sentences(epoch: Epoch, w: Parabola, width: float, found: float, *, central: bool) -> str:
    """Say what the difference is off by along w and why, and why digits may be few."""
    missed = abs(found - w.slope)
    truncation = 0.0 if central else w.truncation(width)
    rounding = abs(found - w.slope - truncation)
    error = later(
        "Along w the difference is off by {missed}: {truncation} by truncation, which is half of h "
        "times the curvature, and {rounding} by rounding."
    )
    if central:
        error = later(
            "Along w the central difference is off by {missed}, all of it rounding: the loss is a "
            "parabola, and for a parabola a central difference is exact at any h."
        )
    parts = {"truncation": number(truncation), "rounding": number(rounding)}
    said = [say(error, missed=number(missed), **parts)]
    if rounding > truncation:
        said.append(
            say("A wider h would help: two losses that are almost the same are subtracted.")
        )
    elif truncation > rounding:
        said.append(
            say("A narrower h would help: over this width the loss bends away from its slope.")
        )
    times = slopes.cancellation(epoch).w
    if times > 100:
        size = say("infinitely many") if math.isinf(times) else number(times, 2)
        said.append(
            say(
                "The terms of the sum are {size} times larger than their mean, the slope: float32 "
                "has 7 digits for the terms, and so fewer for the slope, by any of the three ways.",
                size=size,
            )
        )
    return paragraph(*said)


def _secant(epoch: Epoch, place: int, width: float, *, central: bool) -> list[Trace]:
    """Draw the line through the two points whose losses are subtracted."""
    high, low = (loss.item() for loss in slopes.ends(epoch, place, width, central=central))
    at = epoch.before[place] - (width / 2 if central else 0)
    rise = (high - low) / width
    reach = 100 * max(1.0, abs(at))
    ends = [low - reach * rise, low + reach * rise]
    return [
        trace("dashed", "accent", [at - reach, at + reach], ends, size=2),
        trace("dots", "accent", [at, at + width], [low, high], size=9),
    ]


def _error_chart(epoch: Epoch, w: Parabola, width: float, unit: str, *, central: bool) -> ChartData:
    """Draw the error of both kinds of difference over all widths, the present one marked."""
    traces: list[Trace] = []
    kinds: tuple[tuple[str, Tone], ...] = ((CENTRAL, "faint"), (ONE_SIDED, "accent"))
    for kind, tone in kinds:
        missed = slopes.errors(epoch, 0, w.slope, WIDTHS, central=kind == CENTRAL)
        traces += _errors(kind, missed.tolist(), tone)
        if (kind == CENTRAL) is central and width in WIDTHS:
            error = float(missed[WIDTHS.index(width)])
            traces.append(trace("rings", "run", [width], [error or None], size=15))
    drawn = [error for one in traces for error in one["y"] if error]
    between = (math.log10(min(drawn)) - 0.5, math.log10(max(drawn)) + 1) if drawn else (-1.0, 1.0)
    return ChartData(
        title=say("Error of the difference along w"),
        label=say(
            "The error over the width h, on logarithmic axes: rounding at small widths, truncation "
            "at large ones"
        ),
        x=axis("h", every=2, log=True),
        y=axis(unit, between, every=2, log=True),
        traces=traces,
        notes=[],
    )


def _errors(kind: str, missed: Sequence[float], tone: Tone) -> list[Trace]:
    """Draw the errors of one kind; one of exactly 0 has no place on a logarithmic axis."""
    said = say("{kind}, h {h}: off by {error}", kind=say(kind), h="%{x:.1~g}", error="%{y:.3~g}")
    shown = [error or None for error in missed]
    return [
        trace("line", tone, WIDTHS, shown, size=2, name=say(kind)),
        trace("dots", tone, WIDTHS, shown, size=5, hover=said),
    ]
