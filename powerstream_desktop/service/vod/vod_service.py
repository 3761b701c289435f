"""The library's service: the one place in which a recording becomes a replay, however its broadcast ended.

What is known of a replay is written beside its file at once, and again whenever it changes; its hash is counted when nothing else is
going on. Neither keeps anybody waiting: what could not be done is done at the next start. Owner: the service, on its loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.library.sidecar import Sidecar, write_sidecar
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.ids import new_id
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.sessions import Session
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.vod.quiet_hash import quiet_hash
from powerstream_desktop.service.vod.replay_notes import Noted, chapters_of, markers_within, sidecar_of
from powerstream_desktop.service.vod.replays import (
    RecordedPiece,
    keep_replays,
    markers_by_replay,
    replays_of,
)

_WITH_FILE: Final = frozenset({AssetStatus.READY, AssetStatus.RECOVERED})
_MAX_UNHASHED: Final = 200
"""Of what an earlier run did not come to; the rest is another start's."""
_CHAPTERED: Final = ".mp4"
CLOSE_TIMEOUT_S: Final = 10.0

ResultT = TypeVar("ResultT")
OnChange = Callable[[str, str], None]
"""Called with what happened (``added``, ``changed``, ``removed``) and the replay's id."""

logger = logging.getLogger(__name__)


class VODService:
    """Keeps replays. ``start`` it, ``aclose`` it.

    Args:
        store: where they are kept.
        wall_now: wall time with its zone.
    """

    def __init__(self, store: Store, wall_now: Callable[[], datetime]) -> None:
        self._store = store
        self._wall_now = wall_now
        self._listeners: list[OnChange] = []
        self._is_live: Callable[[], bool] = lambda: False
        # In the order in which they came; all on the loop.
        self._to_note: dict[str, None] = {}
        self._to_hash: dict[str, None] = {}
        self._has_notes = asyncio.Event()
        self._has_files = asyncio.Event()
        self._is_closed = False
        self._tasks: tuple[asyncio.Task[None], ...] = ()
        self._threads = DaemonThreads()

    def listen(self, on_change: OnChange) -> None:
        """Have ``on_change`` called on the loop whenever a replay came, became another one, or went."""
        self._listeners.append(on_change)

    async def start(self, is_live: Callable[[], bool]) -> None:
        """Begin to write down and to count, with what an earlier run did not come to.

        Args:
            is_live: asked on the loop: something is on air, so files are left alone.

        Raises:
            BugError: it was started before.
            StoreFault: the data cannot be read.
        """
        if self._tasks:
            raise BugError("The library's service was started twice.")
        self._is_live = is_live
        for asset_id in await self._store.read(lambda tables: tables.asset_files.unhashed(_MAX_UNHASHED)):
            self._to_hash[asset_id] = None
        self._has_files.set()
        loop = asyncio.get_running_loop()
        self._tasks = (
            loop.create_task(self._note_all(), name="sidecars"),
            loop.create_task(self._hash_all(), name="hashes"),
        )

    async def aclose(self, timeout_s: float = CLOSE_TIMEOUT_S) -> None:
        """Write down what is still to be written; counting is given up. Harmless to repeat.

        Args:
            timeout_s: how long a disk that hangs may keep us.
        """
        if not self._tasks or self._is_closed:
            return
        self._is_closed = True
        self._has_notes.set()
        noting, hashing = self._tasks
        hashing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await hashing
        _, late = await asyncio.wait({noting}, timeout=timeout_s)
        if late:
            logger.warning("What is known of %d replays is not written beside them", len(self._to_note) + 1)
            noting.cancel()
            await asyncio.wait(late)

    async def keep(
        self, session: Session, pieces: Sequence[RecordedPiece], also: Callable[[Tables], ResultT]
    ) -> tuple[tuple[Asset, ...], ResultT]:
        """Make replays of what a session has recorded, with the markers of its time as their chapters; repeating it adds nothing.

        Args:
            session: it may have ended in any way.
            pieces: the files, in any order; nobody writes to them any more.
            also: a job of the store that belongs to it: all of it is kept, or nothing.

        Raises:
            StoreFault: the data cannot be written.
        """
        replays = await self._chaptered(session, pieces)

        def keep(tables: Tables) -> tuple[tuple[Asset, ...], ResultT]:
            # Who died between this job and its own note that it was done asks again.
            known = {each.file for each in tables.assets.of_session(session.id)}
            kept = keep_replays(tables, session, [each for each in replays if each.file not in known])
            return kept, also(tables)

        kept, result = await self._store.write(keep)
        for asset in kept:
            self.came(asset)
        return kept, result

    async def add(self, asset: Asset) -> Asset:
        """Add a replay that was not recorded just now: a clip, or a file from elsewhere.

        Raises:
            ConflictError: the one of this id lies in the bin.
            UserError: its id or its date cannot be one.
            StoreFault: the data cannot be written.
        """
        added = await self._store.write(lambda tables: tables.assets.put(asset))
        self.came(added)
        return added

    async def made_whole(self, asset: Asset, piece: RecordedPiece) -> None:
        """Say that the file of a replay whose recording had failed is whole now, under the name that it has got.

        Raises:
            UnknownRecordError: it was removed meanwhile.
            StoreFault: the data cannot be written.
        """
        noted = await self._store.read(lambda tables: _noted(tables, asset.id))
        markers = () if noted is None else noted.markers
        whole = await self._with_chapters(_of_piece(asset, piece), markers)

        def keep(tables: Tables) -> Asset:
            now = _of_piece(tables.assets.get(asset.id), piece)
            return tables.assets.put(replace(now, size_bytes=whole.size_bytes))

        self.came(await self._store.write(keep))

    def came(self, asset: Asset) -> None:
        """Say that a job of the store has added a replay: it is written down, counted, and told. On the loop."""
        self._to_note[asset.id] = None
        self._has_notes.set()
        if asset.sha256 is None and asset.file is not None and asset.status in _WITH_FILE:
            self._to_hash[asset.id] = None
            self._has_files.set()
        self.tell("added", asset.id)

    def changed(self, asset_id: str) -> None:
        """Say that something is said of a replay which was not before. Cheap; on the loop."""
        self._to_note[asset_id] = None
        self._has_notes.set()
        self.tell("changed", asset_id)

    def tell(self, change: str, asset_id: str) -> None:
        """Tell everybody who listens that a replay came, became another one, or went; on the loop."""
        for on_change in self._listeners:
            try:
                on_change(change, asset_id)
            except Exception:
                logger.exception("Who listens to the library has a fault")

    # Inside.

    async def _chaptered(self, session: Session, pieces: Sequence[RecordedPiece]) -> tuple[Asset, ...]:
        """Return the replays of pieces whose markers are in their files already: a file must not change once it is one."""
        markers, station_name = await self._store.read(
            lambda tables: (tables.markers.of_session(session.id), _station_name(tables, session.station_id))
        )
        now = self._wall_now()
        replays = replays_of(session, station_name or "", pieces, lambda: new_id(now))
        return tuple(
            [
                await self._with_chapters(replay, markers_within(replay, of_it, session.started_at))
                for replay, of_it in zip(replays, markers_by_replay(session, replays, markers), strict=True)
            ]
        )

    async def _with_chapters(self, replay: Asset, markers: Sequence[Marker]) -> Asset:
        chapters = chapters_of(replay.title, replay.duration_ms, markers)
        if not chapters or replay.file is None or replay.status not in _WITH_FILE:
            return replay
        size_bytes = await asyncio.to_thread(_write_chapters, Path(replay.file), chapters)
        return replace(replay, size_bytes=size_bytes or replay.size_bytes)

    async def _note_all(self) -> None:
        while self._to_note or not self._is_closed:
            if not self._to_note:
                self._has_notes.clear()
                await self._has_notes.wait()
                continue
            asset_id = next(iter(self._to_note))
            del self._to_note[asset_id]
            try:
                await self._note(asset_id)
            except PowerStreamError as error:
                logger.info("What is known of the replay %s is not written beside it: %s", asset_id, error)
            except Exception:
                logger.exception("What is known of a replay cannot be written beside it")

    async def _note(self, asset_id: str) -> None:
        noted = await self._store.read(lambda tables: _noted(tables, asset_id))
        if noted is None or noted.asset.file is None or noted.asset.status not in _WITH_FILE:
            return
        file, sidecar = Path(noted.asset.file), sidecar_of(noted)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, _write_beside, file, sidecar)

    async def _hash_all(self) -> None:
        while True:
            if not self._to_hash:
                self._has_files.clear()
                await self._has_files.wait()
                continue
            asset_id = next(iter(self._to_hash))
            del self._to_hash[asset_id]
            try:
                await self._hash(asset_id)
            except (PowerStreamError, OSError) as error:
                logger.info("The hash of the replay %s is not known: %s", asset_id, error)
            except Exception:
                logger.exception("The hash of a replay cannot be counted")

    async def _hash(self, asset_id: str) -> None:
        asset = await self._store.read(lambda tables: tables.assets.get(asset_id))
        if asset.file is None or asset.sha256 is not None:
            return
        digest = await quiet_hash(Path(asset.file), lambda: not self._is_live())

        def keep(tables: Tables) -> None:
            now = tables.assets.get(asset_id)
            if (now.file, now.size_bytes) == (asset.file, asset.size_bytes):
                tables.assets.put(replace(now, sha256=digest))

        await self._store.write(keep)
        self.changed(asset_id)


