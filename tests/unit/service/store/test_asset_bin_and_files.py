"""Replays in the bin can be taken back with all that belongs to them; replays whose files are gone are known as such until they are back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.service.store.asset_bin import BinnedAsset
from powerstream_desktop.service.store.asset_listing import AssetsWanted
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.store.rows import asset, opened, session


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    with opened(tmp_path) as tables:
        tables.sessions.begin(session())
        tables.assets.put(asset("as1", file="/videos/a.mp4", session_id="se1", size_bytes=7))
        tables.assets.put(asset("as2", file="/videos/b.mp4", after_s=5, size_bytes=5))
        tables.markers.add(Marker(id="m1", session_id="se1", offset_ms=5, label="Goal"))
        tables.markers.attach("se1", "as1")
        yield tables


def found(tables: Tables, words: str = "") -> list[str]:
    return [each.id for each in tables.assets.page(AssetsWanted(words=words), limit=50).rows]


def test_what_lies_in_the_bin_is_found_by_nobody(tables: Tables) -> None:
    tables.asset_bin.put("as1", "token", 1000)
    assert found(tables) == found(tables, "evening") == ["as2"]
    assert found(tables, "goal") == []
    assert tables.assets.count(AssetsWanted()) == 1
    assert tables.assets.of_session("se1") == ()
    assert tables.asset_files.all() == {"as2": Path("/videos/b.mp4")}
    for look in (tables.assets.get, tables.assets.remove):
        with pytest.raises(UnknownRecordError):
            look("as1")
    with pytest.raises(ConflictError):
        tables.assets.put(asset("as1"))
    with pytest.raises(UnknownRecordError):
        tables.asset_bin.put("as1", "another", 2000)
    assert tables.asset_bin.contents() == (BinnedAsset(asset_id="as1", token="token", file="/videos/a.mp4"),)


def test_what_is_taken_back_is_as_it_was(tables: Tables) -> None:
    before = tables.assets.get("as1")
    tables.asset_bin.put("as1", "token", 1000)
    with pytest.raises(UnknownRecordError):
        tables.asset_bin.get("as1", "another")
    assert tables.asset_bin.get("as1", "token").file == "/videos/a.mp4"
    tables.asset_bin.take_back("as1")
    assert tables.assets.get("as1") == before
    assert found(tables, "goal") == ["as1"]
    assert [each.id for each in tables.markers.of_assets(["as1"])["as1"]] == ["m1"]
    with pytest.raises(UnknownRecordError):
        tables.asset_bin.get("as1", "token")


def test_what_is_forgotten_leaves_its_session_its_markers(tables: Tables) -> None:
    tables.asset_bin.forget("as1")
    assert tables.assets.get("as1").id == "as1", "it does not lie in the bin"
    tables.asset_bin.put("as1", "token", 1000)
    tables.asset_bin.forget("as1")
    assert tables.asset_bin.contents() == ()
    assert [each.asset_id for each in tables.markers.of_session("se1")] == [None]
    assert tables.assets.put(asset("as1", "Anew")).title == "Anew"


def test_a_file_that_is_gone_is_noted_once_and_comes_back_as_what_it_was(tables: Tables) -> None:
    tables.assets.put(asset("as3", file="/videos/c.mp4", status=AssetStatus.RECOVERED))
    assert tables.asset_files.note_missing(["as1", "as3", "gone"]) == ("as1", "as3")
    assert tables.asset_files.note_missing(["as1"]) == ()
    assert tables.assets.get("as1").status is AssetStatus.MISSING
    missing = AssetsWanted(words="evening", status=AssetStatus.MISSING)
    assert [each.id for each in tables.assets.page(missing, limit=9).rows] == ["as3", "as1"]
    assert tables.asset_files.note_there(["as1", "as2", "as3"]) == ("as1", "as3")
    assert tables.assets.get("as1").status is AssetStatus.READY
    assert tables.assets.get("as3").status is AssetStatus.RECOVERED
    assert tables.assets.page(missing, limit=9).rows == ()
    tables.asset_bin.put("as1", "token", 1000)
    assert tables.asset_files.note_missing(["as1"]) == (), "it was moved to the bin"
    tables.asset_bin.take_back("as1")
    assert tables.assets.get("as1").status is AssetStatus.READY


def test_a_replay_that_has_given_its_file_up_since_somebody_looked_is_not_missing(tables: Tables) -> None:
    tables.assets.put(asset("as3", file=None))
    assert tables.asset_files.note_missing(["as3"]) == ()
    assert tables.assets.get("as3").status is AssetStatus.READY


def test_what_is_used_counts_the_files_that_are_here(tables: Tables) -> None:
    tables.assets.put(asset("elsewhere", size_bytes=1000))
    assert tables.asset_files.used_bytes() == (2, 12)
    tables.asset_files.note_missing(["as2"])
    assert tables.asset_files.used_bytes() == (1, 7)
    tables.asset_bin.put("as1", "token", 1)
    assert tables.asset_files.used_bytes() == (0, 0)


def test_the_newest_files_that_nobody_has_read_whole_come_first(tables: Tables) -> None:
    tables.assets.put(asset("as3", file="/videos/c.mp4", after_s=9, sha256="ab" * 32))
    tables.assets.put(asset("as4", file="/videos/d.mp4", after_s=9, status=AssetStatus.FAILED))
    assert tables.asset_files.unhashed(9) == ("as2", "as1")
    assert tables.asset_files.unhashed(1) == ("as2",)
