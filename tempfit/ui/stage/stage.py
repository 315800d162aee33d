"""The stage: the charts, the transport and the rows of the runs, one component in the browser.

What answers its pulls is another component, in a fragment. Where a request for a fragment follows a
run of the whole page at once, Streamlit drops what the fragment drew in that run, and the browser
takes it off the page for a moment. The stage is outside the fragment, and stays.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import streamlit as st

from tempfit import link
from tempfit import page as moves
from tempfit.data.dataset import Dataset
from tempfit.data.sources import OWN
from tempfit.export import Origin
from tempfit.link import CHARTS
from tempfit.theory.law import Law, closed_form
from tempfit.theory.sentences import quality
from tempfit.theory.status import Status
from tempfit.theory.verdict import judged
from tempfit.training.experiment import FEATURE_SCALE, LEARNING_RATE, Run
from tempfit.training.trainer import Trainer, name_of
from tempfit.ui import session
from tempfit.ui.frontend import component, part_data
from tempfit.ui.readings import table, taken
from tempfit.ui.stage.answer import answer
from tempfit.ui.stage.setup import setup
from tempfit.ui.wire.messages import Choose, Edit, GoOn, Keep, Pull, Show, read
from tempfit.ui.wire.stage import (
    EditAnswer,
    EditState,
    PullAnswer,
    Setup,
    StageData,
    TrainingData,
)
from tempfit.words import language, named, paragraph

KEY: Final = "stage"
TRAINING: Final = "training"
_component = component("stage/stage.js")
_training_component = component("stage/training.js")


@dataclass(slots=True, eq=False)
class Stage:
    """Hold the training on the stage with its law, and what the browser has asked of it.

    `answered` is the last pull with its answer. `pulled` says that it has just come: while it plays
    the browser needs no sentences. `edit` is what came of the last edit on the chart. `edited` says
    that the next experiment has the readings that this edit made.
    """

    training: tuple[Trainer, Law] | None = None
    setup: Setup | None = None
    language: str = ""
    answered: tuple[Pull, PullAnswer] | None = None
    pulled: bool = False
    edit: EditAnswer | None = None
    edited: bool = False


def prepare(dataset: Dataset, page: moves.Page) -> tuple[Trainer, Law]:
    """Return the training of the page, as far as this session has brought it, and its law."""
    stage = session.part(Stage)
    if stage.training and stage.training[0].identity == name_of(dataset, page.experiment):
        return stage.training
    trainer = Trainer.of(dataset, page.experiment)
    if stage.training and page.goes_on_from is not None:
        before, _ = stage.training
        trainer.go_on_from(before, min(page.goes_on_from, before.state.epoch))
    stage.training = trainer, closed_form(dataset, trainer.runs)
    stage.setup, stage.answered = None, None
    if not stage.edited:
        stage.edit = None
    stage.edited = False
    return stage.training


def show(slots: list[int]) -> None:
    """Show the stage, at the start of the experiment or wherever this session has brought it."""
    stage = session.part(Stage)
    assert stage.training, "it has been prepared"
    if stage.setup is None or stage.language != language():
        stage.setup = setup(*stage.training, slots, _origin(session.page()))
        stage.language = language()
    page = session.page()
    data = StageData(
        **part_data(),
        experiment=stage.training[0].identity,
        setup=stage.setup,
        edit=stage.edit,
        editState=_edit_state(page),
        view=page.view,
        back=link.LAB if page.course.step is None else link.LESSON,
        withheld=_withheld(page),
        surface="surface" in page.charts,
        map="map" in page.charts,
        kept=[run in page.experiment.kept for run in stage.training[0].runs],
    )
    _component(
        key=KEY,
        data=data,
        on_go_on_change=_going_on,
        on_edit_change=_edited,
        on_show_change=_shown,
        on_choose_change=_chosen,
        on_keep_change=_kept,
    )
    _training()


def _origin(page: moves.Page) -> Origin:
    """Return where the readings of a page are from."""
    own = page.own if page.source == OWN else None
    if own is None:
        return Origin(page.source, page.source.title)
    return Origin(page.source, named(own.title).strip('"“”'), own.file, own.pair)


@st.fragment
def _training() -> None:
    """Say how far training has come; a pull reruns this function alone."""
    session.rerun_if_moved()
    stage = session.part(Stage)
    assert stage.training, "it has been prepared"
    trainer, law = stage.training
    pull, found = stage.answered or (None, None)
    at_rest = not stage.pulled or trainer.done or (pull is not None and pull.exact is not None)
    stage.pulled = False
    certain = at_rest or not np.isfinite(trainer.history.loss[:, -1]).all()
    data = TrainingData(
        **part_data(),
        experiment=trainer.identity,
        answer=found,
        trained=trainer.state.epoch,
        perSecond=trainer.pace,
        sentences=_outcomes(trainer, law) if certain else None,
    )
    _training_component(key=TRAINING, data=data, on_pull_change=_pulled)


def _withheld(page: moves.Page) -> list[str]:
    """Name what the stage does not show now, in a step of the lesson."""
    step = page.course.open_step
    if step is None:
        return []
    trains = step.check.at_epoch != 0
    given = {
        "training": trains and not page.course.waits,
        "transport": trains,
        "outlook": not page.course.waits or "outlook" not in step.hidden,
        "going-on": "go_on" in step.controls,
        "options": False,
    }
    return [name for name, is_given in given.items() if not is_given]


def _edit_state(page: moves.Page) -> EditState:
    """Return what can be done with the edits, and whether they took the readings off the link."""
    past, future = page.edits.past, page.edits.future
    private = page.source == OWN and bool(past) and past[0].source != OWN
    return {"undo": bool(past), "redo": bool(future), "private": private}


def _outcomes(trainer: Trainer, law: Law) -> list[str]:
    """Say what became of each run, and for somebody's own readings how good its line is."""
    verdicts, losses = judged(law, trainer.history), trainer.history.loss[:, -1].tolist()
    if session.page().source != OWN:
        return [verdict.sentence for verdict in verdicts]
    return [
        verdict.sentence
        if verdict.status is Status.DIVERGING  # then no line is any good
        else paragraph(verdict.sentence, quality(trainer.dataset, loss))
        for verdict, loss in zip(verdicts, losses, strict=True)
    ]


