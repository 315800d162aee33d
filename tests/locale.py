"""The catalogues of messages, from the sources: `python -m tests.locale` brings them up to date.

A message is taken from `say`, `say_many` and `later` in Python, `say`, `sayMany` and `later` in
JavaScript. Its translation is written by hand into `tempfit.po`; what is made of that, for Python
and for the browser, is committed with it.
"""

import io
import json
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tempfit.words import ENGLISH, FOLDER, LANGUAGES

PACKAGE = FOLDER.parent
METHODS = [("**.py", "python"), ("**.js", "javascript")]
KEYWORDS = {"say": None, "later": None, "say_many": (1, 2), "sayMany": (1, 2)}
TRANSLATED = [language for language in LANGUAGES if language != ENGLISH]

Key = str | tuple[str, ...]


def extracted(folder: Path = PACKAGE) -> Catalog:
    """Return all messages of the sources, in the order of their files."""
    catalogue = Catalog()
    found = extract_from_dir(folder, METHODS, keywords=KEYWORDS)
    for name, _, message, _, _ in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(message, locations=[(f"{folder.name}/{name}", 0)])
    return catalogue


def po(language: str) -> Path:
    """Return the file in which the messages of a language are translated."""
    return FOLDER / language / "LC_MESSAGES" / "tempfit.po"


def catalogue(language: str) -> Catalog:
    """Return the messages of a language as they are translated by now."""
    with po(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(messages: Catalog) -> bytes:
    """Return the catalogue as Python reads it."""
    file = io.BytesIO()
    write_mo(file, messages)
    return file.getvalue()


def for_browser(messages: Catalog) -> str:
    """Return what the browser says of the catalogue, as JSON; many forms of a message as a list."""
    said = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for message in messages
        if message.id and any(name.endswith(".js") for name, _ in message.locations)
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def outputs(language: str) -> dict[Path, bytes]:
    """Return the files that are made of a language's catalogue, and what is to be in them."""
    messages = catalogue(language)
    return {
        po(language).with_suffix(".mo"): compiled(messages),
        PACKAGE / "ui" / "assets" / "words" / f"{language}.json": for_browser(messages).encode(),
    }


def update(language: str) -> None:
    """Bring the catalogue of a language and what is made of it up to date."""
    messages = catalogue(language) if po(language).exists() else Catalog(locale=language)
    messages.update(extracted())
    messages.header_comment = "# What a viewer of tempfit reads, in another language."
    with po(language).open("wb") as file:
        write_po(
            file, messages, width=100, include_lineno=False, ignore_obsolete=True, omit_header=False
        )
    for path, content in outputs(language).items():
        path.write_bytes(content)


if __name__ == "__main__":
    for each in TRANSLATED:
        update(each)
