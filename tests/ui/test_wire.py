"""The browser's types are those of the wire."""

import re
from dataclasses import MISSING, dataclass, fields, is_dataclass
from inspect import isclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from tempfit.ui.frontend import ASSETS
from tempfit.ui.wire import lesson, messages, sections, shapes, stage

TYPES = (ASSETS / "types.js").read_text()

# /** @typedef {One & Other & { field: type, … }} Name */, over one line or several.
TYPEDEF = re.compile(r"@typedef \{((?:\w+ & )*)\{(.*?),?\}\} (\w+)")
FIELD = re.compile(r"(\w+)(\??): ((?:\[.*?\]|<.*?>|[^,\[<])+)(?:, ?|$)")
PLAIN = {int: "number", float: "number", str: "string", bool: "boolean", NoneType: "null"}

Shape = dict[str, tuple[str, bool]]  # of each field its type, and whether it may be left out


def in_javascript(kind: Any) -> str:
    """Return a type of the wire as JSDoc has it."""
    arguments = get_args(kind)
    match get_origin(kind):
        case None:
            return PLAIN.get(kind) or str(kind.__name__)
        case origin if origin in (UnionType, Union):
            return " | ".join(map(in_javascript, arguments))
        case origin if origin is Literal:
            return " | ".join(f'"{value}"' for value in arguments)
        case origin if origin is tuple:
            return f"[{', '.join(map(in_javascript, arguments))}]"
    (item,) = arguments
    return (
        f"({in_javascript(item)})[]" if "|" in in_javascript(item) else f"{in_javascript(item)}[]"
    )


def shape_of(kind: type) -> Shape:
    """Return the fields of a message or a payload."""
    optional: set[str] = set(getattr(kind, "__optional_keys__", ()))
    if is_dataclass(kind):
        optional = {field.name for field in fields(kind) if field.default is not MISSING}
    hints = get_type_hints(kind)
    return {name: (in_javascript(hint), name in optional) for name, hint in hints.items()}


def of_the_wire() -> dict[str, Shape]:
    """Return the fields of everything that `wire` defines."""
    return {
        name: shape_of(kind)
        for module in (messages, shapes, stage, lesson, sections)
        for name, kind in vars(module).items()
        if isclass(kind) and kind.__module__ == module.__name__
    }


def of_the_browser(text: str) -> dict[str, Shape]:
    """Return the fields of everything that a text of JSDoc types defines."""
    shapes: dict[str, Shape] = {}
    for bases, body, name in TYPEDEF.findall(re.sub(r"[ \n]+(\* )? *", " ", text)):
        found = FIELD.findall(body.strip())
        assert FIELD.sub("", body.strip()) == "", f"a part of {name} is not understood"
        shape = {field: (kind, mark == "?") for field, mark, kind in found}
        for base in bases.split(" & ")[:-1]:
            shape = shapes[base] | shape
        shapes[name] = shape
    return shapes


def test_every_message_and_payload_has_the_same_shape_in_python_and_javascript() -> None:
    python, javascript = of_the_wire(), of_the_browser(TYPES)
    assert len(python) > 25
    assert javascript.keys() == python.keys()
    for name, shape in python.items():
        assert javascript[name] == shape, name
    assert TYPES.count("@typedef") == len(javascript)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("epoch: number,", "epoch: string,"),
        ("exact?: number | null,", "exact: number | null,"),
        (", map?: boolean", ""),
        ("sentences: string[] | null", "sentences: string[]"),
        ('"add" | "move"', '"add"'),
        ("}} Pull */", "}} Request */"),
        ("{Axes & {", "{{"),
    ],
)
def test_a_difference_is_noticed(was: str, becomes: str) -> None:
    assert was in TYPES
    assert of_the_browser(TYPES.replace(was, becomes, 1)) != of_the_wire()


def test_the_types_are_written_as_javascript_has_them() -> None:
    @dataclass
    class Message:
        one: int
        two: list[float | None]
        three: tuple[float, float]
        four: Literal["a", "b"] | None = None

    assert shape_of(Message) == {
        "one": ("number", False),
        "two": ("(number | null)[]", False),
        "three": ("[number, number]", False),
        "four": ('"a" | "b" | null', True),
    }
