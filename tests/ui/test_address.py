"""The link and the controls, where requests of the browser's carry the link of an earlier move."""

import pytest
import streamlit as st

from tempfit import page as moves
from tempfit.ui import session
from tempfit.ui.sidebar import address


class Parameters(dict[str, list[str]]):
    """The parameters of a request, as Streamlit gives them."""

    def get_all(self, name: str) -> list[str]:
        return self[name]

    def from_dict(self, parameters: dict[str, list[str]]) -> None:
        self.clear()
        self.update(parameters)


@pytest.fixture(autouse=True)
def parameters(monkeypatch: pytest.MonkeyPatch) -> Parameters:
    """Stand in for a session's state and its link."""
    parameters = Parameters()
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", parameters)
    return parameters


def run(parameters: Parameters, link: str, slider: float | None = None, **is_: bool) -> float:
    """Run the page's script with a link, after a slider has moved; return the rate shown."""
    parameters.from_dict({"lr": [link]})
    if slider is not None:
        session.put(moves.set_to(session.page(), "learning_rate", slider))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(session, "goes_back", lambda: is_.get("back", False))
        address.follow()
    if not is_.get("interrupted"):
        address.mirror()
    return session.page().experiment.learning_rate


def test_the_link_of_an_earlier_move_is_not_followed(parameters: Parameters) -> None:
    assert run(parameters, "0.02") == 0.02
    assert run(parameters, "0.02", slider=0.03) == 0.03
    run(parameters, "0.02", slider=0.04, interrupted=True)
    assert run(parameters, "0.02", slider=0.03) == 0.03
    assert run(parameters, "0.02") == 0.03, "as of a control that changes nothing on the page"
    assert parameters["lr"] == ["0.03"]


def test_a_run_that_ends_while_it_writes_the_link_has_not_written_it(
    parameters: Parameters, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(parameters, "0.02") == 0.02
    run(parameters, "0.02", slider=0.03, interrupted=True)

    def interrupted(_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patched:
        patched.setattr(parameters, "from_dict", interrupted)
        with pytest.raises(InterruptedError):
            address.mirror()
    assert run(parameters, "0.02") == 0.03, "the run is begun anew, with the link it had"
    assert parameters["lr"] == ["0.03"]


def test_back_and_forward_are_followed(parameters: Parameters) -> None:
    assert run(parameters, "0.02") == 0.02
    assert run(parameters, "0.02", slider=0.03) == 0.03
    assert run(parameters, "0.02", back=True) == 0.02
    assert run(parameters, "0.03", back=True) == 0.03
    assert run(parameters, "0.03") == 0.03
    assert run(parameters, "0.02", back=True) == 0.02


def test_back_is_followed_though_a_control_speaks_at_the_same_time(parameters: Parameters) -> None:
    assert run(parameters, "0.02") == 0.02
    assert run(parameters, "0.02", slider=0.03) == 0.03
    assert run(parameters, "0.03") == 0.03
    assert run(parameters, "0.02") == 0.02, "Streamlit takes the two for one request, not Back"


def test_where_back_meets_the_link_of_a_move_before_it_the_link_is_written_again(
    parameters: Parameters, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(parameters, "0.02") == 0.02
    assert run(parameters, "0.02", slider=0.03) == 0.03
    written: list[dict[str, list[str]]] = []
    monkeypatch.setattr(parameters, "from_dict", written.append)
    parameters["lr"] = ["0.02"]  # the browser has gone back, and then heard of 0.03
    monkeypatch.setattr(session, "goes_back", lambda: True)
    address.follow()
    address.mirror()
    assert written == [{"lr": ["0.02"]}]
