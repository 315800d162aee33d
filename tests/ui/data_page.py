"""The page without a browser, with what it shows of its readings."""

import base64

import numpy as np

from tempfit.data.sources import OWN

from .conftest import Page


class DataPage(Page):
    """The page, with what it shows of the data."""

    @property
    def x(self) -> list[float]:
        """The readings that are drawn."""
        packed = base64.b64decode(self.stage["setup"]["x"])
        drawn: list[float] = np.frombuffer(packed, "<f4").tolist()
        return drawn

    @property
    def titles(self) -> tuple[str, str]:
        fit = self.stage["setup"]["fit"]
        return fit["xTitle"], fit["yTitle"]

    @property
    def said(self) -> str:
        """What is said of the data, with the markup that it is written in."""
        return self.html("tempfit-data")

    @property
    def refusal(self) -> str:
        return self.html("tempfit-refusal")

    def html(self, name: str) -> str:
        bodies = [part.proto.body for part in self.app.get("html")]
        return next((str(body) for body in bodies if f"='{name}'" in body), "")

    @property
    def presets(self) -> list[str]:
        return list(self.control("Preset").options)

    def upload(self, content: bytes, name: str = "readings.csv") -> None:
        if self.control("Data").value != OWN.name:
            self.set("Data", OWN.name)
        self.app.file_uploader[0].set_value((name, content, "text/csv"))
        self.run()

    def paste(self, text: str) -> None:
        self.app.text_area[0].set_value(text)
        self.run()
