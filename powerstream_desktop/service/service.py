"""The life of a service: the home's lock first, ``service.json`` last, and in between all that ``composition`` puts together.

What is opened is closed in reverse. Loading the parts takes longer than starting them. So when a broadcast broke off a moment ago, an
engine is started before they are loaded: both take a second, and viewers wait (F37).
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Final

from powerstream_desktop import __version__
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError, UserError
from powerstream_desktop.common.home_lock import HomeLock
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.service_file import (
    ServiceFile,
    find_service,
    remove_service_file,
    write_service_file,
)
from powerstream_desktop.engine.control.reports import EngineReport
from powerstream_desktop.engine.life_cycle import EngineState
from powerstream_desktop.service.housekeeping import Chores, Housekeeping
from powerstream_desktop.service.idle import IdleWatch, Need
from powerstream_desktop.service.keeper.keeper_line import KeeperLine
from powerstream_desktop.service.multistream.going_on_file import needs_our_engine
from powerstream_desktop.service.reconnect import reconnect
from powerstream_desktop.service.settings.engine_settings import engine_config_of
from powerstream_desktop.service.settings.settings_desk import SettingsDesk
from powerstream_desktop.service.settings.settings_file import SettingsFile
from powerstream_desktop.service.stay_awake.wakefulness import Wakefulness, system_hold
from powerstream_desktop.service.studio.studio_engine import StudioEngine
from powerstream_desktop.service.suspend import SuspendWatch, boot_clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from powerstream_desktop.service.composition.base import Base
    from powerstream_desktop.service.composition.composition import Composed

_AFTER_A_SLEEP: Final = "Whatever was live is connected again now."

logger = logging.getLogger(__name__)


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
        self._composed: Composed | None = None  # from when all parts are there

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
        try:
            if self._composed is not None:
                await self._composed.multistream.aclose()  # while the API still tells how that goes
        finally:
            await self._parts.aclose()

    async def _open(self) -> None:
        self._take_home()
        desk = SettingsDesk(SettingsFile(self._paths.config, time.time))
        studio = StudioEngine(lambda: engine_config_of(desk.settings), self._clock, self._engine_said)
        self._parts.push_async_callback(studio.aclose)
        if needs_our_engine(self._paths.data):
            warming = asyncio.create_task(_warm_up(studio), name="warm-up")
            self._parts.push_async_callback(_end, warming)
        compose, base = await asyncio.to_thread(_load_composition)
        composed = await compose(
            base(
                paths=self._paths,
                line=self._line,
                settings=desk,
                studio=studio,
                first_port=self._first_port,
                clock=self._clock,
                parts=self._parts,
            )
        )
        self._composed = composed
        self._keep_house(composed, studio)
        await self._announce(composed)

    def _engine_said(self, report: EngineReport) -> None:
        """Have those who listen told what is different now, if the parts are there."""
        if self._composed is not None:
            self._composed.events.engine_said(report)

    def _keep_house(self, composed: Composed, studio: StudioEngine) -> None:
        """Begin to see to what has to be seen to once a second."""
        server, multistream = composed.server, composed.multistream

        def need() -> Need:
            return Need(
                is_live=multistream.running is not None,
                is_studio_up=studio.snapshot.state is not EngineState.STOPPED,
                is_uploading=composed.is_importing() or multistream.is_saving or composed.is_uploading(),
                is_cutting=composed.is_cutting(),
                open_requests=server.open_requests,
                last_request_s=server.last_request_s,
            )

        async def wake_up(slept_s: float) -> None:
            composed.events.say("slept", f"The computer slept for {slept_s:.0f} s.", _AFTER_A_SLEEP)
            running = multistream.running
            await reconnect(running.endpoint_ids.values() if running is not None else (), multistream.retry)

        housekeeping = Housekeeping(
            Chores(
                need=need,
                end=self.request_end,
                wake_up=wake_up,
                back_up=composed.store.back_up_if_due,
            ),
            idle=self._idle,
            suspend=SuspendWatch(asleep=boot_clock()),
            wakefulness=Wakefulness(system_hold),
            clock=self._clock,
        )
        housekeeping.start()
        self._parts.push_async_callback(housekeeping.aclose)

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

    async def _announce(self, composed: Composed) -> None:
        """Tell everybody who may know where we are, and what opens us."""
        now, server = time.time(), composed.server
        file = ServiceFile(
            url=server.url,
            token=composed.authority.token_of_this_run(now),
            pid=os.getpid(),
            version=__version__,
            started_at_s=int(now),
        )
        self._parts.callback(remove_service_file, self._paths.runtime)
        # On a thread: a broadcast that was taken up again is live already, and must not wait for the disk.
        await asyncio.to_thread(write_service_file, self._paths.runtime, file)
        self._line.ready(server.url, __version__)
        logger.info("The service can be reached at %s.", server.url)


def _load_composition() -> tuple[Callable[[Base], Awaitable[Composed]], type[Base]]:
    """Load what a service is made of; on a thread, so that an engine can be started meanwhile."""
    from powerstream_desktop.service.composition.base import Base
    from powerstream_desktop.service.composition.composition import compose

    return compose, Base


async def _warm_up(studio: StudioEngine) -> None:
    """Have an engine ready for the broadcast that will be taken up."""
    try:
        await studio.be_ready()
    except PowerStreamError as error:
        logger.info("The engine is not ready: %s", error)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
