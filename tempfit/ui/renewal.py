"""Widgets whose value is also set from elsewhere: by another widget, a preset, or the link.

A request carries what every widget shows in the browser. One that was sent before the browser
has heard that a widget was set from here says that it has moved back; and that would undo what
set it, whenever two moves follow each other quickly, or a pull is under way. So a widget that is
to show another value gives way to a new one, which has no past, and the old one is not heard.
"""

import streamlit as st


def renewed(key: str, value: object) -> str:
    """Return the key of the widget that shows `value`: a new one if it shows another value."""
    count = st.session_state.get(f"{key}_count", 0)
    if f"{key}_{count}" not in st.session_state or st.session_state[f"{key}_{count}"] != value:
        count = st.session_state[f"{key}_count"] = count + 1
        st.session_state[f"{key}_{count}"] = value
    return f"{key}_{count}"


def replaced(widget: str) -> bool:
    """Return whether a new widget stands where this one stood."""
    key, _, count = widget.rpartition("_")
    return count != str(st.session_state[f"{key}_count"])
