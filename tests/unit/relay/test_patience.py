"""What is a hiccup and what a line that is too slow (ADR 0007)."""

from __future__ import annotations

import pytest

from powerstream_desktop.relay.push.patience import STRICT_S, Patience

STEP_S = 0.1
LIMIT_MS = 700


class Line:
    """A queue of which somebody reports the length ten times a second."""

    def __init__(self, patience_s: float = 2.0) -> None:
        self.patience = Patience(patience_s)
        self.now = 100.0

    def is_over(self, lag_ms: int) -> bool:
        self.now += STEP_S
        return self.patience.is_over(lag_ms, LIMIT_MS, self.now)

    def seconds_until_over(self, *lags_ms: int) -> float | None:
        """How long until the patience with these lengths is over; None if it never is."""
        for number, lag_ms in enumerate(lags_ms, 1):
            if self.is_over(lag_ms):
                return round(number * STEP_S, 1)
        return None


@pytest.fixture
def line() -> Line:
    line = Line()
    line.is_over(0)
    return line


def test_a_short_queue_is_never_too_long(line: Line) -> None:
    assert line.seconds_until_over(*[LIMIT_MS] * 200) is None


def test_a_queue_that_stays_too_long_is_borne_for_two_seconds(line: Line) -> None:
    assert line.seconds_until_over(*[LIMIT_MS + 1] * 100) == pytest.approx(2.1, abs=0.11)


def test_a_stall_of_two_seconds_is_a_hiccup(line: Line) -> None:
    assert line.seconds_until_over(*range(0, 2000, 100)) is None
    assert line.seconds_until_over(*range(2000, 0, -400)) is None


def test_a_queue_that_gets_shorter_is_given_time(line: Line) -> None:
    assert line.seconds_until_over(*range(9000, LIMIT_MS, -20)) is None


def test_even_if_every_key_frame_makes_it_grow_for_a_moment(line: Line) -> None:
    lags_ms = [9000 - 3 * step + (400 if step % 20 < 4 else 0) for step in range(800)]
    assert line.seconds_until_over(*lags_ms) is None


def test_a_queue_that_grows_slowly_is_found_out_though_it_falls_between_key_frames(line: Line) -> None:
    lags_ms = [1000 + 5 * step + (400 if step % 20 < 4 else 0) for step in range(800)]
    over_after_s = line.seconds_until_over(*lags_ms)
    assert over_after_s is not None
    assert over_after_s <= 4.2


def test_a_queue_that_no_longer_gets_shorter_is_too_long(line: Line) -> None:
    line.seconds_until_over(*range(5000, 3000, -50))
    over_after_s = line.seconds_until_over(*[3000] * 100)
    assert over_after_s is not None
    assert over_after_s <= 4.2


def test_while_help_is_on_its_way_everything_is_borne(line: Line) -> None:
    line.patience.bear(line.now + 6.0)
    over_after_s = line.seconds_until_over(*range(1000, 9000, 50))
    assert over_after_s == pytest.approx(6.1, abs=0.11)


def test_a_hiccup_long_after_another_is_a_hiccup_again(line: Line) -> None:
    for _ in range(5):
        assert line.seconds_until_over(*[LIMIT_MS + 1] * 19) is None
        assert line.seconds_until_over(*[0] * 10) is None


def test_a_line_that_was_too_slow_is_given_no_time_again(line: Line) -> None:
    assert line.seconds_until_over(*[LIMIT_MS + 1] * 30)
    assert line.seconds_until_over(*[0] * 50) is None
    assert line.is_over(LIMIT_MS + 1)


def test_until_it_has_been_good_for_a_while(line: Line) -> None:
    assert line.seconds_until_over(*[LIMIT_MS + 1] * 30)
    line.seconds_until_over(*[0] * round(STRICT_S / STEP_S))
    assert not line.is_over(LIMIT_MS + 1)


def test_no_patience_is_no_patience() -> None:
    assert Line(patience_s=0.0).is_over(LIMIT_MS + 1)
