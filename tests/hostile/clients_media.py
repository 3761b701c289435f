"""Hostile publishers that have a key: media, metadata and clocks (rtmp.md 2, 3.3, 3.6, 4.5)."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator

from powerstream_desktop.rtmp import amf0
from tests.hostile.script import MEBIBYTE, ClientScript, End, HalfClose, HangUp, Reset, Send, Wait
from tests.hostile.wire import (
    HEADERS,
    INTER_FRAME,
    KEY_FRAME,
    ON_AIR,
    PICTURE_HEADER,
    PUBLISHING,
    SOUND,
    SOUND_HEADER,
    command,
    control,
    header,
    raw,
    said,
)

FIRST_MEDIA_S = 11.0
"""A publisher gets 10 s for its first picture or sound."""
MEDIA_S = 31.0
"""Then it may be silent for 30 s."""
PING = said(raw(4, b"\0\x06\0\0\0\x2a", stream_id=0, csid=2))
PONG = b"\0\x07\0\0\0\x2a"
LARGE_CHUNKS = control(1, 0xFFFFFF)


def still_there(
    name: str, source: str, attack: bytes, *, times: int = 1, memory_bytes: int = 4 * MEBIBYTE
) -> ClientScript:
    """An attack that the relay takes in its stride: it answers a ping behind it."""
    return ClientScript(
        name=name,
        source=source,
        steps=(*ON_AIR, Send(attack, times=times), Send(PING)),
        end=End.SERVED,
        within_s=3.0,
        answer=PONG,
        memory_bytes=memory_bytes,
    )


def silences() -> Iterator[ClientScript]:
    """Publishers that publish nothing."""
    source = "rtmp.md 3.6"
    metadata = said(raw(18, amf0.encode("onMetaData", {"width": 1})))
    yield ClientScript(name="no media at all", source=source, steps=PUBLISHING, within_s=FIRST_MEDIA_S)
    yield ClientScript(
        name="only metadata",
        source=source,
        steps=(*PUBLISHING, Send(metadata * 20, piece=len(metadata), pause_s=1.0)),
        within_s=FIRST_MEDIA_S,
    )
    yield ClientScript(name="media, then silence", source=source, steps=ON_AIR, within_s=MEDIA_S)
    yield ClientScript(
        name="a picture in single bytes, which never ends",
        source="RS 6.3.6: slow loris",
        steps=(*PUBLISHING, Send(header(6, 5000, 9) + bytes(120), piece=1, pause_s=0.2)),
        within_s=FIRST_MEDIA_S,
    )
    yield ClientScript(
        name="only pings behind the first picture",
        source=source,
        steps=(*ON_AIR, Send(PING * 40, piece=len(PING), pause_s=1.0)),
        within_s=MEDIA_S,
    )


def frames() -> Iterator[ClientScript]:
    """Media bodies that are no media, or lie about themselves."""
    bodies = {
        "empty pictures": (9, b""),
        "empty sounds": (8, b""),
        "pictures of one byte": (9, b"\x17"),
        "key frames without a body": (9, b"\x17\x01\0\0\0"),
        "a picture whose NAL unit claims 4 GiB": (9, b"\x17\x01\0\0\0\xff\xff\xff\xff\x65"),
        "a picture of 60 empty NAL units": (9, b"\x27\x01\0\0\0" + bytes(4) * 60),
        "a header without parameter sets": (9, b"\x17\0\0\0\0\x01\x42\xc0\x1e\xff\xe0\0"),
        "a header that counts 31 sets of 64 KiB": (9, b"\x17\0\0\0\0\x01\x42\xc0\x1e\xff\xff\xff\xff"),
        "a header of noise": (9, b"\x17\0\0\0\0" + random.Random(1).randbytes(200)),
        "a sound header of noise": (8, b"\xaf\0" + random.Random(2).randbytes(60)),
        "a sound header without channels": (8, b"\xaf\0\x11\x80"),
        "an enhanced tag of modifiers": (9, b"\x97" + b"\0\0\x07" * 60),
        "an enhanced tag of 200 tracks": (9, b"\x96\x11avc1" + b"".join(bytes([n]) + bytes(3) for n in range(1, 200))),
        "a codec that does not exist": (9, b"\x90zzzz" + bytes(20)),
        "ends of the stream": (9, b"\x17\x02\0\0\0"),
        "video commands": (9, b"\x57\0"),
        "noise as pictures": (9, random.Random(3).randbytes(300)),
        "noise as sound": (8, random.Random(4).randbytes(300)),
    }  # fmt: skip
    for name, (kind, body) in bodies.items():
        yield still_there(
            name, "rtmp.md 2.2 to 2.6, 4.5", said(*(raw(kind, body, csid=kind % 2 + 4) for _ in range(20)))
        )


def metadata() -> Iterator[ClientScript]:
    """Data messages."""
    bodies = {
        "metadata that is no AMF": b"\xff" * 100,
        "metadata of 900 KiB": amf0.encode("onMetaData", {"x": "y" * 900_000}),
        "metadata of numbers that are none": amf0.encode("onMetaData", {"width": float("nan"), "framerate": float("inf"), "duration": -1e300}),
        "metadata with control characters": amf0.encode("onMetaData", {"encoder": "\x1b[2J\u202e\0[bold]", "\r\n": "x"}),
        "metadata in AMF3": amf0.encode("onMetaData") + b"\x11\x0a\x0b\x01\x03a\x03\x01",
        "metadata that claims 2^32 - 1 members": b"\x02\0\x0aonMetaData\x08\xff\xff\xff\xff\0\x01a\x05",
        "metadata in 40 levels": b"\x02\0\x0aonMetaData" + b"\x03\0\x01a" * 40,
        "a timecode before the name": amf0.encode(1.0, 2.0, "onMetaData", {"a": 1.0}),
        "set data frame of nothing": amf0.encode("@setDataFrame"),
        "set data frame within set data frame": amf0.encode(*["@setDataFrame"] * 9),
        "a data message without a name": amf0.encode(None),
        "nothing as data": b"",
    }  # fmt: skip
    for name, body in bodies.items():
        large = LARGE_CHUNKS if len(body) > 60_000 else b""
        message = said(raw(18, body), chunk_size=0xFFFFFF if large else 128)
        yield still_there(
            name, "rtmp.md 2.7, 4.4 rows 50, 56, 57", large + message, memory_bytes=8 * MEBIBYTE
        )
    yield still_there(
        "20 changes of metadata a second",
        "rtmp.md 2.7",
        said(raw(18, amf0.encode("onMetaData", {"a": 1}))),
        times=300,
    )


def clocks() -> Iterator[ClientScript]:
    """Timestamps that go wild; what platforms get never goes back, which the arena checks."""
    rng = random.Random(5)
    walks = {
        "random times": [rng.getrandbits(32) for _ in range(200)],
        "times that go back": list(range(10_000, 0, -50)),
        "times that jump by 2^31": [n * 0x80000000 & 0xFFFFFFFF for n in range(50)],
        "times that wrap": [(0xFFFFFF00 + 40 * n) & 0xFFFFFFFF for n in range(50)],
        "one time for all": [5000] * 200,
        "times an hour apart": [3_600_000 * n & 0xFFFFFFFF for n in range(40)],
    }
    for name, times in walks.items():
        pictures = (
            raw(9, KEY_FRAME if n % 10 == 0 else INTER_FRAME, csid=6, timestamp=t)
            for n, t in enumerate(times)
        )
        sounds = (raw(8, SOUND, timestamp=t) for t in reversed(times))
        mixed = [message for pair in zip(pictures, sounds, strict=True) for message in pair]
        yield still_there(name, "rtmp.md 3.3, 4.5 rows 64, 65; 4.2 row 28", said(*mixed))


def floods() -> Iterator[ClientScript]:
    """More media than there can be."""
    part = struct.pack(">IIHB", 8 << 24 | 1, 0, 0, 0) + b"\xaf" + struct.pack(">I", 12)
    tiny = said(raw(8, b"\xaf\x01x"))
    yield ClientScript(
        name="tiny sounds for ever",
        source="rtmp.md 4.1 row 4",
        steps=(*ON_AIR, Send(tiny, times=200_000)),
        within_s=2.0,
    )
    yield ClientScript(
        name="an aggregate of 4097 parts",
        source="rtmp.md 1.7",
        steps=(*ON_AIR, Send(LARGE_CHUNKS + said(raw(22, part * 4097), chunk_size=0xFFFFFF))),
    )
    yield ClientScript(
        name="aggregates of 4000 parts for ever",
        source="rtmp.md 1.7, 4.1 row 4",
        steps=(*ON_AIR, Send(LARGE_CHUNKS), Send(said(raw(22, part * 4000), chunk_size=0xFFFFFF), times=100)),
        memory_bytes=16 * MEBIBYTE,
    )
    yield still_there(
        "aggregates in aggregates",
        "rtmp.md 1.7",
        said(raw(22, b"\x16\0\0\0" + bytes(7) + bytes(4)), raw(22, b"\x14\0\0\x01" + bytes(8))),
    )
    picture = said(raw(9, KEY_FRAME + bytes(7 * MEBIBYTE), csid=6), chunk_size=0xFFFFFF)
    yield still_there(
        "ten pictures of 7 MiB", "rtmp.md 4.2 row 39", LARGE_CHUNKS + picture * 10, memory_bytes=96 * MEBIBYTE
    )
    headers = [
        raw(9, b"\x96" + bytes([0x01]) + b"avc1" + bytes([n]) + b"\x01" * 100_000, csid=6) for n in range(64)
    ]
    yield still_there(
        "64 tracks with headers of 100 kB",
        "rtmp.md 4.5 row 74: caches",
        LARGE_CHUNKS + said(*headers, chunk_size=0xFFFFFF),
        memory_bytes=24 * MEBIBYTE,
    )
    changing = b"".join(
        said(raw(9, PICTURE_HEADER + bytes([n % 256]), csid=6), raw(9, KEY_FRAME, csid=6)) for n in range(150)
    )
    yield still_there("a new header for every picture", "rtmp.md 3.3", changing)
    switching = said(
        *(raw(8, SOUND_HEADER if n % 2 else b"\x94Opus\0" + bytes(8)) for n in range(100)),
        *(raw(9, b"\x17\0\0\0\0\x01" if n % 2 else b"\x90hvc1\x01", csid=6) for n in range(100)),
    )
    yield still_there("codecs that change all the time", "rtmp.md 2.6", switching)


def departures() -> Iterator[ClientScript]:
    """Leaving while on air."""
    source = "RS 6.3.6; rtmp.md 4.6 row 85"
    half = header(6, 50_000, 9) + KEY_FRAME + bytes(100)
    for name, steps in (("publish", PUBLISHING), ("the first picture", ON_AIR)):
        yield ClientScript(
            name=f"a reset behind {name}", source=source, steps=(*steps, Reset()), end=End.GONE
        )
        yield ClientScript(
            name=f"a close behind {name}", source=source, steps=(*steps, HangUp()), end=End.GONE
        )
        yield ClientScript(name=f"half a close behind {name}", source=source, steps=(*steps, HalfClose()))
    yield ClientScript(
        name="a reset in the middle of a key frame",
        source=source,
        steps=(*ON_AIR, Send(half), Wait(0.2), Reset()),
        end=End.GONE,
    )
    goodbye = said(command("FCUnpublish", 5, None, "x"), command("deleteStream", 6, None, 1))
    yield ClientScript(
        name="media behind the goodbye",
        source="rtmp.md 1.11: encoders send their last frames behind it",
        steps=(*ON_AIR, Send(goodbye + HEADERS * 20)),
        end=End.SERVED,
        answer=b"NetStream.Unpublish.Success",
    )
    yield ClientScript(
        name="100 goodbyes",
        source="rtmp.md 1.11",
        steps=(*ON_AIR, Send(goodbye * 100)),
        end=End.SERVED,
        answer=b"onFCUnpublish",
    )


MEDIA = (*silences(), *frames(), *metadata(), *clocks(), *floods(), *departures())
