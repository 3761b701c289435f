"""The library and the folders it lies in: which replays' files are there, and what a folder has that the library does not know.

A disk that is missing makes its replays missing, and nothing is lost: they are back when it is. Owner: the service, on its loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.library.folder_scan import FolderContents, FoundReplay, absent_files, scan_folder
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.ids import new_id
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.vod.replay_notes import Noted, noted_of
from powerstream_desktop.service.vod.vod_service import VODService

LOOK_EVERY_S: Final = 30.0
_AT_ONCE: Final = 100
"""Replays in one job of the store, which others wait for."""

ThingT = TypeVar("ThingT")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a look through the folders has brought.

    Attributes:
        added: ids of replays that the library did not know.
        moved: ids of those that it knew at another place, where they are not any more.
        problems: sentences about what was left out.
    """

    added: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class LibraryFolders:
    """Looks after where files are. ``start`` it, ``aclose`` it.

    Args:
        store: where replays are kept.
        vod: tells who listens, and finishes what is added.
        wall_now: wall time with its zone.
    """

    def __init__(self, store: Store, vod: VODService, wall_now: Callable[[], datetime]) -> None:
        self._store = store
        self._vod = vod
        self._wall_now = wall_now
        self._threads = DaemonThreads()
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look now, and every half minute from then on."""
        self._looking = asyncio.get_running_loop().create_task(self._look_again(), name="library folders")

    async def aclose(self) -> None:
        """Look no more. Harmless to repeat."""
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking

    async def look(self) -> None:
        """Note which files are gone, and which are back.

        Raises:
            StoreFault: the data cannot be read or written.
        """
        files, missing = await self._store.read(
            lambda tables: (tables.asset_files.all(), tables.asset_files.missing())
        )
        loop = asyncio.get_running_loop()
        absent = await loop.run_in_executor(self._threads, absent_files, files)
        for some in _portions(sorted(absent - missing)):
            for asset_id in await self._store.write(partial(_note_missing, asset_ids=some)):
                self._vod.tell("changed", asset_id)
        for some in _portions(sorted(missing - absent)):
            for asset_id in await self._store.write(partial(_note_there, asset_ids=some)):
                self._vod.changed(asset_id)

    async def rebuild(self, folders: Iterable[Path]) -> Rebuilt:
        """Add what the folders have and the library does not know, by what lies beside each file.

        Args:
            folders: those that recordings go to; one that is not there is a problem to be told, and no fault.

        Raises:
            StoreFault: the data cannot be written.
        """
        loop = asyncio.get_running_loop()
        found: list[FoundReplay] = []
        problems: list[str] = []
        for folder in dict.fromkeys(folders):
            try:
                contents: FolderContents = await loop.run_in_executor(self._threads, scan_folder, folder)
            except PowerStreamError as error:
                problems.append(error.title)
                continue
            found += contents.replays
            problems += contents.problems
        await self.look()  # what was moved is missing at its old place first
        known = await self._store.read(lambda tables: tables.asset_files.all())
        found = await loop.run_in_executor(self._threads, once_each, found, known.values())
        added: list[Asset] = []
        moved: list[Asset] = []
        for some in _portions(found):
            came, went = await self._store.write(partial(take_in, found=some, now=self._wall_now()))
            for asset in came:
                self._vod.came(asset)
            for asset in went:
                self._vod.changed(asset.id)
            added += came
            moved += went
        return Rebuilt(
            added=tuple(each.id for each in added),
            moved=tuple(each.id for each in moved),
            problems=tuple(problems),
        )

    async def _look_again(self) -> None:
        while True:
            try:
                await self.look()
            except PowerStreamError as error:
                logger.info("Whether the files of replays are there is not known: %s", error)
            except Exception:
                logger.exception("A look for the files of replays failed")
            await asyncio.sleep(LOOK_EVERY_S)


def once_each(found: Iterable[FoundReplay], known: Iterable[Path]) -> list[FoundReplay]:
    """Return what was found without what is known, or was found before, by another way to the same file. Blocks as the disk does.

    A folder may have several names: a link to it, a drive's letter, other capitals. A file that is in the library twice is lost twice when
    one of the two is removed.
    """
    by_name: dict[str, list[Path]] = {}
    for path in known:
        by_name.setdefault(path.name.casefold(), []).append(path)
    once: list[FoundReplay] = []
    for each in found:
        others = by_name.setdefault(each.file.name.casefold(), [])
        if not any(_is_same_file(each.file, other) for other in others):
            others.append(each.file)
            once.append(each)
    return once


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False  # one of them is not there


def _portions(things: Sequence[ThingT]) -> Iterable[Sequence[ThingT]]:
    return (things[begin : begin + _AT_ONCE] for begin in range(0, len(things), _AT_ONCE))


def _note_missing(tables: Tables, asset_ids: Sequence[str]) -> tuple[str, ...]:
    return tables.asset_files.note_missing(asset_ids)


def _note_there(tables: Tables, asset_ids: Sequence[str]) -> tuple[str, ...]:
    return tables.asset_files.note_there(asset_ids)


def take_in(
    tables: Tables, found: Sequence[FoundReplay], now: datetime
) -> tuple[tuple[Asset, ...], tuple[Asset, ...]]:
    """Add replays that are not known; return those, and the ones that were known at another place. A job of the store."""
    known = {str(path) for path in tables.asset_files.all().values()}
    added: list[Asset] = []
    moved: list[Asset] = []
    for each in found:
        if str(each.file) in known:
            continue
        noted = noted_of(each, new_id(now))
        if tables.asset_bin.holds(noted.asset.id):
            continue
        try:
            before = tables.assets.get(noted.asset.id)
        except UnknownRecordError:
            added.append(_added(tables, noted))
            continue
        if before.status is AssetStatus.MISSING or before.file is None:
            there = replace(before, file=noted.asset.file, status=noted.asset.status)
            moved.append(tables.assets.put(there))
        else:  # a copy of what is there already
            added.append(_added(tables, Noted(asset=replace(noted.asset, id=new_id(now)))))
    return tuple(added), tuple(moved)


def _added(tables: Tables, noted: Noted) -> Asset:
    asset = tables.assets.put(noted.asset)
    for marker in noted.markers:
        if not tables.markers.has(marker.id):
            tables.markers.add(marker)
    return asset
