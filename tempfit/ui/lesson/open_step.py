"""The open step of the lesson: its question, and what came of it beside what was predicted."""

from typing import Final

from tempfit import lesson_link, link
from tempfit import page as moves
from tempfit.lesson import course as courses
from tempfit.lesson.course import Course
from tempfit.lesson.step import Slider, Step
from tempfit.lesson.text import parts
from tempfit.lesson.truth import answer_text, expected, explained, stated
from tempfit.theory.law import Law
from tempfit.training.trainer import Trainer
from tempfit.ui import session
from tempfit.ui.frontend import component, part_data
from tempfit.ui.lesson.tried import Tried, found_in, looked_at
from tempfit.ui.readings import taken
from tempfit.ui.stage.stage import Stage
from tempfit.ui.wire.lesson import LessonData, Outcome, Range, StepSign, Told
from tempfit.ui.wire.messages import OfStep, Predict, Rest, Resume, Show, read

KEY: Final = "open_step"
_component = component("lesson/open_step.js")


def show(training: tuple[Trainer, Law]) -> None:
    """Show the open step."""
    page = session.page()
    course, step = page.course, page.course.open_step
    assert step is not None, "a step is open"
    question, mark = step.question, course.mark
    hidden = page.view == link.PRESENT and not course.revealed
    outcome = _outcome(step, course, training) if mark.passed and not hidden else None
    ranged, answers = None, []
    if isinstance(question, Slider):
        ranged = Range(low=question.low, high=question.high, step=question.step)
    else:
        answers = [_told(answer_text(step, place)) for place in range(len(question.answers))]
    data = LessonData(
        **part_data(),
        answered=session.part(Tried).answered,
        view=page.view,
        lesson=lesson_link.name_of(course.lesson),
        progress=lesson_link.to_text(course),
        name=course.lesson.title.within(),
        step=course.step or 0,
        steps=signs(course),
        text=_told(stated(step, step.text)),
        question=_told(stated(step, question.text)),
        answers=answers,
        range=ranged,
        prediction=mark.prediction,
        train=step.check.at_epoch != 0,
        passed=mark.passed,
        missed="" if mark.passed else course.missed,
        outcome=outcome,
    )
    _component(
        key=KEY,
        data=data,
        on_turn_change=_turned,
        on_resume_change=_resumed,
        on_predict_change=_predicted,
        on_rest_change=_rested,
        on_reveal_change=_revealed,
        on_show_change=_shown,
    )


def signs(course: Course) -> list[StepSign]:
    """Return the list of all steps."""
    pairs = zip(course.lesson.steps, course.marks, strict=True)
    return [StepSign(title=step.title.within(), passed=mark.passed) for step, mark in pairs]


def _told(words: str) -> Told:
    return [(part.kind, part.content) for part in parts(words)]


def _outcome(step: Step, course: Course, training: tuple[Trainer, Law]) -> Outcome:
    """Say what came of a step: beside what was predicted, with why it is so."""
    found = found_in(step, course.mark, training)
    ran = found.trainings[-1] if found.trainings else expected(step.data, step.solution)
    return Outcome(
        predicted=found.predicted or "",
        answer=found.answer,
        right=found.right,
        explanation=_told(explained(step, ran, found.result)),
    )


def _turned() -> None:
    """Open another step."""
    page = session.page()
    if asked := read(OfStep, session.said(KEY, "turn")):
        anew = moves.learn(page, page.course.lesson) if asked.anew else page
        session.put(moves.turn(anew, asked.step))


def _resumed() -> None:
    """Take up what the browser has kept of this lesson."""
    page, asked = session.page(), read(Resume, session.said(KEY, "resume"))
    marks = lesson_link.from_text(asked.progress, page.course.lesson) if asked else None
    if marks:
        session.put(moves.resume(page, marks))


def _predicted() -> None:
    """Take a prediction down; what stands at the start may pass the step at once."""
    page, asked = session.page(), read(Predict, session.said(KEY, "predict"))
    if asked and asked.step == page.course.step:
        page = moves.study(page, courses.predicted(page.course, asked.prediction))
        session.put(_after_a_look(page, 0))


def _rested() -> None:
    """Look at what ran, as far as the stage shows it."""
    training, rest = session.part(Stage).training, read(Rest, session.said(KEY, "rest"))
    session.part(Tried).answered = rest.number if rest else 0
    if rest and training and rest.experiment == training[0].identity:
        session.put(_after_a_look(session.page(), rest.epoch))


def _after_a_look(page: moves.Page, epoch: int) -> moves.Page:
    training = session.part(Stage).training
    return looked_at(page, training, epoch) if training else page


def _revealed() -> None:
    """Show the room what came of the step."""
    page, asked = session.page(), read(OfStep, session.said(KEY, "reveal"))
    if asked and asked.step == page.course.step:
        session.put(moves.study(page, courses.revealed(page.course)))


def _shown() -> None:
    """Show the stage in another view."""
    if asked := read(Show, session.said(KEY, "show")):
        session.put(taken.show(session.page(), asked.view, ()))
