"""Runs that are judged: on readings with many best lines, and at multiples of the limit."""

import numpy as np
import torch
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset
from tempfit.theory.curvature import curvature
from tempfit.theory.verdict import Verdict, verdicts
from tempfit.training.experiment import Run
from tempfit.training.loop import fit

ONE_READING = Dataset(torch.tensor([3.0]), torch.tensor([5.0]))
SAME_X = Dataset(torch.tensor([3.0, 3.0, 3.0]), torch.tensor([5.0, 6.0, 10.0]))
RACE = [Run(rate) for rate in (1e-2, 1e-3, 3e-2, 3.6e-2, 1e-4, 1.0)]
scales = st.sampled_from([0.1, 0.5, 1.0])
# Multiples of the limit, and how far from it they are still told from it.
apart_from_the_limit = st.one_of(st.floats(0.01, 0.999999), st.floats(1.000002, 30))


def verdict_after(dataset: Dataset, run: Run, epochs: int) -> Verdict:
    return verdicts(dataset, fit(dataset, [run], epochs), [run])[0]


def at_limit(dataset: Dataset, scale: float, multiple: float, height: float = 10.0) -> Run:
    """Return a run at a multiple of the limit, that starts `height` up the steep side."""
    bowl = curvature(dataset, scale)
    w, b = np.array([bowl.best_w, bowl.best_b]) + height * bowl.directions[:, 1]
    return Run(multiple * bowl.max_stable_learning_rate, scale, start=(float(w), float(b)))
