"""What is said of a replay outside of the database: in the small file beside its video, and as chapters within. Pure.

Markers are kept from the begin of their session, or from that of the replay they were set in (``store/markers.py``); here they are
always told from the begin of the replay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from powerstream_desktop.common.text import duration_text
from powerstream_desktop.library.folder_scan import FoundReplay
from powerstream_desktop.library.sidecar import (
    Sidecar,
    SidecarClip,
    SidecarDestinationGap,
    SidecarGap,
    SidecarMarker,
)
from powerstream_desktop.service.store.asset_gaps import AssetGap, DestinationGap
from powerstream_desktop.service.store.assets import Asset, AssetStatus, ClipSource
from powerstream_desktop.service.store.markers import Marker

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A replay with all that is said of it.

    Attributes:
        markers: from the replay's begin.
        station_name: None if its station is not known any more.
    """

    asset: Asset
    markers: tuple[Marker, ...] = ()
    station_name: str | None = None


def markers_within(
    asset: Asset, markers: Iterable[Marker], session_began_at: datetime | None
) -> tuple[Marker, ...]:
    """Return the markers of a replay as they lie in it, in the order of time.

    Args:
        asset: the replay.
        markers: of it, or of its session.
        session_began_at: None for one of no session.
    """
    ran_before_ms = 0 if session_began_at is None else (asset.recorded_at - session_began_at) // _MS
    told = (
        Marker(
            id=each.id,
            asset_id=asset.id,
            offset_ms=max(0, each.offset_ms - (ran_before_ms if each.session_id else 0)),
            label=each.label,
        )
        for each in markers
    )
    return tuple(sorted(told, key=lambda each: (each.offset_ms, each.id)))


def chapters_of(title: str, duration_ms: int, markers: Iterable[Marker]) -> tuple[tuple[int, str], ...]:
    """Return the chapters of a replay: its markers, and what comes before the first one; none without any.

    Args:
        title: of the replay.
        duration_ms: of the replay.
        markers: from the replay's begin.
    """
    moments = [
        (each.offset_ms, each.label or duration_text(each.offset_ms / 1000))
        for each in markers
        if each.offset_ms < duration_ms
    ]
    if moments and min(moments)[0] > 0:
        moments.append((0, title))
    return tuple(sorted(moments))


def sidecar_of(noted: Noted) -> Sidecar:
    """Return what lies beside a replay's video."""
    asset, clip = noted.asset, noted.asset.clip_of
    return Sidecar(
        asset_id=asset.id,
        station_id=asset.station_id,
        station_name=noted.station_name,
        session_id=asset.session_id,
        user_id=asset.user_id,
        title=asset.title,
        description=asset.description,
        recorded_at=asset.recorded_at,
        duration_ms=asset.duration_ms,
        size_bytes=asset.size_bytes,
        sha256=asset.sha256,
        width=asset.width,
        height=asset.height,
        fps=asset.fps,
        video_codec=asset.video_codec,
        audio_codec=asset.audio_codec,
        is_pinned=asset.is_pinned,
        is_recovered=asset.status is AssetStatus.RECOVERED,
        clip_of=None
        if clip is None
        else SidecarClip(asset_id=clip.asset_id, start_ms=clip.start_ms, end_ms=clip.end_ms),
        markers=tuple(
            SidecarMarker(id=each.id, offset_ms=each.offset_ms, label=each.label) for each in noted.markers
        ),
        gaps=tuple(
            SidecarGap(start_ms=each.start_ms, end_ms=each.end_ms, reason=each.reason) for each in asset.gaps
        ),
        destination_gaps=tuple(
            SidecarDestinationGap(
                destination=each.destination,
                platform=each.platform,
                start_ms=each.start_ms,
                end_ms=each.end_ms,
                cause=each.cause,
            )
            for each in asset.destination_gaps
        ),
    )


def noted_of(found: FoundReplay, asset_id: str) -> Noted:
    """Return the replay that a folder tells of.

    Args:
        found: in the folder.
        asset_id: for one of which nothing but the video is there.
    """
    sidecar = found.sidecar
    if sidecar is not None:
        return Noted(asset=_told_asset(found, sidecar), markers=_markers(sidecar.markers, sidecar.asset_id))
    asset = Asset(
        id=asset_id,
        title=found.title,
        file=str(found.file),
        size_bytes=found.size_bytes,
        recorded_at=found.recorded_at,
    )
    return Noted(asset=asset)


def _told_asset(found: FoundReplay, sidecar: Sidecar) -> Asset:
    """Return the replay that a video and what lies beside it tell of."""
    clip = sidecar.clip_of
    return Asset(
        id=sidecar.asset_id,
        station_id=sidecar.station_id,
        session_id=sidecar.session_id,
        user_id=sidecar.user_id,
        title=sidecar.title,
        description=sidecar.description,
        file=str(found.file),
        status=AssetStatus.RECOVERED if sidecar.is_recovered else AssetStatus.READY,
        duration_ms=sidecar.duration_ms,
        size_bytes=found.size_bytes,
        recorded_at=sidecar.recorded_at,
        width=sidecar.width,
        height=sidecar.height,
        fps=sidecar.fps,
        video_codec=sidecar.video_codec,
        audio_codec=sidecar.audio_codec,
        # A hash is that of the file it was counted from: one of another size is not that file any more.
        sha256=sidecar.sha256 if sidecar.size_bytes == found.size_bytes else None,
        is_pinned=sidecar.is_pinned,
        clip_of=None
        if clip is None
        else ClipSource(asset_id=clip.asset_id, start_ms=clip.start_ms, end_ms=clip.end_ms),
        gaps=tuple(
            AssetGap(start_ms=each.start_ms, end_ms=each.end_ms, reason=each.reason) for each in sidecar.gaps
        ),
        destination_gaps=tuple(
            DestinationGap(
                destination=each.destination,
                platform=each.platform,
                start_ms=each.start_ms,
                end_ms=each.end_ms,
                cause=each.cause,
            )
            for each in sidecar.destination_gaps
        ),
    )


def _markers(markers: Sequence[SidecarMarker], asset_id: str) -> tuple[Marker, ...]:
    return tuple(
        Marker(id=each.id, asset_id=asset_id, offset_ms=each.offset_ms, label=each.label) for each in markers
    )
