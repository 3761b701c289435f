"""Identifiers, moments and cursors: what leaves the database comes back as it was, and anything else is refused."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.service.store.ids import checked_id, new_id
from powerstream_desktop.service.store.moments import EARLIEST, LATEST, from_ms, to_ms
from powerstream_desktop.service.store.paging import checked_limit, page_of, place_of
from powerstream_desktop.service.store.places import BEHIND_ALL
from tests.unit.service.store.rows import NOW

moments = st.datetimes(
    EARLIEST.replace(tzinfo=None), LATEST.replace(tzinfo=None) - timedelta(seconds=1), timezones=st.just(UTC)
)


@given(moments)
def test_a_moment_comes_back_to_the_millisecond(moment: datetime) -> None:
    assert timedelta() <= moment - from_ms(to_ms(moment)) < timedelta(milliseconds=1)


def test_a_moment_that_cannot_be_right_is_refused() -> None:
    with pytest.raises(UserError):
        to_ms(datetime(1969, 12, 31, tzinfo=UTC))
    with pytest.raises(UserError):
        to_ms(LATEST)
    with pytest.raises(BugError):
        to_ms(datetime(2026, 1, 1))  # noqa: DTZ001 - that is what is refused


@given(moments, moments)
def test_identifiers_sort_by_the_time_they_were_made(one: datetime, other: datetime) -> None:
    first, second = new_id(one), new_id(other)
    assert len(first) == 26
    assert checked_id(first) == first
    if to_ms(one) < to_ms(other):
        assert first < second


def test_an_identifier_has_its_random_bits_behind_the_time() -> None:
    assert new_id(NOW, lambda bits: 2**bits - 1).endswith("Z" * 16)
    assert new_id(NOW, lambda _: 0).endswith("0" * 16)
    assert new_id(NOW, lambda _: 0)[:10] == new_id(NOW)[:10]


@pytest.mark.parametrize("text", ["", "a" * 65, "a/b", "..", "a b", "ä", "a\n", "a%2e"])
def test_what_cannot_be_an_identifier_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        checked_id(text)


@given(st.integers(0, BEHIND_ALL))
def test_a_cursor_comes_back_as_the_place_it_was_made_of(place: int) -> None:
    cursor = page_of([(place, "row"), (place - 1, "next")], 1).next_cursor
    assert place_of(cursor) == place


@given(st.text(string.printable, min_size=1).filter(lambda text: not set(text) <= set("0123456789abcdef")))
def test_a_cursor_that_was_never_given_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        place_of(text)


@pytest.mark.parametrize("cursor", ["", "f" * 17])
def test_a_cursor_of_no_length_or_too_much_is_refused(cursor: str) -> None:
    with pytest.raises(UserError):
        place_of(cursor)


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_page_of_no_or_too_many_rows_is_refused(limit: int) -> None:
    with pytest.raises(UserError):
        checked_limit(limit)
