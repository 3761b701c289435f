"""Where a stream's media comes from: every state with every event."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.relay.stream.supply_states import TRANSITIONS, Supply, SupplyEvent, next_supply
from tests.unit.life_cycles import assert_leads_where_it_should

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
    assert_leads_where_it_should(next_supply, ALLOWED, supply, event)


def test_the_table_names_every_state() -> None:
    assert set(TRANSITIONS) == set(Supply)
