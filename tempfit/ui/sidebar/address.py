"""The link in the address bar: it says what the page shows, and the page shows what it says.

Streamlit's own binding of a widget to the URL knows one widget for a value, and drops what it
cannot use without a word. Here a value has several widgets, and each correction has a sentence.
"""

from dataclasses import dataclass

import streamlit as st

from tempfit import page_link
from tempfit.ui import session


@dataclass(slots=True)
class Address:
    """The parameters in the address bar, as they were last written; none before a page opens."""

    written: dict[str, list[str]] | None = None


def follow() -> None:
    """Show what the link says when a page opens, and when the browser goes back or forward.

    The link that any other request carries is not followed: quick requests reach the server with
    the link of an earlier page.
    """
    address = session.part(Address)
    opens = address.written is None
    if opens or session.goes_back():
        session.put(page_link.follow(session.page(), _carried()))
    if opens:
        address.written = _carried()


def mirror() -> None:
    """Write the page into the address bar, unless it stands there or is still to be settled."""
    address = session.part(Address)
    parameters = page_link.to_parameters(session.page())
    stands_there = parameters == address.written == _carried()
    if session.page().settled and not stands_there:
        st.query_params.from_dict(parameters)  # where another request may end this run
        address.written = parameters


def _carried() -> dict[str, list[str]]:
    """Return the parameters of the link that this request carries."""
    return {name: st.query_params.get_all(name) for name in st.query_params}
