"""Hostile clients that speak RTMP: commands, AMF and control messages (rtmp.md 1.8 to 1.14, 4.1, 4.3, 4.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from powerstream_desktop.rtmp.amf_values import AMFValue
from tests.hostile.script import ClientScript, End, Send, StopReading
from tests.hostile.wire import (
    ASKS_TO_PUBLISH,
    CONNECT,
    CONNECTED,
    CREATE,
    HONEST_KEY,
    NO,
    ON_AIR,
    OPEN,
    PLAYING,
    PUBLISH,
    PUBLISHING,
    SHAKEN,
    SOUND,
    STARTED,
    VICTIM_KEY,
    YES,
    command,
    control,
    header,
    raw,
    said,
)

BAD_NAME = b"NetStream.Publish.BadName"
NOT_FOUND = b"NetStream.Play.StreamNotFound"
COMMAND_S = 22.0
LAST_WORDS_S = 11.0
"""Whoever was refused gets 10 s to read it; so does one who does not hang up by himself."""

BOMBS = {
    "70000 objects in each other": (b"\x03\0\x01a" * 15_000, "row 8 (S8, flvmeta#29)"),
    "arrays in each other": (b"\x0a\0\0\0\x01" * 12_000, "row 8 (S8)"),
    "AMF3 arrays in each other": (b"\x11" + b"\x09\x03\x01" * 20_000, "row 8 (S8)"),
    "an array of 2^32 - 1 items": (b"\x0a\xff\xff\xff\xff\x05", "row 9 (S9, NMS#88)"),
    "a text of 2^32 - 1 bytes": (b"\x0c\xff\xff\xff\xffa", "RS 6.1: bRPC CVE-2026-56387"),
    "an AMF3 vector of 2^28 numbers": (b"\x11\x0d\xbf\xff\xff\xff\0", "row 11 (S11, CVE-2015-8270)"),
    "an AMF3 byte array of 2^28 bytes": (b"\x11\x0c\xbf\xff\xff\xff", "row 11 (S11)"),
    "an AMF3 class of 2^24 properties": (b"\x11\x0a\xbf\xff\xff\xf3", "row 11 (S11)"),
    "references that double": (
        b"\x0a\0\0\0\x0e\x0a\0\0\0\x02\x05\x05" + b"".join(b"\x0a\0\0\0\x02" + (b"\x07" + struct.pack(">H", n)) * 2 for n in range(1, 13)),
        "RS 6.2: cycles and doubling",
    ),
    "a reference to itself": (b"\x0a\0\0\0\x01\x07\0\0" * 2, "RS 6.2"),
    "5000 numbers": (b"\x00" + bytes(8) + (b"\x00" + bytes(8)) * 4999, "RS 6.2"),
    "1100 properties": (b"\x03" + b"".join(b"\0\x04" + b"%04d" % n + b"\x05" for n in range(1100)) + b"\0\0\x09", "RS 6.2"),
    "a marker that does not exist": (b"\x0d", "1.8"),
    "a date that breaks off": (b"\x0b\0\0", "1.8"),
}  # fmt: skip


def amf_bombs() -> Iterator[ClientScript]:
    """Commands that want to be expensive; each as the argument of ``connect``."""
    for name, (bomb, row) in BOMBS.items():
        payload = b"\x02\0\x07connect\x00\x3f\xf0" + bytes(6) + bomb
        yield ClientScript(
            name=name, source=f"rtmp.md 4.1 {row}", steps=(*SHAKEN, Send(said(raw(20, payload, stream_id=0))))
        )
    hints = (
        b"\x02\0\x07connect\x00\x3f\xf0" + bytes(6) + b"\x08\xff\xff\xff\xff\0\x03app\x02\0\x04live\0\0\x09"
    )
    yield ClientScript(
        name="a count of 2^32 - 1 that is only a hint",
        source="rtmp.md 4.4 row 44 (obs#1246)",
        steps=(*SHAKEN, Send(said(raw(20, hints, stream_id=0)))),
        end=End.SERVED,
        answer=CONNECTED,
    )


def odd_connects() -> Iterator[ClientScript]:
    """``connect`` with values of every wrong kind."""
    source = "rtmp.md 4.4 rows 49, 54, 55"
    apps: dict[str, AMFValue] = {
        "a number": 7.0,
        "no number": float("nan"),
        "true": YES,
        "nothing": None,
        "a list": ["live"],
        "an object": {"live": "live"},
        "a path to the top": "../../../../etc/passwd",
        "a line break": "live\r\nHost: evil",
        "a zero": "live\0",
        "60000 letters": "x" * 60_000,
        "markup": "<script>[bold]\x1b[31m\u202e",
    }
    for what, app in apps.items():
        yield ClientScript(
            name=f"an application that is {what}",
            source=source,
            steps=(*SHAKEN, Send(said(command("connect", 1, {"app": app, "tcUrl": app})))),
            within_s=LAST_WORDS_S,
        )
    for what, transaction in (
        ("no number", float("nan")),
        ("infinite", float("inf")),
        ("a text", "1"),
        ("huge", 1e300),
    ):
        yield ClientScript(
            name=f"a transaction that is {what}",
            source="RS 6.2: NaN and infinity",
            steps=(*SHAKEN, Send(said(command("connect", transaction, {"app": "live"})))),
            end=End.SERVED,
            answer=CONNECTED,
        )
    for what, name in (("a number", 5.0), ("nothing", None), ("an object", {})):
        yield ClientScript(
            name=f"a command whose name is {what}",
            source="rtmp.md 4.4 row 50",
            steps=(*SHAKEN, Send(said(command(name, 1)) + CONNECT)),
            end=End.SERVED,
            answer=CONNECTED,
        )
    yield ClientScript(name="publish before connect", source="rtmp.md 1.12", steps=(*SHAKEN, Send(PUBLISH)))
    yield ClientScript(
        name="connect twice",
        source="rtmp.md 1.12",
        steps=(*OPEN, Send(CONNECT + CREATE + PUBLISH)),
        end=End.SERVED,
        answer=STARTED,
    )


def names() -> Iterator[ClientScript]:
    """Stream names that are paths, programs, or simply wrong."""
    attacks: dict[str, AMFValue] = {
        "a path upwards": "../../../../etc/passwd",
        "an encoded path upwards": "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "a Windows device": "CON",
        "a drive": "C:\\Windows\\System32\\x",
        "a zero inside": f"{VICTIM_KEY}\0.mp4",
        "a shell's substitution": "$(touch /tmp/powerstream-was-here)`id`;|&",
        "60000 letters": "k" * 60_000,
        "reversed": f"\u202e{VICTIM_KEY}",
        "nearly the key": VICTIM_KEY[:-1],
        "nothing": "",
        "a number": 5.0,
        "an object": {"key": VICTIM_KEY},
    }
    for what, name in attacks.items():
        yield ClientScript(
            name=f"publishing under {what}",
            source="rtmp.md 4.1 rows 19, 20 (S18, S19)",
            steps=(*OPEN, Send(CREATE + said(command("publish", 3, None, name, "live", stream_id=1)))),
            end=End.SERVED,
            answer=BAD_NAME,
        )
    yield ClientScript(
        name="playing under a wrong key",
        source="RS 3.5: play is refused",
        steps=(*OPEN, Send(CREATE + said(command("play", 3, None, "../victim", stream_id=1)))),
        end=End.SERVED,
        answer=NOT_FOUND,
    )
    guesses = b"".join(
        said(command("publish", 3, None, f"guess{n}", "live", stream_id=1)) for n in range(200)
    )
    yield ClientScript(
        name="200 keys tried on one connection",
        source="RS 3.5, 3.13 S14-S19: brute force",
        steps=(*OPEN, Send(CREATE + guesses)),
        within_s=LAST_WORDS_S,
    )


def command_floods() -> Iterator[ClientScript]:
    """More commands than anybody needs."""
    calls = {
        "createStream": (command("createStream", 2, None), "row 10 (S10, srs#607)"),
        "connect": (command("connect", 2, {"app": "live"}), "RS 6.2"),
        "releaseStream": (command("releaseStream", 2, None, "x"), "RS 6.2"),
        "FCPublish": (command("FCPublish", 2, None, "x"), "RS 6.2"),
        "getStreamLength": (command("getStreamLength", 2, None, "x"), "RS 6.2"),
        "a call that does not exist": (command("noSuchCall", 2, None), "4.4 row 48"),
        "_result": (command("_result", 2, None), "RS 6.3.6"),
        "onStatus": (command("onStatus", 0, None, {"code": "x"}), "RS 6.3.6"),
        "deleteStream": (command("deleteStream", 2, None, 99.0), "RS 6.2"),
        "publish(false)": (command("publish", 2, None, NO), "4.4 row 46"),
        "an AMF3 command": (raw(17, b"\0" + command("x", 1).payload), "RS 6.2"),
    }
    for what, (message, row) in calls.items():
        yield ClientScript(
            name=f"{what} for ever", source=f"rtmp.md {row}", steps=(*OPEN, Send(said(message), times=5000))
        )
    yield ClientScript(
        name="large commands for ever",
        source="RS 6.2",
        steps=(
            *OPEN,
            Send(control(1, 65_536)),
            Send(said(command("x", 1, "y" * 60_000), chunk_size=65_536), times=300),
        ),
    )
    yield ClientScript(
        name="data for ever, before anything was published",
        source="RS 6.2",
        steps=(*OPEN, Send(said(raw(18, b"\x02\0\0" * 8)), times=100_000)),
    )
    yield ClientScript(
        name="media for ever, before anything was published",
        source="RS 6.2",
        steps=(*OPEN, Send(said(raw(9, bytes(60_000), csid=6), chunk_size=60_000), times=600)),
        within_s=COMMAND_S,
    )
    yield ClientScript(
        name="an unknown type for ever",
        source="rtmp.md 1.5",
        steps=(*OPEN, Send(header(5, 100, 99) + bytes(100), times=20_000)),
        within_s=COMMAND_S,
    )


def control_floods() -> Iterator[ClientScript]:
    """Control messages, one by one harmless."""
    ping = said(raw(4, b"\0\x06" + bytes(4), stream_id=0, csid=2))
    floods = {
        "pings": ping,
        "answers to pings": said(raw(4, b"\0\x07" + bytes(4), stream_id=0, csid=2)),
        "buffer lengths": said(raw(4, b"\0\x03" + bytes(8), stream_id=0, csid=2)),
        "events that do not exist": said(raw(4, b"\x01\xff" + bytes(4), stream_id=0, csid=2)),
        "truncated events": said(raw(4, b"\0", stream_id=0, csid=2)),
        "windows": control(5, 1) + control(5, 0xFFFFFFFF),
        "bandwidths": control(6, 1) + control(6, 2),
        "acknowledgements": control(3, 0),
        "aborts": control(2, 3),
    }
    for what, flood in floods.items():
        yield ClientScript(
            name=f"{what} for ever", source="rtmp.md 4.3, RS 6.3.6", steps=(*OPEN, Send(flood, times=50_000))
        )
    for what in ("pings", "windows", "acknowledgements"):
        yield ClientScript(
            name=f"{what} for ever from a publisher",
            source="rtmp.md 4.3, RS 6.3.6",
            steps=(*ON_AIR, Send(floods[what], times=50_000)),
        )
    yield ClientScript(
        name="an acknowledgement wanted for every byte",
        source="rtmp.md 4.3 row 40, RS 6.3.6",
        steps=(*OPEN, Send(control(5, 1)), Send(CREATE + PUBLISH, piece=1)),
        end=End.SERVED,
        answer=STARTED,
    )
    yield ClientScript(
        name="a window of nothing",
        source="rtmp.md 1.18",
        steps=(*OPEN, Send(control(5, 0) + control(6, 0) + CREATE + PUBLISH)),
        end=End.SERVED,
        answer=STARTED,
    )
    for what, short in (("window", 5), ("bandwidth", 6)):
        yield ClientScript(
            name=f"half a {what}", source="RS 6.1", steps=(*OPEN, Send(header(2, 2, short) + bytes(2)))
        )


def streams() -> Iterator[ClientScript]:
    """Publishing and playing in ways that nobody meant."""
    ends = said(command("FCUnpublish", 9, None, VICTIM_KEY), command("deleteStream", 10, None, 1))
    yield ClientScript(
        name="a publisher without createStream",
        source="rtmp.md 1.12",
        steps=(*OPEN, Send(said(command("publish", 3, None, VICTIM_KEY, "live", stream_id=7)))),
        end=End.SERVED,
        answer=STARTED,
    )
    yield ClientScript(
        name="the same stream published twice",
        source="rtmp.md 3.5",
        steps=(*PUBLISHING, Send(PUBLISH)),
        end=End.SERVED,
        answer=BAD_NAME,
    )
    yield ClientScript(
        name="two streams published on one connection",
        source="rtmp.md 3.5",
        steps=(
            *PUBLISHING,
            Send(CREATE + said(command("publish", 5, None, VICTIM_KEY, "live", stream_id=2))),
        ),
        end=End.SERVED,
        answer=BAD_NAME,
    )
    yield ClientScript(
        name="published and ended 30 times",
        source="rtmp.md 4.4 row 60, 4.6 row 85",
        steps=(*OPEN, Send((CREATE + PUBLISH + ends) * 30)),
        end=End.SERVED,
        answer=b"NetStream.Unpublish.Success",
    )


def strangers_on_streams() -> Iterator[ClientScript]:
    """Goodbyes for others, and players who want too much."""
    yield ClientScript(
        name="the goodbye of somebody else",
        source="rtmp.md 4.4 row 60 (nginx-rtmp#1642)",
        steps=(
            *OPEN,
            Send(said(command("FCUnpublish", 9, None, HONEST_KEY), command("deleteStream", 10, None, 1))),
        ),
        within_s=COMMAND_S,
    )
    plays = b"".join(
        said(command("createStream", 2, None), command("play", 3, None, VICTIM_KEY, stream_id=n))
        for n in range(1, 15)
    )
    yield ClientScript(
        name="14 plays on one connection, of a stream that nobody publishes",
        source="rtmp.md 1.14",
        steps=(*OPEN, Send(plays)),
        within_s=LAST_WORDS_S * 2,
    )
    pauses = said(
        command("pause", 0, None, YES, 0, stream_id=1), command("pause", 0, None, NO, 0, stream_id=1)
    )
    yield ClientScript(
        name="a player that pauses for ever",
        source="rtmp.md 1.14",
        steps=(*PLAYING, Send(pauses, times=2000)),
    )
    yield ClientScript(
        name="everything at once, again and again",
        source="rtmp.md 1.11: an encoder in a hurry",
        steps=(*SHAKEN, Send(ASKS_TO_PUBLISH * 60)),
    )


def deaf_clients() -> Iterator[ClientScript]:
    """Clients that ask and do not read the answers."""
    second = PUBLISH * 200 + said(raw(8, SOUND))
    yield ClientScript(
        name="a publisher that asks 200 things a second and reads no answer",
        source="rtmp.md 4.1 rows 14, 22, 23 (S14, S20, S21)",
        steps=(*ON_AIR, StopReading(), Send(second * 40, piece=len(second), pause_s=1.1)),
    )
    yield ClientScript(
        name="a player that asks 200 things a second and reads no answer",
        source="rtmp.md 4.1 rows 14, 22 (S14, S20)",
        steps=(*PLAYING, StopReading(), Send(PUBLISH * 200 * 40, piece=200 * len(PUBLISH), pause_s=1.1)),
    )


COMMANDS = (
    *amf_bombs(),
    *odd_connects(),
    *names(),
    *command_floods(),
    *control_floods(),
    *streams(),
    *strangers_on_streams(),
    *deaf_clients(),
)
