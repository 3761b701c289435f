"""Replays whose only copy lies in a store that is not that of the settings any more: said as it is, and forgotten by whoever wants that."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from powerstream_desktop.service.cloud.replay_words import asset_or_none
from powerstream_desktop.service.settings.cloud_options import CloudKind
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.uploads import CopyWish, UploadState
from tests.unit.service.cloud.fake_courier import SharedBucket
from tests.unit.service.cloud.stage import FILM, Computer, computer, tell
from tests.unit.service.vod.stage import until

ONE, TWO = "replay-one", "replay-two"


async def left_behind(here: Computer) -> tuple[Path, SharedBucket]:
    """Have a replay in the cloud only, and choose another store; return where its file was, and the store before."""
    file, before = await here.shared(ONE, title="Evening"), here.courier.bucket
    await here.room.evict(ONE)
    await here.becomes(ONE, UploadState.EVICTED)
    await until(lambda: not file.exists())
    await until(lambda: not here.room.is_busy)
    here.courier.bucket = SharedBucket()
    await here.choose(prefix="two/")
    await here.becomes(ONE, UploadState.ELSEWHERE)
    await until(lambda: not here.room.is_busy)
    return file, before


def test_a_replay_whose_only_copy_stays_behind_is_said_to_be_elsewhere(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await left_behind(here)
        upload = await here.upload(ONE)
        assert upload is not None
        assert upload.trouble is not None
        assert upload.trouble.code == "elsewhere"
        assert "is in store, which is not the store of the settings" in upload.trouble.sentence
        assert (await here.room.standing()).cloud_only == 0
        assert await here.room.link(ONE) is None
        with pytest.raises(ConflictError, match="not the store of the settings"):
            await here.room.download(ONE)

    tell(tmp_path, story)


def test_nothing_of_it_is_told_to_the_new_store(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await left_behind(here)
        await here.edit(ONE, title="Of the first store")
        await here.shared(TWO)
        assert [key for key in here.courier.bucket.objects if ONE in key] == []

    tell(tmp_path, story)


def test_it_is_in_the_cloud_again_when_its_store_is_chosen_again(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file, before = await left_behind(here)
        here.courier.bucket = before
        await here.choose(prefix="one/")
        await here.becomes(ONE, UploadState.EVICTED)
        upload = await here.upload(ONE)
        assert upload is not None
        assert upload.trouble is None
        assert (await here.room.standing()).cloud_only == 1
        await here.room.download(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert file.read_bytes() == FILM

    tell(tmp_path, story)


def test_it_stays_elsewhere_when_a_third_store_is_chosen_and_names_its_own(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await left_behind(here)
        first = await here.upload(ONE)
        await here.choose(folder=here.options.folder and here.options.folder / "third")
        await until(lambda: str(here.courier.started[-1].folder).endswith("third"))
        assert await here.upload(ONE) == first

    tell(tmp_path, story)


def test_whoever_does_not_want_it_any_more_forgets_it(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await left_behind(here)
        objects = dict(here.courier.bucket.objects)
        await here.library.store.write(lambda tables: tables.assets.remove(ONE))
        here.library.vod.tell("removed", ONE)
        await here.room.removed(ONE)
        here.room.sync(confirm=False)
        await until(lambda: not here.room.is_busy)
        assert await here.library.store.read(lambda tables: asset_or_none(tables, ONE)) is None
        assert here.courier.bucket.objects == objects

    tell(tmp_path, story)


def test_a_file_that_is_here_again_is_uploaded_to_the_store_that_is_chosen(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file, _ = await left_behind(here)
        file.write_bytes(FILM)
        await here.edit(ONE, file=str(file))
        await here.choose(upload_automatically=True)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert any(key.startswith(f"two/vod/{ONE}/") for key in here.courier.bucket.objects)

    tell(tmp_path, story)


def test_a_download_during_which_another_store_is_chosen_is_never_taken_for_a_copy_there(
    tmp_path: Path,
) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        await until(lambda: not file.exists())
        download, is_held, goes_on = here.courier.download, asyncio.Event(), asyncio.Event()

        async def held(*arguments: object) -> None:
            is_held.set()
            await goes_on.wait()
            here.courier.bucket, there = before, here.courier.bucket
            await download(*arguments)  # type: ignore[arg-type]
            here.courier.bucket = there

        here.courier.download = held  # type: ignore[assignment, method-assign]
        before = here.courier.bucket
        await here.room.download(ONE)
        await until(is_held.is_set)
        here.courier.bucket = SharedBucket()
        await here.choose(prefix="two/")
        await here.becomes(ONE, UploadState.ELSEWHERE)
        goes_on.set()
        await until(file.exists)
        await until(partial(_is_local, here))
        assert (await here.get(ONE)).file == str(file)

    async def _is_local(here: Computer) -> bool:
        return await here.upload(ONE) is None

    tell(tmp_path, story)


def test_a_file_that_a_crash_left_aside_is_given_back_whichever_store_is_chosen_then(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            file = await here.shared(ONE)
        file.rename(file.with_name(f"{file.name}.evict"))
        async with computer(tmp_path, bucket, prefix="two/") as here:
            await until(file.exists)
            assert (await here.get(ONE)).file == str(file)

    asyncio.run(run())


def test_a_store_that_is_only_switched_off_and_on_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        await until(lambda: not file.exists())
        await here.choose(kind=CloudKind.OFF)
        await here.choose(kind=CloudKind.FOLDER)
        await here.room.download(ONE)
        await here.becomes(ONE, UploadState.SYNCED)
        upload = await here.upload(ONE)
        assert upload is not None
        assert upload.wanted is not CopyWish.EVICT

    tell(tmp_path, story)
