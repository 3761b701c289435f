"""What a pass will do, from what is kept here and what the store lists; and when it must ask first. Pure.

Nothing is ever deleted because it is missing: neither there because it is missing here, nor here because it is missing there (I2, V20,
V21). What goes from the store goes because somebody deleted the replay, a month later; and a pass that would delete or replace much stops
and asks (I6).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from powerstream_desktop.cloud.manifests.kept_manifests import Listed, Standing

DAY_MS: Final = 24 * 3600 * 1000
BIN_MS: Final = 30 * DAY_MS
"""So long the objects of a deleted replay stay in the store."""
AWAY_MS: Final = 180 * DAY_MS
"""A computer that was away for longer may have missed deletions, and tells none of its own (V19)."""
TOMBSTONE_MS: Final = AWAY_MS + 20 * DAY_MS
"""So long everybody can read in the store that a replay was deleted."""

MANY: Final = 5
MANY_PERCENT: Final = 20
FEW_CHANGES: Final = 2
"""So many that another computer has made are never many: of four replays, somebody may well rename two."""
PURGES_AT_ONCE: Final = 5
MAX_ASSETS: Final = 200_000


class QuestionKind(StrEnum):
    """What a pass does not do without being told to."""

    EMPTY_STORE = "emptyStore"
    """The store has no manifest at all, but had some: another account, another bucket, or all is gone. Yes: put everything there."""
    MANY_MISSING = "manyMissing"
    """Many manifests are gone that nobody deleted. Yes: put them there again."""
    MANY_DELETIONS = "manyDeletions"
    """Many replays that were deleted here would be deleted everywhere."""
    MANY_CHANGES = "manyChanges"
    """Many replays here would be taken out, or called differently, because another computer says so."""
    TOO_MANY = "tooMany"
    """The store lists more replays than anybody has; never agreed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a pass stopped at, and about which replays."""

    kind: QuestionKind
    asset_ids: tuple[str, ...]


Agreed = Mapping[QuestionKind, frozenset[str]]
"""To what the user said yes, for which replays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassPlan:
    """What a pass will do.

    Attributes:
        downloads: manifests that the store has otherwise than when they were last read here.
        uploads: manifests that say something the store's do not.
        missing: replays whose manifests are gone although nobody deleted them, while this computer was away for very long.
        purges: deleted replays whose objects' time is over.
        ends: deleted replays that every computer has heard of by now: their manifests go as well.
        forgotten: rows of deleted replays that the store does not know any more.
        questions: if there is one that stops the pass, nothing above is to be done.
        is_full: this computer was away for very long: everything is compared anew, and what it deleted meanwhile is not told (V19).
    """

    downloads: tuple[str, ...] = ()
    uploads: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    purges: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    is_full: bool = False


def plan_pass(
    local: Mapping[str, Standing],
    listing: Mapping[str, Listed],
    *,
    now_ms: int,
    last_pass_ms: int | None,
    agreed: Agreed,
) -> PassPlan:
    """Return what a pass will do.

    Args:
        local: what is kept here, by the replay's id.
        listing: the manifests that the store has, by the replay's id.
        now_ms: the server's time.
        last_pass_ms: when this computer's last pass came to its end; None if none ever did.
        agreed: to what the user said yes.
    """
    is_full = last_pass_ms is not None and now_ms - last_pass_ms > AWAY_MS
    shared = [asset_id for asset_id, row in local.items() if row.etag is not None and not row.is_deleted]
    missing = [asset_id for asset_id in shared if asset_id not in listing]
    stop = _stop(shared, missing, listing, agreed)
    if stop is not None:
        return PassPlan(questions=(stop,), is_full=is_full)
    doomed = () if is_full else _untold_deletions(local, listing)
    questions = question_if_many(QuestionKind.MANY_DELETIONS, doomed, len(shared) + len(doomed), agreed)
    held_back = frozenset(asset_id for each in questions for asset_id in each.asset_ids)
    wanted_back = agreed.get(QuestionKind.EMPTY_STORE, frozenset()) | agreed.get(
        QuestionKind.MANY_MISSING, frozenset()
    )
    given_up = frozenset(missing) - wanted_back if is_full else frozenset()
    return PassPlan(
        downloads=_without(held_back, _changed_there(local, listing, is_full=is_full)),
        uploads=_without(held_back | given_up, _ahead_here(local, listing)),
        missing=tuple(each for each in missing if each in given_up),
        purges=_old_deletions(local, listing, now_ms - BIN_MS, is_purged=False),
        ends=_old_deletions(local, listing, now_ms - TOMBSTONE_MS, is_purged=True),
        forgotten=tuple(
            asset_id for asset_id, row in local.items() if row.is_deleted and asset_id not in listing
        ),
        questions=questions,
        is_full=is_full,
    )


