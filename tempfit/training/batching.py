"""Many viewers' training in one batch: whoever finds nobody at it trains for all who wait.

An epoch of a thousand runs takes hardly longer than an epoch of one, while threads that train
each on their own fight for Python's lock. So those who ask stand in line. The first of them who
finds that nobody trains takes the whole line and makes one stretch of training for all, as a
database commits a group of transactions at once. Whoever asks meanwhile is in the next stretch.

No thread of its own is needed: whoever asks has one, which would only wait. So nothing has to be
started, watched or ended; where nobody asks, nothing runs; and an error is raised in the thread
of the one whom it concerns.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition
from time import perf_counter
from typing import Final

from tempfit.training.history import History, State
from tempfit.training.loop import Task, stretch

STRETCH_SECONDS: Final = 0.1


@dataclass(slots=True, eq=False)
class _Request:
    """A task that stands in line, and what became of it."""

    task: Task
    outcome: tuple[State, History] | None = None
    error: Exception | None = None

    @property
    def answered(self) -> bool:
        """Whether the caller can have what it waits for."""
        return self.outcome is not None or self.error is not None


class Batcher:
    """Train for all who ask at the same moment, for at most `seconds` at a time."""

    def __init__(
        self, seconds: float = STRETCH_SECONDS, clock: Callable[[], float] = perf_counter
    ) -> None:
        self._seconds = seconds
        self._clock = clock
        self._changed = Condition()
        self._line: list[_Request] = []
        self._training = False

    def train(self, task: Task) -> tuple[State, History]:
        """Train a task for one stretch, and return its new state and the snapshots passed.

        Any number of threads may call. Each waits for the rest of one stretch of others at most.
        """
        request = _Request(task)
        if group := self._turn(request):
            try:
                self._serve(group)
            finally:
                self._hand_over(group, request)
        if request.error is not None:
            raise request.error
        assert request.outcome is not None, "a turn ends with an answer"
        return request.outcome

    def _turn(self, request: _Request) -> list[_Request]:
        """Wait in line until the request is answered, or the caller is to train for all in it.

        Returns the requests of those, its own among them, or none. A caller that something is
        raised in while it waits leaves the line.
        """
        with self._changed:
            self._line.append(request)
            try:
                self._changed.wait_for(lambda: request.answered or not self._training)
            except BaseException:
                self._line = [other for other in self._line if other is not request]
                raise
            if request.answered:
                return []
            self._training = True
            group, self._line = self._line, []
            return group

    def _hand_over(self, group: Sequence[_Request], own: _Request) -> None:
        """Let the next in line train, with those who are not answered as the leader gave up."""
        with self._changed:
            self._training = False
            left = [request for request in group if request is not own and not request.answered]
            self._line = [*left, *self._line]
            self._changed.notify_all()

    def _serve(self, group: Sequence[_Request]) -> None:
        """Train for a group: those with the same number of rows in one batch, each in its share."""
        batches: dict[int, list[_Request]] = {}
        for request in group:
            batches.setdefault(len(request.task.problem.target), []).append(request)
        for batch in batches.values():
            self._stretch(batch, self._seconds / len(batches))

    def _stretch(self, batch: Sequence[_Request], seconds: float) -> None:
        """Train a batch; where that fails, each of it alone, to find whose error it is."""
        try:
            outcomes = stretch([request.task for request in batch], seconds, self._clock)
        except Exception as error:  # noqa: BLE001 - it is raised in the thread that asked for it
            if len(batch) == 1:
                batch[0].error = error
            else:
                for request in batch:
                    self._stretch([request], seconds / len(batch))
            return
        for request, outcome in zip(batch, outcomes, strict=True):
            request.outcome = outcome


everyone: Final = Batcher()
