"""Writes a session down while it runs: looks at its lights when one turns and once a second, and hands the notes to the store.

A store that is slow or refuses costs the broadcast nothing: looks go on, notes wait, and what had to be thrown away is said.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Protocol

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.multistream.chronicle import Chronicle, Notes
from powerstream_desktop.service.store.store import Store

LOOK_EVERY_S: Final = 1.0
MAX_WAITING_CHANGES: Final = 10_000
"""Hours of a destination that comes and goes, while a disk hangs."""
_TRY_AGAIN_S: Final = 5.0

logger = logging.getLogger(__name__)


class LooksAtSession(Protocol):
    """What there is to look at."""

    def snapshot(self) -> BroadcastSnapshot:
        """Return how all lights stand, those that were left out among them."""
        ...

    @property
    def endpoint_ids(self) -> Mapping[str, str]:
        """The endpoint's id by the destination's name."""
        ...


class SessionRecorder:
    """Keeps the timelines of one session. Owner: its run, on the loop.

    Args:
        session_id: of the session, which is in the store already.
        looks: what to look at.
        chronicle: says what is worth keeping.
        store: where it is kept.
        wall_now: wall time.
        on_look: called with each snapshot, on the loop.
    """

    def __init__(
        self,
        session_id: str,
        looks: LooksAtSession,
        chronicle: Chronicle,
        store: Store,
        wall_now: Callable[[], datetime],
        on_look: Callable[[BroadcastSnapshot], None],
    ) -> None:
        self._session_id = session_id
        self._looks = looks
        self._chronicle = chronicle
        self._store = store
        self._wall_now = wall_now
        self._on_look = on_look
        self._notes = Notes()
        self._next_look: asyncio.Handle | None = None
        self._is_closed = False
        self._is_refused = False
        self._has_notes = asyncio.Event()
        self._closing = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look for the first time, and then again and again."""
        self._writing = asyncio.get_running_loop().create_task(self._write_notes())
        self._look()

    def look_soon(self) -> None:
        """Look as soon as the loop is free: a light may have turned. Call on the loop; harmless when closed."""
        if not self._is_closed and self._writing is not None:
            self._plan(0.0)

    async def aclose(self) -> None:
        """Look for the last time, with figures, and wait until all is written, or the store refuses. Harmless to repeat."""
        if self._is_closed or self._writing is None:
            return
        self._is_closed = True
        if self._next_look is not None:
            self._next_look.cancel()
        try:
            lights = self._looks.snapshot().relay.destinations
            self._take(self._chronicle.close(lights, self._looks.endpoint_ids, self._wall_now()))
        except Exception:
            logger.exception("The session cannot be looked at")
        self._closing.set()
        self._has_notes.set()
        await self._writing

    def _plan(self, pause_s: float) -> None:
        """Look after a pause, and not at the moment planned before."""
        if self._next_look is not None:
            self._next_look.cancel()
        loop = asyncio.get_running_loop()
        # A turn is told from within the relay, which must not be asked for its lights there.
        self._next_look = loop.call_later(pause_s, self._look) if pause_s else loop.call_soon(self._look)

    def _look(self) -> None:
        self._plan(LOOK_EVERY_S)
        try:
            snapshot = self._looks.snapshot()
            lights = snapshot.relay.destinations
            self._take(self._chronicle.look(lights, self._looks.endpoint_ids, self._wall_now()))
            self._on_look(snapshot)
        except Exception:
            logger.exception("The session cannot be looked at")

    def _take(self, notes: Notes) -> None:
        if notes:
            self._notes.add(notes)
            self._has_notes.set()
        if len(self._notes.changes) > MAX_WAITING_CHANGES:
            logger.warning("The timelines of the broadcast lose their oldest changes: they cannot be written")
            del self._notes.changes[: MAX_WAITING_CHANGES // 2]

    async def _write_notes(self) -> None:
        while not self._is_closed:
            await self._has_notes.wait()
            if not await self._write():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_TRY_AGAIN_S):
                        await self._closing.wait()
        await self._write()

    async def _write(self) -> bool:
        """Write what there is; if the store refuses, keep it for the next time. Tells whether it was written."""
        notes, self._notes = self._notes, Notes()
        self._has_notes.clear()
        if not notes:
            return True
        try:
            await self._store.note(lambda tables: notes.write(tables, self._session_id))
        except PowerStreamError as error:
            if not self._is_refused:
                logger.warning("The timelines of the broadcast cannot be written: %s", error)
            self._is_refused = True
            notes.add(self._notes)
            self._notes = notes
            self._has_notes.set()
            return False
        self._is_refused = False
        return True
