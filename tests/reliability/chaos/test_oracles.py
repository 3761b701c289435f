"""The soak's oracles find what they are there for, and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.e2e.support.arrivals import Picture, Visit
from tests.reliability.chaos.oracles import (
    Look,
    MachineNoise,
    Weight,
    Window,
    gap_ms,
    growth,
    lies,
    lost,
    other_lights,
    unrecorded,
)
from tests.reliability.chaos.script import drawn

FPS = 30


def pictures(
    since_s: float, until_s: float, *, begun_s: float = 0.0, late_from_s: float = 1e9, late_s: float = 0.0
) -> list[Picture]:
    """Pictures of a connection that began at ``begun_s``; those due from a moment on come late."""
    numbers = range(round((since_s - begun_s) * FPS), round((until_s - begun_s) * FPS))
    due = [(number, begun_s + number / FPS) for number in numbers]
    return [
        Picture(
            at_s=at_s + (late_s if at_s >= late_from_s else 0.0),
            dts_ms=round(1000 * number / FPS),
            number=None,
            key=number % 60 == 0,
            digest=f"{at_s:.3f}".encode(),
        )
        for number, at_s in due
    ]


def visit(*several: list[Picture]) -> Visit:
    found = Visit(opened_s=several[0][0].at_s, port=1)
    for each in several:
        found.pictures += each
    return found


def test_a_picture_that_comes_late_is_a_gap_and_one_in_time_is_none() -> None:
    window = Window(10, 20)
    assert gap_ms([visit(pictures(0, 20))], window, MachineNoise()) == pytest.approx(0, abs=1)
    late = visit(pictures(0, 20, late_from_s=15, late_s=0.4))
    assert gap_ms([late], window, MachineNoise()) == pytest.approx(400, abs=2)


def test_what_the_machine_withheld_just_then_is_no_gap_and_what_it_withheld_elsewhere_is_none_either() -> (
    None
):
    late = visit(pictures(0, 20, late_from_s=15, late_s=0.4))
    noise = MachineNoise()
    for tenth in range(200):
        noise.note(tenth / 10, 0.0 if tenth < 120 else 3.0)  # all of it around 12 s
    assert gap_ms([late], Window(10, 20), noise) == pytest.approx(400, abs=2)
    noise = MachineNoise()
    for tenth in range(200):
        noise.note(tenth / 10, 0.0 if tenth < 100 else (tenth - 100) * 0.01)
    assert gap_ms([late], Window(10, 18), noise) == pytest.approx(250, abs=20)


def test_how_late_pictures_were_before_is_no_gap() -> None:
    late_all_along = visit(pictures(0, 20, late_from_s=6, late_s=0.4))
    assert gap_ms([late_all_along], Window(10, 20), MachineNoise()) == pytest.approx(0, abs=2)


def test_who_was_not_connected_before_has_no_gap_to_be_told() -> None:
    assert gap_ms([visit(pictures(12, 20, begun_s=12))], Window(10, 20), MachineNoise()) == 0


def test_a_picture_that_only_the_control_got_is_lost() -> None:
    control = pictures(0, 20)
    assert lost(control, control, Window(10, 20)) == 0
    assert lost(control, control[: 15 * FPS] + control[15 * FPS + 3 :], Window(10, 20)) == 3


def test_what_is_on_its_way_at_the_end_of_a_window_is_not_lost() -> None:
    control = pictures(0, 20)
    assert lost(control, control[:-FPS], Window(10, 20)) == 0


def test_a_picture_that_no_file_holds_is_told_unless_its_time_is_excused() -> None:
    control = pictures(0, 20)
    recorded = [each.digest for each in control if not 5 <= each.at_s < 6]
    assert len(unrecorded(control, recorded, [])) == FPS
    assert len(unrecorded(control, recorded, [Window(5.5, 6.5)])) == FPS / 2
    assert unrecorded(control, recorded, [Window(4.9, 6.1)]) == []


def look(at_s: float, light: str, fed_s: float) -> Look:
    return Look(at_s=at_s, took_s=0.01, lights={"one": light}, fed_s={"one": fed_s})


def test_green_without_anything_brought_for_seconds_is_a_lie() -> None:
    assert lies([look(10, "live", 9.9), look(10, "retrying", 1.0), look(10, "live", 4.5)]) == []
    assert lies([look(10, "live", 3.0), look(10.2, "live", 3.0)]) == [
        "one was green 7.2 s behind the last picture"
    ]


def test_the_moment_between_the_way_and_its_receiver_is_no_lie() -> None:
    assert lies([look(9.8, "retrying", 3.0), look(10, "live", 3.0), look(10.2, "live", 10.1)]) == []


def test_a_healthy_light_that_turned_is_told_and_a_service_that_said_nothing_is_not() -> None:
    looks = [
        look(5, "slow", 5),
        look(11, "live", 11),
        Look(at_s=12, took_s=0.0, lights={}, fed_s={"one": 12}),
    ]
    assert other_lights(looks, ["one"], Window(10, 20)) == {}
    assert other_lights([*looks, look(13, "slow", 13)], ["one"], Window(10, 20)) == {"one": "slow"}


def test_growth_is_counted_from_when_a_process_is_grown_up() -> None:
    def weights(*mib: float) -> list[Weight]:
        return [Weight(at_s=5.0 * at, memory_mib=each, descriptors=20) for at, each in enumerate(mib)]

    assert growth(weights(10, 50, 90)) is None
    grown = growth(weights(10, 50, 90, 100, 100, 101, 100, 120, 140, 141, 142))
    assert grown is not None
    assert (grown.memory_mib, grown.descriptors) == (41, 0)


def test_a_seed_plays_the_same_faults_again_and_each_kind_comes_before_any_comes_twice() -> None:
    kinds = ["a", "b", "c", "d", "e"]
    runs = [[(kind, chance.random()) for kind, chance in drawn(kinds, 12, seed)] for seed in (1, 1, 2)]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]
    for begin in (0, 5):
        assert Counter(kind for kind, _ in runs[0][begin : begin + 5]) == Counter(kinds)
