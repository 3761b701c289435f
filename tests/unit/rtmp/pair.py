"""The peers of the connection tests: both of our ends joined in memory, and peers that are nothing but scripts.

Time is a number that the test moves. The handshake's random bytes are zeros.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.chunks import COMMAND_CSID, ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.client import ClientConnection, Purpose
from powerstream_desktop.rtmp.commands import parse_command, parse_data
from powerstream_desktop.rtmp.connection import Connection
from powerstream_desktop.rtmp.events import ConnectRequested, Event, PlayRequested, PublishRequested
from powerstream_desktop.rtmp.handshake import ClientHandshake, ServerHandshake
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS, Limits
from powerstream_desktop.rtmp.messages import Message, MessageType
from powerstream_desktop.rtmp.server import ServerConnection
from powerstream_desktop.rtmp.status import parse_info
from powerstream_desktop.rtmp.url import RTMPURL

TARGET = RTMPURL(scheme="rtmp", host="127.0.0.1", port=1935, app="live")
KEY = "secret-key-1234"
YES, NO = True, False
"""As AMF values, which have no names that could say what they mean."""

KEY_FRAME = bytes.fromhex("1701000050000000026588")
SOUND = bytes.fromhex("af0121")

_CONTROL_NAMES = {
    1: "SetChunkSize",
    2: "Abort",
    3: "Acknowledgement",
    5: "WindowAckSize",
    6: "SetPeerBandwidth",
}
_USER_EVENTS = {0: "StreamBegin", 1: "StreamEOF", 3: "SetBufferLength", 6: "PingRequest", 7: "PingResponse"}


def command(
    name: str, transaction: float, *values: AMFValue, stream_id: int = 0, csid: int = COMMAND_CSID
) -> Message:
    """A command message as a peer would send it."""
    return Message(20, stream_id, 0, amf0.encode(name, transaction, *values), csid)


def video(timestamp: int, payload: bytes = KEY_FRAME, stream_id: int = 1) -> Message:
    return Message(9, stream_id, timestamp, payload, 6)


def audio(timestamp: int, payload: bytes = SOUND, stream_id: int = 1) -> Message:
    return Message(8, stream_id, timestamp, payload, 4)


def describe(message: Message) -> str:
    """One line that a test can compare: what a message says."""
    numbers = [n for (n,) in struct.iter_unpack(">I", message.payload[: len(message.payload) // 4 * 4])]
    if message.type in _CONTROL_NAMES:
        return f"{_CONTROL_NAMES[message.type]} {numbers[0]}"
    if message.type == MessageType.USER_CONTROL:
        event = int.from_bytes(message.payload[:2], "big")
        values = [str(n) for (n,) in struct.iter_unpack(">I", message.payload[2:])]
        return " ".join([_USER_EVENTS[event], *values])
    if message.type == MessageType.DATA_AMF0:
        data = parse_data(message)
        return f"{data.name if data else '?'} on {message.stream_id}"
    if message.type != MessageType.COMMAND_AMF0:
        return (
            f"type {message.type}: {len(message.payload)} bytes on {message.stream_id} at {message.timestamp}"
        )
    parsed = parse_command(message)
    assert parsed is not None
    code = parse_info(parsed.argument(0)).code if isinstance(parsed.argument(0), dict) else ""
    where = f" on {message.stream_id}" if message.stream_id else ""
    return f"{parsed.name}({parsed.transaction}){where} {code}".rstrip()


class ScriptedClient:
    """A client that sends what a test tells it to a ``ServerConnection``, which accepts everything unless told otherwise."""

    def __init__(self, *, limits: Limits = DEFAULT_LIMITS, accepts: bool = True) -> None:
        self.now = 100.0
        self.accepts = accepts
        self.server = ServerConnection(now=self.now, random_bytes=bytes, limits=limits)
        self.writer = ChunkWriter()
        self.reader = ChunkReader()

    def shake_hands(self) -> list[Event]:
        """Do the simple handshake in one go."""
        handshake = ClientHandshake(bytes)
        events = self.receive(handshake.start())
        answer = handshake.receive(self.server.data_to_send())
        return events + self.receive(answer)

    def connect(self, app: str = "live", **members: AMFValue) -> list[Event]:
        """Shake hands and connect; the replies are forgotten."""
        self.shake_hands()
        events = self.send(command("connect", 1, {"app": app, "tcUrl": f"rtmp://h/{app}", **members}))
        self.replies()
        return events

    def publish(self, name: str = "key") -> list[Event]:
        """Connect, make a stream and publish; the replies are forgotten."""
        self.connect()
        self.send(command("createStream", 2, None))
        events = self.send(command("publish", 3, None, name, "live", stream_id=1))
        self.replies()
        return events

    def play(self, name: str = "key") -> list[Event]:
        """Connect, make a stream and play; the replies are forgotten."""
        self.connect()
        self.send(command("createStream", 2, None))
        events = self.send(command("play", 3, None, name, stream_id=1))
        self.replies()
        return events

    def send(self, *messages: Message) -> list[Event]:
        """Send messages in one write."""
        return self.receive(b"".join(self.writer.write(message) for message in messages))

    def receive(self, data: bytes) -> list[Event]:
        """Let the server receive bytes, answer its requests, and let it go on with what it held back."""
        events = self.server.receive_data(data, self.now)
        return events + settle(self.server, events, self.now, accepts=self.accepts)

    def replies(self) -> list[str]:
        """What the server has said since the last call."""
        return [describe(message) for message in self.reader.feed(self.server.data_to_send())]


def settle(server: ServerConnection, events: list[Event], now: float, *, accepts: bool = True) -> list[Event]:
    """Answer the requests among ``events`` and let the server process what it held back; give the events of that."""
    more: list[Event] = []
    if accepts:
        accept_requests(server, events)
    while (
        accepts and not server.closed and (deadline := server.next_deadline()) is not None and deadline <= now
    ):
        held = server.handle_deadline(now)
        accept_requests(server, held)
        more += held
        if not held and server.next_deadline() == deadline:
            break
    return more


def accept_requests(server: ServerConnection, events: Iterable[Event]) -> None:
    """Accept every request among ``events``."""
    for event in events:
        match event:
            case ConnectRequested(request_id=request_id):
                server.accept_connect(request_id)
            case PublishRequested(request_id=request_id):
                server.accept_publish(request_id)
            case PlayRequested(request_id=request_id):
                server.accept_play(request_id)


class ScriptedServer:
    """A server that says what a test tells it to a ``ClientConnection``."""

    def __init__(self, client: ClientConnection | None = None, *, purpose: Purpose = Purpose.PUBLISH) -> None:
        self.now = 100.0
        self.client = client or ClientConnection(TARGET, KEY, random_bytes=bytes, purpose=purpose)
        self.writer = ChunkWriter()
        self.reader = ChunkReader()

    def shake_hands(self) -> list[Event]:
        """Start the client and answer its handshake."""
        handshake = ServerHandshake(bytes)
        self.client.start(self.now)
        events = self.receive(handshake.receive(self.client.data_to_send()))
        # The client's C2 and its connect come in one write; the connect stays in the reader.
        handshake.receive(said := self.client.data_to_send())
        self.said = [describe(message) for message in self.reader.feed(handshake.leftover)]
        assert handshake.done, f"{len(said)} bytes are no handshake"
        return events

    def accept_connect(self) -> list[Event]:
        """Shake hands and accept ``connect``."""
        self.shake_hands()
        return self.send(result(1, {"fmsVer": "FMS/3,0,1,123"}, success("NetConnection.Connect.Success")))

    def go_live(self) -> list[Event]:
        """Accept everything up to the start of publishing or playing; what the client said is forgotten."""
        self.accept_connect()
        publishing = "createStream(4)" in self.asked()
        self.send(result(4 if publishing else 2, None, 1))
        code = "NetStream.Publish.Start" if publishing else "NetStream.Play.Start"
        events = self.send(on_status(code))
        self.asked()
        return events

    def send(self, *messages: Message) -> list[Event]:
        """Send messages in one write."""
        return self.receive(b"".join(self.writer.write(message) for message in messages))

    def receive(self, data: bytes) -> list[Event]:
        """Let the client receive bytes."""
        return self.client.receive_data(data, self.now)

    def asked(self) -> list[str]:
        """What the client has said since the last call."""
        return [describe(message) for message in self.reader.feed(self.client.data_to_send())]


def connect_object_of(client: ClientConnection) -> dict[str, AMFValue]:
    """What a client says in its connect."""
    server, handshake = ScriptedServer(client), ServerHandshake(bytes)
    client.start(server.now)
    server.receive(handshake.receive(client.data_to_send()))
    handshake.receive(client.data_to_send())
    connect = amf0.decode_all(server.reader.feed(handshake.leftover)[-1].payload)[2]
    assert isinstance(connect, dict)
    return connect


# The way to the start.


def result(transaction: float, *values: AMFValue) -> Message:
    """A server's positive answer."""
    return command("_result", transaction, *values)


