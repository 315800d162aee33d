"""A lesson of one's own: the file that the server was started with, or one that is uploaded."""

from __future__ import annotations

import sys
from argparse import ArgumentError, ArgumentParser
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from tempfit import page as moves
from tempfit.lesson import course as courses
from tempfit.lesson.toml_file import MAX_FILE, LessonError, read_lesson
from tempfit.ui import session
from tempfit.words import later, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tempfit.lesson.step import Lesson

NOT_USED: Final = later("{name} is not used. What is wrong in it:")
NO_FILE: Final = later("{name} cannot be read: {why}.")


@dataclass(slots=True)
class OwnLesson:
    """Why a file is not used, by line, and whether the session has looked for one."""

    looked: bool = False
    refusal: tuple[str, ...] = ()


def begin() -> None:
    """Have a session that begins learn from the file that the server was started with, if any.

    It is read for each session: who corrects it loads the page again. What is wrong in it is said
    on the terminal as well.
    """
    present = session.part(OwnLesson)
    path = None if present.looked else _path(sys.argv[1:])
    present.looked = True
    if path is None:
        return
    try:
        content = path.read_bytes()
    except OSError as error:
        said = say(NO_FILE, name=path.name, why=error.strerror or type(error).__name__)
        present.refusal = (said,)
    else:
        if lesson := _read(path.name, content):
            session.put(moves.study(session.page(), courses.of(lesson)))
    for line in present.refusal:
        sys.stderr.write(f"{line}\n")


def _path(arguments: list[str]) -> Path | None:
    """Return what follows --lesson on the command line."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--lesson", type=Path)
    try:
        given: Path | None = parser.parse_known_args(arguments)[0].lesson
    except ArgumentError:
        return None
    return given


def offer() -> None:
    """Offer to upload a lesson; it is this session's alone."""
    with st.expander(say("A lesson of your own")):
        st.file_uploader(
            say("Upload a lesson (TOML)"),
            type="toml",
            key=session.placed("lesson_upload"),
            on_change=_given,
        )


def complain() -> None:
    """Say why a file is not used, if one is not."""
    list_wrongs(session.part(OwnLesson).refusal)


def list_wrongs(lines: Sequence[str]) -> None:
    """List what is wrong, if anything is."""
    if paragraphs := "".join(f"<p>{escape(line)}</p>" for line in lines):
        st.html(f"<div class='tempfit-refusal' role='alert'>{paragraphs}</div>")


def _given() -> None:
    given = session.widget("lesson_upload")
    if (
        given
        and not session.gone("lesson_upload")
        and (lesson := _read(given.name, given.getvalue()))
    ):
        session.put(moves.learn(session.page(), lesson))


def _read(name: str, content: bytes) -> Lesson | None:
    """Return the lesson in a file, or None, and note why."""
    present = session.part(OwnLesson)
    present.refusal = ()
    try:
        return read_lesson(content[: 4 * MAX_FILE + 4].decode())
    except UnicodeDecodeError:
        wrong = [say("It is no text in UTF-8.")]
    except LessonError as error:
        wrong = [str(mistake) for mistake in error.mistakes]
    present.refusal = (say(NOT_USED, name=name[:80]), *wrong)
    return None
