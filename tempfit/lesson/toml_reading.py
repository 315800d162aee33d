"""Read the values of a TOML file by their kinds, and say of each that is wrong what would be right.

A kind is the limits of a number, the words to choose from, `bool`, the kinds of a list's elements,
the fields of a table, or a function. What is read counts only where nothing in the file is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from tempfit.lesson.text import Text
from tempfit.lesson.toml_places import Path
from tempfit.limits import Limits
from tempfit.numbers import count, number
from tempfit.training.experiment import EPOCHS
from tempfit.words import later, say

AT_EPOCH: Final = Limits("epoch", 0, EPOCHS.high)
WHOLE: Final = (EPOCHS, AT_EPOCH)
MAX_WORDS: Final = 1000  # characters of one text
MAX_QUOTED: Final = 30  # characters of what stands in the file

# How a key is written, to be shown where it is missing or of another kind.
EXAMPLES: Final = {
    "title": '"The edge"',
    "text": '"What one sees, and what to do."',
    "question": '"Predict first: …?"',
    "explanation": '"Why it is so, in three sentences at most."',
    "experiment": "{ epochs = 100, feature_scale = 1 }",
    "solution": "{ learning_rate = 0.03 }",
    "with": "{ learning_rate = 0.03 }",
    "check": '{ status = "converged" }',
    "when": '{ status = "converged" }',
    "answers": '[{ text = "It converges.", when = { status = "converged" } }, …]',
    "slider": '{ low = 0, high = 100, right = "overflow_epoch" }',
    "right": '"overflow_epoch"',
    "controls": '["learning_rate"]',
    "hidden": '["outlook"]',
    "compare": "[0.02, 0.03]",
    "start": "[1, 0]",
    "changes": "[[50, 0.01]]",
    "pair": '["converged", "exploded"]',
    "x": "[1, 2, 3]",
    "y": "[2, 4, 6]",
}

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


class Mistake(NamedTuple):
    """Say what is wrong in a file, on which line, and what would be right."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return say("Line {line}: {said}", line=self.line, said=self.sentence)


class Fields(NamedTuple):
    """The kinds of a table's values by their keys, and the keys that have to be there."""

    kinds: Mapping[str, Any]
    needed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a value stands, and the list of all that is wrong in the file."""

    lines: Mapping[Path, int]
    mistakes: list[Mistake]
    path: Path = ()

    def of(self, *path: str | int) -> Place:
        """Return the place of something in a table or a list."""
        return replace(self, path=(*self.path, *path))

    @property
    def line(self) -> int:
        """The line of the value, or of what is around it."""
        around = (self.path[:length] for length in range(len(self.path), 0, -1))
        return next((self.lines[path] for path in around if path in self.lines), 1)

    def say(self, message: str, given: object = None, /, **values: object) -> None:
        """Say what is wrong with what is given here."""
        key = next((part for part in reversed(self.path) if isinstance(part, str)), "")
        example = {"example": EXAMPLES.get(key, "")}
        said = say(message, **{"key": key, "given": _shown(given)} | example | values)
        self.mistakes.append(Mistake(self.line, said))

    def read(self, kind: Any, given: Any) -> Any:
        """Return the value here as one of a kind."""
        if isinstance(kind, Limits):
            return self._number(kind, given)
        if isinstance(kind, Fields):
            return self._table(kind, given)
        if isinstance(kind, list):
            return self._list(kind, given)
        if isinstance(kind, tuple):
            if given not in kind:
                near = nearest(str(given), kind)
                self.say(later("{key} cannot be {given}; {nearest}."), given, nearest=near)
            return given
        if kind is bool:
            if not isinstance(given, bool):
                self.say(later("{key} must be true or false, not {given}."), given)
            return given
        return kind(self, given)

    def _number(self, limits: Limits, given: Any) -> Any:
        kinds = int if limits in WHOLE else int | float
        right = isinstance(given, kinds) and not isinstance(given, bool)
        if not right or not limits.low <= given <= limits.high:
            said = later("{key} must be a number from {low} to {high}, not {given}.")
            low, high = number(limits.low), number(limits.high)
            if limits in WHOLE:
                said = later("{key} must be a whole number from {low} to {high}, not {given}.")
                low, high = count(int(limits.low)), count(int(limits.high))
            self.say(said, given, low=low, high=high)
        return given

    def _table(self, table: Fields, given: Any) -> dict[str, Any]:
        if not isinstance(given, dict):
            self.say(later("{key} must be written as in {key} = {example}, not {given}."), given)
            return {}
        for key in given.keys() - table.kinds.keys():
            near = nearest(key, [*table.kinds])
            self.of(key).say(later("there is no {given} here; {nearest}."), key, nearest=near)
        for key in set(table.needed) - given.keys():
            said = later("{key} is missing; write {key} = {example}.")
            self.say(said, key=key, example=EXAMPLES[key])
        return {
            key: self.of(key).read(kind, given[key])
            for key, kind in table.kinds.items()
            if key in given
        }

    def _list(self, kinds: list[Any], given: Any) -> tuple[Any, ...]:
        """Return a list with as many values as there are kinds, or any number of the only one."""
        if isinstance(given, list):
            each = kinds if len(kinds) > 1 else kinds * len(given)
            if len(each) == len(given):
                pairs = zip(each, given, strict=True)
                return tuple(self.of(n).read(*pair) for n, pair in enumerate(pairs))
        self.say(later("{key} must be written as in {key} = {example}, not {given}."), given)
        return ()


def text(place: Place, given: object) -> Text:
    """Read a text in one language or, as a table, in several."""
    languages = given if isinstance(given, dict) and given else {"en": given}
    for name in languages:
        if not _LANGUAGE.fullmatch(name):
            place.say(later("{given} is no language; write en or zh, for example."), name)
    return Text(tuple((name, _words(place, each)) for name, each in languages.items()))


def _words(place: Place, given: object) -> str:
    if not isinstance(given, str) or not given.strip():
        place.say(later("{key} must be a text in quotes, not {given}."), given)
        return ""
    words = " ".join(given.split())
    if len(words) > MAX_WORDS:
        said = later("{key} has {count} characters; {most} are the most.")
        place.say(said, count=count(len(words)), most=count(MAX_WORDS))
    if words.count("$") % 2:
        place.say(later("{key} has a $ without a second one; a formula stands between two."))
    return words


def nearest(given: str, words: Sequence[str]) -> str:
    """Say which of some words is probably meant, or which there are."""
    close = get_close_matches(given.lower()[:80], words, n=1, cutoff=0.6)
    if close:
        return say("perhaps {word} is meant", word=close[0])
    return say("it is one of {words}", words=say(", ").join(words))


def _shown(given: object) -> str:
    """Return what stands in the file as a sentence has it: short, and on one line."""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, str):
        words = " ".join(given.split())
        return f'"{words if len(words) <= MAX_QUOTED else f"{words[: MAX_QUOTED - 1]}…"}"'
    if isinstance(given, int):
        return str(given) if abs(given) < 10**MAX_QUOTED else say("a number that long")
    if isinstance(given, list | dict):
        return say("a list") if isinstance(given, list) else say("a table")
    return str(given)
