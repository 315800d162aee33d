"""A link is an experiment, and back; whatever stands in it, the page has one to show."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.link import from_parameters, to_parameters
from tempfit.numbers import parse
from tempfit.training.experiment import (
    EPOCHS,
    FEATURE_SCALE,
    FEATURE_SHIFT,
    LEARNING_RATE,
    MAX_RUNS,
    PRESETS,
    START,
    Experiment,
    Run,
)
from tempfit.typed import MAX_SENTENCES, learning_rates

NAMES = ("epochs", "lr", "compare", "scale", "standardize", "w", "b", "keep")
SINGLE = ("epochs", "lr", "scale", "w", "b")
DEFAULT = Experiment()
HOSTILE = (
    "nan",
    "1e999",
    "-5",
    "-inf",
    "",
    " ",
    "0",
    "-0.0",
    "1_000",
    "٣",
    "<script>alert(1)</script>",
    "[click](https://evil.example)",
    "https://evil.example",
    "www.evil.example",
    "me@evil.example",
    "__bold__",
    "**bold**",
    "`code`",
    "$x$",
    ":red[x]",
    ":smile:",
    "a\nb",
    "\0",
    "💥",
    "../../etc/passwd",
    "{{7*7}}",
    "1;2",
    "0.01,0.1,0,1",
    "0.01,0.1,0,1,nan",
    "9" * 5000,
    "<" * 20_000,
)
# Anything that Markdown or a browser could take for markup, an address or a formula.
MARKS = set("<>[](){}`*_~#$|@/\\\n\r\t\0")

positive_rates = st.floats(LEARNING_RATE.low, LEARNING_RATE.high)
scales = st.floats(FEATURE_SCALE.low, FEATURE_SCALE.high)
starts = st.tuples(*[st.floats(START.low, START.high)] * 2)
shifts = st.floats(FEATURE_SHIFT.low, FEATURE_SHIFT.high)
experiments = st.builds(
    Experiment,
    epochs=st.integers(int(EPOCHS.low), int(EPOCHS.high)),
    learning_rate=positive_rates,
    compare=st.lists(positive_rates, max_size=4).map(tuple),
    feature_scale=scales,
    standardize=st.booleans(),
    start=starts,
    kept=st.lists(st.builds(Run, positive_rates, scales, shifts, starts), max_size=3).map(tuple),
)
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=30),
    st.floats().map(repr),
    st.integers().map(str),
)
parameters = st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=8)), st.lists(texts, max_size=12)
)


@given(experiments)
def test_an_experiment_comes_back_from_its_link_as_it_was(experiment: Experiment) -> None:
    back, sentences = from_parameters(to_parameters(experiment))
    assert sentences == []
    assert back.learning_rates == experiment.learning_rates
    assert back.kept == tuple(dict.fromkeys(experiment.kept))
    for name in ("epochs", "feature_scale", "standardize", "start"):
        assert getattr(back, name) == getattr(experiment, name)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_comes_back_from_its_link_as_it_was(name: str) -> None:
    assert from_parameters(to_parameters(PRESETS[name])) == (PRESETS[name], [])


def test_the_default_experiment_needs_no_parameters() -> None:
    assert to_parameters(DEFAULT) == {}
    assert from_parameters({}) == (DEFAULT, [])


@given(parameters)
def test_any_link_gives_an_experiment_that_its_own_link_gives_again(
    values: dict[str, list[str]],
) -> None:
    experiment, _ = from_parameters(values)
    assert from_parameters(to_parameters(experiment)) == (experiment, [])


@given(parameters)
def test_a_sentence_holds_neither_markup_nor_an_address(values: dict[str, list[str]]) -> None:
    _, sentences = from_parameters(values)
    for sentence in sentences:
        assert not MARKS & set(sentence)
        assert "www." not in sentence
        assert sentence.isascii()
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    "text",
    [text for text in HOSTILE if parse(text) is None],
    ids=lambda text: ascii(text[:20]),
)
@pytest.mark.parametrize("name", [*SINGLE, "compare", "keep", "standardize"])
def test_what_is_not_a_number_changes_nothing_and_is_said(name: str, text: str) -> None:
    experiment, sentences = from_parameters({name: [text]})
    assert experiment == DEFAULT
    assert len(sentences) == 1
    assert name in sentences[0]


@given(st.sampled_from(SINGLE), st.floats(allow_nan=False))
def test_a_number_that_is_not_used_as_it_stands_is_said(name: str, number: float) -> None:
    experiment, sentences = from_parameters({name: [repr(number)]})
    w, b = experiment.start
    used = {
        "epochs": experiment.epochs,
        "lr": experiment.learning_rate,
        "scale": experiment.feature_scale,
        "w": w,
        "b": b,
    }
    assert (used[name] == number) == (sentences == [])


@given(st.lists(texts, max_size=20), positive_rates)
def test_the_rates_compared_are_distinct_and_at_most_eight_with_the_main_one(
    values: list[str], main: float
) -> None:
    rates, sentences = learning_rates(values, main, MAX_RUNS - 1, "Compare with")
    assert len({main, *rates}) == 1 + len(rates) <= 8
    assert sentences or len(rates) <= len(values)
    assert all(sentence.startswith("Compare with: ") for sentence in sentences)


def test_a_ninth_run_is_left_out_with_a_sentence() -> None:
    rates = [f"0.00{digit}" for digit in range(1, 9)]
    experiment, sentences = from_parameters({"compare": rates})
    assert experiment.learning_rates == (0.01, *map(float, rates[:7]))
    assert len(sentences) == 1


def test_a_link_full_of_rubbish_is_not_answered_with_a_page_full_of_sentences() -> None:
    letters = [chr(97 + i // 26) + chr(97 + i % 26) for i in range(26 * 26)]
    _, sentences = from_parameters({"compare": letters, "lr": ["x"], "w": ["x"]})
    assert len(sentences) == len(set(sentences)) == MAX_SENTENCES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sign", ["9", "<", "0.", " ", ","])
def test_a_megabyte_is_answered_like_any_rubbish(name: str, sign: str) -> None:
    experiment, sentences = from_parameters({name: [sign * 1_000_000]})
    assert experiment == DEFAULT
    assert len(sentences) == 1
    assert all(len(sentence) < 200 for sentence in sentences)


def test_the_last_of_several_values_counts() -> None:
    assert from_parameters({"lr": ["x", "nan", "0.5"]}) == (Experiment(learning_rate=0.5), [])


def test_what_counts_as_markup_here_is_what_the_hostile_values_hold() -> None:
    assert set(chain.from_iterable(HOSTILE)) | set("~#|\\\r\t") >= MARKS