def question_if_many(
    kind: QuestionKind, asset_ids: Iterable[str], total: int, agreed: Agreed
) -> tuple[Question, ...]:
    """Return the question that guards what would happen to replays; none if they are few, or the user agreed (I6, V22).

    Args:
        kind: what would happen.
        asset_ids: to which of them.
        total: how many there are.
        agreed: to what the user said yes.
    """
    asked = tuple(sorted(set(asset_ids) - agreed.get(kind, frozenset())))
    few = FEW_CHANGES if kind is QuestionKind.MANY_CHANGES else 1
    is_many = len(asked) > MANY or (len(asked) > few and len(asked) * 100 > total * MANY_PERCENT)
    return (Question(kind=kind, asset_ids=asked),) if is_many else ()


def _stop(
    shared: list[str], missing: list[str], listing: Mapping[str, Listed], agreed: Agreed
) -> Question | None:
    """Return what stops the whole pass."""
    if len(listing) > MAX_ASSETS:
        return Question(kind=QuestionKind.TOO_MANY, asset_ids=())
    if shared and not listing:
        asked = set(shared) - agreed.get(QuestionKind.EMPTY_STORE, frozenset())
        return Question(kind=QuestionKind.EMPTY_STORE, asset_ids=tuple(sorted(asked))) if asked else None
    return next(iter(question_if_many(QuestionKind.MANY_MISSING, missing, len(shared), agreed)), None)


def _without(left_alone: frozenset[str], asset_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in asset_ids if each not in left_alone)


def _untold_deletions(local: Mapping[str, Standing], listing: Mapping[str, Listed]) -> tuple[str, ...]:
    """Return the replays that were deleted here, and the store does not know it."""
    return tuple(
        asset_id for asset_id, row in local.items() if row.is_deleted and row.is_ahead and asset_id in listing
    )


def _changed_there(
    local: Mapping[str, Standing], listing: Mapping[str, Listed], *, is_full: bool
) -> Iterator[str]:
    """Yield the replays that the store has otherwise than they were last read here; all of them if all is compared anew."""
    for asset_id, each in listing.items():
        if is_full or asset_id not in local or local[asset_id].etag != each.etag:
            yield asset_id


def _ahead_here(local: Mapping[str, Standing], listing: Mapping[str, Listed]) -> Iterator[str]:
    """Yield the replays that say something here which the store does not.

    A manifest that is gone is among them: nobody deleted it, for that would have been read here within the last 180 days.
    """
    for asset_id, row in local.items():
        if row.is_ahead if asset_id in listing else not row.is_deleted:
            yield asset_id


def _old_deletions(
    local: Mapping[str, Standing], listing: Mapping[str, Listed], before_ms: int, *, is_purged: bool
) -> tuple[str, ...]:
    """Return some of the replays that are deleted here and there, and the store has known it since before a moment."""
    found = (
        asset_id
        for asset_id, row in local.items()
        if row.is_deleted
        and row.is_purged is is_purged
        and not row.is_ahead
        and asset_id in listing
        and row.etag == listing[asset_id].etag
        and listing[asset_id].changed_ms < before_ms
    )
    return tuple(itertools.islice(found, PURGES_AT_ONCE))
