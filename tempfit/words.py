"""What a viewer reads, in the viewer's language.

A sentence stands in the code in English and whole, with a name for each value in it:
`say("{name} has {count} rows.", name=…, count=…)`. Each language has a catalogue of them in
`locale/`; `python -m tests.locale` brings the catalogues up to date. The language is one
viewer's: whoever works for a viewer calls `speak` first.
"""

from contextvars import ContextVar
from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Final, Literal, get_args

Language = Literal["en", "zh"]

ENGLISH: Final[Language] = "en"
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
FOLDER: Final = Path(__file__).parent / "locale"

_language: Final[ContextVar[Language]] = ContextVar("language", default=ENGLISH)


def speak(language: Language) -> None:
    """Say everything in a language from now on, in this thread or task."""
    _language.set(language)


def language() -> Language:
    """Return the language that is spoken now."""
    return _language.get()


def nearest(locale: str | None) -> Language:
    """Return the language of a locale like "zh-CN", or English where there is no such one."""
    wanted = (locale or "").lower().partition("-")[0]
    return next((one for one in LANGUAGES if one == wanted), ENGLISH)


def say(message: str, /, **values: object) -> str:
    """Return a message in the present language, with the values at the places of their names."""
    return _catalogue(language()).gettext(message).format(**values)


def say_many(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the message for one or for many, whichever the language has for that count."""
    return _catalogue(language()).ngettext(one, many, count).format(**values)


def named(name: str) -> str:
    """Return a name in the present language if the catalogues know it, or as it is."""
    return _catalogue(language()).gettext(name) if name else name


def paragraph(*sentences: str) -> str:
    """Return the sentences that there are, one after the other as the present language has it."""
    return ("" if language() == "zh" else " ").join(filter(None, sentences))


def later(message: str) -> str:
    """Return a message as it is, for the catalogues to hold and for `say` to say later."""
    return message


@lru_cache
def _catalogue(language: Language) -> NullTranslations:
    return (
        NullTranslations()
        if language == ENGLISH
        else translation("tempfit", FOLDER, languages=[language])
    )
