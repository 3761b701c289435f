"""What is told to a PowerStream server of the library's rows, and what was agreed with it. Jobs of the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from powerstream_desktop.cloud.backend.account import Account
from powerstream_desktop.cloud.backend.backend import Told
from powerstream_desktop.cloud.backend.backend_words import Registration
from powerstream_desktop.cloud.backend.reconciliation import Row
from powerstream_desktop.cloud.backend.texts import Agreement, LostWords
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import IN_THE_CLOUD
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.service.cloud.kept_uploads import head_in
from powerstream_desktop.service.cloud.library_shelf import load_kept
from powerstream_desktop.service.cloud.replay_words import asset_or_none
from powerstream_desktop.service.cloud.store_choice import public_link
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.cloud_notes import LostText
from powerstream_desktop.service.store.tables import Tables

SERVER: Final = "PowerStream"
"""Who has written what was lost there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agreed:
    account: Account
    sha256: str
    agreement: Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTell:
    """What is to be told of a replay."""

    registration: Registration
    record: UploadRecord
    agreed: Agreement | None


def to_tell(tables: Tables, asset_id: str, account: Account, options: CloudOptions) -> ToTell | None:
    """Return what to tell an account's server of a replay; None if this computer has not uploaded it, or it is gone."""
    asset, upload = asset_or_none(tables, asset_id), tables.uploads.get(asset_id)
    if asset is None or upload is None:
        return None
    record = head_in(upload)
    if record.state not in IN_THE_CLOUD or record.level == 0:
        return None
    agreed = _agreed(tables, asset_id)
    return ToTell(
        registration=Registration(
            asset_id=asset.id,
            title=asset.title,
            description=asset.description,
            recorded_at=asset.recorded_at,
            duration_ms=asset.duration_ms,
            station_id=asset.station_id,
            size_bytes=record.size_bytes,
            sha256=record.sha256,
            video_url=public_link(options, record.key),
            thumbnail_url=_picture_link(tables, asset_id, options),
        ),
        record=record,
        agreed=None if agreed is None or agreed.account != account else agreed.agreement,
    )


def keep_told(tables: Tables, account: Account, told: Told, said: Registration, now: datetime) -> bool:
    """Keep what was agreed and what it has replaced there; return whether the library says something else now."""
    asset, new = asset_or_none(tables, said.asset_id), told.registration
    for lost in (*told.lost, *_unread(asset, said, new)):
        tables.cloud.add_lost_text(
            LostText(
                asset_id=said.asset_id,
                field=lost.field,
                value=lost.text,
                device=SERVER,
                written_at=now,
                lost_at=now,
            )
        )
    edited = {
        name: getattr(new, name)
        for name in ("title", "description", "station_id")
        if asset is not None and getattr(asset, name) == getattr(said, name) != getattr(new, name)
    }
    if asset is not None and edited:
        tables.assets.put(replace(asset, **edited))
    agreed = _Agreed(account=account, sha256=said.sha256, agreement=told.agreement)
    tables.registrations.keep(said.asset_id, write_json(to_json(agreed)))
    return asset is not None and bool(edited)


def _unread(asset: Asset | None, said: Registration, new: Registration) -> tuple[LostWords, ...]:
    """Return what was written at the server and is not taken over, because its text was edited here while it was asked (I5)."""
    return tuple(
        LostWords(field=name, text=getattr(new, name))
        for name in ("title", "description")
        if asset is not None
        and getattr(new, name) not in {"", getattr(said, name), getattr(asset, name)}
        and getattr(asset, name) != getattr(said, name)
    )


def _picture_link(tables: Tables, asset_id: str, options: CloudOptions) -> str | None:
    kept = load_kept(tables, asset_id)
    picture = None if kept is None else kept.manifest.thumbnail.value
    return None if picture is None else public_link(options, f"{options.prefix}{picture}")


def is_told(tables: Tables, asset_id: str, sha256: str) -> bool:
    """Return whether the server has said that it knows this film."""
    agreed = _agreed(tables, asset_id)
    return agreed is not None and agreed.sha256 == sha256


def rows_in_the_cloud(tables: Tables) -> tuple[Row, ...]:
    """Return the replays that this computer has uploaded."""
    rows: list[Row] = []
    for upload in tables.uploads.living(each.value for each in IN_THE_CLOUD):
        record, asset = head_in(upload), asset_or_none(tables, upload.asset_id)
        if asset is not None and record.level > 0:
            rows.append(
                Row(
                    asset_id=asset.id,
                    sha256=record.sha256,
                    key=record.key,
                    has_file=asset.file is not None,
                )
            )
    return tuple(rows)


def _agreed(tables: Tables, asset_id: str) -> _Agreed | None:
    words = tables.registrations.words(asset_id)
    if words is None:
        return None
    try:
        agreed: _Agreed = from_json(_Agreed, parse_json(words))
    except MalformedError:
        return None  # of another version: it is agreed anew
    return agreed
