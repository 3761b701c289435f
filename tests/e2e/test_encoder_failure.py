"""Encoders fail on air in every way they can: one raises, one hangs, one falls silent. The platform must not notice."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import av
import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.encoders.av_encoder import AVEncoder
from powerstream_desktop.engine.encoders.catalogue import kind_named
from powerstream_desktop.engine.encoders.live_encoder import Candidate, EncoderChange, LiveEncoder
from powerstream_desktop.engine.encoders.port import EncodedPicture
from powerstream_desktop.engine.output.output import Output
from powerstream_desktop.engine.pattern import Pattern
from powerstream_desktop.engine.sound import SAMPLE_RATE, Tone
from powerstream_desktop.engine.video_settings import Latency, VideoSettings
from tests.e2e.support.ffprobe import stream_facts
from tests.e2e.support.live_broadcast import Target
from tests.e2e.support.relay_broadcast import RelayBroadcast
from tests.e2e.support.stage import Stage

pytestmark = [pytest.mark.e2e, pytest.mark.exacting]

FPS = 30
SETTINGS = VideoSettings(width=320, height=180, fps=FPS, bitrate_kbps=500)
OTHER = VideoSettings(width=320, height=180, fps=FPS, bitrate_kbps=500, latency=Latency.LOW)
"""Of the encoders that fail: their decoder settings are not those of the last one."""
RAISES_AT, HANGS_AT, SILENT_AT, LENGTH = 75, 165, 275, 420
"""In slots; each a second later, when the next encoder begins, is no flash."""
CHANGE_S = 2.0
BUSY_S = 0.5
"""What a busy machine may add to a hole."""
STEP_MS = 20.0


class FailingEncoder:
    """x264, until it fails.

    Args:
        how: ``raises``, ``hangs`` or ``is silent``.
        at: the slot.
        released: lets the call that hangs return when the test is over.
        failed_s: takes the moment of the failure.
    """

    skipped = 0

    def __init__(self, how: str, at: int, released: threading.Event, failed_s: list[float]) -> None:
        self._inner = AVEncoder(kind_named("libx264"), OTHER)
        self.name = f"encoder that {how}"
        self._how = how
        self._at = at
        self._released = released
        self._failed_s = failed_s

    @property
    def headers(self) -> bytes:
        return self._inner.headers

    def encode(self, frame: av.VideoFrame, slot: int, *, is_key: bool) -> list[EncodedPicture]:
        if slot >= self._at:
            if slot == self._at:
                self._failed_s.append(time.monotonic())
            match self._how:
                case "raises":
                    raise SystemFault("The encoder refused to work.")
                case "hangs":
                    self._released.wait()
                case _:
                    return []
        return self._inner.encode(frame, slot, is_key=is_key)

    def set_bitrate(self, video_kbps: int) -> None:
        self._inner.set_bitrate(video_kbps)

    def finish(self) -> list[EncodedPicture]:
        return self._inner.finish()


@dataclass(frozen=True, slots=True)
class Ordeal:
    """A broadcast that is over.

    Attributes:
        changes: in the order in which they were told.
        change_times_s: how long after its failure each was told.
        slowest_s: the longest that the program had to wait for one slot.
        arrived: what the platform recorded.
        recordings: what the relay recorded.
    """

    changes: list[EncoderChange]
    change_times_s: list[float]
    slowest_s: float
    arrived: list[Path]
    recordings: list[Path]


@pytest.fixture(scope="module")
def ordeal(shared_stage: Stage) -> Ordeal:
    server = shared_stage.nginx()
    broadcast = RelayBroadcast(shared_stage, Target("one", server.server_url, "key-one"))
    publisher = broadcast.engines_publisher()
    released = threading.Event()
    changes: list[EncoderChange] = []
    failed_s: list[float] = []
    changed_s: list[float] = []

    def note(change: EncoderChange) -> None:
        changes.append(change)
        changed_s.append(time.monotonic())

    encoder = LiveEncoder(SETTINGS, candidates(released, failed_s), on_change=note)
    output, pattern, tone = Output(SETTINGS, encoder), Pattern(SETTINGS.width, SETTINGS.height, FPS), Tone()
    began_s, slowest_s, samples = time.monotonic(), 0.0, SAMPLE_RATE // FPS
    for slot in range(LENGTH):
        time.sleep(max(0.0, began_s + slot / FPS - time.monotonic()))
        picture = pattern.picture_at(slot / FPS, slot)
        at_s = time.monotonic()
        tags = output.encode_picture(picture.frame, slot, is_key=slot % SETTINGS.keyframe_interval == 0)
        slowest_s = max(slowest_s, time.monotonic() - at_s)
        publisher.put(tags + output.encode_sound(tone.read(slot * samples, samples), slot * samples))
    publisher.put(output.finish())
    released.set()
    publisher.close()
    broadcast.end()
    change_times_s = [later - earlier for earlier, later in zip(failed_s, changed_s, strict=True)]
    return Ordeal(changes, change_times_s, slowest_s, server.recordings("key-one"), broadcast.recordings)


def candidates(released: threading.Event, failed_s: list[float]) -> Sequence[Candidate]:
    def failing(how: str, at: int) -> Candidate:
        return Candidate(delay=1, make=lambda _kbps: FailingEncoder(how, at, released, failed_s))

    return [
        failing("raises", RAISES_AT),
        failing("hangs", HANGS_AT),
        failing("is silent", SILENT_AT),
        Candidate(delay=30, make=partial(AVEncoder, kind_named("libx264"), SETTINGS)),
    ]


def test_each_failure_is_followed_within_two_seconds_and_told(ordeal: Ordeal) -> None:
    assert [change.encoder for change in ordeal.changes] == [
        "encoder that hangs",
        "encoder that is silent",
        "libx264",
    ]
    assert max(ordeal.change_times_s) <= CHANGE_S


def test_an_encoder_that_hangs_for_good_does_not_hold_up_the_program(ordeal: Ordeal) -> None:
    assert ordeal.slowest_s < CHANGE_S


def test_the_platform_keeps_its_one_connection(ordeal: Ordeal) -> None:
    assert len(ordeal.arrived) == 1


def test_times_grow_and_the_holes_in_the_pictures_are_short(ordeal: Ordeal) -> None:
    video, _ = stream_facts(ordeal.arrived[0]).both
    times = [packet.dts_s for packet in video.packets]
    assert all(earlier < later for earlier, later in pairwise(times))
    shown = sorted(packet.pts_s for packet in video.packets)
    assert max(later - earlier for earlier, later in pairwise(shown)) <= CHANGE_S + BUSY_S


def test_the_sound_has_no_hole(ordeal: Ordeal) -> None:
    _, audio = stream_facts(ordeal.arrived[0]).both
    steps = [later.pts_s - earlier.pts_s for earlier, later in pairwise(audio.packets)]
    assert max(steps) < 0.030


def test_flashes_stay_where_the_beeps_are(ordeal: Ordeal) -> None:
    """The beeps come exactly once a second, for the sound has no hole; so must what is left of the flashes."""
    square = Pattern(SETTINGS.width, SETTINGS.height, FPS).flash_square
    rises, was_bright = [], True
    with av.open(str(ordeal.arrived[0])) as container:
        for frame in container.decode(video=0):
            luma = frame.to_ndarray()[square.y : square.y + square.height, square.x : square.x + square.width]
            is_bright = bool(luma.mean() > 128)
            if is_bright and not was_bright:
                rises.append(float(frame.time or 0.0) * 1000)
            was_bright = is_bright
    assert len(rises) >= LENGTH / FPS - 5
    places = [(rise - rises[0] + 500) % 1000 - 500 for rise in rises]
    assert max(map(abs, places)) <= STEP_MS


@pytest.mark.parametrize("whose", ["arrived", "recordings"])
def test_everything_decodes_with_the_settings_of_its_own_encoder(ordeal: Ordeal, whose: str) -> None:
    pictures = 0
    for path in getattr(ordeal, whose):
        with av.open(str(path)) as container:
            pictures += sum(1 for _ in container.decode(video=0))
    assert pictures >= LENGTH - 2 * CHANGE_S * FPS - FPS
