from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.camera_protocol import CameraBeat, CameraLost, CameraOpened, CameraReady
from powerstream_desktop.common.errors import BugError, Fault
from powerstream_desktop.engine.sources.camera_life import (
    CameraEvent,
    CameraLife,
    CameraState,
    CameraTask,
    next_state,
)

TABLE = {
    ("stopped", "start"): "opening",
    ("stopped", "stop"): "stopped",
    ("opening", "opened"): "live",
    ("opening", "lost"): "lost",
    ("opening", "died"): "dead",
    ("opening", "stop"): "stopped",
    ("live", "lost"): "lost",
    ("live", "died"): "dead",
    ("live", "stop"): "stopped",
    ("lost", "retry-due"): "opening",
    ("lost", "died"): "dead",
    ("lost", "stop"): "stopped",
    ("dead", "retry-due"): "opening",
    ("dead", "stop"): "stopped",
}
OPENED = CameraOpened(width=1280, height=720)
UNPLUGGED = CameraLost(title="The camera is not connected.", hint="Plug it in.", fault=Fault.SYSTEM)


def beat(idle_s: float = 0.0, unchanged_s: float = 0.0) -> CameraBeat:
    return CameraBeat(
        frames=1,
        fps=30.0,
        width=1280,
        height=720,
        idle_ms=round(idle_s * 1000),
        unchanged_ms=round(unchanged_s * 1000),
    )


@pytest.mark.parametrize(("state", "event"), list(itertools.product(CameraState, CameraEvent)))
def test_the_camera_goes_where_its_table_says_and_nowhere_else(
    state: CameraState, event: CameraEvent
) -> None:
    expected = TABLE.get((state.value, event.value))
    if expected is None:
        with pytest.raises(BugError, match=f"{state.value} cannot take the event {event.value}"):
            next_state(state, event)
    else:
        assert next_state(state, event).value == expected


def opening(now: float = 0.0) -> CameraLife:
    camera = CameraLife(now)
    camera.spawned(now)
    camera.heard(CameraReady(), now)
    return camera


def live(now: float = 0.0) -> CameraLife:
    camera = opening(now)
    camera.heard(OPENED, now)
    return camera


def state_of(camera: CameraLife) -> CameraState:
    return camera.snapshot.state


def test_a_camera_is_live_once_its_first_picture_is_there() -> None:
    camera = opening(1.0)
    assert state_of(camera) is CameraState.OPENING
    camera.heard(OPENED, 2.0)
    assert (state_of(camera), camera.snapshot.since_s, camera.snapshot.processes) == (
        CameraState.LIVE, 2.0, 1,
    )  # fmt: skip
    assert camera.task(2.0) is CameraTask.NOTHING


def test_a_lost_camera_is_opened_again_every_two_seconds() -> None:
    camera = opening(0.0)
    attempts = []
    for quarter in range(40):
        now = quarter / 4
        camera.heard(beat(), now)
        if camera.task(now) is CameraTask.OPEN:
            attempts.append(now)
            camera.asked(now)
        camera.heard(UNPLUGGED, now + 0.1)
        assert camera.snapshot.failure == UNPLUGGED
    assert attempts == [2.0, 4.0, 6.0, 8.0]


def test_a_camera_that_was_live_for_long_is_opened_again_at_once() -> None:
    camera = live(0.0)
    camera.heard(UNPLUGGED, 60.0)
    assert camera.task(60.0) is CameraTask.OPEN


def test_a_camera_that_comes_back_has_no_failure_any_more() -> None:
    camera = live()
    camera.heard(UNPLUGGED, 60.0)
    camera.asked(60.0)
    camera.heard(OPENED, 60.5)
    assert (state_of(camera), camera.snapshot.failure) == (CameraState.LIVE, None)


def test_a_process_may_take_its_time_to_load_but_not_for_ever() -> None:
    camera = CameraLife(0.0)
    camera.spawned(0.0)
    assert camera.task(19.9) is CameraTask.NOTHING
    assert camera.task(20.0) is CameraTask.KILL


