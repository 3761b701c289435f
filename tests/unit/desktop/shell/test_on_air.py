"""What one line says of the broadcast."""

from __future__ import annotations

import pytest

from powerstream_desktop.desktop.outlook.outlook import Outlook
from powerstream_desktop.desktop.shell.on_air import AirState, OnAir, Stopwatch, air_state
from powerstream_desktop.service.broadcast.states import BroadcastState
from tests.unit.desktop.shell.outlooks import OFF_AIR, away, broadcast, connected, live, with_event

HERE = connected(Outlook())


def test_nothing_is_known_at_first() -> None:
    assert air_state(Outlook()) == AirState()


def test_off_air_is_known_once_the_service_said_so() -> None:
    assert air_state(with_event(HERE, "live", OFF_AIR)) == AirState(is_known=True)


@pytest.mark.parametrize(
    "state", [each for each in BroadcastState if each not in {BroadcastState.IDLE, BroadcastState.ENDED}]
)
def test_every_state_of_a_running_broadcast_is_shown_as_itself(state: BroadcastState) -> None:
    assert air_state(with_event(HERE, "live", live(state.value))).on_air is OnAir(state.value)


@pytest.mark.parametrize("state", ["ended", "something-newer"])
def test_another_state_is_off(state: str) -> None:
    assert air_state(with_event(HERE, "live", live(state))).on_air is OnAir.OFF


def test_a_broadcast_to_the_built_in_receiver_is_a_rehearsal() -> None:
    outlook = with_event(HERE, "live", live())
    assert air_state(with_event(outlook, "destinations", broadcast(None))).is_rehearsal
    assert not air_state(with_event(outlook, "destinations", broadcast("e1"))).is_rehearsal
    assert not air_state(with_event(outlook, "destinations", broadcast())).is_rehearsal
    assert not air_state(
        with_event(outlook, "destinations", broadcast(None, session_id="before"))
    ).is_rehearsal


def test_what_was_on_air_is_still_shown_when_the_service_is_away() -> None:
    state = air_state(away(with_event(HERE, "live", live())))
    assert (state.on_air, state.is_known, state.is_running) == (OnAir.LIVE, False, True)


def test_what_ends_cannot_be_ended_again() -> None:
    assert not air_state(with_event(HERE, "live", live("ending"))).is_running


class TestTheStopwatch:
    def test_seconds_go_on_between_two_words_of_the_service(self) -> None:
        stopwatch = Stopwatch()
        assert stopwatch.seconds(100.0) is None
        stopwatch.set(AirState(session_id="s1", elapsed_s=83.0), 100.0)
        assert stopwatch.seconds(100.7) == pytest.approx(83.7)

    def test_a_word_that_comes_late_does_not_turn_it_back(self) -> None:
        stopwatch = Stopwatch()
        stopwatch.set(AirState(session_id="s1", elapsed_s=83.0), 100.0)
        stopwatch.set(AirState(session_id="s1", elapsed_s=84.0), 101.4)
        assert stopwatch.seconds(101.4) == pytest.approx(84.4)

    def test_a_large_difference_is_believed(self) -> None:
        stopwatch = Stopwatch()
        stopwatch.set(AirState(session_id="s1", elapsed_s=83.0), 100.0)
        stopwatch.set(AirState(session_id="s1", elapsed_s=90.0), 3700.0)
        assert stopwatch.seconds(3700.0) == pytest.approx(90.0)

    def test_another_broadcast_has_another_beginning(self) -> None:
        stopwatch = Stopwatch()
        stopwatch.set(AirState(session_id="s1", elapsed_s=83.0), 100.0)
        stopwatch.set(AirState(session_id="s2", elapsed_s=82.5), 100.0)
        assert stopwatch.seconds(100.0) == pytest.approx(82.5)
        stopwatch.set(AirState(), 101.0)
        assert stopwatch.seconds(101.0) is None
