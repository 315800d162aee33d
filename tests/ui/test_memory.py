"""Memory that comes back."""

import gc
import subprocess
import sys

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tempfit.ui import memory

# Objects that refer to themselves, as sessions do, and are old by the time nobody needs them.
GARBAGE = """
import gc, resource
from tempfit.ui import memory

def held():
    with open("/proc/self/statm") as numbers:
        return int(numbers.read().split()[1]) * resource.getpagesize() / 2**20

class Session:
    def __init__(self):
        self.own = self
        self.upload = [bytes(1000) for _ in range(1000)]

before = held()
sessions = [Session() for _ in range(100)]
gc.collect()
del sessions
between = held()
memory._collect()
print(between - before, held() - before)
"""


# Threads at the same time, each of which allocates what Python has glibc allocate.
HEAPS = """
import ctypes, threading
from tempfit.ui import memory

memory._collect()
together = threading.Barrier(8)

def work():
    held = [bytes(2000) for _ in range(1000)]
    together.wait()

threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


PAGE = """
import streamlit as st
from tempfit.data.dataset import thermometer
from tempfit.ui import memory

if "readings" not in st.session_state or st.session_state.pop("other", False):
    st.session_state.readings = thermometer()
memory.give_back(st.session_state.readings)
"""


def test_what_a_session_that_is_over_held_comes_back() -> None:
    found = subprocess.run(
        [sys.executable, "-c", GARBAGE], capture_output=True, text=True, check=True
    )
    held, left = map(float, found.stdout.split())
    assert held > 90
    assert left < 10


def test_all_threads_share_one_heap() -> None:
    found = subprocess.run(
        [sys.executable, "-c", HEAPS], capture_output=True, text=True, check=True
    )
    assert 1 <= found.stdout.count("<heap nr") <= 2  # importing may have made another


def test_a_class_that_arrives_at_once_has_garbage_collected_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collections: list[None] = []
    monkeypatch.setattr(gc, "collect", lambda: collections.append(None))
    st.cache_data.clear()
    apps = [AppTest.from_string(PAGE) for _ in range(5)]
    for app in apps:
        assert not app.run().exception
    assert len(collections) == 1


def test_it_is_looked_for_when_a_session_begins_and_when_its_readings_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[None] = []
    monkeypatch.setattr(memory, "_collect", lambda: looks.append(None))
    app = AppTest.from_string(PAGE).run()
    assert len(looks) == 1
    app.run()
    assert len(looks) == 1
    app.session_state["other"] = True
    app.run()
    assert len(looks) == 2
