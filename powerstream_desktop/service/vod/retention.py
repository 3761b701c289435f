"""What the rules of retention would remove, and what they leave although they would like to. Pure: nothing is removed here.

Two rules: replays that are older than so many days, and the oldest ones beyond so many bytes. Neither ever takes one that is pinned,
whose file is not here, or which has no verified copy elsewhere: unless its owner allowed even the only copy to be taken. What is on its
way to the cloud waits for that, whatever was allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from powerstream_desktop.service.store.assets import Asset


class RetentionReason(StrEnum):
    """Why a replay is removed, or stays although a rule would remove it."""

    TOO_OLD = "too-old"
    TOO_MUCH = "too-much"
    """It is the oldest while all together take more space than they may."""
    PINNED = "pinned"
    ONLY_COPY = "only-copy"
    UPLOADING = "uploading"
    """Its copy elsewhere is wanted, and not finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRules:
    """What its owner wants.

    Attributes:
        keep_days: how old a replay may become; None for any age.
        keep_bytes: how much all may take together; None for any space.
        may_take_only_copy: also what exists nowhere else may be removed.
    """

    keep_days: int | None = None
    keep_bytes: int | None = None
    may_take_only_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionEntry:
    """A replay that a rule is about; ``is_only_copy`` if it exists nowhere else."""

    asset: Asset
    reason: RetentionReason
    is_only_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPlan:
    """What the rules come to now.

    Attributes:
        removes: the oldest first.
        keeps: what a rule would take and must not, the oldest first.
    """

    removes: tuple[RetentionEntry, ...] = ()
    keeps: tuple[RetentionEntry, ...] = ()

    @property
    def freed_bytes(self) -> int:
        """How much is free afterwards that is taken now."""
        return sum(entry.asset.size_bytes for entry in self.removes)


def retention_plan(
    replays: Sequence[Asset],
    copied: frozenset[str],
    rules: RetentionRules,
    now: datetime,
    *,
    under_way: frozenset[str] = frozenset(),
) -> RetentionPlan:
    """Return what the rules come to.

    Args:
        replays: those whose files are here, the oldest first.
        copied: ids of those of which a verified copy exists elsewhere.
        rules: what is wanted.
        now: wall time with its zone.
        under_way: ids of those that are being brought elsewhere, or wait for it.
    """
    removes: list[RetentionEntry] = []
    keeps: list[RetentionEntry] = []
    used_bytes = sum(asset.size_bytes for asset in replays)
    for asset in replays:
        reason = _reason(asset, rules, now, used_bytes)
        if reason is None:
            continue
        hindrance = _hindrance(asset, copied, under_way, rules)
        is_only_copy = asset.id not in copied
        if hindrance is not None:
            keeps.append(RetentionEntry(asset=asset, reason=hindrance, is_only_copy=is_only_copy))
        else:
            removes.append(RetentionEntry(asset=asset, reason=reason, is_only_copy=is_only_copy))
            used_bytes -= asset.size_bytes
    return RetentionPlan(removes=tuple(removes), keeps=tuple(keeps))


def _reason(asset: Asset, rules: RetentionRules, now: datetime, used_bytes: int) -> RetentionReason | None:
    """Return why a rule would take a replay while all together take ``used_bytes``."""
    if rules.keep_days is not None and now - asset.recorded_at > timedelta(days=rules.keep_days):
        return RetentionReason.TOO_OLD
    if rules.keep_bytes is not None and used_bytes > rules.keep_bytes:
        return RetentionReason.TOO_MUCH
    return None


def _hindrance(
    asset: Asset, copied: frozenset[str], under_way: frozenset[str], rules: RetentionRules
) -> RetentionReason | None:
    if asset.is_pinned:
        return RetentionReason.PINNED
    if asset.id in under_way:
        return RetentionReason.UPLOADING
    if asset.id not in copied and not rules.may_take_only_copy:
        return RetentionReason.ONLY_COPY
    return None
