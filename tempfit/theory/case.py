"""One run in one of its phases, with all that a verdict's sentences draw on."""

from dataclasses import dataclass
from typing import Final

from tempfit.data.dataset import Dataset
from tempfit.data.names import squared
from tempfit.numbers import number
from tempfit.theory.curvature import CONVERGED_WITHIN, Curvature
from tempfit.theory.law import Law, Phase

ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Hold what the sentences about one run draw on.

    `expected` and `overflow` are the epochs at which the law has it converge and lose its finite
    loss, `since` is that of its last change of rate, or 0.
    """

    dataset: Dataset
    rate: float
    bowl: Curvature
    since: int
    epochs: int
    expected: int | None
    overflow: int | None

    @classmethod
    def of(cls, law: Law, run: int, phase: Phase, epochs: int) -> "Case":
        """Return the case of one run in one of its phases."""
        form, at = phase.form, phase.runs.index(run)
        expected, overflow = (
            None if epoch is None else phase.first + epoch
            for epoch in (form.convergence_epochs[at], form.overflow_epochs[at])
        )
        bowl, rate = law.curvatures[run], float(form.rates[at])
        return cls(law.dataset, rate, bowl, phase.first, epochs, expected, overflow)

    @property
    def limit(self) -> float:
        """The largest stable learning rate."""
        return self.bowl.max_stable_learning_rate

    @property
    def best_loss(self) -> float:
        """The best loss, or 0 where it is but the rounding of a perfect fit."""
        best = self.bowl.best_loss
        return best if best > ROUNDING * (self.bowl.converged_loss - best) else 0.0

    @property
    def within_a_percent(self) -> bool:
        """Whether a run that converges comes within 1 % of the best loss, or only close to it."""
        allowed = self.bowl.converged_loss - self.bowl.best_loss
        return allowed <= (1 + ROUNDING) * CONVERGED_WITHIN * self.bowl.best_loss

    def with_unit(self, loss: float) -> str:
        """Return a loss with its unit, that of y squared: 2.93 °C²."""
        return f"{number(loss)} {squared(self.dataset.y_unit)}".rstrip()
