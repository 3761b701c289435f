from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest

from powerstream_desktop.common.errors import BugError, SystemFault, UserError
from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.sources.held import NOT_THERE, HeldSource
from powerstream_desktop.engine.sources.held_life import HeldState
from tests.e2e.support.waiting import wait_until
from tests.unit.engine.sources.captures import FakeCapture, FakeClock, grey, level_of

if TYPE_CHECKING:
    import av

GONE = SystemFault("The screen is gone.")


@dataclass
class Stage:
    """A held source of a fake capture."""

    clock: FakeClock = field(default_factory=FakeClock)
    capture: FakeCapture = field(default_factory=FakeCapture)
    told: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.source = HeldSource(self.capture, "My screen", self.told.append, clock=self.clock)

    def pass_time(self, seconds: float) -> None:
        self.clock.now += seconds
        self.source.show_at(0, 0)  # has its thread look at the clock

    def await_state(self, state: HeldState) -> None:
        wait_until(lambda: self.source.snapshot.state is state, what=state.value, timeout_s=5)

    def lose(self) -> None:
        self.capture.failure = GONE
        self.capture.sinks[-1].lose(GONE)
        self.await_state(HeldState.HELD)


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.source.close()


def test_the_newest_picture_is_shown(stage: Stage) -> None:
    stage.source.open()
    first = stage.source.picture_at(0.0)
    stage.capture.sinks[0].take(grey(77))
    second = stage.source.picture_at(0.0)
    assert (level_of(first.frame), level_of(second.frame)) == (1, 77)
    assert second.serial > first.serial
    assert stage.source.delivered == 2
    assert (stage.source.capabilities.width, stage.source.capabilities.height) == (64, 36)


def test_a_picture_is_late_in_every_slot_behind_the_one_it_was_made_for(stage: Stage) -> None:
    stage.source.open()
    assert not stage.source.picture_at(0.0).is_late_at(9.0), "it was made for no slot"
    stage.capture.sinks[0].take(grey(77), 0.5)
    shown = stage.source.picture_at(0.6)
    assert [shown.is_late_at(time_s) for time_s in (0.4, 0.5, 0.6)] == [False, False, True]


def test_a_lost_source_shows_its_last_picture_then_a_placeholder_of_the_same_size(stage: Stage) -> None:
    stage.source.open()
    stage.lose()
    held = stage.source.picture_at(0.0)
    stage.clock.now += 1.0
    replaced = stage.source.picture_at(0.0)
    assert level_of(held.frame) == 1
    assert (replaced.frame.width, replaced.frame.height) == (64, 36)
    assert replaced.frame is not held.frame
    assert replaced.serial > held.serial
    assert stage.source.picture_at(0.0) is replaced  # drawn once


def test_another_name_is_written_on_the_placeholder(stage: Stage) -> None:
    stage.source.open()
    stage.lose()
    stage.clock.now += 1.0
    before = stage.source.picture_at(0.0)
    stage.source.rename("The other screen")
    after = stage.source.picture_at(0.0)
    assert after.serial > before.serial
    assert not np.array_equal(planes_of(after.frame)[0], planes_of(before.frame)[0])
    assert stage.source.picture_at(0.0) is after


def test_the_loss_and_the_return_are_told_once_each(stage: Stage) -> None:
    stage.source.open()
    stage.lose()
    for _ in range(2):
        openings = stage.capture.openings
        stage.pass_time(2.0)
        wait_until(lambda: stage.capture.openings > openings, what="another try", timeout_s=5)  # noqa: B023
    stage.capture.failure = None
    stage.pass_time(2.0)
    stage.await_state(HeldState.LIVE)
    wait_until(lambda: len(stage.told) == 2, what="the return", timeout_s=5)
    assert stage.told == ["The screen is gone.", None]
    assert level_of(stage.source.picture_at(0.0).frame) == 2


def test_it_is_not_opened_again_before_two_seconds(stage: Stage) -> None:
    stage.source.open()
    stage.lose()
    stage.pass_time(1.9)
    stage.source.close()
    assert stage.capture.openings == 1


