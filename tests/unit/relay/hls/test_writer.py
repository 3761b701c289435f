"""The writer: which files are there at every moment, and what a disk that refuses costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from powerstream_desktop.relay.hls.segment import Segment
from powerstream_desktop.relay.hls.segmenter import Segmenter
from powerstream_desktop.relay.hls.writer import SegmentWriter
from tests.unit.relay.hls.disk import FakeFolder
from tests.unit.relay.hls.media import OTHER_PICTURE_HEADER, headers, segments_of, stream
from tests.unit.relay.packets import PacketMaker

START = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def folder() -> FakeFolder:
    return FakeFolder()


@pytest.fixture
def writer(folder: FakeFolder) -> SegmentWriter:
    return SegmentWriter(folder, 7, lambda at_s: START + timedelta(seconds=at_s))


@pytest.fixture
def segments() -> list[Segment]:
    make, segmenter = PacketMaker(), Segmenter()
    return segments_of(segmenter, [*headers(make), *stream(make, 0, 8_000)])


def playlist(folder: FakeFolder) -> str:
    return folder.files["index.m3u8"].decode()


def fault(writer: SegmentWriter) -> str:
    return writer.progress.cause.title if writer.progress.cause is not None else ""


def test_the_first_segment_makes_everything_playable(
    writer: SegmentWriter, folder: FakeFolder, segments: list[Segment]
) -> None:
    writer.write(segments[0])
    assert sorted(folder.files) == ["7.m4s", "index.m3u8", "init-7.mp4"]
    assert writer.progress.has_playlist
    assert writer.progress.codecs == "avc1.42c01e,mp4a.40.2"
    assert "DISCONTINUITY" not in playlist(folder)


def test_dates_follow_the_stream_and_not_the_disk(
    writer: SegmentWriter, folder: FakeFolder, segments: list[Segment]
) -> None:
    for segment in segments[:2]:
        writer.write(segment)
    assert "DATE-TIME:2026-07-01T00:00:02.000+00:00" in playlist(folder)


def test_a_stream_of_any_length_needs_a_dozen_files(writer: SegmentWriter, folder: FakeFolder) -> None:
    make, segmenter = PacketMaker(), Segmenter()
    for segment in segments_of(segmenter, [*headers(make), *stream(make, 0, 60_000)]):
        writer.write(segment)
    assert len(folder.files) == 6 + 3 + 2
    assert writer.progress.segments == 30


def test_new_settings_get_an_initialisation_of_their_own(writer: SegmentWriter, folder: FakeFolder) -> None:
    make, segmenter = PacketMaker(), Segmenter()
    packets = [*headers(make), *stream(make, 0, 2_000), make.video(2_000, OTHER_PICTURE_HEADER)]
    for segment in segments_of(segmenter, [*packets, *stream(make, 2_000, 4_000)]):
        writer.write(segment)
    assert {"init-7.mp4", "init-8.mp4"} < folder.files.keys()
    assert '#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init-8.mp4"' in playlist(folder)


@pytest.mark.allow_warning_logs
def test_a_full_disk_costs_its_segments_and_nothing_else(
    writer: SegmentWriter, folder: FakeFolder, segments: list[Segment]
) -> None:
    writer.write(segments[0])
    folder.refused = {".m4s"}
    writer.write(segments[1])
    assert fault(writer) == "The disk is full."
    assert (writer.progress.segments, writer.progress.segments_lost) == (1, 1)
    folder.refused = set()
    writer.write(segments[2])
    assert fault(writer) == ""
    assert "7.m4s\n#EXT-X-DISCONTINUITY\n" in playlist(folder)
    assert playlist(folder).endswith("9.m4s\n"), "the number of the lost segment does not come again"


@pytest.mark.allow_warning_logs
def test_a_playlist_that_was_refused_comes_with_the_next_segment(
    writer: SegmentWriter, folder: FakeFolder, segments: list[Segment]
) -> None:
    folder.refused = {".m3u8"}
    writer.write(segments[0])
    assert "index.m3u8" not in folder.files
    folder.refused = set()
    writer.write(segments[1])
    assert "\n7.m4s\n" in playlist(folder)
    assert "DISCONTINUITY" not in playlist(folder)


@pytest.mark.allow_warning_logs
def test_a_refused_initialisation_is_tried_again(
    writer: SegmentWriter, folder: FakeFolder, segments: list[Segment]
) -> None:
    folder.refused = {".mp4"}
    writer.write(segments[0])
    folder.refused = set()
    writer.write(segments[1])
    assert sorted(folder.files) == ["8.m4s", "index.m3u8", "init-8.mp4"]


def test_the_end_is_said_once_and_only_if_there_was_something(
    writer: SegmentWriter, folder: FakeFolder, segments: list[Segment]
) -> None:
    writer.end()
    assert folder.files == {}
    writer.write(segments[0])
    writer.end()
    assert playlist(folder).endswith("#EXT-X-ENDLIST\n")
    assert writer.progress.is_ended
    folder.files.clear()
    writer.end()
    assert folder.files == {}


def test_the_next_broadcast_opens_the_playlist_again(
    writer: SegmentWriter, folder: FakeFolder, segments: list[Segment]
) -> None:
    writer.write(segments[0])
    writer.end()
    writer.write(segments[1])
    assert not writer.progress.is_ended
    assert "#EXT-X-MEDIA-SEQUENCE:8\n" in playlist(folder)
