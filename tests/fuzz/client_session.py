"""Fuzz target: a client's connection over whole sessions, with a server that says any word at any moment and a clock that runs.

The input is a script; garbage on the wire is ``client``'s business. ``python -m tests.fuzz.client_session`` writes the seeds anew.
"""

from __future__ import annotations

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.client import ClientConnection, Purpose
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    ConnectionClosed,
    DataReceived,
    Event,
    PlayStarted,
    PublishStarted,
    VideoReceived,
)
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.states import ClientState
from powerstream_desktop.rtmp.url import RTMPURL
from tests.fuzz.harness import CORPUS
from tests.fuzz.script import MAX_STEPS, Script, piece_size

KEY = "the-secret-key"
TARGET = RTMPURL(scheme="rtmps", host="h", port=443, app="live")
HANDSHAKE = b"\x03" + bytes(2 * 1536)
CODES = (
    "NetConnection.Connect.Success", "NetStream.Publish.Start", "NetStream.Play.Start", "NetStream.Publish.BadName",
    "NetStream.Unpublish.Success", "NetStream.Play.UnpublishNotify", "NetConnection.Connect.ReconnectRequest",
    "NetConnection.Connect.Rejected", "NetStream.Data.Start", "",
)  # fmt: skip
LEVELS = ("status", "error", "", "warning")
TEXTS = (
    "", KEY, f"live/{KEY} is wrong", "x" * 499 + KEY, "\x1b[31m" + KEY[:4] + "\0" + KEY[4:], "authmod=adobe ?reason=needauth",
    "\u202egnorw", "x" * 6_000,
)  # fmt: skip
STATUS, RESULT, ERROR, NAMED, CONTROL, MEDIA, WAIT, STOP, SEND, CUT = range(10)
STEPS = 10
SAID_BYTES = 1024
"""More than what is said after any one read takes."""

ACCEPTED = f"{RESULT:02x}0100000000"
CREATED = f"{RESULT:02x}0400000001"
STARTED = f"{STATUS:02x}01000000"
LIVE = "00" + ACCEPTED + CREATED + STARTED
SEEDS = {
    "publish": LIVE + f"{SEND:02x}" * 3 + f"{STATUS:02x}04000000",
    "play": "01" + ACCEPTED + f"{RESULT:02x}0200000001" + f"{STATUS:02x}02000000" + f"{MEDIA:02x}010001af" + f"{STATUS:02x}05000000",
    "probe": "02" + ACCEPTED,
    "refused-with-the-key": "00" + ACCEPTED + CREATED + f"{STATUS:02x}03010200",
    "key-across-the-cut": "00" + ACCEPTED + CREATED + f"{STATUS:02x}03010300",
    "key-with-a-zero": "00" + f"{ERROR:02x}0107010400",
    "reconnect": LIVE + f"{STATUS:02x}06000000" * 3,
    "wrong-transactions": "00" + f"{RESULT:02x}0700000000" + ACCEPTED + f"{ERROR:02x}0303010000" + CREATED,
    "start-before-it-was-asked-for": "00" + STARTED + ACCEPTED + STARTED + CREATED + STARTED,
    "silent": "00" + f"{WAIT:02x}0a",
    "never-starts": "00" + ACCEPTED + CREATED + f"{WAIT:02x}0f",
    "stops": LIVE + f"{STOP:02x}" * 2,
    "pings": LIVE + f"{CONTROL:02x}0000000001" * 300,
    "endless-description": LIVE + f"{STATUS:02x}08000700",
}  # fmt: skip


