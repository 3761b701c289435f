"""Which packets make which segment."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.relay.hls.draft import LONGEST_MS, MAX_FRAMES
from powerstream_desktop.relay.hls.segment import Segment
from powerstream_desktop.relay.hls.segmenter import KEY_FRAME_WAIT_MS, Segmenter
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.relay.hls.media import (
    OTHER_PICTURE_HEADER,
    OTHER_SOUND_HEADER,
    frames_of,
    headers,
    segments_of,
    stream,
)
from tests.unit.relay.packets import PacketMaker, inter_frame


@pytest.fixture
def make() -> PacketMaker:
    return PacketMaker()


@pytest.fixture
def segmenter(make: PacketMaker) -> Segmenter:
    segmenter = Segmenter()
    for header in headers(make):
        segmenter.receive(header)
    return segmenter


def durations(segments: list[Segment]) -> list[int]:
    return [segment.duration_ms for segment in segments]


def test_a_segment_ends_at_the_key_frame_after_two_seconds(segmenter: Segmenter, make: PacketMaker) -> None:
    segments = segments_of(segmenter, stream(make, 1_000, 9_000), to_the_end=False)
    assert durations(segments) == [2_000, 2_000, 2_000]
    assert all(segment.is_independent for segment in segments)


def test_a_segment_is_complete_with_the_key_frame_behind_it(segmenter: Segmenter, make: PacketMaker) -> None:
    for packet in stream(make, 0, 2_000):
        assert segmenter.receive(packet) is None
    assert segmenter.receive(make.key(2_000)) is not None


@pytest.mark.parametrize(
    ("gop_ms", "expected"), [(480, 1_920), (1_960, 1_960), (1_000, 2_000), (3_000, 3_000)]
)
def test_key_frames_at_other_distances_are_cut_at_the_first_behind_about_two_seconds(
    segmenter: Segmenter, make: PacketMaker, gop_ms: int, expected: int
) -> None:
    segments = segments_of(segmenter, stream(make, 0, 10_000, gop_ms=gop_ms), to_the_end=False)
    assert set(durations(segments)) == {expected}


def test_every_frame_is_in_exactly_one_segment(segmenter: Segmenter, make: PacketMaker) -> None:
    packets = list(stream(make, 0, 9_500, gop_ms=5_000))
    pictures, sounds = frames_of(segments_of(segmenter, packets))
    assert pictures == [packet for packet in packets if packet.kind is MediaKind.VIDEO]
    assert sounds == [packet for packet in packets if packet.kind is MediaKind.AUDIO]


def test_the_first_segment_is_a_break_and_the_others_follow_on_it(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    segments = segments_of(segmenter, stream(make, 0, 6_000))
    assert [segment.is_discontinuous for segment in segments] == [True, False, False]
    assert [segment.began_s for segment in segments] == [0, 2, 4]


def test_nothing_begins_before_a_key_frame(segmenter: Segmenter, make: PacketMaker) -> None:
    early = [make.inter(0), make.sound(0), make.inter(40), make.sound(20)]
    segments = segments_of(segmenter, [*early, *stream(make, 80, 1_080)])
    assert len(segments) == 1
    assert segments[0].pictures[0].packet.info.is_keyframe
    assert not set(early) & {*frames_of(segments)[0], *frames_of(segments)[1]}


def test_sound_alone_is_cut_by_time(make: PacketMaker) -> None:
    segmenter = Segmenter()
    segmenter.receive(make.sound_header())
    segments = segments_of(segmenter, [make.sound(at_ms) for at_ms in range(0, 10_000, 20)], to_the_end=False)
    assert len(segments) == 2
    assert all(LONGEST_MS - 50 <= segment.duration_ms <= LONGEST_MS for segment in segments)
    assert all(segment.tracks.picture is None and segment.is_independent for segment in segments)


def test_a_picture_without_further_key_frames_is_cut_by_time_and_says_so(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    segments = segments_of(segmenter, [make.key(0), *stream(make, 40, 12_000, gop_ms=0)], to_the_end=False)
    assert len(segments) == 2
    assert [segment.is_independent for segment in segments] == [True, False]
    assert all(segment.duration_ms <= LONGEST_MS for segment in segments)


def test_a_segment_that_begins_without_a_key_frame_ends_at_the_next(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    segments = segments_of(segmenter, stream(make, 0, 12_000, gop_ms=6_000))
    assert [segment.is_independent for segment in segments] == [True, False, True, False]
    assert segments[2].pictures[0].packet.dts_ms == 6_000


def test_a_key_frame_that_is_none_is_not_believed(segmenter: Segmenter, make: PacketMaker) -> None:
    lie = b"\x17" + inter_frame()[1:]
    packets = [*stream(make, 0, 2_000), make.video(2_000, lie), *stream(make, 2_040, 3_000, gop_ms=0)]
    segments = segments_of(segmenter, packets)
    assert len(segments) == 1
    assert [sample.is_sync for sample in segments[0].pictures].count(True) == 1


def test_a_key_frame_that_is_not_called_one_is_found_when_it_is_needed(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    modest = make.video(2_000, b"\x27" + make.key(2_000).payload[1:])
    segments = segments_of(
        segmenter, [*stream(make, 0, 2_000), modest, *stream(make, 2_040, 3_000, gop_ms=0)]
    )
    assert [len(segment.pictures) for segment in segments] == [50, 25]
    assert segments[1].is_independent


def test_when_no_key_frame_ever_comes_it_begins_without_one(segmenter: Segmenter, make: PacketMaker) -> None:
    segments = segments_of(segmenter, stream(make, 0, KEY_FRAME_WAIT_MS + 2_000, gop_ms=0))
    assert sum(len(segment.pictures) for segment in segments) > 40
    assert not any(segment.is_independent for segment in segments if segment.pictures)


def test_sound_goes_out_alone_when_the_announced_picture_does_not_come(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    sounds = [make.sound(at_ms) for at_ms in range(0, KEY_FRAME_WAIT_MS + 6_000, 20)]
    segments = segments_of(segmenter, sounds)
    assert segments[0].sounds[0].packet.dts_ms == KEY_FRAME_WAIT_MS
    assert segments[0].tracks.picture is None


def test_a_hole_in_both_tracks_ends_a_segment_where_its_last_frame_ends(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    segments = segments_of(segmenter, [*stream(make, 0, 1_000), *stream(make, 4_000, 5_000)])
    assert durations(segments) == [1_000, 1_000]
    assert [segment.is_discontinuous for segment in segments] == [True, True]
    assert segments[1].began_s == 4


def test_one_track_may_pause_without_a_break(segmenter: Segmenter, make: PacketMaker) -> None:
    packets = [*stream(make, 0, 500)]
    packets += [make.inter(at_ms) for at_ms in range(520, 1_960, 40)]
    packets += stream(make, 2_000, 3_000)
    segments = segments_of(segmenter, packets)
    assert [segment.is_discontinuous for segment in segments] == [True, False]


def test_a_picture_that_comes_back_to_players_of_sound_alone_begins_with_a_key_frame(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    packets = [*stream(make, 0, 4_000), *(make.sound(at_ms) for at_ms in range(4_000, 14_000, 20))]
    packets += [make.inter(at_ms) for at_ms in range(14_000, 14_400, 40)]
    packets += [make.key(14_400), *(make.inter(at_ms) for at_ms in range(14_440, 18_000, 40))]
    segments = segments_of(segmenter, packets)
    alone = [number for number, segment in enumerate(segments) if segment.tracks.picture is None]
    assert alone
    pictures, _ = frames_of(segments[alone[-1] :])
    assert pictures[0].dts_ms == 14_400


def test_sound_that_is_seconds_ahead_of_the_picture_breaks_nothing(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    packets: list[MediaPacket] = []
    for at_ms in range(0, 8_000, 40):
        packets.append(make.key(at_ms) if at_ms % 2_000 == 0 else make.inter(at_ms))
        packets += [make.sound(at_ms + 6_000), make.sound(at_ms + 6_020)]
    segments = segments_of(segmenter, packets)
    assert durations(segments) == [2_000] * 4
    assert [segment.is_discontinuous for segment in segments] == [True, False, False, False]


def test_new_picture_settings_begin_a_segment_at_their_key_frame(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    packets = [*stream(make, 0, 1_000), make.video(1_000, OTHER_PICTURE_HEADER), make.inter(1_000)]
    segments = segments_of(segmenter, [*packets, *stream(make, 1_040, 2_000)])
    sizes = [segment.tracks.picture and segment.tracks.picture.width for segment in segments]
    assert sizes == [640, 320]
    assert segments[1].pictures[0].packet.dts_ms == 1_040, "what the new settings cannot decode is left out"
    assert sum(len(segment.sounds) for segment in segments) == 98


def test_new_sound_settings_wait_for_the_next_key_frame_and_nothing_is_lost(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    before, behind = list(stream(make, 0, 1_000)), list(stream(make, 1_400, 2_400))
    header = make.audio(1_000, OTHER_SOUND_HEADER)
    between = [
        packet for at_ms in range(1_000, 1_400, 40) for packet in (make.inter(at_ms), make.sound(at_ms))
    ]
    segments = segments_of(segmenter, [*before, header, *between, *sorted(behind, key=lambda p: p.dts_ms)])
    assert [segment.tracks.sound and segment.tracks.sound.sample_rate for segment in segments] == [
        48_000,
        44_100,
    ]
    assert [len(segment.pictures) for segment in segments] == [35, 25]
    assert [len(segment.sounds) for segment in segments] == [50, 10 + 50]


def test_a_track_that_comes_later_is_in_the_tracks_of_its_segment(make: PacketMaker) -> None:
    segmenter = Segmenter()
    segmenter.receive(make.picture_header())
    packets = [*stream(make, 0, 2_000, sound=False), make.sound_header(), *stream(make, 2_000, 4_000)]
    segments = segments_of(segmenter, packets)
    assert [segment.tracks.sound is not None for segment in segments] == [False, True]


def test_a_remnant_without_sound_keeps_the_tracks_of_the_segment_before(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    segments = segments_of(segmenter, [*stream(make, 0, 2_000), make.key(2_000)])
    assert segments[1].sounds == ()
    assert segments[1].tracks == segments[0].tracks


def test_the_next_broadcast_begins_anew_with_a_key_frame(segmenter: Segmenter, make: PacketMaker) -> None:
    assert segments_of(segmenter, stream(make, 0, 1_000))[0].duration_ms == 1_000
    segments = segments_of(segmenter, [make.inter(1_500), make.sound(1_500), *stream(make, 1_540, 2_540)])
    assert [segment.is_discontinuous for segment in segments] == [True]
    assert segments[0].pictures[0].packet.dts_ms == 1_540


def test_a_codec_that_no_player_knows_is_left_out_and_named(segmenter: Segmenter, make: PacketMaker) -> None:
    segmenter.receive(make.audio(0, b"\x90fLaC" + bytes(38)))
    segments = segments_of(segmenter, stream(make, 0, 2_000))
    assert segments[0].sounds == ()
    assert "fLaC" in segmenter.refusals[MediaKind.AUDIO].title
    segmenter.receive(make.sound_header())
    assert not segmenter.refusals


def test_frames_of_another_codec_than_the_header_are_left_out(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    hevc = make.video(40, b"\x91hvc1\0\0\0" + bytes(20))
    assert hevc.info.kind is TagKind.FRAME
    segments = segments_of(segmenter, [make.key(0), hevc, make.inter(80)])
    assert len(segments[0].pictures) == 2


def test_an_access_unit_without_content_and_a_second_track_are_left_out(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    empty = make.video(40, bytes.fromhex("2701000000"))
    second = make.audio(40, b"\x95\x01mp4a\x01" + bytes(20))
    assert (empty.info.kind, second.info.track) == (TagKind.FRAME, 1)
    segments = segments_of(segmenter, [make.key(0), empty, second, make.caption(40), make.inter(80)])
    assert (len(segments[0].pictures), len(segments[0].sounds)) == (2, 0)


def test_a_publisher_whose_clock_stands_still_cannot_fill_the_memory(
    segmenter: Segmenter, make: PacketMaker
) -> None:
    packets = [make.key(0), *(make.sound(0) for _ in range(3 * MAX_FRAMES))]
    segments = segments_of(segmenter, packets, to_the_end=False)
    assert all(len(segment.sounds) <= MAX_FRAMES for segment in segments)
    assert len(segments) == 3


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["key", "inter", "sound", "restart", "size", "rate"]), st.integers(0, 3_000)
        ),
        max_size=120,
    )
)
def test_whatever_comes_no_frame_is_doubled_and_no_segment_is_too_long(steps: list[tuple[str, int]]) -> None:
    make, segmenter = PacketMaker(), Segmenter()
    segments: list[Segment] = []
    now_ms = 0
    for header in headers(make):
        segmenter.receive(header)
    for step, pause_ms in steps:
        now_ms += pause_ms // 20
        if step == "restart":
            segment = segmenter.break_off()
        else:
            segment = segmenter.receive(_packet(make, step, now_ms + (pause_ms if pause_ms > 2_900 else 0)))
        segments += [segment] if segment is not None else []
    last = segmenter.break_off()
    segments += [last] if last is not None else []
    for track in frames_of(segments):
        assert all(earlier.index < later.index for earlier, later in pairwise(track))
    assert all(1 <= segment.duration_ms <= LONGEST_MS for segment in segments)
    assert all(segment.pictures or segment.sounds for segment in segments)
    for segment in segments:
        assert not segment.pictures or segment.tracks.picture is not None
        assert not segment.sounds or segment.tracks.sound is not None
        for samples in (segment.pictures, segment.sounds):
            assert all(earlier.decode_time < later.decode_time for earlier, later in pairwise(samples))


def _packet(make: PacketMaker, step: str, at_ms: int) -> MediaPacket:
    match step:
        case "key":
            return make.key(max(at_ms, make.ends_ms[MediaKind.VIDEO]))
        case "inter":
            return make.inter(max(at_ms, make.ends_ms[MediaKind.VIDEO]))
        case "sound":
            return make.sound(max(at_ms, make.ends_ms[MediaKind.AUDIO]))
        case "size":
            return make.video(make.ends_ms[MediaKind.VIDEO], OTHER_PICTURE_HEADER)
        case _:
            return make.audio(make.ends_ms[MediaKind.AUDIO], OTHER_SOUND_HEADER)
