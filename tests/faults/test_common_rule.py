"""The judge is judged first: what counts as lost, as a gap, as the machine's fault."""

from __future__ import annotations

import os

import pytest

from tests.e2e.support.arrivals import Picture, Visit
from tests.e2e.support.recorded_pictures import RecordedPicture
from tests.faults.common_rule import Onlooker, look_at_destination, look_at_recording
from tests.faults.machine_noise import MachineNoise
from tests.faults.publisher import SentPicture

PICTURE_S = 1 / 30
LIVE_S, FAULT_S = 1.0, 5.0
SENT = {
    number: SentPicture(
        number * PICTURE_S, round(1000 * number * PICTURE_S), bytes([number % 256]), number % 60 == 0
    )
    for number in range(300)
}


@pytest.fixture
def noise() -> MachineNoise:
    return MachineNoise(os.getpid())


def arrived(number: int, *, late_s: float = 0.01, digest: bytes | None = None) -> Picture:
    sent = SENT[number]
    return Picture(
        sent.at_s + late_s, sent.timestamp_ms, number, sent.key, sent.digest if digest is None else digest
    )


def looked_at(pictures: list[Picture], noise: MachineNoise) -> Onlooker:
    visit = Visit(opened_s=0.0, port=1, pictures=pictures)
    return look_at_destination("B", [visit], SENT, live_s=LIVE_S, fault_s=FAULT_S, noise=noise)


def test_who_got_everything_has_nothing_to_complain_about(noise: MachineNoise) -> None:
    onlooker = looked_at([arrived(number) for number in SENT], noise)

    assert (onlooker.frames, onlooker.lost, onlooker.complaint) == (300, 0, "")
    assert onlooker.gap_ms == pytest.approx(0)


def test_what_was_sent_before_the_first_picture_is_not_missed(noise: MachineNoise) -> None:
    assert looked_at([arrived(number) for number in SENT if number >= 60], noise).lost == 0


def test_a_picture_that_did_not_arrive_is_lost_also_the_last_one(noise: MachineNoise) -> None:
    onlooker = looked_at([arrived(number) for number in SENT if number not in (150, 299)], noise)

    assert onlooker.complaint == "B: 2 frames lost"


def test_a_picture_that_was_changed_is_lost(noise: MachineNoise) -> None:
    pictures = [arrived(number, digest=b"?" if number == 150 else None) for number in SENT]

    assert looked_at(pictures, noise).lost == 1


@pytest.mark.parametrize("order", [(149, 151, 150), (149, 150, 150, 151)])
def test_pictures_out_of_order_or_doubled_count_as_lost(noise: MachineNoise, order: tuple[int, ...]) -> None:
    numbers = [*range(149), *order, *range(152, 300)]

    assert looked_at([arrived(number) for number in numbers], noise).lost == 1


def test_nothing_at_all_is_everything_lost(noise: MachineNoise) -> None:
    assert looked_at([], noise).complaint == "B: nothing arrived, 300 frames lost"


def test_a_picture_that_is_later_than_any_before_the_fault_is_a_gap(noise: MachineNoise) -> None:
    onlooker = looked_at([arrived(number, late_s=0.25 if number == 200 else 0.05) for number in SENT], noise)

    assert onlooker.gap_ms == pytest.approx(200)
    assert onlooker.complaint == "B: a gap of 200 ms"


def test_steps_that_were_there_before_the_fault_are_no_gap(noise: MachineNoise) -> None:
    onlooker = looked_at([arrived(number, late_s=0.09 if number % 3 else 0.02) for number in SENT], noise)

    assert onlooker.complaint == ""


def test_a_relay_that_was_slow_all_along_is_not_forgiven(noise: MachineNoise) -> None:
    assert looked_at([arrived(number, late_s=0.35) for number in SENT], noise).gap_ms == pytest.approx(150)


def test_a_gap_of_the_publisher_is_not_ours(noise: MachineNoise) -> None:
    sent = {
        number: each._replace(at_s=each.at_s + (1.0 if number >= 200 else 0.0))
        for number, each in SENT.items()
    }
    pictures = [arrived(number)._replace(at_s=each.at_s + 0.01) for number, each in sent.items()]
    visit = Visit(opened_s=0.0, port=1, pictures=pictures)

    onlooker = look_at_destination("B", [visit], sent, live_s=LIVE_S, fault_s=FAULT_S, noise=noise)

    assert onlooker.gap_ms == pytest.approx(0)


def test_what_the_machine_took_is_not_ours_but_the_rest_is(noise: MachineNoise) -> None:
    at_s = SENT[200].at_s
    noise.look(at_s, at_s + 0.2, 0.15)

    onlooker = looked_at([arrived(number, late_s=0.45 if number == 200 else 0.05) for number in SENT], noise)

    assert onlooker.gap_ms == pytest.approx(400 - 150, abs=20)  # the account of this process counts as well


def test_a_second_connection_of_somebody_who_only_looks_on_is_against_the_rule(noise: MachineNoise) -> None:
    visits = [
        Visit(opened_s=0.0, port=1, pictures=[arrived(number) for number in range(150)]),
        Visit(opened_s=5.0, port=2, pictures=[arrived(number) for number in range(150, 300)]),
    ]

    onlooker = look_at_destination("B", visits, SENT, live_s=LIVE_S, fault_s=FAULT_S, noise=noise)

    assert onlooker.complaint == "B: 2 connections"


def test_the_recording_is_held_against_what_was_sent_as_well() -> None:
    samples = [
        RecordedPicture(1000 * number * PICTURE_S, number, each.digest)
        for number, each in SENT.items()
        if number != 7
    ]

    onlooker = look_at_recording(samples, SENT)

    assert onlooker.lost == 1
    assert onlooker.gap_ms == pytest.approx(1000 * PICTURE_S)


def test_a_hole_in_the_recordings_time_stamps_is_a_gap() -> None:
    samples = [
        RecordedPicture(1000 * number * PICTURE_S + (500 if number > 7 else 0), number, each.digest)
        for number, each in SENT.items()
    ]

    assert look_at_recording(samples, SENT).complaint == "recording: a gap of 500 ms"
