"""What is kept of a session's lights: each change once, figures of the whole session, and what servers were last heard of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.service.multistream.chronicle import Chronicle, Notes
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.timelines import Figures
from tests.unit.service.multistream.fakes import light
from tests.unit.service.store.rows import endpoint, later, opened, session

S = DestinationState
IDS = {"Twitch": "tw", "YouTube": "yt"}
WRONG_KEY = Cause(code="key-refused", sentence="Twitch refused the key.", remedy="Copy it again.")


class Watched:
    """A session whose lights are looked at as the test says."""

    def __init__(self, before: dict[str, Figures] | None = None) -> None:
        self.chronicle = Chronicle(before)

    def look(self, after_s: float, *lights: DestinationSnapshot) -> Notes:
        return self.chronicle.look(lights, IDS, later(after_s))

    def close(self, after_s: float, *lights: DestinationSnapshot) -> Notes:
        return self.chronicle.close(lights, IDS, later(after_s))


@pytest.fixture
def watched() -> Watched:
    return Watched()


def states(notes: Notes) -> list[tuple[str, str]]:
    return [(endpoint_id, change.state.value) for endpoint_id, change in notes.changes]


def test_a_light_is_told_when_it_turns_and_not_while_it_stays(watched: Watched) -> None:
    first = watched.look(0, light(state=S.CONNECTING), light("YouTube", S.LIVE))
    assert [each.endpoint_id for each in first.joined] == ["tw", "yt"]
    assert states(first) == [("tw", "connecting"), ("yt", "live")]
    second = watched.look(1, light(state=S.LIVE), light("YouTube", S.LIVE))
    assert (second.joined, states(second)) == ([], [("tw", "live")])
    assert not watched.look(2, light(state=S.LIVE), light("YouTube", S.LIVE))


def test_the_same_light_with_another_cause_is_a_change_and_with_other_words_is_none(watched: Watched) -> None:
    watched.look(0, light(state=S.REJECTED, cause=WRONG_KEY))
    reworded = Cause(code="key-refused", sentence="Twitch refused the key again.", remedy="")
    assert not watched.look(1, light(state=S.REJECTED, cause=reworded))
    other = Cause(code="closed-soon", sentence="Twitch hung up.", remedy="")
    assert watched.look(2, light(state=S.REJECTED, cause=other)).changes[0][1].cause == other


def test_a_light_that_is_nobodys_is_not_told(watched: Watched) -> None:
    notes = watched.look(0, light("Somebody"))
    assert (notes.joined, notes.changes, notes.figures) == ([], [], [])


def test_figures_are_told_once_a_minute_and_at_the_end(watched: Watched) -> None:
    told = [
        after_s
        for after_s in range(131)
        for figures in watched.look(after_s, light(bytes_sent=after_s)).figures
        if figures["tw"].bytes_sent == after_s
    ]
    assert told == [60, 120]
    assert [each["tw"].bytes_sent for each in watched.close(131, light(bytes_sent=131)).figures] == [131]


def test_the_session_is_said_to_run_every_five_seconds(watched: Watched) -> None:
    seen = [after_s for after_s in range(12) if watched.look(after_s, light()).seen_at == later(after_s)]
    assert seen == [0, 5, 10]


def test_a_wall_clock_that_goes_back_does_not_keep_the_session_from_being_seen(watched: Watched) -> None:
    watched.look(0, light())
    assert watched.look(-3600, light()).seen_at == later(-3600)


def test_figures_go_on_where_a_service_that_died_left_them() -> None:
    before = Figures(
        at=later(0),
        bitrate_kbps=1,
        queue_ms=2,
        bytes_sent=1000,
        frames_sent=60,
        frames_dropped=3,
        connects=1,
    )
    watched = Watched({"tw": before})
    [figures] = watched.close(9, light(bytes_sent=500, frames_sent=30, frames_dropped=1, connects=1)).figures
    told = figures["tw"]
    assert (told.bytes_sent, told.frames_sent, told.frames_dropped, told.connects) == (1500, 90, 4, 2)


def test_figures_go_on_when_a_destination_left_and_came_back(watched: Watched) -> None:
    watched.look(0, light(bytes_sent=1000, connects=1))
    assert states(watched.look(1)) == [("tw", "stopped")]
    assert watched.look(2).changes == []
    back = watched.look(3, light(bytes_sent=10, connects=1))
    assert (back.joined, states(back)) == ([], [("tw", "live")])
    assert watched.close(4, light(bytes_sent=200, connects=1)).figures[0]["tw"].bytes_sent == 1200


def test_a_destination_that_said_it_was_stopped_before_it_left_is_told_once(watched: Watched) -> None:
    watched.look(0, light())
    assert states(watched.look(1, light(state=S.STOPPED))) == [("tw", "stopped")]
    assert states(watched.look(2)) == []


def test_what_was_last_heard_of_a_server_is_told_with_when_it_last_took_media(watched: Watched) -> None:
    assert watched.look(0, light(state=S.CONNECTING)).contacts == {}
    live = watched.look(1, light(state=S.LIVE)).contacts["tw"]
    assert (live.status, live.error, live.connected_at) == ("live", "", later(1))
    refused = watched.look(2, light(state=S.REJECTED, cause=WRONG_KEY)).contacts["tw"]
    assert (refused.status, refused.error, refused.connected_at) == (
        "rejected",
        WRONG_KEY.sentence,
        None,
    )


def test_while_a_server_takes_media_that_is_told_every_minute(watched: Watched) -> None:
    for after_s in range(61):
        notes = watched.look(after_s, light())
    assert notes.contacts["tw"].connected_at == later(60)


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    with opened(tmp_path) as tables:
        tables.sessions.begin(session())
        tables.endpoints.add(endpoint("tw"))
        yield tables


def test_notes_are_written_as_they_were_told(tables: Tables, watched: Watched) -> None:
    notes = watched.look(0, light(state=S.CONNECTING))
    notes.add(watched.look(1, light(state=S.LIVE)))
    notes.add(watched.close(70, light(state=S.LIVE, bytes_sent=5)))
    notes.write(tables, "se1")
    [timeline] = tables.timelines.of("se1")
    assert [change.state for change in timeline.changes] == [S.CONNECTING, S.LIVE]
    assert [figures.bytes_sent for figures in timeline.figures] == [5]
    assert tables.endpoints.get("tw").last_contact.connected_at == later(70)
    assert tables.sessions.get("se1").last_seen_at == later(70)
