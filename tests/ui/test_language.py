"""The language of the page: by the link, by the browser, by the switch; and nothing is lost."""

from streamlit.testing.v1 import AppTest

from tempfit.words import LANGUAGES
from tests.ui.conftest import Page

TITLES = {"en": "Gradient descent, live", "zh": "看得见的梯度下降"}


def title(app: AppTest) -> str:
    return str(app.title[0].value)


def test_the_link_says_the_language_and_carries_it() -> None:
    for language in LANGUAGES:
        page = Page(lang=language, lr="0.02")
        assert title(page.app) == TITLES[language]
        assert page.stage["language"] == language
        assert page.link == {"lr": ["0.02"], "lang": [language]}


def test_a_language_that_is_none_is_named_and_left_out() -> None:
    page = Page(lang="tlh")
    assert title(page.app) == TITLES["en"]
    assert page.notes == ["In the link, lang: tlh is neither en nor zh; it is left out."]
    assert "lang" not in page.link


def test_one_click_switches_and_the_experiment_stays() -> None:
    page = Page(lr="0.02", compare="0.005")
    was = page.stage
    page.press("中文")
    assert title(page.app) == TITLES["zh"]
    assert page.stage["experiment"] == was["experiment"]
    assert page.link == {"lr": ["0.02"], "compare": ["0.005"], "lang": ["zh"]}
    page.press("English")
    assert title(page.app) == TITLES["en"]
    assert page.stage["setup"] == was["setup"]


def test_viewers_in_turn_have_each_their_language() -> None:
    pages = {language: Page(lang=language) for language in LANGUAGES}
    for _ in range(2):
        for language, page in pages.items():
            page.run()
            assert title(page.app) == TITLES[language]
            assert page.stage["language"] == language


def test_what_is_refused_is_said_in_the_viewer_s_language() -> None:
    page = Page(lang="zh", data="private")
    page.set("数据", "own")
    page.app.text_area(key="paste").set_value("只有文字")
    page.run()
    assert "粘贴的内容没有采用" in page.text("tempfit-refusal")
    page.app.text_area(key="paste").set_value("a\tb\t日期\n1\t2,5\t5月1日\n2\t无\t\n3\t5\t5月3日")
    page.run()
    assert "第 3 行，“b”的值是“无”" in page.text("tempfit-data")
    assert "没有采用非数值列：“日期”" in page.text("tempfit-data")
    page.press("English")
    said = page.text("tempfit-data").replace("&quot;", '"')
    for sentence in (
        'row 3, "b" is "无"',
        'Left out, as no plain numbers: "日期".',
        "Commas are read as decimal commas: where they mark thousands, remove them.",
    ):
        assert sentence in said
