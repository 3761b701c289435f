"""What is told to a PowerStream server of the library's rows, and what was agreed with it. Jobs of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
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
    """``digest`` is of all that was said; empty where nobody has noted it."""

    account: Account
    sha256: str
    agreement: Agreement
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTell:
    """What is to be told of a replay."""

    registration: Registration
    record: UploadRecord
    agreed: Agreement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTakeBack:
    """A replay that the server was told of, and that somebody has removed for everybody since."""

    asset_id: str
    sha256: str
    agreed: Agreement


def to_take_back(tables: Tables, asset_id: str, account: Account) -> ToTakeBack | None:
    """Return what an account's server shall forget; None if it was never told of the replay, or that was not removed."""
    agreed = _agreed(tables, asset_id)
    if agreed is None or agreed.account != account or not is_removed_for_all(tables, asset_id):
        return None
    return ToTakeBack(asset_id=asset_id, sha256=agreed.sha256, agreed=agreed.agreement)


def all_to_take_back(tables: Tables) -> tuple[str, ...]:
    """Return the ids of all replays that the server shall forget."""
    return tuple(each for each in tables.registrations.ids() if is_removed_for_all(tables, each))


def keep_taken_back(tables: Tables, gone: ToTakeBack, lost: Sequence[LostWords], now: datetime) -> None:
    """Note that the server has forgotten a replay, and keep what was written there (I5)."""
    _keep_lost(tables, gone.asset_id, lost, now)
    tables.registrations.forget(gone.asset_id)


def is_removed_for_all(tables: Tables, asset_id: str) -> bool:
    """Return whether a replay was removed, and that stands in the bucket.

    Until then a question may hold it back, or it was so long ago that it is withdrawn (I6, V19). A replay that was removed before it
    had a manifest has none, and is in no list of ours any more.
    """
    row = tables.cloud.manifest(asset_id)
    if row is None:
        return asset_or_none(tables, asset_id) is None and not tables.asset_bin.holds(asset_id)
    kept = load_kept(tables, asset_id) if row.is_deleted else None
    tombstone = None if kept is None else kept.manifest.tombstone
    return kept is not None and tombstone is not None and kept.published.covers(tombstone.stamp)


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
        registration=_registration(tables, asset, record, options),
        record=record,
        agreed=None if agreed is None or agreed.account != account else agreed.agreement,
    )


def keep_told(tables: Tables, account: Account, told: Told, said: Registration, now: datetime) -> bool:
    """Keep what was agreed and what it has replaced there; return whether the library says something else now."""
    asset, new = asset_or_none(tables, said.asset_id), told.registration
    _keep_lost(tables, said.asset_id, (*told.lost, *_unread(asset, said, new)), now)
    edited = {
        name: getattr(new, name)
        for name in ("title", "description", "station_id")
        if asset is not None and getattr(asset, name) == getattr(said, name) != getattr(new, name)
    }
    if asset is not None and edited:
        tables.assets.put(replace(asset, **edited))
    agreed = _Agreed(
        account=account, sha256=said.sha256, agreement=told.agreement, digest=_digest(told.registration)
    )
    tables.registrations.keep(said.asset_id, write_json(to_json(agreed)))
    return asset is not None and bool(edited)


def _registration(tables: Tables, asset: Asset, record: UploadRecord, options: CloudOptions) -> Registration:
    return Registration(
        asset_id=asset.id,
        title=asset.title,
        description=asset.description,
        recorded_at=asset.recorded_at,
        duration_ms=asset.duration_ms,
        station_id=asset.station_id,
        size_bytes=record.size_bytes,
        sha256=record.sha256,
        video_url=public_link(options, record.key),
        thumbnail_url=_picture_link(tables, asset.id, options),
    )


def _digest(registration: Registration) -> str:
    return hashlib.sha256(registration.body()).hexdigest()


def _keep_lost(tables: Tables, asset_id: str, lost: Sequence[LostWords], now: datetime) -> None:
    for each in lost:
        tables.cloud.add_lost_text(
            LostText(
                asset_id=asset_id,
                field=each.field,
                value=each.text,
                device=SERVER,
                written_at=now,
                lost_at=now,
            )
        )


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


def rows_in_the_cloud(tables: Tables, account: Account, options: CloudOptions) -> tuple[Row, ...]:
    """Return the replays that this computer has uploaded, and how far an account's server was told of them."""
    rows: list[Row] = []
    for upload in tables.uploads.living(each.value for each in IN_THE_CLOUD):
        record, asset = head_in(upload), asset_or_none(tables, upload.asset_id)
        if asset is None or record.level == 0:
            continue
        agreed = _agreed(tables, asset.id)
        has_agreed = agreed is not None and (agreed.account, agreed.sha256) == (account, record.sha256)
        digest = _digest(_registration(tables, asset, record, options))
        rows.append(
            Row(
                asset_id=asset.id,
                sha256=record.sha256,
                key=record.key,
                has_file=asset.file is not None,
                is_unsaid=agreed is None or agreed.digest != digest,
                agreed=agreed.agreement.theirs if agreed is not None and has_agreed else None,
            )
        )
    return tuple(rows)


def known_among(tables: Tables, asset_ids: Iterable[str]) -> frozenset[str]:
    """Return those of a server's replays that are in this library, or that the server is about to forget."""
    here = (each for each in asset_ids if asset_or_none(tables, each) is not None)
    return frozenset((*here, *all_to_take_back(tables)))


def _agreed(tables: Tables, asset_id: str) -> _Agreed | None:
    words = tables.registrations.words(asset_id)
    if words is None:
        return None
    try:
        agreed: _Agreed = from_json(_Agreed, parse_json(words))
    except MalformedError:
        return None  # of another version: it is agreed anew
    return agreed
