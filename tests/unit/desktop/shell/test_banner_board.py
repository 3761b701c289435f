"""One banner at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from powerstream_desktop.desktop.outlook.outlook import Notice, ServiceState
from powerstream_desktop.desktop.shell.banner_board import (
    SAID_S,
    SLOW_START_S,
    Banner,
    BannerBoard,
    BannerKind,
)

TODAY = datetime(2026, 11, 23, 20, tzinfo=UTC)
FULL = Notice(severity="error", code="recording", sentence="The disk is full.", remedy="Free some space.")
SLOW = Notice(severity="warning", code="slow", sentence="Facebook is slow.")


def happened(sentence: str, after_s: float) -> Notice:
    return Notice(
        severity="note", code="x", sentence=sentence, happened_at=TODAY + timedelta(seconds=after_s)
    )


@pytest.fixture
def board() -> BannerBoard:
    board = BannerBoard(0.0, TODAY)
    board.set_service(ServiceState.THERE)
    return board


def kind(banner: Banner | None) -> BannerKind | None:
    return None if banner is None else banner.kind


def test_there_is_none_when_all_is_well(board: BannerBoard) -> None:
    assert board.banner(0.0) is None
    assert board.newest is None


def test_a_service_that_takes_its_time_is_worth_a_word_and_a_quick_one_is_not() -> None:
    board = BannerBoard(0.0, TODAY)
    assert board.banner(SLOW_START_S - 0.1) is None
    assert kind(board.banner(SLOW_START_S)) is BannerKind.STARTING


def test_a_service_that_is_gone_comes_before_all_else(board: BannerBoard) -> None:
    board.say(happened("Saved.", 1), 1.0)
    board.set_notices((FULL,), 1.0)
    board.set_service(ServiceState.AWAY)
    assert kind(board.banner(1.0)) is BannerKind.AWAY
    board.set_service(ServiceState.SHUT)
    board.set_shut("The token is not good.", "Start PowerStream again.")
    assert board.banner(1.0) == Banner(
        kind=BannerKind.SHUT, sentence="The token is not good.", remedy="Start PowerStream again."
    )


def test_what_is_said_goes_by_itself_and_the_newest_takes_the_place_of_the_one_before(
    board: BannerBoard,
) -> None:
    board.say(happened("First.", 1), 1.0)
    board.say(happened("Second.", 2), 2.0)
    banner = board.banner(2.0)
    assert banner is not None
    assert banner.sentence == "Second."
    assert board.banner(2.0 + SAID_S) is None


def test_what_hinders_for_good_stays_until_it_was_read_and_comes_again_when_it_hinders_again(
    board: BannerBoard,
) -> None:
    board.set_notices((SLOW, FULL), 1.0)
    banner = board.banner(1000.0)
    assert banner == Banner(
        kind=BannerKind.HINDERS,
        sentence="The disk is full.",
        remedy="Free some space.",
        code="recording",
        severity="error",
    )
    board.close(banner)
    assert board.banner(1000.0) is None
    board.set_notices((SLOW,), 1001.0)
    board.set_notices((FULL,), 1002.0)
    assert kind(board.banner(1002.0)) is BannerKind.HINDERS


def test_what_hinders_a_little_is_left_to_the_foot(board: BannerBoard) -> None:
    board.set_notices((SLOW,), 1.0)
    assert board.banner(1.0) is None
    assert board.newest is SLOW


def test_what_the_service_says_has_happened_is_said_once(board: BannerBoard) -> None:
    news = happened("The computer slept.", 5)
    board.set_notices((news,), 5.0)
    banner = board.banner(5.0)
    assert banner is not None
    assert banner.sentence == "The computer slept."
    board.close(banner)
    board.set_notices((news, SLOW), 6.0)
    assert board.banner(6.0) is None


def test_what_happened_before_the_window_was_opened_is_in_the_log_only(board: BannerBoard) -> None:
    old = happened("The computer slept.", -3600)
    board.set_notices((old,), 1.0)
    assert board.banner(1.0) is None
    assert board.log == (old,)


def test_an_engine_that_is_coming_back_has_a_banner_as_long_as_it_takes(board: BannerBoard) -> None:
    board.set_engine(is_coming_back=True)
    assert kind(board.banner(500.0)) is BannerKind.ENGINE
    board.set_engine(is_coming_back=False)
    assert board.banner(500.0) is None


def test_the_log_has_what_hinders_first_and_then_the_newest(board: BannerBoard) -> None:
    first, second, third = happened("First.", 1), happened("Second.", 2), happened("Third.", 3)
    board.say(second, 2.0)
    board.set_notices((first, third, SLOW), 3.0)
    assert board.log == (SLOW, third, second, first)
