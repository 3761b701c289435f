"""Giving up files for space, and bringing them back: no byte goes unless a proven copy is there now."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState as UploadLife
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud import eviction
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.cloud.left_aside import ASIDE
from powerstream_desktop.service.cloud.upload_queue import begin_anew
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.cloud.backend.scripted_server import URL, unreachable
from tests.unit.service.cloud.fake_courier import NOW_MS, SharedBucket
from tests.unit.service.cloud.stage import FILM, Computer, computer, tell
from tests.unit.service.store.rows import NOW
from tests.unit.service.vod.stage import until

ONE, TWO = "replay-one", "replay-two"
SHA256 = hashlib.sha256(FILM).hexdigest()
GOOD = Verdict(is_good=True, is_missing=False, level=2, why="", at_ms=NOW_MS, etag="")
BAD = Verdict(is_good=False, is_missing=True, level=1, why="It is not there.", at_ms=NOW_MS, etag="")


async def refused(here: Computer) -> str:
    """Wait until the eviction was refused; return why."""

    async def has_trouble() -> bool:
        upload = await here.upload(ONE)
        return upload is not None and upload.trouble is not None

    await until(has_trouble)
    upload = await here.upload(ONE)
    assert upload is not None
    assert upload.trouble is not None
    return upload.trouble.code


def test_a_file_is_given_up_and_brought_back_as_it_was(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        await until(lambda: not file.exists())
        assert (await here.get(ONE)).file is None
        with pytest.raises(ConflictError):
            await here.room.evict(ONE)
        await here.room.download(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        assert ((await here.get(ONE)).file, file.read_bytes()) == (str(file), FILM)
        with pytest.raises(ConflictError):
            await here.room.download(ONE)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)

    tell(tmp_path, story)


def test_what_must_stay_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.film(ONE)
        for _ in range(2):
            with pytest.raises(ConflictError):
                await here.room.evict(ONE)
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
        here.in_use.add(ONE)
        with pytest.raises(ConflictError, match="worked on"):
            await here.room.evict(ONE)
        here.in_use.clear()
        here.played.play(ONE)
        with pytest.raises(ConflictError, match="played"):
            await here.room.evict(ONE)
        here.played.leave(ONE)
        with here.played.being_sent(ONE), pytest.raises(ConflictError, match="played"):
            await here.room.evict(ONE)
        await here.edit(ONE, is_pinned=True)
        with pytest.raises(ConflictError, match="pinned"):
            await here.room.evict(ONE)
        with pytest.raises(ConflictError):
            await here.room.download(ONE)

    tell(tmp_path, story)


@pytest.mark.parametrize("verdicts", [[BAD], [GOOD, BAD]])
def test_a_copy_that_is_not_good_now_leaves_the_file(tmp_path: Path, verdicts: list[Verdict]) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        here.courier.verdicts = list(verdicts)
        await here.room.evict(ONE)
        assert await refused(here) == "copy-not-good"
        assert file.read_bytes() == FILM
        assert not file.with_name(file.name + ASIDE).exists()
        assert await here.is_in(ONE, UploadState.SYNCED)

    tell(tmp_path, story)


def test_a_copy_that_was_looked_at_too_long_ago_is_looked_at_again(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        old = Verdict(is_good=True, is_missing=False, level=2, why="", at_ms=NOW_MS - 11 * 60_000, etag="")
        here.courier.verdicts = [old, GOOD, GOOD]
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        assert here.courier.verdicts == []

    tell(tmp_path, story)


def test_a_file_that_was_changed_since_it_was_uploaded_stays(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        stat = file.stat()
        file.write_bytes(bytes(reversed(FILM)))
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        await here.room.evict(ONE)
        assert await refused(here) == "user"
        assert file.exists()

    tell(tmp_path, story)


async def registered(here: Computer) -> Path:
    """Log in at the server, and have a replay there that it knows."""
    await here.choose(backend_url=URL)
    await here.room.log_in(Secret("good"), None)
    file = await here.shared(ONE)
    await until(lambda: not here.room.is_busy)
    here.server.requests.clear()
    return file


def test_the_server_is_asked_whether_it_knows_a_film_before_its_file_is_given_up(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await registered(here)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        await until(lambda: not file.exists())
        assert [each.url for each in here.server.asked("GET")][:1] == [f"{URL}/api/vod/{ONE}"]

    tell(tmp_path, story)


def test_a_film_that_the_server_does_not_know_any_more_stays_and_is_told_again(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await registered(here)
        del here.server.replays[ONE]
        await here.room.evict(ONE)
        assert await refused(here) == "not-registered"
        assert file.read_bytes() == FILM
        await until(lambda: ONE in here.server.replays)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)

    tell(tmp_path, story)


@pytest.mark.parametrize(("sha256", "code"), [("cd" * 32, "other_content"), (None, "not-registered")])
def test_a_server_that_does_not_know_this_very_film_leaves_the_file(
    tmp_path: Path, sha256: str | None, code: str
) -> None:
    async def story(here: Computer) -> None:
        file = await registered(here)
        here.server.put_in(ONE, sha256=sha256)
        await here.room.evict(ONE)
        assert await refused(here) == code
        assert file.read_bytes() == FILM

    tell(tmp_path, story)


def test_a_server_that_cannot_be_asked_leaves_the_file(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await registered(here)
        here.server.faults = [unreachable] * 100
        await here.room.evict(ONE)
        assert await refused(here) == "unreachable"
        assert file.read_bytes() == FILM
        await here.room.log_out()
        await here.room.evict(ONE)
        await until(lambda: is_refused_as(here, "not_logged_in"))
        assert file.read_bytes() == FILM

    tell(tmp_path, story)


async def is_refused_as(here: Computer, code: str) -> bool:
    upload = await here.upload(ONE)
    return upload is not None and upload.trouble is not None and upload.trouble.code == code


def test_what_no_other_computer_could_know_of_stays(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        del here.courier.bucket.objects[f"one/manifests/{ONE}.json"]
        await here.room.evict(ONE)
        assert await refused(here) == "not-told"
        assert file.exists()

    tell(tmp_path, story)


def test_a_store_that_does_not_answer_leaves_the_file(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        here.courier.trouble = StoreTrouble(TroubleCode.UNREACHABLE)
        await here.room.evict(ONE)
        assert await refused(here) == "unreachable"
        assert file.exists()

    tell(tmp_path, story)


def test_a_film_that_comes_back_damaged_is_not_taken(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        await until(lambda: not file.exists())
        [key] = [each for each in here.courier.bucket.objects if each.endswith(".mp4")]
        here.courier.bucket.put(key, b"something else")
        await here.room.download(ONE)
        assert await refused(here) == "damaged"
        assert ((await here.get(ONE)).file, file.exists()) == (None, False)

    tell(tmp_path, story)


def test_what_a_crash_left_under_the_other_name_is_given_back(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        aside = file.with_name(file.name + ASIDE)
        file.rename(aside)
        await here.room._copies._tools.eviction.put_right()
        assert (file.read_bytes(), aside.exists()) == (FILM, False)

    tell(tmp_path, story)


async def left_behind_the_row(here: Computer, content: bytes = FILM) -> Path:
    """Have a file given up, of which the row says so and the other name is still there; return its own name."""
    file = await here.shared(ONE)
    await here.room.evict(ONE)
    await here.becomes(ONE, UploadState.EVICTED)
    await until(lambda: not file.with_name(file.name + ASIDE).exists() and not here.room._copies.is_busy)
    file.with_name(file.name + ASIDE).write_bytes(content)
    return file


def test_a_file_that_the_row_says_was_given_up_is_here_again_and_its_copy_still_known(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await left_behind_the_row(here)
        [key] = [each for each in here.courier.bucket.objects if each.endswith(".mp4")]
        await here.room._copies._tools.eviction.put_right()
        assert (file.read_bytes(), file.with_name(file.name + ASIDE).exists()) == (FILM, False)
        assert ((await here.get(ONE)).file, (await here.get(ONE)).sha256) == (str(file), SHA256)
        assert await here.is_in(ONE, UploadState.SYNCED, "acknowledged")
        copy = here.courier.bucket.objects.pop(key)
        await here.room.evict(ONE)
        assert await refused(here) == "copy-not-good"
        here.courier.bucket.objects[key] = copy
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)

    tell(tmp_path, story)


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_another_film_or_that_of_another_store_is_here_again_as_one_that_was_never_uploaded(
    tmp_path: Path, is_elsewhere: bool
) -> None:
    content = FILM if is_elsewhere else b"another film"

    async def story(here: Computer) -> None:
        file = await left_behind_the_row(here, content)
        if is_elsewhere:
            await here.library.store.write(lambda tables: begin_anew(tables, "the other store"))
        await here.room._copies._tools.eviction.put_right()
        assert file.read_bytes() == content
        known = await here.get(ONE)
        assert (known.file, known.size_bytes) == (str(file), len(content))
        assert known.sha256 == (SHA256 if is_elsewhere else None)
        assert await here.upload(ONE) is None

    tell(tmp_path, story)


def test_a_file_that_was_given_up_takes_no_name_from_another(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await left_behind_the_row(here)
        file.write_bytes(b"somebody else's")
        await here.room._copies._tools.eviction.put_right()
        assert (file.read_bytes(), file.with_name(file.name + ASIDE).read_bytes()) == (
            b"somebody else's",
            FILM,
        )
        assert (await here.get(ONE)).file is None

    tell(tmp_path, story)


def test_a_file_that_was_given_up_and_cannot_be_read_is_left_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_disk(*_: object) -> str:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    async def story(here: Computer) -> None:
        file = await left_behind_the_row(here)
        with monkeypatch.context() as broken:
            broken.setattr(eviction, "quiet_hash", no_disk)
            await here.room._copies._tools.eviction.put_right()
        assert ((await here.get(ONE)).file, file.exists()) == (None, False)
        await here.room._copies._tools.eviction.put_right()
        assert file.read_bytes() == FILM

    tell(tmp_path, story)


@pytest.mark.skipif(os.name != "posix", reason="needs a renaming in two steps")
def test_a_file_that_has_both_names_after_a_crash_keeps_its_own(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        aside = file.with_name(file.name + ASIDE)
        aside.hardlink_to(file)
        await here.room._copies._tools.eviction.put_right()
        assert (file.read_bytes(), aside.exists()) == (FILM, False)
        aside.write_bytes(b"somebody else's")
        await here.room._copies._tools.eviction.put_right()
        assert (file.read_bytes(), aside.read_bytes()) == (FILM, b"somebody else's")

    tell(tmp_path, story)


def test_what_a_crash_left_is_given_back_at_the_next_start_whatever_else_cannot_be(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            file = await here.shared(ONE)
            await here.shared(TWO)
            # No disk takes the other name of this one; it is never asked for.
            await here.edit(TWO, file=str(file.with_name("x" * 252)))
            aside = file.rename(file.with_name(file.name + ASIDE))
        async with computer(tmp_path, bucket):
            await until(lambda: file.exists() and not aside.exists())
            assert file.read_bytes() == FILM

    asyncio.run(run())


def begins_to_cut(here: Computer) -> None:
    here.in_use.add(ONE)


def begins_to_play(here: Computer) -> None:
    here.played.play(ONE)


@pytest.mark.parametrize("begins", [begins_to_cut, begins_to_play])
def test_a_file_that_somebody_has_begun_to_work_with_meanwhile_stays(
    tmp_path: Path, begins: Callable[[Computer], None]
) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        verify = here.courier.verify

        async def used_meanwhile(record: UploadRecord, file: Path | None = None, level: int = 1) -> Verdict:
            begins(here)
            return await verify(record, file, level)

        here.courier.verify = used_meanwhile  # type: ignore[method-assign,assignment]
        await here.room.evict(ONE)
        assert await refused(here) == "user"
        assert file.read_bytes() == FILM
        assert await here.is_in(ONE, UploadState.SYNCED)

    tell(tmp_path, story)


def test_a_file_that_the_disk_does_not_let_go_is_here_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise SystemFault("It cannot be removed.")

    async def story(here: Computer) -> None:
        film = await here.shared(ONE)
        with monkeypatch.context() as disk:
            disk.setattr(eviction, "remove", refuse)
            await here.room.evict(ONE)
            assert await refused(here) == "system"
        assert ((await here.get(ONE)).file, film.read_bytes()) == (str(film), FILM)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)
        await until(lambda: not film.exists())

    tell(tmp_path, story)


def test_a_file_that_came_under_the_replays_name_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        film = await here.shared(ONE)
        aside = film.with_name(film.name + ASIDE)
        verify = here.courier.verify

        async def named_meanwhile(record: UploadRecord, file: Path | None = None, level: int = 1) -> Verdict:
            if aside.exists():
                film.write_bytes(b"somebody else's")
                return BAD
            return await verify(record, file, level)

        here.courier.verify = named_meanwhile  # type: ignore[method-assign,assignment]
        await here.room.evict(ONE)
        assert await refused(here) == "system"
        assert (film.read_bytes(), aside.read_bytes()) == (b"somebody else's", FILM)

    tell(tmp_path, story)


def test_a_file_that_is_gone_from_here_comes_back_from_its_copy(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        file.unlink()
        with pytest.raises(ConflictError):
            await here.room.download(ONE)  # nobody has noticed yet
        await here.library.folders().look()
        assert (await here.get(ONE)).status is AssetStatus.MISSING
        await here.room.download(ONE)
        await until(lambda: here.knows(ONE, status=AssetStatus.READY))
        assert ((await here.get(ONE)).file, file.read_bytes()) == (str(file), FILM)
        await until(lambda: not here.room.is_busy)
        await here.room.evict(ONE)
        await here.becomes(ONE, UploadState.EVICTED)

    tell(tmp_path, story)


def test_a_copy_that_not_all_have_been_told_of_is_said_to_be_one(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)

        def verify_only(tables: Tables) -> None:
            record = read_record(tables, ONE)
            assert record is not None
            keep_record(tables, record, replace(record, state=UploadLife.VERIFIED), NOW)

        await here.library.store.write(verify_only)
        with pytest.raises(ConflictError, match="know of this replay's copy yet"):
            await here.room.evict(ONE)

    tell(tmp_path, story)
