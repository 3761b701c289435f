"""How the cloud stands, counted: what is kept of uploads, and what a store that was chosen still lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.cloud import upload_queue
from powerstream_desktop.service.cloud.cloud_standing import CloudStanding, CloudState, Progress, QueuedUpload
from powerstream_desktop.service.cloud.network_rule import Hindrance, said_of
from powerstream_desktop.service.cloud.store_choice import store_config_of
from powerstream_desktop.service.cloud.store_line import key_missing
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.moments import from_ms
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import Upload, UploadState, UploadTrouble

_UNHINDERED: Final = frozenset({CloudState.IDLE, CloudState.TROUBLE})


def lack(options: CloudOptions, *, has_credentials: bool) -> UploadTrouble | None:
    """Return what the store that was chosen lacks; None for nothing."""
    try:
        store_config_of(options)
    except UserError as error:
        return UploadTrouble(code="incomplete", sentence=error.title, remedy=error.hint)
    if options.kind is CloudKind.S3 and not has_credentials:
        missing = key_missing()
        return UploadTrouble(code="incomplete", sentence=missing.title, remedy=missing.hint)
    return None


def with_hindrance(stands: CloudStanding, hindrance: Hindrance | None) -> CloudStanding:
    """Return how it stands where the network is in the way; what waits for a broadcast or for somebody's word waits for that."""
    if hindrance is None or not stands.waiting or stands.state not in _UNHINDERED:
        return stands
    state = CloudState.NO_NETWORK if hindrance is Hindrance.ABSENT else CloudState.METERED
    return replace(stands, state=state, trouble=said_of(hindrance))


def counted(tables: Tables) -> CloudStanding:
    """Return how many uploads stand how; a job of the store."""
    counts = tables.uploads.counts()
    waiting, bytes_left = tables.uploads.left(upload_queue.TO_SEND)
    synced_ms = tables.cloud.fact(CloudFact.SYNCED_MS)
    return CloudStanding(
        has_credentials=tables.cloud.fact(CloudFact.KEY_REF) is not None,
        waiting=waiting,
        failed=counts.get(UploadState.FAILED, 0),
        bytes_left=bytes_left,
        synced=counts.get(UploadState.SYNCED, 0),
        cloud_only=counts.get(UploadState.EVICTED, 0),
        synced_at=None if synced_ms is None else from_ms(int(synced_ms)),
    )


def opens_server(tables: Tables) -> bool:
    """Return whether a token of the PowerStream server is kept; a job of the store."""
    return tables.cloud.fact(CloudFact.BACKEND_KEY_REF) is not None


def queued(tables: Tables) -> tuple[QueuedUpload, ...]:
    """Return the uploads that are not done, the next one first; a job of the store."""
    return tuple(_shown(tables, each) for each in tables.uploads.living(upload_queue.WORK))


def _shown(tables: Tables, upload: Upload) -> QueuedUpload:
    return QueuedUpload(
        asset_id=upload.asset_id,
        title=tables.assets.title(upload.asset_id),
        state=upload.state,
        bytes_done=upload.bytes_done,
        bytes_total=upload.bytes_total,
        trouble=upload.trouble,
    )


def with_progress(upload: QueuedUpload, progress: Progress | None) -> QueuedUpload:
    """Return an upload with the figures of this moment."""
    if progress is None:
        return upload
    return replace(
        upload,
        state=progress.state,
        bytes_done=progress.bytes_done,
        bytes_total=progress.bytes_total,
        seconds_left=progress.seconds_left,
    )
