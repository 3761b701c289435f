"""Fuzz target: the client's end against a server that says anything, whole and in pieces.

The first byte is the size of the pieces (0 and 255 stand for one byte), the second says what the client is for and where it stands
when the rest arrives. ``python -m tests.fuzz.client`` writes the seeds anew.
"""

from __future__ import annotations

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.auth import Credentials
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.client import ClientConnection, Purpose
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import ConnectionClosed, Event
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.url import RTMPURL
from tests.fuzz.harness import CORPUS

NOW = 100.0
KEY = "the-secret-key"
TARGET = RTMPURL(scheme="rtmps", host="h", port=443, app="live")
HANDSHAKE = b"\x03" + bytes(2 * 1536)

SHAKEN = 1
"""Bit: the handshake is done."""
PLAYS = 2
"""Bit: a player, else a publisher."""
LIVE = 4
"""Bit: publishing or playing has started."""


def status(code: str, level: str = "status", **more: str) -> Message:
    """A status message."""
    return Message(20, 1, 0, amf0.encode("onStatus", 0, None, {"level": level, "code": code, **more}), 5)


def result(transaction: int, *values: float | dict[str, str] | None) -> Message:
    """A positive answer."""
    return Message(20, 0, 0, amf0.encode("_result", transaction, *values), 3)


def rejection(description: str) -> Message:
    """A refused connect."""
    info = {"level": "error", "code": "NetConnection.Connect.Rejected", "description": description}
    return Message(
        20, 0, 0, amf0.encode("_error", 1, None, {**info, "ex": {"redirect": "rtmps://o/live"}}), 3
    )


ACCEPT = result(1, {"fmsVer": "x"}, {"level": "status", "code": "NetConnection.Connect.Success"})

SESSIONS: dict[str, tuple[int, list[Message]]] = {
    "publish": (
        SHAKEN,
        [
            control.window_ack_size(5_000_000),
            control.set_peer_bandwidth(5_000_000),
            control.set_chunk_size(4096),
            ACCEPT,
            result(2, None),
            result(4, None, 1),
            status("NetStream.Publish.Start"),
            control.ping_request(1),
            status("NetStream.Unpublish.Success"),
        ],
    ),
    "play": (
        SHAKEN | PLAYS,
        [
            ACCEPT,
            result(2, None, 1),
            control.stream_begin(1),
            status("NetStream.Play.Start"),
            Message(18, 1, 0, amf0.encode("onMetaData", {}), 5),
            Message(9, 1, 0, b"\x17\x00", 6),
            Message(8, 1, 0, b"\xaf\x00", 4),
            status("NetStream.Play.UnpublishNotify"),
        ],
    ),
    "refused": (
        SHAKEN,
        [ACCEPT, result(4, None, 1), status("NetStream.Publish.BadName", "error", description=KEY)],
    ),
    "rejected": (SHAKEN, [rejection("no")]),
    "adobe": (SHAKEN, [rejection("authmod=adobe ?reason=needauth&salt=s&challenge=c&opaque=o")]),
    "llnw": (SHAKEN, [rejection("authmod=llnw ?reason=needauth&nonce=n")]),
    "reconnect": (
        SHAKEN | LIVE,
        [status("NetConnection.Connect.ReconnectRequest", tcUrl="rtmp://o/live", description="d")],
    ),
    "killed": (SHAKEN | LIVE, [status("NetStream.Unpublish.InternalKill")]),
    "aggregate": (
        SHAKEN | PLAYS | LIVE,
        [Message(22, 1, 0, bytes.fromhex("0900000200000000000000170000000000"), 6)],
    ),
    "not a number": (SHAKEN, [ACCEPT, result(4, None, float("nan"))]),
}


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    options, wire = data[:2].ljust(2, b"\x00"), data[2:]
    size = options[0] % 255 or 1
    whole = parse(data)
    in_pieces = outcome([wire[i : i + size] for i in range(0, len(wire), size)], options[1])
    # An error takes the events of its own piece along, and what follows a refusal is not even parsed.
    assert whole is None or in_pieces == whole


def parse(data: bytes) -> list[Event] | None:
    """The events of a session whose server says everything at once."""
    options, wire = data[:2].ljust(2, b"\x00"), data[2:]
    return outcome([wire] if wire else [], options[1])


def outcome(pieces: list[bytes], stand: int) -> list[Event] | None:
    """The events of a session, None when an error ended it."""
    client = client_at(stand)
    asked = len(client.data_to_send())
    events: list[Event] = []
    try:
        for piece in pieces:
            events += client.receive_data(piece, NOW)
    except ProtocolError:
        assert client.closed
        assert client.data_to_send() == b""
        assert client.next_deadline() is None
        return None
    said = client.data_to_send()
    assert len(said) <= asked + 4 * 1536 + 300 * 64
    assert KEY not in repr(events)
    if stand & SHAKEN:
        ChunkReader().feed(said)
    end = client.receive_data(b"", NOW)
    assert isinstance(end[-1], ConnectionClosed)
    return events + end


def client_at(stand: int) -> ClientConnection:
    """A client that has come as far as the bits of ``stand`` say."""
    purpose = Purpose.PLAY if stand & PLAYS else Purpose.PUBLISH
    client = ClientConnection(
        TARGET, KEY, random_bytes=bytes, purpose=purpose, credentials=Credentials(user="u", password="p")
    )
    client.start(NOW)
    if stand & SHAKEN:
        client.receive_data(HANDSHAKE, NOW)
        if stand & LIVE:
            writer = ChunkWriter()
            start = "NetStream.Play.Start" if stand & PLAYS else "NetStream.Publish.Start"
            for message in (ACCEPT, result(2 if stand & PLAYS else 4, None, 1), status(start)):
                client.receive_data(writer.write(message), NOW)
    return client


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "client"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (stand, session) in SESSIONS.items():
        writer = ChunkWriter()
        wire = b"".join(writer.write(message) for message in session)
        (folder / name.replace(" ", "-")).write_bytes(bytes([7, stand]) + wire)
    (folder / "handshake").write_bytes(bytes([200, 0]) + HANDSHAKE[:1600])
    (folder / "web-page").write_bytes(bytes([7, 0]) + b"HTTP/1.1 400 Bad Request\r\n\r\n<html>")


if __name__ == "__main__":
    write_seeds()
