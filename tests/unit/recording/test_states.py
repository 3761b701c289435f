"""The life of a recording: every state with every event."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.recording.states import TRANSITIONS, RecordingEvent, RecordingState, next_state
from tests.unit.life_cycles import assert_leads_where_it_should

S = RecordingState
E = RecordingEvent

ALLOWED = {
    (S.OPENING, E.FILE_OPENED): S.RECORDING,
    (S.OPENING, E.CLOSED): S.FINALISING,
    (S.OPENING, E.FAULT): S.FAILED,
    (S.RECORDING, E.CLOSED): S.FINALISING,
    (S.RECORDING, E.FAULT): S.FAILED,
    (S.FAILED, E.ROOM_AGAIN): S.OPENING,
    (S.FINALISING, E.FILE_OPENED): S.FINALISING,
    (S.FINALISING, E.FINISHED): S.FINALISED,
    (S.FINALISING, E.FAULT): S.FAILED,
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(S, E)))
def test_every_event_in_every_state_leads_where_the_table_says_or_is_a_bug(
    state: RecordingState, event: RecordingEvent
) -> None:
    assert_leads_where_it_should(next_state, ALLOWED, state, event)


def test_the_table_names_every_state() -> None:
    assert set(TRANSITIONS) == set(RecordingState)


def test_nothing_leads_out_of_the_end() -> None:
    assert not TRANSITIONS[S.FINALISED]
