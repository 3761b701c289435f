"""From what the relay measures to what the platforms say about it."""

from __future__ import annotations

from dataclasses import replace

from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.snapshot import IngestSnapshot
from powerstream_desktop.relay.stream.stream_stats import StreamStats
from powerstream_desktop.rtmp.flv.formats import PictureFormat
from powerstream_desktop.service.broadcast.stream_findings import stream_findings
from tests.unit.platforms.endpoints import CATALOGUE, endpoint

RARE_KEYS = StreamStats(
    video_kbps=4_500,
    audio_kbps=128,
    fps=30,
    key_frame_interval_s=8.0,
    longest_key_frame_interval_s=8.0,
    gop_frames=240,
    av_skew_ms=0,
    jitter_ms=1.0,
    picture=PictureFormat(width=1920, height=1080, profile="High"),
    sound=None,
)


def ingest(stats: StreamStats | None) -> IngestSnapshot:
    return IngestSnapshot(
        publishing=True,
        video_codec="avc1",
        audio_codec="mp4a",
        bitrate_kbps=4_600,
        frames_received=900,
        bytes_received=0,
        timeline_folds=0,
        stats=stats,
    )


def codes(stats: StreamStats | None, rendition: Rendition = Rendition.LANDSCAPE) -> list[str]:
    found = stream_findings({rendition: ingest(stats)}, [endpoint("twitch")], CATALOGUE)
    return [finding.code for finding in found]


def test_what_is_measured_is_judged() -> None:
    assert codes(RARE_KEYS) == ["key-interval"]


def test_an_interval_that_is_not_known_yet_is_not_judged() -> None:
    assert codes(replace(RARE_KEYS, key_frame_interval_s=None)) == []


def test_too_little_known_means_no_judgement() -> None:
    assert codes(None) == []
    assert codes(replace(RARE_KEYS, picture=None)) == []


def test_each_rendition_is_judged_for_its_own_takers() -> None:
    assert codes(RARE_KEYS, Rendition.PORTRAIT) == []
