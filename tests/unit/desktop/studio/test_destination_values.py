"""How destinations stand, without a window: plights, clocks, countdowns, spark lines, sentences."""

from __future__ import annotations

from typing import Any

import pytest

from powerstream_desktop.desktop.studio.destinations.phrases import announcement, spoken, status_line
from powerstream_desktop.desktop.studio.destinations.rates import SHOWN_S, RateHistory
from powerstream_desktop.desktop.studio.destinations.standing import (
    MAX_AGE_S,
    Plight,
    Standing,
    count_of,
    standings,
)
from tests.unit.desktop.studio.sound_stage import broadcast, cause, destination, endpoint


def on_air(age_s: float = 0.0, **fields: Any) -> Standing:
    [row] = standings(broadcast(destination(**fields)), (), age_s)
    return row


def test_destinations_of_the_broadcast_come_first_and_behind_them_what_is_left_out_of_it() -> None:
    rows = standings(
        broadcast(destination("tw", "Twitch"), destination("yt")),
        (endpoint("tt", "TikTok"), endpoint("yt"), endpoint("fb", "Facebook", isActive=False)),
    )
    assert [(row.key, row.plight) for row in rows] == [
        ("tw", Plight.LIVE),
        ("yt", Plight.LIVE),
        ("tt", Plight.LEFT_OUT),
        ("fb", Plight.LEFT_OUT),
    ]


def test_off_air_every_endpoint_shows_what_would_become_of_it() -> None:
    rows = standings(
        None,
        (endpoint("a"), endpoint("b", streamKey="unset"), endpoint("c", isActive=False, streamKey="unset")),
    )
    assert [row.plight for row in rows] == [Plight.READY, Plight.WITHOUT_KEY, Plight.LEFT_OUT]
    assert [row.wants_key for row in rows] == [False, True, False]
    assert all(row.kbps is None and row.light == "off" for row in rows)


def test_clocks_go_on_between_two_snapshots_but_not_without_end() -> None:
    assert on_air(sinceSeconds=60.0).for_s == 60.0
    assert on_air(1.5, sinceSeconds=60.0).for_s == 61.5
    assert on_air(3600.0, sinceSeconds=60.0).for_s == 60.0 + MAX_AGE_S


@pytest.mark.parametrize(("age_s", "left_s"), [(0.0, 4), (0.4, 4), (0.5, 3), (2.4, 2), (3.0, 1), (60.0, 1)])
def test_the_next_try_is_counted_down(age_s: float, left_s: int) -> None:
    assert on_air(age_s, status="retrying", attempt=3, retryInSeconds=3.5).retry_in_s == left_s


def test_the_share_of_pictures_that_is_missed_is_of_those_that_the_rendition_has() -> None:
    assert on_air(droppedFramesPerSecond=0.36).dropping == pytest.approx(0.012)
    assert on_air(droppedFramesPerSecond=0.36, rendition="portrait").dropping == pytest.approx(0.012)
    assert on_air(droppedFramesPerSecond=90.0).dropping == 1.0


def test_the_receiver_of_a_rehearsal_can_be_neither_retried_nor_given_a_key() -> None:
    row = on_air(id_=None, name="Rehearsal", status="rejected", cause=cause("key-refused"))
    assert row.key == "receiver Rehearsal"
    assert not row.can_be_retried
    assert not row.wants_key


@pytest.mark.parametrize(
    ("status", "code", "can_be_retried", "wants_key"),
    [("retrying", "reset", True, False), ("rejected", "key-refused", True, True), ("rejected", "closed-before-start", True, True),
     ("rejected", "unsupported-codec", True, False), ("live", "", False, False), ("slow", "too-slow", False, False)],
)  # fmt: skip
def test_a_plight_offers_what_mends_it(status: str, code: str, can_be_retried: bool, wants_key: bool) -> None:
    row = on_air(status=status, cause=cause(code) if code else None)
    assert (row.can_be_retried, row.wants_key) == (can_be_retried, wants_key)


def test_a_status_of_a_newer_service_is_on_its_way() -> None:
    assert on_air(status="dreaming").plight is Plight.CONNECTING


