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
    """The parameters in the address bar, as they were last read or written."""

    parameters: dict[str, list[str]] | None = None


def follow() -> None:
    """Show what the link says when a page opens, and when Back or Forward changes it.

    Not when a control asks for the run, until the page that it makes is drawn: quick requests reach
    the server with the link of an earlier page.
    """
    address = session.part(Address)
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    opens = address.parameters is None
    if address.parameters != parameters and (opens or not session.asked()):
        address.parameters = parameters
        session.put(page_link.follow(session.page(), parameters))
        session.done()


def mirror() -> None:
    """Write the page into the address bar, unless it stands there or is still to be settled."""
    address = session.part(Address)
    parameters = page_link.to_parameters(session.page())
    if session.page().settled and address.parameters != parameters:
        st.query_params.from_dict(parameters)  # where another request may end this run
        address.parameters = parameters
