"""A ticket is for one replay, for some hours, and nobody makes one himself."""

from __future__ import annotations

import pytest

from powerstream_desktop.service.access.film_tickets import GOOD_FOR_S, FilmTickets

NOW_S = 1_800_000_000.0
TICKETS = FilmTickets(b"k" * 32)


def test_a_ticket_leads_to_its_replay_until_it_ends() -> None:
    ticket = TICKETS.ticket("01JD2Q3R", NOW_S)
    assert TICKETS.asset_of(ticket, NOW_S) == "01JD2Q3R"
    assert TICKETS.asset_of(ticket, NOW_S + GOOD_FOR_S - 1) == "01JD2Q3R"
    assert TICKETS.asset_of(ticket, NOW_S + GOOD_FOR_S) is None


def test_a_ticket_that_somebody_has_changed_is_none() -> None:
    ticket = TICKETS.ticket("one", NOW_S)
    for number, each in enumerate(ticket):
        changed = ticket[:number] + ("0" if each != "0" else "1") + ticket[number + 1 :]
        assert TICKETS.asset_of(changed, NOW_S) is None


@pytest.mark.parametrize(
    "rubbish", ["", "one", "one.1", "one.ffffffffffff.", "..", "one.g.0", "é.1.0", "a" * 5000]
)
def test_what_is_no_ticket_leads_nowhere(rubbish: str) -> None:
    assert TICKETS.asset_of(rubbish, NOW_S) is None
    assert TICKETS.asset_of(rubbish + "0" * 64, NOW_S) is None


def test_a_ticket_of_another_run_is_none() -> None:
    assert TICKETS.asset_of(FilmTickets(b"j" * 32).ticket("one", NOW_S), NOW_S) is None
