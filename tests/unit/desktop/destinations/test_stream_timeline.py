"""A broadcast minute by minute: what was connected, what suffered and what was down."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from powerstream_desktop.desktop.destinations.stream_timeline import DestinationTimeline, timeline_of
from powerstream_desktop.desktop.kit.light_kind import LightKind
from tests.unit.desktop.destinations.values import NOW, session


def timelines() -> dict[str, DestinationTimeline]:
    return {each.name: each for each in timeline_of(session(), NOW).destinations}


def test_each_turn_of_a_light_begins_another_span() -> None:
    spans = timelines()["Twitch"].spans
    assert [(each.start_s, each.end_s, each.kind) for each in spans] == [
        (0.0, 1800.0, LightKind.LIVE),
        (1800.0, 1890.0, LightKind.WORKING),
        (1890.0, 3600.0, LightKind.LIVE),
    ]
    assert [each.cause for each in spans] == ["", "The connection was reset.", ""]


@pytest.mark.parametrize(
    ("name", "share"), [("YouTube", 1.0), ("Twitch", 0.975), ("Facebook", 1.0), ("LinkedIn", 0.0)]
)
def test_a_slow_connection_is_one_and_a_refused_one_is_none(name: str, share: float) -> None:
    assert timelines()[name].connected == pytest.approx(share)


def test_a_running_broadcast_goes_on_until_now_and_one_that_is_over_until_its_end() -> None:
    later = NOW + timedelta(minutes=10)
    assert timeline_of(session(), later).length_s == pytest.approx(4200)
    assert timeline_of(session(is_running=False), later).length_s == pytest.approx(3600)


def test_while_it_was_off_nothing_is_shown_and_nothing_is_held_against_it() -> None:
    told = session()
    past = told.destinations[0]
    off = dataclasses.replace(past.changes[0], status="off")
    live = dataclasses.replace(past.changes[0], at=told.started_at + timedelta(minutes=30))
    late = dataclasses.replace(told, destinations=(dataclasses.replace(past, changes=(off, live)),))
    [timeline] = timeline_of(late, NOW).destinations
    assert [each.start_s for each in timeline.spans] == [1800.0]
    assert timeline.connected == 1.0


def test_bitrates_stand_where_they_were_measured() -> None:
    bitrates = timelines()["YouTube"].bitrates
    assert len(bitrates) == 6
    assert bitrates[1] == (600.0, 6010.0)


def test_a_broadcast_that_has_just_begun_has_no_length() -> None:
    told = session()
    assert timeline_of(told, told.started_at).destinations[0].spans == ()
