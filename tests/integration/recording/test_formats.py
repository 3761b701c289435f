"""What goes into the MP4 comes out of it: every codec, exact times, with and without an end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import Fault
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_audio, classify_video, frame_body
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import (
    X264_B_FRAMES,
    X264_PLAIN,
    flv_clip,
    frames,
    packets_of,
    play,
    presentation_ms,
    shifted,
)
from tests.integration.recording.harness import MemoryRecording, assert_played_as_given

X265 = (("preset", "ultrafast"), ("x265-params", "log-level=none"))
SVT = (("preset", "12"), ("svtav1-params", "lp=1"))
VP9 = (("deadline", "realtime"), ("cpu-used", "8"))

VIDEO_AND_AUDIO = [
    pytest.param("libx264", X264_PLAIN, "aac", "h264", "aac", id="H.264 and AAC"),
    pytest.param("libx264", X264_B_FRAMES, "aac", "h264", "aac", id="H.264 with B-frames and AAC"),
    pytest.param("libx265", X265, "libopus", "hevc", "opus", id="HEVC with B-frames and Opus"),
    pytest.param("libsvtav1", SVT, "libopus", "av1", "opus", id="AV1 and Opus"),
    pytest.param("libvpx-vp9", VP9, "libmp3lame", "vp9", "mp3", id="VP9 and MP3"),
    pytest.param("libx264", X264_PLAIN, "ac3", "h264", "ac3", id="H.264 and AC-3"),
    pytest.param("libx264", X264_PLAIN, "flac", "h264", "flac", id="H.264 and FLAC"),
    pytest.param("libx264", X264_PLAIN, None, "h264", None, id="H.264 alone"),
    pytest.param(None, (), "aac", None, "aac", id="AAC alone"),
    pytest.param(None, (), "libopus", None, "opus", id="Opus alone"),
]


def recorded(packets: list[MediaPacket]) -> list[MediaPacket]:
    """Return the frames that belong into the file: from the first key frame on."""
    pictures = frames(packets, MediaKind.VIDEO)
    start_ms = pictures[0].dts_ms if pictures else 0
    sounds = frames(packets, MediaKind.AUDIO)
    return pictures + [
        packet
        for packet in sounds
        if packet.dts_ms >= start_ms and frame_body(packet.payload, packet.info)  # FLAC's last one is empty
    ]


@pytest.mark.parametrize(("video", "options", "audio", "video_codec", "audio_codec"), VIDEO_AND_AUDIO)
def test_every_codec_is_recorded_as_it_is_and_at_its_exact_times(
    tmp_path: Path,
    video: str | None,
    options: tuple[tuple[str, str], ...],
    audio: str | None,
    video_codec: str | None,
    audio_codec: str | None,
) -> None:
    packets = packets_of(flv_clip(video=video, options=options, audio=audio, noise=8))
    recording = MemoryRecording(tmp_path).feed(packets)
    killed = play(recording.disk.content())
    recording.writer.finish()
    finished = play(recording.disk.content())

    codecs = {MediaKind.VIDEO: video_codec, MediaKind.AUDIO: audio_codec}
    assert {kind: track.codec for kind, track in finished.items()} == {k: c for k, c in codecs.items() if c}
    wanted = recorded(packets)
    base_ms = min(packet.dts_ms for packet in wanted)
    assert_played_as_given(finished, wanted, base_ms)
    for kind, track in killed.items():
        count = len(track.pts_ms)
        assert count > 0.5 * len(finished[kind].pts_ms)
        assert finished[kind].pts_ms[:count] == pytest.approx(track.pts_ms, abs=0.1)
        assert finished[kind].bodies[:count] == track.bodies


def test_key_frames_are_marked_so_that_players_can_seek(tmp_path: Path) -> None:
    packets = packets_of(flv_clip(gop_s=1.0))
    recording = MemoryRecording(tmp_path).feed(packets)
    recording.writer.finish()
    track = play(recording.disk.content())[MediaKind.VIDEO]
    assert [number for number, is_key in enumerate(track.keyframes) if is_key] == [0, 30, 60]


def test_hevc_carries_the_name_that_apple_plays(tmp_path: Path) -> None:
    packets = packets_of(flv_clip(video="libx265", options=X265, audio="libopus", noise=8))
    recording = MemoryRecording(tmp_path).feed(packets)
    recording.writer.finish()
    assert play(recording.disk.content())[MediaKind.VIDEO].tag == "hvc1"


def legacy_hevc(packet: MediaPacket) -> MediaPacket:
    """Dress an enhanced HEVC packet as the old extension with codec id 12 does."""
    if packet.kind is not MediaKind.VIDEO or packet.info.kind not in (TagKind.HEADER, TagKind.FRAME):
        return packet
    is_header = packet.info.kind is TagKind.HEADER
    first = (0x10 if packet.info.is_keyframe or is_header else 0x20) | 12
    cts = (packet.info.cts_ms & 0xFFFFFF).to_bytes(3, "big")
    payload = bytes([first, 0 if is_header else 1]) + cts + bytes(frame_body(packet.payload, packet.info))
    return replace(packet, payload=payload, info=classify_video(payload))


def test_hevc_in_the_old_extension_of_flv_is_recorded_too(tmp_path: Path) -> None:
    clip = packets_of(flv_clip(video="libx265", options=X265, audio="libopus", noise=8))
    packets = [legacy_hevc(packet) for packet in clip]
    recording = MemoryRecording(tmp_path).feed(packets)
    recording.writer.finish()
    wanted = recorded(packets)
    assert_played_as_given(play(recording.disk.content()), wanted, wanted[0].dts_ms)


def test_negative_composition_offsets_keep_every_presentation_time(tmp_path: Path) -> None:
    clip = packets_of(flv_clip(options=X264_B_FRAMES))
    packets = []
    for packet in clip:
        cts_ms = packet.info.cts_ms - 80 if packet.kind is MediaKind.VIDEO else 0
        packets.append(replace(packet, info=replace(packet.info, cts_ms=cts_ms)))
    assert min(packet.info.cts_ms for packet in frames(packets, MediaKind.VIDEO)) < 0
    recording = MemoryRecording(tmp_path).feed(packets)
    recording.writer.finish()
    wanted = recorded(packets)
    base_ms = min(min(packet.dts_ms, presentation_ms(packet)) for packet in wanted)
    assert_played_as_given(play(recording.disk.content()), wanted, base_ms)


def test_a_stream_that_begins_late_on_its_timeline_begins_at_zero_in_the_file(tmp_path: Path) -> None:
    packets = shifted(packets_of(flv_clip()), 7_200_000)
    recording = MemoryRecording(tmp_path).feed(packets)
    recording.writer.finish()
    assert play(recording.disk.content())[MediaKind.VIDEO].pts_ms[0] == 0
    assert recording.writer.progress.origin_ms == frames(packets, MediaKind.VIDEO)[0].dts_ms
    assert recording.writer.progress.duration_ms < 4_000


def test_a_publisher_that_comes_back_goes_on_in_the_same_file(tmp_path: Path) -> None:
    once = packets_of(flv_clip())
    packets = once + shifted(once, 60_000)
    recording = MemoryRecording(tmp_path).feed(packets)
    recording.writer.finish()
    assert len(recording.writer.progress.parts) == 1
    wanted = recorded(packets)
    assert_played_as_given(play(recording.disk.content()), wanted, wanted[0].dts_ms)


def test_new_codec_settings_go_on_in_a_second_file_without_losing_a_frame(tmp_path: Path) -> None:
    first = packets_of(flv_clip())
    second = shifted(packets_of(flv_clip(size=(160, 90), options=X264_B_FRAMES)), 3_100)
    recording = MemoryRecording(tmp_path).feed(first + second)
    recording.writer.finish()
    parts = recording.writer.progress.parts
    assert [part.path.name for part in parts] == ["show.mp4", "show part 2.mp4"]
    played = [play(disk.content()) for disk in recording.disks]
    wanted = recorded(first) + recorded(second)
    for kind in (MediaKind.VIDEO, MediaKind.AUDIO):
        bodies = [body for part in played for body in part[kind].bodies]
        given = [packet for packet in wanted if packet.kind is kind]
        assert bodies == [bytes(frame_body(packet.payload, packet.info)) for packet in given]
    assert recording.writer.progress.duration_ms == pytest.approx(6_100, abs=120)


def test_a_track_that_begins_after_the_picture_gets_a_second_file(tmp_path: Path) -> None:
    packets = packets_of(flv_clip(seconds=6, gop_s=1.0))
    late = [packet for packet in packets if packet.kind is MediaKind.VIDEO or packet.dts_ms > 3_500]
    late += [
        packet for packet in packets if packet.kind is MediaKind.AUDIO and packet.info.kind is TagKind.HEADER
    ]
    late.sort(key=lambda packet: (packet.info.kind is TagKind.FRAME, packet.dts_ms))
    recording = MemoryRecording(tmp_path).feed(late)
    recording.writer.finish()
    first, second = (play(disk.content()) for disk in recording.disks)
    assert set(first) == {MediaKind.VIDEO}
    assert set(second) == {MediaKind.VIDEO, MediaKind.AUDIO}
    pictures = len(first[MediaKind.VIDEO].pts_ms) + len(second[MediaKind.VIDEO].pts_ms)
    assert pictures == len(frames(packets, MediaKind.VIDEO))


@pytest.mark.allow_warning_logs
def test_a_codec_that_no_mp4_holds_fails_with_its_name_and_leaves_no_file(tmp_path: Path) -> None:
    def g711(packet: MediaPacket) -> MediaPacket:
        payload = b"\x72" + bytes(160)
        return replace(packet, payload=payload, info=classify_audio(payload))

    packets = packets_of(flv_clip())
    packets = [g711(packet) if packet.kind is MediaKind.AUDIO else packet for packet in packets]
    recording = MemoryRecording(tmp_path).feed(packets)
    progress = recording.writer.progress
    assert progress.state is RecordingState.FAILED
    assert progress.cause is not None
    assert progress.cause.fault is Fault.PEER
    assert "pcma" in progress.cause.title
    assert list(tmp_path.iterdir()) == []


@pytest.mark.allow_warning_logs
def test_broken_codec_settings_fail_with_a_sentence(tmp_path: Path) -> None:
    packets = packets_of(flv_clip())
    header = next(p for p in packets if p.kind is MediaKind.VIDEO and p.info.kind is TagKind.HEADER)
    packets[packets.index(header)] = replace(header, payload=header.payload[:5] + b"\x01\x42\xc0\x1f")
    recording = MemoryRecording(tmp_path).feed(packets)
    assert recording.writer.progress.state is RecordingState.FAILED
    assert recording.writer.progress.cause is not None
    assert "cannot be written" in recording.writer.progress.cause.title


def test_an_access_unit_without_content_is_skipped(tmp_path: Path) -> None:
    packets = packets_of(flv_clip())
    victim = frames(packets, MediaKind.VIDEO)[10]
    emptied = replace(victim, payload=victim.payload[:5], info=classify_video(victim.payload[:5]))
    packets[packets.index(victim)] = emptied
    recording = MemoryRecording(tmp_path).feed(packets)
    recording.writer.finish()
    assert len(play(recording.disk.content())[MediaKind.VIDEO].pts_ms) == 89
    assert recording.writer.progress.state is RecordingState.FINALISED
