"""The replays that a session's recordings become: rows for the library."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from powerstream_desktop.recording.snapshot import RecordingPart, RecordingResult
from powerstream_desktop.service.store.asset_gaps import AssetGap
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.sessions import Session
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.vod.destination_gaps import destination_gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPiece:
    """A file with a piece of a session.

    Attributes:
        began_at: wall time with its zone.
        gaps: what the file lacks, or what is missing between it and the next one, which stands at its end.
    """

    file: Path
    began_at: datetime
    duration_ms: int
    size_bytes: int
    status: AssetStatus
    gaps: tuple[AssetGap, ...] = ()


def pieces_of(results: Iterable[RecordingResult]) -> tuple[RecordedPiece, ...]:
    """Return the files of recordings, in order. A file that was given up is one of them: it plays, and is marked as failed."""
    pieces: list[RecordedPiece] = []
    for result in results:
        if result.began_at is None:
            continue
        for part in result.parts:
            began_at = result.began_at + timedelta(seconds=part.begins_s)
            status = AssetStatus.READY if part.is_finished else AssetStatus.FAILED
            gaps = _gaps_of(part, result)
            pieces.append(piece_of(part, began_at, status, gaps))
    return tuple(pieces)


def piece_of(
    part: RecordingPart, began_at: datetime, status: AssetStatus, gaps: tuple[AssetGap, ...] = ()
) -> RecordedPiece:
    """Return a file of a recording that began at ``began_at``."""
    return RecordedPiece(
        file=part.path,
        began_at=began_at,
        duration_ms=round(part.duration_s * 1000),
        size_bytes=part.size_bytes,
        status=status,
        gaps=gaps,
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
            gaps=piece.gaps,
        )
        for number, piece in enumerate(in_order, 1)
    )


def keep_replays(tables: Tables, session: Session, replays: Sequence[Asset]) -> tuple[Asset, ...]:
    """Add the replays of a session, each with what its destinations did not get and the markers of its time; a job of the store."""
    timelines = tables.timelines.of(session.id, with_figures=False)
    for replay in replays:
        ends_at = replay.recorded_at + timedelta(milliseconds=replay.duration_ms)
        gaps = destination_gaps(timelines, replay.recorded_at, ends_at)
        tables.assets.put(replace(replay, destination_gaps=gaps))
    for number, replay in enumerate(replays):
        # What was marked before anything was recorded belongs to the first one.
        tables.markers.attach(session.id, replay.id, from_ms=_begins_ms(session, replay) if number else 0)
    if replays:
        tables.sessions.set_asset(session.id, replays[0].id)
    return tuple(tables.assets.get(replay.id) for replay in replays)


def markers_by_replay(
    session: Session, replays: Sequence[Asset], markers: Sequence[Marker]
) -> tuple[tuple[Marker, ...], ...]:
    """Return the markers of each replay of a session, as ``keep_replays`` gives them out.

    Args:
        session: of all of them.
        replays: in the order of time.
        markers: of the session, from its begin.
    """
    begins = [_begins_ms(session, replay) if number else 0 for number, replay in enumerate(replays)]
    ends = [*begins[1:], None]
    return tuple(
        tuple(each for each in markers if begin <= each.offset_ms and (end is None or each.offset_ms < end))
        for begin, end in zip(begins, ends, strict=False)
    )


def _begins_ms(session: Session, replay: Asset) -> int:
    return (replay.recorded_at - session.started_at) // timedelta(milliseconds=1)


def _gaps_of(part: RecordingPart, result: RecordingResult) -> tuple[AssetGap, ...]:
    """Return the gaps that begin in a part, or between it and the next one, in milliseconds from its begin."""
    later = [each.begins_s for each in result.parts if each.begins_s > part.begins_s]
    ends_s = min(later, default=math.inf)
    return tuple(
        AssetGap(
            start_ms=_within(part, gap.start_s),
            end_ms=_within(part, gap.start_s + gap.duration_s),
            reason=gap.reason.value,
        )
        for gap in result.gaps
        if part.begins_s <= gap.start_s < ends_s
    )


def _within(part: RecordingPart, moment_s: float) -> int:
    """Return a moment of the recording in milliseconds from the part's begin, at its end at the latest."""
    return round(min(moment_s - part.begins_s, part.duration_s) * 1000)
