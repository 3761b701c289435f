from __future__ import annotations

import pytest

from powerstream_desktop.relay.push.round_trip import BORNE_S, RoundTrip, RoundTripWatch

USUAL, LONG = RoundTrip(0.05, 0.05), RoundTrip(2.0, 0.05)


def test_a_queue_is_left_alone_for_nine_seconds_from_when_the_round_trip_grew() -> None:
    watch = RoundTripWatch()

    assert watch.borne_until(USUAL, 10.0) is None
    assert watch.borne_until(LONG, 11.0) == 11.0 + BORNE_S
    assert watch.borne_until(LONG, 15.0) == 11.0 + BORNE_S


def test_a_second_spike_is_another_one() -> None:
    watch = RoundTripWatch()
    watch.borne_until(LONG, 0.0)
    watch.borne_until(USUAL, 20.0)

    assert watch.borne_until(LONG, 30.0) == 30.0 + BORNE_S


@pytest.mark.parametrize(
    "round_trip",
    [None, RoundTrip(0.4, 0.01), RoundTrip(0.9, 0.6)],
    ids=["the system does not tell", "a busy line", "a satellite"],
)
def test_what_is_no_spike_is_not_borne(round_trip: RoundTrip | None) -> None:
    assert RoundTripWatch().borne_until(round_trip, 5.0) is None
