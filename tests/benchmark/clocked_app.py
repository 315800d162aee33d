"""The page itself, with a clock on its server side: the CPU time of training and of answering.

Started in place of app.py, it runs app.py. After every pull it leaves its counts in the file
that the environment names.
"""

import json
import os
import runpy
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import streamlit as st

from tempfit.training.trainer import Trainer
from tempfit.ui.stage import stage

APP = Path(__file__).parents[2] / "app.py"
REPORT = Path(os.environ["TEMPFIT_CLOCK"])


@st.cache_resource
def clocks() -> dict[str, float]:
    """Put the clocks in place, once a process; return seconds of CPU, and the number of pulls."""
    totals = {"training": 0.0, "answer": 0.0, "standing": 0.0, "pulls": 0}

    def clocked(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            began = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                totals[name] += time.thread_time() - began
                totals["pulls"] += name == "answer"
                if name == "standing":
                    fresh = REPORT.with_suffix(".new")
                    fresh.write_text(json.dumps(totals))
                    fresh.replace(REPORT)

        return wrapper

    for owner, attribute, name in (
        (Trainer, "train", "training"),
        (stage, "answer", "answer"),
        (stage, "judged", "standing"),
    ):
        setattr(owner, attribute, clocked(name, getattr(owner, attribute)))
    return totals


clocks()
runpy.run_path(str(APP))
