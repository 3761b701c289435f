"""Hostile platforms up to Publish.Start: silence, hang-ups, other protocols, and wrong answers (rtmp.md 1.15, 1.19, 5.3)."""

from __future__ import annotations

import random
from collections.abc import Iterator

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.rtmp.amf_values import AMFValue
from tests.hostile.script import (
    Await,
    HalfClose,
    HangUp,
    Reset,
    Send,
    ServerScript,
    ShakeHands,
    Steps,
    StopReading,
)
from tests.hostile.wire import (
    ACCEPTED,
    CREATED,
    KEY_SEEN,
    LIVE,
    PUBLISH_STARTED,
    WELCOME,
    command,
    connect_error,
    control,
    header,
    raw,
    said,
    status,
)

REJECTED = DestinationState.REJECTED
GREEN = DestinationState.LIVE
SHAKEN: Steps = (ShakeHands(),)
ASKED: Steps = (ShakeHands(), Await(b"connect"))
ANSWER_S = 16.0
"""Each answer gets 10 s, that to ``publish`` 15."""
S0 = b"\x03"


def silences() -> Iterator[ServerScript]:
    """Platforms that stop talking."""
    source = "rtmp.md 4.1 row 17 (S17)"
    unanswered: dict[str, tuple[Steps, str]] = {
        "the first byte": ((), "handshake-timeout"),
        "half a handshake": ((Send(S0 + bytes(1000)),), "handshake-timeout"),
        "most of a handshake": ((Send(S0 + bytes(3071)),), "handshake-timeout"),
        "the handshake": (SHAKEN, "handshake-timeout"),
        "connect": (WELCOME, "start-timeout"),
        "createStream": (KEY_SEEN, "start-timeout"),
    }
    for what, (steps, code) in unanswered.items():
        yield ServerScript(
            name=f"silence behind {what}",
            source=source,
            steps=steps,
            codes=frozenset({code}),
            within_s=ANSWER_S,
        )
    slow = Send(S0 + bytes(3072), piece=1, pause_s=0.5)
    yield ServerScript(
        name="a handshake of single bytes",
        source="RS 6.3.6: a one-byte dribble",
        steps=(slow,),
        codes=frozenset({"handshake-timeout"}),
        within_s=ANSWER_S,
    )
    yield ServerScript(
        name="the answer to connect in single bytes",
        source="RS 6.3.6: a one-byte dribble",
        steps=(*ASKED, Send(ACCEPTED, piece=1, pause_s=0.5)),
        codes=frozenset({"handshake-timeout", "start-timeout"}),
        within_s=ANSWER_S,
    )
    yield ServerScript(
        name="pings instead of answers",
        source="RS 6.3.6",
        steps=(
            *ASKED,
            Send(said(raw(4, b"\0\x06" + bytes(4), stream_id=0, csid=2)) * 60, piece=18, pause_s=1.0),
        ),
        codes=frozenset({"handshake-timeout", "start-timeout"}),
        within_s=ANSWER_S,
    )


def hang_ups() -> Iterator[ServerScript]:
    """Platforms that leave, in every stage and in both manners."""
    source = "RS 6.3.6; rtmp.md 1.19"
    stages: dict[str, tuple[Steps, frozenset[str], DestinationState]] = {
        "at once": ((), frozenset({"closed", "reset"}), DestinationState.RETRYING),
        "in the handshake": (
            (Send(S0 + bytes(100)),),
            frozenset({"closed", "reset"}),
            DestinationState.RETRYING,
        ),
        "behind the handshake": (ASKED, frozenset({"closed-before-connect"}), DestinationState.RETRYING),
        "behind connect": ((*WELCOME, Await(b"createStream")), frozenset({"closed-before-start"}), REJECTED),
        "behind the key": (KEY_SEEN, frozenset({"closed-before-start"}), REJECTED),
    }
    for what, (steps, codes, state) in stages.items():
        yield ServerScript(
            name=f"a close {what}", source=source, steps=(*steps, HangUp()), codes=codes, state=state
        )
        yield ServerScript(
            name=f"a reset {what}", source=source, steps=(*steps, Reset()), codes=codes, state=state
        )
        yield ServerScript(
            name=f"half a close {what}", source=source, steps=(*steps, HalfClose()), codes=codes, state=state
        )


