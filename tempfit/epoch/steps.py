"""The steps of an epoch in words and formulas, with the numbers put in.

Every number comes from the `Epoch`, and every sentence is chosen by what happened in it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from tempfit.epoch.anatomy import Epoch
from tempfit.epoch.listing import Step
from tempfit.epoch.tex import DIGITS, bracketed, signed, tex, total
from tempfit.numbers import count, counted, number


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
    name, value = rf"\text{{reading}}{sub}", tex(epoch.readings[i].item())
    done = f"times {number(run.feature_scale, DIGITS)}"
    if run.feature_shift:
        name = rf"({name} - \text{{shift}})"
        value = f"({value} - {bracketed(run.feature_shift)})"
        done = "shifted and scaled"
    return Telling(
        f"{counted(len(epoch.x), 'reading')}, and for each the y that the line should give. What "
        f"is trained on is x, the reading {done}. It stays the same in every epoch.",
        (
            (
                rf"x{sub} = \text{{scale}} \cdot {name} = "
                rf"{tex(run.feature_scale)} \cdot {value} = {tex(epoch.x[i].item())}"
            ),
            rf"y{sub} = {tex(epoch.y[i].item())}",
        ),
    )


def _predictions(epoch: Epoch, i: int) -> Telling:
    (w, b), sub = epoch.before, f"_{{{i + 1}}}"
    x, prediction = epoch.x[i].item(), epoch.prediction[i].item()
    when = "Before the first update"
    if epoch.number > 1:
        when = f"After {counted(epoch.number - 1, 'update')}"
    if not epoch.before.finite:
        when = f"float32 could not hold the params any more. {when}"
    return Telling(
        f"{when}, w is {number(w, DIGITS)} and b is {number(b, DIGITS)}: that line gives a "
        "prediction for every reading. Autograd records each operation from here on, as `params` "
        "requires a gradient.",
        (
            (
                rf"p{sub} = w \cdot x{sub} + b = {tex(w)} \cdot {bracketed(x)} "
                rf"{signed(b)} = {tex(prediction)}"
            ),
        ),
    )


def _residuals(epoch: Epoch, i: int) -> Telling:
    sub, residual = f"_{{{i + 1}}}", epoch.residual
    low, high = int((residual < 0).sum()), int((residual > 0).sum())
    where = (
        f"This line is too low at {count(low)} of {counted(len(residual), 'reading')} and too "
        f"high at {count(high)}."
    )
    if residual.isnan().any():
        where = "For some readings float32 has only nan, which means not a number."
    return Telling(
        f"The residual is by how much the prediction misses the reading. {where}",
        (
            (
                rf"r{sub} = p{sub} - y{sub} = {tex(epoch.prediction[i].item())} "
                rf"{signed(-epoch.y[i].item())} = {tex(residual[i].item())}"
            ),
        ),
    )


def _squares(epoch: Epoch, i: int) -> Telling:
    sub, squared = f"_{{{i + 1}}}", epoch.squared
    whole, far = squared.double().sum().item(), int(squared.argmax())
    sentence = "Squared, a miss counts the same on both sides, and a far miss counts most"
    if len(squared) > 1 and math.isfinite(whole) and whole > 0:
        share = round(100 * squared[far].item() / whole)
        sentence += f": reading {count(far + 1)} alone makes {share} % of the sum here"
    return Telling(
        f"{sentence}.",
        (
            (
                rf"r{sub}^2 = {bracketed(epoch.residual[i].item())}^2 = "
                rf"{tex(epoch.squared[i].item())}"
            ),
        ),
    )


def _loss(epoch: Epoch) -> Telling:
    return Telling(
        "The loss is the mean of the squares: one number for the whole line. In the script it is "
        f"the loss of epoch {count(epoch.number)}, the one before the update.",
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
    cleared = "`params.grad` is still None in the first epoch."
    if epoch.number > 1:
        cleared = f"`zero_()` has cleared the gradient of epoch {count(epoch.number - 1)}."
    terms = 2 * epoch.residual
    return Telling(
        f"{cleared} `loss.backward()` goes back through what was recorded and puts both slopes "
        f"of the loss into `params.grad`. {_slopes_in_words(by_w, by_b)}",
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


def _slopes_in_words(by_w: float, by_b: float) -> str:
    """Say which way the loss falls."""
    if not (math.isfinite(by_w) and math.isfinite(by_b)):
        return "float32 cannot hold them any more."
    if by_w == by_b == 0:
        return "Both are 0: the bottom."
    ways = [
        f"as {name} {'grows' if slope < 0 else 'shrinks'}"
        for name, slope in (("w", by_w), ("b", by_b))
        if slope != 0
    ]
    return f"The loss falls {' and '.join(ways)}."


def _update(epoch: Epoch) -> Telling:
    lines = [
        rf"{name}' = {name} - \eta \, \frac{{\partial L}}{{\partial {name}}} = {tex(before)} - "
        rf"{tex(epoch.rate)} \cdot {bracketed(slope)} = {tex(after)}"
        for name, before, slope, after in zip(
            "wb", epoch.before, epoch.gradient, epoch.after, strict=True
        )
    ]
    return Telling(
        "Each param moves against its slope, by the learning rate η times the slope. Under "
        "`no_grad` the update itself is not recorded: `params` stays a leaf without a history.",
        tuple(lines),
    )


def _loss_after(epoch: Epoch) -> Telling:
    after = epoch.loss_after
    return Telling(
        f"{_change(epoch.loss, after)} Epoch {count(epoch.number + 1)} begins here: the same lines "
        "run again, with a new graph.",
        (
            rf"L(w', b') = L({tex(epoch.after.w)},\ {tex(epoch.after.b)})",
            rf"\phantom{{L(w', b')}} = {tex(after, 7)}",
        ),
    )


def _change(before: float, after: float) -> str:
    """Say what the update did to the loss."""
    if not math.isfinite(after):
        return "With the new params the loss is beyond what float32 can hold."
    if not math.isfinite(before):
        return f"The loss was beyond what float32 can hold; now it is {number(after, 7)}."
    if before == after:
        return "With the new params the loss is the same to the last digit of float32."
    change = (
        f"by {number(abs(after - before), DIGITS)}, from {number(before, 7)} to {number(after, 7)}"
    )
    if after < before:
        return f"The loss fell {change}."
    return f"The loss rose {change}: the update went past the bottom and up the other side."
