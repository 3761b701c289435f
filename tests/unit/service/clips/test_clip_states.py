"""The life of a clip."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.service.clips.clip_states import ClipEvent, ClipState, next_state
from tests.unit.life_cycles import assert_leads_where_it_should

_S, _E = ClipState, ClipEvent
WANTED = {
    (_S.QUEUED, _E.BEGUN): _S.RUNNING,
    (_S.QUEUED, _E.UNWANTED): _S.CANCELLED,
    (_S.RUNNING, _E.KEPT): _S.DONE,
    (_S.RUNNING, _E.FAULT): _S.FAILED,
    (_S.RUNNING, _E.UNWANTED): _S.CANCELLED,
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(ClipState, ClipEvent)))
def test_every_state_takes_every_event_or_refuses_it(state: ClipState, event: ClipEvent) -> None:
    assert_leads_where_it_should(next_state, WANTED, state, event)
