"""Fuzz target: the server's end, with an application that accepts, refuses or waits, whole and in pieces.

The first byte is the size of the pieces (0 and 255 stand for one byte), the second says what the application does and where the
client stands when the rest arrives. ``python -m tests.fuzz.server`` writes the seeds anew.
"""

from __future__ import annotations

from powerstream_desktop.rtmp import amf0, control
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    ConnectionClosed,
    ConnectRequested,
    DataReceived,
    Event,
    PlayRequested,
    PublishRequested,
    VideoReceived,
)
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.server import ServerConnection
from tests.fuzz.harness import CORPUS

NOW = 100.0
YES, NO = True, False
HANDSHAKE = b"\x03" + bytes(2 * 1536)

RAW, SHAKEN = 0, 1
"""Where the client stands: at the very first byte, or behind the handshake."""
REFUSES = 2
"""Bit: the application refuses publishers and players."""

CONNECT = Message(20, 0, 0, amf0.encode("connect", 1, {"app": "live", "tcUrl": "rtmp://h/live"}), 3)
CREATE = Message(20, 0, 0, amf0.encode("createStream", 2, None), 3)
PUBLISH = Message(20, 1, 0, amf0.encode("publish", 3, None, "key", "live"), 8)
PLAY = Message(20, 1, 0, amf0.encode("play", 3, None, "key", -2000), 8)
KEY_FRAME = Message(9, 1, 0, bytes.fromhex("1701000050000000026588"), 6)
SOUND = Message(8, 1, 21, bytes.fromhex("af0121"), 4)

SESSIONS: dict[str, list[Message]] = {
    "publish": [
        control.set_chunk_size(4096),
        CONNECT,
        Message(20, 0, 0, amf0.encode("releaseStream", 2, None, "key"), 3),
        Message(20, 0, 0, amf0.encode("FCPublish", 3, None, "key"), 3),
        CREATE,
        PUBLISH,
        Message(18, 1, 0, amf0.encode("@setDataFrame", "onMetaData", {"width": 1280}), 4),
        KEY_FRAME,
        SOUND,
        Message(20, 0, 0, amf0.encode("FCUnpublish", 6, None, "key"), 3),
        Message(20, 0, 0, amf0.encode("deleteStream", 7, None, 1), 3),
    ],
    "play": [
        CONNECT,
        CREATE,
        control.set_buffer_length(0, 300),
        PLAY,
        control.set_buffer_length(1, 3000),
        Message(20, 1, 0, amf0.encode("pause", 5, None, YES, 100), 8),
        Message(20, 1, 0, amf0.encode("receiveVideo", 0, None, NO), 8),
        Message(20, 1, 0, amf0.encode("seek", 6, None, 1000), 8),
        Message(20, 1, 0, amf0.encode("closeStream", 7, None), 8),
    ],
    "amf3": [
        Message(17, 0, 0, b"\x00" + CONNECT.payload, 3),
        Message(17, 1, 0, b"\x00" + PUBLISH.payload, 3),
        Message(15, 1, 0, b"\x00" + amf0.encode("onMetaData") + bytes.fromhex("110a0b0103610301"), 4),
    ],
    "control": [
        CONNECT,
        control.ping_request(7),
        control.set_peer_bandwidth(5_000_000),
        control.window_ack_size(1),
        control.acknowledgement(131_325),
        Message(20, 1, 0, amf0.encode("publish", 3, None, NO), 3),
    ],
    "aggregate": [
        CONNECT,
        PUBLISH,
        Message(
            22,
            1,
            5000,
            bytes.fromhex(
                "0800000300006400000000af01210000000e0900000a00008c000000002701000000000000014100000015"
            ),
            4,
        ),
    ],
    "hurried": [CONNECT, PUBLISH, KEY_FRAME, SOUND],
    "out of order": [PUBLISH],
}


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    options, wire = data[:2].ljust(2, b"\x00"), data[2:]
    size = options[0] % 255 or 1
    whole = parse(data)
    in_pieces = outcome([wire[i : i + size] for i in range(0, len(wire), size)], options[1])
    # An error takes the events of its own piece along, and what follows our last word is not even parsed.
    assert whole is None or in_pieces == whole


def parse(data: bytes) -> list[Event] | None:
    """The events of a session whose client says everything at once."""
    options, wire = data[:2].ljust(2, b"\x00"), data[2:]
    return outcome([wire] if wire else [], options[1])


def outcome(pieces: list[bytes], stand: int) -> list[Event] | None:
    """The events of a session, None when an error ended it."""
    server = ServerConnection(now=NOW, random_bytes=bytes)
    refuses = bool(stand & REFUSES)
    events: list[Event] = []
    if stand & SHAKEN:
        server.receive_data(HANDSHAKE, NOW)
    try:
        for piece in pieces:
            events += settle(server, server.receive_data(piece, NOW), refuses=refuses)
    except ProtocolError:
        assert server.closed
        assert server.data_to_send() == b""
        assert server.next_deadline() is None
        return None
    check_replies(server)
    media = [event for event in events if isinstance(event, AudioReceived | VideoReceived | DataReceived)]
    assert sum(len(event.payload) for event in media) <= server.bytes_received
    end = server.receive_data(b"", NOW)
    assert isinstance(end[-1], ConnectionClosed)
    return events + end


def settle(server: ServerConnection, events: list[Event], *, refuses: bool) -> list[Event]:
    """Answer what is asked until nothing is held back any more."""
    seen = list(events)
    while True:
        for event in events:
            match event:
                case ConnectRequested(request_id=request_id):
                    server.accept_connect(request_id)
                case PublishRequested(request_id=request_id) if refuses:
                    server.reject_publish(request_id, "NetStream.Publish.BadName", "no")
                case PublishRequested(request_id=request_id):
                    server.accept_publish(request_id)
                case PlayRequested(request_id=request_id) if refuses:
                    server.reject_play(request_id, "NetStream.Play.StreamNotFound", "no")
                case PlayRequested(request_id=request_id):
                    server.accept_play(request_id)
                case _:
                    pass
        deadline = server.next_deadline()
        if deadline is None or deadline > NOW:
            return seen
        events = server.handle_deadline(NOW)
        seen += events


def check_replies(server: ServerConnection) -> None:
    """What the server says is RTMP, and not much more than what it heard."""
    said = server.data_to_send()
    assert len(said) <= 2 * 1537 + 300 * 256 + server.bytes_received
    ChunkReader().feed(said[2 * 1536 + 1 :])


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "server"
    folder.mkdir(parents=True, exist_ok=True)
    for name, session in SESSIONS.items():
        writer = ChunkWriter()
        wire = b"".join(writer.write(message) for message in session)
        (folder / name.replace(" ", "-")).write_bytes(bytes([7, SHAKEN]) + wire)
        (folder / f"{name.replace(' ', '-')}-refused").write_bytes(bytes([40, SHAKEN | REFUSES]) + wire)
    (folder / "http").write_bytes(bytes([7, RAW]) + b"POST / HTTP/1.1\r\n\r\n")
    (folder / "half-a-handshake").write_bytes(bytes([200, RAW]) + HANDSHAKE[:1000])


if __name__ == "__main__":
    write_seeds()
