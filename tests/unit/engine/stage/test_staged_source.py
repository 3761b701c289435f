from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.engine.sources.port import SourceEvents
from powerstream_desktop.engine.stage import staged_source
from powerstream_desktop.engine.stage.staged_life import LINGER_S, RETRY_S
from powerstream_desktop.engine.stage.staged_source import StagedSource
from tests.unit.engine.sources.captures import FakeClock, level_of
from tests.unit.engine.stage.sources import FakeFile, FakeSource, Makers, colour_source, wait_for

PATIENCE_S = 10.0
GONE = SystemFault("The disk is away.", hint="Wait.")


class BrokenFile(FakeFile):
    """A file whose sound cannot be had."""

    def read_sound(self, _position: int, _count: int) -> Samples:
        raise RuntimeError("half a packet")


class HangingSource(FakeSource):
    """A device that does not let go before it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_close = threading.Event()

    def close(self) -> None:
        self.may_close.wait(PATIENCE_S)
        super().close()


class Hall:
    """One staged source with everything around it faked."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.makers = Makers()
        self.told: list[str | None] = []
        self._told = threading.Condition()
        self.staged: list[StagedSource] = []

    def stage(self, predecessor: StagedSource | None = None) -> StagedSource:
        events = SourceEvents(on_loss=self._tell, on_frozen=lambda _sentence: None)
        staged = StagedSource(colour_source("one"), self.makers, events, self.clock, predecessor)
        self.staged.append(staged)
        return staged

    def opened(self) -> tuple[StagedSource, FakeSource]:
        staged = self.stage()
        staged.open()
        assert staged.decided.wait(PATIENCE_S)
        return staged, self.makers.made["one"][-1]

    def _tell(self, sentence: str | None) -> None:
        with self._told:
            self.told.append(sentence)
            self._told.notify_all()

    def wait_told(self, count: int) -> list[str | None]:
        with self._told:
            assert self._told.wait_for(lambda: len(self.told) >= count, PATIENCE_S)
        return self.told


@pytest.fixture
def hall() -> Iterator[Hall]:
    hall = Hall()
    yield hall
    for staged in hall.staged:
        staged.dismiss()
        staged.wait_closed()


def test_a_source_that_opens_shows_its_own_pictures(hall: Hall) -> None:
    staged, fake = hall.opened()
    shown = staged.picture_at(1.5)
    assert (level_of(shown.picture.frame), shown.delivered) == (50, 1)
    assert fake.asked == [1.5]
    assert (staged.failure, hall.told, staged.label) == (None, [], "fake")


def test_one_that_takes_its_time_has_a_placeholder_that_names_no_cause(hall: Hall) -> None:
    hall.makers.prepare = lambda fake: fake.may_open.clear()
    staged = hall.stage()
    staged.show_at((320, 180))
    staged.open()
    frame = staged.picture_at(0.0).picture.frame
    assert (frame.width, frame.height) == (320, 180)
    assert staged.picture_at(1.0).picture.frame is frame
    assert planes_of(frame)[0].max() > 100, "something is written on it"
    assert not staged.decided.is_set()


def test_a_name_that_changes_is_on_the_placeholder_and_known_to_what_is_being_opened(hall: Hall) -> None:
    hall.makers.prepare = lambda fake: fake.may_open.clear()
    staged = hall.stage()
    before = staged.picture_at(0.0).picture
    renamed = replace(staged.source, name="Camera on the desk")
    staged.rename(renamed)
    after = staged.picture_at(0.0).picture
    assert after.frame is not before.frame
    assert after.serial != before.serial
    assert staged.picture_at(0.0).picture is after
    staged.open()
    wait_for(lambda: "one" in hall.makers.made and "open" in hall.makers.only("one").calls)
    assert hall.makers.only("one").name == "Camera on the desk"
    staged.rename(replace(renamed, name="Another"))
    assert (hall.makers.only("one").name, staged.source.name) == ("Another", "Another")


def test_a_source_is_awaited_until_its_first_picture_and_not_when_it_breaks_later(hall: Hall) -> None:
    hall.makers.prepare = lambda fake: setattr(fake, "delivered", 0)
    staged = hall.stage()
    assert staged.picture_at(0.0).is_awaited
    staged.open()
    assert staged.decided.wait(PATIENCE_S)
    fake = hall.makers.only("one")
    assert staged.picture_at(0.0).is_awaited
    fake.delivered = 1
    assert not staged.picture_at(0.0).is_awaited


