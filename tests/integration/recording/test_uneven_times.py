"""Frames that come at uneven times stand in the file where they belong, at the tick, in a killed recording as well.

A fragment ends somewhere between two frames. Wherever that is, the frame behind a still, a hole or a bridge must not move to
where an ordinary frame would have stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from powerstream_desktop.recording.muxer import FRAGMENT_MS
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import flv_clip, frames, packets_of, play, presentation_ms
from tests.integration.recording.harness import MemoryRecording, assert_played_as_given

CLIP = packets_of(flv_clip(noise=8))
SILENCE_MS, PICTURE_MS = 21, 33
PHASES_MS = range(0, FRAGMENT_MS, 71)
"""Where in a fragment the uneven time begins."""


def later(packet: MediaPacket, at_ms: int) -> MediaPacket:
    return replace(packet, dts_ms=at_ms, delta_ms=0, arrived_s=at_ms / 1000)


def with_gap(*, from_ms: int, gap_ms: int, kinds: Sequence[MediaKind]) -> list[MediaPacket]:
    """Return the clip with everything from ``from_ms`` on of some tracks moved by ``gap_ms``, in the order of arrival."""
    packets = [
        later(packet, packet.dts_ms + (gap_ms if packet.kind in kinds and packet.dts_ms >= from_ms else 0))
        for packet in CLIP
    ]
    return sorted(packets, key=lambda packet: packet.arrived_s)


def bridged(*, from_ms: int, away_ms: int) -> list[MediaPacket]:
    """Return the clip with a bridge in its middle: a still each second, and silence without a hole."""
    key, silence = frames(CLIP, MediaKind.VIDEO)[0], frames(CLIP, MediaKind.AUDIO)[0]
    packets = with_gap(from_ms=from_ms, gap_ms=away_ms, kinds=list(MediaKind))
    packets += [later(key, from_ms + at_ms) for at_ms in range(500, away_ms - PICTURE_MS, 1000)]
    packets += [
        later(silence, from_ms + at_ms) for at_ms in range(SILENCE_MS, away_ms - SILENCE_MS, SILENCE_MS)
    ]
    return sorted(packets, key=lambda packet: packet.arrived_s)


def assert_exact(packets: list[MediaPacket], folder: Path) -> None:
    """Check that a recording of these packets holds each at its time, killed or finished."""
    recording = MemoryRecording(folder).feed(packets)
    killed = play(recording.disk.content())
    recording.writer.finish()
    base_ms = recording.writer.progress.origin_ms
    wanted = [packet for kind in MediaKind for packet in frames(packets, kind) if packet.dts_ms >= base_ms]
    assert_played_as_given(play(recording.disk.content()), wanted, base_ms)
    for kind, track in killed.items():
        given_ms = [presentation_ms(packet) - base_ms for packet in wanted if packet.kind is kind]
        assert track.pts_ms == pytest.approx(given_ms[: len(track.pts_ms)], abs=0.1)
        assert len(track.pts_ms) > len(given_ms) / 2


@pytest.mark.parametrize("phase_ms", PHASES_MS)
def test_stills_and_what_follows_them_stand_where_they_belong(tmp_path: Path, phase_ms: int) -> None:
    assert_exact(bridged(from_ms=1_000 + phase_ms, away_ms=3_300), tmp_path)


@pytest.mark.parametrize("phase_ms", PHASES_MS)
@pytest.mark.parametrize(
    "kinds",
    [
        pytest.param([MediaKind.VIDEO], id="picture"),
        pytest.param([MediaKind.AUDIO], id="sound"),
        pytest.param([MediaKind.VIDEO, MediaKind.AUDIO], id="both"),
    ],
)
def test_behind_a_hole_times_are_those_of_the_stream(
    tmp_path: Path, phase_ms: int, kinds: list[MediaKind]
) -> None:
    assert_exact(with_gap(from_ms=1_000 + phase_ms, gap_ms=700, kinds=kinds), tmp_path)


def test_a_picture_lasts_until_the_next_one(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path).feed(bridged(from_ms=1_200, away_ms=3_300))
    recording.writer.finish()
    track = play(recording.disk.content())[MediaKind.VIDEO]
    until_next_ms = [after - before for before, after in pairwise(track.pts_ms)]
    assert track.durations_ms[:-1] == pytest.approx(until_next_ms, abs=0.1)
    assert track.durations_ms[-1] == pytest.approx(PICTURE_MS, abs=1)


def test_what_counts_as_durable_during_stills_is_on_the_disk(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path)
    figures: list[int] = []
    for _ in recording.feeding(bridged(from_ms=1_200, away_ms=3_300)):
        durable_ms = recording.writer.progress.durable_ms
        if durable_ms and (not figures or figures[-1] != durable_ms):
            figures.append(durable_ms)
            last_ms = [track.pts_ms[-1] for track in play(recording.disk.content()).values()]
            assert min(last_ms) + 1_000 >= durable_ms
            assert max(last_ms) + PICTURE_MS + 1 >= durable_ms
    assert len(figures) >= 4
    recording.writer.finish()


@pytest.mark.parametrize("lone", [MediaKind.VIDEO, MediaKind.AUDIO])
def test_a_track_that_gives_one_frame_only_does_not_keep_the_other_from_the_disk(
    tmp_path: Path, lone: MediaKind
) -> None:
    both = [packet for kind in MediaKind for packet in frames(CLIP, kind)]
    long = [
        *CLIP,
        *(later(packet, packet.dts_ms + at_ms) for at_ms in range(3_000, 15_000, 3_000) for packet in both),
    ]
    only = next(packet for packet in frames(CLIP, lone) if lone is MediaKind.VIDEO or packet.dts_ms > 100)
    given = [packet for packet in long if packet.kind is not lone or packet.info.kind is not TagKind.FRAME]
    given = sorted([*given, only], key=lambda packet: packet.arrived_s)
    recording = MemoryRecording(tmp_path).feed(given)
    killed = play(recording.disk.content())
    recording.writer.finish()
    finished = play(recording.disk.content())
    (other,) = set(killed) - {lone}
    assert killed[other].pts_ms[-1] > 14_000
    assert [len(track[lone].pts_ms) for track in (killed, finished)] == [1, 1]
    assert finished[other].pts_ms[: len(killed[other].pts_ms)] == killed[other].pts_ms
