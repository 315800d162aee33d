"""The catalogues of messages, from the sources: `python -m tests.locale` brings them up to date.

A message is taken from calls of `say`, `say_many` and `later` in Python, and of `say`, `sayMany`,
`later` and `laterEach` in JavaScript. Its translation is written by hand into `tempfit.po`; what is
made of that, for Python and for the browser, is committed with it.
"""

import ast
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tempfit.words import ENGLISH, FOLDER, LANGUAGES

PACKAGE = FOLDER.parent
IN_PYTHON = {"say": 1, "later": 1, "say_many": 2}  # and how many messages a call begins with
_TEXT = r'("(?:[^"\\]|\\.)*")'
IN_JAVASCRIPT = re.compile(
    rf"(?<![.\w])(?:(?:say|later)\(\s*{_TEXT}|sayMany\(\s*{_TEXT},\s*{_TEXT})"
)
IN_LISTS = re.compile(rf"(?<![.\w])laterEach\(((?:\s*{_TEXT},?)+)\s*\)")
TRANSLATED = [language for language in LANGUAGES if language != ENGLISH]
HEADERS = ("Language:", "Plural-Forms:", "MIME-Version:", "Content-")  # and no dates or names

Message = str | tuple[str, ...]


def calls(code: str) -> Iterator[tuple[str, list[ast.expr]]]:
    """Yield the calls in Python code that hold messages: the function, and their expressions."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            if name in IN_PYTHON:
                yield name, node.args[: IN_PYTHON[name]]


def in_python(code: str) -> Iterator[Message]:
    """Yield the messages that stand in calls as they are."""
    for _, expressions in calls(code):
        texts = [str(each.value) for each in expressions if isinstance(each, ast.Constant)]
        if texts and len(texts) == len(expressions):
            yield texts[0] if len(texts) == 1 else tuple(texts)


def in_javascript(code: str) -> Iterator[Message]:
    """Yield the messages of a module, be they within a template string or not."""
    for found in IN_JAVASCRIPT.finditer(code):
        texts = [json.loads(text) for text in found.groups() if text]
        yield texts[0] if len(texts) == 1 else tuple(texts)
    for found in IN_LISTS.finditer(code):
        for text in re.findall(_TEXT, found[1]):
            yield from json.loads(text).split(" | ")


def extracted(folder: Path = PACKAGE) -> Catalog:
    """Return all messages of the sources, in the order of their files."""
    catalogue = Catalog()
    for kind, messages_in in (("*.py", in_python), ("*.js", in_javascript)):
        for path in sorted(folder.rglob(kind)):
            for message in messages_in(path.read_text()):
                place = path.relative_to(folder.parent).as_posix()
                catalogue.add(message, locations=[(place, 0)])
    return catalogue


def po(language: str) -> Path:
    """Return the file in which the messages of a language are translated."""
    return FOLDER / language / "LC_MESSAGES" / "tempfit.po"


def catalogue(language: str) -> Catalog:
    """Return the messages of a language as they are translated by now."""
    with po(language).open("rb") as file:
        return read_po(file, locale=language)


def written(messages: Catalog) -> bytes:
    """Return the catalogue as text, without what changes while no message does."""
    file = io.BytesIO()
    messages.header_comment = "# What a viewer of tempfit reads, in another language."
    messages.fuzzy = False
    write_po(file, messages, width=100, include_lineno=False, ignore_obsolete=True)
    header, rest = file.getvalue().decode().split("\n\n", 1)
    lines = [
        line
        for line in header.splitlines()
        if not line.startswith('"') or line.strip('"').startswith(HEADERS)
    ]
    return "\n".join([*lines, "", rest]).encode()


def compiled(messages: Catalog) -> bytes:
    """Return the catalogue as Python reads it, dated as no day, so that it is always the same."""
    file = io.BytesIO()
    messages.creation_date = messages.revision_date = datetime.fromtimestamp(0, UTC)
    write_mo(file, messages)
    return file.getvalue()


def for_browser(messages: Catalog) -> str:
    """Return what the browser says of the catalogue, as JSON; many forms of a message as a list."""
    said = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for message in messages
        if message.id and any(name.endswith(".js") for name, _ in message.locations)
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


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
    messages.update(extracted(), no_fuzzy_matching=True)
    po(language).write_bytes(written(messages))
    for path, content in outputs(language).items():
        path.write_bytes(content)


if __name__ == "__main__":
    for each in TRANSLATED:
        update(each)