def test_a_loss_is_over_when_nobody_shows_the_source_any_more(hall: Hall) -> None:
    def fail(fake: FakeSource) -> None:
        fake.failure = GONE

    hall.makers.prepare = fail
    staged, _ = hall.opened()
    staged.unwant()
    hall.clock.now += LINGER_S
    staged.unwant()
    staged.wait_closed()
    assert hall.told == ["The disk is away.", None]


def test_a_loss_of_what_is_dismissed_is_over_by_other_words(hall: Hall) -> None:
    def fail(fake: FakeSource) -> None:
        fake.failure = GONE

    hall.makers.prepare = fail
    staged, _ = hall.opened()
    hall.wait_told(1)
    staged.dismiss()
    staged.wait_closed()
    assert hall.told == ["The disk is away."]


def test_one_that_cannot_be_opened_is_told_once_and_tried_again_until_it_can(hall: Hall) -> None:
    def fail(fake: FakeSource) -> None:
        fake.failure = None if "one" in hall.makers.made else GONE

    hall.makers.prepare = fail
    staged, fake = hall.opened()
    assert staged.failure is GONE
    assert fake.calls[-1] == "close"
    assert hall.wait_told(1) == ["The disk is away."]
    hall.clock.now += RETRY_S
    staged.show_at((64, 36))  # wakes its thread, as time would
    assert hall.wait_told(2) == ["The disk is away.", None]
    assert level_of(staged.picture_at(0.0).picture.frame) == 50


def test_one_that_looks_for_its_device_by_itself_is_left_to_do_so(hall: Hall) -> None:
    class Looking(FakeSource):
        def __init__(self) -> None:
            super().__init__(reopens=True)
            self.failure = GONE

    hall.makers.kinds = {"one": Looking}
    staged, fake = hall.opened()
    assert staged.failure is GONE
    assert hall.wait_told(1) == ["The disk is away."]
    assert "close" not in fake.calls
    assert level_of(staged.picture_at(0.0).picture.frame) == 50, "it has a picture of its own to show"


def test_a_source_that_names_what_cannot_be_has_failed_and_nobody_else(hall: Hall) -> None:
    def refuse(fake: FakeSource) -> None:
        raise UserError("No camera was named.")

    hall.makers.prepare = refuse
    staged = hall.stage()
    staged.open()
    assert staged.decided.wait(PATIENCE_S)
    assert str(staged.failure) == "No camera was named."


