"""A recording that could not be finished is made whole as soon as its disk is here and nothing is on air."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.raw_file import OSFile
from powerstream_desktop.recording.writer import RecordingWriter
from powerstream_desktop.service.multistream.failed_recordings import FailedRecordings
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.markers import Marker
from tests.integration.recording.clips import flv_clip, packets_of, play
from tests.unit.recording.fakes import FakeClock
from tests.unit.service.vod.stage import Library, tell, until


def cut_off(folder: Path, scratch: Path) -> Path:
    """Make what a disk keeps that was pulled in the middle of a recording of three seconds."""
    for each in (folder, scratch):
        each.mkdir()
    writer = RecordingWriter(
        RecordingOptions(folder=scratch, reserve_bytes=0), lambda: "show", clock=FakeClock(), open_raw=OSFile
    )
    writer.write(packets_of(flv_clip(seconds=3)))
    file = folder / "show.recording.mp4"
    shutil.copyfile(scratch / file.name, file)
    writer.finish()
    return file


def failed_recordings(library: Library) -> FailedRecordings:
    return FailedRecordings(library.store, library.vod, library.tells_if_live, look_every_s=0.01)


def test_a_recording_whose_disk_was_pulled_is_made_whole_when_it_is_back_and_nothing_is_on_air(
    tmp_path: Path,
) -> None:
    file = cut_off(tmp_path / "videos", tmp_path / "scratch")

    async def story(library: Library) -> None:
        await library.add("as1", file, status=AssetStatus.FAILED, duration_ms=0)
        marker = Marker(id="m1", asset_id="as1", offset_ms=500, label="Goal")
        await library.store.write(lambda tables: tables.markers.add(marker))
        away = tmp_path / "pulled out"
        library.folder.rename(away)
        await library.folders().look()
        library.is_live = True
        failed = failed_recordings(library)
        await failed.start()
        away.rename(library.folder)
        asked = library.asked_if_live
        await until(lambda: library.asked_if_live > asked + 2)
        assert file.exists()
        library.is_live = False

        async def is_whole() -> bool:
            return (await library.get("as1")).status is AssetStatus.RECOVERED

        await until(is_whole)
        found = await library.get("as1")
        assert found.file == str(library.folder / "show.mp4")
        content = await asyncio.to_thread(Path(found.file).read_bytes)
        assert (found.size_bytes, b"Goal" in content) == (len(content), True)
        assert found.duration_ms == pytest.approx(3_000, abs=1_000)
        assert await asyncio.to_thread(play, Path(found.file))
        assert ("added", "as1") in library.told
        with pytest.raises(BugError):
            await failed.start()
        await failed.aclose()

    tell(tmp_path, story)


def test_a_file_in_which_nothing_plays_is_left_as_it_is_and_the_others_are_made_whole(tmp_path: Path) -> None:
    whole = cut_off(tmp_path / "videos", tmp_path / "scratch")

    async def story(library: Library) -> None:
        nothing = library.film("nothing.recording.mp4", bytes(100))
        await library.add("as1", nothing, status=AssetStatus.FAILED)
        await library.add("as2", whole, status=AssetStatus.FAILED)
        failed = failed_recordings(library)
        await failed.start()

        async def is_whole() -> bool:
            return (await library.get("as2")).status is AssetStatus.RECOVERED

        await until(is_whole)
        await until(lambda: not failed.is_mending)
        await failed.aclose()
        assert (await library.get("as1")).status is AssetStatus.FAILED
        assert nothing.read_bytes() == bytes(100)

    tell(tmp_path, story)
