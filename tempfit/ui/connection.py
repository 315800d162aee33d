"""A page whose connection was lost: what brings it back, and what is said of it then."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from tempfit.page import Page
from tempfit.ui import session
from tempfit.words import later, say

LOST: Final = later(
    "The connection to the server was lost, and with it what the server had trained. This is the "
    "same experiment again; a run that was playing goes on by itself."
)


@st.fragment(run_every=3600)
def come_back() -> None:
    """Have the browser run the whole page again each time it has connected anew.

    A server that was started again, or that has given the session up, knows nothing of the page:
    a press on Train would not be heard. Streamlit's browser side runs the script on connecting
    if it was interrupted in a run, or if some part of the page reruns on a timer. This part is
    empty, and so is its run each hour.
    """


@dataclass(slots=True, eq=False)
class Arrival:
    """How this session began: `page` is the page as it came back from one that was lost."""

    noticed: bool = False
    page: Page | None = None


def notes() -> tuple[str, ...]:
    """Return what is said of a session that was lost, until the page moves on."""
    arrival = session.part(Arrival)
    if not arrival.noticed:
        arrival.noticed = True
        arrival.page = session.page() if _had_a_session() else None
    return (say(LOST),) if session.page() == arrival.page else ()


def _had_a_session() -> bool:
    """Return whether the browser has asked for an earlier session of this page.

    A page that connects anew names its session in the third place of this header. It is in a
    session that begins if the server does not have that one any more.
    """
    protocols = st.context.headers.get("Sec-WebSocket-Protocol") or ""
    return len([name for name in protocols.split(",") if name.strip()]) > 2
