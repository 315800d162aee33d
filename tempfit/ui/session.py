"""What one viewer's session holds. Nothing else touches `st.session_state`.

It holds the page and, for each part of the page, one object of that part's own class. Beside
these stand the widgets, each under a key of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypedDict, TypeVar, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tempfit import words
from tempfit.page import Page

P = TypeVar("P")
V = TypeVar("V")

_PARTS: Final = "parts"


def part(kind: type[P]) -> P:
    """Return the session's one object of a class, made without arguments when first asked for."""
    parts = _parts()
    if kind not in parts:
        parts[kind] = kind()
    return cast("P", parts[kind])


def _parts() -> dict[type, Any]:
    """Return the session's objects, and speak the language of the page from now on.

    Where none was chosen it is the browser's. Each run of the script, of a part of the page, and of
    what answers a control asks for something here before it says anything.
    """
    parts: dict[type, Any] = st.session_state.setdefault(_PARTS, {})
    chosen = parts[_Present].page.language if _Present in parts else None
    words.speak(chosen or words.nearest(st.context.locale))
    return parts


# The page.


@dataclass(slots=True)
class _Present:
    """The page as it is now, and as it was drawn last."""

    page: Page = field(default_factory=Page)
    drawn: Page | None = None


def page() -> Page:
    """Return the page as it is now."""
    return part(_Present).page


def put(new: Page) -> None:
    """Replace the page."""
    part(_Present).page = new
    _parts()


def goes_back() -> bool:
    """Return whether the browser asks for this run because it has gone back or forward."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def mark_drawn() -> None:
    """Note that the present page is the one on the screen."""
    present = part(_Present)
    present.drawn = present.page


def rerun_if_moved() -> None:
    """Rerun the whole page if it has moved on while a part of it was rerunning.

    A widget's change that reaches the server together with a part's own request reruns that part
    alone.
    """
    present = part(_Present)
    if present.drawn is not None and present.drawn != present.page:
        st.rerun()


# Widgets.
#
# A value of the page may be set by a widget and from elsewhere: by another widget, a preset, or
# the link. Each request carries what every widget shows in the browser. One that was sent before
# the browser heard of a new value says the old one, and would undo the change. So a widget that
# is to show another value gives way to a new one under another key, and the old one is ignored.
#
# A widget that has left the page may be told of as well, by a request that was sent before the
# browser heard that it is gone: to Streamlit it is then a new one that has just been set. Such a
# word is ignored too.
#
# A new widget is also made with the value, not only set to it: where one message follows another at
# once, the browser may never get the first, and shows and sends what the widget was made with.


class Binding(TypedDict):
    """What binds a widget to a value of the page: arguments for any of Streamlit's widgets."""

    key: str
    on_change: Callable[..., None]
    args: tuple[Any, ...]


class Bound(Binding):
    """What binds a number, a slider or a box to check."""

    value: Any


class BoundChoice(Binding):
    """What binds one choice."""

    index: int


class BoundChoices(Binding):
    """What binds several choices."""

    default: Sequence[Any]


@dataclass(slots=True)
class _Widgets:
    """How often each widget has been replaced, and what was chosen last in those of words.

    `placed` is the run of the script that placed a widget last, by its key; `run` is the present
    one, and `whole` the last that came to its end.
    """

    counts: dict[str, int] = field(default_factory=dict)
    chosen: dict[str, Any] = field(default_factory=dict)
    placed: dict[str, int] = field(default_factory=dict)
    run: int = 0
    whole: int = 0


def begin() -> None:
    """Begin a run of the script."""
    part(_Widgets).run += 1


def finish() -> None:
    """End a run of the script: whatever it has not placed is gone."""
    widgets = part(_Widgets)
    widgets.whole = widgets.run


def placed(key: str) -> str:
    """Return the key of a widget that is being placed."""
    widgets = part(_Widgets)
    widgets.placed[key] = widgets.run
    return key


def gone(key: str) -> bool:
    """Return whether a widget is no longer on the page, or a new one stands in its place."""
    widgets = part(_Widgets)
    return widgets.placed.get(key, -1) < widgets.whole


def bound(name: str, value: V, move: Callable[[Page, V], Page]) -> Bound:
    """Bind a widget to a value: it shows the value, and a change by hand makes a move."""
    return Bound(**_binding(name, value, move), value=value)


def choice(
    name: str, options: Sequence[V], value: V, move: Callable[[Page, V], Page]
) -> BoundChoice:
    """Bind a choice of one of the options."""
    return BoundChoice(**_binding(name, value, move), index=options.index(value))


def choices(name: str, values: list[V], move: Callable[[Page, list[V]], Page]) -> BoundChoices:
    """Bind a choice of several options."""
    return BoundChoices(**_binding(name, values, move), default=values)


def _binding(name: str, value: V, move: Callable[[Page, V], Page]) -> Binding:
    key = renewed(name, value)
    return Binding(key=key, on_change=_take, args=(key, move, page().course.step))


def _take(key: str, move: Callable[[Page, Any], Page], step: int | None) -> None:
    """Make a move, unless the lesson has gone on: a slider tells of a change a moment later."""
    if not gone(key) and page().course.step == step:
        put(move(page(), widget(key)))


def renewed(name: str, value: object) -> str:
    """Return the key of the widget that shows a value: a new one if it shows another value."""
    name, widgets = worded(name), part(_Widgets)
    counts = widgets.counts
    key = f"{name}_{counts.get(name, 0)}"
    if key not in st.session_state or st.session_state[key] != value:
        widgets.placed.pop(key, None)
        counts[name] = counts.get(name, 0) + 1
        key = f"{name}_{counts[name]}"
        st.session_state[key] = value
    return placed(key)


def in_language(name: str) -> str:
    """Return a key of its own in each language."""
    language = words.language()
    return name if language == words.ENGLISH else f"{name}_{language}"


def worded(name: str) -> str:
    """Return a key for a widget whose options are words; what was chosen stays in any language.

    The browser names an option by its words, and those of another language choose nothing.
    """
    key, chosen = in_language(name), part(_Widgets).chosen
    if key in st.session_state:
        chosen[name] = st.session_state[key]
    elif name in chosen:
        st.session_state[key] = chosen[name]
    return key


def widget(key: str) -> Any:
    """Return what a widget shows."""
    _parts()
    return st.session_state[key]


def said(component: str, name: str) -> object:
    """Return what a component of ours has just said under a name, which may be anything."""
    _parts()
    return st.session_state[component].get(name)
