"""What clips are cut from, and the replays they become. Pure, but for a look at the disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.library.clips.cut_request import CutRequest, CutResult
from powerstream_desktop.recording.naming import finished_name
from powerstream_desktop.service.clips.clip import Clip, ClipSource, ClipWish
from powerstream_desktop.service.multistream.session_request import RunningSession
from powerstream_desktop.service.store import assets
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.store_faults import ConflictError


def source_of(asset: Asset) -> ClipSource:
    """Return a replay as what a clip is cut from.

    Raises:
        UserError: its file is not here.
    """
    if asset.file is None or asset.status not in (AssetStatus.READY, AssetStatus.RECOVERED):
        raise UserError(
            "The film of this replay is not on this computer.", hint="Connect its disk, or fetch it first."
        )
    file = Path(asset.file)
    return ClipSource(
        asset_id=asset.id,
        file=file,
        stem=file.stem,
        title=asset.title,
        recorded_at=asset.recorded_at,
        station_id=asset.station_id,
        session_id=asset.session_id,
        user_id=asset.user_id,
    )


def source_on_air(running: RunningSession | None, now: datetime) -> tuple[ClipSource, int]:
    """Return the recording that is being written, and how long its newest file is, in milliseconds.

    Raises:
        ConflictError: nothing is being recorded.
    """
    recording = running.broadcast.recording if running is not None else None
    if running is None or recording is None or recording.path is None or recording.is_paused:
        raise ConflictError("Nothing is being recorded.", hint="Go live with the recording on.")
    source = ClipSource(
        asset_id=None,
        file=recording.path,
        stem=Path(finished_name(recording.path.name)).stem,
        title=running.session.title,
        recorded_at=(recording.began_at or now) + timedelta(seconds=recording.part_begins_s),
        station_id=running.session.station_id,
        session_id=running.session.id,
        user_id=running.session.user_id,
    )
    return source, max(0, round((recording.duration_s - recording.part_begins_s) * 1000))


def cut_from(recording: Path, request: CutRequest, late_ms: int) -> tuple[Path, CutRequest]:
    """Return what the last seconds of a recording are cut from by now, and how; looks at the disk.

    While the clip has waited for its turn the recording has gone on, or its file was finished, and is a film like any other.

    Args:
        recording: the file that was being written.
        request: what was asked for then.
        late_ms: how much more the file holds now, if it still grows.
    """
    finished = recording.with_name(finished_name(recording.name))
    if not recording.exists() and finished.is_file():
        return finished, replace(request, last_ms=None)
    return recording, replace(request, late_ms=late_ms)


def check_bounds(asset: Asset, wish: ClipWish) -> None:
    """Refuse what cannot be a piece of a replay; the rest is seen when it is cut.

    Raises:
        UserError: it ends before it begins, or begins too late.
    """
    if wish.start_ms >= wish.end_ms:
        raise UserError("The clip would end before it begins.", hint="Choose a later end.")
    if asset.duration_ms and wish.start_ms >= asset.duration_ms:
        raise UserError(
            "The clip would begin behind the end of the film.", hint="Choose an earlier beginning."
        )


def asset_of(clip: Clip, result: CutResult, file: Path, asset_id: str) -> Asset:
    """Return the replay that a clip has become."""
    source = clip.source
    origin = None
    if source.asset_id is not None:
        origin = assets.ClipSource(asset_id=source.asset_id, start_ms=result.start_ms, end_ms=result.end_ms)
    return Asset(
        id=asset_id,
        station_id=source.station_id,
        session_id=source.session_id,
        user_id=source.user_id,
        title=clip.title,
        file=str(file),
        status=AssetStatus.READY,
        duration_ms=result.end_ms - result.start_ms,
        size_bytes=result.size_bytes,
        recorded_at=source.recorded_at + timedelta(milliseconds=result.start_ms),
        clip_of=origin,
    )
