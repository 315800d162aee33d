"""Which prediction is right: the law says so, nothing is typed. And whether a lesson is sound."""

from functools import lru_cache
from typing import Final

from tempfit.lesson.checks import Checked, checked
from tempfit.lesson.facts import facts, told
from tempfit.lesson.ran import Ran, dataset_of, foreseen
from tempfit.lesson.seen import Seen
from tempfit.lesson.step import Answer, Data, Lesson, Slider, Step
from tempfit.lesson.text import Text
from tempfit.lesson.toml_reading import Mistake
from tempfit.numbers import number
from tempfit.training.experiment import Experiment
from tempfit.words import later, say

ROUNDING: Final = 1e-9


@lru_cache(maxsize=256)
def expected(data: Data, experiment: Experiment) -> Ran:
    """Return what the law expects of an experiment on the readings of a step."""
    return foreseen(dataset_of(data), experiment)


def right(step: Step, prediction: float) -> bool:
    """Return whether a prediction comes true."""
    question = step.question
    if not question.accepts(prediction):
        return False
    if not isinstance(question, Slider):
        return _right(step, question.answers[int(prediction)])
    value = right_number(step)
    return value is not None and abs(prediction - value) <= question.within + ROUNDING


def right_number(step: Step) -> float | None:
    """Return the number that is right on a slider, or None if there is none."""
    question = step.question
    if not isinstance(question, Slider):
        return None
    if isinstance(question.right, str):
        return facts(Seen(expected(step.data, step.experiment))).get(question.right)
    return question.right


def right_text(step: Step) -> str:
    """Return the right answer in words: several, where several are right, are separated by "; "."""
    question = step.question
    if isinstance(question, Slider):
        value = right_number(step)
        return "" if value is None else number(value)
    answers = enumerate(question.answers)
    return say("; ").join(answer_text(step, n) for n, each in answers if _right(step, each))


def answer_text(step: Step, prediction: float) -> str:
    """Return a prediction in words: an answer's text, or the number."""
    if isinstance(step.question, Slider):
        return number(prediction)
    answer = step.question.answers[int(prediction)]
    return told(answer.text, Seen(expected(step.data, answer.experiment)), step.check)


def stated(step: Step, text: Text) -> str:
    """Return a text that stands before the run; its facts are those of the step's experiment."""
    return told(text, Seen(expected(step.data, step.experiment)), step.check)


def explained(step: Step, ran: Ran, result: Checked) -> str:
    """Return the explanation of a step: of the run that passed it, or else of its solution."""
    seen = Seen(ran, result.run) if result.passed else Seen(expected(step.data, step.solution))
    return told(step.explanation, seen, step.check)


def _right(step: Step, answer: Answer) -> bool:
    if answer.when is None:
        return answer.right
    return checked(answer.when, expected(step.data, answer.experiment)).passed


def doubts(lesson: Lesson) -> list[Mistake]:
    """Return what is unsound in a lesson that can be read: it takes the law to find out.

    Each question has one right answer, and each solution passes its check.
    """
    found: list[Mistake] = []
    for number_, step in enumerate(lesson.steps, 1):
        said = [*_question_doubts(step), *_solution_doubts(step)]
        said = [say("step {number}: {said}", number=number_, said=each) for each in said]
        found += [Mistake(step.line, each) for each in said]
    return found


def _question_doubts(step: Step) -> list[str]:
    question = step.question
    if isinstance(question, Slider):
        value = right_number(step)
        if value is None:
            said = later("there is no {fact} in this experiment; ask for another fact.")
            return [say(said, fact=question.right)]
        if not question.low <= value <= question.high:
            said = later("the right number is {right}, and the slider goes from {low} to {high}.")
            low, high = number(question.low), number(question.high)
            return [say(said, right=number(value), low=low, high=high)]
        return []
    count = sum(_right(step, answer) for answer in question.answers)
    said = later("{count} of the answers are right; it must be one.")
    return [] if count == 1 else [say(said, count=count)]


def _solution_doubts(step: Step) -> list[str]:
    result = checked(step.check, expected(step.data, step.solution))
    if result.passed:
        return []
    said = later("its solution does not pass the check: {why} Change solution or check.")
    return [say(said, why=result.sentence)]
