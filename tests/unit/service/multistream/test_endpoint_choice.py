"""Which endpoints a broadcast goes to: the first of selection, profile, station and user that is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.multistream.endpoint_choice import (
    chosen_endpoints,
    destination_names,
    endpoints_as_they_are_now,
)
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.store.profiles import Profile
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.store.rows import endpoint, opened, station

WITH_ALL = SessionRequest(
    selected_endpoints=("ours", "theirs"), profile_id="p1", station_id="st1", user_id="u1"
)


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    """Two stations with endpoints of their own, one that both share, one that rests, and a profile."""
    with opened(tmp_path) as tables:
        tables.stations.add(station("News", "st1"))
        tables.stations.add(station("Sport", "st2"))
        tables.endpoints.add(endpoint("ours", station_id="st1", priority=5))
        tables.endpoints.add(endpoint("resting", station_id="st1", is_active=False))
        tables.endpoints.add(endpoint("shared", user_id="u1"))
        tables.endpoints.add(endpoint("theirs", station_id="st2", user_id="u2"))
        tables.profiles.add(Profile(id="p1", name="Evening", endpoint_ids=("resting", "shared")))
        yield tables


def chosen(tables: Tables, request: SessionRequest) -> list[str]:
    return [each.id for each in chosen_endpoints(tables, request)]


@pytest.mark.parametrize(
    ("request_", "endpoint_ids"),
    [
        (WITH_ALL, ["ours", "theirs"]),
        (replace(WITH_ALL, selected_endpoints=None), ["resting", "shared"]),
        (replace(WITH_ALL, selected_endpoints=None, profile_id=None), ["ours", "shared"]),
        (SessionRequest(user_id="u1"), ["shared"]),
        (SessionRequest(), ["ours", "shared", "theirs"]),
        (replace(WITH_ALL, use_multistream=False), []),
        (replace(WITH_ALL, is_rehearsal=True), []),
    ],
)
def test_the_first_that_is_given_counts(
    tables: Tables, request_: SessionRequest, endpoint_ids: list[str]
) -> None:
    assert chosen(tables, request_) == endpoint_ids


def test_who_has_no_endpoint_yet_is_told_so(tmp_path: Path) -> None:
    with (
        opened(tmp_path / "empty") as nothing,
        pytest.raises(UserError, match="No endpoint is active"),
    ):
        chosen_endpoints(nothing, SessionRequest())


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (SessionRequest(selected_endpoints=()), "No endpoint is selected"),
        (SessionRequest(profile_id="empty"), "'Empty' has no endpoints"),
        (SessionRequest(user_id="nobody"), "This user has no active endpoint"),
    ],
)
def test_a_choice_of_nothing_is_refused_with_what_to_do(
    tables: Tables, request_: SessionRequest, words: str
) -> None:
    tables.profiles.add(Profile(id="empty", name="Empty"))
    with pytest.raises(UserError, match=words) as caught:
        chosen_endpoints(tables, request_)
    assert "Choose at least one endpoint" in caught.value.hint


@pytest.mark.parametrize(
    "request_", [SessionRequest(selected_endpoints=("gone",)), SessionRequest(profile_id="gone")]
)
def test_a_choice_of_what_does_not_exist_is_refused(tables: Tables, request_: SessionRequest) -> None:
    with pytest.raises(UnknownRecordError):
        chosen_endpoints(tables, request_)


def test_what_was_deleted_meanwhile_is_no_longer_meant(tables: Tables) -> None:
    tables.endpoints.remove("theirs")
    assert [each.id for each in endpoints_as_they_are_now(tables, WITH_ALL, ())] == ["ours"]


def test_what_was_added_to_the_station_meanwhile_is_meant(tables: Tables) -> None:
    tables.endpoints.add(endpoint("new", station_id="st1"))
    now = endpoints_as_they_are_now(tables, SessionRequest(station_id="st1"), ("ours", "shared"))
    assert [each.id for each in now] == ["ours", "new", "shared"]


def test_a_profile_that_was_deleted_meanwhile_takes_no_endpoint_away(tables: Tables) -> None:
    request = SessionRequest(profile_id="p1")
    tables.endpoints.remove("resting")
    assert [each.id for each in endpoints_as_they_are_now(tables, request, ())] == ["shared"]
    tables.profiles.remove("p1")
    now = endpoints_as_they_are_now(tables, request, ("resting", "shared"))
    assert [each.id for each in now] == ["shared"]


def test_a_rehearsal_stays_one_whatever_is_saved(tables: Tables) -> None:
    assert endpoints_as_they_are_now(tables, replace(WITH_ALL, is_rehearsal=True), ()) == ()


def test_each_destination_has_a_name_of_its_own() -> None:
    endpoints = [endpoint(number, name="Twitch") for number in ("1", "2", "3")]
    assert destination_names(endpoints, {}) == {"1": "Twitch", "2": "Twitch (2)", "3": "Twitch (3)"}


def test_a_name_that_was_given_stays_and_goes_to_nobody_else() -> None:
    renamed, new = endpoint("1", name="Kick"), endpoint("2", name="Twitch")
    assert destination_names([new, renamed], {"1": "Twitch"}) == {"2": "Twitch (2)", "1": "Twitch"}
