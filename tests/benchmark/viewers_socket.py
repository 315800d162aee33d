"""A viewer without a browser: Streamlit's own protocol over a websocket, and the stage in it."""

import json
from base64 import b64decode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

# Where Streamlit's browser side puts what a component says; one list for all it says at once.
TRIGGERS = "$$STREAMLIT_INTERNAL_KEY_{component}__events"


@dataclass(slots=True)
class Stage:
    """The stage as the server has mounted it: its data, those of its training, and what asks.

    `component` is the one that pulls, in a fragment of its own.
    """

    data: dict[str, Any] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    component: str = ""
    fragment: str = ""

    @property
    def recorded(self) -> NDArray[np.int32]:
        """The epochs that will be recorded, the last one last."""
        return epochs(self.data["setup"]["recorded"])


def epochs(text: str) -> NDArray[np.int32]:
    """Unpack epochs as the stage does."""
    return np.frombuffer(b64decode(text), dtype="<i4")


class Viewer:
    """One connection of one viewer."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.stage = Stage()
        self._received = 0
        self.session = ""  # its name, once the page has been opened

    async def open(self, query: str) -> Stage:
        """Open the page by a query; return the stage on it."""
        await self.run(query)
        while True:
            forward = await self.receive()
            if forward.WhichOneof("type") == "script_finished" and self.stage.component:
                return self.stage

    async def run(self, query: str) -> None:
        """Have the whole page run with a query, as a browser does first and when it goes back."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.is_history_navigation = True
        await self._socket.send(message.SerializeToString())

    async def tell(self, name: str, said: Mapping[str, object]) -> None:
        """Say something as what pulls for the stage, which reruns its fragment."""
        message = BackMsg()
        message.rerun_script.fragment_id = self.stage.fragment
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = TRIGGERS.format(component=self.stage.component)
        widget.json_trigger_value = json.dumps([{"event": name, "value": said}])
        await self._socket.send(message.SerializeToString())

    async def answer(self) -> dict[str, Any]:
        """Return the data of the next message of training."""
        before = self._received
        while self._received == before:
            await self.receive()
        return self.stage.training

    async def receive(self) -> ForwardMsg:
        """Receive one message; take note of it if it is for the stage."""
        forward = ForwardMsg()
        received = await self._socket.recv()
        assert isinstance(received, bytes), "Streamlit speaks in protocol buffers"
        forward.ParseFromString(received)
        if forward.WhichOneof("type") == "new_session":
            self.session = forward.new_session.initialize.session_id
        element = forward.delta.new_element
        if element.WhichOneof("type") == "bidi_component":
            component = element.bidi_component
            data = json.loads(component.json)
            if "setup" in data:
                self.stage.data = data
            elif "answer" in data:
                self.stage.training = data
                self.stage.component = component.id
                self.stage.fragment = forward.delta.fragment_id
                self._received += 1
        return forward


@asynccontextmanager
async def visiting(url: str, **headers: str) -> AsyncIterator[Viewer]:
    """Connect to a server as a new viewer, until the block ends."""
    address = url.replace("http", "ws", 1) + "_stcore/stream"
    protocols = [Subprotocol("streamlit")]
    connecting = connect(address, subprotocols=protocols, additional_headers=headers, max_size=None)
    async with connecting as socket:
        yield Viewer(socket)
