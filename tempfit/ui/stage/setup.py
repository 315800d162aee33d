"""What the stage needs of an experiment before it trains: axes, forecast, and one entry a run."""

from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from tempfit import figures
from tempfit.data.names import squared
from tempfit.export import Origin, file_name, head, tail
from tempfit.numbers import count, exact
from tempfit.theory.curvature import Curvature, curvature
from tempfit.theory.law import Law
from tempfit.theory.map_extent import extent
from tempfit.theory.status import Status
from tempfit.theory.verdict import outlooks
from tempfit.training.experiment import Run
from tempfit.training.history import History
from tempfit.training.recording import recorded_epochs
from tempfit.training.trainer import Trainer
from tempfit.ui import colours
from tempfit.ui.frontend import PLOTLY_URL
from tempfit.ui.stage.answer import encoded
from tempfit.ui.wire.shapes import Axes, Bowl, packed
from tempfit.ui.wire.stage import FitAxes, LossAxes, MapSetup, RunSetup, Setup, Surface
from tempfit.words import later, say


def setup(trainer: Trainer, law: Law, slots: Sequence[int], origin: Origin) -> Setup:
    """Return the experiment as the page unpacks it, the runs with their colours' slots."""
    dataset, runs = trainer.dataset, trainer.runs
    recorded = recorded_epochs(trainer.epochs)
    predicted, bowls = law.forecast(recorded), law.curvatures
    above = predicted.loss - np.array([[bowl.best_loss] for bowl in bowls])
    x, y = figures.drawn_points(dataset)
    loss = figures.loss_axes(dataset, predicted, bowls[0].best_loss)
    return {
        "plotly": PLOTLY_URL,
        "name": origin.name,
        "title": origin.title,
        "epochs": trainer.epochs,
        "recorded": packed(recorded, "<i4"),
        "start": encoded(law, trainer.history, trainer.history.epoch >= 0),
        "statuses": [status.value for status in Status],
        "editable": len(x) == len(dataset),
        "x": packed(x, "<f4"),
        "y": packed(y, "<f4"),
        "fit": FitAxes(**_axes(figures.fit_axes(dataset, runs)), title=figures.fit_title(dataset)),
        "loss": LossAxes(
            **_axes(loss),
            aboveTitle=figures.in_unit(say("Loss above the best"), dataset),
            aboveRange=figures.above_range(predicted, above),
        ),
        "surfaces": _surfaces(law, predicted),
        "map": _map(trainer, law),
        "unit": squared(dataset.y_unit),
        "variance": dataset.summary.y_variance,
        "forecast": packed(_float32(predicted.loss), "<f4"),
        "forecastAbove": packed(_float32(np.maximum(above, 0)), "<f4"),
        "scriptHead": head(dataset, origin),
        "runs": _runs(trainer, law, slots, origin),
    }


def _runs(trainer: Trainer, law: Law, slots: Sequence[int], origin: Origin) -> list[RunSetup]:
    expected = outlooks(law, trainer.epochs)
    differing = differences(trainer.runs)
    differing[0] = say(", ").join([*filter(None, differing[:1]), *_changes(trainer.runs[0])])
    return [
        {
            "slot": slot,
            "rate": run.learning_rate,
            "scale": run.feature_scale,
            "shift": run.feature_shift,
            "start": run.start,
            "settings": text,
            "light": colours.PALETTE[slot].light,
            "dark": colours.PALETTE[slot].dark,
            "dashed": colours.PALETTE[slot].dashed,
            "changes": [epoch for epoch, _ in run.changes],
            "outlook": outlook.sentence,
            "expected": outlook.status.value,
            "expectedEpoch": outlook.epoch,
            "script": tail(trainer.dataset, run, trainer.epochs),
            "scriptName": file_name(run, origin),
            **_bowl(bowl),
        }
        for run, slot, text, outlook, bowl in zip(
            trainer.runs, slots, differing, expected, law.curvatures, strict=True
        )
    ]


def _changes(run: Run) -> list[str]:
    """Say how a run's learning rate changes."""
    said = later("then {rate} from epoch {epoch}")
    return [say(said, rate=exact(rate), epoch=count(epoch)) for epoch, rate in run.changes]


def differences(runs: Sequence[Run]) -> list[str]:
    """Return for each run the settings, apart from its learning rate, in which the runs differ."""
    said = [
        (
            _feature(run),
            f"w {exact(run.start[0])}",
            f"b {exact(run.start[1])}",
        )
        for run in runs
    ]
    differing = [len({*each}) > 1 for each in zip(*said, strict=True)]
    return [say(", ").join(compress(each, differing)) for each in said]


def _feature(run: Run) -> str:
    """Return what the feature of a run is, in words."""
    if run.feature_shift:
        return say("standardized")
    return say("scale {scale}", scale=exact(run.feature_scale))


def _surfaces(law: Law, predicted: History) -> list[Surface]:
    """Return the surface over (w, b) of each feature that the runs train on, in their order."""
    features: dict[tuple[float, float], list[int]] = {}
    for place, run in enumerate(law.runs):
        features.setdefault((run.feature_scale, run.feature_shift), []).append(place)
    found: list[Surface] = []
    for places in features.values():
        bowl, run = law.curvatures[places[0]], law.runs[places[0]]
        paths = (values[places] for values in (predicted.loss, predicted.w, predicted.b))
        drawn = figures.surface(History(predicted.epoch, *paths), bowl)
        found.append(
            {
                **_axes(drawn.axes),
                **_bowl(bowl),
                "feature": _feature(run) if len(features) > 1 else "",
                "runs": places,
                "levels": list(drawn.levels),
            }
        )
    return found


def _map(trainer: Trainer, law: Law) -> MapSetup:
    """Return the map of all rates and scales, on which the runs that are not shifted stand."""
    main, raw = trainer.runs[0], curvature(trainer.dataset, 1.0)
    rates, scales = extent(trainer.dataset, main)
    return {
        **_bowl(raw),
        "rates": rates,
        "scales": scales,
        "hessian": raw.hessian.tolist(),
        "convergedLoss": raw.converged_loss,
        "overflowLoss": law.phases[0].form.overflow_loss,
    }


def _bowl(bowl: Curvature) -> Bowl:
    return {
        "best": {"w": bowl.best_w, "b": bowl.best_b, "loss": bowl.best_loss},
        "eigenvalues": bowl.eigenvalues.tolist(),
        "directions": bowl.directions.tolist(),
    }


def _float32(losses: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return the losses as training would hold them, beyond the largest number as inf."""
    with np.errstate(over="ignore"):
        return losses.astype(np.float32)


def _axes(axes: figures.Axes) -> Axes:
    return {
        "xTitle": axes.x_title,
        "yTitle": axes.y_title,
        "xRange": axes.x_range,
        "yRange": axes.y_range,
    }
