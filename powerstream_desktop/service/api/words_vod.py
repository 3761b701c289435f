"""What is said of replays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from powerstream_desktop.service.api.words import Answer, Words
from powerstream_desktop.service.api.words_sessions import Marker
from powerstream_desktop.service.api.words_sync import Sync
from powerstream_desktop.service.store import asset_gaps, assets
from powerstream_desktop.service.store import markers as kept
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import Upload, UploadState
from powerstream_desktop.service.vod.revisions import revision_of

PATH = "/api/vod"
_IN_THE_CLOUD = frozenset({UploadState.SYNCED, UploadState.EVICTED, UploadState.DOWNLOADING})
_WITHOUT_FILE = frozenset({AssetStatus.PROCESSING, AssetStatus.FAILED, AssetStatus.MISSING})


class Gap(Words):
    """A piece of the broadcast that is not in the replay."""

    start_ms: int
    """From the beginning of the replay, like all times here."""
    end_ms: int
    reason: str
    """For scripts, such as `paused` or `disk`."""

    @classmethod
    def of(cls, gap: asset_gaps.AssetGap) -> Gap:
        """Return a gap in the API's words."""
        return cls(start_ms=gap.start_ms, end_ms=gap.end_ms, reason=gap.reason)


class DestinationGap(Words):
    """A piece of the replay that a destination did not get."""

    destination: str
    """Its name then."""
    platform: str
    start_ms: int
    end_ms: int
    cause: str
    """A sentence; empty if none is known."""

    @classmethod
    def of(cls, gap: asset_gaps.DestinationGap) -> DestinationGap:
        """Return a gap in the API's words."""
        return cls(
            destination=gap.destination,
            platform=gap.platform,
            start_ms=gap.start_ms,
            end_ms=gap.end_ms,
            cause=gap.cause,
        )


class ClipSource(Words):
    """The piece of another replay that a clip is."""

    asset_id: str
    """Of the other one, which may be gone by now."""
    start_ms: int
    end_ms: int

    @classmethod
    def of(cls, origin: assets.ClipSource | None) -> ClipSource | None:
        """Return where a clip comes from in the API's words."""
        if origin is None:
            return None
        return cls(asset_id=origin.asset_id, start_ms=origin.start_ms, end_ms=origin.end_ms)


class Asset(Words):
    """A replay. What its file is made of is null until somebody has looked, and for what has no such thing."""

    id: str
    title: str
    description: str
    revision: str
    """Another one whenever something else is said of it; for `If-Match`."""
    video_url: str | None
    """Where this service plays it from, below its own address; null while it cannot."""
    thumbnail_url: str | None
    duration: float
    """Seconds."""
    recorded_at: datetime
    """When it begins."""
    status: AssetStatus
    station_id: str | None
    multistream_session_id: str | None
    """The broadcast it is of; null for one that was imported."""
    user_id: str | None
    size_bytes: int
    sync: Sync
    markers: tuple[Marker, ...]
    has_file: bool
    """Its file is at its place on the service's computer."""
    is_pinned: bool
    """No rule ever takes it."""
    width: int | None
    height: int | None
    fps: float | None
    video_codec: str | None
    """As FFmpeg calls it, such as `h264`."""
    audio_codec: str | None
    sha256: str | None
    """Of the file, in hexadecimal digits."""
    clip_of: ClipSource | None
    """Where it was cut from; null if it is no clip."""
    gaps: tuple[Gap, ...]
    destination_gaps: tuple[DestinationGap, ...]

    @classmethod
    def of(
        cls,
        asset: assets.Asset,
        marks: Iterable[kept.Marker],
        upload: Upload | None,
        session_began_at: datetime | None,
    ) -> Asset:
        """Return a replay in the API's words."""
        has_picture = asset.thumbnail is not None or asset.thumbnail_link is not None
        has_file = asset.file is not None and asset.status not in _WITHOUT_FILE
        return cls(
            id=asset.id,
            title=asset.title,
            description=asset.description,
            revision=revision_of(asset),
            video_url=f"{PATH}/{asset.id}/video"
            if has_file or _is_in_the_cloud(upload) or _is_elsewhere(asset)
            else None,
            thumbnail_url=f"{PATH}/{asset.id}/thumbnail" if has_picture else None,
            duration=asset.duration_ms / 1000,
            recorded_at=asset.recorded_at,
            status=asset.status,
            station_id=asset.station_id,
            multistream_session_id=asset.session_id,
            user_id=asset.user_id,
            size_bytes=asset.size_bytes,
            sync=Sync.of(upload),
            markers=_in_order_of_time(asset, marks, session_began_at),
            has_file=asset.file is not None and asset.status is not AssetStatus.MISSING,
            is_pinned=asset.is_pinned,
            width=asset.width,
            height=asset.height,
            fps=asset.fps,
            video_codec=asset.video_codec,
            audio_codec=asset.audio_codec,
            sha256=asset.sha256,
            clip_of=ClipSource.of(asset.clip_of),
            gaps=tuple(map(Gap.of, asset.gaps)),
            destination_gaps=tuple(map(DestinationGap.of, asset.destination_gaps)),
        )


class AssetsPage(Answer):
    """Replays, in the order that was asked for."""

    assets: tuple[Asset, ...]
    next_cursor: str | None
    """For the page after this one; null when this is the last."""
    total: int | None
    """How many match in all; told with the first page only."""


class AssetAnswer(Answer):
    """One replay."""

    asset: Asset


class RemovedAsset(Answer):
    """A replay is in the library no more."""

    file: str | None
    """Where the file of its recording is, or was; null if this computer has none, and for all others than this computer."""
    message: str
    undo_token: str | None
    """With it the removal can be taken back for half a minute; null if the bin was not asked for."""


class MarkersAnswer(Answer):
    """The markers of a replay, in the order of time."""

    markers: tuple[Marker, ...]


def assets_of(tables: Tables, rows: Iterable[assets.Asset]) -> tuple[Asset, ...]:
    """Return replays in the API's words; within a job of the store."""
    found = tuple(rows)
    ids = [each.id for each in found]
    marks, uploads = tables.markers.of_assets(ids), tables.uploads.of_assets(ids)
    begins = tables.sessions.begins([each.session_id for each in found if each.session_id is not None])
    return tuple(
        Asset.of(each, marks[each.id], uploads.get(each.id), begins.get(each.session_id or ""))
        for each in found
    )


def _is_in_the_cloud(upload: Upload | None) -> bool:
    """Return whether a replay without a file here is played from the store."""
    return upload is not None and upload.state in _IN_THE_CLOUD


def _is_elsewhere(asset: assets.Asset) -> bool:
    """Return whether a replay without a file here is played from where it was said to be."""
    return asset.file is None and asset.video_link is not None and asset.status not in _WITHOUT_FILE


def _in_order_of_time(
    asset: assets.Asset, marks: Iterable[kept.Marker], session_began_at: datetime | None
) -> tuple[Marker, ...]:
    """Return the markers of a replay: those of its session, and those that were set in the replay itself."""
    ran_before = asset.recorded_at - session_began_at if session_began_at is not None else timedelta()
    before_ms = ran_before // timedelta(milliseconds=1)
    told = [Marker.of(each, replay_begins_ms=before_ms if each.session_id else 0) for each in marks]
    return tuple(sorted(told, key=lambda each: (each.offset_ms, each.id)))
