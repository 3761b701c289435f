"""The life cycle of a player, pair by pair."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.desktop.player.playback import (
    PlaybackEvent,
    PlaybackState,
    has_media,
    next_state,
    wants_play,
)

S, E = PlaybackState, PlaybackEvent
OURS = {E.OPENED: S.LOADING, E.CLOSED: S.EMPTY}
TOLD = {E.PLAYS: S.PLAYING, E.HOLDS: S.PAUSED, E.ENDS: S.ENDED, E.FAILS: S.FAILED}
EXPECTED = {
    S.EMPTY: {},
    S.LOADING: TOLD,
    S.PLAYING: TOLD | {E.STALLS: S.WAITING},
    S.PAUSED: TOLD,
    S.WAITING: TOLD,
    S.ENDED: {E.PLAYS: S.PLAYING, E.FAILS: S.FAILED},
    S.FAILED: {},
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(S, E)))
def test_every_event_leads_where_the_prose_says_and_late_ones_nowhere(
    state: PlaybackState, event: PlaybackEvent
) -> None:
    assert next_state(state, event) is (OURS | EXPECTED[state]).get(event, state)


def test_the_button_plays_what_stands_still_and_pauses_what_moves() -> None:
    assert {each for each in S if wants_play(each)} == {S.PAUSED, S.ENDED}


def test_there_is_nothing_to_pause_before_something_was_opened() -> None:
    assert {each for each in S if not has_media(each)} == {S.EMPTY, S.FAILED}
