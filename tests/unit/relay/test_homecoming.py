"""When a publisher that is back is cut in: at a key frame, of the present, and never never."""

from __future__ import annotations

from powerstream_desktop.relay.stream.homecoming import (
    LATE_FOR_GOOD_S,
    MAX_HELD_HEADERS,
    NEAR_THE_PRESENT_MS,
    NO_KEY_FRAMES_S,
    SOUND_ALONE_S,
    HeldHeader,
    Homecoming,
)
from powerstream_desktop.rtmp.flv.tags import classify_audio, classify_video
from powerstream_desktop.rtmp.packet import MediaKind
from tests.unit.relay.packets import PICTURE_HEADER, SOUND_HEADER, inter_frame, key_frame, sound

A, V = MediaKind.AUDIO, MediaKind.VIDEO
KEY, INTER, SOUND = classify_video(key_frame()), classify_video(inter_frame()), classify_audio(sound())


def newcomer(*, expects_picture: bool = True) -> Homecoming:
    return Homecoming(keeps_clock=False, expects_picture=expects_picture)


def resumed() -> Homecoming:
    return Homecoming(keeps_clock=True, expects_picture=True)


def header(kind: MediaKind, payload: bytes) -> HeldHeader:
    classify = classify_video if kind is V else classify_audio
    return HeldHeader(kind, classify(payload), payload)


def test_a_new_publisher_enters_with_its_first_key_frame() -> None:
    home = newcomer()
    assert not home.may_enter(A, SOUND, 0.0, 0)
    assert not home.may_enter(V, INTER, 0.1, 0)
    assert home.may_enter(V, KEY, 0.2, 0)


def test_one_that_fell_silent_leaves_out_what_the_network_held_up() -> None:
    home = resumed()
    assert not home.may_enter(V, KEY, 0.0, NEAR_THE_PRESENT_MS + 1)
    assert not home.may_enter(V, INTER, 0.1, 0)
    assert home.may_enter(V, KEY, 0.2, NEAR_THE_PRESENT_MS)


def test_one_whose_clock_lost_time_for_good_enters_a_second_later() -> None:
    home = resumed()
    assert not home.may_enter(V, KEY, 0.0, 60_000)
    assert home.may_enter(V, KEY, LATE_FOR_GOOD_S, 60_000)


def test_one_without_key_frames_is_taken_as_it_comes_at_last() -> None:
    home = newcomer()
    assert not home.may_enter(V, INTER, 0.0, 0)
    assert not home.may_enter(V, INTER, NO_KEY_FRAMES_S - 0.1, 0)
    assert home.may_enter(V, INTER, NO_KEY_FRAMES_S, 0)


def test_sound_alone_enters_at_once_where_there_was_no_picture_before() -> None:
    assert newcomer(expects_picture=False).may_enter(A, SOUND, 0.0, 0)


def test_sound_alone_waits_a_moment_for_a_picture_where_there_was_one() -> None:
    home = newcomer()
    assert not home.may_enter(A, SOUND, 0.0, 0)
    assert home.may_enter(A, SOUND, SOUND_ALONE_S, 0)


def test_sound_waits_for_the_picture_whose_header_has_come() -> None:
    home = newcomer(expects_picture=False)
    home.hold(header(V, PICTURE_HEADER))
    assert not home.may_enter(A, SOUND, 0.0, 0)
    assert not home.may_enter(A, SOUND, SOUND_ALONE_S, 0)
    assert home.may_enter(A, SOUND, NO_KEY_FRAMES_S, 0)


def test_of_each_header_the_newest_is_held() -> None:
    home = newcomer()
    newest = PICTURE_HEADER[:-1] + b"\x81"
    for payload in (PICTURE_HEADER, newest):
        home.hold(header(V, payload))
    home.hold(header(A, SOUND_HEADER))
    assert [held.payload for held in home.headers] == [newest, SOUND_HEADER]


def test_a_hostile_number_of_headers_is_not_held() -> None:
    home = newcomer()
    for track in range(200):
        home.hold(header(V, bytes([0x96, 0x00]) + b"av01" + bytes([track]) + b"configuration"))
    assert len(home.headers) == MAX_HELD_HEADERS
