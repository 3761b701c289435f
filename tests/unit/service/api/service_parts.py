"""The parts of a service for the API's tests: a real store, and hand-written stand-ins for what runs broadcasts."""

from __future__ import annotations

import asyncio
import functools
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.platforms.catalogue import Catalogue, load_catalogue
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.service.access.access_desk import AccessDesk
from powerstream_desktop.service.access.record_file import FILE_NAME
from powerstream_desktop.service.access.token_record import new_record
from powerstream_desktop.service.access.tokens import TokenAuthority
from powerstream_desktop.service.api.app import create_api
from powerstream_desktop.service.api.library_parts import LibraryParts
from powerstream_desktop.service.api.owner_parts import OwnerParts
from powerstream_desktop.service.api.parts import APIParts
from powerstream_desktop.service.events.event_hub import EventHub
from powerstream_desktop.service.events.topics import Topic
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.vod.library_bin import LibraryBin
from powerstream_desktop.service.vod.library_folders import LibraryFolders
from powerstream_desktop.service.vod.played_films import PlayedFilms
from powerstream_desktop.service.vod.vod_service import VODService
from tests.unit.service.api.asgi_client import Client
from tests.unit.service.api.fake_cloud import FakeCloud
from tests.unit.service.api.fake_parts import FakeClips, FakeImports, FakeMedia, FakeMultistream, FakeSecrets
from tests.unit.service.api.fake_studio import FakeStudio
from tests.unit.service.api.owner_parts import owner_parts
from tests.unit.service.store.rows import NOW
from tests.unit.service.vod.fake_bin import FakeBin

VERSION = "1.2.3"
CAUSE = Cause(code="dns", sentence="The server name was not found.", remedy="Check the server URL.")


def known_platforms() -> Catalogue:
    return load_catalogue(Paths.from_environment(os.environ))


@functools.cache
def application() -> Any:
    """Return the application, which is the same for all tests but for its parts: making it takes half a second."""
    version: Any = SimpleNamespace(version=VERSION)
    return create_api(version)


@dataclass
class World:
    """A service with its API."""

    client: Client
    store: Store
    multistream: FakeMultistream
    secrets: FakeSecrets
    studio: FakeStudio
    events: EventHub
    owner: OwnerParts
    app: Any
    media: FakeMedia
    imports: FakeImports
    cloud: FakeCloud
    played: PlayedFilms


@asynccontextmanager
async def world(folder: Path, wall_now: Callable[[], datetime] = lambda: NOW) -> AsyncIterator[World]:
    """Give a service whose data is in a folder."""
    catalogue = known_platforms()
    store = Store(folder / "data", wall_now=wall_now)
    await store.start()
    try:
        multistream, secrets = FakeMultistream(store, catalogue), FakeSecrets()
        parts = api_parts(store, multistream, secrets, catalogue, wall_now, folder=folder)
        app, events = application(), cast("EventHub", parts.events)
        app.state.parts = parts
        studio, media = cast("FakeStudio", parts.studio), cast("FakeMedia", parts.media)
        imports, owner = cast("FakeImports", parts.imports), parts.owner
        cloud = cast("FakeCloud", parts.cloud)
        yield World(
            Client(app), store, multistream, secrets, studio, events, owner, app, media, imports, cloud,
            parts.library.played,
        )  # fmt: skip
        await parts.library.bin.aclose()
    finally:
        await store.aclose()


def api_parts(
    store: Any,
    multistream: Any,
    secrets: Any,
    catalogue: Catalogue,
    wall_now: Callable[[], datetime] = lambda: NOW,
    *,
    folder: Path,
) -> APIParts:
    vod, events = VODService(store, wall_now), EventHub(dict)
    vod.listen(
        lambda change, asset_id: events.publish(Topic.LIBRARY, {"change": change, "assetId": asset_id})
    )
    return APIParts(
        store=store,
        multistream=multistream,
        studio=FakeStudio(),
        events=events,
        secrets=secrets,
        catalogue=catalogue,
        wall_now=wall_now,
        version=VERSION,
        access=AccessDesk(
            TokenAuthority(new_record()), folder / FILE_NAME, clock=lambda: 0.0, wall_clock=NOW.timestamp
        ),
        pictures=folder / "pictures",
        library=LibraryParts(
            vod=vod,
            bin=LibraryBin(store, FakeBin(folder / "system bin"), wall_now, vod.tell),
            folders=LibraryFolders(store, vod, wall_now),
            played=PlayedFilms(lambda: 0.0),
        ),
        hls_folder=lambda slug: folder / "hls" if slug in ("news", "-") and multistream.running else None,
        media=FakeMedia(),
        imports=FakeImports(),
        owner=owner_parts(folder),
        clips=FakeClips(store),
        cloud=FakeCloud(store),
    )


def tell(folder: Path, story: Callable[[World], Awaitable[None]]) -> None:
    """Run a story in a service of its own."""

    async def run() -> None:
        async with world(folder) as service:
            await story(service)

    asyncio.run(run())
