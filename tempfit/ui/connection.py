"""What brings a page back whose connection was lost."""

import streamlit as st


@st.fragment(run_every=3600)
def come_back() -> None:
    """Have the browser run the whole page again each time it has connected anew.

    A server that was started again, or that has given the session up, knows nothing of the page:
    a press on Train would not be heard. Streamlit's browser side runs the script on connecting
    if it was interrupted in a run, or if some part of the page reruns on a timer. This part is
    empty, and so is its run each hour.
    """
