"""For how long the engine is needed, and by whom."""

from __future__ import annotations

import pytest

from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    Privacy,
    StopPreview,
    WatchDevices,
    WatchLevels,
    WatchPreview,
)
from powerstream_desktop.service.studio.engine_wishes import WISH_S, EngineWishes

PREVIEW = WatchPreview(width=640, height=360)
WATCHES: list[tuple[EngineCommand, EngineCommand]] = [
    (WatchLevels(is_watched=True), WatchLevels(is_watched=False)),
    (WatchDevices(is_watched=True), WatchDevices(is_watched=False)),
    (PREVIEW, StopPreview()),
]


class Desk:
    """Wishes, and a clock in the test's hand."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.wishes = EngineWishes(lambda: self.now_s)

    def due_in_s(self) -> float | None:
        return self.wishes.due_in_s

    def obey(self, command: EngineCommand) -> None:
        with self.wishes.asking():
            self.wishes.obeyed(command)


def test_at_first_nobody_needs_an_engine() -> None:
    assert not Desk().wishes.is_wanted


def test_a_question_needs_the_engine_until_ten_seconds_after_its_answer() -> None:
    desk = Desk()
    with desk.wishes.asking():
        desk.now_s += 60.0
        assert desk.wishes.is_wanted
        assert desk.due_in_s() is None
    assert desk.wishes.is_wanted
    assert desk.due_in_s() == WISH_S == 10.0
    wanted = []
    for pause_s in (WISH_S - 0.1, 0.1):
        desk.now_s += pause_s
        wanted.append(desk.wishes.is_wanted)
    assert wanted == [True, False]
    assert desk.due_in_s() == 0.0


def test_a_question_that_failed_counts_like_any_other() -> None:
    desk = Desk()
    with pytest.raises(ZeroDivisionError), desk.wishes.asking():
        raise ZeroDivisionError
    assert desk.wishes.is_wanted
    assert desk.due_in_s() == WISH_S


def test_of_two_questions_the_later_answer_counts() -> None:
    desk = Desk()
    with desk.wishes.asking():
        desk.obey(Privacy(is_on=True))
        desk.now_s += WISH_S
        assert desk.wishes.is_wanted
    desk.now_s += WISH_S - 0.1
    assert desk.wishes.is_wanted


def test_a_broadcast_needs_the_engine_for_as_long_as_it_is_on_air() -> None:
    desk = Desk()
    desk.wishes.go_on_air()
    desk.now_s += 3600.0
    assert desk.wishes.is_wanted
    assert desk.due_in_s() is None
    desk.wishes.leave_air()
    assert not desk.wishes.is_wanted


@pytest.mark.parametrize(("watch", "end"), WATCHES)
def test_what_nobody_says_again_for_ten_seconds_is_watched_no_more(
    watch: EngineCommand, end: EngineCommand
) -> None:
    desk = Desk()
    desk.wishes.go_on_air()
    desk.obey(watch)
    assert desk.due_in_s() == WISH_S
    desk.now_s += 5.0
    desk.obey(watch)
    desk.now_s += WISH_S - 0.1
    assert watch in desk.wishes.watched
    lapsed = [desk.wishes.lapsed()]
    desk.now_s += 0.1
    assert not desk.wishes.watched
    lapsed += [desk.wishes.lapsed(), desk.wishes.lapsed()]
    assert lapsed == [(), (end,), ()]
    assert desk.due_in_s() is None


@pytest.mark.parametrize(("watch", "end"), WATCHES)
def test_what_was_taken_back_is_not_taken_back_again(watch: EngineCommand, end: EngineCommand) -> None:
    desk = Desk()
    desk.obey(watch)
    desk.obey(end)
    assert desk.wishes.watched == ()
    desk.now_s += WISH_S
    assert desk.wishes.lapsed() == ()


def test_a_watch_ends_by_itself_though_nothing_else_does() -> None:
    desk = Desk()
    desk.obey(PREVIEW)
    desk.now_s += 4.0
    with desk.wishes.asking():
        assert desk.due_in_s() == WISH_S - 4.0
