"""What a user, a clock and a crash may do to a replay between two computers: none of it loses one, or says what is not so."""

from __future__ import annotations

import asyncio
import hashlib
import os
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.service.cloud.courier_port import Keep, OnProgress
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.service.cloud.fake_courier import NOW_MS, SharedBucket
from tests.unit.service.cloud.stage import FILM, Computer, computer, tell, tell_two
from tests.unit.service.vod.stage import until

ONE, TWO = "replay-one", "replay-two"
STEPS = 8
"""As many as an upload is kept in: read, read whole, begun, a part, all parts, seen, proven."""


async def synced(here: Computer) -> None:
    """Wait until a pass of now is over."""
    here.room.sync(confirm=False)
    await until(lambda: not here.room.is_busy)


async def removed(here: Computer) -> None:
    """Remove the replay for all computers, as the API does."""
    await here.library.store.write(lambda tables: tables.assets.remove(ONE))
    here.library.vod.tell("removed", ONE)
    await here.room.removed(ONE)
    await synced(here)


async def is_unknown(here: Computer) -> bool:
    return await here.upload(ONE) is None


def films_in(bucket: SharedBucket) -> list[bytes]:
    return [data for key, (data, _) in bucket.objects.items() if key.endswith(".mp4")]


def hold_at(here: Computer, number: int) -> asyncio.Event:
    """Have uploads stand still once this many of their steps were kept; the event tells that they do."""
    bring, stands = here.courier.upload, asyncio.Event()

    async def upload(record: UploadRecord, file: Path, keep: Keep, on_progress: OnProgress) -> UploadRecord:
        kept = 0

        async def keep_some(step: UploadRecord) -> None:
            nonlocal kept
            await keep(step)
            kept += 1
            if kept == number:
                stands.set()
                await asyncio.Event().wait()

        return await bring(record, file, keep_some, on_progress)

    here.courier.upload = upload  # type: ignore[method-assign]
    return stands


