"""Reads the destinations file again while a broadcast runs, when the user asks for it with SIGUSR1.

Not with SIGHUP, as daemons do: these commands run in terminals, and the SIGHUP of one that vanishes has to end the broadcast
properly, or it would go on with nobody there to end it. Windows has neither; there the API will do it.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeAlias

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.relay.destination.endpoint_changes import EndpointChanges

logger = logging.getLogger(__name__)

ReadEndpoints: TypeAlias = Callable[[], tuple[RTMPEndpoint, ...]]


class Serving(Protocol):
    """What serves destinations: a broadcast, or a relay alone."""

    async def serve(self, endpoints: Sequence[RTMPEndpoint], /) -> EndpointChanges:
        """Serve these and no others from now on; return what was done."""


class Reload:
    """Applies what the file says now to what runs. Owner: the command, on the broadcast's loop.

    Args:
        serving: whose destinations are changed.
        read: reads the file; called on another thread, for a disk may hang.
        tell: takes the news.
    """

    def __init__(self, serving: Serving, read: ReadEndpoints, tell: Callable[[Finding], None]) -> None:
        self._serving = serving
        self._read = read
        self._tell = tell
        self._wanted = False
        self._task: asyncio.Task[None] | None = None

    def request(self) -> None:
        """Read the file again; after the reading that goes on, if one does."""
        self._wanted = True
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run(), name="reload")
            self._task.add_done_callback(self._over)

    async def aclose(self) -> None:
        """Let go of a reading that goes on."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _run(self) -> None:
        while self._wanted:
            self._wanted = False
            self._tell(await self._reload())

    async def _reload(self) -> Finding:
        """Bring the destinations up to date; a file with a mistake changes nothing."""
        try:
            changes = await self._serving.serve(await asyncio.to_thread(self._read))
        except UserError as error:
            return Finding(
                severity=Severity.ERROR,
                code="destinations-not-reloaded",
                sentence=f"The destinations stay as they are: {error.title}",
                remedy=error.hint,
            )
        return Finding(
            severity=Severity.NOTE,
            code="destinations-reloaded",
            sentence=f"Destinations read again: {changes}.",
            remedy="",
        )

    def _over(self, task: asyncio.Task[None]) -> None:
        self._task = None
        if not task.cancelled() and (error := task.exception()):
            logger.error("The destinations could not be read again", exc_info=error)


@contextmanager
def reloaded_by_signal(reload: Reload) -> Iterator[None]:
    """Let SIGUSR1 request a reload for as long as the context lasts, and nothing from then on; nothing without that signal.

    It stays without effect, because what it does by default is to kill, and the program may still be printing its summary.
    """
    number = getattr(signal, "SIGUSR1", None)
    if number is None:
        yield
        return
    loop = asyncio.get_running_loop()
    signal.signal(number, lambda *_: loop.call_soon_threadsafe(reload.request))
    try:
        yield
    finally:
        signal.signal(number, signal.SIG_IGN)
