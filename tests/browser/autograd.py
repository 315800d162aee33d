"""The autograd section of a page."""

from playwright.sync_api import Locator, expect

from tempfit.epoch.listing import LOOP, Substep
from tempfit.ui.epoch.section import TABS, TITLE
from tests.browser.stage import Stage

NAMES = list(TABS)


class Section:
    """The section of a page, open."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.page = stage.page
        self.page.get_by_text(TITLE, exact=True).click()
        self.place.get_by_role("tab").first.wait_for()
        self.drawn()

    @property
    def place(self) -> Locator:
        return self.page.locator(".st-key-autograd")

    @property
    def epoch(self) -> Locator:
        return self.place.get_by_role("spinbutton", name="Exact epoch")

    @property
    def way(self) -> Locator:
        return self.place.locator(".tempfit-glass-bar [role=status]")

    @property
    def marked(self) -> Locator:
        return self.place.locator(".tempfit-code [aria-current=step]")

    @property
    def charts(self) -> Locator:
        return self.place.locator(".js-plotly-plot")

    def is_at(self, epoch: int) -> None:
        expect(self.epoch).to_have_value(str(epoch))

    def look(self, epoch: int) -> None:
        self.epoch.fill(str(epoch))
        self.epoch.press("Enter")
        self.is_at(epoch)

    def follow(self) -> None:
        """Have the glass follow the stage."""
        box = self.place.get_by_label("Follow the stage")
        if not box.is_checked():
            box.check()
        expect(box).to_be_checked()

    def press(self, name: str) -> None:
        self.place.get_by_role("button", name=name, exact=True).click()

    def tab(self, name: str) -> None:
        self.place.get_by_role("tab", name=name, exact=True).click()

    def marks(self, substep: Substep) -> None:
        """Wait until the lines of a substep are the ones marked."""
        lines = [line for belongs, line in LOOP if belongs is substep]
        expect(self.marked).to_have_text(lines)

    def drawn(self) -> None:
        """Wait until every chart of the section has been drawn."""
        self.page.wait_for_function(
            """() => {
              const places = [...document.querySelectorAll(".tempfit-glass-charts > div")];
              return places.length && places.every((place) => place.querySelector(".main-svg"));
            }"""
        )

    def titles(self) -> list[str]:
        return self.place.locator(".tempfit-glass-charts p").all_inner_texts()
