"""What is told to a PowerStream server of the library's rows, and what was agreed with it. Jobs of the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from powerstream_desktop.cloud.backend.account import Account
from powerstream_desktop.cloud.backend.backend import Told
from powerstream_desktop.cloud.backend.backend_words import Registration
from powerstream_desktop.cloud.backend.reconciliation import Row
from powerstream_desktop.cloud.backend.texts import Agreement
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import IN_THE_CLOUD
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.service.cloud.kept_uploads import head_in
from powerstream_desktop.service.cloud.replay_words import asset_or_none
from powerstream_desktop.service.store.cloud_notes import LostText
from powerstream_desktop.service.store.store_faults import ConflictError
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


def to_tell(tables: Tables, asset_id: str, account: Account) -> ToTell | None:
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
        ),
        record=record,
        agreed=None if agreed is None or agreed.account != account else agreed.agreement,
    )


def keep_told(tables: Tables, account: Account, told: Told, said: Registration, now: datetime) -> bool:
    """Keep what was agreed and what it has replaced there; return whether the library says something else now."""
    for lost in told.lost:
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
    asset, new = asset_or_none(tables, said.asset_id), told.registration
    edited = {
        name: getattr(new, name)
        for name in ("title", "description", "station_id")
        if asset is not None and getattr(asset, name) == getattr(said, name) != getattr(new, name)
    }
    if asset is not None and edited:
        try:
            tables.assets.put(replace(asset, **edited))
        except ConflictError:
            return (
                False  # a station that this computer does not know: theirs is not agreed to, and stands there
            )
    agreed = _Agreed(account=account, sha256=said.sha256, agreement=told.agreement)
    tables.registrations.keep(said.asset_id, write_json(to_json(agreed)))
    return asset is not None and bool(edited)


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
