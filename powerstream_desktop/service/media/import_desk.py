"""The import desk: takes films into the library that were made elsewhere.

A film stays where it lies: it may be large, on a disk of its own, and another program's project may need it there. Only one that lies
where it is soon cleared away is copied to the recordings. Each is looked into by a media process first; what is refused says why.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.common.text import printable_text
from powerstream_desktop.common.thread_work import to_its_end
from powerstream_desktop.library.facts import MediaFacts
from powerstream_desktop.library.folder_scan import FoundReplay
from powerstream_desktop.service.media.film_copy import copy_film, remove_copy, sha256_of
from powerstream_desktop.service.media.found_files import (
    NotImportedError,
    already_there,
    check_film,
    find_files,
    lies_in_passing,
    unreadable,
)
from powerstream_desktop.service.media.kept_film import found_replay, keep_film, sidecar_beside
from powerstream_desktop.service.media.media_desk import MediaWorkshop
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.ids import new_id
from powerstream_desktop.service.store.store import Store

logger = logging.getLogger(__name__)

MOST_REFUSALS: Final = 50
"""So many are told one by one."""
MOST_WAITING: Final = 20
_TELL_EVERY_S: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A file that was not taken.

    Attributes:
        code: why, for scripts.
        message: the same as a sentence or two.
    """

    file: str
    code: str
    message: str


@dataclass(slots=True, kw_only=True)
class _Import:
    """One import, and how far it is."""

    id: str
    files: Sequence[Path]
    station_id: str | None
    done: int = 0
    taken: int = 0
    refused: list[Refusal] = field(default_factory=list)
    next_told_s: float = 0.0

    def words(self, file: str, state: str) -> Mapping[str, Any]:
        """Return what everybody is told: which file it is at, and whether it is ``running`` or ``done``."""
        return {
            "change": "import",
            "importId": self.id,
            "done": self.done,
            "total": len(self.files),
            "file": file,
            "state": state,
            "taken": self.taken,
            "refused": [
                {"file": each.file, "code": each.code, "message": each.message} for each in self.refused
            ],
        }