def _pulled() -> None:
    """Answer a pull; one that belongs to an experiment no longer on the page gets no snapshots."""
    stage = session.part(Stage)
    pull = read(Pull, session.said(TRAINING, "pull"))
    stage.answered, stage.pulled = None, True
    if pull and stage.training and pull.experiment == stage.training[0].identity:
        stage.answered = pull, answer(*stage.training, pull)


def _going_on() -> None:
    """Go on from an epoch: for twice as long, or at another learning rate."""
    training = session.part(Stage).training
    asked = read(GoOn, session.said(KEY, "go_on"))
    if asked and training and asked.experiment == training[0].identity:
        epoch = min(max(asked.epoch, 0), training[0].state.epoch)
        session.put(moves.go_on(session.page(), epoch, asked.rate))


def _shown() -> None:
    """Show the stage in another view, or with other charts."""
    if asked := read(Show, session.said(KEY, "show")):
        charts = tuple(chart for chart in CHARTS if getattr(asked, chart))
        session.put(taken.show(session.page(), asked.view, charts))


def _edited() -> None:
    """Change a reading as the chart says; what came of it goes back with the edit's number."""
    stage = session.part(Stage)
    edit = read(Edit, session.said(KEY, "edit"))
    if not (edit and stage.training and edit.experiment == stage.training[0].identity):
        return
    page, said = table.on_chart(session.page(), stage.training[0].dataset, edit)
    session.put(page)
    stage.edit, stage.edited = EditAnswer(number=edit.number, said=said), said is None


def _chosen() -> None:
    """Set the learning rate and the feature scale to a place on the map."""
    if asked := read(Choose, session.said(KEY, "choose")):
        rate, scale = LEARNING_RATE.nearest(asked.rate), FEATURE_SCALE.nearest(asked.scale)
        session.put(moves.choose(session.page(), rate, scale))


def _kept() -> None:
    """Keep a run that is on the stage, or was, or let go of it."""
    asked = read(Keep, session.said(KEY, "keep"))
    if asked is None:
        return
    try:
        run = Run(asked.rate, asked.scale, asked.shift, (asked.w, asked.b))
    except ValueError:
        return
    move = moves.keep if asked.kept else moves.let_go
    session.put(move(session.page(), run))
