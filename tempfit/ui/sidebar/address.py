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
    """What stands in the address bar: the parameters that were written last, none before.

    `heard` says that the browser has sent them back since.
    """

    written: dict[str, list[str]] | None = None
    heard: bool = False


def follow() -> None:
    """Show what the link says when a page opens, and when the browser goes back or forward.

    Quick requests carry the link of an earlier page, which is not followed. Once the browser has
    sent the last one back, another link is another page, whatever the request is for.
    """
    address, carried = session.part(Address), _carried()
    opens = address.written is None
    elsewhere = address.heard and carried != address.written
    if opens or elsewhere or session.goes_back():
        session.put(page_link.follow(session.page(), carried))
        address.heard = False
    if opens:
        address.written = carried
    if carried == address.written:
        address.heard = True


def mirror() -> None:
    """Write the page into the address bar, unless it stands there or is still to be settled."""
    address = session.part(Address)
    parameters = page_link.to_parameters(session.page())
    stands_there = parameters == address.written == _carried()
    if session.page().settled and not stands_there:
        address.written, address.heard = parameters, False
        st.query_params.from_dict(parameters)  # where another request may end this run


def _carried() -> dict[str, list[str]]:
    """Return the parameters of the link that this request carries."""
    return {name: st.query_params.get_all(name) for name in st.query_params}
