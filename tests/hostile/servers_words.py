"""Hostile platforms by what they say: texts for people, floods, and orders once we are live (rtmp.md 1.16, 2.8; RS 3.8, 6.3.6)."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.clients_commands import BOMBS
from tests.hostile.script import HalfClose, HangUp, Reset, Send, ServerScript, Wait
from tests.hostile.servers_opening import ANSWER_S, ASKED, GREEN, REJECTED
from tests.hostile.wire import (
    ACCEPTED,
    KEY_SEEN,
    LIVE,
    WELCOME,
    command,
    connect_error,
    control,
    raw,
    said,
    status,
)

PLATFORM_KEY = "sk_hostile_4711_secret?token=abcdef"
BAD_NAME = "NetStream.Publish.BadName"
TEXTS = {
    "30000 letters": "x" * 30_000,
    "control characters": "\x1b[2J\x1b]0;owned\x07\x00\x08\r\n\t\x7f\x9b31m",
    "bidirectional overrides": "\u202egnp.exe\u2066\u2069\u200f\ufeff",
    "markup": "[bold red]x[/] <b>x</b> <script>alert(1)</script> {name} {0} %s %n",
    "unbalanced markup": "[/][/bold][link=http://evil]",
    "the key": f"the key {PLATFORM_KEY} is wrong",
    "the key without its query": "sk_hostile_4711_secret",
    "the key with zeros in it": "\0".join(PLATFORM_KEY),
    "the key across the cut": "x" * 495 + PLATFORM_KEY,
    "surrogates that are none": "\ufffd\ufffe\uffff",
    "a URL with the key": f"rtmp://h/app/{PLATFORM_KEY}",
}


def texts() -> Iterator[ServerScript]:
    """What a refusal may say; the light shows none of it that could hurt."""
    source = "RS 3.8, 3.9, 6.3.6; rtmp.md 1.16"
    for what, text in TEXTS.items():
        yield ServerScript(
            name=f"a refused key, described by {what}",
            source=source,
            steps=(*KEY_SEEN, Send(status("error", BAD_NAME, text))),
            state=REJECTED,
            codes=frozenset({"key-refused"}),
        )
        yield ServerScript(
            name=f"a refused key, coded {what}",
            source=source,
            steps=(*KEY_SEEN, Send(status("error", text, text))),
            state=REJECTED,
            codes=frozenset({"key-refused"}),
        )
    for what in ("control characters", "the key", "30000 letters"):
        yield ServerScript(
            name=f"a refused connect, coded {what}",
            source=source,
            steps=(*ASKED, Send(connect_error(TEXTS[what], code=TEXTS[what]))),
            state=REJECTED,
            codes=frozenset({"connect-rejected"}),
        )
        yield ServerScript(
            name=f"an end while live, coded {what}",
            source=source,
            steps=(*LIVE, Wait(2.0), Send(status("error", TEXTS[what], TEXTS[what]))),
            state=REJECTED,
            codes=frozenset({"ended-by-platform"}),
            within_s=6.0,
        )


def long_texts() -> Iterator[ServerScript]:
    """Texts without end."""
    source = "RS 6.3.6: a megabyte of description"
    yield ServerScript(
        name="a description of a megabyte",
        source=source,
        steps=(
            *KEY_SEEN,
            Send(
                control(1, 0xFFFFFF)
                + said(
                    command(
                        "onStatus",
                        0,
                        None,
                        {"level": "error", "code": BAD_NAME, "description": "x" * 1_000_000},
                    ),
                    chunk_size=0xFFFFFF,
                )
            ),
        ),
        codes=frozenset({"protocol"}),
    )
    yield ServerScript(
        name="a version of 50000 letters and 300 codecs",
        source=source,
        steps=(*ASKED, Send(said(command("_result", 1, {"fmsVer": "\x1b[31m" + "v" * 50_000, "fourCcList": ["\x1b[1m", "avc1", *["x" * 400] * 3]}, {"level": "status", "code": "NetConnection.Connect.Success"}))), HangUp()),
        state=REJECTED,
        codes=frozenset({"closed-before-start"}),
    )  # fmt: skip


def bombs() -> Iterator[ServerScript]:
    """AMF bombs in answers (librtmp CVE-2015-8270 to 8272)."""
    for what, (bomb, row) in BOMBS.items():
        answer = raw(20, b"\x02\0\x07_result\x00\x3f\xf0" + bytes(6) + bomb, stream_id=0, csid=3)
        yield ServerScript(
            name=f"an answer of {what}",
            source=f"rtmp.md 4.1 row 11 (S11), {row}",
            steps=(*ASKED, Send(said(answer))),
            # A reference to nothing is nothing, and nothing is an answer.
            codes=frozenset({"protocol", "start-timeout"}),
            within_s=ANSWER_S,
        )


def floods() -> Iterator[ServerScript]:
    """Floods, before the start and while live."""
    ping = said(raw(4, b"\0\x06" + bytes(4), stream_id=0, csid=2))
    floods = {
        "statuses": status("status", "NetStream.Data.Start", "x"),
        "junk commands": said(command("onBWDone", 0, None, 8192)),
        "answers": said(command("_result", 99, None, None)),
        "pings": ping,
        "windows": control(5, 1) + control(5, 2),
        "bandwidths": control(6, 1) + control(6, 2),
        "events": said(raw(4, b"\0\x20" + bytes(4), stream_id=0, csid=2)),
        "acknowledgements": control(3, 1),
        "empty messages": b"\x05" + bytes(6) + b"\x08\x01\0\0\0",
        "data": said(raw(18, b"\x02\0\x01x" * 6)),
    }
    for what, flood in floods.items():
        for when, steps in (("connect", WELCOME), ("Publish.Start", LIVE)):
            yield ServerScript(
                name=f"{what} for ever behind {when}",
                source="RS 6.3.6; rtmp.md 4.3",
                steps=(*steps, Send(flood, times=60_000)),
                codes=frozenset({"protocol"}),
                within_s=4.0,
            )
    media = said(raw(9, bytes(60_000), csid=6), chunk_size=60_000)
    yield ServerScript(
        name="media from the platform",
        source="RS 6.1: librtmp2#88",
        steps=(*LIVE, Send(control(1, 60_000)), Send(media, times=200)),
        state=GREEN,
        within_s=6.0,
    )
    aggregates = said(raw(22, (b"\x08\0\0\x01" + bytes(7) + b"\xaf\0\0\0\x0c") * 3000), chunk_size=60_000)
    yield ServerScript(
        name="aggregates from the platform for ever",
        source="rtmp.md 1.7",
        steps=(*LIVE, Send(control(1, 60_000)), Send(aggregates, times=100)),
        codes=frozenset({"protocol"}),
        within_s=4.0,
    )


def orders() -> Iterator[ServerScript]:
    """Orders to move, which would go on for ever if they were all obeyed."""
    source = "rtmp.md 2.8; RS 6.3.6: endless redirects"
    reconnect = "NetConnection.Connect.ReconnectRequest"
    for what, url in (
        ("itself", None), ("nowhere", "rtmp://127.0.0.1:1/app"), ("somebody else", "rtmp://evil.example/app"), ("a web page", "http://127.0.0.1/"),
        ("nonsense", "\x00\x1b[31m://"), ("60000 letters", "rtmp://" + "x" * 50_000),
    ):  # fmt: skip
        order = status("status", reconnect, "move", **({"tcUrl": url} if url else {}))
        yield ServerScript(
            name=f"the order to move to {what}, again and again",
            source=source,
            steps=(*LIVE, Wait(1.0), Send(order * 30, piece=len(order), pause_s=1.0)),
            state=GREEN,
            within_s=6.0,
            dwell_s=20.0,
        )


def small_talk() -> Iterator[ServerScript]:
    """What a platform may say while we are live without changing anything."""
    source = "rtmp.md 1.6, 1.16"
    harmless = {
        "the end of a stream": said(raw(4, b"\0\x01" + bytes(4), stream_id=0, csid=2)),
        "a command to close": said(command("close", 0, None)),
        "a status without a code": status("status", None),
        "a status that is a text": said(command("onStatus", 0, None, "x")),
        "a status that is nothing": said(command("onStatus", 0)),
        "an error nobody asked for": said(command("_error", 77, None, {"code": "x"})),
        "a second Publish.Start": status("status", "NetStream.Publish.Start"),
        "a second acceptance": ACCEPTED,
        "shared objects": said(raw(19, b"x" * 100), raw(16, b"y" * 100)),
        "types that do not exist": said(*(raw(kind, b"x" * 20) for kind in (0, 7, 13, 99, 255))),
    }  # fmt: skip
    for what, order in harmless.items():
        yield ServerScript(
            name=f"{what}, while live",
            source=source,
            steps=(*LIVE, Wait(1.0), Send(order * 5)),
            state=GREEN,
            within_s=6.0,
            dwell_s=3.0,
            most_connections=1,
        )
    yield ServerScript(
        name="a word in single bytes, for a minute",
        source="RS 6.3.6: a one-byte dribble for an hour",
        steps=(*LIVE, Send(status("status", "x" * 60) * 10, piece=1, pause_s=1.0)),
        state=GREEN,
        within_s=6.0,
        dwell_s=60.0,
        most_connections=1,
    )


def ends() -> Iterator[ServerScript]:
    """How a platform may end it."""
    for what, code in (
        ("Unpublish.Success", "NetStream.Unpublish.Success"),
        ("InternalKill", "NetStream.Unpublish.InternalKill"),
    ):
        yield ServerScript(
            name=f"{what} while live",
            source="rtmp.md 1.19",
            steps=(*LIVE, Wait(2.0), Send(status("status", code))),
            state=REJECTED,
            codes=frozenset({"ended-by-platform"}),
            within_s=6.0,
        )
    for what, step in (("a close", HangUp()), ("a reset", Reset()), ("half a close", HalfClose())):
        yield ServerScript(
            name=f"{what} while live",
            source="rtmp.md 1.19",
            steps=(*LIVE, Wait(2.0), step),
            codes=frozenset({"closed", "closed-soon", "reset"}),
            within_s=6.0,
        )


WORDS = (*texts(), *long_texts(), *bombs(), *floods(), *orders(), *small_talk(), *ends())
