"""On which line of a TOML file a value stands: `tomllib` gives the values without their places."""

import re
from dataclasses import dataclass, field
from typing import Final

Path = tuple[str | int, ...]  # ("step", 2, "check"): the check of the third step

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([\w.\s-]+?)\s*\]\]?\s*(#.*)?$")
_KEY: Final = re.compile(r"\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*=(.*)$")
_LONG: Final = re.compile(r'"""|\'\'\'')


@dataclass(slots=True)
class Lines:
    """Hold the lines of a file, and on which of them each header and each key stands.

    It reads what people write: bare keys, tables, lists of tables. Keys of a table in one line
    are searched for in the lines of that table.
    """

    lines: list[str]
    _places: dict[Path, int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Lines":
        """Return the lines of a file."""
        found = cls(text.split("\n"))
        found._scan()
        return found

    def at(self, path: Path) -> int:
        """Return the line, counted from 1, of what a path leads to, or of what is around it."""
        for length in range(len(path), 0, -1):
            line = self._places.get(path[:length])
            if line is not None:
                return self._inner(line, path[length:])
        return 1

    def _scan(self) -> None:
        table: Path = ()
        counts: dict[Path, int] = {}
        closing = ""
        for number, line in enumerate(self.lines, 1):
            if closing:  # within a text of several lines
                closing = "" if closing in line else closing
            elif header := _HEADER.match(line):
                table = _table(header[1], header[2], counts)
                self._places[table] = number
            elif key := _KEY.match(line):
                names = [name.strip() for name in key[1].split(".")]
                for length in range(1, len(names) + 1):
                    self._places.setdefault((*table, *names[:length]), number)
                marks = _LONG.findall(key[2])
                closing = marks[0] if len(marks) == 1 else ""

    def _inner(self, line: int, rest: Path) -> int:
        """Return the line of a key in a table in one line, or in a list of such tables.

        The list may go on for several lines, each of its tables beginning with a brace.
        """
        later = [place for place in self._places.values() if place > line]
        end = min(later, default=len(self.lines) + 1)
        for part in rest:
            mark = r"\{" if isinstance(part, int) else rf"(?<![\w-]){re.escape(part)}\s*="
            skip = part if isinstance(part, int) else 0
            hits = [n for n in range(line, end) for _ in re.findall(mark, self.lines[n - 1])]
            line = hits[skip] if len(hits) > skip else line
        return line


def _table(bracket: str, name: str, counts: dict[Path, int]) -> Path:
    """Return the path of a header; each repetition of a list's header counts one further."""
    path: Path = ()
    names = [part.strip() for part in name.split(".")]
    for place, part in enumerate(names):
        path = (*path, part)
        last = place == len(names) - 1
        if last and bracket == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
