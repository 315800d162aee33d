"""The page with the section on autograd open."""

from typing import Any, TypeVar

import pytest

from tempfit.epoch.listing import Substep
from tempfit.ui.epoch.glass import Glass
from tempfit.ui.epoch.section import TABS
from tempfit.ui.epoch.substeps import Walk
from tests.ui.conftest import Page

P = TypeVar("P")

NAMES = list(TABS)


class Section(Page):
    """The page with the section on autograd open."""

    def __init__(self, **parameters: Any) -> None:
        super().__init__(**parameters)
        self.app.session_state["autograd_open"] = True
        self.run()

    def part(self, kind: type[P]) -> P:
        """Return the session's object of a class."""
        found = self.app.session_state["parts"][kind]
        assert isinstance(found, kind)
        return found

    def look(self, epoch: int) -> None:
        """Put an epoch under the glass, training on for as long as that takes."""
        self.ask(epoch)
        while self.reached < epoch:
            self.run()

    def ask(self, epoch: int) -> None:
        self.part(Glass).epoch = epoch
        self.run()

    def substep(self, substep: Substep) -> None:
        self.part(Walk).substep = substep
        self.run()

    def tab(self, name: str) -> None:
        self.app.session_state["autograd_tab"] = name
        self.run()

    def trial(self, name: str) -> None:
        self.app.session_state["trial"] = name
        self.run()

    @property
    def reached(self) -> int:
        """The epoch that is shown."""
        return int(self.component("wanted")["reached"])

    @property
    def formulas(self) -> str:
        return " ".join(formula.value for formula in self.app.latex)

    @property
    def words(self) -> str:
        return " ".join(text.value for text in self.app.markdown)


@pytest.fixture(scope="package")
def kept() -> Section:
    return Section(compare=["0.001", "0.03", "0.036"])


@pytest.fixture
def section(kept: Section) -> Section:
    """Give the page with the race on it and the section as it opens."""
    kept.app.session_state["glass_run"] = 0
    kept.app.session_state["autograd_tab"] = NAMES[0]
    kept.part(Glass).epoch, kept.part(Glass).following = 1, True
    kept.run()
    kept.substep(Substep.READINGS)
    return kept
