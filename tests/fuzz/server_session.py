"""Fuzz target: a server's connection over whole sessions, with an application that takes its time and a clock that runs.

The input is a script of what the client says, how it is cut, what the application answers and when. Garbage on the wire is
``server``'s business; here the messages are whole and the order is wild. ``python -m tests.fuzz.server_session`` writes the seeds
anew.
"""

from __future__ import annotations

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    ConnectionClosed,
    ConnectRequested,
    DataReceived,
    Event,
    FinishReason,
    PlayFinished,
    PlayRequested,
    PublishFinished,
    PublishRequested,
    VideoReceived,
)
from powerstream_desktop.rtmp.messages import Message, MessageType
from powerstream_desktop.rtmp.server import ServerConnection
from tests.fuzz.harness import CORPUS
from tests.fuzz.script import Script, piece_size

HANDSHAKE = b"\x03" + bytes(2 * 1536)
COMMANDS = (
    "connect", "createStream", "publish", "play", "FCPublish", "releaseStream", "FCUnpublish", "closeStream", "deleteStream",
    "pause", "seek", "receiveAudio", "receiveVideo", "getStreamLength", "_checkbw", "_result",
)  # fmt: skip
NAMES = ("key", "other", "key?x=1", "rtmp://h/live/key", "", True, False, None, 1.0, float("nan"))
PAYLOADS = (b"\x17\x01\0\0\0key", b"\x27\x01\0\0\0", b"\xaf\x01x", b"\x17\0", b"", b"\xd1\0", b"\x97\xff")
SAY, MEDIA, CONTROL, ACCEPT, REJECT, WAIT, END, AGGREGATE, CUT = range(9)
STEPS = 9
REPLY_BYTES = 512
"""More than what is said after any one read takes."""

CONNECT, CREATE = f"{SAY:02x}00000000", f"{SAY:02x}01000002"
PUBLISH, PLAY = f"{SAY:02x}02010003", f"{SAY:02x}03010003"
GOODBYE, DELETE = f"{SAY:02x}06010004", f"{SAY:02x}08010700"
YES, NO = f"{ACCEPT:02x}", f"{REJECT:02x}"
PICTURE = f"{MEDIA:02x}01000100000028"
ON_AIR = CONNECT + YES + CREATE + PUBLISH + YES + PICTURE
SEEDS = {
    "publish": ON_AIR + PICTURE * 3 + GOODBYE + DELETE,
    "publish-refused": CONNECT + YES + CREATE + PUBLISH + NO,
    "connect-refused": CONNECT + NO + CREATE,
    "hurried": CONNECT + CREATE + PUBLISH + PICTURE * 4 + YES + YES,
    "play": CONNECT + YES + CREATE + PLAY + YES + f"{SAY:02x}09010505" + f"{WAIT:02x}28" * 3,
    "publish-twice": ON_AIR + CREATE + PUBLISH + f"{SAY:02x}02020003" + YES + PICTURE,
    "publish-false": ON_AIR + f"{SAY:02x}02010605" + PUBLISH + YES,
    "taken-over": ON_AIR + f"{END:02x}01" + PICTURE,
    "idle": CONNECT + YES + f"{WAIT:02x}14",
    "silent-publisher": CONNECT + YES + PUBLISH + YES + f"{WAIT:02x}0a",
    "publisher-falls-silent": ON_AIR + f"{WAIT:02x}1e",
    "streams": CONNECT + YES + CREATE * 20,
    "aggregate": ON_AIR + f"{AGGREGATE:02x}0103",
    "controls": CONNECT + YES + "".join(f"{CONTROL:02x}{kind:02x}0000000101" for kind in range(6)),
    "in-pieces": f"{CUT:02x}01" + ON_AIR + GOODBYE,
    "publishes-and-plays": ON_AIR + CREATE + f"{SAY:02x}03020003" + YES + f"{END:02x}02" + PICTURE,
}


