"""Names of columns and files: how they are written in a sentence and on an axis, and their unit."""

import re
from collections.abc import Sequence
from typing import Final

from tempfit.numbers import count
from tempfit.words import say

LONGEST_DRAWN: Final = 44  # characters: what fits along an axis on a projector
MOST_LISTED: Final = 5

_UNIT: Final = re.compile(r"[(\[]([^()\[\]]{1,20})[)\]]$")  # what is longer is a remark
_SYMBOLS: Final = frozenset("°%‰$€£¥_")


def tidy_name(name: str) -> str:
    """Return a name on one line, without signs that turn the direction of a text or hide in it."""
    seen = (sign for sign in name if sign.isspace() or sign.isprintable())
    return " ".join("".join(seen).split())


def column_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each column, with its number where the header has none or repeats it."""
    if len(header) == 2 and not any(header):
        return "x", "y"
    names = [
        tidy_name(cell.lstrip("#")) or say("Column {number}", number=i)
        for i, cell in enumerate(header, 1)
    ]
    return tuple(
        f"{name} ({i})" if name in names[: i - 1] else name for i, name in enumerate(names, 1)
    )


def quoted(name: str, longest: int = 40) -> str:
    """Return a name or a cell as a sentence has it: in quotes, and not too long."""
    return say('"{name}"', name=name if len(name) <= longest else f"{name[: longest - 1]}…")


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them, the first few and how many more: "a", "b"."""
    beyond = len(names) - MOST_LISTED
    more = [say("{count} more", count=count(beyond))] if beyond > 0 else []
    return say(", ").join([*map(quoted, names[:MOST_LISTED]), *more])


def shortened(name: str) -> str:
    """Return a name as it is drawn: of a long one the beginning, an ellipsis and the unit."""
    if len(name) <= LONGEST_DRAWN:
        return name
    end = f"… ({unit(name)})" if unit(name) else "…"
    return name[: LONGEST_DRAWN - len(end)].rstrip() + end


def unit(name: str) -> str:
    """Read the unit off a name: "Speed [km/h]" and "Speed (km/h)" give "km/h", "Speed" gives ""."""
    found = _UNIT.search(name)
    return found[1].strip() if found else ""


def squared(unit: str) -> str:
    """Return the unit of a squared quantity: "°C" gives "°C²", "km/h" gives "(km/h)²".

    Letters and symbols such as "US$" are squared as they stand, all else in brackets.
    """
    plain = all(sign.isalpha() or sign in _SYMBOLS for sign in unit)
    return unit and (f"{unit}²" if plain else f"({unit})²")
