"""What is wanted of replays' copies is told while it waits, outlives a restart, and can be thought better of at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.part_file import part_file
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.service.cloud import fetching
from powerstream_desktop.service.cloud.courier_port import OnProgress
from powerstream_desktop.service.cloud.left_aside import ASIDE
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import CopyWish, UploadState
from powerstream_desktop.service.vod.quiet_hash import quiet_hash
from tests.unit.service.cloud.fake_courier import SharedBucket
from tests.unit.service.cloud.stage import FILM, Computer, computer, tell
from tests.unit.service.vod.stage import until

ONE, TWO = "replay-one", "replay-two"
EVICT, DOWNLOAD = CopyWish.EVICT, CopyWish.DOWNLOAD


async def wants(here: Computer, asset_id: str, wish: CopyWish | None) -> bool:
    upload = await here.upload(asset_id)
    return upload is not None and upload.wanted is wish


async def evicted(here: Computer, *asset_ids: str) -> list[Path]:
    """Have replays in the cloud only; return where their files were."""
    files = [await here.shared(asset_id) for asset_id in asset_ids]
    for asset_id, file in zip(asset_ids, files, strict=True):
        await here.room.evict(asset_id)
        await here.becomes(asset_id, UploadState.EVICTED)
        await until(partial(_is_gone, file))
    await until(lambda: not here.room.is_busy)
    return files


def _is_gone(file: Path) -> bool:
    return not file.exists()


def hold_downloads(here: Computer) -> asyncio.Event:
    """Have downloads come half until the event is set."""
    download, goes_on = here.courier.download, asyncio.Event()

    async def held(record: UploadRecord, target: Path, on_progress: OnProgress) -> None:
        half = part_file(target)
        await asyncio.to_thread(half.write_bytes, FILM[:10])
        on_progress(10, record.size_bytes)
        await goes_on.wait()
        await asyncio.to_thread(half.unlink)
        await download(record, target, on_progress)

    here.courier.download = held  # type: ignore[method-assign]
    return goes_on


def hold_verifying(here: Computer, number: int) -> tuple[asyncio.Event, asyncio.Event]:
    """Have the look at a copy of this number wait; the events tell that it has begun, and let it go on."""
    verify, begun, goes_on = here.courier.verify, asyncio.Event(), asyncio.Event()
    looks = 0

    async def held(record: UploadRecord, file: Path | None = None, level: int = 1) -> Verdict:
        nonlocal looks
        looks += 1
        if looks == number:
            begun.set()
            await goes_on.wait()
        return await verify(record, file, level)

    here.courier.verify = held  # type: ignore[method-assign,assignment]
    return begun, goes_on


def test_what_waits_to_come_back_is_told_and_comes_in_its_order(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        files = await evicted(here, ONE, TWO)
        goes_on = hold_downloads(here)
        for asset_id in (TWO, ONE):
            await here.room.download(asset_id)
        await until(lambda: here.room.progress(TWO) is not None)
        assert await wants(here, TWO, DOWNLOAD)
        assert await wants(here, ONE, DOWNLOAD)
        assert here.room.progress(ONE) is None
        await here.room.download(TWO)  # to ask again changes nothing
        goes_on.set()
        for asset_id in (ONE, TWO):
            await here.becomes(asset_id, UploadState.SYNCED)
            await until(partial(wants, here, asset_id, None))
        assert [file.read_bytes() for file in files] == [FILM, FILM]

    tell(tmp_path, story)


def test_a_restart_forgets_nothing_that_was_wanted(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            [file] = await evicted(here, ONE)
            other = await here.shared(TWO)
            hold_downloads(here)
            await here.room.download(ONE)
            await until(lambda: here.room.progress(ONE) is not None)
            await here.room.evict(TWO)
            assert here.room.is_busy
        async with computer(tmp_path, bucket) as here:
            await here.becomes(ONE, UploadState.SYNCED)
            await here.becomes(TWO, UploadState.EVICTED)
            await until(lambda: not here.room.is_busy)
            assert (file.read_bytes(), other.exists()) == (FILM, False)
            for asset_id in (ONE, TWO):
                assert await wants(here, asset_id, None)

    asyncio.run(run())


def test_a_download_that_is_cancelled_leaves_nothing_of_it_and_the_next_goes_on(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file, _ = await evicted(here, ONE, TWO)
        goes_on = hold_downloads(here)
        for asset_id in (ONE, TWO):
            await here.room.download(asset_id)
        half = part_file(file)
        await until(half.exists)
        await here.room.cancel_copy(ONE, DOWNLOAD)
        assert (half.exists(), file.exists()) == (False, False)
        assert await here.is_in(ONE, UploadState.EVICTED)
        assert await wants(here, ONE, None)
        goes_on.set()
        await here.becomes(TWO, UploadState.SYNCED)
        await here.room.download(ONE)
        await here.becomes(ONE, UploadState.SYNCED)

    tell(tmp_path, story)


def test_what_waits_is_cancelled_before_it_begins(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        _, second = await evicted(here, ONE, TWO)
        goes_on = hold_downloads(here)
        for asset_id in (ONE, TWO):
            await here.room.download(asset_id)
        await here.room.cancel_copy(TWO, EVICT)  # nobody wanted that
        assert await wants(here, TWO, DOWNLOAD)
        await here.room.cancel_copy(TWO, DOWNLOAD)
        goes_on.set()
        await here.becomes(ONE, UploadState.SYNCED)
        await until(lambda: not here.room.is_busy)
        assert (await here.is_in(TWO, UploadState.EVICTED), second.exists()) == (True, False)
        with pytest.raises(UnknownRecordError):
            await here.room.cancel_copy("replay-none", EVICT)

    tell(tmp_path, story)


@pytest.mark.parametrize("look", [1, 2])
def test_a_file_is_kept_by_whoever_thinks_better_of_it_at_any_step(tmp_path: Path, look: int) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        begun, goes_on = hold_verifying(here, look)
        await here.room.evict(ONE)
        await begun.wait()
        assert file.exists() is (look == 1), "at the second look it lies aside"
        await here.room.cancel_copy(ONE, EVICT)
        assert (file.read_bytes(), file.with_name(file.name + ASIDE).exists()) == (FILM, False)
        assert await here.is_in(ONE, UploadState.SYNCED)
        assert (await here.get(ONE)).file == str(file)
        goes_on.set()
        await until(lambda: not here.room.is_busy)
        assert file.exists()

    tell(tmp_path, story)


def test_who_thinks_better_of_it_too_late_finds_the_row_and_the_disk_in_agreement(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        write = here.library.store.write
        cancelling: list[asyncio.Task[None]] = []

        async def cancelled_meanwhile(job: Callable[[Tables], object]) -> object:
            if file.with_name(file.name + ASIDE).exists() and not cancelling:
                cancelling.append(asyncio.create_task(here.room.cancel_copy(ONE, EVICT)))
                await asyncio.sleep(0.05)
            return await write(job)

        here.library.store.write = cancelled_meanwhile  # type: ignore[method-assign, assignment]
        await here.room.evict(ONE)
        await until(lambda: bool(cancelling) and cancelling[0].done())
        await until(lambda: not here.room.is_busy)
        is_given_up = await here.is_in(ONE, UploadState.EVICTED)
        assert file.exists() is not is_given_up
        assert ((await here.get(ONE)).file is None) is is_given_up
        assert not file.with_name(file.name + ASIDE).exists()

    tell(tmp_path, story)


def test_a_film_that_had_come_when_the_service_was_killed_is_taken_and_not_fetched_twice(
    tmp_path: Path,
) -> None:
    async def story(here: Computer) -> None:
        [file] = await evicted(here, ONE)
        file.write_bytes(FILM)  # in its place, and no row knows of it
        here.courier.download = _never  # type: ignore[assignment, method-assign]
        await here.room.download(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert (await here.get(ONE)).file == str(file)

    async def _never(*_: object) -> None:
        raise AssertionError("fetched")

    tell(tmp_path, story)


@pytest.mark.parametrize("content", [b"other", bytes(len(FILM))])
def test_another_file_in_its_place_stays_and_the_film_comes_beside_it(tmp_path: Path, content: bytes) -> None:
    async def story(here: Computer) -> None:
        [file] = await evicted(here, ONE)
        file.write_bytes(content)
        await here.room.download(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        beside = tmp_path / "a" / "recordings" / f"{ONE}.mp4"
        assert (await here.get(ONE)).file == str(beside)
        assert (beside.read_bytes(), file.read_bytes()) == (FILM, content)

    tell(tmp_path, story)


def test_the_file_of_another_replay_is_never_taken_for_its_own(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        [file] = await evicted(here, ONE)
        file.write_bytes(FILM)
        await here.library.add(TWO, file)
        await here.room.download(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert (await here.get(TWO)).file == str(file) != (await here.get(ONE)).file

    tell(tmp_path, story)


def test_a_wish_that_an_earlier_run_has_fulfilled_ends_without_a_trouble(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            await here.shared(ONE)
            await evicted(here, TWO)
        async with computer(tmp_path, bucket) as here:
            for asset_id, wish in ((ONE, DOWNLOAD), (TWO, EVICT)):
                await here.library.store.write(partial(_note, asset_id, wish))
        async with computer(tmp_path, bucket) as here:
            for asset_id in (ONE, TWO):
                await until(partial(wants, here, asset_id, None))
                upload = await here.upload(asset_id)
                assert upload is not None
                assert upload.trouble is None

    def _note(asset_id: str, wish: CopyWish, tables: Tables) -> None:
        upload = tables.uploads.get(asset_id)
        assert upload is not None
        tables.uploads.put(replace(upload, wanted=wish))

    asyncio.run(run())


def test_a_replay_that_is_moved_to_the_bin_while_its_file_is_given_up_comes_back_whole(
    tmp_path: Path,
) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        begun, goes_on = hold_verifying(here, 2)
        await here.room.evict(ONE)
        await begun.wait()
        bin_of_library = here.library.bin()
        token = await bin_of_library.put(ONE)
        await here.room.removed(ONE)
        goes_on.set()
        await until(lambda: not here.room.is_busy)
        await bin_of_library.restore(ONE, token)
        assert (await here.get(ONE)).file == str(file)
        assert file.read_bytes() == FILM
        await bin_of_library.aclose()

    tell(tmp_path, story)


def test_a_download_of_a_replay_that_is_removed_ends_and_leaves_no_file(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        [file] = await evicted(here, ONE)
        hold_downloads(here)
        await here.room.download(ONE)
        await until(lambda: here.room.progress(ONE) is not None)
        await here.library.store.write(lambda tables: tables.assets.remove(ONE))
        await here.room.removed(ONE)
        await until(lambda: not here.room.is_busy)
        assert (file.exists(), part_file(file).exists()) == (False, False)

    tell(tmp_path, story)


def test_a_download_that_comes_to_its_end_when_its_replay_is_gone_leaves_no_file(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        [file] = await evicted(here, ONE)
        goes_on = hold_downloads(here)
        await here.room.download(ONE)
        await until(lambda: here.room.progress(ONE) is not None)
        await here.library.store.write(lambda tables: tables.assets.remove(ONE))  # by another computer
        goes_on.set()
        await until(lambda: not here.room.is_busy)
        assert not file.exists()

    tell(tmp_path, story)


def test_a_film_that_somebody_has_put_back_himself_stays_when_its_replay_is_removed_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(here: Computer) -> None:
        [file] = await evicted(here, ONE)
        file.write_bytes(FILM)

        async def removed_meanwhile(found: Path, may_read: Callable[[], bool]) -> str:
            sha256 = await quiet_hash(found, may_read)
            await here.library.store.write(lambda tables: tables.assets.remove(ONE))
            return sha256

        monkeypatch.setattr(fetching, "quiet_hash", removed_meanwhile)
        await here.room.download(ONE)
        await until(lambda: not here.room.is_busy)
        assert not await here.knows(ONE)
        assert file.read_bytes() == FILM

    tell(tmp_path, story)


def test_what_cannot_be_done_ends_with_its_reason_and_the_next_goes_on(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await evicted(here, ONE, TWO)
        download: Callable[..., Awaitable[None]] = here.courier.download

        async def fails_once(record: UploadRecord, target: Path, on_progress: OnProgress) -> None:
            if record.asset_id == ONE:
                raise StoreTrouble(TroubleCode.GONE)
            await download(record, target, on_progress)

        here.courier.download = fails_once  # type: ignore[method-assign]
        for asset_id in (ONE, TWO):
            await here.room.download(asset_id)
        await here.becomes(TWO, UploadState.SYNCED)
        upload = await here.upload(ONE)
        assert upload is not None
        assert upload.trouble is not None
        assert (upload.wanted, upload.trouble.code) == (None, "gone")

    tell(tmp_path, story)