def other_protocols() -> Iterator[ServerScript]:
    """Whatever else may listen on a port."""
    greetings = {
        "a web page": (
            b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>Sign in</html>",
            "web-page",
        ),
        "an SSH server": (b"SSH-2.0-OpenSSH_9.2\r\n", "not-rtmp"),
        "a mail server": (b"220 mail.example ESMTP\r\n", "not-rtmp"),
        "a TLS alert": (bytes.fromhex("15030100020228"), "not-rtmp"),
        "RTMPE": (b"\x06" + bytes(3072), "not-rtmp"),
        "zeros": (bytes(4096), "not-rtmp"),
    }
    for what, (greeting, code) in greetings.items():
        yield ServerScript(
            name=what, source="rtmp.md 1.2.4", steps=(Send(greeting),), codes=frozenset({code})
        )
    for what, greeting in (
        ("TLS", b"\x16\x03\x01" + bytes(2000)),
        ("a web page", b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        ("noise", b"noise" * 500),
    ):
        yield ServerScript(
            name=f"{what} where TLS should be",
            source="rtmp.md 4.6 row 77",
            steps=(Send(greeting),),
            codes=frozenset({"tls-failed", "tls-missing", "tls-too-old", "web-page", "not-rtmp"}),
            tls=True,
        )
    for what, steps in (("silence", ()), ("a close", (HangUp(),)), ("a reset", (Reset(),))):
        yield ServerScript(
            name=f"{what} where TLS should be",
            source="rtmp.md 4.6 rows 76, 77",
            steps=steps,
            codes=frozenset({"tls-failed", "tls-missing", "connect-timeout"}),
            within_s=11.0,
            tls=True,
        )


def garbage() -> Iterator[ServerScript]:
    """Noise at every stage."""
    for what, steps in (
        ("the handshake", SHAKEN),
        ("connect", WELCOME),
        ("the key", KEY_SEEN),
        ("Publish.Start", LIVE),
    ):
        for seed in range(3):
            yield ServerScript(
                name=f"noise {seed} behind {what}",
                source="RS 6.3.3, rtmp.md 4.1 row 11 (S11)",
                steps=(*steps, Send(random.Random(seed).randbytes(64 * 1024)), HangUp()),
                codes=frozenset(
                    {"protocol", "closed-before-connect", "closed-before-start", "closed", "closed-soon"}
                ),
                state=None,
            )
    ones = Send(b"\xff" * 65536, times=16)
    yield ServerScript(
        name="ones for ever", source="RS 6.1", steps=(*SHAKEN, ones), codes=frozenset({"protocol"})
    )


def sizes() -> Iterator[ServerScript]:
    """Chunk sizes that hurt others."""
    for size in (0, 0x80000000, 0xFFFFFFFF):
        yield ServerScript(
            name=f"chunk size {size:#x}",
            source="rtmp.md 4.1 row 5 (S5)",
            steps=(*ASKED, Send(control(1, size))),
            codes=frozenset({"protocol"}),
        )
    for size in (1, 2, 134217728, 0x7FFFFFFF):
        chunk_size = min(size, 0xFFFFFF)
        start = said(
            command("onStatus", 0, None, {"level": "status", "code": "NetStream.Publish.Start"}, stream_id=1),
            chunk_size=chunk_size,
        )
        created = said(command("_result", 4, None, 1), chunk_size=chunk_size)
        accepted = said(
            command("_result", 1, None, {"level": "status", "code": "NetConnection.Connect.Success"}),
            chunk_size=chunk_size,
        )
        yield ServerScript(
            name=f"chunk size {size}",
            source="rtmp.md 4.1 rows 1 to 3 (S1 to S3), RS 6.3.6",
            steps=(
                *ASKED,
                Send(control(1, size) + accepted),
                Await(b"createStream"),
                Send(created),
                Await(b"publish"),
                Send(start),
            ),
            state=GREEN,
        )


def windows() -> Iterator[ServerScript]:
    """Windows and bandwidths that nobody can mean."""
    for numbers, what in (
        ((5, 1), "window 1"),
        ((5, 0), "window 0"),
        ((5, 0xFFFFFFFF), "window 2^32 - 1"),
        ((6, 0), "bandwidth 0"),
        ((6, 1), "bandwidth 1"),
    ):
        yield ServerScript(
            name=f"a {what}",
            source="rtmp.md 1.18, RS 6.3.6",
            steps=(
                *ASKED,
                Send(control(*numbers) + ACCEPTED),
                Await(b"createStream"),
                Send(CREATED),
                Await(b"publish"),
                Send(PUBLISH_STARTED),
            ),
            state=GREEN,
        )


def lengths() -> Iterator[ServerScript]:
    """Messages that are announced and do not come."""
    for type_id, length, what in (
        (9, 16_000_000, "video"),
        (8, 70_000, "sound"),
        (18, 70_000, "data"),
        (20, 70_000, "a command"),
        (99, 70_000, "nobody knows what"),
    ):
        yield ServerScript(
            name=f"{length} bytes of {what} announced",
            source="RS 6.1: librtmp2#88",
            steps=(*ASKED, Send(header(7, length, type_id))),
            codes=frozenset({"protocol"}),
        )
    many = b"".join(header(csid, 60_000, 9) + bytes(128) for csid in range(3, 64))
    yield ServerScript(
        name="61 messages begun and none finished",
        source="RS 6.1: librtmp2#88",
        steps=(*ASKED, Send(many)),
        codes=frozenset({"protocol", "handshake-timeout", "start-timeout"}),
        within_s=ANSWER_S,
    )


def answers() -> Iterator[ServerScript]:
    """Streams with numbers of every kind."""
    source = "rtmp.md 1.15, 1.16, 5.3"
    numbers: tuple[tuple[str, AMFValue], ...] = (
        ("no number", float("nan")), ("infinite", float("inf")), ("negative", -1.0), ("2^32", 4294967296.0), ("a text", "1"),
        ("nothing", None), ("an object", {}), ("true", True),
    )  # fmt: skip
    for what, number in numbers:
        yield ServerScript(
            name=f"a stream whose number is {what}",
            source=source,
            steps=(*WELCOME, Await(b"createStream"), Send(said(command("_result", 4, None, number)))),
            codes=frozenset({"protocol"}),
        )
    for good in (0.0, 7.0, 4294967295.0):
        start = said(
            command(
                "onStatus",
                0,
                None,
                {"level": "status", "code": "NetStream.Publish.Start"},
                stream_id=int(good),
            )
        )
        yield ServerScript(
            name=f"a stream whose number is {good:.0f}",
            source=source,
            steps=(
                *WELCOME,
                Await(b"createStream"),
                Send(said(command("_result", 4, None, good))),
                Await(b"publish"),
                Send(start),
            ),
            state=GREEN,
        )


def early_answers() -> Iterator[ServerScript]:
    """Answers that come before their question, or to none."""
    source = "rtmp.md 1.15, 1.16, 5.3"
    wrong = said(*(command("_result", number, None, 1) for number in (0, 7, -1, 1e300, float("nan"))))
    yield ServerScript(
        name="answers to questions that nobody asked",
        source=source,
        steps=(*ASKED, Send(wrong * 5)),
        codes=frozenset({"handshake-timeout", "start-timeout"}),
        within_s=ANSWER_S,
    )
    yield ServerScript(
        name="Publish.Start before it was asked for",
        source="rtmp.md 0.7",
        steps=(*ASKED, Send(PUBLISH_STARTED * 3 + CREATED)),
        codes=frozenset({"handshake-timeout", "start-timeout"}),
        within_s=ANSWER_S,
    )
    yield ServerScript(
        name="all answers at once",
        source=source,
        steps=(*SHAKEN, Send(ACCEPTED + CREATED + PUBLISH_STARTED)),
        state=GREEN,
    )
    yield ServerScript(
        name="a refusal of what does not matter",
        source="rtmp.md 1.15",
        steps=(
            *WELCOME,
            Await(b"createStream"),
            Send(said(command("_error", 2, None, {"code": "x"}), command("_error", 3, None)) + CREATED),
            Await(b"publish"),
            Send(PUBLISH_STARTED),
        ),
        state=GREEN,
    )
    yield ServerScript(
        name="a platform that reads nothing behind connect",
        source="rtmp.md 4.1 row 14 (S14)",
        steps=(*ASKED, StopReading()),
        codes=frozenset({"handshake-timeout", "start-timeout"}),
        within_s=ANSWER_S,
    )


def refusals() -> Iterator[ServerScript]:
    """Refusals that go on and on; each costs one connection and then a long pause."""
    texts: dict[str, tuple[bytes, str]] = {
        "a redirect, again and again": (connect_error("moved", ex={"code": 302, "redirect": "rtmp://127.0.0.1:1/app"}), "connect-rejected"),
        "a wish for a password, again and again": (connect_error("[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=needauth&user=x&salt=s&challenge=c&opaque=o"), "connect-rejected"),
        "a wish for an llnw password": (connect_error("authmod=llnw ?reason=needauth&nonce=" + "n" * 500), "connect-rejected"),
        "a refusal without a word": (said(command("_error", 1, None)), "connect-rejected"),
        "a refusal that is a number": (said(command("_error", 1, None, 42.0)), "connect-rejected"),
        "a refusal that is a list": (said(command("_error", 1, None, [1.0, 2.0])), "connect-rejected"),
        "a status that refuses the connect": (status("error", "NetConnection.Connect.InvalidApp"), "connect-rejected"),
    }  # fmt: skip
    for name, (text, code) in texts.items():
        yield ServerScript(
            name=name,
            source="RS 6.3.6: endless redirects and challenges",
            steps=(*ASKED, Send(text)),
            state=REJECTED,
            codes=frozenset({code}),
            dwell_s=10.0,
            most_connections=1,
        )


OPENINGS = (
    *silences(),
    *hang_ups(),
    *other_protocols(),
    *garbage(),
    *sizes(),
    *windows(),
    *lengths(),
    *answers(),
    *early_answers(),
    *refusals(),
)
