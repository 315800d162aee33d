"""Memory that sessions which are over, and readings that have been replaced, give back."""

import ctypes
import gc
import sys
from dataclasses import dataclass
from typing import Final

import streamlit as st

from tempfit.data.dataset import Dataset
from tempfit.ui import session

SECONDS_APART: Final = 5
M_ARENA_MAX: Final = -8  # an option of glibc's, by its number


@dataclass(slots=True, eq=False)
class Shown:
    """The readings that this session has shown last."""

    dataset: Dataset | None = None


def give_back(dataset: Dataset) -> None:
    """Look for memory to give back when a session begins, and when its readings have changed.

    Call it when the page is drawn, because it takes a while: 150 ms with torch imported.
    """
    shown = session.part(Shown)
    if shown.dataset is not dataset:
        shown.dataset = dataset
        _collect()


@st.cache_data(ttl=SECONDS_APART, show_spinner=False)
def _collect() -> None:
    """Collect garbage and give it back, for a class that arrives at once only now and then.

    A session that is over lies in reference cycles, with the file that was uploaded in it. They
    are of the oldest generation, which Python hardly ever looks through by itself: only when a
    quarter as many objects are new. What it frees in small pieces, glibc keeps unless asked.

    glibc also gives threads heaps of their own, and each run of a viewer's script is a thread: a
    class would leave holes in all of them. Where Python lets one thread work at a time, one heap
    is enough.
    """
    gc.collect()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.mallopt(M_ARENA_MAX, 1)
        libc.malloc_trim(0)
