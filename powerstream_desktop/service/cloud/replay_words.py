"""Between the library's rows and the words of manifests: what this computer says of a replay, and what it takes over. Jobs of the store."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Final

from powerstream_desktop.cloud.manifests.edits import Replay, ReplayMarker
from powerstream_desktop.cloud.manifests.manifest import Manifest, Media, as_description, as_line
from powerstream_desktop.cloud.uploads.invariants import assert_may_be_told
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import IN_THE_CLOUD, UploadState
from powerstream_desktop.common.frozen_json import MalformedError
from powerstream_desktop.service.cloud import upload_queue
from powerstream_desktop.service.cloud.kept_uploads import head_in, keep_record, read_record
from powerstream_desktop.service.store import uploads as kept
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import Upload
from powerstream_desktop.service.vod.replay_notes import markers_within

logger = logging.getLogger(__name__)

_WITHOUT_COPY: Final = frozenset({UploadState.FAILED.value, UploadState.CANCELLED.value})


def asset_or_none(tables: Tables, asset_id: str) -> Asset | None:
    """Return a replay; None if there is none of this id outside the bin."""
    try:
        return tables.assets.get(asset_id)
    except UnknownRecordError:
        return None


def replay_here(tables: Tables, asset: Asset, prefix: str, thumbnail: str | None) -> Replay | None:
    """Return what this computer knows of a replay that is in the cloud; None for one that is not.

    Args:
        tables: of the store.
        asset: the replay.
        prefix: of all keys.
        thumbnail: key of its picture in the bucket, if it is there.
    """
    upload = tables.uploads.get(asset.id)
    if upload is None or upload.state is kept.UploadState.ELSEWHERE:
        return None
    record = head_in(upload)
    if record.state not in IN_THE_CLOUD:
        return None
    begins = tables.sessions.begins([asset.session_id] if asset.session_id is not None else [])
    marks = markers_within(
        asset, tables.markers.of_assets([asset.id])[asset.id], begins.get(asset.session_id or "")
    )
    return Replay(
        asset_id=asset.id,
        title=asset.title,
        description=asset.description,
        station_id=asset.station_id,
        recorded_at=asset.recorded_at,
        duration_ms=asset.duration_ms,
        # Of a copy that this computer has not proven itself, the manifest knows more.
        media=None
        if record.state is UploadState.EVICTED or record.level == 0
        else _media(asset, record, prefix),
        thumbnail=thumbnail,
        markers=tuple(
            ReplayMarker(id=each.id, offset_ms=max(0, each.offset_ms), label=each.label) for each in marks
        ),
    )


def has_unsaid(tables: Tables, manifest: Manifest) -> bool:
    """Return whether something was edited here that a manifest does not say yet: it must be said before anything is taken over."""
    asset = asset_or_none(tables, manifest.asset_id)
    if asset is None or manifest.is_deleted:
        return False
    here = (as_line(asset.title), as_description(asset.description), asset.station_id)
    said = (manifest.title.value, manifest.description.value, manifest.station_id.value)
    marks = {each.id for each in tables.markers.of_assets([asset.id])[asset.id]}
    return here != said or marks != {each.id for each in manifest.markers}


def take_over(tables: Tables, manifest: Manifest, prefix: str, now: datetime) -> None:
    """Have the library say what a manifest says.

    A replay that was deleted elsewhere goes, unless its file is here: then it is this computer's only (I1).
    """
    asset = asset_or_none(tables, manifest.asset_id)
    if asset is None and tables.asset_bin.holds(manifest.asset_id):
        return
    if manifest.is_deleted:
        _let_go(tables, manifest.asset_id, asset, now)
        return
    changed = _said(asset or _unknown(manifest), manifest)
    if changed != asset:
        try:
            tables.assets.put(changed)
        except ConflictError:
            return
    _take_over_markers(tables, manifest)
    take_over_copy(tables, changed, manifest, prefix, now)


def _let_go(tables: Tables, asset_id: str, asset: Asset | None, now: datetime) -> None:
    record = read_record(tables, asset_id)
    upload_queue.cancel(tables, asset_id, now)  # nobody wants what is on its way; its file stays
    if record is not None and record.state in IN_THE_CLOUD:
        tables.uploads.remove(asset_id)
    if asset is not None and asset.file is None:
        tables.assets.remove(asset_id)


def _unknown(manifest: Manifest) -> Asset:
    return Asset(
        id=manifest.asset_id,
        title=manifest.title.value,
        recorded_at=manifest.recorded_at.value,
        duration_ms=manifest.duration_ms.value,
    )


def _said(asset: Asset, manifest: Manifest) -> Asset:
    said = replace(
        asset,
        title=manifest.title.value,
        description=manifest.description.value,
        station_id=manifest.station_id.value,
        recorded_at=manifest.recorded_at.value,
    )
    media = manifest.file_in_store
    if asset.file is not None or media is None:
        return said
    return replace(
        said,
        status=AssetStatus.READY,
        duration_ms=manifest.duration_ms.value,
        size_bytes=media.size_bytes,
        sha256=media.sha256,
        width=media.width,
        height=media.height,
        fps=media.fps,
        video_codec=media.video_codec,
        audio_codec=media.audio_codec,
    )


def _take_over_markers(tables: Tables, manifest: Manifest) -> None:
    here = {each.id for each in tables.markers.of_assets([manifest.asset_id])[manifest.asset_id]}
    wanted = {each.id: each for each in manifest.markers}
    for marker_id in here - wanted.keys():
        tables.markers.remove(marker_id)
    for marker_id in wanted.keys() - here:
        if not tables.markers.has(marker_id):
            each = wanted[marker_id]
            tables.markers.add(
                Marker(id=marker_id, asset_id=manifest.asset_id, offset_ms=each.offset_ms, label=each.label)
            )


def take_over_copy(tables: Tables, asset: Asset, manifest: Manifest, prefix: str, now: datetime) -> None:
    """Know where the film is of which no file is here; what is said of the replay stays."""
    media = manifest.file_in_store
    if media is not None and _is_copy_of_missing(tables, asset, media):
        known = _of_cloud(asset, f"{prefix}{media.key}", media)
        if known is not None:  # a file that comes back is the one that was uploaded, or is uploaded anew
            tables.uploads.remove(asset.id)  # what the store has of our own parts goes with what nobody owns
            keep_record(tables, None, replace(known, state=UploadState.ACKNOWLEDGED), now)
    if media is None:
        _bring_again(tables, asset, manifest, now)
    if media is None or asset.file is not None:
        return
    before = read_record(tables, asset.id)
    key = f"{prefix}{media.key}"
    if before is not None and before.state is UploadState.EVICTED and before.key == key:
        return
    record = _of_cloud(asset, key, media)
    if record is not None:
        keep_record(tables, None, record, now)


def _bring_again(tables: Tables, asset: Asset, manifest: Manifest, now: datetime) -> None:
    """Have a copy brought again that went with a replay that was removed for all, and is back; without its file none is known any more."""
    record = read_record(tables, asset.id)
    if not manifest.came_back or record is None or record.state not in IN_THE_CLOUD:
        return
    tables.uploads.remove(asset.id)
    if asset.file is not None and asset.status is not AssetStatus.MISSING:
        fresh = UploadRecord(asset_id=asset.id, suffix=record.suffix, state=UploadState.WAITING)
        keep_record(tables, None, fresh, now)


def _is_copy_of_missing(tables: Tables, asset: Asset, media: Media) -> bool:
    """Return whether the bucket has the very file that is gone from here, and our data know nothing of that.

    A file that went before anybody had counted its hash is known by its length.
    """
    is_missing = asset.file is not None and asset.status is AssetStatus.MISSING
    is_same = (asset.sha256 or media.sha256, asset.size_bytes) == (media.sha256, media.size_bytes)
    return is_missing and is_same and brought_nothing(tables.uploads.get(asset.id))


def brought_nothing(upload: Upload | None) -> bool:
    """Return whether no copy came of an upload, and without its file none can."""
    return upload is None or upload.life in _WITHOUT_COPY


def _of_cloud(asset: Asset, key: str, media: Media) -> UploadRecord | None:
    try:
        return UploadRecord.of_cloud(
            asset_id=asset.id, key=key, size_bytes=media.size_bytes, sha256=media.sha256
        )
    except MalformedError as error:
        logger.info("The film of the replay %s cannot be fetched: %s", asset.id, error)
        return None


def _media(asset: Asset, record: UploadRecord, prefix: str) -> Media:
    """Return what a manifest says of a copy; BugError if that was never verified (I3)."""
    assert_may_be_told(record)
    return Media(
        key=record.key.removeprefix(prefix),
        sha256=record.sha256,
        size_bytes=record.size_bytes,
        width=asset.width or None,
        height=asset.height or None,
        fps=asset.fps or None,
        video_codec=asset.video_codec,
        audio_codec=asset.audio_codec,
    )
