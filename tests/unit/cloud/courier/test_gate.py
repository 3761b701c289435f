"""What all transfers together may send (V27's half of the courier)."""

from __future__ import annotations

import contextlib
import threading

import pytest

from powerstream_desktop.cloud.courier.errand import Errand, GivenUpError
from powerstream_desktop.cloud.courier.gate import HELD_UP_S, Gate
from powerstream_desktop.cloud.object_store.part_body import HeldUpError

WANTED = Errand()


class Patience:
    """Time that passes only while the gate waits, a little more than it asked for."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s

    def pause(self, _changed: threading.Condition, seconds: float) -> None:
        self.now_s += seconds + 0.001


def gate_of(patience: Patience, kbps: int | None) -> Gate:
    return Gate(patience, kbps=kbps, pause=patience.pause)


def test_without_a_limit_nothing_waits() -> None:
    patience = Patience()
    gate = gate_of(patience, None)
    gate.take(10**9, WANTED)
    assert patience.now_s == 0.0
    assert not gate.is_limited


def test_a_closed_gate_gives_up_what_stands_before_it() -> None:
    patience = Patience()
    gate = gate_of(patience, 0)
    with pytest.raises(HeldUpError):
        gate.take(1, WANTED)
    assert HELD_UP_S <= patience.now_s <= HELD_UP_S + 1
    assert gate.is_limited


def test_a_limit_is_kept_over_time() -> None:
    patience = Patience()
    gate = gate_of(patience, 8000)  # a million bytes a second
    for _ in range(50):
        gate.take(100_000, WANTED)
    assert 4.4 <= patience.now_s <= 5.1


def test_time_that_was_not_used_is_not_saved_up() -> None:
    patience = Patience()
    gate = gate_of(patience, 8000)
    patience.now_s = 1000.0
    for _ in range(20):
        gate.take(100_000, WANTED)
    assert patience.now_s >= 1001.5


def test_a_piece_at_a_low_limit_waits_as_long_as_it_must() -> None:
    patience = Patience()
    gate = gate_of(patience, 1)  # raised to the least that keeps a connection alive
    for _ in range(3):
        gate.take(64 * 1024, WANTED)
    assert patience.now_s > 2 * HELD_UP_S


def test_a_change_counts_from_its_moment() -> None:
    patience = Patience()
    gate = gate_of(patience, 8000)
    gate.allow(80)
    gate.take(10_000, WANTED)
    gate.take(10_000, WANTED)
    assert 0.9 <= patience.now_s <= 2.1


def test_what_waits_goes_on_when_the_gate_opens() -> None:
    gate = Gate(kbps=0)
    went = threading.Event()

    def take() -> None:
        gate.take(1000, WANTED)
        went.set()

    thread = threading.Thread(target=take)
    thread.start()
    assert not went.is_set()
    gate.allow(None)
    thread.join(10.0)
    assert went.is_set()


def test_a_gate_that_closes_stops_what_is_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("powerstream_desktop.cloud.courier.gate.HELD_UP_S", 0.2)
    gate = Gate(kbps=800_000)
    taken: list[None] = []

    def send() -> None:
        with contextlib.suppress(HeldUpError):
            while True:
                gate.take(64 * 1024, WANTED)
                taken.append(None)

    thread = threading.Thread(target=send)
    thread.start()
    while len(taken) < 10:
        threading.Event().wait(0.001)
    gate.allow(0)
    thread.join(10.0)
    assert not thread.is_alive()
    at_close = len(taken)
    with pytest.raises(HeldUpError):
        gate.take(1, WANTED)
    assert len(taken) == at_close


def test_a_job_that_waits_for_the_gate_can_be_given_up() -> None:
    errand = Errand()
    errand.give_up()
    with pytest.raises(GivenUpError):
        Gate(kbps=0).wait_until_open(errand)


def test_a_piece_that_waits_is_given_up_with_its_job() -> None:
    patience, errand = Patience(), Errand()

    def pause(changed: threading.Condition, seconds: float) -> None:
        patience.pause(changed, seconds)
        errand.give_up()

    gate = Gate(patience, kbps=0, pause=pause)
    with pytest.raises(GivenUpError):
        gate.take(1, errand)
    assert patience.now_s < 1.0


def test_an_open_gate_is_not_waited_for() -> None:
    Gate(kbps=100).wait_until_open(Errand())
