"""What the law says before anything trains, beside the controls it is about."""

from html import escape

from streamlit.delta_generator import DeltaGenerator

from tempfit.numbers import number, rounded_down
from tempfit.theory.curvature import Curvature
from tempfit.theory.law import Law
from tempfit.ui.sidebar.quantities import RATE_SLIDER, place_on_slider
from tempfit.ui.sidebar.sidebar import Places
from tempfit.words import later, say


def show(places: Places, law: Law) -> None:
    """Mark the largest stable learning rate at its slider, and say what shape the loss has."""
    bowl = law.curvatures[0]
    show_limit(places.limit, law)
    if places.shape:
        places.shape.html(f"<p class='tempfit-shape'>{escape(condition_in_words(bowl))}</p>")


def show_limit(place: DeltaGenerator, law: Law) -> None:
    """Show a bar along the slider: stable to the left of the limit, unstable to its right."""
    limit = law.curvatures[0].max_stable_learning_rate
    at = place_on_slider(RATE_SLIDER, limit)
    stable = say("stable below {limit}", limit=rounded_down(limit))
    place.html(
        f"<div class='tempfit-limit' style='--at: {100 * at:.2f}%'>"
        f"<span>{escape(stable)}</span></div>"
    )


def condition_in_words(bowl: Curvature) -> str:
    """Say how round or narrow the valley of the loss is."""
    times = bowl.condition_number
    if not bowl.unique_optimum:
        return say("The loss has a flat direction: many lines fit equally well.")
    if times < 1.05:
        return say("The loss is a round bowl, as steep one way as the other.")
    said = later("The loss is a ravine, {times} times steeper across than along.")
    if times < 20:
        said = later("The loss is an oval bowl, {times} times steeper across than along.")
    elif times < 2000:
        said = later("The loss is a narrow valley, {times} times steeper across than along.")
    return say(said, times=number(times, 3))
