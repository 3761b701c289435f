"""Where a stream's media comes from: every state with every event."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.relay.stream.supply_states import TRANSITIONS, Supply, SupplyEvent, next_supply

S = Supply
E = SupplyEvent

ALLOWED = {
    (S.NOBODY, E.ACCEPTED): S.PUBLISHER,
    (S.NOBODY, E.ENDED): S.NOBODY,
    (S.PUBLISHER, E.ACCEPTED): S.RETURNING,
    (S.PUBLISHER, E.LOST): S.BRIDGE,
    (S.PUBLISHER, E.FELL_SILENT): S.RETURNING,
    (S.PUBLISHER, E.ENDED): S.NOBODY,
    (S.BRIDGE, E.ACCEPTED): S.RETURNING,
    (S.BRIDGE, E.ENDED): S.NOBODY,
    (S.RETURNING, E.ACCEPTED): S.RETURNING,
    (S.RETURNING, E.LOST): S.BRIDGE,
    (S.RETURNING, E.CUT_IN): S.PUBLISHER,
    (S.RETURNING, E.ENDED): S.NOBODY,
}


@pytest.mark.parametrize(("supply", "event"), list(itertools.product(S, E)))
def test_every_event_in_every_state_leads_where_the_prose_says_or_is_a_bug(
    supply: Supply, event: SupplyEvent
) -> None:
    if (supply, event) in ALLOWED:
        assert next_supply(supply, event) is ALLOWED[supply, event]
    else:
        with pytest.raises(BugError, match=f"{supply.value} cannot take the event {event.value}"):
            next_supply(supply, event)


def test_the_table_names_every_state() -> None:
    assert set(TRANSITIONS) == set(Supply)
