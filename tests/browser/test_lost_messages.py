"""A stage whose first message was lost: it asks for what it lacks, and shows nothing till then."""

from typing import Any

import pytest

from tempfit.ui.frontend import ASSETS_URL
from tests.browser.stage import Stage

# A stage in an element of its own, beside the page's; `lost.asked` is what it says to the server.
MOUNT = """async (assets) => {
  const { mount } = await import(new URL(assets + "stage/stage.js", document.baseURI).href);
  const parentElement = document.body.appendChild(document.createElement("div"));
  const asked = [];
  const setTriggerValue = (name, message) => asked.push([name, message]);
  const data = { assets, setup: null, answer: null, edit: null, trained: 0, perSecond: 0,
    sentences: null, language: "en", view: "lab", surface: false, map: false, kept: [],
    withheld: [], back: "", editState: { undo: false, redo: false, private: false } };
  window.lost = {
    asked,
    parentElement,
    hear: (changed) =>
      mount({ data: { ...data, ...changed }, parentElement, setTriggerValue }),
  };
}"""


class Lost:
    def __init__(self, stage: Stage) -> None:
        self.page = stage.page
        self.page.evaluate(MOUNT, ASSETS_URL)

    def hear(self, **changed: Any) -> None:
        self.page.evaluate("(changed) => { lost.hear(changed); }", changed)

    def asked(self, count: int) -> list[dict[str, Any]]:
        """Return what was asked, once it is so much."""
        self.page.wait_for_function("(count) => lost.asked.length >= count", arg=count)
        asked: list[tuple[str, dict[str, Any]]] = self.page.evaluate("lost.asked")
        assert {name for name, _ in asked} == {"pull"}
        return [message for _, message in asked]


@pytest.fixture
def lost(stage: Stage) -> Any:
    lost = Lost(stage)
    yield lost
    stage.page.evaluate("lost.parentElement.remove()")


def test_it_asks_as_one_that_has_nothing_and_again_until_it_is_answered(lost: Lost) -> None:
    lost.hear(experiment="unknown")
    first, again = lost.asked(2)
    assert first | {"number": 0} == again | {"number": 0}
    assert again["number"] > first["number"]
    assert first["experiment"] == "unknown"
    assert (first["equipped"], first["after"], first["until"]) == (False, -1, 0)


def test_however_much_it_hears_of_the_experiment_it_asks_once_at_a_time(lost: Lost) -> None:
    for number in range(5):
        lost.hear(experiment="unknown", answer={"number": number, "snapshots": None})
    lost.asked(1)
    lost.page.wait_for_timeout(500)
    assert len(lost.asked(1)) == 1


def test_it_asks_for_the_experiment_that_it_heard_of_last(lost: Lost) -> None:
    lost.hear(experiment="one")
    lost.asked(1)
    lost.hear(experiment="other")
    assert [message["experiment"] for message in lost.asked(2)] == ["one", "other"]


def test_nothing_is_shown_of_it_meanwhile(lost: Lost) -> None:
    lost.hear(experiment="unknown")
    lost.asked(1)
    assert lost.page.evaluate("lost.parentElement.innerText") == ""
    assert lost.page.evaluate("lost.parentElement.clientHeight") == 0