def test_both_computers_give_up_their_files_and_both_get_them_back(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await one.shared(ONE)
        other.room.sync(confirm=False)
        await until(lambda: other.knows(ONE))
        await other.room.download(ONE)
        await other.becomes(ONE, UploadState.SYNCED, "acknowledged")
        for here in (one, other):
            await here.room.evict(ONE)
        for here in (one, other):
            await here.becomes(ONE, UploadState.EVICTED)
        assert films_in(one.courier.bucket) == [FILM]
        for here in (one, other):
            await here.room.download(ONE)
            await here.becomes(ONE, UploadState.SYNCED)
            file = (await here.get(ONE)).file
            assert file is not None
            assert await asyncio.to_thread(Path(file).read_bytes) == FILM

    tell_two(tmp_path, story)


@pytest.mark.parametrize("step", [2, 4, 6])
def test_an_upload_of_what_another_computer_removes_meanwhile_ends_and_the_file_stays(
    tmp_path: Path, step: int
) -> None:
    async def story(one: Computer, other: Computer) -> None:
        file = await one.shared(ONE)
        other.room.sync(confirm=False)
        await until(lambda: other.knows(ONE))
        await until(lambda: not one.room.is_busy)
        for key in [key for key in one.courier.bucket.objects if key.endswith(".mp4")]:
            del one.courier.bucket.objects[key]
        await one.room.evict(ONE)  # which finds that the copy is gone
        await until(partial(_has_trouble, one))
        stands = hold_at(one, step)
        await one.room.upload(ONE)
        await stands.wait()
        await removed(other)
        await synced(one)
        await until(lambda: one.room.progress(ONE) is None)
        upload = await one.upload(ONE)
        assert upload is None or upload.state in {UploadState.CANCELLED, UploadState.CANCELLING}
        assert (file.read_bytes(), (await one.get(ONE)).file) == (FILM, str(file))

    async def _has_trouble(here: Computer) -> bool:
        upload = await here.upload(ONE)
        return upload is not None and upload.trouble is not None

    tell_two(tmp_path, story)


def test_a_copy_of_what_is_removed_for_all_is_not_said_to_be_in_the_cloud(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        await here.room._sync.removed(
            ONE
        )  # as another computer does, while this one has just proven its copy
        here.library.vod.changed(ONE)
        await until(partial(is_unknown, here))
        assert (file.read_bytes(), (await here.get(ONE)).file) == (FILM, str(file))

    tell(tmp_path, story)


@pytest.mark.parametrize("step", range(1, STEPS))
def test_a_service_that_ends_at_any_step_brings_the_replay_at_its_next_start(
    tmp_path: Path, step: int
) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            stands = hold_at(here, step)
            await here.film(ONE)
            await here.room.upload(ONE)
            await stands.wait()
        async with computer(tmp_path, bucket) as here:
            await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
            assert films_in(bucket) == [FILM]

    asyncio.run(run())


@pytest.mark.parametrize("step", range(1, STEPS))
def test_an_upload_that_is_cancelled_at_any_step_is_cancelled_or_whole(tmp_path: Path, step: int) -> None:
    async def story(here: Computer) -> None:
        stands = hold_at(here, step)
        file = await here.film(ONE)
        await here.room.upload(ONE)
        await stands.wait()
        await here.room.cancel(ONE)
        await until(lambda: not here.room.is_busy)
        is_whole = step == STEPS - 1  # it was proven just before
        await here.becomes(ONE, UploadState.SYNCED if is_whole else UploadState.CANCELLED)
        assert file.read_bytes() == FILM
        assert (await here.get(ONE)).file == str(file)

    tell(tmp_path, story)


def test_a_clock_that_was_ahead_when_it_was_chosen_keeps_no_replay_from_being_uploaded(
    tmp_path: Path,
) -> None:
    async def story(here: Computer) -> None:
        ahead = str(NOW_MS + 365 * 24 * 3600 * 1000)
        await here.library.store.write(
            lambda tables: tables.cloud.keep_fact(CloudFact.AUTOMATIC_SINCE_MS, ahead)
        )
        await here.film(ONE)
        await here.becomes(ONE, UploadState.SYNCED)

    tell(tmp_path, story, upload_automatically=True)


def test_a_clock_that_goes_back_while_a_copy_is_looked_at_has_it_looked_at_again(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        ahead = Verdict(is_good=True, is_missing=False, level=2, why="", at_ms=NOW_MS + 3_600_000, etag="")
        here.courier.verdicts = [ahead]
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        assert here.courier.verdicts == []

    tell(tmp_path, story)


def test_a_file_that_is_gone_is_fetched_although_this_computers_data_are_older_than_its_upload(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            file = await here.shared(ONE)
            await until(lambda: here.knows(ONE, status=AssetStatus.READY))
        file.unlink()
        async with computer(tmp_path, bucket, prefix="none/") as here:  # so that nothing is known any more
            await until(partial(is_unknown, here))
            await here.library.store.write(_is_missing)
            await here.choose(prefix="one/")
            await here.becomes(ONE, UploadState.SYNCED)
            assert (await here.get(ONE)).status is AssetStatus.MISSING
            await here.room.download(ONE)
            await until(lambda: here.knows(ONE, status=AssetStatus.READY))
            assert file.read_bytes() == FILM

    def _is_missing(tables: Tables) -> None:
        sha256 = hashlib.sha256(FILM).hexdigest()
        tables.assets.put(replace(tables.assets.get(ONE), status=AssetStatus.MISSING, sha256=sha256))

    asyncio.run(run())


@pytest.mark.parametrize("what", ["nothing", "an empty folder", "another disk"])
def test_a_library_whose_disk_is_away_takes_no_replay_from_the_cloud_or_from_another_computer(
    tmp_path: Path, what: str
) -> None:
    async def story(one: Computer, other: Computer) -> None:
        for asset_id in (ONE, TWO):
            await one.shared(asset_id)
        other.room.sync(confirm=False)
        await until(lambda: other.knows(TWO))
        await until(lambda: not one.room.is_busy)
        before = dict(one.courier.bucket.objects)
        away = one.library.folder.rename(tmp_path / "pulled out")
        if what != "nothing":
            one.library.folder.mkdir()
        if what == "another disk":  # under the same letter, with a file of the same name
            one.library.film(f"{ONE}.mp4", b"somebody else's")
        await one.library.folders().look()
        for here in (one, other):
            await synced(here)
        assert one.courier.bucket.objects == before
        assert await other.knows(ONE)
        assert await other.knows(TWO)
        assert await one.knows(TWO, status=AssetStatus.MISSING)
        if what == "another disk":
            one.library.folder.rename(tmp_path / "the other one")
        elif what == "an empty folder":
            one.library.folder.rmdir()
        away.rename(one.library.folder)
        await one.library.folders().look()
        assert await one.knows(TWO, status=AssetStatus.READY)
        assert one.courier.bucket.objects == before

    tell_two(tmp_path, story)


@pytest.mark.skipif(os.name != "posix", reason="other systems count letters, not bytes")
def test_a_film_whose_name_leaves_no_room_for_another_is_given_up_and_comes_back(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = here.library.film(f"{'夜' * 83}!!.mp4", FILM)
        assert len(os.fsencode(file.name)) == 255
        await here.library.add(ONE, file)
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert films_in(here.courier.bucket) == [FILM]
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        assert list(file.parent.glob("*.mp4*")) == []
        await here.room.download(ONE)
        await here.becomes(ONE, UploadState.SYNCED)
        assert file.read_bytes() == FILM

    tell(tmp_path, story)
