"""Films that were made elsewhere come into the library, or are refused in words."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.stored_film import STORE_MARK
from powerstream_desktop.library.sidecar import Sidecar, SidecarMarker, sidecar_path, write_sidecar
from powerstream_desktop.service.media.import_desk import ImportDesk
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from tests.unit.service.media.fake_workshop import DAMAGED, FACTS, FakeWorkshop
from tests.unit.service.media.waiting import until
from tests.unit.service.store.rows import NOW, station

FILM = b"\x00\x00\x00\x18ftypisom" + bytes(100)


@dataclass
class Desk:
    """An import desk with its store, and all that it said."""

    store: Store
    imports: ImportDesk
    workshop: FakeWorkshop
    folder: Path
    added: list[Asset] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    told: list[Mapping[str, Any]] = field(default_factory=list)
    is_passing: bool = False

    def film(self, name: str, content: bytes = FILM) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    async def take(self, *paths: Path, station_id: str | None = None) -> Mapping[str, Any]:
        """Import, and return how that ended."""
        import_id, _ = await self.imports.begin(paths, station_id)
        await until(
            lambda: any(each["importId"] == import_id and each["state"] == "done" for each in self.told)
        )
        return self.told[-1]


def tell(folder: Path, story: Callable[[Desk], Awaitable[None]]) -> None:
    async def run() -> None:
        store = Store(folder / "data", wall_now=lambda: NOW)
        await store.start()

        workshop = FakeWorkshop(facts=replace(FACTS, recorded_at_ms=1_700_000_000_000))
        imports = ImportDesk(
            store,
            workshop,
            came=lambda asset: desk.added.append(asset),
            changed=lambda asset_id: desk.back.append(asset_id),
            recordings=lambda: folder / "recordings",
            tell=lambda words: desk.told.append(words),
            wall_now=lambda: NOW,
            is_passing=lambda _: desk.is_passing,
        )
        desk = Desk(store, imports, workshop, folder / "films")
        imports.start()
        try:
            await story(desk)
        finally:
            await imports.aclose()
            await store.aclose()

    asyncio.run(run())


def codes(words: Mapping[str, Any]) -> dict[str, str]:
    return {each["file"]: each["code"] for each in words["refused"]}


def test_a_film_comes_into_the_library_and_stays_where_it_is(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await desk.store.write(lambda tables: tables.stations.add(station()))
        file = desk.film("My holiday.mp4")
        words = await desk.take(file, station_id="st1")
        assert (words["taken"], words["done"], words["total"], words["refused"]) == (1, 1, 1, [])
        [asset] = desk.added
        assert (asset.title, asset.file, asset.station_id) == ("My holiday", str(file), "st1")
        assert (asset.duration_ms, asset.size_bytes, asset.width, asset.video_codec) == (
            61_000,
            len(FILM),
            1280,
            "h264",
        )
        assert asset.recorded_at == datetime.fromtimestamp(1_700_000_000, UTC)
        assert file.read_bytes() == FILM

    tell(tmp_path, story)


def test_a_film_without_a_date_is_as_old_as_its_file_and_never_of_tomorrow(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.workshop.facts = FACTS
        old, of_tomorrow = desk.film("a.mp4"), desk.film("b.mp4", FILM + b"b")
        for file, written_at in ((old, NOW - timedelta(days=3)), (of_tomorrow, NOW + timedelta(days=1))):
            os.utime(file, (written_at.timestamp(), written_at.timestamp()))
        await desk.take(old, of_tomorrow)
        assert [asset.recorded_at for asset in desk.added] == [NOW - timedelta(days=3), NOW]

    tell(tmp_path, story)


def test_a_film_that_lies_in_passing_is_copied_to_the_recordings_under_a_free_name(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.is_passing = True
        (tmp_path / "recordings").mkdir()
        (tmp_path / "recordings" / "a.mp4").write_bytes(b"somebody else's")
        file = desk.film("a.mp4")
        await desk.take(file)
        assert desk.added[0].file == str(tmp_path / "recordings" / "a (2).mp4")
        assert (tmp_path / "recordings" / "a (2).mp4").read_bytes() == FILM == file.read_bytes()
        assert sorted(path.name for path in (tmp_path / "recordings").iterdir()) == ["a (2).mp4", "a.mp4"]

    tell(tmp_path, story)


def test_the_end_of_the_desk_waits_until_a_copy_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, given_up = threading.Event(), threading.Event()

    def copy(file: Path, folder: Path, is_wanted: Callable[[], bool]) -> Path:
        begun.set()
        while is_wanted():
            given_up.wait(0.005)
        given_up.set()
        raise SystemFault("It was given up.")

    monkeypatch.setattr("powerstream_desktop.service.media.import_desk.copy_film", copy)

    async def story(desk: Desk) -> None:
        desk.is_passing = True
        await desk.imports.begin([desk.film("a.mp4")], None)
        await until(begun.is_set)
        await desk.imports.aclose()
        assert given_up.is_set()
        assert desk.added == []

    tell(tmp_path, story)


def sidecar(**fields: Any) -> Sidecar:
    values: dict[str, Any] = {
        "asset_id": "as7",
        "station_id": "st1",
        "title": "Evening show",
        "description": "With guests.",
        "recorded_at": NOW - timedelta(days=9),
        "markers": (SidecarMarker(id="ma1", offset_ms=1500, label="Applause"),),
        **fields,
    }
    return Sidecar(**values)


def test_what_another_computer_has_written_beside_a_film_comes_with_it(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        file = desk.film("2026-04-25 20-00-00.mp4")
        write_sidecar(file, sidecar())
        await desk.take(file)
        [asset] = desk.added
        assert (asset.id, asset.title, asset.description) == ("as7", "Evening show", "With guests.")
        assert (asset.recorded_at, asset.width, asset.file) == (NOW - timedelta(days=9), 1280, str(file))
        assert asset.station_id is None, "its station is not known here"
        marks = await desk.store.read(lambda tables: tables.markers.of_assets(["as7"]))
        assert [(each.offset_ms, each.label) for each in marks["as7"]] == [(1500, "Applause")]

    tell(tmp_path, story)


def test_a_film_that_the_library_misses_is_found_again(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        known = Asset(id="as7", title="My title", file="/gone/a.mp4", recorded_at=NOW)
        await desk.store.write(lambda tables: tables.assets.put(known))
        await desk.store.write(lambda tables: tables.asset_files.note_missing(["as7"]))
        file = desk.film("a.mp4")
        write_sidecar(file, sidecar())
        assert (await desk.take(file))["taken"] == 1
        found = await desk.store.read(lambda tables: tables.assets.get("as7"))
        assert (found.title, found.file, found.status) == ("My title", str(file), AssetStatus.READY)
        assert (desk.added, desk.back) == ([], ["as7"])

    tell(tmp_path, story)


def test_a_film_that_lies_in_the_bin_is_refused_and_its_copy_does_not_stay(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.is_passing = True
        binned = Asset(id="as7", title="My title", file="/gone/a.mp4", recorded_at=NOW)
        await desk.store.write(lambda tables: tables.assets.put(binned))
        await desk.store.write(lambda tables: tables.asset_bin.put("as7", "token", 1))
        file = desk.film("a.mp4")
        write_sidecar(file, sidecar())
        assert codes(await desk.take(file)) == {"a.mp4": "already-there"}
        assert list((tmp_path / "recordings").iterdir()) == []

    tell(tmp_path, story)


def test_what_lies_beside_a_film_and_is_not_ours_is_left_out(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        file = desk.film("a.mp4")
        sidecar_path(file).write_text('{"version": 99}')
        await desk.take(file)
        assert desk.added[0].title == "a"

    tell(tmp_path, story)


def test_a_film_that_goes_while_it_is_compared_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: Path) -> str:
        raise FileNotFoundError

    async def story(desk: Desk) -> None:
        await desk.take(desk.film("a.mp4"))
        monkeypatch.setattr("powerstream_desktop.service.media.import_desk.sha256_of", gone)
        assert codes(await desk.take(desk.film("b.mp4"))) == {"b.mp4": "unreadable"}

    tell(tmp_path, story)


def test_a_name_that_no_disk_takes_is_refused_like_any_other(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        name = "a" * 300
        assert codes(await desk.take(tmp_path / name)) == {name: "unreadable"}

    tell(tmp_path, story)


def test_a_folder_means_the_films_in_it_and_no_other_file(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        for number, name in enumerate(("b.MOV", "a.mp4", "inner/c.mkv")):
            desk.film(name, FILM + bytes(number))
        for name in ("notes.txt", ".hidden.mp4", ".trash/d.mp4", "e.recording.mp4", "f.recording.mkv"):
            desk.film(name)
        (desk.folder / "link.mp4").symlink_to(desk.folder / "a.mp4")
        words = await desk.take(desk.folder)
        assert (words["taken"], words["refused"]) == (3, [])
        assert [asset.title for asset in desk.added] == ["a", "b", "c"]

    tell(tmp_path, story)


def test_copies_in_a_store_do_not_become_replays_whose_removal_would_remove_them(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        copy = desk.film(f"vod/replay-one/{'0a' * 8}.mp4")
        (desk.folder / STORE_MARK).mkdir()
        words = await desk.take(desk.folder)
        assert (words["total"], words["refused"]) == (0, [])
        words = await desk.take(copy)
        assert codes(words) == {copy.name: "in-a-store"}
        assert desk.added == []

    tell(tmp_path, story)


def test_what_is_no_film_is_refused_by_what_it_is(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        words = await desk.take(
            desk.film("list.m3u8", b"#EXTM3U\n"),
            desk.film("empty.mp4", b""),
            desk.film("photo.jpg", b"\xff\xd8\xff\xe0"),
            desk.film("x.recording.mp4"),
            desk.film("x.recording.mkv"),
            desk.folder / "gone.mp4",
        )
        assert codes(words) == {
            "list.m3u8": "no-video",
            "empty.mp4": "no-video",
            "photo.jpg": "no-video",
            "x.recording.mp4": "being-recorded",
            "x.recording.mkv": "being-recorded",
            "gone.mp4": "no-file",
        }
        assert (
            words["refused"][0]["message"]
            == "list.m3u8 is a playlist, not a video. MP4, MOV, MKV, WebM, FLV and TS are taken."
        )
        assert words["taken"] == 0
        assert desk.added == []
        assert desk.workshop.asked == []

    tell(tmp_path, story)


def test_a_film_that_is_there_already_is_refused_also_as_a_copy(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        file, copy, other = (
            desk.film("a.mp4"),
            desk.film("copy.mp4"),
            desk.film("other.mp4", FILM[:-1] + b"x"),
        )
        await desk.take(file)
        words = await desk.take(file, copy, other)
        assert codes(words) == {"a.mp4": "already-there", "copy.mp4": "already-there"}
        assert words["taken"] == 1
        assert [asset.title for asset in desk.added] == ["a", "other"]

    tell(tmp_path, story)


def test_one_that_cannot_be_read_does_not_keep_the_others_out(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.workshop.refuses["bad.mp4"] = DAMAGED
        words = await desk.take(desk.film("bad.mp4", FILM + b"1"), desk.film("good.mp4"))
        assert words["refused"] == [{"file": "bad.mp4", "code": "not-possible", "message": "It is damaged."}]
        assert [asset.title for asset in desk.added] == ["good"]

    tell(tmp_path, story)


def test_a_film_that_somebody_writes_to_is_refused(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        file = desk.film("a.mp4")
        desk.workshop.gate = asyncio.Event()
        taking = asyncio.ensure_future(desk.take(file))
        await until(lambda: desk.workshop.asked)
        assert desk.imports.is_busy
        file.write_bytes(FILM + b"more")
        desk.workshop.gate.set()
        assert codes(await taking) == {"a.mp4": "being-written"}
        await until(lambda: not desk.imports.is_busy)

    tell(tmp_path, story)


def test_progress_is_told_and_names_can_be_shown(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await desk.take(desk.film("a\x1b[31m.mp4"))
        first = desk.told[0]
        assert (first["change"], first["state"], first["done"], first["total"]) == ("import", "running", 0, 1)
        assert all(words["file"].isprintable() for words in desk.told)
        assert desk.added[0].title.isprintable()

    tell(tmp_path, story)


def test_films_for_a_station_that_is_not_there_are_refused_at_once(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        with pytest.raises(UnknownRecordError):
            await desk.imports.begin([desk.film("a.mp4")], "nowhere")

    tell(tmp_path, story)
