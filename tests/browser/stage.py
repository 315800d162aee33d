"""The page in a browser, by what is on the screen, in the language that the test speaks."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tempfit import page as moves
from tempfit import page_link, thermometer
from tempfit.training.experiment import Experiment
from tempfit.words import say
from tests.browser.frames import Frame, Row, assert_numbers, trained

WATCH = (Path(__file__).parent / "watch.js").read_text()
# An experiment that no test is about: from it, every other is another one.
NOTHING = Experiment(epochs=1, learning_rate=1e-9)


def address(experiment: Experiment) -> str:
    """Return the experiment as the part of a URL from the question mark on."""
    return query_of(moves.Page(experiment))


def query_of(page: moves.Page) -> str:
    """Return the page as the part of a URL from the question mark on."""
    return f"?{urlencode(page_link.to_parameters(page), doseq=True)}"


class Stage:
    """A page that shows experiments."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.sent = 0  # requests for more training
        page.on("websocket", lambda socket: socket.on("framesent", self._count))

    def _count(self, message: str | bytes) -> None:
        text = message if isinstance(message, bytes) else message.encode()
        self.sent += b'"until"' in text

    # Going somewhere.

    def load(self, experiment: Experiment | str) -> None:
        """Load the page anew with an experiment, or with any query."""
        query = experiment if isinstance(experiment, str) else address(experiment)
        self.page.goto(self.url + query)
        self.rows.first.wait_for()
        self.settled()

    def follow(self, experiment: Experiment) -> None:
        """Change the address of the loaded page, as Back and Forward do."""
        self.follow_query(address(experiment))
        self.has(experiment)

    def follow_query(self, query: str) -> None:
        self.page.evaluate(
            "query => { history.pushState(null, '', location.pathname + query);"
            " dispatchEvent(new PopStateEvent('popstate')); }",
            query,
        )

    def reset(self) -> None:
        """Leave whatever is shown, and choose what is chosen when the page opens."""
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size({"width": 1280, "height": 720})
        self.page.evaluate(
            """() => {
              document.activeElement?.blur();
              document.querySelector(".stMain")?.scrollTo(0, 0);
              for (const select of document.querySelectorAll("select[data-choice]")) {
                const standard = [...select.options].find((option) => option.defaultSelected);
                select.value = (standard ?? select.options[0]).value;
                select.dispatchEvent(new Event("change"));
              }
              const checked = document.querySelectorAll("input[data-choice]:checked");
              for (const box of checked) box.click();
            }"""
        )
        self.follow(NOTHING)
        self.page.evaluate(
            "() => [...document.querySelectorAll('.tempfit-stage button')]"
            ".find((button) => button.textContent === '✕ before')?.click()"
        )

    def has(self, experiment: Experiment) -> None:
        """Wait until the stage is at the start of an experiment."""
        # While Streamlit moves the stage to another place on the page, there are two of it.
        expect(self.page.locator(".of").last).to_have_text(f"of {experiment.epochs:,}")
        expect(self.rows).to_have_count(len(experiment.runs(thermometer())))
        self.page.wait_for_function(
            "rates => [...document.querySelectorAll('[data-testid=run]')]"
            ".every((row, i) => Number(row.dataset.learningRate) === rates[i])",
            arg=[run.learning_rate for run in experiment.runs(thermometer())],
        )
        expect(self.epoch_shown).to_have_text("0")
        self.settled()
        self.page.wait_for_function(
            """x => [...document.querySelectorAll(".js-plotly-plot")]
              .some(({ data }) => data?.[0]?.name === "Readings"
                && String(data[0].x) === String(Float32Array.from(x)))""",
            arg=thermometer().x.tolist(),
        )

    def settled(self) -> None:
        """Wait until the charts are drawn."""
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.js-plotly-plot')]"
            ".filter((plot) => plot.querySelector('.main-svg')).length >= 2"
        )

    # What is there.

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=say(name), exact=True)

    @property
    def rows(self) -> Locator:
        return self.page.get_by_test_id("run")

    @property
    def epoch_shown(self) -> Locator:
        return self.page.get_by_test_id("epoch")

    @property
    def scrubber(self) -> Locator:
        return self.page.get_by_label(say("Show epoch"))

    @property
    def epoch(self) -> int:
        return int(self.epoch_shown.inner_text())

    def shown(self) -> Frame:
        """Return what is on the screen now."""
        self.page.evaluate(WATCH)
        self.frames_pass(1)
        return self.watched()[-1]

    def plot(self, title: str) -> dict[str, Any]:
        """Return the traces and the layout of the chart of this title, as Plotly has them."""
        found: dict[str, Any] = self.page.evaluate(
            """title => {
              const plots = [...document.querySelectorAll(".js-plotly-plot")];
              const plot = plots.find((plot) => plot.layout.title.text === title);
              const { data, layout } = plot;
              return JSON.parse(JSON.stringify({ data: data.map((trace) => ({ ...trace,
                x: Array.from(trace.x), y: Array.from(trace.y) })), layout }));
            }""",
            title,
        )
        return found

    # What is done.

    def press(self, name: str) -> None:
        self.button(name).click()

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)

    def choose(self, label: str, option: str) -> None:
        choice = self.page.get_by_role("combobox", name=say(label), exact=True)
        choice.select_option(label=say(option))

    def train(self, speed: str = "Fast") -> None:
        self.choose("Speed", speed)
        self.press("Train")

    def reach(self, epoch: int) -> None:
        """Wait until the stage shows this epoch or a later one."""
        self.page.wait_for_function(
            "epoch => Number(document.querySelector('[data-testid=epoch]').textContent) >= epoch",
            arg=epoch,
        )

    def is_at(self, epoch: int) -> None:
        """Wait until the stage shows this epoch."""
        expect(self.epoch_shown).to_have_text(str(epoch))

    def is_at_the_end(self, experiment: Experiment) -> None:
        """Wait until the stage has come to rest at the last epoch."""
        self.is_at(experiment.epochs)
        expect(self.page.locator("[data-state=finished]")).to_be_visible()

    def finish(self, experiment: Experiment) -> None:
        """Change to an experiment, and train it to its end."""
        self.follow(experiment)
        self.press("To the end")
        self.is_at_the_end(experiment)

    def at_rest(self) -> None:
        """Wait until Plotly has drawn what the canvases have shown."""
        expect(self.page.locator(".js-plotly-plot.moving")).to_have_count(0)

    def frames_pass(self, count: int) -> None:
        """Let so many animation frames pass."""
        self.page.evaluate(
            "count => new Promise((resolve) => {"
            " const tick = () => (count-- > 0 ? requestAnimationFrame(tick) : resolve());"
            " requestAnimationFrame(tick); })",
            count,
        )

    # What was seen.

    def watch(self) -> None:
        """Note from now on what every frame shows."""
        self.page.evaluate(WATCH)

    def watched(self) -> list[Frame]:
        """Return what the frames since `watch` have shown."""
        frames = self.page.evaluate("watch.frames")
        return [
            Frame(int(frame["epoch"]), tuple(map(Row.read, frame["runs"])), frame["charts"])
            for frame in frames
        ]

    def assert_shows(self, experiment: Experiment, epoch: int) -> None:
        """Check that epoch and numbers on the screen are those that `fit` finds."""
        frame = self.shown()
        assert frame.epoch == epoch
        assert_numbers(frame.rows, trained(experiment, epoch), 0)
