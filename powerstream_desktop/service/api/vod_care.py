"""Caring for the library as a whole: how much room it takes, what the rules would remove, and what the folders have."""

from __future__ import annotations

import asyncio
import shutil
from datetime import datetime
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from pydantic import Field

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.api.at_home import is_at_home
from powerstream_desktop.service.api.parts import APIParts, Parts
from powerstream_desktop.service.api.wish_fields import Id
from powerstream_desktop.service.api.words import Answer, Wish, Words
from powerstream_desktop.service.api.words_vod import PATH
from powerstream_desktop.service.cloud.upload_queue import TO_SEND
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.vod.retention import (
    RetentionEntry,
    RetentionPlan,
    RetentionReason,
    RetentionRules,
    retention_plan,
)

router = APIRouter(prefix=PATH, tags=["library"])

_MEGABYTE: Final = 1024 * 1024
_MOST_SHOWN: Final = 1000
_SENTENCES: Final = {
    RetentionReason.TOO_OLD: "It is older than replays are kept.",
    RetentionReason.TOO_MUCH: "It is the oldest, and all replays take more space than they may.",
    RetentionReason.PINNED: "It is pinned.",
    RetentionReason.ONLY_COPY: "There is no other copy of it.",
    RetentionReason.UPLOADING: "Its copy in the cloud is not finished.",
}


class Storage(Answer):
    """How much room replays take on the service's computer."""

    used_bytes: int
    free_bytes: int | None
    """On the disk that recordings go to; null if it does not say."""
    reserve_bytes: int
    """What a recording keeps aside of that."""
    count: int
    """Replays whose files are here."""
    folder: str | None
    """Where recordings go; null for devices of the network."""


class RetentionItem(Words):
    """A replay that a rule is about."""

    asset_id: str
    title: str
    size_bytes: int
    recorded_at: datetime
    reason: RetentionReason
    sentence: str
    """The reason, for people."""
    is_only_copy: bool
    """There is no verified copy of it elsewhere."""
    waits_for_check: bool
    """Its file alone goes, as there is a copy in the cloud: in its turn, once that was verified again."""

    @classmethod
    def of(cls, entry: RetentionEntry, *, waits_for_check: bool) -> RetentionItem:
        """Return an entry in the API's words."""
        return cls(
            asset_id=entry.asset.id,
            title=entry.asset.title,
            size_bytes=entry.asset.size_bytes,
            recorded_at=entry.asset.recorded_at,
            reason=entry.reason,
            sentence=_SENTENCES[entry.reason],
            is_only_copy=entry.is_only_copy,
            waits_for_check=waits_for_check,
        )


class Retention(Answer):
    """What the rules would remove, or have removed."""

    removes: tuple[RetentionItem, ...]
    """The oldest first; those with `waitsForCheck` are not removed yet when it was applied."""
    keeps: tuple[RetentionItem, ...]
    """What a rule would remove but must not."""
    freed_bytes: int
    """At once."""
    waiting_bytes: int
    """Free later, of those that wait for a check of their copies, if that finds them good."""


class RetentionWish(Wish):
    """What is to be removed."""

    asset_ids: list[Id] | None = Field(default=None, max_length=_MOST_SHOWN)
    """Only these, as somebody has seen them; null for whatever the rules come to now."""


class Rebuild(Answer):
    """What a look through the folders of recordings has brought."""

    added: tuple[str, ...]
    """Ids of replays that the library did not know."""
    moved: tuple[str, ...]
    """Ids of those that it knew at another place, where they are no more."""
    problems: tuple[str, ...]
    """Sentences about what was left out."""


@router.get("/storage", summary="Tell how much room replays take")
async def get_storage(parts: Parts, request: Request) -> Storage:
    """On the service's computer."""
    owner = parts.owner
    count, used_bytes = await parts.store.read(lambda tables: tables.asset_files.used_bytes())
    return Storage(
        used_bytes=used_bytes,
        free_bytes=await asyncio.to_thread(_free_bytes, owner.recordings),
        reserve_bytes=owner.settings.settings.recording.reserve_megabytes * _MEGABYTE,
        count=count,
        folder=str(owner.recordings) if is_at_home(request) else None,
    )


@router.get("/retention", summary="Tell what the rules of retention would remove now")
async def get_retention(parts: Parts) -> Retention:
    """Nothing is removed. Rules are settings; without any, nothing would be."""
    return _told(*await _plan(parts))


@router.post("/retention/apply", summary="Remove what the rules of retention would")
async def apply_retention(parts: Parts, wish: RetentionWish | None = None) -> Retention:
    """To the bin, as a removal by hand, and never one that is on its way to the cloud. Of a replay with a copy in the cloud its file alone goes, in its turn, once that was verified again.

    Answers what was removed, what waits for that check (`waitsForCheck`; the replay's `sync` tells what came of it), and what was not. 503 if a file cannot be moved; all others are removed nevertheless.
    """
    plan, copied = await _plan(parts)
    shown = None if wish is None or wish.asset_ids is None else frozenset(wish.asset_ids)
    removed: list[RetentionEntry] = []
    refused: SystemFault | None = None
    for entry in plan.removes:
        if shown is not None and entry.asset.id not in shown:
            continue  # a rule takes it since, and nobody has seen that
        try:
            if entry.asset.id in copied:
                await parts.cloud.evict(entry.asset.id)
            else:
                await parts.library.bin.put(entry.asset.id)
        except (UnknownRecordError, ConflictError):
            continue  # somebody was quicker, or works with it
        except SystemFault as error:
            refused = refused or error
        else:
            removed.append(entry)
    if refused is not None:
        raise refused
    return _told(RetentionPlan(removes=tuple(removed), keeps=plan.keeps), copied)


@router.post("/rebuild", summary="Add what the folders of recordings have and the library does not know")
async def rebuild_library(parts: Parts) -> Rebuild:
    """By what lies beside each file; nothing is removed, and no file is changed."""
    recording = parts.owner.settings.settings.recording
    folders = (parts.owner.recordings, parts.owner.usual_recordings, *recording.fallback_folders)
    rebuilt = await parts.library.folders.rebuild(folders)
    return Rebuild(added=rebuilt.added, moved=rebuilt.moved, problems=rebuilt.problems)


async def _plan(parts: APIParts) -> tuple[RetentionPlan, frozenset[str]]:
    """Return what the rules come to, and the replays that have a copy elsewhere."""
    rules = parts.owner.settings.settings.retention.rules
    if rules == RetentionRules(may_take_only_copy=rules.may_take_only_copy):
        return RetentionPlan(), frozenset()
    replays, copied, under_way = await parts.store.read(
        lambda tables: (
            tables.assets.with_files(),
            tables.uploads.copied(),
            frozenset(each.asset_id for each in tables.uploads.living(TO_SEND)),
        )
    )
    return retention_plan(replays, copied, rules, parts.wall_now(), under_way=under_way), copied


def _told(plan: RetentionPlan, copied: frozenset[str]) -> Retention:
    waiting_bytes = sum(each.asset.size_bytes for each in plan.removes if each.asset.id in copied)
    return Retention(
        removes=tuple(
            RetentionItem.of(each, waits_for_check=each.asset.id in copied) for each in plan.removes
        ),
        keeps=tuple(RetentionItem.of(each, waits_for_check=False) for each in plan.keeps),
        freed_bytes=plan.freed_bytes - waiting_bytes,
        waiting_bytes=waiting_bytes,
    )


def _free_bytes(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(next(path for path in (folder, *folder.parents) if path.exists())).free
    except OSError:
        return None  # a disk that was pulled out
