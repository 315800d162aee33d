"""What the browser is given of the lesson."""

from typing import TypedDict

from tempfit.ui.wire.shapes import PartData

Told = list[tuple[str, str]]  # words and formulas in turn: what each is, and as it stands


class StepSign(TypedDict):
    """A step as the list of all has it."""

    title: str
    passed: bool


class Range(TypedDict):
    """The range of a question that a number answers."""

    low: float
    high: float
    step: float


class Outcome(TypedDict):
    """What came of a step, beside what was predicted of it."""

    predicted: str
    answer: str
    right: bool
    explanation: Told


class LessonData(PartData):
    """The open step. `train` says that it takes training, `missed` how far off the last run was.

    `answered` is the number of the last rest of the stage that was looked at. `progress` is what a
    link has of it, and the browser keeps it under the name `lesson`.
    """

    answered: int
    view: str
    lesson: str
    progress: str
    name: str
    step: int
    steps: list[StepSign]
    text: Told
    question: Told
    answers: list[Told]
    range: Range | None
    prediction: float | None
    train: bool
    passed: bool
    missed: str
    outcome: Outcome | None
