"""The range in which a quantity is accepted: the same for values, widgets and links."""

import math
from dataclasses import dataclass

from tempfit.words import say


@dataclass(frozen=True, slots=True)
class Limits:
    """The closed range in which a quantity is accepted."""

    field: str
    low: float
    high: float

    def check(self, value: float) -> None:
        """Raise ValueError naming the field, the value and the range unless `value` is inside."""
        if not (math.isfinite(value) and self.low <= value <= self.high):
            raise ValueError(
                say(
                    "{field} must be between {low} and {high}, not {value}",
                    field=self.field,
                    low=self.low,
                    high=self.high,
                    value=value,
                )
            )

    def nearest(self, value: float) -> float:
        """Return the accepted value nearest to `value`, which may be infinite but not NaN."""
        return min(max(value, self.low), self.high)
