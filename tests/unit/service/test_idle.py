"""When the service may end because nobody needs it."""

from __future__ import annotations

import pytest

from powerstream_desktop.service.idle import FIRST_CLIENT_S, PATIENCE_S, IdleWatch, Need

BEGUN_S = 1000.0
NOBODY = Need()


def watch(*, is_headless: bool = False) -> IdleWatch:
    return IdleWatch(is_headless=is_headless, now=BEGUN_S)


def test_a_service_that_has_just_begun_waits_half_a_minute_for_its_first_client() -> None:
    idle = watch()
    assert not idle.may_end(NOBODY, BEGUN_S + FIRST_CLIENT_S - 0.1)
    assert idle.may_end(NOBODY, BEGUN_S + FIRST_CLIENT_S)


@pytest.mark.parametrize(
    "need",
    [
        Need(is_live=True),
        Need(is_studio_up=True),
        Need(is_uploading=True),
        Need(is_cutting=True),
        Need(open_requests=1),
    ],
    ids=["live", "studio", "upload", "clip", "event stream"],
)
def test_ten_seconds_after_the_last_need_it_may_end(need: Need) -> None:
    idle = watch()
    last_s = BEGUN_S + 3600
    assert not idle.may_end(need, last_s)
    assert not idle.may_end(NOBODY, last_s + PATIENCE_S - 0.1)
    assert idle.may_end(NOBODY, last_s + PATIENCE_S)


def test_a_request_that_was_answered_at_once_counts_from_when_it_came() -> None:
    idle = watch()
    asked_s = BEGUN_S + 100
    assert not idle.may_end(Need(last_request_s=asked_s), asked_s + PATIENCE_S - 0.1)
    assert idle.may_end(Need(last_request_s=asked_s), asked_s + PATIENCE_S)


def test_an_early_request_does_not_shorten_the_wait_for_a_client() -> None:
    asked = Need(last_request_s=BEGUN_S + 1)
    assert not watch().may_end(asked, BEGUN_S + 1 + PATIENCE_S)


def test_a_headless_service_goes_on_until_its_keeper_is_gone() -> None:
    idle = watch(is_headless=True)
    assert not idle.may_end(NOBODY, BEGUN_S + 1e6)
    idle.keeper_gone()
    assert idle.may_end(NOBODY, BEGUN_S + 1e6)


def test_without_its_keeper_it_still_goes_on_while_something_is_live() -> None:
    idle = watch(is_headless=True)
    idle.keeper_gone()
    assert not idle.may_end(Need(is_live=True), BEGUN_S + 1e6)