def _of_piece(asset: Asset, piece: RecordedPiece) -> Asset:
    return replace(
        asset,
        file=str(piece.file),
        status=piece.status,
        duration_ms=piece.duration_ms,
        size_bytes=piece.size_bytes,
        sha256=None,
    )


def _noted(tables: Tables, asset_id: str) -> Noted | None:
    try:
        asset = tables.assets.get(asset_id)
    except UnknownRecordError:
        return None
    begins = tables.sessions.begins([asset.session_id] if asset.session_id is not None else [])
    markers = tables.markers.of_assets([asset_id])[asset_id]
    return Noted(
        asset=asset,
        markers=markers_within(asset, markers, begins.get(asset.session_id or "")),
        station_name=_station_name(tables, asset.station_id),
    )


def _station_name(tables: Tables, station_id: str | None) -> str | None:
    return next((each.name for each in tables.stations.all() if each.id == station_id), None)


def _write_beside(file: Path, sidecar: Sidecar) -> None:
    if file.is_file():  # one that is on a disk which is not here gets it when that is back
        write_sidecar(file, sidecar)


def _write_chapters(file: Path, chapters: tuple[tuple[int, str], ...]) -> int | None:
    """Write chapters into a file, and return its size; None if it takes none, which costs the recording nothing."""
    if file.suffix.lower() != _CHAPTERED:
        return None
    from powerstream_desktop.recording.chapters import write_chapters

    try:
        write_chapters(file, chapters)
        return file.stat().st_size
    except (PowerStreamError, OSError) as error:
        logger.warning("The recording %s has no chapters: %s", file.name, error)
        return None
