"""A run is kept from its row without a stir; what was trained before is named, and can be kept."""

from playwright.sync_api import expect

from tempfit import thermometer
from tempfit.training.experiment import Experiment
from tests.browser.conftest import Open
from tests.browser.frames import Row, trained
from tests.browser.stage import Stage

SHORT = Experiment(epochs=60, compare=(1e-3,))


def row_of(stage: Stage, rate: str) -> Row:
    row = stage.page.locator(f"[data-testid=run][data-learning-rate='{rate}']")
    data: dict[str, str] = row.evaluate("row => ({ ...row.dataset })")
    return Row.read(data)


def test_keeping_a_run_leaves_stage_and_training_as_they_are(visit: Open) -> None:
    stage: Stage = visit()
    stage.load(SHORT)
    stage.press("To the end")
    stage.is_at_the_end(SHORT)
    stage.watch()
    stage.rows.first.hover()
    stage.press("Keep 0.01")
    expect(stage.button("Keep 0.01")).to_have_attribute("aria-pressed", "true")
    expect(stage.page.get_by_text("Kept runs")).to_be_visible()
    stage.assert_shows(SHORT, SHORT.epochs)
    assert stage.page.evaluate("watch.strangers") == 0
    # The slider moves on, and the run stays.
    stage.page.get_by_role("slider", name="Learning rate").press("ArrowLeft")
    expect(stage.rows).to_have_count(3)
    assert row_of(stage, "0.01").status
    stage.press("Keep 0.01")
    expect(stage.rows).to_have_count(2)


def test_what_was_trained_before_is_named_and_kept_at_the_epoch_shown(visit: Open) -> None:
    stage: Stage = visit()
    first = Experiment(epochs=60)
    stage.load(first)
    stage.press("To the end")
    stage.is_at_the_end(first)
    stage.page.get_by_role("slider", name="Feature scale").press("ArrowLeft")
    stage.is_at(0)
    scale = float(stage.page.evaluate("new URLSearchParams(location.search).get('scale')"))
    expect(stage.page.get_by_text("before: 0.01 · scale 0.1", exact=True)).to_be_visible()
    stage.press("To the end")
    stage.is_at(60)
    moved = Experiment(epochs=60, feature_scale=scale)
    both = Experiment(epochs=60, feature_scale=scale, kept=first.runs(thermometer()))
    stage.assert_shows(moved, 60)
    stage.press("Keep 0.01 from before")
    expect(stage.rows).to_have_count(2)
    stage.is_at(60)  # both are trained at once up to where the stage stood
    stage.assert_shows(both, 60)
    assert trained(both, 60).loss.shape == (2, 1)
