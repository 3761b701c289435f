"""What a file must know of a track."""

from __future__ import annotations

import pytest

from powerstream_desktop.recording.tracks import TrackSettings, TrackStart, is_recorded, probe_stream
from powerstream_desktop.rtmp.flv.file import FLVReader
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_audio, classify_video, frame_body
from powerstream_desktop.rtmp.messages import MessageType
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.recording.fakes import AVC_SETTINGS, audio_header, metadata, mp3, picture, sound, video_header


def test_settings_are_the_codec_and_its_configuration_record() -> None:
    assert TrackSettings.of_header(video_header()) == TrackSettings(codec="avc1", extradata=AVC_SETTINGS)


def settings_of(header: MediaPacket) -> TrackSettings:
    settings = TrackSettings.of_header(header)
    assert settings is not None
    return settings


def test_a_header_without_the_record_that_its_codec_needs_announces_nothing() -> None:
    payload = b"\x95av01\x80\x04\x81\x00"  # the descriptor of an MPEG-2 transport stream in place of av1C
    packet = MediaPacket(MediaKind.VIDEO, 0, 0, 0, payload, classify_video(payload), 0.0)
    assert packet.info.kind is TagKind.HEADER
    assert TrackSettings.of_header(packet) is None


def flac_header(totals: bytes, *, rate: str = "0bb802f") -> MediaPacket:
    """Return a header of 4608 samples for each frame; ``totals`` are sizes of frames, then number of samples and checksum."""
    stream_info = bytes.fromhex("12001200") + totals[:6] + bytes.fromhex(rate + "0") + totals[6:]
    payload = b"\x90fLaC" + stream_info
    return MediaPacket(MediaKind.AUDIO, 0, 0, 0, payload, classify_audio(payload), 0.0)


def test_the_totals_that_a_flac_encoder_tells_at_its_end_are_no_new_settings() -> None:
    begun, ended = flac_header(bytes(26)), flac_header(bytes(range(26)))
    assert len(settings_of(begun).extradata) == 34
    assert settings_of(begun) == settings_of(ended)
    assert settings_of(begun) != settings_of(flac_header(bytes(26), rate="0ac442f"))


def test_a_frame_is_made_with_the_settings_announced_for_its_codec() -> None:
    announced = settings_of(audio_header())
    assert TrackSettings.of_frame(sound(0), announced) == announced
    assert TrackSettings.of_frame(sound(0), None) is None
    assert TrackSettings.of_frame(picture(0), announced) is None


def test_a_codec_that_needs_no_settings_has_empty_ones() -> None:
    assert TrackSettings.of_frame(mp3(0), settings_of(audio_header())) == TrackSettings(codec=".mp3")


@pytest.mark.parametrize(
    ("packet", "is_wanted"),
    [(picture(0), True), (sound(0), True), (video_header(), True), (metadata(), False)],
)
def test_headers_and_frames_are_recorded_and_nothing_else(packet: MediaPacket, is_wanted: bool) -> None:
    assert is_recorded(packet) is is_wanted


@pytest.mark.parametrize(
    ("payload", "is_wanted"),
    [
        pytest.param("9601 68766331 00 000000 aabb", True, id="track 0 of a multitrack message"),
        pytest.param("9601 68766331 01 000000 aabb", False, id="a message with track 1 only"),
        pytest.param("9468766331 02", False, id="colour information"),
        pytest.param("5200", False, id="a command frame"),
    ],
)
def test_only_the_default_track_of_a_multitrack_stream_is_recorded(payload: str, is_wanted: bool) -> None:
    body = bytes.fromhex(payload)
    packet = MediaPacket(MediaKind.VIDEO, 0, 0, 0, body, classify_video(body), 0.0)
    assert is_recorded(packet) is is_wanted


def test_the_probe_holds_the_header_and_first_frame_of_each_track() -> None:
    key, first_sound = picture(0, key=True), sound(0)
    video = TrackStart.at(key, settings_of(video_header()))
    audio = TrackStart.at(first_sound, settings_of(audio_header()))
    tags = FLVReader().feed(probe_stream(video=video, audio=audio))
    assert [tag.type for tag in tags] == [MessageType.VIDEO, MessageType.AUDIO] * 2
    infos = [
        classify_video(tag.payload) if tag.type == MessageType.VIDEO else classify_audio(tag.payload)
        for tag in tags
    ]
    assert [info.kind for info in infos] == [TagKind.HEADER] * 2 + [TagKind.FRAME] * 2
    assert [info.codec for info in infos] == ["avc1", "mp4a"] * 2
    assert bytes(frame_body(tags[0].payload, infos[0])) == AVC_SETTINGS
    assert bytes(frame_body(tags[2].payload, infos[2])) == bytes(frame_body(key.payload, key.info))
    assert bytes(frame_body(tags[3].payload, infos[3])) == bytes(
        frame_body(first_sound.payload, first_sound.info)
    )


def test_the_probe_of_one_track_announces_one_track() -> None:
    audio = TrackStart.at(sound(0), settings_of(audio_header()))
    assert probe_stream(video=None, audio=audio)[4] == 0x04
