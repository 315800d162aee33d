"""Names of columns and files: how they are written in a sentence and on an axis, and their unit."""

from collections.abc import Sequence
from typing import Final

from tempfit.numbers import count
from tempfit.words import say

LONGEST_DRAWN: Final = 44  # characters: what fits along an axis on a projector
LONGEST_QUOTED: Final = 40
LONGEST_UNIT: Final = 20
MOST_LISTED: Final = 5

_INVISIBLE_LETTERS: Final = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
_SYMBOLS: Final = frozenset("°%‰$€£¥_")


def tidy_name(name: str) -> str:
    """Return a name on one line, without characters that have no shape of their own.

    Those can turn the direction of a text or hide in it.
    """
    seen = (
        sign
        for sign in name
        if sign.isspace() or (sign.isprintable() and sign not in _INVISIBLE_LETTERS)
    )
    return " ".join("".join(seen).split())


def column_names(header: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a name for each column, with its number where the header has none or repeats it.

    A header that is too short is filled up from the left, and one that is too long is cut.
    """
    if width == 2 and not header:
        return "x", "y"
    cells = [*[""] * (width - len(header)), *header[:width]]
    names = [
        tidy_name(cell.lstrip("#")) or say("Column {number}", number=i)
        for i, cell in enumerate(cells, 1)
    ]
    first: dict[str, int] = {}
    numbered = enumerate(names, 1)
    return tuple(
        name if first.setdefault(name, i) == i else f"{name} ({i})" for i, name in numbered
    )


def quoted(name: str, longest: int = LONGEST_QUOTED) -> str:
    """Return a name or a cell as a sentence has it: in quotes, and not too long."""
    return say('"{name}"', name=name if len(name) <= longest else f"{name[: longest - 1]}…")


def listed(names: Sequence[str], joint: str) -> str:
    """Return names as a sentence lists them, the first few and how many more: "a" or "b"."""
    beyond = len(names) - MOST_LISTED
    more = [say("{count} more", count=count(beyond))] if beyond > 0 else []
    return joint.join([*map(quoted, names[:MOST_LISTED]), *more])


def shortened(name: str) -> str:
    """Return a name as it is drawn: of a long one the beginning, an ellipsis and the unit."""
    if len(name) <= LONGEST_DRAWN:
        return name
    end = f"… ({unit(name)})" if unit(name) else "…"
    return name[: LONGEST_DRAWN - len(end)].rstrip() + end


def unit(name: str) -> str:
    """Read the unit off a name: "Speed [km/h]" and "Speed (km/h)" give "km/h", "Speed" gives "".

    What is longer than `LONGEST_UNIT` characters is a remark and no unit.
    """
    for opening, closing in ("()", "[]"):
        if name.endswith(closing) and opening in name:
            found = name[name.rindex(opening) + 1 : -1].strip()
            return found if len(found) <= LONGEST_UNIT else ""
    return ""


def squared(unit: str) -> str:
    """Return the unit of a squared quantity: "°C" gives "°C²", "km/h" gives "(km/h)²".

    Letters and symbols such as "US$" are squared as they stand, all else in brackets.
    """
    plain = all(sign.isalpha() or sign in _SYMBOLS for sign in unit)
    return unit and (f"{unit}²" if plain else f"({unit})²")
