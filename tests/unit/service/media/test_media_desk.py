"""The media desk sees to what replays lack."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.media.media_desk import MediaDesk
from powerstream_desktop.service.media.media_queue import KEPT_S
from powerstream_desktop.service.media.picture_folder import PictureFolder, thumbnail_name
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.store import Store
from tests.unit.service.media.fake_workshop import DAMAGED, FakeWorkshop
from tests.unit.service.media.waiting import until
from tests.unit.service.store.rows import NOW, asset


@dataclass
class Room:
    """A desk with its store, and all that it said."""

    store: Store
    desk: MediaDesk
    workshop: FakeWorkshop
    folder: PictureFolder
    files: Path
    changes: list[str] = field(default_factory=list)
    is_live: bool = False
    now: float = 0.0

    async def add(self, asset_id: str, **fields: object) -> Path:
        """Add a replay with a file."""
        file = self.files / f"{asset_id}.mp4"
        file.write_bytes(b"film")
        kept = replace(asset(asset_id), file=str(file), **fields)  # type: ignore[arg-type]
        await self.store.write(lambda tables: tables.assets.put(kept))
        return file

    async def get(self, asset_id: str) -> Asset:
        return await self.store.read(lambda tables: tables.assets.get(asset_id))

    def is_done(self, asset_id: str) -> bool:
        return (
            self.folder.has_pictures(asset_id)
            and self.folder.has_waveform(asset_id)
            and self.changes.count(asset_id) >= 3
        )


def tell(folder: Path, story: Callable[[Room], Awaitable[None]]) -> None:
    async def run() -> None:
        store = Store(folder / "data", wall_now=lambda: NOW)
        await store.start()
        workshop, pictures = FakeWorkshop(), PictureFolder(folder / "pictures")
        desk = MediaDesk(
            store,
            workshop,
            pictures,
            is_live=lambda: room.is_live,
            changed=lambda each: room.changes.append(each),
            clock=lambda: room.now,
            look_s=0.01,
        )
        room = Room(store, desk, workshop, pictures, folder)
        try:
            await story(room)
        finally:
            await desk.aclose()
            await store.aclose()

    asyncio.run(run())


def test_a_replay_gets_facts_pictures_and_a_waveform(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        await room.add("as1")
        room.desk.start(0)
        await until(lambda: room.is_done("as1"))
        kept = await room.get("as1")
        assert (kept.width, kept.height, kept.fps, kept.video_codec, kept.audio_codec) == (
            1280,
            720,
            30.0,
            "h264",
            "aac",
        )
        assert kept.thumbnail == thumbnail_name("as1")
        assert (room.folder.folder / thumbnail_name("as1")).read_bytes() == b"\xff\xd8\xff thumbnail"
        assert await room.desk.waveform("as1") == (10.0, "AID/")
        assert sorted(path.name for path in room.folder.folder.iterdir()) == [
            "strip-as1.jpg",
            "thumbnail-as1.jpg",
            "waveform-as1.json",
        ]

    tell(tmp_path, story)


def test_what_a_recording_says_of_its_length_stays(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        await room.add("as1", duration_ms=5000, size_bytes=77)
        await room.add("as2", duration_ms=0, size_bytes=0)
        room.desk.start(0)
        await until(lambda: room.is_done("as1") and room.is_done("as2"))
        assert ((await room.get("as1")).duration_ms, (await room.get("as1")).size_bytes) == (5000, 77)
        assert ((await room.get("as2")).duration_ms, (await room.get("as2")).size_bytes) == (61_000, 1000)

    tell(tmp_path, story)


def test_what_a_replay_has_is_not_made_again(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        await room.add("as1")
        room.desk.start(0)
        await until(lambda: room.is_done("as1"))
        before = list(room.workshop.asked)
        room.desk.look("as1")
        await room.add("as2")
        room.desk.look("as2")
        await until(lambda: room.is_done("as2"))
        assert room.workshop.asked[: len(before)] == before
        assert room.workshop.kinds_of("as1.mp4") == ["probe", "pictures", "waveform"]

    tell(tmp_path, story)


def test_a_replay_whose_file_is_not_here_is_left_alone(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        for status in (AssetStatus.PROCESSING, AssetStatus.MISSING):
            await room.add(f"as-{status}", status=status)
        (await room.add("gone")).unlink()
        await room.store.write(lambda tables: tables.assets.put(asset("elsewhere")))
        await room.add("last")
        room.desk.start(0)
        await until(lambda: room.is_done("last"))
        await until(lambda: not room.desk._queue.has_any)
        assert {file for _, file in room.workshop.asked} == {"last.mp4"}

    tell(tmp_path, story)


def test_while_live_only_what_was_asked_for_is_made(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        await room.add("as1")
        await room.add("as2")
        room.is_live = True
        room.desk.start(0)
        assert await room.desk.waveform("as2") is None
        await until(lambda: room.is_done("as2"))
        assert {file for _, file in room.workshop.asked} == {"as2.mp4"}
        room.is_live = False
        room.desk.look("as1")
        await until(lambda: room.is_done("as1"))

    tell(tmp_path, story)


def test_work_rests_when_a_broadcast_begins_and_goes_on_behind_it(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        await room.add("as1")
        room.workshop.gate = asyncio.Event()
        room.desk.start(0)
        await until(lambda: room.workshop.asked)
        room.is_live = True
        await until(lambda: room.workshop.left_off)
        room.workshop.gate.set()
        room.desk.ask("as1")
        await until(lambda: room.is_done("as1"))
        assert room.workshop.kinds_of("as1.mp4") == ["probe", "probe", "pictures", "waveform"]

    tell(tmp_path, story)


def test_what_somebody_waits_for_is_finished_also_when_a_broadcast_begins(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        await room.add("as1")
        room.workshop.gate = asyncio.Event()
        room.desk.ask("as1")
        room.desk.start(0)
        await until(lambda: room.workshop.asked)
        room.is_live = True
        await asyncio.sleep(0.05)  # some looks
        room.workshop.gate.set()
        await until(lambda: room.is_done("as1"))
        assert room.workshop.kinds_of("as1.mp4") == ["probe", "pictures", "waveform"]

    tell(tmp_path, story)


def test_what_was_asked_for_comes_first(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        for number in range(4):
            await room.add(f"as{number}")
        room.workshop.gate = asyncio.Event()
        room.desk.start(0)
        await until(lambda: len(room.workshop.asked) == 1)
        begun = room.workshop.asked[0][1].removesuffix(".mp4")
        wanted = next(f"as{number}" for number in range(3, -1, -1) if f"as{number}" != begun)
        others = {f"as{number}" for number in range(4)} - {begun, wanted}
        room.desk.ask(wanted)
        room.workshop.gate.set()
        await until(lambda: all(room.is_done(each) for each in others))
        order = list(dict.fromkeys(file.removesuffix(".mp4") for _, file in room.workshop.asked))
        assert order[:2] == [begun, wanted]

    tell(tmp_path, story)


def test_a_replay_that_cannot_be_read_is_tried_again_when_its_file_is_another(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        file = await room.add("bad")
        room.workshop.refuses["bad.mp4"] = DAMAGED
        await room.add("good")
        room.desk.start(0)
        await until(lambda: room.is_done("good") and "probe" in room.workshop.kinds_of("bad.mp4"))
        room.desk.look("bad")
        room.desk.look("good")
        await until(lambda: not room.desk._queue.has_any)
        assert room.workshop.kinds_of("bad.mp4") == ["probe"]
        del room.workshop.refuses["bad.mp4"]
        file.write_bytes(b"another film")
        room.desk.look("bad")
        await until(lambda: room.is_done("bad"))

    tell(tmp_path, story)


def test_what_only_a_full_disk_has_kept_from_being_made_is_made_when_it_is_asked_for_again(
    tmp_path: Path,
) -> None:
    async def story(room: Room) -> None:
        await room.add("as1")
        room.workshop.refuses["pictures"] = SystemFault("The disk is full.")
        room.desk.start(0)
        await until(lambda: "pictures" in room.workshop.kinds_of("as1.mp4"))
        del room.workshop.refuses["pictures"]
        room.desk.ask("as1")
        await until(lambda: room.is_done("as1"))
        assert room.workshop.kinds_of("as1.mp4") == ["probe", "pictures", "pictures", "waveform"]

    tell(tmp_path, story)


def test_pictures_of_which_a_power_cut_left_only_the_name_are_made_again(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        await room.add("as1")
        room.desk.start(0)
        await until(lambda: room.is_done("as1"))
        strip = room.folder.folder / "strip-as1.jpg"
        strip.write_bytes(b"")
        room.desk.look("as1")
        await until(lambda: strip.read_bytes())
        assert room.workshop.kinds_of("as1.mp4") == ["probe", "pictures", "waveform", "pictures"]

    tell(tmp_path, story)


def test_a_replay_that_goes_while_it_is_seen_to_leaves_nothing(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        await room.add("as1")
        room.workshop.gate = asyncio.Event()
        room.desk.start(0)
        await until(lambda: bool(room.workshop.asked))
        await room.store.write(lambda tables: tables.assets.remove("as1"))
        room.workshop.gate.set()
        await room.add("as2")
        room.desk.look("as2")
        await until(lambda: room.is_done("as2"))
        room.now += KEPT_S
        await until(lambda: not any("as1" in path.name for path in room.folder.folder.iterdir()))
        assert room.is_done("as2")

    tell(tmp_path, story)


def test_what_was_made_of_a_replay_goes_with_it(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        await room.add("as1")
        room.desk.start(0)
        await until(lambda: room.is_done("as1"))
        room.desk.forget("as1")
        room.now += KEPT_S
        await until(lambda: not list(room.folder.folder.iterdir()))
        assert not room.desk._queue.has_any

    tell(tmp_path, story)


def test_what_was_made_of_replays_that_went_meanwhile_is_removed_and_nothing_else(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        room.folder.keep_waveform("gone", 10.0, "AID/")
        (room.folder.folder / "station-1.jpg").write_bytes(b"a station's")
        await room.add("as1")
        room.desk.start(0)
        await until(lambda: room.is_done("as1"))
        room.now += KEPT_S
        await until(lambda: not room.folder.has_waveform("gone"))
        assert sorted(path.name.partition("-")[2] for path in room.folder.folder.iterdir()) == [
            "1.jpg",
            "as1.jpg",
            "as1.jpg",
            "as1.json",
        ]

    tell(tmp_path, story)


def test_workplaces_that_a_crash_left_are_swept(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        left = room.folder.make_workplace()
        (left / "half.jpg").write_bytes(b"half")
        room.desk.start(0)
        await until(lambda: not left.exists())
        assert list(room.folder.folder.iterdir()) == []

    tell(tmp_path, story)
