"""Texts: formulas and facts are found, and nothing else means anything."""

from hypothesis import given
from hypothesis import strategies as st

from tempfit.lesson.text import Part, Text, facts_named, filled, parts, sentence_count


def test_formulas_stand_between_dollar_signs() -> None:
    assert parts("At $2/λ$ it ends.") == [
        Part("words", "At "),
        Part("formula", "2/λ"),
        Part("words", " it ends."),
    ]


@given(st.text())
def test_the_parts_of_a_text_are_all_of_it(words: str) -> None:
    written = "".join(f"${p.content}$" if p.kind == "formula" else p.content for p in parts(words))
    assert written.replace("$", "") == words.replace("$", "")


def test_a_single_dollar_sign_is_no_formula() -> None:
    assert parts("It costs $5.") == [Part("words", "It costs $5.")]


def test_facts_are_filled_in_but_not_within_formulas() -> None:
    text = r"At {limit}, $\frac{limit}{2}$ and {nothing}."
    assert facts_named(text) == ["limit", "nothing"]
    assert filled(text, {"limit": "0.033"}) == r"At 0.033, $\frac{limit}{2}$ and —."


def test_a_fact_is_a_name_and_no_expression() -> None:
    assert filled("{limit.__class__} {0} {limit!r}", {"limit": "1"}) == "— — —"


def test_a_text_is_found_in_the_nearest_language() -> None:
    text = Text((("de", "Ja"), ("en", "Yes"), ("zh", "是")))
    assert [text.within(language) for language in ("zh", "zh-CN", "fr", "de")] == [
        "是",
        "是",
        "Yes",
        "Ja",
    ]
    assert Text((("de", "Ja"),)).within("fr") == "Ja"


def test_sentences_are_counted_and_numbers_end_none() -> None:
    assert sentence_count("At 0.01 it ends. Why? $a. b$ is one!") == 3
    assert sentence_count("One. And a half") == 2
    assert sentence_count("收敛。好！") == 2
    assert sentence_count("") == 0