def success(code: str) -> dict[str, AMFValue]:
    """An info object that says yes."""
    return {"level": "status", "code": code, "description": ""}


def failure(code: str, description: str = "") -> dict[str, AMFValue]:
    """An info object that says no."""
    return {"level": "error", "code": code, "description": description}


def on_status(
    code: str, *, level: str | None = "status", stream_id: int = 1, description: str = "", **more: AMFValue
) -> Message:
    """A server's status message."""
    info: dict[str, AMFValue] = {"code": code, "description": description, **more}
    if level is not None:
        info["level"] = level
    return command("onStatus", 0, None, info, stream_id=stream_id, csid=5)


class ConnectionPair:
    """Our client and our server joined back to back; the server accepts everything unless told otherwise."""

    def __init__(
        self, client: ClientConnection, *, accepts: bool = True, piece_size: int | None = None
    ) -> None:
        self.now = 100.0
        self.client = client
        self.server = ServerConnection(now=self.now, random_bytes=bytes)
        self.accepts = accepts
        self.piece_size = piece_size
        self.client_events: list[Event] = []
        self.server_events: list[Event] = []

    def start(self) -> None:
        """Start the client and let both talk until they have nothing more to say."""
        self.client.start(self.now)
        self.exchange()

    def exchange(self) -> None:
        """Carry bytes both ways until there are none."""
        while True:
            to_server, to_client = self.client.data_to_send(), self.server.data_to_send()
            if not to_server and not to_client:
                return
            for piece in self._pieces(to_server):
                events = self.server.receive_data(piece, self.now)
                self.server_events += events + settle(self.server, events, self.now, accepts=self.accepts)
            for piece in self._pieces(to_client):
                self.client_events += self.client.receive_data(piece, self.now)

    def hang_up(self, *, on: Connection) -> list[Event]:
        """Let one end see the end of its input."""
        return on.receive_data(b"", self.now)

    def _pieces(self, data: bytes) -> list[bytes]:
        size = self.piece_size or max(len(data), 1)
        return [data[i : i + size] for i in range(0, len(data), size)]
