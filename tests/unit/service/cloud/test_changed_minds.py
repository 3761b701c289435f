"""Somebody thinks better of an upload while it goes on: it is stopped, goes elsewhere, or is brought once more."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.probe_report import ProbeReport
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud import upload_queue
from powerstream_desktop.service.cloud.cloud_standing import CloudState
from powerstream_desktop.service.cloud.courier_port import Keep, OnProgress
from powerstream_desktop.service.cloud.kept_uploads import keep_record
from powerstream_desktop.service.cloud.live_gate import LiveLine
from powerstream_desktop.service.settings.cloud_options import CloudKind
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.service.cloud.fake_courier import NOW_MS, SharedBucket
from tests.unit.service.cloud.stage import FILM, Computer, computer, tell, tell_two
from tests.unit.service.store.rows import NOW, opened
from tests.unit.service.vod.stage import until

ONE, TWO = "replay-one", "replay-two"


def films_in(here: Computer) -> list[str]:
    return [key for key in here.courier.bucket.objects if key.endswith(".mp4")]


async def begun(here: Computer) -> None:
    """Have an upload be under way that does not come to its end."""
    here.courier.is_open.clear()
    await here.film(ONE)
    await here.room.upload(ONE)
    await here.becomes(ONE, UploadState.UPLOADING)


def test_an_upload_that_is_on_its_way_begins_anew_at_another_store(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await begun(here)
        await here.film(TWO)
        await here.room.upload(TWO)
        await here.choose(prefix="two/")
        await until(lambda: here.courier.uploaded == [ONE, ONE])
        await here.becomes(ONE, UploadState.UPLOADING)
        here.courier.is_open.set()
        for asset_id in (ONE, TWO):
            await here.becomes(asset_id, UploadState.SYNCED, "acknowledged")
        assert all(key.startswith("two/") for key in here.courier.bucket.objects)
        assert len(films_in(here)) == 2

    tell(tmp_path, story)


def test_an_upload_that_is_on_its_way_is_left_when_no_store_is_wanted_any_more(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await begun(here)
        await here.choose(kind=CloudKind.OFF)
        await until(lambda: here.room.progress(ONE) is None)
        here.courier.is_open.set()
        await until(lambda: not here.room.is_busy)
        assert films_in(here) == []

    tell(tmp_path, story)


def test_an_upload_that_is_on_its_way_is_left_when_its_credentials_are_taken_back(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.choose(bucket="replays", region="auto")
        await here.room.keep_credentials(
            StoreCredentials(access_key_id="id", secret=Secret("made-up-secret-78"))
        )
        await begun(here)
        await here.room.forget_credentials()
        assert here.room.progress(ONE) is None
        here.courier.is_open.set()
        await until(lambda: not here.room.is_busy)
        assert films_in(here) == []

    tell(tmp_path, story, kind=CloudKind.S3, folder=None)


def test_what_is_cancelled_just_when_it_begins_stays_cancelled(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        upload = here.courier.upload

        async def cancelled_meanwhile(
            record: UploadRecord, file: Path, keep: Keep, on_progress: OnProgress
        ) -> UploadRecord:
            await here.library.store.write(lambda tables: upload_queue.cancel(tables, ONE, NOW))
            return await upload(record, file, keep, on_progress)

        here.courier.upload = cancelled_meanwhile  # type: ignore[method-assign]
        await here.film(ONE)
        await here.room.upload(ONE)
        await until(lambda: here.courier.uploaded == [ONE])
        await until(lambda: not here.room.is_busy)
        assert await here.is_in(ONE, UploadState.CANCELLED)
        assert films_in(here) == []

    tell(tmp_path, story)


def test_what_is_paused_while_its_store_is_tried_out_does_not_begin(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        probe = here.courier.probe

        async def paused_meanwhile(config: StoreConfig, credentials: StoreCredentials | None) -> ProbeReport:
            await here.room.pause()
            return await probe(config, credentials)

        here.courier.probe = paused_meanwhile  # type: ignore[method-assign]
        await here.film(ONE)
        await here.library.store.write(lambda tables: upload_queue.add(tables, ONE, NOW))
        await here.choose(kind=CloudKind.FOLDER)
        await until(lambda: here.courier.probed > 0)
        await until(lambda: not here.room.is_busy)
        assert (await here.room.standing()).state is CloudState.PAUSED
        assert here.courier.uploaded == []

    tell(tmp_path, story, kind=CloudKind.OFF)


def test_what_was_resumed_is_not_paused_at_the_next_start(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            await here.room.pause()
            await here.room.resume()
        async with computer(tmp_path, bucket) as here:
            await here.shared(ONE)
            assert len(films_in(here)) == 1

    asyncio.run(run())


def test_what_comes_back_from_the_store_is_not_paused_with_the_uploads(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await begun(here)
        await here.room.pause()
        assert here.courier.kbps == [0, None]

    tell(tmp_path, story)


def test_a_replay_whose_file_could_not_be_given_up_is_brought_once_more_when_asked_for(
    tmp_path: Path,
) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        [key] = films_in(here)
        del here.courier.bucket.objects[key]
        await here.room.upload(ONE)
        assert films_in(here) == [], "nobody has found anything wrong with it"
        await here.room.evict(ONE)
        await until(partial(_has_trouble, here))
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert films_in(here) == [key]
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)

    tell(tmp_path, story)


async def _has_trouble(here: Computer) -> bool:
    upload = await here.upload(ONE)
    return upload is not None and upload.trouble is not None


def test_a_file_that_came_back_by_other_ways_can_be_brought_to_the_store_again(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        await until(lambda: not file.exists())
        file.write_bytes(FILM)
        await here.edit(ONE, file=str(file))
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert len(films_in(here)) == 1
        assert file.read_bytes() == FILM

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("ahead_ms", "is_due"), [(-1, True), (0, True), (1, False), (2 * 3600_000 + 1, True)]
)
def test_nobody_waits_for_longer_than_any_trouble_takes(tmp_path: Path, ahead_ms: int, is_due: bool) -> None:
    with opened(tmp_path) as tables:
        record = UploadRecord(asset_id=ONE, suffix=".mp4", next_try_at_ms=NOW_MS + ahead_ms)
        keep_record(tables, None, record, NOW)
        due, first_ms = upload_queue.next_up(tables, NOW_MS)
        assert due == (record if is_due else None)
        assert first_ms == (NOW_MS if is_due else NOW_MS + ahead_ms)


def test_the_first_that_is_due_is_next_and_without_any_the_soonest_is_known(tmp_path: Path) -> None:
    with opened(tmp_path) as tables:
        for asset_id, ahead_ms in ((ONE, 2000), (TWO, 1000)):
            record = UploadRecord(asset_id=asset_id, suffix=".mp4", next_try_at_ms=NOW_MS + ahead_ms)
            keep_record(tables, None, record, NOW)
        assert upload_queue.next_up(tables, NOW_MS) == (None, NOW_MS + 1000)
        due, first_ms = upload_queue.next_up(tables, NOW_MS + 1000)
        assert due is not None
        assert (due.asset_id, first_ms) == (TWO, NOW_MS + 1000)
        assert upload_queue.next_up(tables, NOW_MS + 2000)[0] != due


def test_a_download_waits_for_the_end_of_a_broadcast_too_and_that_is_said(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        download = here.courier.download

        async def held_up(record: UploadRecord, target: Path, on_progress: OnProgress) -> None:
            await here.courier.is_open.wait()
            await download(record, target, on_progress)

        here.courier.download = held_up  # type: ignore[method-assign]
        here.courier.is_open.clear()
        await here.room.download(ONE)
        here.live = LiveLine(queue_ms=0)
        await until(partial(_is, here, CloudState.ON_AIR))
        here.live = None
        await until(partial(_is, here, CloudState.WORKING))
        here.courier.is_open.set()
        await until(partial(_is, here, CloudState.IDLE))
        assert await here.is_in(ONE, UploadState.SYNCED)

    tell(tmp_path, story)


async def _is(here: Computer, state: CloudState) -> bool:
    return (await here.room.standing()).state is state


def test_a_trouble_of_the_store_is_over_when_nothing_is_to_be_uploaded_and_the_store_answers_a_pass(
    tmp_path: Path,
) -> None:
    async def story(here: Computer) -> None:
        here.courier.trouble = StoreTrouble(TroubleCode.REFUSED)
        await here.film(ONE)
        await here.choose(kind=CloudKind.FOLDER)
        await here.room.upload(ONE)
        await until(partial(_is, here, CloudState.TROUBLE))
        await here.room.cancel(ONE)
        here.courier.trouble = None
        here.room.sync(confirm=False)
        await until(partial(_is, here, CloudState.IDLE))
        assert films_in(here) == []

    tell(tmp_path, story, kind=CloudKind.OFF)


def test_what_was_removed_for_all_computers_is_not_uploaded_again_by_itself(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await one.choose(upload_automatically=True)
        await one.film(ONE)
        await one.becomes(ONE, UploadState.SYNCED, "acknowledged")
        other.room.sync(confirm=False)
        await until(lambda: other.knows(ONE))
        await other.library.store.write(lambda tables: tables.assets.remove(ONE))
        await other.room.removed(ONE)
        await until(lambda: not other.room.is_busy)
        one.room.sync(confirm=False)
        await until(partial(_is_forgotten, one))
        await one.film(TWO)
        await one.becomes(TWO, UploadState.SYNCED)
        assert await one.upload(ONE) is None
        assert one.courier.uploaded == [ONE, TWO]

    tell_two(tmp_path, story)


async def binned_and_taken_back(here: Computer) -> None:
    """Move the replay into the bin, as the API does, and take it back when nothing of it is on its way any more."""
    bin_of_library = here.library.bin()
    token = await bin_of_library.put(ONE)
    await here.room.removed(ONE)
    await until(partial(here.is_in, ONE, UploadState.CANCELLED))
    await bin_of_library.restore(ONE, token)
    await bin_of_library.aclose()


def test_an_upload_that_waits_goes_on_waiting_when_its_replay_is_taken_back_out_of_the_bin(
    tmp_path: Path,
) -> None:
    async def story(here: Computer) -> None:
        await here.room.pause()
        await here.film(ONE)
        await here.room.upload(ONE)
        await binned_and_taken_back(here)
        await here.becomes(ONE, UploadState.WAITING)
        await here.room.resume()
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")

    tell(tmp_path, story)


def test_an_upload_that_is_on_its_way_begins_anew_when_its_replay_is_taken_back_out_of_the_bin(
    tmp_path: Path,
) -> None:
    async def story(here: Computer) -> None:
        await begun(here)
        await binned_and_taken_back(here)
        here.courier.is_open.set()
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert len(films_in(here)) == 1

    tell(tmp_path, story)


def test_an_upload_that_somebody_has_cancelled_stays_so_when_its_replay_is_taken_back_out_of_the_bin(
    tmp_path: Path,
) -> None:
    async def story(here: Computer) -> None:
        await here.room.pause()
        await here.film(ONE)
        await here.room.upload(ONE)
        await here.room.cancel(ONE)
        await binned_and_taken_back(here)
        await here.room.resume()
        await until(lambda: not here.room.is_busy)
        assert await here.is_in(ONE, UploadState.CANCELLED)

    tell(tmp_path, story)


async def _is_forgotten(here: Computer) -> bool:
    return await here.upload(ONE) is None
