"""On which line of a TOML text a value stands: `tomllib` gives the values without their places."""

import re
from typing import Final

Path = tuple[str | int, ...]  # ("step", 2, "check"): the check of the third step

_MARK: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|#[^\n]*"
    r"|[\[\]{}=,.\n]"
    r"|[^\s\[\]{}=,.#\"']+",
    re.DOTALL,
)


def places(text: str) -> dict[Path, int]:
    """Return the line, counted from 1, of each table, key and element of a list in a TOML text."""
    return _Walk(text).lines


class _Walk:
    """Go through the marks of a text that is known to be TOML, noting where each value begins."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self.lists: dict[Path, int] = {}  # the last element of each list of tables
        self.marks: list[str] = [*reversed(_MARK.findall(text))]
        self.line = 1
        table: Path = ()
        while (mark := self.ahead()) is not None:
            if mark == "[":
                table = self.header()
            else:
                self.pair(table)

    def take(self) -> str:
        """Take the next mark."""
        mark = self.marks.pop()
        self.line += mark.count("\n")
        return mark

    def ahead(self) -> str | None:
        """Return the mark that begins something, or ends what is open; None at the end."""
        while self.marks and (self.marks[-1] in ",\n" or self.marks[-1].startswith("#")):
            self.take()
        return self.marks[-1] if self.marks else None

    def names(self, end: str) -> Path:
        """Take a key, or a name in brackets, up to its end."""
        found: list[str] = []
        while (mark := self.take()) != end:
            if mark not in ".[":
                found.append(mark.strip("\"'"))
        return tuple(found)

    def header(self) -> Path:
        """Take a header, and return the path of its table; in a list it is the next one."""
        line, listed = self.line, self.marks[-2] == "["
        names = self.names("]")
        path: Path = ()
        for place, name in enumerate(names, 1):
            path = (*path, name)
            self.lines.setdefault(path, line)
            if listed and place == len(names):
                self.lists[path] = self.lists.get(path, -1) + 1
                self.take()
            if path in self.lists:
                path = (*path, self.lists[path])
        self.lines[path] = line
        return path

    def pair(self, table: Path) -> None:
        """Take a key and its value."""
        line, names = self.line, self.names("=")
        for length in range(1, len(names) + 1):
            self.lines.setdefault((*table, *names[:length]), line)
        self.value((*table, *names))

    def value(self, path: Path) -> None:
        """Take a value with all that is in it."""
        self.lines.setdefault(path, self.line)
        first = self.take()
        if first == "[":
            place = 0
            while self.ahead() != "]":
                self.value((*path, place))
                place += 1
            self.take()
        elif first == "{":
            while self.ahead() != "}":
                self.pair(path)
            self.take()
        while self.marks and self.marks[-1] not in ",\n]}":
            self.take()
