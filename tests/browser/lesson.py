"""A step of the lesson in a browser."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.stage import Stage


class Lesson:
    """A page with a step of the lesson on it."""

    def __init__(self, stage: Stage, query: str) -> None:
        self.stage = stage
        self.page = stage.page
        stage.load(query)

    @property
    def place(self) -> Locator:
        return self.page.get_by_test_id("lesson-step")

    def button(self, name: str) -> Locator:
        return self.place.get_by_role("button", name=name, exact=True)

    def is_at(self, step: int) -> None:
        """Wait until a step is open, and its experiment on the stage."""
        expect(self.place).to_have_attribute("data-step", str(step))
        expect(self.page).to_have_url(re.compile(f"[?&]lesson={step}(&|$)"))
        self.stage.settled()

    def predict(self, answer: str) -> None:
        self.button(answer).click()
        expect(self.stage.button("Train").last).to_be_enabled()

    def train(self) -> None:
        self.stage.press("To the end")

    def is_passed(self) -> None:
        expect(self.place).to_have_attribute("data-passed", "true")

    def missed(self, text: str) -> None:
        expect(self.place.locator(".missed")).to_contain_text(text)
        expect(self.place).to_have_attribute("data-passed", "false")

    def onward(self, step: int) -> None:
        self.is_passed()
        self.button("Next step").click()
        self.is_at(step)

    def type(self, label: str, text: str) -> None:
        box = self.page.get_by_label(label).last  # the one before may not have gone yet
        box.fill(text)
        box.press("Enter")
        expect(self.page).to_have_url(re.compile(f"={text}(&|$)"))

    def rate(self, text: str) -> None:
        """Type a rate, and wait until it is on the stage."""
        self.type("Exact η", text)
        expect(self.stage.rows.first).to_have_attribute("data-learning-rate", text)
        self.stage.is_at(0)

    def slide(self, label: str, share: float) -> None:
        """Move a slider to a share of the way from its left end."""
        track = self.page.get_by_role("group", name=label, exact=True).locator("> div")
        box = track.bounding_box()
        assert box
        self.page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
