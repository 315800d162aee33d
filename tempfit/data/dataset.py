"""The readings that a line is fitted to."""

from dataclasses import dataclass, field

import torch

from tempfit.data.names import unit
from tempfit.data.summary import Summary
from tempfit.data.summary import summary as summarized
from tempfit.words import later, named

THERMOMETER_CELSIUS = (0.5, 14.0, 15.0, 28.0, 11.0, 8.0, 3.0, -4.0, 6.0, 13.0, 21.0)
THERMOMETER_READING = (35.7, 55.9, 58.2, 81.9, 56.3, 48.9, 33.9, 21.8, 48.4, 60.4, 68.4)


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Hold N readings: a feature `x` and a target `y`, two 1-D float32 tensors of length N.

    The names carry the units in brackets, as an axis title does: "Speed (km/h)". Those of our own
    readings are English here, and translated where they are shown.
    Raises ValueError when the tensors are not 1-D, differ in length, are empty or not finite.
    """

    x: torch.Tensor
    y: torch.Tensor
    x_name: str = "x"
    y_name: str = "y"
    _summary: Summary | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("x", "y"):
            values = torch.as_tensor(getattr(self, name), dtype=torch.float32)
            if values.ndim != 1:
                raise ValueError(f"{name} must be 1-D, not of shape {tuple(values.shape)}")
            if not torch.isfinite(values).all():
                raise ValueError(f"{name} must hold finite float32 numbers only")
            object.__setattr__(self, name, values)
        if len(self.x) != len(self.y):
            raise ValueError(f"x has {len(self.x)} readings and y has {len(self.y)}")
        if len(self.x) == 0:
            raise ValueError("a dataset needs at least one reading")

    def __len__(self) -> int:
        return len(self.x)

    @property
    def summary(self) -> Summary:
        """What one pass over the readings finds, once; they must not change after it."""
        if self._summary is None:
            object.__setattr__(self, "_summary", summarized(self.x, self.y))
        assert self._summary is not None
        return self._summary

    @property
    def y_unit(self) -> str:
        """The unit in the brackets that end `y_name`, or "" where there is none."""
        return unit(named(self.y_name))


def thermometer() -> Dataset:
    """Return the eleven readings of a thermometer in an unknown unit, and the temperature in °C.

    Source: E. Stevens, L. Antiga, T. Viehmann, "Deep Learning with PyTorch", chapter 5.
    """
    return Dataset(
        torch.tensor(THERMOMETER_READING),
        torch.tensor(THERMOMETER_CELSIUS),
        x_name=later("Thermometer reading (t_u)"),
        y_name=later("Temperature (°C)"),
    )
