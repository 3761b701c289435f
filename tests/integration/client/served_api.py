"""The real API on a real port, found by a real ``service.json``, on a thread of its own; what runs broadcasts is a stand-in."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from pathlib import Path
from typing import Any, Self

from powerstream_desktop.common.home_lock import HomeLock
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.service_file import ServiceFile, remove_service_file, write_service_file
from powerstream_desktop.service.access.admission import Admission
from powerstream_desktop.service.access.door import Door
from powerstream_desktop.service.access.guarded_http import api_server
from powerstream_desktop.service.access.loopback import listen_on_loopback
from powerstream_desktop.service.access.middleware import AccessMiddleware
from powerstream_desktop.service.access.token_record import new_record
from powerstream_desktop.service.access.tokens import TokenAuthority
from powerstream_desktop.service.events.topics import Topic
from powerstream_desktop.service.store.assets import Asset
from tests.integration.relay.swift_loop import eventually
from tests.unit.service.api.service_parts import World, world

FIRST_PORT = 42_000
PATIENCE_S = 20.0


class ServedAPI:
    """``with`` starts a service of the test's home, and ends it.

    Args:
        folder: where its data is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.paths = Paths.from_environment(os.environ)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="served-api")
        self._started = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._over: asyncio.Event
        self._world: World
        self.token = ""

    @property
    def multistream(self) -> Any:
        """The stand-in that runs broadcasts."""
        return self._world.multistream

    @property
    def studio(self) -> Any:
        """The stand-in for the studio's engine."""
        return self._world.studio

    @property
    def clips(self) -> Any:
        """The clip desk's stand-in."""
        return self._world.app.state.parts.clips

    @property
    def secrets(self) -> Any:
        """The stand-in for the keyring."""
        return self._world.secrets

    def keep(self, asset: Asset) -> None:
        """Put a replay into the library."""
        kept = self._world.store.write(lambda tables: tables.assets.put(asset))
        asyncio.run_coroutine_threadsafe(kept, self._loop).result(PATIENCE_S)

    def publish(self, topic: Topic, data: dict[str, Any]) -> None:
        """Have something happen, as soon as somebody listens."""

        async def happen() -> None:
            await eventually(lambda: self._world.events.listeners > 0)
            self._world.events.publish(topic, data)

        asyncio.run_coroutine_threadsafe(happen(), self._loop)

    def __enter__(self) -> Self:
        self.paths.ensure()
        self._thread.start()
        assert self._started.wait(PATIENCE_S)
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End it; harmless when repeated."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._over.set)
            self._thread.join()

    async def _run(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        runtime = self.paths.runtime
        lock, sockets = HomeLock(runtime), listen_on_loopback(FIRST_PORT)
        assert lock.acquire()
        port = sockets[0].getsockname()[1]
        authority = TokenAuthority(new_record())
        token = authority.token_of_this_run(time.time())
        self.token = token.reveal()
        async with world(self._folder) as self._world:
            door = AccessMiddleware(self._world.app, Admission(Door.on_loopback(port), authority))
            server = api_server(door)
            serving = asyncio.create_task(server.serve(sockets=list(sockets)))
            await eventually(lambda: server.started)
            url = f"http://127.0.0.1:{port}"
            found = ServiceFile(url=url, token=token, pid=os.getpid(), version="1.2.3", started_at_s=0)
            write_service_file(runtime, found)
            self._started.set()
            await self._over.wait()
            remove_service_file(runtime)
            self._world.events.close()
            server.should_exit = True
            await serving
        for each in sockets:
            each.close()
        lock.release()
