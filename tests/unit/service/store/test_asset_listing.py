"""Lists of replays: every order, everything they are chosen by, page after page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection, connect

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.store import asset_listing, database
from powerstream_desktop.service.store.asset_listing import (
    MAX_CURSOR_CHARACTERS,
    AssetSort,
    AssetsWanted,
    title_key,
)
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.database import APPLICATION_ID
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.migrations import MIGRATIONS
from powerstream_desktop.service.store.opening import DATABASE_NAME
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.store.rows import asset, connected, later, opened, session, undone

WORDS = ["evening", "Show", "café", "Äther"]
STATES = [AssetStatus.READY, AssetStatus.MISSING]


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    with opened(tmp_path) as tables:
        yield tables


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with connected(tmp_path_factory.mktemp("data")) as connection:
        yield connection


def listed(tables: Tables, wanted: AssetsWanted, limit: int = 50) -> list[str]:
    """Return the ids of all pages."""
    ids: list[str] = []
    cursor = None
    while True:
        page = tables.assets.page(wanted, limit=limit, cursor=cursor)
        assert len(page.rows) <= limit
        ids += [each.id for each in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            return ids


def expected(rows: list[Asset], wanted: AssetsWanted) -> list[str]:
    """Return what the words of ``AssetsWanted`` mean, said in another way."""
    chosen = [
        (number, each)
        for number, each in enumerate(rows)
        if wanted.station_id in {None, each.station_id}
        and wanted.status in {None, each.status}
        and (not wanted.words or title_key(each.title).startswith(title_key(wanted.words)))
        and (wanted.recorded_from is None or each.recorded_at >= wanted.recorded_from)
        and (wanted.recorded_before is None or each.recorded_at < wanted.recorded_before)
    ]
    orders = {
        AssetSort.NEWEST: lambda pair: (pair[1].recorded_at, pair[0]),
        AssetSort.OLDEST: lambda pair: (pair[1].recorded_at, pair[0]),
        AssetSort.TITLE: lambda pair: (title_key(pair[1].title), pair[1].recorded_at, pair[0]),
        AssetSort.LONGEST: lambda pair: (pair[1].duration_ms, pair[1].recorded_at, pair[0]),
        AssetSort.LARGEST: lambda pair: (pair[1].size_bytes, pair[1].recorded_at, pair[0]),
    }
    is_downwards = wanted.sort in {AssetSort.NEWEST, AssetSort.LONGEST, AssetSort.LARGEST}
    return [each.id for _, each in sorted(chosen, key=orders[wanted.sort], reverse=is_downwards)]


one_row = st.builds(
    lambda second, title, state, station, length, size: {
        "after_s": second,
        "title": title,
        "status": state,
        "station_id": station,
        "duration_ms": length,
        "size_bytes": size,
    },
    st.sampled_from([0.0, 1.0, 2.0]),
    st.sampled_from(WORDS),
    st.sampled_from(STATES),
    st.sampled_from(["a", "b"]),
    st.integers(0, 2),
    st.integers(0, 2),
)
what_is_wanted = st.builds(
    AssetsWanted,
    station_id=st.sampled_from([None, "a"]),
    status=st.sampled_from([None, *STATES]),
    words=st.sampled_from(["", *WORDS]),
    recorded_from=st.sampled_from([None, later(1)]),
    recorded_before=st.sampled_from([None, later(2)]),
    sort=st.sampled_from(AssetSort),
)


@pytest.mark.parametrize("few", [0, asset_listing.FEW])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(rows=st.lists(one_row, max_size=9), wanted=what_is_wanted, limit=st.integers(1, 4))
def test_pages_hold_all_that_is_wanted_once_and_in_order(
    connection: Connection,
    rows: list[dict[str, object]],
    wanted: AssetsWanted,
    limit: int,
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asset_listing, "FEW", few)
    with undone(connection) as tables:
        kept = [tables.assets.put(asset(f"a{number}", **row)) for number, row in enumerate(rows)]  # type: ignore[arg-type]
        assert listed(tables, wanted, limit) == expected(kept, wanted)
        assert tables.assets.count(wanted) == len(expected(kept, wanted))


def test_titles_are_sorted_whatever_their_case_and_accents(tables: Tables) -> None:
    for number, title in enumerate(("zebra", "Émile", "apple", "Fox")):
        tables.assets.put(asset(f"a{number}", title))
    wanted = AssetsWanted(sort=AssetSort.TITLE)
    assert [each.title for each in tables.assets.page(wanted, limit=9).rows] == [
        *("apple", "Émile", "Fox", "zebra"),
    ]


def test_what_is_removed_or_renamed_between_two_pages_neither_repeats_nor_hides_another(
    tables: Tables,
) -> None:
    for number, title in enumerate("abcd"):
        tables.assets.put(asset(f"a{number}", title))
    wanted = AssetsWanted(sort=AssetSort.TITLE)
    first = tables.assets.page(wanted, limit=2)
    tables.assets.put(replace(first.rows[1], title="a2"))
    tables.assets.remove("a0")
    second = tables.assets.page(wanted, limit=2, cursor=first.next_cursor)
    assert [each.title for each in second.rows] == ["c", "d"]


def test_the_longest_title_has_a_cursor_that_is_taken_again(tables: Tables) -> None:
    for number in range(2):
        tables.assets.put(asset(f"a{number}", "\U0001f3ae" * 200))
    wanted = AssetsWanted(sort=AssetSort.TITLE)
    cursor = tables.assets.page(wanted, limit=1).next_cursor
    assert cursor is not None
    assert len(cursor) <= MAX_CURSOR_CHARACTERS
    assert [each.id for each in tables.assets.page(wanted, limit=1, cursor=cursor).rows] == ["a1"]


@pytest.mark.parametrize("sort", AssetSort)
@pytest.mark.parametrize("cursor", ["", "x", "1.x", "1.2.3", "f" * 17, ".1", "1.\U0001f3ae"])
def test_a_cursor_that_no_page_ever_gave_is_refused(tables: Tables, sort: AssetSort, cursor: str) -> None:
    with pytest.raises(UserError):
        tables.assets.page(AssetsWanted(sort=sort), limit=1, cursor=cursor)


def test_a_replay_is_found_by_the_labels_of_its_markers_and_no_longer_once_they_are_gone(
    tables: Tables,
) -> None:
    tables.sessions.begin(session())
    tables.assets.put(asset("as1", session_id="se1"))
    tables.assets.put(asset("as2", after_s=60, session_id="se1"))
    tables.markers.add(Marker(id="m1", session_id="se1", offset_ms=1000, label="Kick-off"))
    tables.markers.add(Marker(id="m2", session_id="se1", offset_ms=70_000, label="Penalty"))
    wanted = {word: AssetsWanted(words=word) for word in ("kick", "penal", "evening penalty")}
    tables.markers.attach("se1", "as1")
    tables.markers.attach("se1", "as2", from_ms=60_000)
    assert {word: listed(tables, each) for word, each in wanted.items()} == {
        "kick": ["as1"],
        "penal": ["as2"],
        "evening penalty": ["as2"],
    }
    tables.markers.remove("m2")
    tables.markers.add(Marker(id="m3", asset_id="as2", offset_ms=0, label="Final whistle"))
    assert listed(tables, wanted["penal"]) == []
    assert listed(tables, AssetsWanted(words="whistle")) == ["as2"]


def test_a_state_is_no_word_that_is_found_by_typing_it(tables: Tables) -> None:
    tables.assets.put(asset(status=AssetStatus.MISSING))
    assert listed(tables, AssetsWanted(words="tmissing")) == []
    assert listed(tables, AssetsWanted(words="evening", status=AssetStatus.MISSING)) == ["as1"]
    assert listed(tables, AssetsWanted(words="evening", status=AssetStatus.READY)) == []


def test_replays_of_the_version_before_are_listed_sorted_and_found(tmp_path: Path) -> None:
    with closing(connect(tmp_path / DATABASE_NAME, isolation_level=None)) as before:
        before.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for migration in MIGRATIONS[:4]:
            database.apply(before, migration)
        for number, title in enumerate(("Zebra", "apple", "Émile", "Äpfel")):
            before.execute(
                "INSERT INTO assets (place, id, station_id, title, description, status, duration_ms, size_bytes, "
                "recorded_ms) VALUES (?, ?, 'st1', ?, '', 'ready', 5, 5, 1)",
                ((1 << 20) + number, f"a{number}", title),
            )
            before.execute(
                "INSERT INTO asset_words (rowid, title, description, station) VALUES (?, ?, '', 's737431')",
                ((1 << 20) + number, title.lower()),
            )
        before.execute("INSERT INTO markers VALUES ('m1', NULL, 'a0', 0, 'Goal')")
        before.execute("INSERT INTO markers VALUES ('m2', NULL, 'a0', 5, 'Émile cheers')")
    with opened(tmp_path) as tables:
        assert listed(tables, AssetsWanted(sort=AssetSort.TITLE)) == ["a3", "a1", "a2", "a0"]
        assert listed(tables, AssetsWanted(words="emile cheers")) == ["a0"]
        assert listed(tables, AssetsWanted(words="goal", station_id="st1", status="ready")) == ["a0"]
        assert tables.assets.get("a0").gaps == ()
