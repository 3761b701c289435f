"""The replays that a session's recordings become: rows for the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from powerstream_desktop.recording.snapshot import RecordingPart, RecordingResult
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.sessions import Session
from powerstream_desktop.service.store.tables import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPiece:
    """A file with a piece of a session.

    Attributes:
        began_at: wall time with its zone.
    """

    file: Path
    began_at: datetime
    duration_ms: int
    size_bytes: int
    status: AssetStatus


def pieces_of(results: Iterable[RecordingResult]) -> tuple[RecordedPiece, ...]:
    """Return the files of recordings, in order. A file that was given up is one of them: it plays, and is marked as failed."""
    pieces: list[RecordedPiece] = []
    for result in results:
        if result.began_at is None:
            continue
        for part in result.parts:
            began_at = result.began_at + timedelta(seconds=part.begins_s)
            status = AssetStatus.READY if part.is_finished else AssetStatus.FAILED
            pieces.append(piece_of(part, began_at, status))
    return tuple(pieces)


def piece_of(part: RecordingPart, began_at: datetime, status: AssetStatus) -> RecordedPiece:
    """Return a file of a recording that began at ``began_at``."""
    return RecordedPiece(
        file=part.path,
        began_at=began_at,
        duration_ms=round(part.duration_s * 1000),
        size_bytes=part.size_bytes,
        status=status,
    )


def replays_of(
    session: Session, station_name: str, pieces: Sequence[RecordedPiece], make_id: Callable[[], str]
) -> tuple[Asset, ...]:
    """Return the replays of a session, in the order of time.

    Args:
        session: named by its title, or by station and day.
        station_name: empty if there is no station.
        pieces: the files, in any order.
        make_id: returns a new identifier.
    """
    in_order = sorted(pieces, key=lambda piece: piece.began_at)
    day = session.started_at.astimezone().date().isoformat()
    title = session.title or f"{station_name or 'Broadcast'}, {day}"
    return tuple(
        Asset(
            id=make_id(),
            station_id=session.station_id,
            session_id=session.id,
            user_id=session.user_id,
            title=title if number == 1 else f"{title}, part {number}",
            description=session.description,
            file=str(piece.file),
            status=piece.status,
            duration_ms=piece.duration_ms,
            size_bytes=piece.size_bytes,
            recorded_at=piece.began_at,
        )
        for number, piece in enumerate(in_order, 1)
    )


def keep_replays(tables: Tables, session: Session, replays: Sequence[Asset]) -> tuple[Asset, ...]:
    """Add the replays of a session, give each the markers of its time, and return them; a job of the store."""
    kept = tuple(tables.assets.put(replay) for replay in replays)
    for number, replay in enumerate(kept):
        begins_ms = (replay.recorded_at - session.started_at) // timedelta(milliseconds=1)
        # What was marked before anything was recorded belongs to the first one.
        tables.markers.attach(session.id, replay.id, from_ms=begins_ms if number else 0)
    if kept:
        tables.sessions.set_asset(session.id, kept[0].id)
    return kept
