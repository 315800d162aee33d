"""What is wrong in a lesson's file is said with its line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.lesson.conditions import CONDITIONS
from tempfit.lesson.facts import CHECK_FACTS
from tempfit.lesson.toml_file import LessonError, read_lesson
from tests.lesson.test_toml_file import STEP


def mistakes(text: str) -> list[str]:
    with pytest.raises(LessonError) as caught:
        read_lesson(text)
    return [str(mistake) for mistake in caught.value.mistakes]


WRONG: list[tuple[str, str, str]] = [
    ('status = "converged" }\n', 'status = "convergd" }\n', '12: status cannot be "convergd"'),
    ("epochs = 3000", "epoch = 3000", '11: there is no "epoch" here; perhaps epochs'),
    ("epochs = 3000", "epochs = 0", "11: epochs must be a whole number from 1 to 1,000,000, not 0"),
    (
        "epochs = 3000",
        "epochs = 2.5",
        "11: epochs must be a whole number from 1 to 1,000,000, not 2.5",
    ),
    (
        "epochs = 3000",
        "epochs = 5.0",
        "11: epochs must be a whole number from 1 to 1,000,000, not 5.0",
    ),
    ('"Look."', "2026-01-01", "4: text must be a text in quotes, not 2026-01-01"),
    ("epochs = 3000", "learning_rate = nan", "11: learning_rate must be a number"),
    (
        "epochs = 3000",
        "epochs = true",
        "11: epochs must be a whole number from 1 to 1,000,000, not true",
    ),
    ("epochs = 3000", "start = [1]", "11: start must be written as in start = [1, 0], not a list"),
    (
        "epochs = 3000",
        "changes = [50]",
        "11: changes must be written as in changes = [[50, 0.01]], not 50",
    ),
    (
        "epochs = 3000",
        "changes = [[9000, 1]]",
        "11: changes must be at rising epochs from 1 to 4999",
    ),
    ('explanation = "So it is."\n', "", "2: explanation is missing; write explanation ="),
    ("So it is.", "One. Two. Three. Four.", "10: the explanation has 4 sentences; 3 are the most"),
    ("So it is.", "At {limt}.", "10: there is no fact {limt}; perhaps limit is meant"),
    (
        "So it is.",
        "By {converged_by}.",
        "10: there is no fact {converged_by}; perhaps converged_epoch",
    ),
    ("So it is.", "It costs $5.", "10: explanation has a $ without a second one"),
    ('"So it is."', "7", "10: explanation must be a text in quotes, not 7"),
    ('"So it is."', '{ english = "So." }', '10: "english" is no language; write en or zh'),
    ('{ text = "That." },\n', "", "6: there must be 2 to 4 answers, not 1"),
    ('text = "That."', 'txt = "That."', '8: there is no "txt" here; perhaps text is meant'),
    ('text = "That."', 'text = "That.", right = 1', "8: right must be true or false, not 1"),
    ('when = { status = "converged" }', "right = false", "6: no answer is right"),
    ("answers = [", "slider = { right = 1 }\nanswers = [", "2: a question needs answers"),
    ('check = { status = "converged" }\n', "", "2: check is missing; write check ="),
    (
        'check = { status = "converged" }',
        "check = {}",
        "12: nothing is asked for; write check = { status",
    ),
    (
        "check = { status",
        'check = { pair = ["converged"], status',
        "12: pair must be written as in pair = [",
    ),
    ("check = { status", "check = { rates_within = 0.1, status", "12: rates_within needs pair ="),
    (
        "check = { status",
        'check = { run = "kept", status',
        '12: run cannot be "kept"; it is one of any',
    ),
    ('text = "Look."', 'controls = ["rate"]\ntext = "Look."', '4: controls cannot be "rate"'),
    ('title = "Mine"', 'title = "Mine"\ndata = "tip"', '2: data cannot be "tip"; perhaps tips'),
    (
        'title = "Mine"',
        "title = 'M'\ndata = {x = [1, 2], y = [1]}",
        "2: x has 2 readings and y has 1",
    ),
    ('title = "Mine"', "title = 'M'\ndata = {x = [1, 1], y = [1, 2]}", "2: all x are the same"),
    ('title = "Mine"', 'title "Mine"', "1: this is no TOML: expected '=' after a key"),
    (
        'title = "Mine"',
        'author = "Me"',
        '1: there is no "author" here; it is one of title, data, step',
    ),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_what_is_wrong_is_said_with_its_line_and_what_would_be_right(
    right: str, wrong: str, said: str
) -> None:
    assert right in STEP
    found = mistakes(STEP.replace(right, wrong))
    assert any(mistake.startswith(f"Line {said}") for mistake in found), found


def test_a_slider_has_a_range_and_a_fact() -> None:
    answers = STEP[STEP.index("answers") : STEP.index("explanation")]
    for wrong, said in (
        ('low = 5, high = 1, right = "limit"', "high must be more than low, 5."),
        (
            'low = 1, high = 5, right = "limits"',
            'right cannot be "limits"; perhaps limit is meant.',
        ),
    ):
        slider = f"slider = {{ {wrong} }}\n"
        assert mistakes(STEP.replace(answers, slider)) == [f"Line 6: {said}"]


def test_all_that_is_wrong_is_said_at_once_by_line() -> None:
    found = mistakes(
        STEP.replace("epochs", "epoch")
        .replace("Look.", "$")
        .replace("status", "stat")
        .replace('"Mine"', "1")
    )
    lines = ["Line 1", "Line 4", "Line 7", "Line 11", "Line 12"]
    assert [mistake.split(":")[0] for mistake in found] == lines


def test_the_line_is_that_of_the_step_it_is_in() -> None:
    second = STEP.split("\n", 1)[1].replace("So it is.", "{nothing}")
    assert mistakes(STEP + second)[0].startswith("Line 21: there is no fact {nothing}")


def test_a_table_of_its_own_lines_is_found() -> None:
    table = '\n[step.check]\nrun = "any"\nstatus = "gone"\n'
    text = STEP.replace('check = { status = "converged" }\n', "") + table
    assert mistakes(text)[0].startswith('Line 15: status cannot be "gone"')


def test_an_equals_sign_within_a_long_text_is_no_key() -> None:
    text = STEP.replace('"Look."', '"""\nexplanation = 1\n"""').replace("So it is.", "{nothing}")
    assert mistakes(text)[0].startswith("Line 12: ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "step = 1",
        "step = []",
        "step = [1]",
        "[" * 5000,
        "x = 1" + "0" * 5000,
        "[[step]]",
        "data = 1",
    ],
)
def test_what_is_no_lesson_is_refused(text: str) -> None:
    assert all(re.match(r"Line \d+: .+\.$", mistake) for mistake in mistakes(text))


@given(st.text() | st.lists(st.sampled_from(STEP.splitlines())).map("\n".join))
def test_any_text_is_a_lesson_or_refused(text: str) -> None:
    try:
        assert read_lesson(text).steps
    except LessonError as error:
        said = str(error)
        assert said.startswith("Line ")


@pytest.mark.parametrize("text", [STEP, STEP + STEP.split("\n", 1)[1], "step = 1"])
def test_a_step_below_one_bracket_is_said_to_need_two(text: str) -> None:
    (said,) = mistakes(text.replace("[[step]]", "[step]"))
    line = text.split("\n").index("[[step]]") + 1 if "[[" in text else 1
    assert said == f"Line {line}: a step begins with [[step]], in two brackets."


def test_what_is_wrong_in_a_file_is_repeated_shortly() -> None:
    (said,) = mistakes(STEP.replace('status = "converged" }\n', f'status = "{"x" * 500}" }}\n'))
    assert len(said) < 200


def test_too_large_a_file_is_refused() -> None:
    assert "longer than" in mistakes("#" * 1_000_001)[0]


def test_the_facts_of_a_check_are_its_numbers() -> None:
    assert set(CHECK_FACTS) - set(CONDITIONS) == {"rates_within"}
