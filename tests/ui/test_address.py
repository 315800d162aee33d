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


def run(parameters: Parameters, link: str, slider: float | None = None, **stops: bool) -> float:
    """Run the page's script with a link, after a slider has moved; return the rate drawn."""
    parameters.from_dict({"lr": [link]})
    if slider is not None:
        session.put(moves.set_to(session.page(), "learning_rate", slider))
    address.follow()
    if not stops.get("interrupted"):
        address.mirror()
        session.mark_drawn()
    return session.page().experiment.learning_rate


def test_a_slider_moved_to_and_fro_is_not_moved_by_the_link_of_an_earlier_move(
    parameters: Parameters,
) -> None:
    assert run(parameters, "0.02") == 0.02
    assert run(parameters, "0.02", slider=0.03) == 0.03
    run(parameters, "0.02", slider=0.04, interrupted=True)
    assert run(parameters, "0.02", slider=0.03) == 0.03


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


def test_a_report_of_the_stage_is_not_followed_by_the_link_that_it_carries(
    parameters: Parameters,
) -> None:
    assert run(parameters, "0.02") == 0.02
    assert run(parameters, "0.02", slider=0.03) == 0.03
    st.session_state["panel"] = {"rest": {}}
    session.said("panel", "rest")
    assert run(parameters, "0.02") == 0.03
    assert run(parameters, "0.02") == 0.02, "the request after it is no report but Back"


def test_back_is_followed_after_a_request_of_a_part_of_the_page(parameters: Parameters) -> None:
    assert run(parameters, "0.02") == 0.02
    assert run(parameters, "0.02", slider=0.03) == 0.03
    st.session_state["stage"] = {"pull": {}}
    session.said("stage", "pull")
    session.rerun_if_moved()
    assert run(parameters, "0.02") == 0.02


def test_back_and_forward_are_followed_after_moves(parameters: Parameters) -> None:
    assert run(parameters, "0.02") == 0.02
    assert run(parameters, "0.02", slider=0.03) == 0.03
    assert run(parameters, "0.02") == 0.02
    assert run(parameters, "0.03") == 0.03
    assert run(parameters, "0.03") == 0.03
    assert run(parameters, "0.02") == 0.02
