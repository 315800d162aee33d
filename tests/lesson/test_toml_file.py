"""A lesson's file: what is right is read, and what is wrong is said with its line."""

import re
from pathlib import Path

import pytest

from tempfit.data.sources import EXAMPLES, Source
from tempfit.lesson import truth
from tempfit.lesson.asked import STATUS_WORDS, WHICH
from tempfit.lesson.checks import checked
from tempfit.lesson.conditions import CONDITIONS
from tempfit.lesson.facts import FACTS
from tempfit.lesson.step import CONTROLS, HIDDEN, Choice, Columns, Lesson
from tempfit.lesson.toml_file import BUILT_IN, read_lesson
from tempfit.training.experiment import Experiment
from tests.lesson.training import trained

DOCUMENT = (Path(__file__).parents[2] / "docs" / "lessons.md").read_text(encoding="utf-8")

STEP = """\
title = "Mine"
[[step]]
title = "One"
text = "Look."
question = "Predict first: what?"
answers = [
    { text = "This.", when = { status = "converged" } },
    { text = "That." },
]
explanation = "So it is."
experiment = { epochs = 3000 }
check = { status = "converged" }
"""


def example() -> str:
    found = re.search(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    assert found
    return found[1]


# The document.


def test_the_example_in_the_document_is_a_sound_lesson() -> None:
    lesson = read_lesson(example())
    assert truth.doubts(lesson) == []
    for step in lesson.steps:
        assert checked(step.check, trained(step, step.solution)).passed


@pytest.mark.parametrize(
    "words", [FACTS, CONDITIONS, CONTROLS, HIDDEN, STATUS_WORDS, WHICH, EXAMPLES, ["pair"]]
)
def test_the_document_names_every_word_of_the_format(words: list[str]) -> None:
    assert [word for word in words if not re.search(rf"[`{{\"]{word}[`}}\"]", DOCUMENT)] == []


def test_the_document_says_what_an_experiment_is_without_a_setting() -> None:
    assert Experiment() == Experiment(5000, 0.01, (), 0.1, standardize=False, start=(1.0, 0.0))
    assert "5,000 epochs, rate 0.01, scale 0.1, start `[1, 0]`" in DOCUMENT


# What is right.


def test_the_built_in_lesson_is_a_file_like_any_other() -> None:
    assert isinstance(read_lesson(BUILT_IN.read_text(encoding="utf-8")), Lesson)


def test_a_step_is_read_with_all_that_it_says() -> None:
    text = STEP + 'controls = ["epochs", "start"]\nhidden = []\nsolution = { epochs = 4000 }\n'
    step = read_lesson(text).steps[0]
    assert (step.title.within(), step.explanation.within()) == ("One", "So it is.")
    assert isinstance(step.question, Choice)
    assert [answer.text.within() for answer in step.question.answers] == ["This.", "That."]
    assert step.experiment == Experiment(epochs=3000)
    assert step.solution == Experiment(epochs=4000)
    assert step.check.conditions == (("status", "converged"),)
    assert (step.controls, step.hidden, step.line) == (("epochs", "start"), (), 2)


def test_a_text_may_be_in_several_languages() -> None:
    lesson = read_lesson(STEP.replace('"Mine"', '{ en = "Mine", zh = "我的" }'))
    assert lesson.title.within("zh") == "我的"


def test_a_step_has_the_data_of_the_lesson_or_its_own() -> None:
    second = STEP.split("\n", 1)[1] + 'data = "tips"\n'
    lesson = read_lesson('data = { x = [1, 2], y = [3, 4], x_name = "t (s)" }\n' + STEP + second)
    assert lesson.steps[0].data == Columns((1, 2), (3, 4), "t (s)", "y")
    assert lesson.steps[1].data == Source("tips")


def test_a_file_of_another_editor_is_read() -> None:
    assert read_lesson("\ufeff" + STEP.replace("\n", "\r\n")) == read_lesson(STEP)


def test_a_text_over_several_lines_is_one_line() -> None:
    step = read_lesson(STEP.replace('"Look."', '"""\nLook\n  here."""')).steps[0]
    assert step.text.within() == "Look here."
