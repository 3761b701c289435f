"""The queue of uploads: what comes into it, what is sent when, and what becomes of it when something is in the way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.store_config import StoreCredentials
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud.cloud_standing import CloudState
from powerstream_desktop.service.cloud.live_gate import LiveLine
from powerstream_desktop.service.settings.cloud_options import CloudKind
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.service.cloud.fake_courier import SharedBucket
from tests.unit.service.cloud.stage import FILM, Computer, computer, tell
from tests.unit.service.store.rows import NOW, asset, session
from tests.unit.service.vod.stage import until

ONE, TWO, THREE = "replay-one", "replay-two", "replay-three"
AWAY = StoreTrouble(TroubleCode.UNREACHABLE)


def test_a_replay_is_brought_to_the_store_and_told_to_all(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE, title="Evening")
        keys = sorted(here.courier.bucket.objects)
        assert [key.rpartition("/")[0] for key in keys] == ["one/manifests", f"one/vod/{ONE}"]
        assert here.courier.bucket.objects[keys[1]][0] == FILM
        stands = await here.room.standing()
        assert (stands.state, stands.synced, stands.waiting, stands.trouble) == (CloudState.IDLE, 1, 0, None)
        await until(lambda: bool(here.told) and here.told[-1].synced == 1)

    tell(tmp_path, story)


def test_nothing_is_uploaded_unless_it_was_asked_for(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.film(ONE)
        await until(lambda: here.courier.probed > 0)
        assert await here.upload(ONE) is None

    tell(tmp_path, story)


def test_what_comes_is_uploaded_by_itself_if_that_was_chosen(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.film(ONE)
        await here.film(TWO, status=AssetStatus.FAILED)
        await here.becomes(ONE, UploadState.SYNCED)
        assert await here.upload(TWO) is None
        await here.film(THREE)
        await here.becomes(THREE, UploadState.SYNCED)

    tell(tmp_path, story, upload_automatically=True)


async def begins(here: Computer, *, is_uploaded: bool | None) -> None:
    """Have a broadcast begin of which that was said."""
    await here.library.store.write(
        lambda tables: tables.sessions.begin(replace(session(), is_uploaded=is_uploaded))
    )


def test_what_was_said_of_a_broadcast_is_done_with_its_replays_alone(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await begins(here, is_uploaded=True)
        await here.film(TWO)
        await here.film(ONE, session_id="se1")
        await here.becomes(ONE, UploadState.SYNCED)
        assert await here.upload(TWO) is None

    tell(tmp_path, story)


def test_a_broadcast_may_be_left_out_of_those_that_are_uploaded_by_themselves(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await begins(here, is_uploaded=False)
        await here.film(ONE, session_id="se1")
        await here.film(TWO)
        await here.becomes(TWO, UploadState.SYNCED)
        assert await here.upload(ONE) is None
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.SYNCED)

    tell(tmp_path, story, upload_automatically=True)


def test_a_broadcast_of_which_nothing_was_said_is_one_like_all(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await begins(here, is_uploaded=None)
        await here.film(ONE, session_id="se1")
        await here.becomes(ONE, UploadState.SYNCED)

    tell(tmp_path, story, upload_automatically=True)


def test_what_was_said_waits_for_a_store_and_is_done_once_and_not_years_later(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await begins(here, is_uploaded=True)
        await here.film(TWO, session_id="se1", recorded_at=NOW - timedelta(days=3))
        await here.film(ONE, session_id="se1", recorded_at=NOW - timedelta(days=1))
        await here.room._uploads.add_new()
        assert await here.upload(ONE) is None, "there is no store"
        await here.choose(kind=CloudKind.FOLDER)
        await here.becomes(ONE, UploadState.SYNCED)
        assert await here.upload(TWO) is None

    tell(tmp_path, story, kind=CloudKind.OFF)


def test_what_was_cancelled_is_not_begun_again_by_itself_but_by_hand(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        here.courier.is_open.clear()
        await here.film(ONE)
        await here.becomes(ONE, UploadState.UPLOADING)
        await here.room.cancel(ONE)
        await here.becomes(ONE, UploadState.CANCELLED)
        here.courier.is_open.set()
        await here.film(TWO)
        await here.becomes(TWO, UploadState.SYNCED)
        assert await here.is_in(ONE, UploadState.CANCELLED)
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.SYNCED)

    tell(tmp_path, story, upload_automatically=True)


def test_a_cancelled_upload_waits_for_the_store_until_nothing_of_it_is_left(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        here.courier.is_open.clear()
        await here.film(ONE)
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.UPLOADING)
        here.courier.trouble = AWAY
        await here.room.cancel(ONE)
        await here.becomes(ONE, UploadState.CANCELLING)
        assert (await here.room.standing()).waiting == 0
        with pytest.raises(ConflictError):
            await here.room.upload(ONE)
        here.courier.trouble = None
        await here.room.resume()
        await here.becomes(ONE, UploadState.CANCELLED)

    tell(tmp_path, story)


def test_one_is_sent_at_a_time_in_the_users_order(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        here.courier.is_open.clear()
        for asset_id in (ONE, TWO, THREE):
            await here.film(asset_id, title=asset_id.title())
            await here.room.upload(asset_id)
        await here.becomes(ONE, UploadState.UPLOADING)
        await here.room.put_first(THREE)
        await here.becomes(THREE, UploadState.UPLOADING)
        queue = await here.room.uploads()
        assert [each.asset_id for each in queue] == [THREE, ONE, TWO]
        assert (queue[0].title, queue[0].bytes_total) == ("Replay-Three", len(FILM))
        here.courier.is_open.set()
        for asset_id in (ONE, TWO, THREE):
            await here.becomes(asset_id, UploadState.SYNCED)
        assert here.courier.uploaded == [ONE, THREE, ONE, TWO]
        with pytest.raises(UnknownRecordError):
            await here.room.put_first(ONE)

    tell(tmp_path, story)


def test_what_is_paused_stays_so_over_a_restart_and_goes_on_where_it_was(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            here.courier.is_open.clear()
            await here.film(ONE)
            await here.room.upload(ONE)
            await here.becomes(ONE, UploadState.UPLOADING)
            await here.room.pause()
            assert (await here.room.standing()).state is CloudState.PAUSED
            assert 0 in here.courier.kbps
            await until(lambda: not here.room.is_busy)
        async with computer(tmp_path, bucket) as here:
            assert (await here.room.standing()).state is CloudState.PAUSED
            assert await here.is_in(ONE, UploadState.UPLOADING)
            await here.room.resume()
            await here.becomes(ONE, UploadState.SYNCED, "acknowledged")

    asyncio.run(run())


def test_an_upload_that_was_broken_off_goes_on_at_the_next_start(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            here.courier.is_open.clear()
            await here.film(ONE)
            await here.room.upload(ONE)
            await here.becomes(ONE, UploadState.UPLOADING)
            assert here.room.is_busy
        async with computer(tmp_path, bucket) as here:
            await here.becomes(ONE, UploadState.SYNCED)

    asyncio.run(run())


def test_uploads_wait_while_something_is_live_and_go_on_afterwards(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        here.courier.is_open.clear()
        await here.film(ONE)
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.UPLOADING)
        here.live = LiveLine(queue_ms=0)
        await until(lambda: here.room.progress(ONE) is None)
        assert here.courier.kbps[-1] == 0
        assert (await here.room.standing()).state is CloudState.ON_AIR
        here.courier.is_open.set()
        await here.film(TWO)
        await here.room.upload(TWO)
        assert await here.is_in(TWO, UploadState.WAITING)
        here.live = None
        for asset_id in (ONE, TWO):
            await here.becomes(asset_id, UploadState.SYNCED)
        assert here.courier.kbps[-1] is None

    tell(tmp_path, story)


def test_with_a_cap_uploads_go_on_while_live_but_for_when_a_destination_queues(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        here.courier.is_open.clear()
        await here.film(ONE)
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.UPLOADING)
        here.live = LiveLine(queue_ms=100)
        await until(lambda: here.courier.kbps[-1:] == [2000])
        here.live = LiveLine(queue_ms=600)
        await until(lambda: here.courier.kbps[-1:] == [0])
        here.live = LiveLine(queue_ms=0)
        here.now_s += 60.0
        await until(lambda: here.courier.kbps[-1:] == [2000])
        assert here.room.progress(ONE) is not None

    tell(tmp_path, story, live_cap_kbps=2000)


def test_no_more_than_a_fifth_is_taken_of_what_a_broadcast_leaves_of_an_upload_that_was_measured_once(
    tmp_path: Path,
) -> None:
    async def story(here: Computer) -> None:
        here.courier.is_open.clear()
        here.known_kbps = 9000
        await here.film(ONE)
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.UPLOADING)
        here.live = LiveLine(queue_ms=0, stream_kbps=4000)
        await until(lambda: here.courier.kbps[-1:] == [960])
        assert here.courier.kbps == [0, 960], "nothing before it is known how much"
        here.live = None
        here.courier.is_open.set()
        await here.becomes(ONE, UploadState.SYNCED)
        await until(lambda: here.courier.kbps[-1:] == [None])

    tell(tmp_path, story, live_cap_kbps=2000)


def test_a_trouble_is_told_and_a_wish_tries_again_at_once(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await until(lambda: here.courier.probed > 0)
        await here.film(ONE)
        here.courier.trouble = AWAY
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.FAILED)
        [queued] = await here.room.uploads()
        assert queued.trouble is not None
        assert (queued.trouble.code, queued.trouble.sentence) == ("unreachable", AWAY.title)
        assert (await here.room.standing()).failed == 1
        await until(lambda: not here.room.is_busy)  # nobody waits an hour for the next attempt
        here.courier.trouble = None
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.SYNCED)

    tell(tmp_path, story)


def test_a_store_that_was_never_tried_is_tried_first_and_its_trouble_holds_for_all(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        here.courier.trouble = StoreTrouble(TroubleCode.REFUSED)
        await here.film(ONE)
        await here.choose(kind=CloudKind.FOLDER)
        await here.room.upload(ONE)
        await until(lambda: any(each.state is CloudState.TROUBLE for each in here.told))
        assert here.courier.uploaded == []
        here.courier.trouble = None
        await here.room.resume()
        await here.becomes(ONE, UploadState.SYNCED)
        assert (await here.room.standing()).trouble is None

    tell(tmp_path, story, kind=CloudKind.OFF)


def test_without_a_store_nothing_is_uploaded(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.film(ONE)
        with pytest.raises(ConflictError):
            await here.room.upload(ONE)
        with pytest.raises(UnknownRecordError):
            await here.room.cancel(TWO)
        assert (await here.room.standing()).state is CloudState.OFF
        await until(lambda: not here.room.is_busy)
        assert here.courier.probed == 0

    tell(tmp_path, story, kind=CloudKind.OFF)


def test_what_a_store_lacks_is_said_until_it_is_there(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        assert (await here.room.standing()).state is CloudState.INCOMPLETE
        await here.choose(bucket="replays", region="auto")
        stands = await here.room.standing()
        assert (stands.state, stands.has_credentials) == (CloudState.INCOMPLETE, False)
        assert stands.trouble is not None
        assert "access key" in stands.trouble.sentence
        await here.room.keep_credentials(
            StoreCredentials(access_key_id="id", secret=Secret("made-up-secret-77"))
        )
        assert (await here.room.standing()).has_credentials
        await here.shared(ONE)
        assert here.courier.started[-1].bucket == "replays"
        await here.room.forget_credentials()
        assert (here.keys.kept, (await here.room.standing()).has_credentials) == ({}, False)

    tell(tmp_path, story, kind=CloudKind.S3, folder=None)


def test_what_is_known_of_one_store_is_never_taken_for_anothers(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        here.courier.bucket = SharedBucket()
        await here.choose(prefix="two/")
        await until(lambda: here.courier.started[-1].prefix == "two/")
        await until(lambda: _is_unknown(here))
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert all(key.startswith("two/") for key in here.courier.bucket.objects)

    async def _is_unknown(here: Computer) -> bool:
        return await here.upload(ONE) is None

    tell(tmp_path, story)


def test_a_replay_whose_file_is_gone_is_not_uploaded(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.library.store.write(lambda tables: tables.assets.put(asset(ONE)))
        with pytest.raises(ConflictError):
            await here.room.upload(ONE)

    tell(tmp_path, story)


def test_what_crashes_left_in_the_store_is_removed_once_a_start_but_for_what_is_ours(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            here.courier.is_open.clear()
            await here.film(ONE)
            await here.room.upload(ONE)
            await here.becomes(ONE, UploadState.UPLOADING, "sending")
        async with computer(tmp_path, bucket) as here:
            await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
            here.room.sync(confirm=False)
            await until(lambda: not here.room.is_busy)
            assert [prefix for prefix, _ in here.courier.cleaned] == ["one/vod/"]
            assert here.courier.cleaned[0][1] == ("u1",)

    asyncio.run(run())


def test_a_replay_that_the_cloud_cannot_take_keeps_no_other_from_it(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.film("a_b")
        await here.film(ONE)
        await here.becomes(ONE, UploadState.SYNCED)
        assert await here.upload("a_b") is None
        with pytest.raises(ConflictError, match="such an id"):
            await here.room.upload("a_b")

    tell(tmp_path, story, upload_automatically=True)
