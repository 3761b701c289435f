"""Hostile clients before the first command: the handshake and the chunk layer (rtmp.md 1.2, 1.3, 4.1, 4.2)."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.hostile.script import (
    MEBIBYTE,
    ClientScript,
    End,
    HalfClose,
    HangUp,
    Reset,
    Send,
    StopReading,
    Wait,
)
from tests.hostile.wire import (
    ASKS_TO_PUBLISH,
    CONNECT,
    CONNECTED,
    OPEN,
    SHAKEN,
    STARTED,
    VICTIM_KEY,
    command,
    control,
    header,
    raw,
    said,
)

HANDSHAKE_S = 11.0
"""A handshake gets 10 s."""
COMMAND_S = 22.0
"""A client that has shaken hands gets 20 s to publish or play."""
HELLO = b"\x03" + bytes(8) + bytes(range(256)) * 5 + bytes(248)
GREETINGS = {
    "version 0": b"\x00",
    "version 2": b"\x02" + bytes(1536),
    "version 6, which is RTMPE": b"\x06" + bytes(1536),
    "a TLS hello": bytes.fromhex("16030100c8010000c40303"),
    "a web browser": b"GET / HTTP/1.1\r\nHost: 127.0.0.1:1935\r\nUpgrade: websocket\r\n\r\n",
    "a form": b"POST /live HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n",
    "an SSH client": b"SSH-2.0-OpenSSH_9.2\r\n",
    "an endless line": b"A" * 4096,
    "a SOCKS client": b"\x05\x01\x00",
    "all ones": b"\xff" * 2048,
}


def handshakes() -> Iterator[ClientScript]:
    """Handshakes that are none, or never come to their end."""
    source = "rtmp.md 4.1 row 16 (S16), RS 6.2"
    for size in (0, 1, 100, 1536, 1537, 3072):
        beginning = (HELLO + bytes(1536))[:size]
        opening = (Send(beginning),) if size else ()
        yield ClientScript(
            name=f"{size} bytes of a handshake", source=source, steps=opening, within_s=HANDSHAKE_S
        )
        yield ClientScript(
            name=f"{size} bytes of a handshake, then a reset",
            source=source,
            steps=(*opening, Reset()),
            end=End.GONE,
        )
        yield ClientScript(
            name=f"{size} bytes of a handshake, then half a close",
            source=source,
            steps=(*opening, HalfClose()),
        )
    yield ClientScript(
        name="a handshake of single bytes",
        source="RS 6.3.6: slow loris",
        steps=(Send(HELLO, piece=1, pause_s=0.1),),
        within_s=HANDSHAKE_S,
    )
    for name, greeting in GREETINGS.items():
        yield ClientScript(name=name, source="rtmp.md 1.2.4", steps=(Send(greeting),))
    yield ClientScript(
        name="a handshake that echoes nonsense",
        source="rtmp.md 1.2.4: the echo is not checked, for real clients get it wrong",
        steps=(Send(HELLO + b"\xaa" * 1536), Send(CONNECT)),
        end=End.SERVED,
        answer=CONNECTED,
    )
    yield ClientScript(
        name="a client that reads no handshake",
        source=source,
        steps=(Send(HELLO), StopReading()),
        within_s=HANDSHAKE_S,
    )


def floods() -> Iterator[ClientScript]:
    """Garbage where chunks should be."""
    for seed in range(6):
        garbage = random.Random(seed).randbytes(256 * 1024)
        yield ClientScript(
            name=f"garbage number {seed} behind the handshake",
            source="RS 6.3.3",
            steps=(*SHAKEN, Send(garbage)),
            within_s=COMMAND_S,
        )
        yield ClientScript(
            name=f"garbage number {seed} behind connect",
            source="RS 6.3.3",
            steps=(*OPEN, Send(garbage)),
            within_s=COMMAND_S,
        )
    yield ClientScript(
        name="zeros for ever",
        source="RS 6.1: a loop that does not advance",
        steps=(*SHAKEN, Send(bytes(65536), times=64)),
    )
    yield ClientScript(
        name="ones for ever", source="RS 6.1", steps=(*SHAKEN, Send(b"\xff" * 65536, times=64))
    )
    yield ClientScript(
        name="silence behind the handshake", source="rtmp.md 3.6", steps=SHAKEN, within_s=COMMAND_S
    )
    yield ClientScript(name="silence behind connect", source="rtmp.md 3.6", steps=OPEN, within_s=COMMAND_S)
    yield ClientScript(
        name="connect in single bytes",
        source="RS 6.3.6: slow loris",
        steps=(*SHAKEN, Send(CONNECT * 4, piece=1, pause_s=0.1)),
        within_s=COMMAND_S,
    )


def chunk_sizes() -> Iterator[ClientScript]:
    """Set Chunk Size with every value that has hurt somebody."""
    for size in (0, 0x80000000, 0xFFFFFFFF):
        yield ClientScript(
            name=f"chunk size {size:#x}",
            source="rtmp.md 4.1 row 5 (S5)",
            steps=(*OPEN, Send(control(1, size))),
        )
    yield ClientScript(
        name="half a chunk size", source="RS 6.1", steps=(*OPEN, Send(header(2, 2, 1) + b"\0\0"))
    )
    rows = {1: "S3", 2: "S3", 127: "S3", 129: "S3", 65537: "S3", 134217728: "S2", 0x7FFFFFFF: "S1"}
    for size, row in rows.items():
        yield ClientScript(
            name=f"chunk size {size} is taken",
            source=f"rtmp.md 4.1 ({row})",
            steps=(*SHAKEN, Send(control(1, size) + _asking_in_chunks_of(size))),
            end=End.SERVED,
            answer=STARTED,
        )
    yield ClientScript(
        name="chunk size 2^31 - 1, then the beginning of 8 MiB",
        source="rtmp.md 4.1 row 1 (S1, nginx-rtmp#1042)",
        steps=(*OPEN, Send(control(1, 0x7FFFFFFF) + header(6, 8 * MEBIBYTE, 9) + bytes(1000))),
        within_s=COMMAND_S,
    )
    yield ClientScript(
        name="chunk sizes for ever", source="RS 6.3.6", steps=(*OPEN, Send(control(1, 128), times=100_000))
    )


def _asking_in_chunks_of(size: int) -> bytes:
    messages = (
        command("connect", 1, {"app": "live", "tcUrl": "rtmp://h/live"}),
        command("createStream", 2, None),
        command("publish", 3, None, VICTIM_KEY, "live", stream_id=1),
    )
    return said(*messages, chunk_size=min(size, 0xFFFFFF))


def chunks() -> Iterator[ClientScript]:
    """Headers that cost more than they carry, and messages that never end."""
    one_byte_chunks = control(1, 1) + header(6, 60_000, 9) + b"\x41" + b"\xc6\x41" * 59_999
    yield ClientScript(
        name="one-byte chunks for ever",
        source="rtmp.md 4.1 row 4 (S4, red5-server#475)",
        steps=(*OPEN, Send(one_byte_chunks, times=20)),
    )
    yield ClientScript(
        name="empty messages for ever",
        source="rtmp.md 4.1 row 4",
        steps=(*OPEN, Send(header(5, 0, 8), times=200_000)),
    )
    yield ClientScript(
        name="one byte a message for ever",
        source="rtmp.md 4.1 row 4",
        steps=(*OPEN, Send(header(5, 1, 8) + b"x" + b"\xc5x" * 4000, times=40)),
    )
    yield ClientScript(
        name="64 messages of 8 MiB begun and none finished",
        source="rtmp.md 4.1 row 6 (S6, red5-server#456)",
        steps=(*OPEN, Send(b"".join(header(csid, 8 * MEBIBYTE, 9) + bytes(128) for csid in range(3, 64)))),
        within_s=COMMAND_S,
    )
    yield ClientScript(
        name="unfinished messages of megabytes",
        source="rtmp.md 4.1 row 6 (S6), RS 6.2: no 16 MiB for strangers",
        steps=(*OPEN, *_unfinished_megabytes()),
        within_s=COMMAND_S,
    )


def announcements() -> Iterator[ClientScript]:
    """More chunk streams, and longer messages, than anybody needs."""
    yield ClientScript(
        name="65 chunk streams",
        source="rtmp.md 4.1 row 7 (S7)",
        steps=(*OPEN, Send(b"".join(header(csid, 1, 8) + b"x" for csid in range(64, 64 + 65)))),
    )
    yield ClientScript(
        name="every chunk stream there is",
        source="rtmp.md 4.1 row 7 (S7)",
        steps=(*OPEN, Send(b"".join(header(csid, 1, 8) + b"x" for csid in range(320, 65600, 16)))),
    )
    yield ClientScript(
        name="the highest chunk stream",
        source="rtmp.md 4.2 row 32",
        steps=(*OPEN, Send(header(65599, 1, 8) + b"x" + ASKS_TO_PUBLISH[len(CONNECT) :])),
        end=End.SERVED,
        answer=STARTED,
    )
    for type_id, length, what in (
        (9, 0xFFFFFF, "video"),
        (8, 5 * MEBIBYTE, "audio"),
        (18, 2 * MEBIBYTE, "data"),
        (20, 70_000, "a command"),
        (17, 70_000, "an AMF3 command"),
        (1, 65, "a chunk size"),
        (4, 1000, "an event"),
        (99, 2 * MEBIBYTE, "nobody knows what"),
    ):
        yield ClientScript(
            name=f"{length} bytes of {what} announced",
            source="rtmp.md 4.1 rows 1, 6, 39",
            steps=(*OPEN, Send(header(7, length, type_id))),
        )


def _unfinished_megabytes() -> Iterator[Send]:
    yield Send(control(1, 0xFFFFFF))
    for csid in range(3, 5):
        yield Send(header(csid, 8 * MEBIBYTE - csid, 9) + bytes(8 * MEBIBYTE - csid - 1))


def resyncs() -> Iterator[ClientScript]:
    """Sins of real encoders, many times over: the relay goes on."""
    rest = ASKS_TO_PUBLISH[len(CONNECT) :]
    sins = {
        "a message that changes its size": (header(6, 200, 9) + bytes(128) + header(6, 3, 9) + b"abc", "4.1 row 12 (S12, srs#2523)"),
        "a header twice in a message": (header(6, 200, 9) + bytes(128) + header(6, 200, 9) + bytes(72), "4.2 row 29"),
        "a first chunk without a full header": (header(9, 3, 8, fmt=1) + b"abc", "4.2 row 31"),
        "an abort of nothing": (control(2, 77), "4.2 row 36"),
        "an abort of a message under way": (header(6, 200, 9) + bytes(128) + control(2, 6), "4.2 row 36"),
        "a control message on another chunk stream": (said(raw(5, bytes(4), stream_id=0, csid=6)), "4.2 row 30"),
        "a time of 2^32 - 1": (header(6, 3, 8, timestamp=0xFFFFFF) + b"\xff" * 4 + b"abc", "4.2 row 28"),
        "shared objects": (said(raw(19, b"x" * 50), raw(16, b"y" * 50)), "1.5"),
        "types that do not exist": (said(*(raw(kind, b"x") for kind in (0, 7, 10, 14, 21, 23, 255))), "1.5"),
    }  # fmt: skip
    for name, (sin, row) in sins.items():
        yield ClientScript(
            name=name,
            source=f"rtmp.md {row}",
            steps=(*OPEN, Send(sin + rest)),
            end=End.SERVED,
            answer=STARTED,
        )


def departures() -> Iterator[ClientScript]:
    """Leaving at the worst moment."""
    source = "RS 6.3.6; rtmp.md 4.6 row 85"
    for name, steps in (("the handshake", SHAKEN), ("connect", OPEN)):
        yield ClientScript(
            name=f"a reset behind {name}", source=source, steps=(*steps, Reset()), end=End.GONE
        )
        yield ClientScript(
            name=f"a goodbye behind {name}", source=source, steps=(*steps, HangUp()), end=End.GONE
        )
        yield ClientScript(name=f"half a close behind {name}", source=source, steps=(*steps, HalfClose()))
    yield ClientScript(
        name="a reset in the middle of connect",
        source=source,
        steps=(*SHAKEN, Send(CONNECT[:50]), Reset()),
        end=End.GONE,
    )
    yield ClientScript(
        name="a reset with the relay's answers unread",
        source=source,
        steps=(*SHAKEN, StopReading(), Send(CONNECT), Wait(0.5), Reset()),
        end=End.GONE,
    )


OPENING = (*handshakes(), *floods(), *chunk_sizes(), *chunks(), *announcements(), *resyncs(), *departures())
