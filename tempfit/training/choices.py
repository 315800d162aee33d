"""The values that a slider offers: those that people would choose, in every decade."""

from typing import Final

MANTISSAS: Final = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 3.3, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)
EPOCH_MANTISSAS: Final = (1.0, 2.0, 3.0, 5.0, 7.0)


def choices(low: int, high: int, mantissas: tuple[float, ...] = MANTISSAS) -> tuple[float, ...]:
    """Return the mantissas times each power of ten, ascending from 10^low to 10^high inclusive."""
    below = [float(f"{mantissa}e{power}") for power in range(low, high) for mantissa in mantissas]
    return (*below, float(f"1e{high}"))
