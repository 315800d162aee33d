"""Every message is whole and translated, with the same values in it."""

import ast
import re
import string
from collections.abc import Sequence
from contextvars import copy_context
from pathlib import Path

import pytest

from tempfit import words
from tests import locale
from tests.locale import PACKAGE, TRANSLATED

SENTENCE = re.compile(r"^[A-Z][a-z]+:? .*[.?!]$|^.* [a-z]+ .*[.?!]$")
# What a lesson's file might say, as an example to who writes one.
EXAMPLES = {
    "What one sees, and what to do.",
    "Why it is so, in three sentences at most.",
    "Predict first: …?",
    "It converges.",
}

Texts = str | Sequence[str] | None

SOURCES = sorted(PACKAGE.rglob("*.py"))
MODULES = sorted(PACKAGE.rglob("*.js"))
# What a call of the browser's functions may begin with: a text in quotes, or a name of one.
WHOLE = re.compile(r'\b(?:say|sayMany|later)\(\s*(?:"|[A-Za-z_$][\w.$\[\]]*\s*[,)])')


def forms(message: Texts) -> list[str]:
    """Return the forms of a message: one, or those for one and many."""
    return [message] if isinstance(message, str) else list(message or [""])


def places(message: Texts) -> set[str]:
    """Return the names of the values in a message, in any of its forms."""
    parts = [part for form in forms(message) for part in string.Formatter().parse(form)]
    return {name for _, name, _, _ in parts if name}


def glued_in_python(code: str) -> list[str]:
    """Return the calls whose message is put together from parts."""
    return [
        ast.unparse(each)
        for name, expressions in locale.calls(code)
        for each in expressions
        if not isinstance(each, ast.Constant)
        and (name != "say" or not isinstance(each, ast.Name | ast.Attribute | ast.Subscript))
    ]


def glued_in_javascript(code: str) -> list[str]:
    """Return what follows the name in calls whose message is put together from parts."""
    plain = re.sub(r"//[^\n]*|/\*.*?\*/", "", code, flags=re.DOTALL)
    starts = [found.start() for found in re.finditer(r"(?<![.\w])(?:say|sayMany|later)\(", plain)]
    concatenated = re.compile(r'\w+\(\s*"(?:[^"\\]|\\.)*"\s*\+')
    return [
        plain[start : start + 40]
        for start in starts
        if not WHOLE.match(plain, start) or concatenated.match(plain, start)
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    translated, wanted = locale.catalogue(language), locale.extracted()
    assert {each.id for each in translated} == {each.id for each in wanted}
    assert len(wanted) > 3
    for message in translated:
        assert all(forms(message.string)), f"not translated: {message.id}"
        assert not message.fuzzy, f"to be looked at again: {message.id}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_values_of_its_original(language: str) -> None:
    for message in locale.catalogue(language):
        if message.id:
            assert places(message.string) == places(message.id), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_made_of_a_catalogue_is_up_to_date(language: str) -> None:
    for path, content in locale.outputs(language).items():
        assert path.read_bytes() == content, f"{path}: run `python -m tests.locale`"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_message_in_python_is_whole(path: Path) -> None:
    assert glued_in_python(path.read_text()) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_message_in_javascript_is_whole(path: Path) -> None:
    if path.name != "words.js":
        assert glued_in_javascript(path.read_text()) == []


def untold(code: str) -> list[str]:
    """Return what looks like a sentence to a viewer in Python code, and is in no message.

    Docstrings, assertions and errors of Python's own kinds are for those who write programs.
    """
    tree = ast.parse(code)
    told: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in {*locale.IN_PYTHON, "ValueError"}:
                told.update(ast.walk(node))
            case ast.Assert() | ast.Expr(value=ast.Constant()):
                told.update(ast.walk(node))
            case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name != "DataError":
                told.update(ast.walk(node))
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [
        str(text.value)
        for text in texts
        if text not in told and SENTENCE.search(str(text.value)) and "\n" not in str(text.value)
    ]


def untold_in_javascript(code: str) -> list[str]:
    """Return what looks like words to a viewer in a module, and is in no message."""
    plain = re.sub(r"(?m)^\s*(?://|/?\*).*$", "", code)
    for calls in (re.compile(r"new Error\([^)]*\)"), locale.IN_JAVASCRIPT, locale.IN_LISTS):
        plain = calls.sub("", plain)
    return re.findall(r'"[A-Z][a-z]+ [a-z][^"\n]*"|>\s*[A-Z]?[a-z]{2,} [a-z]{2,}[^<>$\n]*<', plain)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_a_viewer_reads_in_the_browser_is_a_message(path: Path) -> None:
    assert untold_in_javascript(path.read_text()) == []


def test_words_that_are_no_message_are_noticed_in_javascript() -> None:
    code = 'a.title = "Move this one";\nb = `<b>to the end</b>${say("to the end")}`;'
    assert untold_in_javascript(code) == ['"Move this one"', ">to the end<"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_a_viewer_reads_is_a_message(path: Path) -> None:
    assert [text for text in untold(path.read_text()) if text not in EXAMPLES] == []


@pytest.mark.parametrize(
    "code",
    [
        'st.caption("A line learns.")',
        'said = f"It takes {n} epochs to go."',
        'x("Will stall: no.")',
    ],
)
def test_a_sentence_that_is_no_message_is_noticed(code: str) -> None:
    assert len(untold(code)) == 1
    assert untold('def f():\n    """Say it."""\n    say("A line learns.")') == []


@pytest.mark.parametrize(
    "call",
    ['say(f"{a} of {b}")', 'say("a" + b)', 'say("a {}".format(b))', "later(A)", 'say(a() or "b")'],
)
def test_a_message_glued_in_python_is_noticed(call: str) -> None:
    assert len(glued_in_python(call)) == 1


@pytest.mark.parametrize("call", ["say(`${a} of ${b}`)", 'say("a" + b)', "say(a() ?? b)"])
def test_a_message_glued_in_javascript_is_noticed(call: str) -> None:
    assert len(glued_in_javascript(call)) == 1
    assert glued_in_javascript('say(\n"a {b}", { b })') == glued_in_javascript("x.say(`a`)") == []


def test_a_message_is_said_in_the_language_of_who_asks() -> None:
    title = words.later("Gradient descent, live")
    there = copy_context()
    there.run(words.speak, "zh")
    assert there.run(words.say, title) == "看得见的梯度下降"
    assert words.say(title) == title


@pytest.mark.parametrize(
    ("locale_of_browser", "language"),
    [("zh-CN", "zh"), ("zh", "zh"), ("en-GB", "en"), ("fr", "en"), (None, "en"), ("", "en")],
)
def test_the_language_is_that_of_the_browser_or_english(
    locale_of_browser: str | None, language: str
) -> None:
    assert words.nearest(locale_of_browser) == language


def test_english_counts_one_and_many() -> None:
    said = [words.say_many("{n} row", "{n} rows", n, n=n) for n in (0, 1, 2)]
    assert said == ["0 rows", "1 row", "2 rows"]