class Session:
    """A server, what its client has said, and what must be true of both."""

    def __init__(self) -> None:
        self.now = 100.0
        self.server = ServerConnection(now=self.now, random_bytes=bytes)
        self.writer = ChunkWriter()
        self.replies = ChunkReader()
        self.events: list[Event] = []
        self.waiting: Event | None = None
        self.publishing: set[int] = set()
        self.playing: set[int] = set()
        self._cut = 0
        self._reads = 0
        self.server.receive_data(HANDSHAKE, self.now)
        self.server.data_to_send()

    def hear(self, message: Message) -> None:
        """The client says something, in one piece or, after a ``cut``, in several."""
        data = self.writer.write(message)
        size = piece_size(self._cut, len(data), reads=self._reads)
        for start in range(0, len(data), size):
            if self.server.closed:
                return
            self._reads += 1
            self._note(self.server.receive_data(data[start : start + size], self.now))

    def cut(self, size: int) -> None:
        """From now on the client's bytes come in pieces; 0 for whole messages."""
        self._cut = size

    def wait(self, seconds: float) -> None:
        """Time passes; deadlines are kept to the point."""
        until = self.now + seconds
        for _ in range(10):
            deadline = self.server.next_deadline()
            if deadline is None or deadline > until:
                self.now = until
                return
            self.now = max(self.now, deadline)
            self._note(self.server.handle_deadline(self.now))
            if self.server.closed:
                return
        raise AssertionError("the deadline does not move")

    def answer(self, *, accept: bool) -> None:
        """The application answers what waits."""
        request, self.waiting = self.waiting, None
        match request:
            case ConnectRequested(request_id=number) if accept:
                self.server.accept_connect(number)
            case ConnectRequested(request_id=number):
                self.server.reject_connect(number, "NetConnection.Connect.Rejected", "no")
            case PublishRequested(request_id=number, stream_id=stream_id) if accept:
                self.server.accept_publish(number)
                self.publishing.add(stream_id)
            case PublishRequested(request_id=number):
                self.server.reject_publish(number, "NetStream.Publish.BadName", "no")
            case PlayRequested(request_id=number, stream_id=stream_id) if accept:
                self.server.accept_play(number)
                self.playing.add(stream_id)
            case PlayRequested(request_id=number):
                self.server.reject_play(number, "NetStream.Play.StreamNotFound", "no")
        self.wait(0)

    def end(self, stream_id: int) -> None:
        """The application ends a stream."""
        if self.server.closed or self.waiting is not None:
            return
        if stream_id in self.publishing:
            self.publishing.discard(stream_id)
            self.server.unpublish(stream_id)
        elif stream_id in self.playing:
            self.playing.discard(stream_id)
            self.server.end_play(stream_id)

    def check_replies(self) -> None:
        """What the server says is RTMP, and bounded by what it was told."""
        said = self.server.data_to_send()
        assert len(said) <= REPLY_BYTES * (self._reads + 16)
        self.replies.feed(said)

    def hang_up(self) -> None:
        """The client goes: whatever was under way is reported, the end last."""
        if self.server.state.name == "CLOSED":
            return
        last = self.server.receive_data(b"", self.now)
        assert isinstance(last[-1], ConnectionClosed)
        self._note(last)
        assert not self.publishing
        assert not self.playing

    def _note(self, happened: list[Event]) -> None:
        self.events += happened
        for event in happened:
            match event:
                case ConnectRequested() | PublishRequested() | PlayRequested():
                    assert self.waiting is None, "two requests at once"
                    self.waiting = event
                case PublishFinished(stream_id=stream_id):
                    self.publishing.remove(stream_id)
                case PlayFinished(stream_id=stream_id):
                    self.playing.remove(stream_id)
                case AudioReceived() | VideoReceived() | DataReceived():
                    assert event.stream_id in self.publishing
                case ConnectionClosed():
                    assert event is happened[-1]
                    self.waiting = None


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    session = parse(data)
    if session is not None:
        session.check_replies()
        session.hang_up()
        lost = [e for e in session.events if isinstance(e, PublishFinished) and e.reason is FinishReason.LOST]
        assert len(lost) <= 1 or session.server.closed


def parse(data: bytes) -> Session | None:
    """The session that the script describes, up to its end; None when the server has thrown the client out."""
    script, session = Script(data), Session()
    try:
        while script.goes_on() and not session.server.closed:
            _step(script, session)
            assert session.server.wants_read or session.waiting is not None
    except ProtocolError:
        assert session.server.closed
        assert session.server.data_to_send() == b""
        assert session.server.next_deadline() is None
        return None
    return session


def _step(script: Script, session: Session) -> None:
    match script.choice(STEPS):
        case 0:
            session.hear(_command(script))
        case 1:
            kind = (MessageType.AUDIO, MessageType.VIDEO, MessageType.DATA_AMF0)[script.choice(3)]
            payload = PAYLOADS[script.choice(len(PAYLOADS))]
            session.hear(Message(kind, script.choice(4), script.number(), payload, 4 + kind % 3))
        case 2:
            session.hear(_control(script))
        case 3:
            session.answer(accept=True)
        case 4:
            session.answer(accept=False)
        case 5:
            session.wait(script.byte())
        case 6:
            session.end(script.choice(4))
        case 7:
            part = b"\x08\0\0\x01\0\0\0\0\0\0\0\xaf\0\0\0\x0c"
            session.hear(Message(22, script.choice(4), 0, part * script.byte(), 4))
        case _:
            session.cut(script.byte())


def _command(script: Script) -> Message:
    name = COMMANDS[script.choice(len(COMMANDS))]
    stream_id, argument, number = script.choice(4), NAMES[script.choice(len(NAMES))], script.choice(8)
    values: tuple[AMFValue, ...] = (None, argument, "live", False)
    if name == "connect":
        values = ({"app": argument, "tcUrl": "rtmp://h/live"},)
    elif name == "deleteStream" and isinstance(argument, str):
        values = (None, float(stream_id))
    return Message(20, stream_id, 0, amf0.encode(name, number, *values), 3)


def _control(script: Script) -> Message:
    kind = script.choice(6)
    number = script.number()
    match kind:
        case 0:
            return control.ping_request(number)
        case 1:
            return control.set_buffer_length(script.choice(4), number)
        case 2:
            return control.window_ack_size(number)
        case 3:
            return control.set_peer_bandwidth(number)
        case 4:
            return control.acknowledgement(number)
        case _:
            return control.set_chunk_size(number % 0xFFFFFF + 1)


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "server_session"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
