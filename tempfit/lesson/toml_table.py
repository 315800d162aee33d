"""Read a table of a TOML file value by value, and say of each that is wrong what would be right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final, NamedTuple, cast

from tempfit.lesson.conditions import WHOLE
from tempfit.lesson.text import Text
from tempfit.lesson.toml_lines import Lines, Path
from tempfit.limits import Limits
from tempfit.numbers import count, number
from tempfit.words import later, say

MAX_WORDS: Final = 1000  # characters of one text
MAX_QUOTED: Final = 30  # characters of what stands in the file

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


class Problem(NamedTuple):
    """Say what is wrong in a file, on which line, and what would be right."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return say("Line {line}: {said}", line=self.line, said=self.sentence)


class LessonError(ValueError):
    """A file is no lesson. `problems` says why, by line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Table:
    """Hold a table of a file while it is read: each key is asked for by the kind of its value.

    What is wrong goes to `problems`, and the default takes its place. `close` complains about
    the keys that nobody asked for.
    """

    values: dict[str, Any]
    path: Path
    lines: Lines
    problems: list[Problem]
    _asked: list[str] = field(default_factory=list)

    def say(self, key: str | None, sentence: str) -> None:
        """Put a problem on the list, of one key or of the table."""
        path = self.path if key is None else (*self.path, key)
        self.problems.append(Problem(self.lines.at(path), sentence))

    def has(self, key: str) -> bool:
        """Return whether a key is there."""
        self._asked.append(key)
        return key in self.values

    def text(self, key: str, example: str | None = None) -> Text:
        """Return the text of a key, in one language or in several; `example` if it has to be."""
        if not self.has(key):
            if example is not None:
                said = later("{key} is missing; write {key} = {example}.")
                self.say(None, say(said, key=key, example=_quoted(example)))
            return Text.of("")
        given = self.values[key]
        languages = given if isinstance(given, dict) else {"en": given}
        words = [(name, self._words(key, each)) for name, each in languages.items()]
        for name in languages:
            if not _LANGUAGE.fullmatch(name):
                said = later("{name} is no language; write en or zh, for example.")
                self.say(key, say(said, name=_shown(name)))
        return Text(tuple(words)) if words else Text.of("")

    def _words(self, key: str, given: object) -> str:
        if not isinstance(given, str) or not given.strip():
            said = later("{key} must be a text in quotes, not {given}.")
            self.say(key, say(said, key=key, given=_shown(given)))
            return ""
        words = " ".join(given.split())
        if len(words) > MAX_WORDS:
            said = later("{key} has {count} characters; {most} are the most.")
            self.say(key, say(said, key=key, count=count(len(words)), most=count(MAX_WORDS)))
        if words.count("$") % 2:
            said = later("{key} has a $ without a second one; a formula stands between two.")
            self.say(key, say(said, key=key))
        return words

    def number(self, key: str, limits: Limits, default: float) -> float:
        """Return the number of a key, which has to be within limits."""
        return self.number_of(key, self.values[key], limits) if self.has(key) else default

    def number_of(self, key: str, given: object, limits: Limits) -> float:
        """Return a value as a number within limits; the lowest stands in for what is none."""
        kinds = int if limits in WHOLE else int | float
        right = isinstance(given, kinds) and not isinstance(given, bool)
        if right and limits.low <= given <= limits.high:  # type: ignore[operator]
            return cast("float", given)
        said = later("{key} must be a number from {low} to {high}, not {given}.")
        low, high = number(limits.low), number(limits.high)
        if limits in WHOLE:
            said = later("{key} must be a whole number from {low} to {high}, not {given}.")
            low, high = count(int(limits.low)), count(int(limits.high))
        self.say(key, say(said, key=key, low=low, high=high, given=_shown(given)))
        return limits.low

    def numbers(self, key: str, limits: Limits) -> tuple[float, ...]:
        """Return the numbers of a list."""
        given = self.values[key] if self.has(key) else []
        if not isinstance(given, list):
            said = later("{key} must be a list of numbers in brackets, not {given}.")
            self.say(key, say(said, key=key, given=_shown(given)))
            return ()
        return tuple(self.number_of(key, each, limits) for each in given)

    def flag(self, key: str) -> bool:
        """Return whether a key says true."""
        return self.has(key) and self.flag_of(key, self.values[key])

    def flag_of(self, key: str, given: object) -> bool:
        """Return a value as true or false."""
        if not isinstance(given, bool):
            said = later("{key} must be true or false, not {given}.")
            self.say(key, say(said, key=key, given=_shown(given)))
        return given is True

    def word(self, key: str, words: Sequence[str], default: str) -> str:
        """Return the word of a key, which has to be one of `words`."""
        return self.word_of(key, self.values[key], words) if self.has(key) else default

    def word_of(self, key: str, given: object, words: Sequence[str]) -> str:
        """Return a value as one of `words`."""
        if given in words:
            return str(given)
        said = later("{key} cannot be {given}; {nearest}.")
        self.say(key, say(said, key=key, given=_shown(given), nearest=nearest(given, words)))
        return words[0]

    def words(self, key: str, words: Sequence[str]) -> tuple[str, ...]:
        """Return the words of a list, each of which has to be one of `words`."""
        given = self.values[key] if self.has(key) else []
        if not isinstance(given, list):
            said = later("{key} must be a list of words in brackets, not {given}.")
            self.say(key, say(said, key=key, given=_shown(given)))
            return ()
        return tuple(dict.fromkeys(self.word_of(key, each, words) for each in given))

    def table(self, key: str) -> "Table":
        """Return the table of a key, an empty one where there is none."""
        given = self.values[key] if self.has(key) else {}
        return self._table(key, given, (*self.path, key))

    def tables(self, key: str) -> list["Table"]:
        """Return the tables of a list."""
        given = self.values[key] if self.has(key) else []
        if not isinstance(given, list):
            said = later("{key} must be a list of tables, not {given}.")
            self.say(key, say(said, key=key, given=_shown(given)))
            return []
        return [self._table(key, each, (*self.path, key, i)) for i, each in enumerate(given)]

    def _table(self, key: str, given: object, path: Path) -> "Table":
        if not isinstance(given, dict):
            said = later("{key} must be a table such as {example}, not {given}.")
            self.say(key, say(said, key=key, example="{ key = value }", given=_shown(given)))
            given = {}
        return Table(given, path, self.lines, self.problems)

    def close(self) -> None:
        """Complain about the keys that nobody asked for."""
        for key in self.values:
            if key not in self._asked:
                said = later("there is no {key} here; {nearest}.")
                self.say(key, say(said, key=_shown(key), nearest=nearest(key, self._asked)))


def nearest(given: object, words: Sequence[str]) -> str:
    """Say which of some words is probably meant, or which there are."""
    close = get_close_matches(str(given).lower(), words, n=1, cutoff=0.6)
    if close:
        return say("perhaps {word} is meant", word=close[0])
    return say("it is one of {words}", words=", ".join(dict.fromkeys(words)))


def _quoted(words: str) -> str:
    return f'"{words}"'


def _shown(given: object) -> str:
    """Return what stands in the file as a sentence has it: short, and on one line."""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, str):
        words = " ".join(given.split())
        return _quoted(words if len(words) <= MAX_QUOTED else f"{words[: MAX_QUOTED - 1]}…")
    if isinstance(given, int):
        return str(given) if abs(given) < 10**MAX_QUOTED else say("a number that long")
    if isinstance(given, float):
        return number(given)
    return say("a list") if isinstance(given, list) else say("a table")
