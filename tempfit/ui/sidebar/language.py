"""The switch to the other language, each called by its own name."""

from typing import Final

import streamlit as st

from tempfit import page as moves
from tempfit.ui import session
from tempfit.words import LANGUAGES, Language, language

NAMES: Final[dict[Language, str]] = {"en": "English", "zh": "中文"}


def offer() -> None:
    """Offer the languages that are not spoken now."""
    for other in LANGUAGES:
        if other != language():
            st.button(
                NAMES[other],
                key=f"language_{other}",
                type="tertiary",
                on_click=_switch,
                args=(other,),
            )


def _switch(to: Language) -> None:
    session.put(moves.speak(session.page(), to))