@pytest.mark.allow_warning_logs
def test_a_bug_in_a_source_takes_it_off_the_picture_and_not_the_broadcast_off_the_air(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    staged, fake = hall.opened()
    fake.is_broken = True
    assert staged.picture_at(0.0).delivered == 0
    fake.is_broken = False
    assert staged.picture_at(1.0).delivered == 0, "it is not asked again and again"
    assert "cannot be shown any more" in caplog.text
    assert hall.told == ["The source one cannot be shown any more."]
    assert not staged.picture_at(2.0).is_awaited


@pytest.mark.allow_warning_logs
def test_a_bug_in_a_sources_sound_silences_it_and_nothing_else(hall: Hall) -> None:
    hall.makers.kinds = {"one": BrokenFile}
    staged, _ = hall.opened()
    assert not staged.read_sound(0, 10).any()
    assert hall.told == ["The source one cannot be heard any more."]


def test_a_dismissal_does_not_wait_for_a_device_that_hangs(hall: Hall) -> None:
    hall.makers.kinds = {"one": HangingSource}
    hall.makers.prepare = lambda fake: fake.may_open.clear()
    staged = hall.stage()
    staged.open()
    wait_for(lambda: "one" in hall.makers.made and "open" in hall.makers.only("one").calls)
    staged.dismiss()
    hanging = hall.makers.only("one")
    assert isinstance(hanging, HangingSource)
    assert not hanging.closed.is_set()
    hanging.may_close.set()


def test_the_program_and_the_place_are_passed_on_once_it_is_open(hall: Hall) -> None:
    staged = hall.stage()
    staged.start(7.0)
    staged.show_at((64, 36))
    staged.open()
    assert staged.decided.wait(PATIENCE_S)
    fake = hall.makers.only("one")
    wait_for(lambda: "start 7" in fake.calls)
    staged.show_at((32, 18))
    wait_for(lambda: "show_at 32x18" in fake.calls)
    assert fake.calls == ["show_at 64x36", "open", "start 7", "show_at 32x18"]


def test_sound_comes_from_what_can_be_heard_and_from_nothing_else(hall: Hall) -> None:
    staged, _ = hall.opened()
    assert not staged.read_sound(0, 10).any()
    hall.makers.kinds = {"one": FakeFile}
    audible, _ = hall.opened()
    assert np.array_equal(audible.read_sound(0, 10), np.full((2, 10), 0.5, np.float32))


def opened_file(hall: Hall) -> tuple[StagedSource, FakeFile]:
    hall.makers.kinds = {"one": FakeFile}
    staged, fake = hall.opened()
    staged.start(7.0)
    wait_for(lambda: "start 7" in fake.calls)
    assert isinstance(fake, FakeFile)
    return staged, fake


def test_only_what_has_a_beginning_can_begin_anew(hall: Hall) -> None:
    staged, _ = hall.opened()
    assert not staged.restart()
    file, fake = opened_file(hall)
    assert file.restart()
    assert fake.calls[-1] == "restart"


def test_a_file_that_cannot_be_begun_anew_says_why(hall: Hall) -> None:
    file, fake = opened_file(hall)
    fake.failure = GONE
    with pytest.raises(SystemFault, match="away"):
        file.restart()
    assert file.picture_at(0.0).delivered == 1
    assert hall.told == []


def test_a_disk_that_hangs_does_not_hold_whoever_begins_a_file_anew(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staged_source, "RESTART_WAIT_S", 0.01)
    file, fake = opened_file(hall)
    fake.may_restart.clear()
    assert file.restart()
    assert "restart" not in fake.calls
    fake.may_restart.set()
    wait_for(lambda: fake.calls[-1] == "restart")


def test_a_file_that_is_still_being_opened_begins_at_its_beginning_anyhow(hall: Hall) -> None:
    hall.makers.kinds = {"one": FakeFile}
    hall.makers.prepare = lambda fake: fake.may_open.clear()
    staged = hall.stage()
    staged.start(7.0)
    staged.open()
    wait_for(lambda: "one" in hall.makers.made and "open" in hall.makers.only("one").calls)
    assert staged.restart()
    fake = hall.makers.only("one")
    fake.may_open.set()
    wait_for(lambda: "start 7" in fake.calls)
    assert fake.calls == ["open", "start 7"]


def test_a_file_whose_scene_comes_on_at_this_moment_is_started_before_it_is_begun_anew(hall: Hall) -> None:
    """It was opened, and the program not passed on yet: a start after the restart would have played it twice."""
    hall.makers.kinds = {"one": FakeFile}
    staged, fake = hall.opened()
    assert staged.restart(), "it has not begun, so nothing need be done"
    staged.start(7.0)
    wait_for(lambda: "start 7" in fake.calls)
    assert staged.restart()
    assert fake.calls == ["open", "start 7", "restart"]


def test_it_goes_some_time_after_nobody_shows_it_any_more(hall: Hall) -> None:
    staged, fake = hall.opened()
    staged.unwant()
    hall.clock.now += LINGER_S
    staged.unwant()
    assert fake.closed.wait(PATIENCE_S)
    staged.wait_closed()
    assert staged.is_gone
    assert not staged.want()


def test_an_opening_that_hangs_is_ended_by_a_dismissal(hall: Hall) -> None:
    hall.makers.prepare = lambda fake: fake.may_open.clear()
    staged = hall.stage()
    staged.open()
    wait_for(lambda: "one" in hall.makers.made and "open" in hall.makers.only("one").calls)
    staged.dismiss()
    staged.wait_closed()
    assert staged.is_gone


def test_a_successor_waits_until_the_device_is_free(hall: Hall) -> None:
    staged, fake = hall.opened()
    successor = hall.stage(staged)
    successor.open()
    assert len(hall.makers.made["one"]) == 1
    staged.dismiss()
    assert successor.decided.wait(PATIENCE_S)
    assert fake.closed.is_set()
    assert len(hall.makers.made["one"]) == 2


def test_what_a_dismissal_breaks_is_no_loss(hall: Hall) -> None:
    def hang_and_fail(fake: FakeSource) -> None:
        fake.may_open.clear()
        fake.failure = GONE

    hall.makers.prepare = hang_and_fail
    staged = hall.stage()
    staged.open()
    wait_for(lambda: "one" in hall.makers.made and "open" in hall.makers.only("one").calls)
    staged.dismiss()
    staged.wait_closed()
    assert hall.told == []
