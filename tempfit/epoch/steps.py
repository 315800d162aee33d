"""The steps of an epoch in words and formulas, with the numbers put in.

Every number comes from the `Epoch`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tempfit.epoch import sentences
from tempfit.epoch.anatomy import Epoch
from tempfit.epoch.listing import Step
from tempfit.epoch.tex import bracketed, signed, tex, total
from tempfit.words import say


@dataclass(frozen=True, slots=True)
class Telling:
    """What is said of a step: a Markdown sentence or two, and formulas in TeX, one a line."""

    sentence: str
    formulas: tuple[str, ...]


def tell(step: Step, epoch: Epoch, reading: int = 0) -> Telling:
    """Tell a step of an epoch, with the formulas of the reading at a place."""
    tellers: dict[Step, Callable[[], Telling]] = {
        Step.READINGS: lambda: _readings(epoch, reading),
        Step.PREDICTIONS: lambda: _predictions(epoch, reading),
        Step.RESIDUALS: lambda: _residuals(epoch, reading),
        Step.SQUARES: lambda: _squares(epoch, reading),
        Step.LOSS: lambda: _loss(epoch),
        Step.GRADIENT: lambda: _gradient(epoch),
        Step.UPDATE: lambda: _update(epoch),
        Step.LOSS_AFTER: lambda: _loss_after(epoch),
    }
    return tellers[step]()


def _readings(epoch: Epoch, i: int) -> Telling:
    run, sub = epoch.run, f"_{{{i + 1}}}"
    name, value = rf"\text{{{say('reading')}}}{sub}", tex(epoch.readings[i].item())
    if run.feature_shift:
        name = rf"({name} - \text{{{say('shift')}}})"
        value = f"({value} - {bracketed(run.feature_shift)})"
    return Telling(
        sentences.readings(epoch),
        (
            (
                rf"x{sub} = \text{{{say('scale')}}} \cdot {name} = "
                rf"{tex(run.feature_scale)} \cdot {value} = {tex(epoch.x[i].item())}"
            ),
            rf"y{sub} = {tex(epoch.y[i].item())}",
        ),
    )


def _predictions(epoch: Epoch, i: int) -> Telling:
    (w, b), sub = epoch.before, f"_{{{i + 1}}}"
    x, prediction = epoch.x[i].item(), epoch.prediction[i].item()
    return Telling(
        sentences.predictions(epoch),
        (
            (
                rf"p{sub} = w \cdot x{sub} + b = {tex(w)} \cdot {bracketed(x)} "
                rf"{signed(b)} = {tex(prediction)}"
            ),
        ),
    )


def _residuals(epoch: Epoch, i: int) -> Telling:
    sub, residual = f"_{{{i + 1}}}", epoch.residual
    return Telling(
        sentences.residuals(epoch),
        (
            (
                rf"r{sub} = p{sub} - y{sub} = {tex(epoch.prediction[i].item())} "
                rf"{signed(-epoch.y[i].item())} = {tex(residual[i].item())}"
            ),
        ),
    )


def _squares(epoch: Epoch, i: int) -> Telling:
    sub = f"_{{{i + 1}}}"
    return Telling(
        sentences.squares(epoch),
        (
            (
                rf"r{sub}^2 = {bracketed(epoch.residual[i].item())}^2 = "
                rf"{tex(epoch.squared[i].item())}"
            ),
        ),
    )


def _loss(epoch: Epoch) -> Telling:
    return Telling(
        sentences.loss(epoch),
        (
            (
                rf"L = \frac{{1}}{{N}} \sum_i r_i^2 = "
                rf"\frac{{{total(epoch.squared)}}}{{{len(epoch.squared)}}}"
            ),
            rf"\phantom{{L}} = {tex(epoch.loss, 7)}",
        ),
    )


def _gradient(epoch: Epoch) -> Telling:
    by_w, by_b = epoch.gradient
    terms = 2 * epoch.residual
    return Telling(
        sentences.gradient(epoch),
        (
            (
                r"\frac{\partial L}{\partial w} = \frac{1}{N} \sum_i 2 r_i x_i = "
                rf"\frac{{{total(terms * epoch.x)}}}{{{len(terms)}}} = {tex(by_w)}"
            ),
            (
                r"\frac{\partial L}{\partial b} = \frac{1}{N} \sum_i 2 r_i = "
                rf"\frac{{{total(terms)}}}{{{len(terms)}}} = {tex(by_b)}"
            ),
        ),
    )


def _update(epoch: Epoch) -> Telling:
    lines = [
        rf"{name}' = {name} - \eta \, \frac{{\partial L}}{{\partial {name}}} = {tex(before)} - "
        rf"{tex(epoch.rate)} \cdot {bracketed(slope)} = {tex(after)}"
        for name, before, slope, after in zip(
            "wb", epoch.before, epoch.gradient, epoch.after, strict=True
        )
    ]
    return Telling(sentences.update(), tuple(lines))


def _loss_after(epoch: Epoch) -> Telling:
    return Telling(
        sentences.loss_after(epoch),
        (
            rf"L(w', b') = L({tex(epoch.after.w)},\ {tex(epoch.after.b)})",
            rf"\phantom{{L(w', b')}} = {tex(epoch.loss_after, 7)}",
        ),
    )
