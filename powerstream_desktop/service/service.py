"""The service of one home: all its parts, put together and taken apart again. The one place where they are wired (DESIGN 2).

What is opened is closed in reverse. The order of opening: the home's lock, so that nobody else is at work; the sockets, so that who
comes early waits instead of being refused; the data and the keys; the studio's engine and the broadcasts, of which one that a
predecessor was in the middle of goes on now; then the API, whose library takes its time to load; and ``service.json`` last, so that
who finds it finds everything.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from powerstream_desktop import __version__
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError, UserError
from powerstream_desktop.common.home_lock import HomeLock
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.service_file import (
    ServiceFile,
    find_service,
    remove_service_file,
    write_service_file,
)
from powerstream_desktop.engine.life_cycle import EngineState
from powerstream_desktop.platforms.catalogue import Catalogue, load_catalogue
from powerstream_desktop.service.access import record_file
from powerstream_desktop.service.access.access_desk import AccessDesk
from powerstream_desktop.service.access.loopback import listen_on_loopback
from powerstream_desktop.service.access.token_record import read_key
from powerstream_desktop.service.access.tokens import TokenAuthority
from powerstream_desktop.service.api_server import APIServer
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.events.event_hub import EventHub
from powerstream_desktop.service.housekeeping import Chores, Housekeeping
from powerstream_desktop.service.idle import IdleWatch, Need
from powerstream_desktop.service.keeper.keeper_line import KeeperLine
from powerstream_desktop.service.lan.lan_access import LANAccess
from powerstream_desktop.service.multistream.broadcast_settings import broadcast_settings_of
from powerstream_desktop.service.multistream.multistream_service import MultistreamService
from powerstream_desktop.service.multistream.session_tools import SessionTools
from powerstream_desktop.service.secret_store.places import Places
from powerstream_desktop.service.secret_store.secret_desk import SecretDesk
from powerstream_desktop.service.secret_store.system_keyring import system_keyring
from powerstream_desktop.service.settings.engine_settings import engine_config_of
from powerstream_desktop.service.settings.settings import Settings
from powerstream_desktop.service.settings.settings_desk import SettingsDesk
from powerstream_desktop.service.settings.settings_file import SettingsFile
from powerstream_desktop.service.stay_awake.wakefulness import Wakefulness, system_hold
from powerstream_desktop.service.store.sessions import SessionSource
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.studio.studio_engine import StudioEngine
from powerstream_desktop.service.suspend import SuspendWatch, boot_clock

if TYPE_CHECKING:
    from fastapi import FastAPI

    from powerstream_desktop.service.api.parts import APIParts

logger = logging.getLogger(__name__)

_PICTURES: Final = "pictures"
"""Folder of the pictures of stations and replays, among the data."""

# What is handed down from service to service.
_PORT: Final = "port"
_RUN_KEY: Final = "run-key"
_SECRETS: Final = "secrets"


class Service:
    """One service, from its start to its end; not to be used twice. Belongs to one asyncio loop; all methods are called on it.

    Args:
        paths: of the home.
        line: to the keeper.
        first_port: where to listen; the next free one is taken if it is in use. ``None`` for that of the settings.
        is_headless: go on also while nobody needs it.
        clock: the loop's time.
    """

    def __init__(
        self, paths: Paths, line: KeeperLine, *, first_port: int | None, is_headless: bool, clock: Clock
    ) -> None:
        self._paths = paths
        self._line = line
        self._first_port = first_port
        self._clock = clock
        self._idle = IdleWatch(is_headless=is_headless, now=clock())
        self._parts = AsyncExitStack()
        self._over = asyncio.Event()

    async def start(self) -> None:
        """Open everything, and return once the service can be reached.

        Raises:
            UserError: a service of this home runs already.
            SystemFault: the disk, the network or the data do not allow it.
        """
        try:
            await self._open()
        except BaseException:
            await self._parts.aclose()
            raise

    async def wait(self) -> None:
        """Wait until somebody asks for the end, or nobody needs the service any more."""
        await self._over.wait()

    def request_end(self) -> None:
        """Let ``wait`` return; harmless when repeated."""
        self._over.set()

    def keeper_gone(self) -> None:
        """Go on alone, for as long as somebody needs us."""
        logger.info("The keeper is gone; the service ends when nobody needs it.")
        self._idle.keeper_gone()

    async def aclose(self) -> None:
        """End a broadcast that runs, with its goodbyes and its recording, then close everything and wait for that."""
        await self._parts.aclose()

    async def _open(self) -> None:
        self._take_home()
        desk = SettingsDesk(SettingsFile(self._paths.config, time.time))
        authority = self._authority()
        server = self._listen(desk.settings, authority)
        work = await self._open_work(desk)
        await work.multistream.resume()
        await self._open_api(work, desk, authority, server)
        self._keep_house(work, server)
        self._announce(server, authority)

    async def _open_work(self, desk: SettingsDesk) -> _Work:
        """Open all that works without the API."""
        paths, clock, parts = self._paths, self._clock, self._parts
        store = Store(paths.data)
        await store.start()
        parts.push_async_callback(store.aclose)
        secrets = self._secret_desk()
        await secrets.open(desk.settings.secrets.place.place)
        parts.push_async_callback(secrets.aclose)
        catalogue = load_catalogue(paths)
        studio = StudioEngine(lambda: engine_config_of(desk.settings), clock)
        parts.push_async_callback(studio.aclose)

        def open_broadcast(
            plan: BroadcastPlan, source: SessionSource, on_turn: Callable[[], None]
        ) -> Broadcast:
            return Broadcast(plan, clock, on_turn, studio if source is SessionSource.STUDIO else None)

        multistream = MultistreamService(
            SessionTools(
                store=store,
                secrets=secrets,
                catalogue=catalogue,
                paths=paths,
                settings=lambda: broadcast_settings_of(desk.settings, paths),
                engine_config=lambda: engine_config_of(desk.settings),
                open_broadcast=open_broadcast,
                clock=clock,
                wall_now=_wall_now,
            )
        )
        parts.push_async_callback(multistream.aclose)
        return _Work(
            store=store, secrets=secrets, catalogue=catalogue, studio=studio, multistream=multistream
        )

    async def _open_api(
        self, work: _Work, desk: SettingsDesk, authority: TokenAuthority, server: APIServer
    ) -> None:
        """Load the API and serve it; a broadcast that goes on does not wait for that."""
        make_api, api_parts = await asyncio.to_thread(_load_api)
        hub = EventHub(dict)
        app = make_api(
            api_parts(
                store=work.store,
                multistream=work.multistream,
                studio=work.studio,
                events=hub,
                secrets=work.secrets,
                catalogue=work.catalogue,
                wall_now=_wall_now,
                version=__version__,
                access=AccessDesk(authority, self._paths.data / record_file.FILE_NAME, clock=self._clock),
                pictures=self._paths.data / _PICTURES,
                hls_folder=work.multistream.hls_folder,
            )
        )
        self._parts.push_async_callback(server.aclose)
        await server.start(app)
        lan = LANAccess(server.counted, authority, self._paths.data, clock=self._clock)
        self._parts.push_async_callback(lan.aclose)
        desk.follow(lan.follow)
        await lan.follow(desk.settings)
        self._parts.callback(hub.close)  # first: event streams end with it, and are not waited for

    def _keep_house(self, work: _Work, server: APIServer) -> None:
        """Begin to see to what has to be seen to once a second."""

        def need() -> Need:
            return Need(
                is_live=work.multistream.running is not None,
                is_studio_up=work.studio.snapshot.state is not EngineState.STOPPED,
                open_requests=server.open_requests,
                last_request_s=server.last_request_s,
            )

        housekeeping = Housekeeping(
            Chores(
                need=need,
                end=self.request_end,
                wake_up=lambda _: _reconnect(work.multistream),
                back_up=work.store.back_up_if_due,
            ),
            idle=self._idle,
            suspend=SuspendWatch(asleep=boot_clock()),
            wakefulness=Wakefulness(system_hold),
            clock=self._clock,
        )
        housekeeping.start()
        self._parts.push_async_callback(housekeeping.aclose)

    def _listen(self, settings: Settings, authority: TokenAuthority) -> APIServer:
        """Take the port: that of the predecessor, whom windows know, or what was asked for; else the next free one."""
        kept = self._line.kept.get(_PORT)
        first_port = self._first_port if self._first_port is not None else settings.api.port
        sockets = listen_on_loopback(int(kept) if kept is not None else first_port)
        server = APIServer(sockets, authority, self._clock)
        self._parts.callback(server.close_sockets)
        self._line.keep(_PORT, str(server.port))
        return server

    def _take_home(self) -> None:
        """Make sure that nobody else serves this home, and that nobody believes what a predecessor left."""
        lock = HomeLock(self._paths.runtime)
        if not lock.acquire():
            running = find_service(self._paths.runtime)
            where = f" at {running.url}" if running is not None else ""
            raise UserError(
                f"PowerStream runs already{where}.",
                hint="Use that one, or end it first; POWERSTREAM_HOME makes room for another.",
            )
        self._parts.callback(lock.release)
        remove_service_file(self._paths.runtime)

    def _authority(self) -> TokenAuthority:
        kept = self._line.kept.get(_RUN_KEY)
        record = record_file.load_record(self._paths.data / record_file.FILE_NAME)
        authority = TokenAuthority(record, read_key(Secret(kept) if kept is not None else None))
        self._line.keep(_RUN_KEY, authority.run_key.as_secret().reveal())
        return authority

    def _secret_desk(self) -> SecretDesk:
        kept = self._line.kept.get(_SECRETS)
        return SecretDesk(
            Places(system_keyring(), self._paths.data),
            handed_down=Secret(kept) if kept is not None else None,
            on_handover=lambda left: self._line.keep(_SECRETS, left.reveal()),
        )

    def _announce(self, server: APIServer, authority: TokenAuthority) -> None:
        now = time.time()
        file = ServiceFile(
            url=server.url,
            token=authority.token_of_this_run(now),
            pid=os.getpid(),
            version=__version__,
            started_at_s=int(now),
        )
        write_service_file(self._paths.runtime, file)
        self._parts.callback(remove_service_file, self._paths.runtime)
        self._line.ready(server.url, __version__)
        logger.info("The service can be reached at %s.", server.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What works without the API."""

    store: Store
    secrets: SecretDesk
    catalogue: Catalogue
    studio: StudioEngine
    multistream: MultistreamService


def _load_api() -> tuple[Callable[[APIParts], FastAPI], type[APIParts]]:
    """Load the API's library, which takes most of a second; on a thread, so that a broadcast goes on meanwhile."""
    from powerstream_desktop.service.api.app import create_api
    from powerstream_desktop.service.api.parts import APIParts

    return create_api, APIParts


async def _reconnect(multistream: MultistreamService) -> None:
    """Have every destination try again at once: behind a sleep, connections are dead and nothing says so."""
    running = multistream.running
    for endpoint_id in running.endpoint_ids.values() if running is not None else ():
        try:
            await multistream.retry(endpoint_id)
        except PowerStreamError as error:
            logger.info("A destination is not told to try again: %s", error)


def _wall_now() -> datetime:
    return datetime.now(tz=UTC)
