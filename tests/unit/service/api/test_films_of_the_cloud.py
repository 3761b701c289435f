"""A film that is in the cloud only is watched through the service, range by range, at an address that holds no token."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from pathlib import Path

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.cloud.cloud_films import CloudFilm
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.store_faults import ConflictError
from tests.unit.service.api.kept_films import CONTENT, keep, video
from tests.unit.service.api.service_parts import World, tell

FILM = "/api/access/replays/as1/film"


class Bucket:
    """Has a film, and gives it in pieces of a thousand bytes."""

    def __init__(self, content: bytes = CONTENT, trouble: PowerStreamError | None = None) -> None:
        self.content = content
        self.trouble = trouble
        self.asked: list[tuple[int, int]] = []
        self.given = 0
        self.is_open = asyncio.Event()
        self.is_open.set()
        self.was_asked = asyncio.Event()
        self.left = 0

    @property
    def film(self) -> CloudFilm:
        return CloudFilm(size_bytes=len(CONTENT), sha256="ab" * 32, suffix=".mp4", read=self.read)

    async def read(self, first: int, size_bytes: int) -> AsyncGenerator[bytes, None]:
        self.asked.append((first, size_bytes))
        self.was_asked.set()
        try:
            for at in range(first, first + size_bytes, 1000):
                await self.is_open.wait()
                if self.trouble is not None:
                    raise self.trouble
                self.given += 1
                yield self.content[at : min(at + 1000, first + size_bytes)]
        finally:
            self.left += 1


def test_a_film_of_the_cloud_is_watched_by_an_address_that_holds_no_token(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        bucket = Bucket()
        world.cloud.watched = bucket.film
        told = (await world.client.get(FILM)).json
        assert (told["file"], told["isHere"]) == (None, False)
        assert bucket.asked == [(0, 1)]
        watched = await world.client.get(told["url"])
        assert (watched.status, watched.body) == (200, CONTENT)
        assert watched.headers["content-type"] == "video/mp4"
        part = await world.client.send("GET", told["url"], headers={"range": "bytes=300000-300999"})
        assert (part.status, part.body) == (206, CONTENT[300_000:301_000])
        assert part.headers["content-range"] == f"bytes 300000-300999/{len(CONTENT)}"
        assert bucket.asked[-1] == (300_000, 1000)
        head = await world.client.send("HEAD", told["url"])
        assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(CONTENT)))

    tell(tmp_path, story)


def test_no_more_of_a_film_is_fetched_than_is_watched(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        bucket = Bucket()
        world.cloud.watched = bucket.film
        url = (await world.client.get(FILM)).json["url"]
        bucket.given = bucket.left = 0
        bucket.is_open.clear()
        bucket.was_asked.clear()
        gone = asyncio.create_task(world.client.send("GET", url, on_part=lambda: None))
        await bucket.was_asked.wait()
        gone.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await gone
        assert (bucket.given, bucket.left) == (0, 1)

    tell(tmp_path, story)


def test_a_film_in_a_folder_is_watched_from_its_file(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        file = tmp_path / "store" / "film.mp4"
        file.parent.mkdir()
        file.write_bytes(CONTENT)
        world.cloud.watched = file
        told = (await world.client.get(FILM)).json
        assert (told["file"], told["url"], told["isHere"]) == (str(file), None, False)

    tell(tmp_path, story)


def test_a_film_that_is_here_is_watched_from_its_own_file_and_no_store_is_asked(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        file = await video(world, tmp_path)
        told = (await world.client.get(FILM)).json
        assert (told["file"], told["url"], told["isHere"]) == (str(file), None, True)
        assert world.cloud.asked == []
        await keep(world, file=str(file), status=AssetStatus.MISSING)
        world.cloud.watched = Bucket().film
        assert (await world.client.get(FILM)).json["isHere"] is False

    tell(tmp_path, story)


def test_why_a_film_cannot_be_watched_is_said_before_a_player_is_sent_there(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        assert (await world.client.get(FILM)).error["code"] == "not-found"
        world.cloud.watched = Bucket(trouble=StoreTrouble(TroubleCode.GONE)).film
        assert (await world.client.get(FILM)).error["code"] == "gone"
        world.cloud.refuses = ConflictError("Nothing is fetched.", hint="Later.")
        assert (await world.client.get(FILM)).error == {
            "code": "conflict", "message": "Nothing is fetched.", "hint": "Later.",
        }  # fmt: skip

    tell(tmp_path, story)


def test_an_address_that_is_made_up_or_old_leads_nowhere(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        world.cloud.watched = Bucket().film
        url = (await world.client.get(FILM)).json["url"]
        assert (await world.client.get(url[:-1] + ("0" if url[-1] != "0" else "1"))).status == 404
        assert (await world.client.get("/watch/as1")).status == 404
        world.cloud.watched = None
        assert (await world.client.get(url)).status == 404

    tell(tmp_path, story)


def test_a_film_that_breaks_off_is_not_ended_as_if_it_were_whole(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        bucket = Bucket()
        world.cloud.watched = bucket.film
        url = (await world.client.get(FILM)).json["url"]
        bucket.trouble = StoreTrouble(TroubleCode.UNREACHABLE)
        reply = await world.client.get(url)
        assert (reply.headers["content-length"], reply.body) == (str(len(CONTENT)), b"")

    tell(tmp_path, story)
