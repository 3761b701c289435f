"""The API for other devices of the network: opened and closed by the settings, and by nothing else (S27).

Other computers get their own sockets, with TLS, and their own judge: it lets nobody in without a paired device's token, and
nobody at all to what is done at this computer only. The names that ``Host`` may say follow the network that the computer is in.
What hinders it (a port in use, a damaged certificate) is no reason to end the service, and stands in its state.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.service.access.admission import Admission
from powerstream_desktop.service.access.door import Door, host_and_port
from powerstream_desktop.service.access.loopback import NO_IPV6, bound
from powerstream_desktop.service.access.middleware import AccessMiddleware, Application
from powerstream_desktop.service.access.routes import Reach
from powerstream_desktop.service.access.tokens import TokenAuthority
from powerstream_desktop.service.lan.lan_server import LANServer
from powerstream_desktop.service.lan.own_names import OwnNames, own_names
from powerstream_desktop.service.settings.settings import LANOptions, Settings

EVERYWHERE: Final = ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::"))  # noqa: S104 - opened by the user's choice
LOOK_S: Final = 15.0
"""Between two looks at the own addresses: a laptop that was carried elsewhere is reachable again after that."""

ResultT = TypeVar("ResultT")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LANState:
    """How the network's door stands.

    Attributes:
        is_wanted: the settings say so.
        is_open: devices can come.
        urls: where, for each name and address of this computer.
        fingerprint: SHA-256 of the certificate; empty before there is one.
        trouble: why it is not open although it is wanted, with what to do; empty otherwise.
    """

    is_wanted: bool = False
    is_open: bool = False
    urls: tuple[str, ...] = ()
    fingerprint: str = ""
    trouble: str = ""


class LANAccess:
    """Owned by one asyncio loop; all methods are called on it.

    Args:
        authority: knows the tokens.
        folder: of the certificate.
        where: families and addresses to listen at.
        names: tells what this computer is called; called on a thread.
        clock: monotonic seconds.
        wall_clock: Unix seconds.
    """

    def __init__(
        self,
        authority: TokenAuthority,
        folder: Path,
        *,
        where: tuple[tuple[socket.AddressFamily, str], ...] = EVERYWHERE,
        names: Callable[[], OwnNames] = own_names,
        clock: Clock = time.monotonic,
        wall_clock: Clock = time.time,
    ) -> None:
        self._app: Application | None = None
        self._authority = authority
        self._folder = folder
        self._where = where
        self._names = names
        self._clock = clock
        self._wall_clock = wall_clock
        self._threads = DaemonThreads()
        self._turn = asyncio.Lock()
        self._wish = LANOptions()
        self._open: _Open | None = None
        self._state = LANState()

    @property
    def state(self) -> LANState:
        """How it stands."""
        return self._state

    async def start(self, app: Application, settings: Settings) -> None:
        """Begin to do as the settings say; raises nothing.

        Args:
            app: the API, which has begun.
            settings: as they are.
        """
        self._app = app
        await self.follow(settings)

    async def follow(self, settings: Settings) -> None:
        """Do as the settings say: open, close, or move to another port; raises nothing. Before ``start``, nothing is done."""
        async with self._turn:
            if self._app is None:
                return
            if settings.lan == self._wish and not self._state.trouble:
                return
            self._wish = settings.lan
            await self._close()
            self._state = LANState(is_wanted=self._wish.api, fingerprint=self._state.fingerprint)
            if self._wish.api:
                await self._try_to_open(self._app, self._wish.port)

    async def look(self) -> None:
        """See what this computer is called now, and go by that; raises as ``own_names``."""
        if self._open is not None:
            names = await self._ask(self._names)
            if self._open is not None:
                self._go_by(self._open, names)

    async def aclose(self) -> None:
        """Answer what is being asked, for two seconds at most, and close."""
        async with self._turn:
            await self._close()
            self._state = LANState(fingerprint=self._state.fingerprint)

    async def _try_to_open(self, app: Application, port: int) -> None:
        # What nobody wants is not loaded.
        from powerstream_desktop.service.lan.certificate import certificate_of

        try:
            names = await self._ask(self._names)
            certificate = await self._ask(lambda: certificate_of(self._folder, names, self._wall_clock()))
            context = await self._ask(certificate.context)
            sockets = _listen(self._where, port)
        except PowerStreamError as error:
            logger.info("the network's door stays shut: %s (%s)", error.title, error.detail)
            self._state = LANState(is_wanted=True, fingerprint=self._state.fingerprint, trouble=str(error))
            return
        admission = Admission(Door.on_network((), port), self._authority, reach=Reach.NETWORK)
        guarded = AccessMiddleware(app, admission, clock=self._clock, wall_clock=self._wall_clock)
        opened = _Open(LANServer(guarded, context), admission, sockets)
        self._state = LANState(is_wanted=True, is_open=True, fingerprint=certificate.fingerprint)
        self._go_by(opened, names)
        await opened.start(self._watch_names)
        self._open = opened
        logger.info("Devices of the network can reach the service at port %d.", port)

    async def _close(self) -> None:
        opened, self._open = self._open, None
        if opened is not None:
            await opened.aclose()
            logger.info("Devices of the network cannot reach the service any more.")

    def _go_by(self, opened: _Open, names: OwnNames) -> None:
        opened.admission.stand_at(Door.on_network(names.all, opened.port))
        urls = tuple(f"https://{host_and_port(name, opened.port)}" for name in names.all)
        self._state = LANState(is_wanted=True, is_open=True, urls=urls, fingerprint=self._state.fingerprint)

    async def _watch_names(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                await self.look()
            except PowerStreamError as error:
                logger.info(
                    "the names of this computer stay as they were: %s (%s)", error.title, error.detail
                )

    async def _ask(self, call: Callable[[], ResultT]) -> ResultT:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)


class _Open:
    """The door while it is open."""

    def __init__(self, server: LANServer, admission: Admission, sockets: list[socket.socket]) -> None:
        self.server = server
        self.admission = admission
        self.port: int = sockets[0].getsockname()[1]
        self._sockets = sockets
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, watch: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._tasks = [
            asyncio.create_task(self.server.serve(sockets=self._sockets), name="lan-server"),
            asyncio.create_task(watch(), name="lan-names"),
        ]
        await asyncio.sleep(0)

    async def aclose(self) -> None:
        serving, watching = self._tasks
        watching.cancel()
        self.server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        await serving
        for each in self._sockets:
            each.close()


def _listen(where: tuple[tuple[socket.AddressFamily, str], ...], port: int) -> list[socket.socket]:
    """Return sockets that listen at one port of each address.

    Raises:
        SystemFault: somebody else has it.
    """
    sockets: list[socket.socket] = []
    for family, host in where:
        try:
            sockets.append(bound(family, host, port))
        except OSError as error:
            if family is socket.AF_INET6 and error.errno in NO_IPV6:
                continue
            for each in sockets:
                each.close()
            raise SystemFault(
                f"Port {port} cannot be opened for your network: {error.strerror}.",
                hint="Choose another port for it in the settings.",
                detail=repr(error),
            ) from error
    return sockets
