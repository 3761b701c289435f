"""Keeps the record of a broadcast that goes on, from its begin to its proper end."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.library.workshop.workshop import Workshop
from powerstream_desktop.recording.finding import Look
from powerstream_desktop.recording.left_behind import recover_left_behind
from powerstream_desktop.recording.naming import is_unfinished
from powerstream_desktop.recording.snapshot import RecordingSnapshot
from powerstream_desktop.service.multistream.confined_look import ConfinedLook
from powerstream_desktop.service.multistream.resume_record import GoingOn, RecordedFile, ResumeRecord
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.vod.replays import RecordedPiece, piece_of

KEPT_EVERY_S: Final = 1.0

logger = logging.getLogger(__name__)


class RecordKeeper:
    """Writes the record when it changes, and says every second that the broadcast goes on. Owner: the session's run.

    Args:
        file: where it is written.
        record: what it begins with.
    """

    def __init__(self, file: ResumeRecord, record: GoingOn) -> None:
        self._file = file
        self._record = record
        self._over = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    @property
    def record(self) -> GoingOn:
        """The record as it stands."""
        return self._record

    async def start(self) -> None:
        """Write the record."""
        await asyncio.to_thread(self._file.write, self._record)
        self._keeping = asyncio.get_running_loop().create_task(self._keep())

    async def aclose(self) -> None:
        """Remove the record: the broadcast is over, and all of it is kept. Harmless to repeat."""
        await self._keep_no_more()
        await asyncio.to_thread(self._file.remove)

    async def note_ending(self) -> None:
        """Write that the broadcast is ending: should we die before it has, it is not begun again."""
        await self._keep_no_more()
        self._change(is_ending=True)
        await asyncio.to_thread(self._file.write, self._record)

    def note_endpoints(self, endpoint_ids: Iterable[str]) -> None:
        """Keep which endpoints the broadcast has."""
        self._change(endpoint_ids=tuple(endpoint_ids))

    def note_live(self, elapsed_s: float, now: datetime) -> None:
        """Keep since when the broadcast is live, so that its time goes on when we die."""
        if elapsed_s > 0 and self._record.live_since is None:
            self._change(live_since=(now - timedelta(seconds=elapsed_s)).isoformat())

    def note_recording(self, snapshot: RecordingSnapshot | None) -> None:
        """Keep which file is being written, so that it is found when we die."""
        if snapshot is None or snapshot.path is None or snapshot.began_at is None:
            return
        known = {each.unfinished for each in self._record.files}
        if snapshot.path in known or not is_unfinished(snapshot.path.name):
            return
        began_at = snapshot.began_at + timedelta(seconds=snapshot.part_begins_s)
        new = RecordedFile(unfinished=snapshot.path, began=began_at.isoformat())
        self._change(files=(*self._record.files, new))

    def _change(self, **changes: object) -> None:
        self._record = dataclasses.replace(self._record, **changes)  # type: ignore[arg-type]

    async def _keep_no_more(self) -> None:
        self._over.set()
        if self._keeping is not None:
            await self._keeping

    async def _keep(self) -> None:
        written = self._record
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(KEPT_EVERY_S):
                    await self._over.wait()
            record = self._record
            if record == written:
                await asyncio.to_thread(self._file.seen)
            else:
                await asyncio.to_thread(self._file.write, record)
                written = record


async def pieces_left_behind(files: Iterable[RecordedFile]) -> tuple[RecordedPiece, ...]:
    """Return what a run that died has recorded, under its final names; what does not play, or is gone, is left out.

    What cannot be looked at now, because its disk is not here or refuses, is returned as failed under the name that it has.
    """
    workshop = Workshop()
    look = ConfinedLook(workshop, asyncio.get_running_loop())
    try:
        found = [await asyncio.to_thread(_piece_left_behind, file, look) for file in files]
    finally:
        await workshop.aclose()
    return tuple(piece for piece in found if piece is not None)


def _piece_left_behind(file: RecordedFile, look: Look) -> RecordedPiece | None:
    try:
        left = recover_left_behind(file.unfinished, look)
    except PowerStreamError as error:
        logger.warning(
            "The recording %s of a broadcast that broke off stays as it is: %s", file.unfinished, error
        )
        return _as_it_is(file)
    if left is None:
        return None if file.unfinished.parent.is_dir() else _as_it_is(file)
    if left.original is not None:
        logger.info(
            "A broadcast's damaged recording stays as %s; what is whole of it is %s.",
            left.original,
            left.part.path,
        )
    status = AssetStatus.READY if left.was_finished else AssetStatus.RECOVERED
    return piece_of(left.part, file.began_at, status)


def _as_it_is(file: RecordedFile) -> RecordedPiece:
    return RecordedPiece(
        file=file.unfinished,
        began_at=file.began_at,
        duration_ms=0,
        size_bytes=0,
        status=AssetStatus.FAILED,
    )
