from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine import life_cycle, publisher_states
from powerstream_desktop.engine.life_cycle import EngineEvent, EngineState
from powerstream_desktop.engine.publisher_states import PublisherEvent, PublisherState

ENGINE = {
    ("stopped", "start"): "starting",
    ("stopped", "stop"): "stopped",
    ("starting", "started"): "running",
    ("starting", "died"): "failed",
    ("starting", "stop"): "stopped",
    ("running", "died"): "failed",
    ("running", "stop"): "stopped",
    ("failed", "retry-due"): "starting",
    ("failed", "stop"): "stopped",
}
PUBLISHER = {
    ("idle", "start"): "connecting",
    ("idle", "stop"): "stopped",
    ("connecting", "accepted"): "publishing",
    ("connecting", "lost"): "waiting",
    ("connecting", "stop"): "stopped",
    ("publishing", "lost"): "waiting",
    ("publishing", "stop"): "stopped",
    ("waiting", "retry-due"): "connecting",
    ("waiting", "stop"): "stopped",
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(EngineState, EngineEvent)))
def test_the_engine_goes_where_its_table_says_and_nowhere_else(
    state: EngineState, event: EngineEvent
) -> None:
    expected = ENGINE.get((state.value, event.value))
    if expected is None:
        with pytest.raises(BugError, match=f"{state.value} cannot take the event {event.value}"):
            life_cycle.next_state(state, event)
    else:
        assert life_cycle.next_state(state, event).value == expected


@pytest.mark.parametrize(("state", "event"), list(itertools.product(PublisherState, PublisherEvent)))
def test_the_publisher_goes_where_its_table_says_and_nowhere_else(
    state: PublisherState, event: PublisherEvent
) -> None:
    expected = PUBLISHER.get((state.value, event.value))
    if expected is None:
        with pytest.raises(BugError, match=f"{state.value} cannot take the event {event.value}"):
            publisher_states.next_state(state, event)
    else:
        assert publisher_states.next_state(state, event).value == expected
