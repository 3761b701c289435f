"""Stations, their endpoints and profiles, as the API is to find them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import BackupUse, Rendition
from powerstream_desktop.service.store.endpoints import LastContact, VideoLimits
from powerstream_desktop.service.store.profiles import Profile
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.store.rows import NOW, endpoint, later, opened, station

KEY = "live_314159_canary"


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    with opened(tmp_path) as tables:
        yield tables


# --- stations -------------------------------------------------------------------------------------------------------


def test_a_station_gets_its_slug_from_its_name_and_the_next_of_that_name_a_number(tables: Tables) -> None:
    assert tables.stations.add(station("Café", "a")).slug == "cafe"
    assert tables.stations.add(station("CAFE!", "b")).slug == "cafe-2"
    assert tables.stations.add(station("café", "c")).slug == "cafe-3"
    assert tables.stations.get("b").slug == "cafe-2"
    assert [each.id for each in tables.stations.all()] == ["a", "b", "c"]


def test_a_slug_that_is_asked_for_is_given_or_refused_never_numbered(tables: Tables) -> None:
    assert tables.stations.add(station("News", "a", slug="My Channel")).slug == "my-channel"
    with pytest.raises(ConflictError):
        tables.stations.add(station("Other", "b", slug="my-channel"))
    assert len(tables.stations.all()) == 1


def test_a_station_that_is_renamed_keeps_its_address(tables: Tables) -> None:
    added = tables.stations.add(station("News", "a"))
    changed = tables.stations.change(replace(added, slug="", name="Sport", picture="p.png", description="d"))
    assert changed == replace(added, name="Sport", picture="p.png", description="d")
    assert tables.stations.change(replace(added, slug="sport")).slug == "sport"
    tables.stations.add(station("Other", "b"))
    with pytest.raises(ConflictError):
        tables.stations.change(replace(added, slug="other"))


def test_a_station_needs_a_name_and_an_identifier_of_its_own(tables: Tables) -> None:
    for wrong in (station("  ", "a"), station("News", "a/b")):
        with pytest.raises(UserError):
            tables.stations.add(wrong)
    tables.stations.add(station("News", "a"))
    with pytest.raises(ConflictError):
        tables.stations.add(station("News", "a"))


def test_a_station_that_goes_takes_its_endpoints_and_names_the_keys_nobody_needs(tables: Tables) -> None:
    tables.stations.add(station("News", "a"))
    tables.endpoints.add(endpoint("x", station_id="a", key_ref="ref-x"))
    tables.endpoints.add(endpoint("y", station_id="a"))
    tables.endpoints.add(endpoint("z", key_ref="ref-z"))
    tables.profiles.add(Profile(id="p", name="All", endpoint_ids=("x", "z")))
    tables.profiles.add(Profile(id="q", name="Of it", station_id="a"))
    assert tables.stations.remove("a") == ("ref-x",)
    assert [each.id for each in tables.endpoints.all()] == ["z"]
    assert [(each.id, each.endpoint_ids) for each in tables.profiles.all()] == [("p", ("z",))]
    with pytest.raises(UnknownRecordError):
        tables.stations.remove("a")


# --- endpoints ------------------------------------------------------------------------------------------------------


def test_an_endpoint_comes_back_with_all_its_fields(tables: Tables) -> None:
    tables.stations.add(station("News", "a"))
    whole = endpoint(
        "x",
        station_id="a",
        user_id="u",
        backup_server_url="rtmps://backup.example.invalid/app",
        backup_use=BackupUse.HOT,
        key_ref="ref",
        key_saved_on=date(2026, 5, 1),
        rendition=Rendition.PORTRAIT,
        priority=-3,
        codecs=frozenset({"avc1", "mp4a"}),
        video_limits=VideoLimits(max_video_kbps=6000, max_height=1080, max_fps=60),
        is_active=False,
        last_contact=LastContact(status="live", error="", connected_at=NOW),
    )
    assert tables.endpoints.add(whole) == whole
    assert tables.endpoints.change(replace(whole, name="New", codecs=None)) == replace(
        whole, name="New", codecs=None
    )


def test_endpoints_are_chosen_by_station_user_and_activity_the_highest_priority_first(tables: Tables) -> None:
    tables.stations.add(station("News", "a"))
    tables.stations.add(station("Sport", "b"))
    tables.endpoints.add(endpoint("shared", priority=1))
    tables.endpoints.add(endpoint("of-a", station_id="a", priority=2, user_id="u"))
    tables.endpoints.add(endpoint("idle", station_id="a", priority=3, is_active=False))
    tables.endpoints.add(endpoint("of-b", station_id="b"))

    def ids(**choice: str | bool) -> list[str]:
        return [each.id for each in tables.endpoints.all(**choice)]  # type: ignore[arg-type]

    assert ids() == ["idle", "of-a", "shared", "of-b"]
    assert ids(station_id="a") == ["idle", "of-a", "shared"]
    assert ids(station_id="a", active_only=True) == ["of-a", "shared"]
    assert ids(user_id="u") == ["of-a"]
    assert [each.id for each in tables.endpoints.chosen(["shared", "idle", "shared"])] == ["shared", "idle"]
    with pytest.raises(UnknownRecordError):
        tables.endpoints.chosen(["shared", "gone"])


@pytest.mark.parametrize(
    "server_url",
    [
        "rtmp://example.invalid/app?auth=secret",
        "rtmp://user:password@example.invalid/app",
        f"rtmp://example.invalid/live/{KEY}_4f9a8b7c6d5e4f3a",
        "http://example.invalid/app",
    ],
)
@pytest.mark.parametrize("field", ["server_url", "backup_server_url"])
def test_an_address_that_may_hold_a_key_is_refused(tables: Tables, server_url: str, field: str) -> None:
    with pytest.raises(UserError) as refused:
        tables.endpoints.add(endpoint("x", **{field: server_url}))
    assert "secret" not in str(refused.value)
    assert tables.endpoints.all() == ()


def test_the_address_of_youtubes_second_ingest_is_kept_whole(tables: Tables) -> None:
    url = "rtmps://b.rtmps.youtube.com/live2?backup=1"
    assert tables.endpoints.add(endpoint("x", backup_server_url=url)).backup_server_url == url


def test_the_key_joins_the_endpoint_for_the_relay_only(tables: Tables) -> None:
    saved = tables.endpoints.add(endpoint("x", backup_server_url="rtmp://b.example.invalid/app"))
    ready = saved.with_key(Secret(KEY))
    assert ready.server.host == "live.example.invalid"
    assert ready.server.key == KEY
    assert ready.backup_server is not None
    assert ready.backup_server.key == KEY
    assert not any(KEY in str(value) for value in (saved, *tables.endpoints.all()))


def test_the_last_contact_remembers_when_media_was_last_taken(tables: Tables) -> None:
    tables.endpoints.add(endpoint("x"))
    tables.endpoints.note_contact("x", LastContact(status="live", connected_at=NOW))
    tables.endpoints.note_contact("x", LastContact(status="rejected", error="The key is wrong."))
    contact = tables.endpoints.get("x").last_contact
    assert contact == LastContact(status="rejected", error="The key is wrong.", connected_at=NOW)
    tables.endpoints.note_contact("x", LastContact(status="live", connected_at=later(9)))
    assert tables.endpoints.get("x").last_contact.connected_at == later(9)


def test_an_endpoint_that_goes_names_its_key_and_leaves_the_profiles(tables: Tables) -> None:
    tables.endpoints.add(endpoint("x", key_ref="ref"))
    tables.profiles.add(Profile(id="p", name="All", endpoint_ids=("x",)))
    assert tables.endpoints.remove("x") == "ref"
    assert tables.profiles.get("p").endpoint_ids == ()
    with pytest.raises(UnknownRecordError):
        tables.endpoints.remove("x")


# --- profiles -------------------------------------------------------------------------------------------------------


def test_a_profile_keeps_its_endpoints_in_the_order_they_were_chosen(tables: Tables) -> None:
    for endpoint_id in ("a", "b", "c"):
        tables.endpoints.add(endpoint(endpoint_id))
    chosen = tables.profiles.add(Profile(id="p", name="Two", endpoint_ids=("c", "a", "c")))
    assert chosen.endpoint_ids == ("c", "a")
    changed = tables.profiles.change(replace(chosen, name="Other two", endpoint_ids=("b", "c")))
    assert tables.profiles.all() == (changed,)
    assert (changed.name, changed.endpoint_ids) == ("Other two", ("b", "c"))
    tables.profiles.remove("p")
    assert tables.profiles.all() == ()


def test_the_profiles_of_a_station_include_the_shared_ones(tables: Tables) -> None:
    tables.stations.add(station("News", "a"))
    tables.stations.add(station("Sport", "b"))
    tables.profiles.add(Profile(id="1", name="Shared"))
    tables.profiles.add(Profile(id="2", name="News", station_id="a"))
    tables.profiles.add(Profile(id="3", name="Sport", station_id="b"))
    assert [each.id for each in tables.profiles.all(station_id="a")] == ["2", "1"]


def test_a_profile_needs_a_name_and_what_it_names(tables: Tables) -> None:
    with pytest.raises(UserError):
        tables.profiles.add(Profile(id="p", name=" "))
    with pytest.raises(UnknownRecordError):
        tables.profiles.remove("p")
    tables.profiles.add(Profile(id="p", name="One"))
    with pytest.raises(ConflictError):
        tables.profiles.add(Profile(id="p", name="Two"))
