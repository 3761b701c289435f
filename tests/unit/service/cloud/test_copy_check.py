"""Looking at a copy because somebody asks: what is found is told, and a bad one can be made again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.service.cloud.kept_uploads import read_record, verified_at
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.uploads import CopyWish, Upload, UploadState
from tests.unit.service.cloud.stage import FILM, Computer, tell, tell_two
from tests.unit.service.store.rows import NOW
from tests.unit.service.vod.stage import until

ONE = "replay-one"


def hold_verifying(here: Computer) -> asyncio.Event:
    """Have the store never answer what is asked of a copy; the event is set when it is asked."""
    reached = asyncio.Event()

    async def silent(*_args: object) -> Verdict:
        reached.set()
        await asyncio.Event().wait()
        raise AssertionError

    here.courier.verify = silent  # type: ignore[method-assign, assignment]
    return reached


async def looked_at(here: Computer, *, is_full: bool = False) -> Upload:
    """Have the copy looked at, and wait for what comes of it."""
    await here.room.verify(ONE, is_full=is_full)
    await until(lambda: not here.room._copies.is_busy)
    upload = await here.upload(ONE)
    assert upload is not None
    return upload


def film_key(here: Computer) -> str:
    [key] = [each for each in here.courier.bucket.objects if each.endswith(".mp4")]
    return key


@pytest.mark.parametrize(("is_full", "level"), [(False, 2), (True, 3)])
def test_a_good_copy_is_said_to_be_one_and_when_that_was_seen(
    tmp_path: Path, level: int, *, is_full: bool
) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        here.courier.levels.clear()
        upload = await looked_at(here, is_full=is_full)
        assert here.courier.levels == [level]
        assert (upload.state, upload.trouble) == (UploadState.SYNCED, None)
        assert verified_at(upload) == NOW
        record = await here.library.store.read(lambda tables: read_record(tables, ONE))
        assert record is not None
        assert record.checked_level == level

    tell(tmp_path, story)


def test_a_copy_that_is_gone_is_a_problem_that_an_upload_solves(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        del here.courier.bucket.objects[film_key(here)]
        upload = await looked_at(here)
        assert upload.trouble is not None
        assert (upload.trouble.code, upload.trouble.remedy) == ("copy-missing", "Upload it again.")
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert here.courier.bucket.objects[film_key(here)][0] == FILM
        assert (await looked_at(here)).trouble is None

    tell(tmp_path, story)


def test_a_copy_of_other_bytes_is_a_problem_and_the_next_upload_believes_nothing(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        here.courier.bucket.put(film_key(here), bytes(len(FILM)))
        upload = await looked_at(here)
        assert upload.trouble is not None
        assert upload.trouble.code == "copy-differs"
        here.courier.is_open.clear()
        await here.room.upload(ONE)
        record = await here.library.store.read(lambda tables: read_record(tables, ONE))
        assert record is not None
        assert record.is_doubted
        here.courier.is_open.set()
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")

    tell(tmp_path, story)


def test_a_bad_copy_without_a_file_here_is_to_be_made_elsewhere(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        await one.shared(ONE)
        other.room.sync(confirm=False)
        await until(lambda: other.knows(ONE))
        assert verified_at(await looked_at(other)) == NOW
        one.courier.bucket.put(film_key(one), bytes(len(FILM)))
        upload = await looked_at(other)
        assert upload.trouble is not None
        assert "another computer" in upload.trouble.remedy
        assert upload.state is UploadState.EVICTED
        del one.courier.bucket.objects[film_key(one)]
        upload = await looked_at(other)
        assert upload.trouble is not None
        assert upload.trouble.code == "copy-missing"

    tell_two(tmp_path, story)


def test_a_store_that_does_not_answer_says_nothing_against_the_copy(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        here.courier.trouble = StoreTrouble(TroubleCode.UNREACHABLE)
        upload = await looked_at(here)
        assert upload.trouble is not None
        assert upload.trouble.code == "unreachable"
        assert upload.state is UploadState.SYNCED
        here.courier.trouble = None
        brought = list(here.courier.uploaded)
        await here.room.upload(ONE)
        assert await here.is_in(ONE, UploadState.SYNCED, "acknowledged")
        assert here.courier.uploaded == brought
        assert (await looked_at(here)).trouble is None

    tell(tmp_path, story)


def test_what_has_no_copy_cannot_be_looked_at(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.film(ONE)
        with pytest.raises(ConflictError, match="no copy"):
            await here.room.verify(ONE, is_full=False)
        with pytest.raises(UnknownRecordError):
            await here.room.verify("unknown", is_full=False)

    tell(tmp_path, story)


@pytest.mark.parametrize("is_full", [False, True])
def test_a_look_that_waits_or_goes_on_is_taken_back_and_says_nothing_of_the_copy(
    tmp_path: Path, *, is_full: bool
) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        before = await here.upload(ONE)
        reached = hold_verifying(here)
        await here.room.verify(ONE, is_full=is_full)
        await reached.wait()
        wish = CopyWish.VERIFY_FULLY if is_full else CopyWish.VERIFY
        await here.room.cancel_copy(ONE, wish)
        upload = await here.upload(ONE)
        assert upload is not None
        assert (upload.wanted, upload.trouble) == (None, None)
        assert before is not None
        assert verified_at(upload) == verified_at(before)
        await until(lambda: not here.room._copies.is_busy)

    tell(tmp_path, story)
