"""Watching what is in the cloud only: from where, and what is said when it cannot be."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.store_config import StoreCredentials
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud.cloud_films import MAX_STREAMS, CloudFilm
from powerstream_desktop.service.cloud.live_gate import LiveLine
from powerstream_desktop.service.settings.cloud_options import CloudKind
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.service.cloud.fake_courier import SharedBucket
from tests.unit.service.cloud.stage import FILM, Computer, computer, tell
from tests.unit.service.vod.stage import until

ONE = "replay-one"
S3: dict[str, object] = {
    "kind": CloudKind.S3,
    "endpoint_url": "https://store.example.invalid",
    "bucket": "shows",
}


async def opened(here: Computer) -> CloudFilm:
    film = await here.room.film(ONE)
    assert isinstance(film, CloudFilm)
    return film


async def read(film: CloudFilm, first: int, size_bytes: int) -> bytes:
    async with aclosing(film.read(first, size_bytes)) as pieces:
        return b"".join([piece async for piece in pieces])


async def choose_bucket(here: Computer) -> None:
    await here.room.keep_credentials(StoreCredentials(access_key_id="AK", secret=Secret("made-up-of-tests")))
    await here.choose(**S3)


async def in_the_bucket(here: Computer) -> None:
    """Have a replay in a bucket only."""
    await choose_bucket(here)
    file = await here.shared(ONE)
    await here.room.evict(ONE)
    await here.becomes(ONE, UploadState.EVICTED)
    await until(lambda: not file.exists())


def test_a_film_in_a_bucket_comes_in_the_ranges_that_are_asked_for(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await in_the_bucket(here)
        film = await opened(here)
        await film.require()
        assert (film.size_bytes, film.suffix) == (len(FILM), ".mp4")
        assert await read(film, 0, len(FILM)) == FILM
        assert await read(film, 1234, 1500) == FILM[1234:2734]

    tell(tmp_path, story)


def test_no_more_comes_than_is_taken(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await in_the_bucket(here)
        film = await opened(here)
        async with aclosing(film.read(0, len(FILM))) as pieces:
            await anext(pieces)
        assert len(here.courier.streamed) == 1

    tell(tmp_path, story)


def test_a_film_of_another_computer_is_watched_here(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with (
            computer(tmp_path, bucket, "a") as one,
            computer(tmp_path, bucket, "b") as other,
        ):
            await in_the_bucket(one)
            await choose_bucket(other)
            other.room.sync(confirm=False)
            await until(lambda: other.knows(ONE))
            assert await read(await opened(other), 0, len(FILM)) == FILM

    asyncio.run(run())


def test_what_has_no_copy_is_watched_nowhere(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.film(ONE)
        assert await here.room.film(ONE) is None
        assert await here.room.film("unknown") is None

    tell(tmp_path, story)


def test_a_film_that_is_gone_from_the_bucket_is_said_to_be(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await in_the_bucket(here)
        here.courier.bucket.objects.clear()
        with pytest.raises(StoreTrouble) as error:
            await (await opened(here)).require()
        assert error.value.kind is TroubleCode.GONE
        here.courier.trouble = StoreTrouble(TroubleCode.UNREACHABLE)
        with pytest.raises(StoreTrouble) as error:
            await (await opened(here)).require()
        assert error.value.kind is TroubleCode.UNREACHABLE

    tell(tmp_path, story)


def test_nothing_is_fetched_to_be_watched_while_a_broadcast_needs_the_network(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await in_the_bucket(here)
        here.live = LiveLine(queue_ms=0)
        await until(lambda: here.room._uploads.is_waiting_for_the_end)
        with pytest.raises(ConflictError, match="while you are live"):
            await here.room.film(ONE)
        here.live = None
        await until(lambda: not here.room._uploads.is_waiting_for_the_end)
        await opened(here)

    tell(tmp_path, story)


def test_a_folder_gives_the_file_itself(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        folder = tmp_path / "store"
        await here.choose(folder=folder)
        await here.shared(ONE)
        [key] = [each for each in here.courier.bucket.objects if each.endswith(".mp4")]
        with pytest.raises(StoreTrouble) as error:
            await here.room.film(ONE)
        assert error.value.kind is TroubleCode.AWAY
        file = folder / key
        file.parent.mkdir(parents=True)
        with pytest.raises(StoreTrouble) as error:
            await here.room.film(ONE)
        assert error.value.kind is TroubleCode.GONE
        file.write_bytes(FILM)
        assert await here.room.film(ONE) == file

    tell(tmp_path, story)


def test_too_many_players_at_once_are_refused_and_the_others_go_on(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await in_the_bucket(here)
        film = await opened(here)
        streams = [film.read(0, len(FILM)) for _ in range(MAX_STREAMS)]
        for each in streams:
            await anext(each)
        with pytest.raises(SystemFault, match="Too much"):
            await film.require()
        await streams.pop().aclose()
        await film.require()
        for each in streams:
            await each.aclose()

    tell(tmp_path, story)
