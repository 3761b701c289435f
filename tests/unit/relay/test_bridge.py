"""What a bridge gives out: silence without a hole, a still each second, then the slate; never late, never back."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.relay.bridge.bridge import MOST_AT_ONCE_MS, Bridge, Standstill
from powerstream_desktop.relay.bridge.frame import BridgedFrame
from powerstream_desktop.relay.bridge.pictures import (
    FIRST_AFTER_MS,
    LONGEST_REPEAT_MS,
    REPEAT_MS,
    SLATE_AFTER_MS,
)
from powerstream_desktop.relay.bridge.slate import Slate, SlatePicture
from powerstream_desktop.relay.bridge.sound import LONGEST_FILL_MS, SoundSeam
from powerstream_desktop.rtmp.flv.tags import classify_video
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.relay.packets import PICTURE_HEADER, SOUND_HEADER, PacketMaker, inter_frame, key_frame

A, V = MediaKind.AUDIO, MediaKind.VIDEO
AAC_FRAME_MS = 1024 / 48
AT_S = 100.0
FOREIGN_HEADER = PICTURE_HEADER[:-1] + b"\x81"
LATE_KEY = bytes.fromhex("1701000042") + key_frame(1)[5:]
"""A key frame that is shown 66 ms after its decoding."""

IDR_PICTURE = bytes.fromhex("1701000000 00000019 65888421a0") + b"p" * 20
"""One whose slice header can be read."""


def slate(header: bytes = PICTURE_HEADER) -> Slate:
    frames = [key_frame(), *(inter_frame(number) for number in range(1, 50))]
    pictures = tuple(
        SlatePicture(number * 40, frame, classify_video(frame)) for number, frame in enumerate(frames)
    )
    return Slate(header=header, pictures=pictures, length_ms=2000)


def standstill(
    *,
    picture_ms: int = 5_000,
    sound_ms: int | None = 5_010,
    key: bytes | None = None,
    bitrate_kbps: int = 4_000,
    group: tuple[MediaPacket, ...] = (),
) -> Standstill:
    make = PacketMaker()
    return Standstill(
        heard_at_s=AT_S,
        at_s=AT_S,
        at_ms=picture_ms,
        headers=(make.sound_header(), make.picture_header()),
        group=group,
        keys=(make.video(4_000, key or key_frame()),),
        sound_ms=sound_ms,
        picture_ms=picture_ms,
        bitrate_kbps=bitrate_kbps,
    )


def times(frames: list[BridgedFrame], kind: MediaKind) -> list[int]:
    return [frame.dts_ms for frame in frames if frame.kind is kind]


def run(bridge: Bridge, seconds: float, step_s: float = 0.04) -> list[BridgedFrame]:
    """Ask a bridge again and again, as its timer does."""
    frames: list[BridgedFrame] = []
    for tick in range(1, round(seconds / step_s) + 1):
        frames += bridge.due(AT_S + tick * step_s)
    return frames


def test_silence_follows_the_last_sound_and_never_drifts() -> None:
    silence = times(run(Bridge(standstill(), None), 300.0), A)
    assert silence == [5_010 + int(number * AAC_FRAME_MS) for number in range(1, len(silence) + 1)]
    assert 305_010 - AAC_FRAME_MS - 1 <= silence[-1] <= 305_010


def test_the_first_still_comes_within_a_tenth_of_a_second_and_then_one_a_second() -> None:
    stills = times(run(Bridge(standstill(), None), 10.0), V)
    assert stills[0] == 5_000 + FIRST_AFTER_MS
    assert {later - earlier for earlier, later in itertools.pairwise(stills)} == {REPEAT_MS}
    assert len(stills) == 10


def test_a_still_is_shown_behind_every_picture_before_it() -> None:
    make = PacketMaker()
    group = (make.key(4_960), make.video(5_000, bytes.fromhex("27010000c8") + inter_frame(1)[5:]))
    frames = run(Bridge(standstill(key=LATE_KEY, group=group), None), 1.0)
    (still,) = [frame for frame in frames if frame.kind is V]
    assert still.dts_ms + still.info.cts_ms == 5_201


def test_how_late_the_last_picture_is_shown_is_guessed_when_its_group_had_grown_too_long() -> None:
    assert Bridge(standstill(key=LATE_KEY, group=()), None).shown_ms == 5_066


def test_no_still_is_the_one_before_it_sent_twice() -> None:
    bridge = Bridge(standstill(key=IDR_PICTURE), None)
    stills = [frame.payload for frame in run(bridge, 4.0) if frame.kind is V]
    assert len({IDR_PICTURE, *stills[:2]}) == 3
    assert stills[2:] == stills[:2]


def test_a_picture_goes_before_the_sound_of_the_same_time() -> None:
    still_ms = 5_000 + FIRST_AFTER_MS
    frames = run(Bridge(standstill(sound_ms=still_ms - int(AAC_FRAME_MS)), None), 0.2)
    assert [frame.kind for frame in frames if frame.dts_ms == still_ms] == [V, A]


def test_a_still_costs_no_more_than_the_stream_did() -> None:
    stills = times(run(Bridge(standstill(key=key_frame(size=200_000), bitrate_kbps=800), None), 10.0), V)
    assert {later - earlier for earlier, later in itertools.pairwise(stills)} == {2_000}
    stills = times(run(Bridge(standstill(key=key_frame(size=2_000_000), bitrate_kbps=800), None), 20.0), V)
    assert {later - earlier for earlier, later in itertools.pairwise(stills)} == {LONGEST_REPEAT_MS}


def test_of_stills_that_are_overdue_only_the_newest_is_given_out() -> None:
    bridge = Bridge(standstill(), None)
    assert times(bridge.due(AT_S + 2.5), V) == [5_000 + FIRST_AFTER_MS + 2 * REPEAT_MS]
    assert times(run(bridge, 3.0), V) == []


def test_the_slate_comes_after_three_seconds_and_runs_in_a_loop_without_a_seam() -> None:
    pictures = times(run(Bridge(standstill(), slate()), 12.0), V)
    begins_ms = 5_000 + FIRST_AFTER_MS + SLATE_AFTER_MS
    assert pictures[:4] == [5_000 + FIRST_AFTER_MS + n * REPEAT_MS for n in range(3)] + [begins_ms]
    loop = pictures[3:]
    assert {later - earlier for earlier, later in itertools.pairwise(loop)} == {40}
    assert len(loop) > 200


def test_a_slate_with_other_settings_than_the_streams_is_not_shown() -> None:
    pictures = times(run(Bridge(standstill(), slate(FOREIGN_HEADER)), 6.0), V)
    assert len(pictures) == 6


def test_a_machine_that_slept_for_an_hour_makes_nothing_up() -> None:
    bridge = Bridge(standstill(), slate())
    run(bridge, 5.0)
    frames = bridge.due(AT_S + 3_600.0)
    assert min(frame.dts_ms for frame in frames) >= 5_000 + 3_600_000
    assert len(frames) <= 2


def test_two_seconds_of_silence_are_made_up_at_once() -> None:
    frames = Bridge(standstill(), None).due(AT_S + 2.0)
    assert len(times(frames, A)) == int(2_000 / AAC_FRAME_MS)


def test_a_stream_without_sound_gets_none() -> None:
    frames = run(Bridge(standstill(sound_ms=None), None), 3.0)
    assert times(frames, A) == []
    assert len(times(frames, V)) == 3


def test_sound_that_had_ended_long_ago_begins_anew_near_the_present() -> None:
    silence = times(Bridge(standstill(picture_ms=90_000, sound_ms=5_000), None).due(AT_S + 0.04), A)
    assert silence[0] == 90_000 - MOST_AT_ONCE_MS


@given(
    steps=st.lists(st.floats(0.0, 3.0), max_size=60),
    picture_ms=st.integers(0, 10_000),
    sound_ms=st.integers(0, 10_000) | st.none(),
    with_slate=st.booleans(),
    cts_ms=st.integers(0, 300),
)
def test_however_late_the_timer_is_no_time_goes_back(
    steps: list[float], picture_ms: int, sound_ms: int | None, with_slate: bool, cts_ms: int
) -> None:
    key = bytes([0x17, 1]) + cts_ms.to_bytes(3, "big") + key_frame()[5:]
    bridge = Bridge(
        standstill(picture_ms=picture_ms, sound_ms=sound_ms, key=key), slate() if with_slate else None
    )
    now, frames = AT_S, list[BridgedFrame]()
    for step_s in steps:
        now += step_s
        given_out = bridge.due(now)
        assert all(frame.dts_ms <= bridge.time_ms(now) for frame in given_out)
        frames += given_out
    tracks = [[picture_ms, *times(frames, V)]]
    if sound_ms is not None:
        tracks.append([sound_ms, *times(frames, A)])
    for track in tracks:
        assert all(earlier < later for earlier, later in itertools.pairwise(track))


@given(st.lists(st.floats(0.0, MOST_AT_ONCE_MS / 1000), max_size=60))
def test_however_late_the_timer_is_there_is_no_hole_in_the_silence(steps: list[float]) -> None:
    bridge = Bridge(standstill(), slate())
    silence = [5_010]
    for moment in itertools.accumulate(steps, initial=AT_S):
        silence += times(bridge.due(moment), A)
    assert {later - earlier for earlier, later in itertools.pairwise(silence)} <= {21, 22}


# --- the seam behind a cut ------------------------------------------------------------------------------------------


def seam(after_ms: int = 1_000, header: bytes = SOUND_HEADER) -> SoundSeam:
    return SoundSeam([PacketMaker().audio(0, header)], after_ms)


def test_sound_within_the_silence_is_left_out() -> None:
    assert seam().join(1_010) is None


def test_sound_that_follows_the_silence_is_let_in_as_it_is() -> None:
    for at_ms in (1_011, 1_021, 1_031):
        assert seam().join(at_ms) == []


def test_a_hole_before_the_first_sound_is_filled_up_to_it() -> None:
    filled = seam().join(1_100)
    assert filled is not None
    assert [frame.dts_ms for frame in filled] == [1_021, 1_042, 1_064, 1_085]


def test_a_publisher_whose_sound_begins_much_later_has_a_reason() -> None:
    assert seam().join(1_001 + LONGEST_FILL_MS) == []


def test_a_codec_without_silence_joins_behind_what_was_sent() -> None:
    mp3 = b"\x90.mp3"
    assert seam(header=mp3).join(1_000) is None
    assert seam(header=mp3).join(1_001) == []
