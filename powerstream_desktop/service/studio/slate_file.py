"""Takes the slate that the engine has left in a file over into the relay."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.rtmp.errors import ProtocolError

logger = logging.getLogger(__name__)

MAX_SLATE_BYTES = 64 * 1024 * 1024
"""Two seconds at the highest bitrate that the engine knows are 15 MB."""


class SlateFile:
    """Reads slates in the background. Owner: the broadcast, on its loop.

    Args:
        use: takes each slate that was read, on the loop.
    """

    def __init__(self, use: Callable[[Slate], None]) -> None:
        self._use = use
        self._reading: set[asyncio.Task[None]] = set()

    def ready(self, path: Path) -> None:
        """A slate lies at ``path``; one that cannot be read is none, and the stream has a still instead."""
        task = asyncio.get_running_loop().create_task(self._read(path), name="slate")
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def aclose(self) -> None:
        """Wait for what is being read."""
        if self._reading:
            await asyncio.wait(self._reading)

    async def _read(self, path: Path) -> None:
        try:
            self._use(Slate.read(await asyncio.to_thread(_bytes_of, path)))
        except (OSError, ProtocolError) as error:
            logger.info("The engine's slate cannot be used: %s", error)


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_SLATE_BYTES)
