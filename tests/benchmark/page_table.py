"""The table of what a viewer sees: a line a number, with the target that it is held to."""

import statistics
from dataclasses import dataclass

Numbers = dict[str, float]


@dataclass(frozen=True)
class Line:
    """One row of the table: a number, how it is written, and the target it is held to."""

    text: str
    key: str
    form: str
    at_most: float | None = None
    at_least: float | None = None
    worst: bool = False

    def judge(self, rounds: list[float]) -> float:
        """Return the number that counts."""
        return max(rounds) if self.worst else statistics.median(rounds)

    def met(self, value: float) -> bool:
        """Tell whether a number is within the target."""
        low = -float("inf") if self.at_least is None else self.at_least
        high = float("inf") if self.at_most is None else self.at_most
        return low <= value <= high

    @property
    def target(self) -> str:
        """The target in words."""
        if self.at_least is not None:
            return f"≥ {self.at_least:.0%}"
        return "" if self.at_most is None else f"≤ {self.at_most:g}" if self.at_most else "0"


LINES = (
    Line("idle animation frames per second", "idle", ".1f"),
    Line("click to first moving frame, s", "first", ".2f", at_most=0.5),
    Line("first to last moving frame, s", "seconds", ".1f"),
    Line("moving frames", "frames", ".0f"),
    Line("distinct pictures", "pictures", ".0f"),
    Line("moving frames per second", "rate", ".1f"),
    Line("share of the idle rate", "share", ".1%", at_least=0.9),
    Line("longest gap between moving frames, ms", "gap", ".0f", at_most=100),
    Line("blank frames, worst round", "blank", ".0f", at_most=0, worst=True),
    Line("remounts, worst round", "remounts", ".0f", at_most=0, worst=True),
    Line("browser CPU a moving frame, ms", "drawing", ".1f"),
    Line("websocket, opening the page, kB", "opened", ".1f"),
    Line("websocket, click to end, both ways, kB", "bytes", ".1f", at_most=150),
    Line("messages received", "messages", ".0f"),
    Line("server CPU a second while nothing happens, ms", "resting", ".0f"),
    Line("server CPU, click to end, ms", "cpu", ".0f"),
    Line("… of it training, ms", "training", ".0f"),
    Line("pulls", "pulls", ".0f"),
    Line("server CPU a pull beyond training and rest, ms", "overhead", ".1f", at_most=15),
    Line("… of it packing the answer, ms", "answer", ".1f"),
    Line("… of it saying how training stands, ms", "standing", ".1f"),
    Line("console messages, worst round", "complaints", ".0f", at_most=0, worst=True),
)


def table(columns: dict[str, bool], rounds: list[list[Numbers]]) -> bool:
    """Print the table, a column each; return whether those held to the targets meet them."""
    first, *_ = columns
    print(f"| | {' | '.join(columns)} | target | {first}, each round |")
    print("|---|" + "--:|" * (len(columns) + 1) + "---|")
    missed = []
    for line in LINES:
        shown = []
        for (name, held), each in zip(columns.items(), rounds, strict=True):
            values = [one[line.key] for one in each if line.key in one]
            met = not held or line.met(line.judge(values))
            text = format(line.judge(values), line.form) if values else ""
            shown.append(text if met else f"**{text}**")
            if not met:
                missed.append(f"{line.text} ({name})")
        each_round = ", ".join(format(one[line.key], line.form) for one in rounds[0])
        print(f"| {line.text} | {' | '.join(shown)} | {line.target} | {each_round} |")
    print(f"\nMissed: {'; '.join(missed)}." if missed else "\nEvery target was met.")
    return not missed
