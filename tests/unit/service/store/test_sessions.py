"""Sessions and their timelines: what was, told as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.store.sessions import INTERRUPTED_WORDS, SessionEnding, SessionSource
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.timelines import (
    INTERRUPTED_CODE,
    RESUMED_CODE,
    Figures,
    SessionDestination,
    StateChange,
)
from tests.unit.service.store.rows import connected, later, opened, session, undone

WRONG_KEY = Cause(code="key-refused", sentence="Twitch refused the key.", remedy="Copy it again.")


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    with opened(tmp_path) as tables:
        yield tables


def figures(after_s: float, dropped: int = 0) -> Figures:
    return Figures(
        at=later(after_s),
        bitrate_kbps=4500,
        queue_ms=20,
        bytes_sent=1000,
        frames_sent=60,
        frames_dropped=dropped,
        connects=1,
    )


def test_a_session_runs_until_it_is_ended_and_ending_it_again_changes_nothing(tables: Tables) -> None:
    begun = tables.sessions.begin(
        replace(session(), source=SessionSource.EXTERNAL, is_recorded=True, profile_id="p", user_id="u")
    )
    assert tables.sessions.running() == (begun,)
    assert begun.ending is None
    ended = tables.sessions.end("se1", later(60), SessionEnding.STOPPED)
    assert ended == replace(
        begun, ended_at=later(60), last_seen_at=later(60), ending=SessionEnding.STOPPED, ending_words=""
    )
    assert tables.sessions.end("se1", later(90), SessionEnding.FAILED, "Late.") == ended
    assert tables.sessions.running() == ()


def test_a_session_remembers_the_replay_it_became(tables: Tables) -> None:
    tables.sessions.begin(session())
    tables.sessions.set_asset("se1", "as1")
    assert tables.sessions.get("se1").asset_id == "as1"
    with pytest.raises(UnknownRecordError):
        tables.sessions.set_asset("gone", "as1")


def test_what_was_asked_for_its_replay_is_kept_and_nothing_is_that_too(tables: Tables) -> None:
    for session_id, wish in (("yes", True), ("no", False), ("none", None)):
        tables.sessions.begin(replace(session(session_id), is_uploaded=wish))
        assert tables.sessions.get(session_id).is_uploaded is wish
    assert tables.sessions.upload_wishes(["yes", "no", "none", "gone"]) == {"yes": True, "no": False}
    assert tables.sessions.upload_wishes([]) == {}


def test_a_session_cannot_begin_twice(tables: Tables) -> None:
    tables.sessions.begin(session())
    with pytest.raises(ConflictError):
        tables.sessions.begin(session())
    with pytest.raises(UserError):
        tables.sessions.begin(session("not an id"))


def test_what_was_live_when_the_service_died_ends_where_it_was_last_seen(tables: Tables) -> None:
    tables.sessions.begin(session("old"))
    tables.sessions.end("old", later(10), SessionEnding.STOPPED)
    tables.sessions.begin(session("live", after_s=20))
    tables.timelines.join("live", SessionDestination(endpoint_id="x", name="X", platform="twitch"))
    tables.timelines.note_change("live", "x", StateChange(at=later(21), state=DestinationState.LIVE))
    tables.sessions.seen("live", later(50))
    tables.sessions.seen("live", later(40))
    closed = tables.sessions.close_interrupted()
    tables.timelines.close_interrupted(closed)
    assert [each.id for each in closed] == ["live"]
    assert closed[0].ended_at == later(50)
    assert closed[0].ending is SessionEnding.INTERRUPTED
    assert closed[0].ending_words == INTERRUPTED_WORDS
    (timeline,) = tables.timelines.of("live")
    assert timeline.last_state is DestinationState.OFF
    assert timeline.changes[-1].at == later(50)
    assert timeline.changes[-1].cause == Cause(code="service-died", sentence=INTERRUPTED_WORDS, remedy="")
    assert tables.sessions.close_interrupted() == ()
    assert tables.sessions.get("old").ending is SessionEnding.STOPPED


def test_an_interrupted_session_that_goes_on_runs_again_and_its_timeline_shows_the_gap(
    tables: Tables,
) -> None:
    tables.sessions.begin(session())
    tables.timelines.join("se1", SessionDestination(endpoint_id="ep1", name="Twitch", platform="twitch"))
    tables.sessions.seen("se1", later(30))
    tables.timelines.close_interrupted(tables.sessions.close_interrupted())
    going_on = tables.sessions.reopen("se1")
    tables.timelines.note_resumed("se1", later(33))
    assert (going_on.ended_at, going_on.ending, going_on.ending_words) == (None, None, "")
    assert tables.sessions.running() == (going_on,)
    gap = [(change.at, change.cause.code) for change in tables.timelines.of("se1")[0].changes if change.cause]
    assert gap == [(later(30), INTERRUPTED_CODE), (later(33), RESUMED_CODE)]


@pytest.mark.parametrize("ending", [None, SessionEnding.STOPPED, SessionEnding.FAILED])
def test_only_what_was_interrupted_goes_on(tables: Tables, ending: SessionEnding | None) -> None:
    tables.sessions.begin(session())
    if ending is not None:
        tables.sessions.end("se1", later(60), ending)
    with pytest.raises(ConflictError):
        tables.sessions.reopen("se1")


def test_a_timeline_tells_every_change_with_its_cause_and_the_figures_of_every_minute(tables: Tables) -> None:
    tables.sessions.begin(session())
    one = SessionDestination(endpoint_id="x", name="X", platform="twitch")
    other = SessionDestination(endpoint_id="y", name="Y", platform="x", rendition=Rendition.PORTRAIT)
    tables.timelines.join("se1", one)
    tables.timelines.join("se1", other)
    changes = [
        StateChange(at=later(1), state=DestinationState.CONNECTING),
        StateChange(at=later(1), state=DestinationState.REJECTED, cause=WRONG_KEY),
        StateChange(at=later(30), state=DestinationState.LIVE),
    ]
    for change in changes:
        tables.timelines.note_change("se1", "x", change)
    tables.timelines.note_figures("se1", {"x": figures(60), "y": figures(60, dropped=4)})
    tables.timelines.note_figures("se1", {"x": figures(120)})
    first, second = tables.timelines.of("se1")
    assert (first.destination, first.changes) == (one, tuple(changes))
    assert first.figures == (figures(60), figures(120))
    without = tables.timelines.of("se1", with_figures=False)[0]
    assert (without.changes, without.figures) == (first.changes, ())
    assert (second.destination, second.figures) == (other, (figures(60, dropped=4),))
    assert second.last_state is DestinationState.OFF


def test_a_destination_that_joins_again_goes_on_with_its_timeline(tables: Tables) -> None:
    tables.sessions.begin(session())
    joined = SessionDestination(endpoint_id="x", name="X", platform="twitch")
    tables.timelines.join("se1", joined)
    tables.timelines.note_change("se1", "x", StateChange(at=later(1), state=DestinationState.LIVE))
    tables.timelines.join("se1", replace(joined, name="Renamed"))
    (timeline,) = tables.timelines.of("se1")
    assert timeline.destination.name == "Renamed"
    assert len(timeline.changes) == 1


def test_nothing_is_noted_of_a_destination_that_never_joined(tables: Tables) -> None:
    tables.sessions.begin(session())
    with pytest.raises(UnknownRecordError):
        tables.timelines.note_change("se1", "x", StateChange(at=later(1), state=DestinationState.LIVE))
    with pytest.raises(UnknownRecordError):
        tables.timelines.note_figures("se1", {"x": figures(60)})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), count=st.integers(0, 12), limit=st.integers(1, 5))
def test_pages_hold_every_session_once_newest_first_whatever_begins_meanwhile(
    tmp_path: Path, data: st.DataObject, count: int, limit: int
) -> None:
    seconds = data.draw(st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=count, max_size=count))
    stations = data.draw(st.lists(st.sampled_from(["a", "b"]), min_size=count, max_size=count))
    asked = data.draw(st.sampled_from([None, "a"]))
    with connected(tmp_path) as connection, undone(connection) as tables:
        for number, (second, station_id) in enumerate(zip(seconds, stations, strict=True)):
            tables.sessions.begin(session(f"s{number}", after_s=second, station_id=station_id))
        expected = [
            f"s{number}"
            for number in sorted(range(count), key=lambda each: (seconds[each], each), reverse=True)
            if asked is None or stations[number] == asked
        ]
        found, cursor, pages = [], None, 0
        while True:
            page = tables.sessions.page(station_id=asked, limit=limit, cursor=cursor)
            found += [each.id for each in page.rows]
            tables.sessions.begin(session(f"new{pages}", after_s=9, station_id="a"))
            cursor, pages = page.next_cursor, pages + 1
            if cursor is None:
                break
    assert found == expected
    assert pages == max(1, -(-len(expected) // limit))
