"""Load the readings of the page once, and find where to start with them."""

from tempfit.data.dataset import Dataset
from tempfit.data.sources import THERMOMETER
from tempfit.lesson.ran import dataset_of
from tempfit.own import Own
from tempfit.page import Page
from tempfit.theory.starting import Start, starting
from tempfit.ui import session
from tempfit.ui.readings.loaded import Loaded


def loaded(page: Page) -> tuple[Dataset, Start | None]:
    """Return the readings of a page and where to start, the same objects while they stay."""
    kept = session.part(Loaded)
    wanted = page.readings
    if kept.dataset is None or kept.loaded_from != wanted:
        kept.loaded_from = wanted
        kept.dataset = wanted.pair.dataset if isinstance(wanted, Own) else dataset_of(wanted)
        kept.start = None if wanted == THERMOMETER else starting(kept.dataset)
    return kept.dataset, kept.start
