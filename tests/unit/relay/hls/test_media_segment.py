"""The bytes of a fragment, box by box; that players understand them is shown with real media in tests/integration."""

from __future__ import annotations

import struct

import pytest

from powerstream_desktop.relay.hls.init_segment import init_segment
from powerstream_desktop.relay.hls.media_segment import media_segment
from powerstream_desktop.relay.hls.segment import Segment
from powerstream_desktop.relay.hls.segmenter import Segmenter
from powerstream_desktop.rtmp.flv.tags import frame_body
from tests.unit.relay.hls.media import headers, segments_of
from tests.unit.relay.packets import PacketMaker

CONTAINERS = frozenset({"moov", "trak", "mdia", "minf", "stbl", "dinf", "mvex", "moof", "traf"})


def boxes(data: bytes, path: str = "") -> list[tuple[str, bytes]]:
    """Return path and body of every box, and check that their sizes fill their parents."""
    found: list[tuple[str, bytes]] = []
    pos = 0
    while pos < len(data):
        size, kind = struct.unpack_from(">I4s", data, pos)
        body, name = data[pos + 8 : pos + size], kind.decode()
        assert 8 <= size <= len(data) - pos
        found.append((path + name, body))
        if name in CONTAINERS:
            found += boxes(body, f"{path}{name}.")
        pos += size
    return found


@pytest.fixture
def segment() -> Segment:
    make = PacketMaker()
    frames = [
        make.key(1_000),
        make.sound(1_000),
        make.disposable(1_040),
        make.sound(1_021),
        make.inter(1_090),
    ]
    return segments_of(Segmenter(), [*headers(make), *frames])[0]


def test_an_initialisation_describes_both_tracks(segment: Segment) -> None:
    found = boxes(init_segment(segment.tracks))
    kinds = [path for path, _ in found]
    assert kinds[:2] == ["ftyp", "moov"]
    assert kinds.count("moov.trak") == kinds.count("moov.mvex.trex") == 2
    entries = [body for path, body in found if path.endswith("stsd")]
    assert [entry[12:16] for entry in entries] == [b"avc1", b"mp4a"]
    assert struct.unpack_from(">HH", entries[0], 40) == (640, 360)


def test_an_initialisation_of_one_track_names_only_that(segment: Segment) -> None:
    tracks = type(segment.tracks)(picture=None, sound=segment.tracks.sound)
    paths = [path for path, _ in boxes(init_segment(tracks))]
    assert paths.count("moov.trak") == paths.count("moov.mvex.trex") == 1


def test_a_fragment_says_when_its_tracks_begin_and_how_long_frames_last(segment: Segment) -> None:
    found = boxes(b"".join(media_segment(segment, 5)))
    times = [struct.unpack(">4xQ", body)[0] for path, body in found if path == "moof.traf.tfdt"]
    assert times == [1_000 * 90, 1_000 * 48]
    pictures, sounds = (body for path, body in found if path == "moof.traf.trun")
    assert [row[0] for row in struct.iter_unpack(">IIIi", pictures[12:])] == [3_600, 4_500, 4_500]
    assert [row[0] for row in struct.iter_unpack(">II", sounds[12:])] == [1_024, 1_024]


def test_a_fragment_says_where_decoding_starts_and_what_may_be_left_out(segment: Segment) -> None:
    found = boxes(b"".join(media_segment(segment, 5)))
    pictures = next(body for path, body in found if path == "moof.traf.trun")
    flags = [row[2] for row in struct.iter_unpack(">IIIi", pictures[12:])]
    assert flags == [0x02000000, 0x01810000, 0x01010000]


def test_the_tables_point_at_the_frames(segment: Segment) -> None:
    data = b"".join(media_segment(segment, 5))
    moof_at = data.index(b"moof") - 4
    runs = [body for path, body in boxes(data) if path == "moof.traf.trun"]
    for run, samples, row in zip(runs, (segment.pictures, segment.sounds), (">IIIi", ">II"), strict=True):
        at = moof_at + struct.unpack_from(">i", run, 8)[0]
        sizes = [fields[1] for fields in struct.iter_unpack(row, run[12:])]
        for sample, size in zip(samples, sizes, strict=True):
            assert data[at : at + size] == frame_body(sample.packet.payload, sample.packet.info)
            at += size


def test_the_frames_are_views_and_not_copies(segment: Segment) -> None:
    pieces = media_segment(segment, 5)
    assert pieces[1].obj is segment.pictures[0].packet.payload  # type: ignore[union-attr]


def test_a_temporal_delimiter_is_left_out_of_av1() -> None:
    make = PacketMaker()
    header = make.video(0, bytes.fromhex("906176303181000c000a0b000000043cfecc02f80040"))
    packets = [header, make.video(0, b"\x91av01\x12\x00picture"), make.video(40, b"\xa1av01picture")]
    segment = segments_of(Segmenter(), packets)[0]
    assert b"".join(media_segment(segment, 0)).endswith(struct.pack(">I4s", 22, b"mdat") + b"picturepicture")
