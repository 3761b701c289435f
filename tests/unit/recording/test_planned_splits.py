"""Where a part ends because the owner wants it so: at a key frame, with no frame lost and none in two files."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.recording.parts import (
    KEY_FRAME_WAIT_MS,
    FinishPart,
    OpenPart,
    PartPlanner,
    WriteFrame,
)
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.recording.fakes import audio_header, picture, sound, video_header

HEADERS = [video_header(), audio_header()]
SOUND_MS, PICTURE_MS, GOP_MS = 20, 40, 1000


def stream(start_ms: int, end_ms: int) -> list[MediaPacket]:
    """Return picture and sound in order of time, with a key frame every second."""
    packets: list[MediaPacket] = []
    for at_ms in range(start_ms, end_ms, SOUND_MS):
        if at_ms % PICTURE_MS == 0:
            packets.append(picture(at_ms, key=at_ms % GOP_MS == 0))
        packets.append(sound(at_ms))
    return packets


class Plan:
    """The times of the frames of each part, by kind."""

    def __init__(self) -> None:
        self.planner = PartPlanner()
        self.parts: list[dict[MediaKind, list[int]]] = []
        self.bases_ms: list[int] = []
        self.is_open = False

    def feed(self, packets: Iterable[MediaPacket]) -> Plan:
        for packet in packets:
            self._carry_out(packet)
        return self

    def finish(self) -> Plan:
        for action in self.planner.finish():
            self._do(action)
        return self

    def times(self, kind: MediaKind) -> list[list[int]]:
        return [part[kind] for part in self.parts]

    def _carry_out(self, packet: MediaPacket) -> None:
        for action in self.planner.receive(packet):
            self._do(action)

    def _do(self, action: object) -> None:
        match action:
            case OpenPart():
                assert not self.is_open
                self.is_open = True
                self.bases_ms.append(action.base_ms)
                self.parts.append({MediaKind.VIDEO: [], MediaKind.AUDIO: []})
            case FinishPart():
                assert self.is_open
                self.is_open = False
            case WriteFrame(packet):
                assert self.is_open
                self.parts[-1][packet.kind].append(packet.dts_ms)


def test_a_split_takes_effect_at_the_next_key_frame_and_loses_nothing() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_500)])
    plan.planner.split()
    plan.feed(stream(1_500, 3_500)).finish()
    assert plan.bases_ms == [0, 2_000]
    assert plan.times(MediaKind.VIDEO) == [list(range(0, 2_000, 40)), list(range(2_000, 3_500, 40))]
    assert plan.times(MediaKind.AUDIO) == [list(range(0, 2_000, 20)), list(range(2_000, 3_500, 20))]


def test_sound_that_lags_behind_the_key_frame_still_goes_into_the_old_part() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_000)])
    plan.planner.split()
    plan.feed([picture(1_000, key=True), sound(960), picture(1_040), sound(990), sound(1_010)]).finish()
    assert plan.times(MediaKind.AUDIO)[0][-2:] == [960, 990]
    assert plan.times(MediaKind.AUDIO)[1] == [1_010]
    assert plan.times(MediaKind.VIDEO)[1] == [1_000, 1_040]


def test_a_split_is_one_split_however_often_it_is_wanted() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_000)])
    plan.planner.split()
    plan.planner.split()
    plan.feed(stream(1_000, 4_000)).finish()
    assert plan.bases_ms == [0, 1_000]


def test_a_split_before_the_first_file_is_none() -> None:
    plan = Plan()
    plan.planner.split()
    plan.feed([*HEADERS, *stream(0, 3_000)]).finish()
    assert plan.bases_ms == [0]


def test_sound_alone_is_split_at_once() -> None:
    plan = Plan().feed([audio_header(), *(sound(at_ms) for at_ms in range(0, 3_000, 20))])
    plan.planner.split()
    plan.feed(sound(at_ms) for at_ms in range(3_000, 4_000, 20)).finish()
    assert plan.times(MediaKind.AUDIO) == [list(range(0, 3_000, 20)), list(range(3_000, 4_000, 20))]


def test_a_picture_that_went_away_holds_up_no_split_for_ever() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_000)])
    plan.planner.split()
    end_ms = 1_000 + 2 * KEY_FRAME_WAIT_MS + 2_000
    plan.feed(sound(at_ms) for at_ms in range(1_000, end_ms, 20)).finish()
    first, second = plan.times(MediaKind.AUDIO)
    assert first + second == list(range(0, end_ms, 20))


def test_a_picture_that_comes_back_while_the_split_waits_loses_no_frame() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_000)])
    plan.planner.split()
    back_ms = 1_000 + KEY_FRAME_WAIT_MS + 1_000
    plan.feed(sound(at_ms) for at_ms in range(1_000, back_ms, 20))
    plan.feed([picture(back_ms - 10), *stream(back_ms, back_ms + 2_000)]).finish()
    assert [at for part in plan.times(MediaKind.AUDIO) for at in part] == list(range(0, back_ms + 2_000, 20))
    pictures = [at for part in plan.times(MediaKind.VIDEO) for at in part]
    assert pictures == [*range(0, 1_000, 40), back_ms - 10, *range(back_ms, back_ms + 2_000, 40)]


def test_a_pause_ends_the_part_at_the_next_key_frame_and_leaves_out_what_comes() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_500)])
    plan.planner.pause()
    is_paused_at_once = plan.planner.is_paused
    plan.feed(stream(1_500, 5_000))
    assert (is_paused_at_once, plan.planner.is_paused) == (False, True)
    assert plan.planner.paused_at_ms == 2_000
    assert not plan.is_open
    assert plan.times(MediaKind.VIDEO) == [list(range(0, 2_000, 40))]
    assert plan.times(MediaKind.AUDIO) == [list(range(0, 2_000, 20))]
    assert plan.planner.left_out == 3_000 // 40 + 3_000 // 20


def test_after_a_pause_a_new_part_begins_at_a_key_frame() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_000)])
    plan.planner.pause()
    plan.feed(stream(1_000, 4_500))
    plan.planner.resume()
    plan.feed(stream(4_500, 6_000)).finish()
    assert not plan.planner.is_paused
    assert plan.bases_ms == [0, 5_000]
    assert plan.times(MediaKind.VIDEO)[1] == list(range(5_000, 6_000, 40))
    assert plan.times(MediaKind.AUDIO)[1] == list(range(5_000, 6_000, 20))


def test_a_pause_that_is_taken_back_before_it_began_costs_nothing() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_500)])
    plan.planner.pause()
    plan.planner.resume()
    plan.feed(stream(1_500, 4_000)).finish()
    assert plan.bases_ms == [0]
    assert plan.times(MediaKind.AUDIO) == [list(range(0, 4_000, 20))]


def test_codec_settings_that_come_in_a_pause_are_those_of_the_next_part() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_000)])
    plan.planner.pause()
    plan.feed(stream(1_000, 2_000))
    plan.planner.resume()
    plan.feed([video_header(b"avcC of another encoder"), *stream(2_000, 3_000)]).finish()
    assert plan.bases_ms == [0, 2_000]


def test_a_recording_that_is_paused_before_its_first_frame_waits() -> None:
    plan = Plan()
    plan.planner.pause()
    plan.feed([*HEADERS, *stream(0, 3_000)])
    assert plan.parts == []
    assert plan.planner.paused_at_ms is None
    plan.planner.resume()
    plan.feed(stream(3_000, 4_000)).finish()
    assert plan.bases_ms == [3_000]


def test_a_paused_recording_finishes_without_another_part() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_000)])
    plan.planner.pause()
    plan.feed(stream(1_000, 3_000)).finish()
    assert plan.bases_ms == [0]
    assert not plan.is_open


def test_after_a_part_is_lost_the_next_begins_at_a_key_frame() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_500)])
    plan.planner.begin_anew()
    plan.is_open = False
    before = plan.planner.left_out
    plan.feed(stream(1_500, 3_000)).finish()
    assert plan.bases_ms == [0, 2_000]
    # Sound is held for its picture until the key frame shows where the part begins.
    assert plan.planner.left_out - before == len(stream(1_500, 2_000))


def test_a_pause_that_is_wanted_begins_when_the_part_is_lost() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_500)])
    plan.planner.pause()
    plan.planner.begin_anew()
    plan.is_open = False
    plan.feed(stream(1_500, 4_000)).finish()
    assert plan.bases_ms == [0]


def test_settings_that_change_twice_before_a_pause_begins_open_no_part_in_it() -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_000)])
    plan.feed([audio_header(bytes.fromhex("1210")), sound(1_000)])
    plan.planner.pause()
    plan.feed([audio_header(), sound(1_020), sound(1_040), *stream(2_000, 3_000)]).finish()
    assert plan.bases_ms == [0]
    assert not plan.is_open


@given(st.lists(st.sampled_from("kpsSPRL"), max_size=80))
def test_whatever_is_ordered_when_every_frame_is_in_one_part_at_most_and_in_order(letters: list[str]) -> None:
    plan = Plan().feed(HEADERS)
    given: dict[MediaKind, int] = {MediaKind.VIDEO: 0, MediaKind.AUDIO: 0}
    for index, letter in enumerate(letters):
        match letter:
            case "S":
                plan.planner.split()
            case "P":
                plan.planner.pause()
            case "R":
                plan.planner.resume()
            case "L":
                plan.planner.begin_anew()
                plan.is_open = False
            case _:
                packet = sound(index * 100) if letter == "s" else picture(index * 100, key=letter == "k")
                given[packet.kind] += 1
                plan.feed([packet])
    plan.finish()
    written = 0
    for kind in (MediaKind.VIDEO, MediaKind.AUDIO):
        times = [at_ms for part in plan.times(kind) for at_ms in part]
        assert all(earlier < later for earlier, later in pairwise(times))
        written += len(times)
    assert not plan.is_open
    assert written + plan.planner.left_out == sum(given.values())


@pytest.mark.parametrize("order", ["split", "pause"])
def test_a_key_frame_that_begins_a_new_part_anyway_fulfils_the_order(order: str) -> None:
    plan = Plan().feed([*HEADERS, *stream(0, 1_000)])
    getattr(plan.planner, order)()
    plan.feed([video_header(b"avcC of another encoder"), *stream(1_000, 3_000)]).finish()
    assert plan.bases_ms == ([0, 1_000] if order == "split" else [0])
