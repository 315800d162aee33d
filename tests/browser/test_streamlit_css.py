"""Rules for Streamlit's own elements: none may go on standing after what it was for is gone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tempfit.training.experiment import Experiment
from tempfit.ui.epoch.section import TABS, TITLE
from tempfit.ui.frontend import ASSETS
from tests.browser.conftest import Open

SHEET = ASSETS / "streamlit.css"

# The selectors of a style sheet that match nothing on the page, whatever the window's width; what
# stands for a part of an element (`::before`) is taken for the element.
IDLE = """sheet => {
  const rules = new CSSStyleSheet();
  rules.replaceSync(sheet);
  const parts = (selectors) => selectors.split(/,(?![^(]*\\))/).map((part) => part.trim());
  const within = (rule, outer) => {
    const here = parts(rule.selectorText ?? "&")
      .flatMap((part) => outer.map((around) => part.replaceAll("&", around)));
    const inner = [...rule.cssRules ?? []].flatMap((nested) => within(nested, here));
    return rule.style?.length ? [...here, ...inner] : inner;
  };
  return [...rules.cssRules].flatMap((rule) => within(rule, [""]))
    .filter((selector) => !document.querySelector(selector.replace(/::[a-z-]+/, "")));
}"""


def idle(page: Page, sheet: str) -> set[str]:
    return set(page.evaluate(IDLE, sheet))


def choosing(page: Page) -> None:
    page.get_by_label("Preset", exact=True).focus()


def writing(page: Page) -> None:
    page.get_by_label("Exact η").focus()


def scrolling(page: Page) -> None:
    page.locator(".stMain").focus()


def first_tab(page: Page) -> None:
    page.get_by_text(TITLE, exact=True).click()
    expect(page.locator(".st-key-glass_words .katex").first).to_be_visible()


def second_tab(page: Page) -> None:
    page.get_by_role("tab", name=list(TABS)[1], exact=True).click()
    expect(page.locator(".st-key-slope_formulas .katex").first).to_be_visible()


def last_tab(page: Page) -> None:
    page.get_by_role("tab", name=list(TABS)[-1], exact=True).click()
    page.get_by_role("radio", name="Forget to zero", exact=True).click()
    expect(page.locator(".stCode .token.comment").first).to_be_visible()


def presented(page: Page) -> None:
    page.get_by_role("button", name="Present", exact=True).click()
    expect(page.locator("h1")).to_have_count(0)


def on_a_phone(page: Page) -> None:
    page.get_by_role("button", name="Back to the lab", exact=True).click()
    expect(page.locator("h1")).to_have_count(1)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_attached()


def in_the_lesson(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("button", name="Start the lesson", exact=True).click()
    page.get_by_role("button", name="Step 6").click()
    expect(page.get_by_label("Exact η")).to_be_visible()


def presented_with_the_lesson(page: Page) -> None:
    page.keyboard.press("p")
    expect(page.locator(".tempfit-lesson[data-view=present]")).to_be_visible()


# From the page as it opens to each state that some rule is for.
STATES: tuple[Callable[[Page], None], ...] = (
    lambda _: None,
    choosing,
    writing,
    scrolling,
    first_tab,
    second_tab,
    last_tab,
    presented,
    on_a_phone,
    in_the_lesson,
    presented_with_the_lesson,
)


def test_every_rule_for_streamlit_s_elements_matches_some_in_the_state_that_it_is_for(
    visit: Open,
) -> None:
    sheet = SHEET.read_text()
    stage = visit()
    stage.load(Experiment(epochs=50))
    seen = []
    for reach in STATES:
        reach(stage.page)
        seen.append(idle(stage.page, sheet))
    assert set.intersection(*seen) == set()


def test_a_rule_that_matches_nothing_is_noticed(visit: Open) -> None:
    stage = visit()
    stage.load(Experiment(epochs=50))
    sheet = """
    .stMain .gone, .stMain :is(h1, h2)::before { color: red; }
    @media (max-width: 1px) { .gone-too { color: red; } }
    .stMain { h1 { color: red; } &.lost, > .lost { color: red; } }
    """
    lost = {".stMain.lost", ".stMain > .lost"}
    assert idle(stage.page, sheet) == {".stMain .gone", ".gone-too", *lost}


def test_streamlit_s_elements_are_addressed_in_a_file_of_their_own_alone() -> None:
    own = re.compile(r"\.st(-|[A-Z])|data-testid=[\"']?st[A-Z]|katex|baseweb")
    found = [path.name for path in ASSETS.rglob("*.css") if own.search(path.read_text())]
    assert found == [SHEET.name]
