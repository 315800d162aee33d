"""The stage: the charts, the transport and the rows of the runs, one component in the browser."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from tempfit import page as moves
from tempfit.data.dataset import Dataset
from tempfit.ui import session, wire
from tempfit.ui.frontend import ASSETS_URL, component
from tempfit.ui.readings import table
from tempfit.ui.stage.setup import setup
from tempfit.ui.stage.trainer import Trainer, identity
from tempfit.ui.wire import Edit, EditAnswer, GoOn, Pull, Setup

KEY: Final = "stage"
_component = component("stage.js")


@dataclass(slots=True, eq=False)
class Stage:
    """Hold the training on the stage, and what the browser has asked of it and not been told.

    `edit` is what came of the last edit on the chart; `edited` says that the experiment to come
    is made by it.
    """

    trainer: Trainer | None = None
    setup: Setup | None = None
    answered: tuple[Pull, wire.Answer] | None = None
    edit: EditAnswer | None = None
    edited: bool = False


def prepare(dataset: Dataset, page: moves.Page) -> Trainer:
    """Return the training of the page: a new one, or as far as this session has brought it."""
    stage, before = session.part(Stage), session.part(Stage).trainer
    if before is not None and before.identity == identity(dataset, page.experiment):
        return before
    trainer = Trainer.of(dataset, page.experiment)
    if before is not None and page.goes_on_from is not None:
        trainer.go_on_from(before, page.goes_on_from)
    stage.trainer, stage.setup, stage.answered = trainer, None, None
    if not stage.edited:
        stage.edit = None
    stage.edited = False
    return trainer


def show(slots: list[int]) -> None:
    """Show the stage, at the start of the experiment or wherever this session has brought it."""
    stage = session.part(Stage)
    assert stage.trainer is not None, "it has been prepared"
    if stage.setup is None:
        stage.setup = setup(stage.trainer, slots)
    stage.answered = None
    _stage()


@st.fragment
def _stage() -> None:
    """Mount the component; a pull reruns this function alone."""
    session.rerun_if_moved()
    stage = session.part(Stage)
    trainer = stage.trainer
    assert trainer is not None, "it has been prepared"
    pull, answer = stage.answered or (None, None)
    comes_to_rest = pull is None or pull.exact is not None or trainer.state.epoch == trainer.epochs
    data = wire.StageData(
        assets=ASSETS_URL,
        experiment=trainer.identity,
        setup=None if pull is not None and pull.equipped else stage.setup,
        answer=answer,
        edit=stage.edit,
        trained=trainer.state.epoch,
        perSecond=trainer.pace,
        sentences=trainer.sentences() if comes_to_rest else None,
    )
    _component(
        key=KEY,
        data=data,
        on_pull_change=_pulled,
        on_go_on_change=_going_on,
        on_edit_change=_edited,
    )


def _pulled() -> None:
    """Answer a pull; one that belongs to an experiment no longer on the page gets no snapshots."""
    stage = session.part(Stage)
    pull = wire.read(Pull, session.said(KEY, "pull"))
    stage.answered = None
    if pull and stage.trainer and pull.experiment == stage.trainer.identity:
        stage.answered = pull, stage.trainer.answer(pull)


def _going_on() -> None:
    """Go on from an epoch: for twice as long, or at another learning rate."""
    trainer = session.part(Stage).trainer
    asked = wire.read(GoOn, session.said(KEY, "go_on"))
    if asked and trainer and asked.experiment == trainer.identity:
        epoch = min(max(asked.epoch, 0), trainer.state.epoch)
        session.put(moves.go_on(session.page(), epoch, asked.rate))


def _edited() -> None:
    """Change a reading as the chart says; what came of it goes back with the edit's number."""
    stage = session.part(Stage)
    edit = wire.read(Edit, session.said(KEY, "edit"))
    if edit is None or stage.trainer is None or edit.experiment != stage.trainer.identity:
        return
    page, said = table.on_chart(session.page(), stage.trainer.dataset, edit)
    session.put(page)
    stage.edit, stage.edited = EditAnswer(number=edit.number, said=said), said is None
