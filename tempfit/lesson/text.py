"""Texts of a lesson: plain words in one or more languages, with formulas and facts to fill in.

A formula stands between two dollar signs, `$2/λ$`, and a fact between braces, `{limit}`. Nothing
else in a text means anything: it is neither Markdown nor HTML.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from tempfit.words import language as spoken

DEFAULT_LANGUAGE: Final = "en"
UNKNOWN: Final = "—"

_FACT: Final = re.compile(r"\{([^{}]*)\}")
_SENTENCE_END: Final = re.compile(r"[.!?](?=\s|$)|[。！？]")


@dataclass(frozen=True, slots=True)
class Text:
    """Hold the same text in one or more languages: pairs of a language and its words."""

    languages: tuple[tuple[str, str], ...]

    def within(self, language: str | None = None) -> str:
        """Return the words in a language, by default the present one, or in the nearest there is.

        "zh-CN" is found as "zh" as well; after that comes the default language, then the first.
        """
        words = dict(self.languages)
        language = language or spoken()
        for wanted in (language, language.partition("-")[0], DEFAULT_LANGUAGE):
            if wanted in words:
                return words[wanted]
        return self.languages[0][1]


class Part(NamedTuple):
    """A part of a text: words as they stand, or a formula without its dollar signs."""

    kind: Literal["words", "formula"]
    content: str


def parts(words: str) -> list[Part]:
    """Return a text as words and formulas in turn, so that a page need not interpret it."""
    pieces = words.split("$")
    if len(pieces) % 2 == 0:  # a dollar sign without a second one is no formula
        pieces[-2:] = [f"{pieces[-2]}${pieces[-1]}"]
    kinds: list[Literal["words", "formula"]] = ["words", "formula"]
    return [Part(kinds[i % 2], piece) for i, piece in enumerate(pieces) if piece]


def facts_named(words: str) -> list[str]:
    """Return the names of the facts that a text asks for. Braces in formulas are LaTeX's."""
    named = [_FACT.findall(part.content) for part in parts(words) if part.kind == "words"]
    return [name for names in named for name in names]


def filled(words: str, facts: Mapping[str, str]) -> str:
    """Return a text with its facts filled in; one that is not known is a dash."""
    return "".join(
        f"${part.content}$"
        if part.kind == "formula"
        else _FACT.sub(lambda found: facts.get(found[1], UNKNOWN), part.content)
        for part in parts(words)
    )


def sentence_count(words: str) -> int:
    """Return the number of sentences in a text; a point within a number ends none."""
    plain = "".join("x" if part.kind == "formula" else part.content for part in parts(words))
    ends = [found.end() for found in _SENTENCE_END.finditer(plain)]
    unfinished = plain[ends[-1] if ends else 0 :].strip()
    return len(ends) + bool(unfinished)
