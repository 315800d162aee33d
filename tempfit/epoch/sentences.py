"""The substeps of an epoch in words. Every sentence is chosen by what happened in it."""

import math
from typing import Final

from tempfit.epoch.anatomy import Epoch
from tempfit.epoch.tex import DIGITS
from tempfit.numbers import count, number
from tempfit.words import later, paragraph, say, say_many

# By the signs of the slopes along w and b.
WAYS: Final = {
    (-1, -1): later("The loss falls as w grows and as b grows."),
    (-1, 0): later("The loss falls as w grows."),
    (-1, 1): later("The loss falls as w grows and as b shrinks."),
    (0, -1): later("The loss falls as b grows."),
    (0, 0): later("Both are 0: the bottom."),
    (0, 1): later("The loss falls as b shrinks."),
    (1, -1): later("The loss falls as w shrinks and as b grows."),
    (1, 0): later("The loss falls as w shrinks."),
    (1, 1): later("The loss falls as w shrinks and as b shrinks."),
}


def readings(epoch: Epoch) -> str:
    """Say what there is to learn from."""
    given = say_many(
        "{count} reading, and for each the y that the line should give.",
        "{count} readings, and for each the y that the line should give.",
        len(epoch.x),
        count=count(len(epoch.x)),
    )
    done = say(
        "What is trained on is x, the reading times {scale}. It stays the same in every epoch.",
        scale=number(epoch.run.feature_scale, DIGITS),
    )
    if epoch.run.feature_shift:
        done = say(
            "What is trained on is x, the reading shifted and scaled. It stays the same in every "
            "epoch."
        )
    return paragraph(given, done)


def predictions(epoch: Epoch) -> str:
    """Say which line predicts."""
    w, b = (number(value, DIGITS) for value in epoch.before)
    updates = epoch.number - 1
    line = say_many(
        "After {count} update, w is {w} and b is {b}: that line gives a prediction for every "
        "reading.",
        "After {count} updates, w is {w} and b is {b}: that line gives a prediction for every "
        "reading.",
        updates,
        count=count(updates),
        w=w,
        b=b,
    )
    if not updates:
        line = say(
            "Before the first update, w is {w} and b is {b}: that line gives a prediction for "
            "every reading.",
            w=w,
            b=b,
        )
    recorded = say("Autograd records each operation from here on, as `params` requires a gradient.")
    if epoch.before.finite:
        return paragraph(line, recorded)
    return paragraph(say("float32 could not hold the params any more."), line, recorded)


def residuals(epoch: Epoch) -> str:
    """Say on which side the line misses the readings."""
    residual = epoch.residual
    where = say_many(
        "This line is too low at {low} of {count} reading and too high at {high}.",
        "This line is too low at {low} of {count} readings and too high at {high}.",
        len(residual),
        low=count(int((residual < 0).sum())),
        count=count(len(residual)),
        high=count(int((residual > 0).sum())),
    )
    if residual.isnan().any():
        where = say("For some readings float32 has only nan, which means not a number.")
    return paragraph(say("The residual is by how much the prediction misses the reading."), where)


def squares(epoch: Epoch) -> str:
    """Say what squaring does, and which reading counts most."""
    squared = epoch.squared
    whole, far = squared.double().sum().item(), int(squared.argmax())
    if not (len(squared) > 1 and math.isfinite(whole) and whole > 0):
        return say("Squared, a miss counts the same on both sides, and a far miss counts most.")
    return say(
        "Squared, a miss counts the same on both sides, and a far miss counts most: reading "
        "{reading} alone makes {share} % of the sum here.",
        reading=count(far + 1),
        share=round(100 * squared[far].item() / whole),
    )


def loss(epoch: Epoch) -> str:
    """Say what the loss is, and whose."""
    return say(
        "The loss is the mean of the squares: one number for the whole line. In the script it is "
        "the loss of epoch {epoch}, the one before the update.",
        epoch=count(epoch.number),
    )


def gradient(epoch: Epoch) -> str:
    """Say what `backward` does, and which way the loss falls."""
    by_w, by_b = epoch.gradient
    cleared = say("`params.grad` is still None in the first epoch.")
    if epoch.number > 1:
        said = later("`zero_()` has cleared the gradient of epoch {epoch}.")
        cleared = say(said, epoch=count(epoch.number - 1))
    ways = say("float32 cannot hold them any more.")
    if math.isfinite(by_w) and math.isfinite(by_b):
        ways = say(WAYS[_sign(by_w), _sign(by_b)])
    return paragraph(
        cleared,
        say(
            "`loss.backward()` goes back through what was recorded and puts both slopes of the "
            "loss into `params.grad`."
        ),
        ways,
    )


def _sign(slope: float) -> int:
    return (slope > 0) - (slope < 0)


def update(_: Epoch) -> str:
    """Say what the update does, and what it leaves out."""
    return say(
        "Each param moves against its slope, by the learning rate η times the slope. Under "
        "`no_grad` the update itself is not recorded: `params` stays a leaf without a history."
    )


def loss_after(epoch: Epoch) -> str:
    """Say what the update did to the loss."""
    return paragraph(
        _change(epoch.loss, epoch.loss_after),
        say(
            "Epoch {epoch} begins here: the same lines run again, with a new graph.",
            epoch=count(epoch.number + 1),
        ),
    )


def _change(before: float, after: float) -> str:
    if not math.isfinite(after):
        return say("With the new params the loss is beyond what float32 can hold.")
    if not math.isfinite(before):
        said = later("The loss was beyond what float32 can hold; now it is {loss}.")
        return say(said, loss=number(after, 7))
    if before == after:
        return say("With the new params the loss is the same to the last digit of float32.")
    said = later("The loss fell by {by}, from {before} to {after}.")
    if after > before:
        said = later(
            "The loss rose by {by}, from {before} to {after}: the update went past the bottom and "
            "up the other side."
        )
    by = number(abs(after - before), DIGITS)
    return say(said, by=by, before=number(before, 7), after=number(after, 7))
