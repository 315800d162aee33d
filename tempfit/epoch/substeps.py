"""The substeps of an epoch in words and formulas, with the numbers put in.

Every number comes from the `Epoch`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tempfit.epoch import sentences
from tempfit.epoch.anatomy import Epoch
from tempfit.epoch.listing import Substep
from tempfit.epoch.tex import bracketed, signed, tex, total
from tempfit.words import say


@dataclass(frozen=True, slots=True)
class Telling:
    """What is said of a substep: a Markdown sentence or two, and formulas in TeX, one a line."""

    sentence: str
    formulas: tuple[str, ...]


def tell(substep: Substep, epoch: Epoch, reading: int = 0) -> Telling:
    """Tell a substep of an epoch, with the formulas of the reading at a place."""
    sentence, formulas = TELLERS[substep]
    return Telling(sentence(epoch), formulas(epoch, reading))


Formulas = tuple[str, ...]


def _readings(epoch: Epoch, i: int) -> Formulas:
    run, sub = epoch.run, f"_{{{i + 1}}}"
    name, value = rf"\text{{{say('reading')}}}{sub}", tex(epoch.readings[i].item())
    if run.feature_shift:
        name = rf"({name} - \text{{{say('shift')}}})"
        value = f"({value} - {bracketed(run.feature_shift)})"
    left = rf"x{sub} = \text{{{say('scale')}}} \cdot {name}"
    x = tex(epoch.x[i].item())
    return (
        rf"{left} = {tex(run.feature_scale)} \cdot {value} = {x}",
        rf"y{sub} = {tex(epoch.y[i].item())}",
    )


def _predictions(epoch: Epoch, i: int) -> Formulas:
    (w, b), sub = epoch.before, f"_{{{i + 1}}}"
    numbers = rf"{tex(w)} \cdot {bracketed(epoch.x[i].item())} {signed(b)}"
    return (rf"p{sub} = w \cdot x{sub} + b = {numbers} = {tex(epoch.prediction[i].item())}",)


def _residuals(epoch: Epoch, i: int) -> Formulas:
    sub = f"_{{{i + 1}}}"
    numbers = f"{tex(epoch.prediction[i].item())} {signed(-epoch.y[i].item())}"
    return (rf"r{sub} = p{sub} - y{sub} = {numbers} = {tex(epoch.residual[i].item())}",)


def _squares(epoch: Epoch, i: int) -> Formulas:
    number = bracketed(epoch.residual[i].item())
    return (rf"r_{{{i + 1}}}^2 = {number}^2 = {tex(epoch.squared[i].item())}",)


def _loss(epoch: Epoch, _: int) -> Formulas:
    mean = rf"\frac{{{total(epoch.squared)}}}{{{len(epoch.squared)}}}"
    return (
        rf"L = \frac{{1}}{{N}} \sum_i r_i^2 = {mean}",
        rf"\phantom{{L}} = {tex(epoch.loss, 7)}",
    )


def _gradient(epoch: Epoch, _: int) -> Formulas:
    terms = 2 * epoch.residual
    by_w = rf"\frac{{{total(terms * epoch.x)}}}{{{len(terms)}}} = {tex(epoch.gradient.w)}"
    by_b = rf"\frac{{{total(terms)}}}{{{len(terms)}}} = {tex(epoch.gradient.b)}"
    return (
        rf"\frac{{\partial L}}{{\partial w}} = \frac{{1}}{{N}} \sum_i 2 r_i x_i = {by_w}",
        rf"\frac{{\partial L}}{{\partial b}} = \frac{{1}}{{N}} \sum_i 2 r_i = {by_b}",
    )


def _update(epoch: Epoch, _: int) -> Formulas:
    moves = zip("wb", epoch.before, epoch.gradient, epoch.after, strict=True)
    return tuple(
        rf"{name}' = {name} - \eta \, \frac{{\partial L}}{{\partial {name}}} = {tex(before)} - "
        rf"{tex(epoch.rate)} \cdot {bracketed(slope)} = {tex(after)}"
        for name, before, slope, after in moves
    )


def _loss_after(epoch: Epoch, _: int) -> Formulas:
    return (
        rf"L(w', b') = L({tex(epoch.after.w)},\ {tex(epoch.after.b)})",
        rf"\phantom{{L(w', b')}} = {tex(epoch.loss_after, 7)}",
    )


# What is said of each substep, and its formulas for the reading at a place.
TELLERS: Final[dict[Substep, tuple[Callable[[Epoch], str], Callable[[Epoch, int], Formulas]]]] = {
    Substep.READINGS: (sentences.readings, _readings),
    Substep.PREDICTIONS: (sentences.predictions, _predictions),
    Substep.RESIDUALS: (sentences.residuals, _residuals),
    Substep.SQUARES: (sentences.squares, _squares),
    Substep.LOSS: (sentences.loss, _loss),
    Substep.GRADIENT: (sentences.gradient, _gradient),
    Substep.UPDATE: (sentences.update, _update),
    Substep.LOSS_AFTER: (sentences.loss_after, _loss_after),
}