def test_a_source_that_cannot_be_opened_says_why_and_shows_its_placeholder(stage: Stage) -> None:
    stage.capture.failure = UserError("There is no window.", hint="Open it.")
    with pytest.raises(UserError, match=r"There is no window\."):
        stage.source.open()
    picture = stage.source.picture_at(0.0)
    assert (picture.frame.width, picture.frame.height) == (1280, 720)
    assert len(set(planes_of(picture.frame)[0].ravel().tolist())) > 1
    stage.capture.failure = None
    stage.pass_time(2.0)
    stage.await_state(HeldState.LIVE)
    wait_until(lambda: stage.told, what="the return", timeout_s=5)
    assert stage.told == [None]


def test_a_loss_that_only_a_check_finds_counts(stage: Stage) -> None:
    stage.source.open()
    stage.capture.check_failure = stage.capture.failure = GONE
    stage.pass_time(0.0)
    stage.await_state(HeldState.HELD)
    assert stage.source.snapshot.cause == "The screen is gone."


@pytest.mark.parametrize("at", ["failure", "check_failure"])
def test_a_bug_in_a_capture_costs_the_source_and_it_is_tried_again(stage: Stage, at: str) -> None:
    stage.source.open()
    setattr(stage.capture, at, RuntimeError("half a reply"))
    stage.capture.check_failure = stage.capture.check_failure or GONE
    stage.pass_time(0.0)
    stage.await_state(HeldState.HELD)
    stage.pass_time(2.0)
    wait_until(lambda: stage.capture.openings == 2, what="another opening", timeout_s=5)
    stage.capture.failure = stage.capture.check_failure = None
    stage.pass_time(2.0)
    stage.await_state(HeldState.LIVE)


def test_a_first_opening_that_ends_in_a_bug_is_not_waited_for_for_ever(stage: Stage) -> None:
    stage.capture.failure = RuntimeError("half a reply")
    with pytest.raises(BugError):
        stage.source.open()


def test_pictures_of_an_earlier_opening_are_not_taken(stage: Stage) -> None:
    stage.source.open()
    stage.lose()
    stage.capture.sinks[0].take(grey(99))
    assert level_of(stage.source.picture_at(0.0).frame) == 1


def test_every_opening_follows_the_programs_slots(stage: Stage) -> None:
    stage.source.open()
    stage.source.start(42.0)
    wait_until(lambda: stage.capture.epochs, what="the start", timeout_s=5)
    stage.lose()
    stage.capture.failure = None
    stage.pass_time(2.0)
    wait_until(lambda: len(stage.capture.epochs) == 2, what="the second start", timeout_s=5)
    assert stage.capture.epochs == [42.0, 42.0]


def test_the_capture_is_only_touched_by_the_sources_own_thread_and_closed_at_the_end(stage: Stage) -> None:
    stage.source.open()
    stage.source.close()
    assert stage.capture.threads == {"source-My screen"}
    assert stage.capture.closings == 1
    assert stage.source.snapshot.state is HeldState.CLOSED


def test_closing_does_not_wait_for_a_capture_that_gives_nothing(stage: Stage) -> None:
    stage.source.open()
    stage.lose()
    stage.capture.failure, stage.capture.is_silent = None, True
    stage.pass_time(2.0)
    wait_until(lambda: len(stage.capture.sinks) == 2, what="the silent opening", timeout_s=5)
    stage.source.close()
    assert stage.told == ["The screen is gone."]


def test_a_source_that_was_not_opened_has_no_picture(stage: Stage) -> None:
    with pytest.raises(BugError):
        stage.source.picture_at(0.0)


def test_the_placeholder_keeps_the_cause_to_itself_for_it_is_on_air() -> None:
    written: list[tuple[str, str]] = []

    def draw(width: int, height: int, name: str, words: str) -> av.VideoFrame:
        written.append((name, words))
        return grey(0, width, height)

    capture = FakeCapture()
    capture.failure = UserError("There is no window 'My diary'.")
    source = HeldSource(capture, "Window", lambda _sentence: None, draw_placeholder=draw)
    try:
        with pytest.raises(UserError):
            source.open()
        source.picture_at(0.0)
    finally:
        source.close()
    assert written == [("Window", NOT_THERE)]
    assert "diary" not in NOT_THERE
