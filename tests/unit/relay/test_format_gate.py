"""Whether a platform accepts what the encoder sends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.relay.destination.format_gate import (
    OTHER_TRACK_WITHIN_S,
    REFUSED_WITHIN_S,
    TRACKS_WITHIN_S,
    FormatGate,
    codec_headers,
    codec_refusal,
)
from powerstream_desktop.relay.stream.stream import Stream
from tests.integration.relay.swift_loop import swiftly
from tests.unit.relay.packets import METADATA, PICTURE_HEADER, SOUND_HEADER, key_frame

LEGACY = frozenset({"avc1", "mp4a"})


@pytest.mark.parametrize(
    ("codecs", "accepted", "detail"),
    [
        ({"avc1", "mp4a"}, LEGACY, None),
        ({"avc1"}, LEGACY, None),
        (set(), LEGACY, None),
        ({"hvc1", "Opus"}, None, None),
        ({"hvc1", "mp4a"}, LEGACY, "hvc1; accepted: avc1, mp4a"),
        ({"av01", "Opus"}, LEGACY, "Opus, av01; accepted: avc1, mp4a"),
    ],
)
def test_a_codec_that_is_not_on_the_list_is_named(
    codecs: set[str], accepted: frozenset[str] | None, detail: str | None
) -> None:
    refusal = codec_refusal(frozenset(codecs), accepted)
    assert refusal == (Failure(FailureKind.UNSUPPORTED_CODEC, detail) if detail else None)


class Scene:
    """A stream whose headers come when the test wants."""

    def __init__(self) -> None:
        self.clock = asyncio.get_running_loop().time
        self.stream = Stream("program", self.clock)
        self.stream.start_publish()
        self.gate = FormatGate(self.clock)

    def header(self, payload: bytes) -> None:
        take = self.stream.take_video if payload is PICTURE_HEADER else self.stream.take_audio
        take(0, payload, self.clock())
        self.stream.hand_out()
        self.gate.headers_changed(while_sending=False)


def scene(test: Callable[[Scene], Coroutine[None, None, None]]) -> Callable[[], None]:
    async def run() -> None:
        await test(Scene())

    run.__name__ = test.__name__
    return swiftly(run)


@scene
async def test_two_tracks_that_are_known_keep_nobody_waiting(its: Scene) -> None:
    its.header(SOUND_HEADER)
    its.header(PICTURE_HEADER)
    began = its.clock()
    await its.gate.tracks_known(its.stream)
    assert its.clock() - began < 0.1


@scene
async def test_the_second_header_ends_the_wait(its: Scene) -> None:
    its.header(PICTURE_HEADER)
    waiting = asyncio.create_task(its.gate.tracks_known(its.stream))
    await asyncio.sleep(OTHER_TRACK_WITHIN_S / 2)
    assert not waiting.done()
    its.header(SOUND_HEADER)
    await asyncio.sleep(0.01)
    assert waiting.done()


@scene
async def test_a_stream_of_one_track_costs_half_a_second(its: Scene) -> None:
    its.header(PICTURE_HEADER)
    began = its.clock()
    await its.gate.tracks_known(its.stream)
    assert OTHER_TRACK_WITHIN_S <= its.clock() - began < OTHER_TRACK_WITHIN_S + 0.5


@scene
async def test_a_stream_without_headers_costs_two_seconds(its: Scene) -> None:
    began = its.clock()
    await its.gate.tracks_known(its.stream)
    assert TRACKS_WITHIN_S <= its.clock() - began < TRACKS_WITHIN_S + 0.5


@pytest.mark.parametrize("kind", sorted(FailureKind))
def test_a_hang_up_right_behind_new_headers_is_a_refusal_of_those(kind: FailureKind) -> None:
    now = 100.0
    gate = FormatGate(lambda: now)
    gate.headers_changed(while_sending=True)
    now += REFUSED_WITHIN_S
    hung_up = kind in (FailureKind.CLOSED, FailureKind.RESET, FailureKind.ENDED_BY_PLATFORM)
    expected = FailureKind.FORMAT_REFUSED if hung_up else kind
    assert gate.reason(Failure(kind, "detail")) == Failure(expected, "detail")
    now += 0.1
    assert gate.reason(Failure(kind)).kind is kind


def test_headers_from_before_the_connection_are_no_reason() -> None:
    gate = FormatGate(lambda: 100.0)
    gate.headers_changed(while_sending=False)
    assert gate.reason(Failure(FailureKind.CLOSED)).kind is FailureKind.CLOSED
    gate.headers_changed(while_sending=True)
    gate.new_connection()
    assert gate.reason(Failure(FailureKind.CLOSED)).kind is FailureKind.CLOSED


def test_only_codec_headers_tell_one_format_from_another() -> None:
    stream = Stream("program", lambda: 0.0)
    stream.start_publish()
    stream.take_metadata(METADATA, 0.0)
    stream.take_video(0, PICTURE_HEADER, 0.0)
    stream.take_video(0, key_frame(), 0.0)
    assert codec_headers(stream.headers()) == (PICTURE_HEADER,)
