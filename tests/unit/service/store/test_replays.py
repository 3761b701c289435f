"""Replays with their markers and uploads: listed, found, changed and removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.store.asset_gaps import AssetGap, DestinationGap
from powerstream_desktop.service.store.asset_listing import AssetsWanted
from powerstream_desktop.service.store.assets import AssetStatus, ClipSource
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.store.rows import asset, connected, later, opened, session, undone


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    with opened(tmp_path) as tables:
        yield tables


def found(tables: Tables, words: str, station_id: str | None = None) -> list[str]:
    wanted = AssetsWanted(words=words, station_id=station_id)
    return [each.id for each in tables.assets.page(wanted, limit=50).rows]


def test_a_replay_comes_back_with_all_its_fields_and_putting_it_again_changes_nothing(tables: Tables) -> None:
    whole = asset(
        station_id="st1",
        session_id="se1",
        user_id="u",
        description="With guests",
        file="/videos/evening.mp4",
        thumbnail="evening.jpg",
        status=AssetStatus.RECOVERED,
        duration_ms=3_600_000,
        size_bytes=2**40,
        width=1920,
        height=1080,
        fps=59.94,
        video_codec="h264",
        audio_codec="aac",
        sha256="ab" * 32,
        is_pinned=True,
        clip_of=ClipSource(asset_id="as0", start_ms=0, end_ms=30_000),
        gaps=(AssetGap(start_ms=1000, end_ms=1000, reason="paused"),),
        destination_gaps=(
            DestinationGap(destination="Kick", platform="kick", start_ms=5, end_ms=9, cause="It hung up."),
        ),
    )
    assert tables.assets.put(whole) == whole
    assert tables.assets.put(whole) == whole
    assert tables.assets.page(AssetsWanted(), limit=10).rows == (whole,)
    assert tables.assets.of_session("se1") == (whole,)
    assert found(tables, "guests") == ["as1"]


def test_a_replay_is_found_by_its_new_words_and_no_longer_by_its_old_ones(tables: Tables) -> None:
    tables.assets.put(asset(title="Morning"))
    tables.assets.put(asset(title="Evening", after_s=60))
    assert found(tables, "morning") == []
    assert found(tables, "evening") == ["as1"]
    assert tables.assets._connection.execute("SELECT count(*) FROM asset_words").fetchone() == (1,)
    assert tables.assets.get("as1").recorded_at == later(60)
    tables.assets.remove("as1")
    assert found(tables, "evening") == []
    assert tables.assets._connection.execute("SELECT count(*) FROM asset_words").fetchone() == (0,)
    with pytest.raises(UnknownRecordError):
        tables.assets.remove("as1")


def test_what_was_recorded_last_comes_first_whenever_it_was_imported(tables: Tables) -> None:
    for asset_id, after_s in (("b", 2.0), ("c", 3.0), ("a", 1.0)):
        tables.assets.put(asset(asset_id, after_s=after_s))
    tables.assets.put(asset("b", title="Evening of stars", after_s=2.0))
    assert found(tables, "") == found(tables, "evening") == ["c", "b", "a"]
    tables.assets.put(asset("a", after_s=9))
    assert found(tables, "") == found(tables, "evening") == ["a", "c", "b"]


def test_an_identifier_or_date_that_cannot_be_right_is_refused(tables: Tables) -> None:
    with pytest.raises(UserError):
        tables.assets.put(asset("../x"))
    with pytest.raises(UserError):
        tables.assets.put(asset(after_s=-2e9))


WORDS = ["evening", "show", "café", "放送"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), limit=st.integers(1, 4))
def test_pages_of_a_search_hold_every_match_once_newest_first(
    tmp_path: Path, data: st.DataObject, limit: int
) -> None:
    rows = data.draw(
        st.lists(
            st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from(WORDS), st.sampled_from(["a", "b"])),
            max_size=10,
        )
    )
    asked_word, asked_station = (
        data.draw(st.sampled_from(["", *WORDS])),
        data.draw(st.sampled_from([None, "a"])),
    )
    with connected(tmp_path) as connection, undone(connection) as tables:
        for number, (second, title, station_id) in enumerate(rows):
            tables.assets.put(asset(f"a{number}", title=title, after_s=second, station_id=station_id))
        expected = [
            f"a{number}"
            for number in sorted(range(len(rows)), key=lambda each: (rows[each][0], each), reverse=True)
            if asked_word in rows[number][1] and asked_station in {None, rows[number][2]}
        ]
        wanted = AssetsWanted(words=asked_word, station_id=asked_station)
        seen: list[str] = []
        cursor = None
        while True:
            page = tables.assets.page(wanted, limit=limit, cursor=cursor)
            seen += [each.id for each in page.rows]
            cursor = page.next_cursor
            if cursor is None:
                break
    assert seen == expected


# --- markers --------------------------------------------------------------------------------------------------------


def test_the_markers_of_a_session_go_to_its_replay_in_the_order_of_time(tables: Tables) -> None:
    tables.sessions.begin(session())
    late = tables.markers.add(Marker(id="m1", session_id="se1", offset_ms=9000, label="Goal"))
    early = tables.markers.add(Marker(id="m2", session_id="se1", offset_ms=1000))
    assert tables.markers.of_session("se1") == (early, late)
    tables.assets.put(asset())
    tables.markers.attach("se1", "as1")
    attached = tuple(replace(each, asset_id="as1") for each in (early, late))
    assert tables.markers.of_assets(["as1", "other"]) == {"as1": attached, "other": ()}
    tables.assets.remove("as1")
    assert tables.markers.of_session("se1") == (early, late)


def test_of_several_replays_of_a_session_each_gets_the_markers_of_its_time(tables: Tables) -> None:
    tables.sessions.begin(session())
    for number, asset_id in enumerate(("as1", "as2")):
        tables.assets.put(asset(asset_id, after_s=60.0 * number, session_id="se1"))
    for offset_ms in (10_000, 59_999, 60_000, 90_000):
        tables.markers.add(Marker(id=f"m{offset_ms}", session_id="se1", offset_ms=offset_ms))
    tables.markers.attach("se1", "as1")
    tables.markers.attach("se1", "as2", from_ms=60_000)
    markers = tables.markers.of_assets(["as1", "as2"])
    assert [marker.offset_ms for marker in markers["as1"]] == [10_000, 59_999]
    assert [marker.offset_ms for marker in markers["as2"]] == [60_000, 90_000]


def test_a_marker_of_a_replay_alone_goes_with_it(tables: Tables) -> None:
    tables.assets.put(asset())
    tables.markers.add(Marker(id="m1", asset_id="as1", offset_ms=0))
    tables.assets.remove("as1")
    with pytest.raises(UnknownRecordError):
        tables.markers.remove("m1")


def test_a_marker_belongs_to_something_and_is_removed_once(tables: Tables) -> None:
    tables.sessions.begin(session())
    with pytest.raises(UserError):
        tables.markers.add(Marker(id="m1", offset_ms=0))
    with pytest.raises(UserError):
        tables.markers.add(Marker(id="m1", session_id="se1", offset_ms=-1))
    tables.markers.add(Marker(id="m1", session_id="se1", offset_ms=0))
    with pytest.raises(ConflictError):
        tables.markers.add(Marker(id="m1", session_id="se1", offset_ms=5))
    tables.markers.remove("m1")
    with pytest.raises(UnknownRecordError):
        tables.markers.remove("m1")