def test_rows_are_counted_by_plight() -> None:
    rows = standings(
        broadcast(destination("a"), destination("b", status="slow"), destination("c", status="rejected")), ()
    )
    assert count_of(rows, Plight.LIVE, Plight.SLOW) == 2
    assert count_of(rows, Plight.REJECTED) == 1
    assert count_of(rows, Plight.RETRYING) == 0


@pytest.mark.parametrize(
    ("fields", "line"),
    [({"sinceSeconds": 5021.0}, "Live · 01:23:41"),
     ({"backupInUse": True}, "Live · 00:01:00 · backup server"),
     ({"status": "slow", "droppedFramesPerSecond": 0.36}, "Slow · dropping 1.2\u00a0%"),
     ({"status": "slow", "queueMs": 2300}, "Slow · 2.3\u00a0s behind"),
     ({"status": "connecting"}, "Connecting"),
     ({"status": "connecting", "attempt": 2}, "Reconnecting · try 2"),
     ({"status": "publishing"}, "Starting"),
     ({"status": "retrying", "attempt": 3, "retryInSeconds": 4.0}, "Reconnecting · try 3, in\u00a04\u00a0s"),
     ({"status": "retrying", "attempt": 9, "retryInSeconds": 240.0}, "Reconnecting · try 9, in\u00a04\u00a0min"),
     ({"status": "retrying", "attempt": 3}, "Reconnecting · try 3"),
     ({"status": "retrying"}, "Reconnecting"),
     ({"status": "rejected", "cause": cause("key-refused")}, "Rejected · key not accepted"),
     ({"status": "rejected", "cause": cause("connect-rejected")}, "Rejected · server refused"),
     ({"status": "rejected", "cause": cause("unsupported-codec")}, "Rejected · format not accepted"),
     ({"status": "rejected", "attempt": 2, "retryInSeconds": 30.0, "cause": cause("odd")}, "Rejected · try 2, in\u00a030\u00a0s"),
     ({"status": "stopped"}, "Stopped"),
     ({"status": "off"}, "Waiting for the stream")],
)  # fmt: skip
def test_a_row_says_how_its_destination_stands(fields: dict[str, Any], line: str) -> None:
    assert status_line(on_air(**fields)) == line


@pytest.mark.parametrize(
    ("fields", "line"),
    [({}, "Ready"), ({"streamKey": "unset"}, "No key yet"), ({"isActive": False}, "Off for this stream")],
)
def test_a_row_says_what_would_become_of_its_endpoint(fields: dict[str, Any], line: str) -> None:
    [row] = standings(None, (endpoint(**fields),))
    assert status_line(row) == line


def test_a_row_is_a_whole_sentence_for_who_hears_it_and_a_change_is_told_without_figures() -> None:
    row = on_air(sinceSeconds=5021.0)
    assert spoken(row) == "YouTube: Live · 01:23:41, 6\u202f000\u00a0kbit/s."
    assert announcement(row) == "YouTube: Live."


def test_a_spark_line_has_a_point_for_every_two_seconds_of_the_last_ninety() -> None:
    rates = RateHistory()
    for second in range(200):
        rates.took("yt", second, float(second))
    points = rates.points("yt")
    assert len(points) == SHOWN_S / 2 + 1
    assert points[-1] == 199.0
    assert points[0] == pytest.approx(199.0 - SHOWN_S, abs=2.0)


def test_what_was_not_told_for_a_while_stays_as_it_was_on_the_line() -> None:
    rates = RateHistory()
    rates.took("yt", 6000, 0.0)
    rates.took("yt", 0, 10.0)
    assert rates.points("yt") == (6000, 6000, 6000, 6000, 6000, 0)
    assert rates.points("nobody") == ()


def test_a_destination_that_is_gone_is_forgotten() -> None:
    rates = RateHistory()
    rates.took("a", 1, 0.0)
    rates.took("b", 1, 0.0)
    rates.keep_only({"b"})
    assert rates.points("a") == ()
    assert rates.points("b") == (1.0,)
