from __future__ import annotations

import pytest

from powerstream_desktop.camera.pace import FilePace


def test_pictures_are_due_at_their_own_times() -> None:
    pace = FilePace(30.0)
    assert [pace.due_s(position, 100.0) for position in (0.0, 0.04, 0.08)] == [100.0, 100.04, 100.08]


def test_a_file_that_begins_later_than_zero_begins_at_once() -> None:
    pace = FilePace(30.0)
    assert pace.due_s(5.0, 100.0) == 100.0
    assert pace.due_s(5.5, 100.0) == 100.5


@pytest.mark.parametrize("start_s", [0.0, 7.0])
def test_the_next_pass_follows_right_behind_the_last_picture(start_s: float) -> None:
    pace = FilePace(25.0)
    for position in (0.0, 0.04, 0.08):
        pace.due_s(start_s + position, 100.0)
    pace.restart()
    second = [pace.due_s(start_s + position, 100.1) for position in (0.0, 0.04)]
    assert second == pytest.approx([100.12, 100.16], rel=1e-9)


@pytest.mark.parametrize("fps", [0.0, -1.0, 1e9, float("nan")])
def test_without_times_and_without_a_rate_thirty_a_second_are_shown(fps: float) -> None:
    pace = FilePace(fps)
    assert [pace.due_s(0.0, 100.0) for _ in range(3)] == pytest.approx(
        [100.0, 100 + 1 / 30, 100 + 2 / 30], rel=1e-9
    )


def test_a_file_that_is_read_too_slowly_does_not_hurry_afterwards() -> None:
    pace = FilePace(30.0)
    pace.due_s(0.0, 100.0)
    assert pace.due_s(0.1, 100.4) == 100.1
    assert pace.due_s(0.2, 103.0) == 103.0
    assert pace.due_s(0.3, 103.0) == pytest.approx(103.1)
