"""Replays whose disk is missing are missing until it is back; a library that was lost comes back from its folders."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from powerstream_desktop.service.store.asset_gaps import AssetGap, DestinationGap
from powerstream_desktop.service.store.assets import AssetStatus, ClipSource
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.store.rows import session
from tests.unit.service.vod.stage import Library, library, tell, until


def test_a_disk_that_is_missing_makes_its_replays_missing_until_it_is_back(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        await library.add("as1", library.film("show.mp4"))
        await library.add("as2", library.film("other.mp4"), status=AssetStatus.RECOVERED)
        await until(lambda: len(list(library.folder.glob("*.json"))) == 2)
        folders = library.folders()
        away = tmp_path / "pulled out"
        library.folder.rename(away)
        await folders.look()
        assert {(await library.get(each)).status for each in ("as1", "as2")} == {AssetStatus.MISSING}
        assert set(library.told[-2:]) == {("changed", "as1"), ("changed", "as2")}
        told = len(library.told)
        await folders.look()
        assert len(library.told) == told
        away.rename(library.folder)
        await folders.look()
        assert (await library.get("as1")).status is AssetStatus.READY
        assert (await library.get("as2")).status is AssetStatus.RECOVERED

    tell(tmp_path, story)


def test_a_look_that_finds_nothing_new_asks_nobody_to_write(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        gone = library.film("gone.mp4")
        for asset_id, file in (("as1", library.film("show.mp4")), ("as2", gone)):
            await library.add(asset_id, file)
        await until(lambda: len(list(library.folder.glob("*.json"))) == 2)
        await library.vod.aclose()
        gone.unlink()
        folders = library.folders()
        await folders.look()
        assert (await library.get("as2")).status is AssetStatus.MISSING

        async def refuse(*_: object) -> None:
            raise AssertionError("nothing has changed")

        with pytest.MonkeyPatch.context() as refusing:
            refusing.setattr(library.store, "write", refuse)
            await folders.look()

    tell(tmp_path, story)


def test_a_library_that_was_lost_is_what_it_was_by_what_lies_beside_each_file(tmp_path: Path) -> None:
    async def before(stage: Library) -> None:
        file = stage.film("show.mp4")
        await stage.store.write(lambda tables: tables.sessions.begin(session()))
        await stage.add(
            "as1",
            file,
            title="Cup final",
            description="With guests",
            session_id="se1",
            station_id="st1",
            duration_ms=90_000,
            width=1920,
            height=1080,
            fps=30.0,
            video_codec="h264",
            audio_codec="aac",
            is_pinned=True,
            status=AssetStatus.RECOVERED,
            clip_of=ClipSource(asset_id="as0", start_ms=1, end_ms=2),
            gaps=(AssetGap(start_ms=1, end_ms=2, reason="paused"),),
            destination_gaps=(
                DestinationGap(
                    destination="Kick", platform="kick", start_ms=1, end_ms=2, cause="It hung up."
                ),
            ),
        )

        def mark(tables: Tables) -> None:
            tables.markers.add(Marker(id="m1", session_id="se1", offset_ms=7_000, label="Goal"))
            tables.markers.attach("se1", "as1")

        await stage.store.write(mark)
        stage.vod.changed("as1")
        await until(lambda: bool((beside := stage.beside(file)) and beside.markers and beside.sha256))
        kept["asset"] = await stage.get("as1")

    kept: dict[str, object] = {}
    tell(tmp_path, before)

    async def after() -> None:
        async with library(tmp_path / "anew") as stage:
            rebuilt = await stage.folders().rebuild([tmp_path / "videos", tmp_path / "videos"])
            assert (rebuilt.added, rebuilt.moved, rebuilt.problems) == (("as1",), (), ())
            assert await stage.get("as1") == kept["asset"]
            markers = await stage.store.read(lambda tables: tables.markers.of_assets(["as1"]))
            assert [(each.offset_ms, each.label) for each in markers["as1"]] == [(7_000, "Goal")]
            assert stage.told == [("added", "as1")]
            assert (await stage.folders().rebuild([tmp_path / "videos"])).added == ()

    asyncio.run(after())


def test_a_film_that_was_moved_is_the_replay_it_was(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        await library.add("as1", file, title="Cup final")
        await until(lambda: library.beside(file) is not None)
        shelf = library.folder / "2026"
        shelf.mkdir()
        for each in library.folder.glob("show*"):
            each.rename(shelf / each.name)
        rebuilt = await library.folders().rebuild([library.folder])
        assert (rebuilt.added, rebuilt.moved) == ((), ("as1",))
        found = await library.get("as1")
        assert (found.file, found.status) == (str(shelf / "show.mp4"), AssetStatus.READY)

    tell(tmp_path, story)


def test_a_film_without_a_word_beside_it_is_a_replay_of_its_own(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        library.film("2026-05-04 12-30-00.mp4")
        rebuilt = await library.folders().rebuild([library.folder, tmp_path / "gone"])
        assert len(rebuilt.added) == len(rebuilt.problems) == 1
        found = await library.get(rebuilt.added[0])
        assert (found.title, found.size_bytes) == ("2026-05-04 12-30-00", 4)

    tell(tmp_path, story)


def test_what_lies_in_the_bin_is_not_found_again(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        await library.add("as1", file)
        await until(lambda: library.beside(file) is not None)
        bin_ = library.bin()
        await bin_.put("as1")
        assert (await library.folders().rebuild([library.folder])).added == ()
        await bin_.aclose()

    tell(tmp_path, story)


def test_a_copy_of_a_film_is_a_replay_beside_it(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        added = await library.add("as1", file)
        await until(lambda: library.beside(file) is not None)
        for each in list(library.folder.glob("show*")):
            (library.folder / each.name.replace("show", "copy")).write_bytes(each.read_bytes())
        rebuilt = await library.folders().rebuild([library.folder])
        assert len(rebuilt.added) == 1
        copy = await library.get(rebuilt.added[0])
        assert copy.id != "as1"
        assert (await library.get("as1")).file == added.file
        assert copy.file == str(library.folder / "copy.mp4")

    tell(tmp_path, story)


def test_a_folder_within_another_one_brings_nothing_twice(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        library.film("new.mp4")
        rebuilt = await library.folders().rebuild([library.folder, tmp_path])
        assert len(rebuilt.added) == 1

    tell(tmp_path, story)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_a_folder_that_is_reached_by_another_name_brings_nothing_twice(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        await library.add("as1", library.film("known.mp4"))
        library.film("new.mp4")
        alias = tmp_path / "alias"
        alias.symlink_to(library.folder, target_is_directory=True)
        rebuilt = await library.folders().rebuild([alias, library.folder])
        assert len(rebuilt.added) == 1
        (library.folder / "copy").mkdir()
        (library.folder / "copy" / "known.mp4").write_bytes(b"film")
        assert len((await library.folders().rebuild([alias])).added) == 1, "a copy is another file"
        assert (await library.folders().rebuild([library.folder, alias])).added == ()

    tell(tmp_path, story)