class ImportDesk:
    """Takes films in, one import after the other. Belongs to the loop of its store; ``start`` it, ``aclose`` it.

    Args:
        store: started.
        workshop: looks into files.
        came: tells everybody of a replay that the library did not know.
        changed: tells everybody of one that it had missed, and which is back.
        recordings: where films go that are copied.
        tell: tells everybody how far an import is.
        wall_now: wall time with its zone.
        clock: monotonic seconds.
        is_passing: whether a file lies where it will be cleared away.
    """

    def __init__(
        self,
        store: Store,
        workshop: MediaWorkshop,
        *,
        came: Callable[[Asset], None],
        changed: Callable[[str], None],
        recordings: Callable[[], Path],
        tell: Callable[[Mapping[str, Any]], None],
        wall_now: Callable[[], datetime],
        clock: Clock = monotonic,
        is_passing: Callable[[Path], bool] = lies_in_passing,
    ) -> None:
        self._store = store
        self._workshop = workshop
        self._came = came
        self._changed = changed
        self._recordings = recordings
        self._tell = tell
        self._wall_now = wall_now
        self._clock = clock
        self._is_passing = is_passing
        self._waiting: asyncio.Queue[_Import] = asyncio.Queue(MOST_WAITING)
        self._is_busy = False
        self._is_closing = False  # also read by the thread that copies
        self._task: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """An import runs or waits."""
        return self._is_busy or not self._waiting.empty()

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run(), name="import desk")

    async def aclose(self) -> None:
        """End an import between two steps, or in the middle of a copy, and wait for that; harmless when repeated.

        What was taken in stays.
        """
        self._is_closing = True
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def begin(self, paths: Sequence[Path], station_id: str | None) -> tuple[str, int]:
        """Take in files, and the films in folders; returns as soon as it is known how many these are.

        Args:
            paths: whole paths.
            station_id: of the station that they will belong to, if any.

        Returns:
            The import's id and the number of files.

        Raises:
            UnknownRecordError: there is no such station.
            SystemFault: too many imports wait.
        """
        if station_id is not None:
            await self._store.read(lambda tables: tables.stations.get(station_id))
        files = await asyncio.to_thread(find_files, paths)
        wanted = _Import(id=new_id(self._wall_now()), files=files, station_id=station_id)
        try:
            self._waiting.put_nowait(wanted)
        except asyncio.QueueFull:
            raise SystemFault(
                "Too many imports wait.", hint="Wait until some of them are finished."
            ) from None
        return wanted.id, len(files)

    async def _run(self) -> None:
        while True:
            running = await self._waiting.get()
            self._is_busy = True
            try:
                await self._import(running)
            finally:
                self._is_busy = False

    async def _import(self, running: _Import) -> None:
        for file in running.files:
            name = printable_text(file.name)
            self._tell_progress(running, name)
            try:
                await self._take(file, running.station_id)
            except PowerStreamError as error:
                if len(running.refused) < MOST_REFUSALS:
                    running.refused.append(_refusal(name, error))
            except Exception:
                logger.exception("A file could not be imported")
                if len(running.refused) < MOST_REFUSALS:
                    running.refused.append(Refusal(file=name, code="internal-error", message=_OWN_FAULT))
            else:
                running.taken += 1
            running.done += 1
        self._tell(running.words("", "done"))

    def _tell_progress(self, running: _Import, name: str) -> None:
        now = self._clock()
        if now >= running.next_told_s:
            running.next_told_s = now + _TELL_EVERY_S
            self._tell(running.words(name, "running"))

    async def _take(self, file: Path, station_id: str | None) -> None:
        """Take one file in.

        Raises:
            PowerStreamError: it is not taken; says why.
        """
        file = await asyncio.to_thread(file.resolve)
        version = await asyncio.to_thread(check_film, file)
        await self._refuse_known(file, version[0])
        facts = await self._workshop.probe(file)
        if await asyncio.to_thread(check_film, file) != version:
            raise NotImportedError(
                "being-written", f"{file.name} is being written.", hint="Import it when it is finished."
            )
        await self._refuse_duplicate(file, version[0])
        beside = await asyncio.to_thread(sidecar_beside, file)
        kept = file
        if await asyncio.to_thread(self._is_passing, file):
            kept = await to_its_end(copy_film, file, self._recordings(), lambda: not self._is_closing)
        try:
            await self._keep(found_replay(kept, beside, facts, version, self._wall_now()), facts, station_id)
        except PowerStreamError:
            if kept != file:
                await asyncio.to_thread(remove_copy, kept)
            raise

    async def _keep(self, found: FoundReplay, facts: MediaFacts, station_id: str | None) -> None:
        now = self._wall_now()
        job = partial(keep_film, found=found, facts=facts, station_id=station_id, now=now)
        asset, was_known = await self._store.write(job)
        if was_known:
            self._changed(asset.id)
        else:
            self._came(asset)

    async def _refuse_known(self, file: Path, size_bytes: int) -> None:
        for path, _ in await self._of_size(size_bytes):
            if path == file:
                raise already_there(file)

    async def _refuse_duplicate(self, file: Path, size_bytes: int) -> None:
        """Compare a file with those of the same length: only then is it read, for it may be large."""
        own = ""
        for path, sha256 in await self._of_size(size_bytes):
            try:
                own = own or await asyncio.to_thread(sha256_of, file)
            except OSError:
                raise unreadable(file) from None
            with contextlib.suppress(OSError):  # one that is not there cannot be compared
                if own == (sha256 or await asyncio.to_thread(sha256_of, path)):
                    raise already_there(file)

    async def _of_size(self, size_bytes: int) -> tuple[tuple[Path, str | None], ...]:
        return await self._store.read(lambda tables: tables.asset_files.of_size(size_bytes))


_OWN_FAULT: Final = "PowerStream made a mistake; the log has the details."


def _refusal(name: str, error: PowerStreamError) -> Refusal:
    code = error.code if isinstance(error, NotImportedError) else "not-possible"
    return Refusal(file=name, code=code, message=str(error))
