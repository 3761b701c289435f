"""A stream whose publisher vanishes and comes back: what its consumers see is one broadcast."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.relay.bridge.slate import Slate, SlatePicture
from powerstream_desktop.relay.stream.homecoming import NO_KEY_FRAMES_S
from powerstream_desktop.relay.stream.stream import BRIDGE_TICK_S, MAX_KEPT_KEYS, SILENT_S
from powerstream_desktop.rtmp.flv.tags import classify_video
from powerstream_desktop.rtmp.packet import MediaKind
from tests.unit.relay.packets import (
    CAPTION,
    METADATA,
    PICTURE_HEADER,
    SOUND_HEADER,
    inter_frame,
    is_key,
    key_frame,
    sound,
)
from tests.unit.relay.scene import AAC_FRAME_MS, FRAME_MS, Scene

A, V, D = MediaKind.AUDIO, MediaKind.VIDEO, MediaKind.DATA
OTHER_PICTURE_HEADER = PICTURE_HEADER[:-1] + b"\x81"
MONO_HEADER = bytes.fromhex("af001188")


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    scene.publish()
    scene.send(30)
    return scene


def test_the_bridge_goes_on_where_the_publisher_stopped(scene: Scene) -> None:
    last_ms = scene.frames(V)[-1].dts_ms
    scene.vanish()
    scene.wait(5.0)
    stills = scene.frames(V)[30:]
    assert 0 < stills[0].dts_ms - last_ms <= 100
    assert len(stills) == 5
    assert all(is_key(still) for still in stills)
    assert scene.frames(A)[-1].dts_ms - last_ms == pytest.approx(5_000, abs=FRAME_MS + 45)
    scene.assert_continuous()


def test_a_publisher_that_comes_back_is_cut_in_at_the_time_that_has_passed(scene: Scene) -> None:
    left_ms, left_at = scene.frames(V)[-1].dts_ms, scene.now
    scene.vanish()
    scene.wait(5.0)
    scene.publish()
    scene.send(10, tag=7)
    (first,) = [frame for frame in scene.frames(V) if frame.payload == key_frame(7)]
    assert first.dts_ms - left_ms == pytest.approx(1000 * (first.arrived_s - left_at) + FRAME_MS, abs=5)
    assert scene.consumer.calls == ["started"]
    scene.assert_continuous()


def test_what_it_sends_before_its_first_key_frame_is_left_out_and_bridged(scene: Scene) -> None:
    scene.vanish()
    scene.wait(1.0)
    scene.publish()
    scene.skip(5)
    scene.send(30, tag=9)
    pictures = [frame.payload for frame in scene.frames(V)]
    assert inter_frame(9) in pictures
    assert pictures.index(inter_frame(9)) > pictures.index(key_frame(9))
    cut = next(frame for frame in scene.frames(V) if frame.payload == key_frame(9))
    assert all(
        frame.dts_ms >= cut.dts_ms - FRAME_MS for frame in scene.frames(A) if frame.payload == sound(9)
    )
    scene.assert_continuous()


def test_headers_that_everybody_has_are_not_sent_again(scene: Scene) -> None:
    scene.vanish()
    scene.wait(1.0)
    scene.publish()
    scene.send(3)
    assert scene.headers(V) == [PICTURE_HEADER]
    assert scene.headers(A) == [SOUND_HEADER]
    assert scene.headers(D) == [METADATA]
    assert [p.payload for p in scene.stream.headers()] == [METADATA, SOUND_HEADER, PICTURE_HEADER]


def test_other_settings_go_out_right_before_the_key_frame_that_needs_them(scene: Scene) -> None:
    scene.vanish()
    scene.wait(1.0)
    scene.publish(picture=OTHER_PICTURE_HEADER, sound_header=MONO_HEADER)
    scene.wait(1.5)
    assert scene.headers(V) == [PICTURE_HEADER]
    scene.send(3, tag=8)
    assert scene.headers(V) == [PICTURE_HEADER, OTHER_PICTURE_HEADER]
    video = [p.payload for p in scene.consumer.packets if p.kind is V]
    assert video[video.index(OTHER_PICTURE_HEADER) + 1] == key_frame(8)
    assert [p.payload for p in scene.stream.headers()] == [METADATA, MONO_HEADER, OTHER_PICTURE_HEADER]
    scene.assert_continuous()


def test_headers_that_the_returning_publisher_does_not_have_are_forgotten(scene: Scene) -> None:
    scene.vanish()
    scene.stream.start_publish()
    scene.stream.take_video(0, PICTURE_HEADER, scene.now)
    scene.stream.take_video(0, key_frame(), scene.now)
    assert [p.payload for p in scene.stream.headers()] == [PICTURE_HEADER]


def test_captions_of_a_publisher_that_is_not_on_air_are_left_out(scene: Scene) -> None:
    scene.vanish()
    scene.publish()
    scene.stream.take_data(CAPTION, scene.now)
    scene.send(1)
    assert CAPTION not in scene.headers(D)


def test_a_straggler_of_a_publisher_that_is_lost_is_left_out(scene: Scene) -> None:
    scene.vanish()
    scene.stream.take_video(2_000, key_frame(5), scene.now)
    assert key_frame(5) not in [frame.payload for frame in scene.frames(V)]


def test_a_take_over_is_a_cut_at_a_key_frame_too(scene: Scene) -> None:
    scene.publish()
    scene.send(5, tag=6)
    assert scene.consumer.calls == ["started"]
    assert scene.stream.bridged_since_s is None
    assert len(scene.frames(V)) == 35
    scene.assert_continuous()


def test_a_publisher_that_stalls_for_a_second_is_not_bridged(scene: Scene) -> None:
    scene.skip(25)
    scene.wait(1.0)
    scene.send(25)
    assert len(scene.frames(V)) == 55
    assert scene.stream.bridged_since_s is None


def test_a_publisher_that_falls_silent_is_bridged_from_its_last_frame_on(scene: Scene) -> None:
    left_at = scene.now - 1 / 25
    scene.wait(SILENT_S + 0.1)
    assert scene.stream.bridged_since_s == pytest.approx(left_at)
    snapshot = scene.stream.snapshot()
    assert not snapshot.publishing
    assert snapshot.bridging_s == pytest.approx(scene.now - left_at)
    scene.assert_continuous()


def test_a_stopped_publisher_whose_clock_ran_on_is_cut_in_at_its_next_key_frame(scene: Scene) -> None:
    scene.wait(4.0)
    scene.skip(100)
    scene.send(30, tag=4)
    cut = next(frame for frame in scene.frames(V) if frame.payload == key_frame(4))
    assert scene.stream.bridged_since_s is None
    assert cut.dts_ms - scene.frames(V)[0].dts_ms == pytest.approx(1000 * (cut.arrived_s - 100.0), abs=5)
    scene.assert_continuous()


def test_what_the_network_held_up_is_left_out_up_to_a_key_frame_of_the_present(scene: Scene) -> None:
    scene.wait(4.0)
    scene.send(100, fps=500.0, tag=3)
    scene.send(30, tag=3)
    pictures = [frame for frame in scene.frames(V)[30:] if frame.payload in (key_frame(3), inter_frame(3))]
    assert is_key(pictures[0])
    assert len(pictures) < 40
    scene.assert_continuous()


def test_a_publisher_that_lost_its_time_for_good_is_cut_in_a_second_later(scene: Scene) -> None:
    scene.wait(6.0)
    scene.send(60, tag=2)
    assert scene.stream.bridged_since_s is None
    scene.assert_continuous()


def test_one_that_vanishes_again_before_its_cut_changes_nothing(scene: Scene) -> None:
    scene.vanish()
    since = scene.stream.bridged_since_s
    scene.wait(1.0)
    scene.publish()
    scene.vanish()
    scene.wait(1.0)
    assert scene.stream.bridged_since_s == since
    scene.publish()
    scene.send(3)
    assert scene.stream.bridged_since_s is None
    scene.assert_continuous()


def test_who_joins_in_the_middle_of_a_bridge_finds_a_group_to_start_with(scene: Scene) -> None:
    scene.vanish()
    scene.wait(30.5)
    group = scene.stream.group()
    assert is_key(group[0])
    assert scene.stream.group_age_ms <= 1_000


def test_the_slate_is_shown_to_those_who_wait_long_enough(scene: Scene) -> None:
    pictures = [key_frame(99), *(inter_frame(99) for _ in range(49))]
    slate = Slate(
        header=PICTURE_HEADER,
        pictures=tuple(SlatePicture(n * 40, p, classify_video(p)) for n, p in enumerate(pictures)),
        length_ms=2_000,
    )
    scene.stream.use_slate(slate)
    scene.vanish()
    scene.wait(10.0)
    assert sum(frame.payload == key_frame(99) for frame in scene.frames(V)) == 4
    scene.publish()
    scene.send(3, tag=1)
    assert scene.frames(V)[-1].payload == inter_frame(1)
    scene.assert_continuous()


def test_the_bridge_is_not_counted_as_coming_from_the_publisher(scene: Scene) -> None:
    before = scene.stream.snapshot()
    scene.vanish()
    scene.wait(10.0)
    after = scene.stream.snapshot()
    assert (after.frames_received, after.bytes_received) == (before.frames_received, before.bytes_received)


def test_an_end_ends_the_bridge(scene: Scene) -> None:
    scene.vanish()
    scene.wait(1.0)
    scene.stream.end_publish()
    before = len(scene.consumer.packets)
    assert scene.stream.keep_up(scene.now + 1.0) is None
    assert scene.stream.bridged_since_s is None
    assert len(scene.consumer.packets) == before
    assert scene.consumer.calls == ["started", "ended"]


@pytest.mark.parametrize(("tracks", "repeated"), [(2, 3), (100, MAX_KEPT_KEYS)])
def test_every_track_of_pictures_is_repeated_up_to_a_hostile_number(
    scene: Scene, tracks: int, repeated: int
) -> None:
    for track in range(1, tracks + 1):
        key = b"\x96\x01avc1" + bytes([track]) + b"\0\0\0" + key_frame()[5:]
        scene.stream.take_video(1_200, key, scene.now)
    before = len(scene.frames(V)) + tracks
    scene.vanish()
    scene.wait(0.5)
    stills = scene.frames(V)[before:]
    assert [still.info.track for still in stills] == list(range(repeated))


def test_a_publisher_that_never_sent_anything_is_not_missed() -> None:
    scene = Scene()
    scene.stream.start_publish()
    scene.wait(9.0)
    assert scene.stream.bridged_since_s is None
    scene.vanish()
    scene.wait(9.0)
    assert scene.consumer.packets == []


def test_nor_is_one_that_has_not_sent_anything_since_the_broadcast_before(scene: Scene) -> None:
    scene.stream.end_publish()
    scene.stream.start_publish()
    scene.wait(SILENT_S + 1.0)
    assert scene.stream.bridged_since_s is None


def test_a_picture_that_the_returning_publisher_does_not_have_is_not_repeated(scene: Scene) -> None:
    scene.vanish()
    scene.wait(1.0)
    scene.stream.start_publish()
    scene.stream.take_audio(0, SOUND_HEADER, scene.now)
    for number in range(150):
        scene.stream.take_audio(int(number * AAC_FRAME_MS), sound(4), scene.now)
        scene.wait(AAC_FRAME_MS / 1000)
    assert scene.stream.bridged_since_s is None
    before = len(scene.frames(V))
    scene.vanish()
    scene.wait(3.0)
    assert len(scene.frames(V)) == before
    scene.assert_continuous()


def test_a_stream_of_sound_is_bridged_and_cut_in_again() -> None:
    scene = Scene()
    scene.stream.start_publish()
    scene.stream.take_audio(0, SOUND_HEADER, scene.now)
    for number in range(50):
        scene.stream.take_audio(int(number * AAC_FRAME_MS), sound(), scene.now)
        scene.wait(AAC_FRAME_MS / 1000)
    scene.vanish()
    scene.wait(3.0)
    scene.stream.start_publish()
    scene.stream.take_audio(0, SOUND_HEADER, scene.now)
    for number in range(10):
        scene.stream.take_audio(int(number * AAC_FRAME_MS), sound(4), scene.now)
        scene.wait(AAC_FRAME_MS / 1000)
    scene.stream.hand_out()
    assert sum(frame.payload == sound(4) for frame in scene.frames(A)) >= 9
    scene.assert_continuous()


def test_where_the_picture_had_ended_long_before_the_sound_goes_on_without_a_hole(scene: Scene) -> None:
    for number in range(57, 557):  # behind those of the scene
        scene.stream.take_audio(int(number * AAC_FRAME_MS), sound(), scene.now)
        scene.wait(AAC_FRAME_MS / 1000)
    scene.wait(SILENT_S + 1.0)
    assert scene.stream.bridged_since_s is not None
    scene.assert_continuous()


def test_who_joins_behind_a_publisher_that_was_cut_in_without_a_key_frame_waits_for_one(scene: Scene) -> None:
    scene.vanish()
    scene.wait(1.0)
    scene.stream.start_publish()
    scene.stream.take_video(0, OTHER_PICTURE_HEADER, scene.now)
    for number in range(round(NO_KEY_FRAMES_S * 25) + 2):
        scene.stream.take_video(number * FRAME_MS, inter_frame(6), scene.now)
        scene.wait(1 / 25)
    assert scene.stream.bridged_since_s is None
    assert scene.stream.group() == ()


def test_the_last_still_is_not_measured_as_the_returning_publishers_key_frame(scene: Scene) -> None:
    scene.vanish()
    scene.wait(1.0)
    scene.publish()
    scene.now += 0.2  # the next still is overdue
    scene.send(20)
    stats = scene.stream.snapshot().stats
    assert stats is not None
    assert stats.longest_key_frame_interval_s is None


def test_a_bridge_wakes_its_stream_a_few_times_a_second_only(scene: Scene) -> None:
    scene.vanish()
    assert scene.stream.keep_up(scene.now) == pytest.approx(scene.now + BRIDGE_TICK_S)


@given(frames_before=st.integers(1, 60), away_s=st.floats(0.0, 8.0), missed=st.integers(0, 30))
def test_whenever_a_publisher_vanishes_and_comes_back_the_broadcast_is_one(
    frames_before: int, away_s: float, missed: int
) -> None:
    scene = Scene()
    scene.publish()
    scene.send(frames_before)
    scene.vanish()
    scene.wait(away_s)
    scene.publish()
    scene.skip(missed)
    scene.send(60, tag=5)
    scene.assert_continuous()
    assert scene.frames(V)[-1].payload in (inter_frame(5), key_frame(5))
    assert scene.stream.bridged_since_s is None


@given(frames_before=st.integers(1, 60), away_s=st.floats(SILENT_S + 0.1, 8.0))
def test_whenever_a_publisher_stops_and_goes_on_the_broadcast_is_one(
    frames_before: int, away_s: float
) -> None:
    scene = Scene()
    scene.publish()
    scene.send(frames_before)
    scene.wait(away_s)
    scene.skip(int(away_s * 25))
    scene.send(60, tag=5)
    scene.assert_continuous()
    assert scene.stream.bridged_since_s is None