class Session:
    """A client, what its server has said, and what must be true of both."""

    def __init__(self, purpose: Purpose) -> None:
        self.now = 100.0
        self.client = ClientConnection(TARGET, KEY, random_bytes=bytes, purpose=purpose)
        self.writer = ChunkWriter()
        self.heard = ChunkReader()
        self.events: list[Event] = []
        self._cut = 0
        self._reads = 0
        self._started = False
        self.client.start(self.now)
        self.client.data_to_send()
        self.client.receive_data(HANDSHAKE, self.now)
        self.heard.feed(self.client.data_to_send()[1536:])

    def hear(self, message: Message) -> None:
        """The server says something, in one piece or in several."""
        data = self.writer.write(message)
        size = piece_size(self._cut, len(data), reads=self._reads)
        for start in range(0, len(data), size):
            if self.client.closed:
                return
            self._reads += 1
            self._note(self.client.receive_data(data[start : start + size], self.now))

    def cut(self, size: int) -> None:
        """From now on the server's bytes come in pieces; 0 for whole messages."""
        self._cut = size

    def wait(self, seconds: float) -> None:
        """Time passes; a deadline that passes ends the connection."""
        until = self.now + seconds
        deadline = self.client.next_deadline()
        if deadline is None or deadline > until:
            self.now = until
            return
        self.now = max(self.now, deadline)
        self._note(self.client.handle_deadline(self.now))
        assert self.client.closed

    def send(self) -> None:
        """The stream goes on, if it may."""
        if self.client.state is ClientState.LIVE:
            self.client.send_message(9, int(self.now * 1000) & 0xFFFFFFFF, b"\x17\x01\0\0\0", 6)

    def check_words(self) -> None:
        """What the client says is RTMP, and bounded; what it tells holds no key."""
        said = self.client.data_to_send()
        assert len(said) <= SAID_BYTES * (self._reads + MAX_STEPS)
        self.heard.feed(said)
        assert KEY[:8] not in repr(self.events), "half a key is a key"
        assert len(repr(self.events)) <= 4096 * (len(self.events) + 1)

    def hang_up(self) -> None:
        """The server goes."""
        if self.client.state is ClientState.CLOSED:
            return
        last = self.client.receive_data(b"", self.now)
        assert isinstance(last[-1], ConnectionClosed)

    def _note(self, happened: list[Event]) -> None:
        self.events += happened
        for event in happened:
            if isinstance(event, PublishStarted | PlayStarted):
                assert not self._started, "started twice"
                self._started = True
            elif isinstance(event, AudioReceived | VideoReceived | DataReceived):
                assert self._started


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    session = parse(data)
    if session is not None:
        session.check_words()
        session.hang_up()


def parse(data: bytes) -> Session | None:
    """The session that the script describes, up to its end; None when the client has thrown the server out."""
    script = Script(data)
    session = Session(tuple(Purpose)[script.choice(len(Purpose))])
    try:
        while script.goes_on() and not session.client.closed:
            _step(script, session)
    except ProtocolError:
        assert session.client.closed
        assert session.client.data_to_send() == b""
        assert session.client.next_deadline() is None
        return None
    return session


def _step(script: Script, session: Session) -> None:
    match script.choice(STEPS):
        case 0:
            session.hear(_answer(script, "onStatus", 0))
        case 1:
            session.hear(_answer(script, "_result", script.choice(8)))
        case 2:
            session.hear(_answer(script, "_error", script.choice(8)))
        case 3:
            session.hear(_answer(script, ("onBWDone", "onFCPublish", "close", "")[script.choice(4)], 0))
        case 4:
            controls = (
                control.ping_request,
                control.window_ack_size,
                control.set_peer_bandwidth,
                control.stream_eof,
            )
            session.hear(controls[script.choice(len(controls))](script.number()))
        case 5:
            kind = (8, 9, 18, 15, 22)[script.choice(5)]
            session.hear(Message(kind, 1, script.byte(), script.block(script.choice(64)), 4 + kind % 3))
        case 6:
            session.wait(script.byte())
        case 7:
            session.client.stop(session.now)
        case 8:
            session.send()
        case _:
            session.cut(script.byte())


def _answer(script: Script, name: str, transaction: int) -> Message:
    """An answer or a status; where the info object stands is chosen as well, for servers do not agree on it."""
    code, level = CODES[script.choice(len(CODES))], LEVELS[script.choice(len(LEVELS))]
    text = TEXTS[script.choice(len(TEXTS))]
    number = script.byte()
    info: AMFValue = {
        "level": level,
        "code": code,
        "description": text,
        "tcUrl": text,
        "ex": {"redirect": text},
    }
    if number % 8 == 1:
        info = float(number)
    values = (info, None) if number % 16 == 2 else (None, info)
    return Message(20, number % 2, 0, amf0.encode(name, transaction, *values), 3)


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "client_session"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
