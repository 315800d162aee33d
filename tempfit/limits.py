"""The range in which a quantity is accepted: the same for values, widgets and links."""

import math
from dataclasses import dataclass

from tempfit.words import say


class OutOfRangeError(ValueError):
    """A value outside of its limits; it carries both."""

    def __init__(self, limits: "Limits", value: float) -> None:
        self.limits, self.value = limits, value
        super().__init__(
            say(
                "{field} must be between {low} and {high}, not {value}",
                field=limits.field,
                low=limits.low,
                high=limits.high,
                value=value,
            )
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """The closed range in which a quantity is accepted, of which some are `whole` numbers."""

    field: str
    low: float
    high: float
    whole: bool = False

    def check(self, value: float) -> None:
        """Raise a ValueError naming field, value and range unless `value` is inside."""
        if not (math.isfinite(value) and self.low <= value <= self.high):
            raise OutOfRangeError(self, value)

    def nearest(self, value: float) -> float:
        """Return the accepted value nearest to `value`, which may be infinite but not NaN."""
        return min(max(value, self.low), self.high)