@pytest.mark.parametrize("make", [opening, live])
def test_a_process_that_says_nothing_for_three_seconds_is_killed(make: type[CameraLife]) -> None:
    camera = make(10.0)
    camera.heard(beat(), 11.0)
    assert camera.task(13.9) is CameraTask.NOTHING
    assert camera.task(14.0) is CameraTask.KILL


def test_a_process_that_waits_in_vain_for_a_driver_to_open_is_killed() -> None:
    camera = opening(0.0)
    for second in range(1, 10):
        camera.heard(beat(idle_s=second), second)
        assert camera.task(second) is CameraTask.NOTHING
    camera.heard(beat(idle_s=10.0), 10.0)
    assert camera.task(10.0) is CameraTask.KILL


def test_a_process_that_lives_but_whose_driver_hangs_is_killed() -> None:
    camera = live(0.0)
    camera.heard(beat(idle_s=3.9), 20.0)
    assert camera.task(20.0) is CameraTask.NOTHING
    camera.heard(beat(idle_s=4.0), 20.1)
    assert camera.task(20.1) is CameraTask.KILL


def test_a_hung_process_of_a_lost_camera_is_killed_instead_of_asked() -> None:
    camera = live(0.0)
    camera.heard(UNPLUGGED, 0.5)
    assert camera.task(3.5) is CameraTask.KILL


def test_the_first_death_is_mended_at_once_and_later_ones_after_longer_pauses() -> None:
    camera = live(0.0)
    pauses = []
    for _ in range(3):
        failure = camera.died(10.0, hung=False)
        assert "ended unexpectedly" in failure.title
        assert camera.task(10.0) is CameraTask.NOTHING
        pauses.append(camera.wake_at_s(10.0) - 10.0)
        assert camera.task(10.0 + pauses[-1]) is CameraTask.SPAWN
        camera.spawned(10.0)
    assert pauses == pytest.approx([0.1, 1.0, 2.0])
    assert camera.snapshot.processes == 4


def test_a_process_that_delivered_for_long_is_replaced_at_once_again() -> None:
    camera = CameraLife(0.0, Backoff((1.0, 5.0), jitter=0.0))
    camera.spawned(0.0)
    camera.died(0.0, hung=False)
    camera.spawned(1.0)
    camera.heard(OPENED, 2.0)
    camera.heard(beat(), 7.0)
    camera.died(13.0, hung=False)
    assert camera.wake_at_s(13.0) == 14.0


def test_what_a_process_said_of_its_camera_outlives_it_unless_it_hung() -> None:
    first, second = live(), live()
    for camera in (first, second):
        camera.heard(UNPLUGGED, 1.0)
    assert first.died(2.0, hung=False) == UNPLUGGED
    assert second.died(2.0, hung=True).title == "The camera stopped answering."


def test_late_words_of_a_dead_process_revive_nothing() -> None:
    camera = live()
    camera.died(1.0, hung=True)
    for report in (OPENED, UNPLUGGED, beat(), CameraReady()):
        camera.heard(report, 1.1)
    assert state_of(camera) is CameraState.DEAD
    assert camera.snapshot.beat is None


def test_a_stopped_camera_has_nothing_to_do() -> None:
    camera = live()
    camera.stopped(5.0)
    camera.heard(OPENED, 5.1)
    assert (state_of(camera), camera.task(100.0)) == (CameraState.STOPPED, CameraTask.NOTHING)


def test_only_a_live_camera_is_idle_or_unchanged() -> None:
    camera = live(0.0)
    camera.heard(beat(idle_s=0.5, unchanged_s=6.0), 10.0)
    assert (camera.idle_s(11.0), camera.unchanged_s()) == (1.5, 6.0)
    camera.heard(UNPLUGGED, 12.0)
    assert (camera.idle_s(20.0), camera.unchanged_s()) == (0.0, 0.0)


def test_whoever_drives_it_looks_again_before_anything_is_due() -> None:
    camera = live(0.0)
    assert camera.wake_at_s(0.0) == 0.5
    camera.heard(UNPLUGGED, 1.0)
    assert camera.wake_at_s(1.0) == 2.0
