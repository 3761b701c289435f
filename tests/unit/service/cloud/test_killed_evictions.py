"""A service that is killed at any step of giving up a file has the file at its next start, unless it was gone for its proven copy (V23, I1, I4)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.service.cloud import eviction
from powerstream_desktop.service.cloud.eviction import Eviction
from powerstream_desktop.service.cloud.left_aside import ASIDE, remove
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.service.cloud.fake_courier import SharedBucket
from tests.unit.service.cloud.stage import FILM, Computer, computer
from tests.unit.service.cloud.test_eviction import refused
from tests.unit.service.vod.stage import until

ONE = "replay-one"
STEPS = ("looked at", "aside", "looked at again", "written", "removed")
"""What is done when it ends: nothing, the renaming, the last look, the row, all of it."""


@pytest.fixture
def _cleans_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is killed settles nothing any more."""

    async def killed(*_: object) -> None:
        return

    monkeypatch.setattr(Eviction, "_settle", killed)


def stand_still_at(here: Computer, step: str, killing: pytest.MonkeyPatch) -> asyncio.Event:
    """Have nothing more be done behind a step; the event tells that it was reached."""
    verify, loop = here.courier.verify, asyncio.get_running_loop()
    reached, looks = asyncio.Event(), 0

    async def stand() -> None:
        reached.set()
        await asyncio.Event().wait()

    async def verified(record: UploadRecord, file: Path | None = None, level: int = 1) -> Verdict:
        nonlocal looks
        looks += 1
        if step == "aside" and looks == 2:
            await stand()
        verdict = await verify(record, file, level)
        if step == ("looked at" if looks == 1 else "looked at again"):
            await stand()
        return verdict

    def removed(aside: Path) -> None:
        if step == "removed":
            remove(aside)
        loop.call_soon_threadsafe(reached.set)

    here.courier.verify = verified  # type: ignore[method-assign,assignment]
    killing.setattr(eviction, "remove", removed)
    return reached


async def kill_at(step: str, home: Path, bucket: SharedBucket, patch: pytest.MonkeyPatch) -> Path:
    """Have a service be killed while it gives up a file; return its name."""
    with patch.context() as killing:
        async with computer(home, bucket) as here:
            file = await here.shared(ONE)
            reached = stand_still_at(here, step, killing)
            await here.room.evict(ONE)
            await reached.wait()
    return file


def copies(bucket: SharedBucket) -> dict[str, bytes]:
    return {key: data for key, (data, _) in bucket.objects.items() if key.endswith(".mp4")}


@pytest.mark.usefixtures("_cleans_nothing_up")
@pytest.mark.parametrize("step", STEPS)
def test_a_file_is_whole_or_given_up_for_its_copy_whenever_the_service_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        file = await kill_at(step, tmp_path, bucket, monkeypatch)
        aside = file.with_name(file.name + ASIDE)
        left = {"looked at": (True, False), "removed": (False, False)}.get(step, (False, True))
        assert (file.exists(), aside.exists()) == left
        assert list(copies(bucket).values()) == [FILM]
        async with computer(tmp_path, bucket) as here:
            # What was wanted is done from its beginning.
            await here.becomes(ONE, UploadState.EVICTED)
            await until(lambda: not file.exists() and not aside.exists())
            assert (await here.get(ONE)).file is None
            await here.room.download(ONE)
            await here.becomes(ONE, UploadState.SYNCED, "acknowledged")
            assert file.read_bytes() == FILM

    asyncio.run(run())


@pytest.mark.usefixtures("_cleans_nothing_up")
@pytest.mark.parametrize("became", [None, b"other bytes"])
@pytest.mark.parametrize("step", STEPS[:-1])
def test_a_file_stays_whose_copy_went_while_the_service_that_had_been_giving_it_up_was_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, became: bytes | None
) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        file = await kill_at(step, tmp_path, bucket, monkeypatch)
        [key] = copies(bucket)
        if became is None:
            del bucket.objects[key]
        else:
            bucket.put(key, became)
        async with computer(tmp_path, bucket) as here:
            await refused(here)
            assert ((await here.get(ONE)).file, file.read_bytes()) == (str(file), FILM)
            assert not file.with_name(file.name + ASIDE).exists()
            assert await here.is_in(ONE, UploadState.SYNCED)

    asyncio.run(run())
