"""The page in two languages: complete in each, each viewer's own, and nothing is lost between."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tempfit.training.experiment import Experiment
from tempfit.words import say
from tests.browser.conftest import Open
from tests.browser.stage import Stage

RACE = Experiment(epochs=300, compare=(1e-3, 3.6e-2))
LATIN = (Path(__file__).parent / "latin.js").read_text()
# Names, abbreviations, keys, and what torch and Python write.
KNOWN = {
    *("Autograd", "autograd", "torch", "PyTorch", "params", "grad", "None", "no", "float", "nan"),
    *("CSV", "HTML", "PNG", "SVG", "RMSE", "English", "ms", "lr", "max", "min"),
    *("TOML", "MB", "Streamlit"),
    *("Home", "End", "Esc", "Enter", "Shift", "Ctrl"),
}


def unknown(stage: Stage) -> list[str]:
    """Return the texts on the page that hold an English word, or a mark that is not Chinese."""
    found = stage.page.evaluate(LATIN)
    assert len(found) > 5
    return [text for word, text in found if word not in KNOWN]


def test_the_chinese_page_has_no_english_word(visit: Open, speaking_chinese: str) -> None:
    stage = visit(locale=speaking_chinese)
    stage.load(RACE)
    assert unknown(stage) == []
    stage.press("To the end")
    stage.is_at_the_end(RACE)
    for choice in ("surface", "map"):
        stage.page.locator(f"label:has([data-choice={choice}])").click()
    stage.page.locator(".tempfit-takeaway summary").click()
    stage.at_rest()
    assert unknown(stage) == []
    stage.page.keyboard.press("Escape")
    for opened in (
        "[data-testid=stMainMenuButton]",
        "[data-testid=stSelectbox] input",
        "[data-testid=stMultiSelect] input",
    ):
        stage.page.locator(opened).first.click()
        stage.page.keyboard.type("7.5")
        stage.frames_pass(5)
        assert unknown(stage) == [], opened
        stage.page.keyboard.press("Escape")
    stage.page.get_by_text(say("Autograd: inside one epoch"), exact=True).click()
    for name in ("One epoch", "The gradient three ways", "The graph", "Break it"):
        stage.page.get_by_role("tab", name=say(name), exact=True).click()
        stage.page.wait_for_timeout(500)  # what is on the page then, whatever it is
        assert unknown(stage) == [], name


@pytest.mark.usefixtures("speaking_chinese")
def test_the_lesson_changes_its_language_and_keeps_the_prediction(visit: Open) -> None:
    stage = visit(locale="en-GB")
    stage.load("?lesson=3")
    stage.page.get_by_text("It explodes.", exact=True).click()
    stage.page.get_by_role("button", name="To the end", exact=True).click()
    expect(stage.page.get_by_test_id("lesson-step")).to_have_attribute("data-passed", "true")
    stage.page.get_by_role("button", name="中文", exact=True).click()
    expect(stage.page.get_by_role("button", name=say("To the end"), exact=True)).to_be_visible()
    step = stage.page.get_by_test_id("lesson-step")
    expect(step).to_have_attribute("data-passed", "true")
    expect(step).to_contain_text("第 11 个周期溢出")
    assert unknown(stage) == []


# A quotation mark of the charts' font in ems, what Plotly's own words are in, and what it would say
# of a trace that has no text of ours.
OF_CHARTS = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  const stage = document.querySelector(".tempfit-stage");
  pen.font = `100px ${getComputedStyle(stage).getPropertyValue("--st-font")}`;
  const { _context, _fullLayout } = stage.querySelector(".js-plotly-plot");
  return [pen.measureText("“").width / 100, _context.locale, _fullLayout._traceWord];
}"""


def test_the_charts_have_chinese_marks_and_plotly_its_locale(
    visit: Open, speaking_chinese: str
) -> None:
    stage = visit(locale=speaking_chinese)
    stage.load(RACE)
    assert stage.page.evaluate(OF_CHARTS) == [1, "zh-CN", say("trace")]
    stage.page.get_by_role("button", name="English", exact=True).click()
    expect(stage.page.get_by_role("button", name="Train", exact=True)).to_be_visible()
    stage.frames_pass(5)
    width, *words = stage.page.evaluate(OF_CHARTS)
    assert words == ["en", "trace"]
    assert width < 0.5


def test_an_english_word_is_noticed(visit: Open, speaking_chinese: str) -> None:
    stage = visit(locale=speaking_chinese)
    stage.load(RACE)
    stage.page.evaluate(
        """() => {
          document.querySelector("h1").append("gradient");
          document.querySelector(".tempfit-stage button").title = "descent";
          document.querySelector("h1").append("周期: 5");
        }"""
    )
    assert len(unknown(stage)) == 3


def test_viewers_at_once_have_each_their_language(visit: Open) -> None:
    pages = {"en-GB": visit(locale="en-GB"), "zh-CN": visit(locale="zh-CN")}
    titles = {"en-GB": "Gradient descent, live", "zh-CN": "看得见的梯度下降"}
    trains = {"en-GB": "Train", "zh-CN": "训练"}
    for stage in pages.values():
        stage.load(RACE)
    for locale, stage in pages.items():
        stage.page.get_by_role("button", name=trains[locale], exact=True).click()
    for locale, stage in pages.items():
        stage.is_at_the_end(RACE)
        expect(stage.page.get_by_role("heading", name=titles[locale])).to_be_visible()
        language = stage.page.evaluate("document.documentElement.lang")
        assert language == locale.replace("en-GB", "en")


def test_a_trained_run_stays_when_the_language_changes(visit: Open) -> None:
    stage = visit()
    stage.load(RACE)
    stage.choose("Epoch axis", "linear")
    stage.press("To the end")
    stage.is_at_the_end(RACE)
    stage.press("One epoch back")
    stage.at_rest()
    was = stage.shown()
    sent = stage.sent
    stage.page.get_by_role("button", name="中文", exact=True).click()
    expect(stage.page.get_by_role("button", name="训练", exact=True)).to_be_visible()
    assert stage.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert "lang=zh" in stage.page.url
    assert stage.shown() == was
    assert stage.page.locator("[data-choice=x]").input_value() == "linear"
    stage.page.get_by_role("button", name="English", exact=True).click()
    expect(stage.button("Train")).to_be_visible()
    assert stage.shown() == was
    assert stage.sent == sent, "nothing was trained again"
