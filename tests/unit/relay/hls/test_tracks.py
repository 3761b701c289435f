"""Which tracks can be played, and how browsers want them named."""

from __future__ import annotations

import pytest

from powerstream_desktop.relay.hls.segment import SegmentTracks
from powerstream_desktop.relay.hls.tracks import PictureTrack, SoundTrack, UnplayableError, track_of
from tests.unit.relay.packets import PICTURE_HEADER, SOUND_HEADER, PacketMaker

X265_HEADER = bytes.fromhex(
    "90687663310101600000009000000000003cf000fcfdf8f800000f03200001001840010c01ffff0160000003009000000300000300"
    "3c959409210001002a42010101600000030090000003000003003ca00a080c1f3e595952930b9a020000030002000003003c102200"
    "0100064401c073c189"
)
SVT_AV1_HEADER = bytes.fromhex("906176303181000c000a0b000000043cfecc02f80040")
OPUS_HEADER = bytes.fromhex("904f7075734f707573486561640102380180bb0000000000")


@pytest.mark.parametrize(
    ("payload", "name"),
    [
        (PICTURE_HEADER, "avc1.42c01e"),
        (X265_HEADER, "hvc1.1.6.L60.90"),
        (SVT_AV1_HEADER, "av01.0.00M.08"),
    ],
    ids=["H.264", "HEVC", "AV1"],
)
def test_a_picture_is_named_as_browsers_want_it(payload: bytes, name: str) -> None:
    assert track_of(PacketMaker().video(0, payload)).codec_string == name


@pytest.mark.parametrize(
    ("payload", "name", "frame_samples"),
    [
        (SOUND_HEADER, "mp4a.40.2", 1_024),
        (bytes.fromhex("af002b92080000"), "mp4a.40.5", 2_048),
        (OPUS_HEADER, "opus", 960),
    ],
    ids=["AAC", "HE-AAC", "Opus"],
)
def test_sound_is_named_as_browsers_want_it(payload: bytes, name: str, frame_samples: int) -> None:
    track = track_of(PacketMaker().audio(0, payload))
    assert isinstance(track, SoundTrack)
    assert (track.codec_string, track.frame_samples) == (name, frame_samples)


def test_a_picture_track_knows_its_size_and_settings() -> None:
    track = track_of(PacketMaker().picture_header())
    assert isinstance(track, PictureTrack)
    assert (track.width, track.height, track.settings) == (640, 360, PICTURE_HEADER[5:])


def test_a_codec_that_no_player_knows_is_refused_in_words() -> None:
    with pytest.raises(UnplayableError, match="vp09"):
        track_of(PacketMaker().video(0, b"\x90vp09" + bytes(8)))


@pytest.mark.parametrize(
    "payload",
    [
        bytes.fromhex("1700000000ff"),
        bytes.fromhex("17000000000142c01effe000"),
        b"\x90av01\x81\x00\x0c\x00",
        b"\x95av01" + bytes(12),
    ],
    ids=["no record", "no parameter sets", "no sequence header", "an MPEG-TS descriptor"],
)
def test_broken_settings_are_refused_and_nothing_else_happens(payload: bytes) -> None:
    with pytest.raises(UnplayableError):
        track_of(PacketMaker().video(0, payload))


def test_the_codecs_of_a_segment_are_named_picture_first() -> None:
    make = PacketMaker()
    picture, sound = track_of(make.picture_header()), track_of(make.sound_header())
    assert isinstance(picture, PictureTrack)
    assert isinstance(sound, SoundTrack)
    assert SegmentTracks(picture=picture, sound=sound).codec_strings == "avc1.42c01e,mp4a.40.2"
    assert SegmentTracks(picture=None, sound=sound).codec_strings == "mp4a.40.2"
