"""The page without a browser, as Streamlit's AppTest runs it."""

import json
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tempfit.data.dataset import thermometer
from tempfit.link import from_parameters, to_parameters
from tempfit.training.experiment import Experiment, Run
from tempfit.ui import session
from tempfit.words import nearest, speak

SCRIPT = Path(__file__).parents[2] / "app.py"


class Page:
    """The page by the names on it: its controls, its link, and what it gives the stage."""

    def __init__(self, **parameters: str | Sequence[str]) -> None:
        # The time-out is for importing torch on a busy computer.
        self.app = AppTest.from_file(SCRIPT, default_timeout=100)
        self.follow(parameters)

    def follow(self, parameters: Mapping[str, str | Sequence[str]]) -> None:
        """Open a link in this page, as Back and Forward do."""
        self.app.query_params.clear()
        for name, value in parameters.items():
            self.app.query_params[name] = value if isinstance(value, str) else list(value)
        # AppTest has no Back of its own. A rerun that the script asks for is none.
        with patch.object(session, "goes_back", side_effect=chain([True], repeat(object=False))):
            self.run()

    def run(self) -> None:
        # AppTest writes the options of widgets in this thread, not in the script's.
        speak(nearest(self.link.get("lang", ["en"])[0]))
        self.app.run()
        speak("en")
        assert not self.app.exception, self.app.exception

    def control(self, label: str) -> Any:
        """Return the one control of this name."""
        kinds = ("select_slider", "number_input", "selectbox", "multiselect", "checkbox", "button")
        found: list[Any] = [one for kind in kinds for one in self.app.get(kind)]
        found = [one for one in found if one.label == label]
        assert len(found) == 1, (label, found)
        return found[0]

    def set(self, label: str, value: object) -> None:
        self.control(label).set_value(value)
        self.run()

    def press(self, label: str) -> None:
        self.control(label).click()
        self.run()

    @property
    def link(self) -> dict[str, list[str]]:
        """The parameters in the address bar."""
        parameters = self.app.query_params
        return {name: [v] if isinstance(v, str) else list(v) for name, v in parameters.items()}

    @property
    def notes(self) -> list[str]:
        return [line for box in self.app.warning for line in box.value.split("  \n")]

    def component(self, holding: str) -> dict[str, Any]:
        """Return what the one component was given whose data hold a name."""
        given = [json.loads(one.proto.json) for one in self.app.get("bidi_component")]
        (found,) = [data for data in given if holding in data]
        assert isinstance(found, dict)
        return found

    @property
    def stage(self) -> dict[str, Any]:
        """What the stage was given."""
        return self.component("setup")

    @property
    def runs(self) -> list[Run]:
        """The runs on the stage, their start aside."""
        return [Run(run["rate"], run["scale"], run["shift"]) for run in self.stage["setup"]["runs"]]

    def text(self, name: str) -> str:
        """Return the piece of the page's own HTML that holds a class name."""
        (found,) = [
            part.proto.body for part in self.app.get("html") if f"='{name}'" in part.proto.body
        ]
        return str(found)

    def assert_shows(self, experiment: Experiment) -> None:
        """Check that controls, link and stage all say this experiment, and no other."""
        runs = experiment.runs(thermometer())
        assert self.stage["setup"]["epochs"] == experiment.epochs
        assert self.runs == [Run(r.learning_rate, r.feature_scale, r.feature_shift) for r in runs]
        link = {name: texts for name, texts in self.link.items() if name != "charts"}
        assert link == to_parameters(experiment)
        assert from_parameters(self.link)[1] == []
        for quantity, value in (
            ("Epochs", experiment.epochs),
            ("Learning rate", experiment.learning_rate),
            ("Feature scale", experiment.feature_scale),
            ("Exact n", experiment.epochs),
            ("Exact η", experiment.learning_rate),
            ("Exact s", experiment.feature_scale),
            ("w at the start", experiment.start[0]),
            ("b at the start", experiment.start[1]),
        ):
            assert self.control(quantity).value == value, quantity
        compared = [float(text) for text in self.control("Compare with").value]
        np.testing.assert_array_equal(compared, experiment.learning_rates[1:])


@pytest.fixture
def page() -> Page:
    """Open the page without a link."""
    return Page()
