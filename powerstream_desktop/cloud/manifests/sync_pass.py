"""A pass: this computer reads what is new in the store, and says there what is new here. No I/O of its own.

    list -> plan -> read what is new, merge, keep -> write what is ahead -> clear what was deleted long ago

Every step is kept before the next one relies on it, and may be done again: a pass that was broken off anywhere is made good by the next
(I4). Between reading a manifest and writing it another computer may write: the store's condition refuses ours then, and the pass goes
round again. A store without conditions takes it; what was overwritten is said again by who said it, at his next pass.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from powerstream_desktop.cloud.manifests.absorption import Absorbed, Change, absorb, written
from powerstream_desktop.cloud.manifests.edits import Author, purged, with_sane_stamps
from powerstream_desktop.cloud.manifests.hybrid_clock import ManifestError
from powerstream_desktop.cloud.manifests.kept_manifests import (
    Kept,
    Listed,
    ManifestShelf,
    ManifestStore,
)
from powerstream_desktop.cloud.manifests.manifest import Manifest
from powerstream_desktop.cloud.manifests.manifest_words import (
    MAX_MANIFEST_BYTES,
    read_manifest,
    write_manifest,
)
from powerstream_desktop.cloud.manifests.object_keys import asset_id_of, manifest_key
from powerstream_desktop.cloud.manifests.pass_plan import (
    MANY,
    MAX_ASSETS,
    Agreed,
    PassPlan,
    Question,
    QuestionKind,
    plan_pass,
    question_if_many,
)
from powerstream_desktop.cloud.uploads.invariants import assert_delete_was_asked_for
from powerstream_desktop.cloud.uploads.object_keys import MANIFESTS, asset_folder

MAX_ROUNDS: Final = 5
AT_ONCE: Final = 8
_TRIES_TO_KEEP: Final = 5

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOutcome:
    """What came of a pass; the ids are those of replays.

    Attributes:
        finished_ms: the server's time at its end, to be handed to the next one as ``last_pass_ms``; None if a question stopped it.
        added: replays that this computer did not know.
        changed: are called differently here now, or have another file.
        removed: were deleted on another computer.
        came_back: were deleted on one computer while another one went on with them.
        withdrawn: were deleted here so long ago that the others are not told; the user may do it again.
        missing: are in the cloud no more, and nobody knows why.
        unwritten: other computers were quicker five times; the next pass goes on.
        refused: their manifests were not understood and left alone: the etag of each, to be handed to the next pass.
        questions: what was not done.
        needs_new_device: the database is an older one, or there is a copy of it: this computer needs another id.
    """

    finished_ms: int | None = None
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    came_back: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()
    refused: Mapping[str, str]
    questions: tuple[Question, ...] = ()
    needs_new_device: bool = False


async def _no_pause(_round: int) -> None:
    """Go round again at once."""


async def run_pass(
    store: ManifestStore,
    shelf: ManifestShelf,
    author: Callable[[], Author],
    *,
    last_pass_ms: int | None,
    agreed: Agreed | None = None,
    refused: Mapping[str, str] | None = None,
    pause: Callable[[int], Awaitable[None]] = _no_pause,
) -> PassOutcome:
    """Bring this computer and the store together. One pass at a time; what fails leaves everything as far as it was.

    Args:
        store: its objects.
        shelf: what is kept here.
        author: tells this computer, with the server's time; asked again whenever the time counts.
        last_pass_ms: ``finished_ms`` of the last pass; None if there was none.
        agreed: to what the user said yes.
        refused: as the last pass told.
        pause: waits before the rounds 1 to 4 when another computer was quicker.

    Raises:
        Whatever the store or the shelf raises.
    """
    one = _Pass(store, shelf, author, agreed or {}, refused or {})
    return await one.run(last_pass_ms, pause)


class _Pass:
    """See ``run_pass``."""

    def __init__(
        self,
        store: ManifestStore,
        shelf: ManifestShelf,
        author: Callable[[], Author],
        agreed: Agreed,
        refused: Mapping[str, str],
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._author = author
        self._agreed = agreed
        self._refused_before = refused
        self._listing: dict[str, Listed] = {}
        self._there: set[str] = set()
        """Whose manifests the store has."""
        self._held: dict[str, Absorbed | None] = {}
        """What would replace or remove something here, kept back until it is known to be little; None for one too many."""
        self._told: dict[Change, list[str]] = {each: [] for each in Change}
        self._withdrawn: list[str] = []
        self._refused: dict[str, str] = {}
        self._changes: tuple[Question, ...] = ()
        self._needs_new_device = False
        self._total = 0
        self._is_full = False

    async def run(self, last_pass_ms: int | None, pause: Callable[[int], Awaitable[None]]) -> PassOutcome:
        """Do all of it, once; arguments and errors as with ``run_pass``."""
        await self._list()
        local = await self._shelf.overview()
        plan = plan_pass(
            local,
            self._listing,
            now_ms=self._author().now_ms,
            last_pass_ms=last_pass_ms,
            agreed=self._agreed,
        )
        if any(each.kind is not QuestionKind.MANY_DELETIONS for each in plan.questions):
            return PassOutcome(refused=self._refused_before, questions=plan.questions)
        self._is_full = plan.is_full
        self._total = sum(not each.is_deleted for each in local.values())
        unwritten = await self._exchange(plan, pause)
        await self._clear(plan)
        return PassOutcome(
            finished_ms=self._author().now_ms,
            added=tuple(self._told[Change.ADDED]),
            changed=tuple(self._told[Change.CHANGED]),
            removed=tuple(self._told[Change.REMOVED]),
            came_back=tuple(self._told[Change.CAME_BACK]),
            withdrawn=tuple(self._withdrawn),
            missing=plan.missing,
            unwritten=unwritten,
            refused=self._refused,
            questions=(*plan.questions, *self._changes),
            needs_new_device=self._needs_new_device,
        )

    async def _list(self) -> None:
        async for batch in self._store.list(MANIFESTS):
            for each in batch:
                asset_id = asset_id_of(each.key)
                if asset_id is not None:
                    self._listing[asset_id] = each
            if len(self._listing) > MAX_ASSETS:  # the plan will say so; no listing may fill the memory (V33)
                break
        self._there = set(self._listing)

    async def _exchange(self, plan: PassPlan, pause: Callable[[int], Awaitable[None]]) -> tuple[str, ...]:
        """Read and write until neither has what the other has not; return for which replays it did not come to that."""
        unread = [each for each in plan.downloads if not self._is_hopeless(self._listing[each])]
        ahead = set(plan.uploads)
        for number in range(MAX_ROUNDS):
            ahead |= await self._read(unread)
            to_write = sorted(ahead - self._refused.keys() - self._held.keys())
            was_quicker = await _each(self._write, to_write)
            unread = [each for each, quicker in zip(to_write, was_quicker, strict=True) if quicker]
            if not unread:
                break
            ahead = set()
            if number + 1 < MAX_ROUNDS:
                await pause(number + 1)
        return tuple(unread)

    def _is_hopeless(self, listed: Listed) -> bool:
        """Tell whether a manifest need not be read, because it is too large or is known not to be one."""
        asset_id = asset_id_of(listed.key) or ""
        if listed.size_bytes > MAX_MANIFEST_BYTES or self._refused_before.get(asset_id) == listed.etag:
            self._refused[asset_id] = listed.etag
        return asset_id in self._refused

    async def _read(self, asset_ids: Sequence[str]) -> set[str]:
        """Merge what the store has into what is kept, and return which replays are ahead then."""
        ahead = {asset_id for asset_id in await _each(self._read_one, asset_ids) if asset_id is not None}
        replaced = {*self._held, *self._told[Change.CHANGED], *self._told[Change.REMOVED]}
        questions = question_if_many(QuestionKind.MANY_CHANGES, replaced, self._total, self._agreed)
        if questions and self._held:
            self._changes = questions
            return ahead
        held, self._held = self._held, {}
        for absorbed in held.values():
            if absorbed is not None and await self._keep(absorbed) and absorbed.after.is_ahead:
                ahead.add(absorbed.after.manifest.asset_id)
        return ahead

    async def _read_one(self, asset_id: str) -> str | None:
        """Merge one manifest; return the replay's id if it is ahead then."""
        found = await self._store.read(manifest_key(asset_id))
        if found is None:  # gone since it was listed
            return None
        data, etag = found
        self._there.add(asset_id)
        listed = self._listing.get(asset_id)
        author = self._author()
        is_as_listed = listed is not None and listed.etag == etag
        try:
            theirs = read_manifest(asset_id, data)
            absorbed = absorb(
                await self._shelf.load(asset_id),
                theirs,
                etag,
                author,
                got_ms=listed.changed_ms if listed is not None and is_as_listed else author.now_ms,
                is_full=self._is_full,
            )
        except ManifestError:
            self._refused[asset_id] = etag
            return None
        self._needs_new_device |= absorbed.knows_more_of_us
        is_agreed = asset_id in self._agreed.get(QuestionKind.MANY_CHANGES, frozenset())
        if absorbed.change in {Change.CHANGED, Change.REMOVED} and not is_agreed:
            # One more than many is asked about whatever else comes, and read again after a yes: all of them would fill the memory.
            self._held[asset_id] = absorbed if len(self._held) < MANY else None
            return None
        return asset_id if await self._keep(absorbed) and absorbed.after.is_ahead else None

    async def _keep(self, absorbed: Absorbed) -> bool:
        """Keep what a manifest of the store has made of a row; if it was changed meanwhile, the next pass does it."""
        asset_id = absorbed.after.manifest.asset_id
        if not await self._shelf.keep(absorbed.after, instead_of=absorbed.before, losers=absorbed.losers):
            return False
        self._told[absorbed.change].append(asset_id)
        if absorbed.is_withdrawn:
            self._withdrawn.append(asset_id)
        return True

    async def _write(self, asset_id: str) -> bool:
        """Write what is ahead into the store; return whether another computer was quicker."""
        kept = await self._shelf.load(asset_id)
        is_there = asset_id in self._there
        if kept is None or (is_there and not kept.is_ahead):
            return False
        sane = with_sane_stamps(kept.manifest, kept.published, self._author())
        if sane != kept.manifest:
            before, kept = kept, replace(kept, manifest=sane)
            if not await self._shelf.keep(kept, instead_of=before):
                return False
        return not await self._put(kept.manifest.rewritten(), kept.etag if is_there else None)

    async def _put(self, manifest: Manifest, if_match: str | None) -> bool:
        """Write a manifest and keep that it is written; return False if the store has another one by now."""
        key = manifest_key(manifest.asset_id)
        etag = await self._store.write(key, write_manifest(manifest), if_match=if_match)
        if etag is None:
            return False
        for _ in range(_TRIES_TO_KEEP):  # the user may change it at this very moment
            now = await self._shelf.load(manifest.asset_id)
            if now is None or await self._shelf.keep(written(now, manifest, etag), instead_of=now):
                break
        return True

    async def _clear(self, plan: PassPlan) -> None:
        """Take from the store what was deleted long ago, and forget what nobody has to be told any more."""
        for asset_id in plan.purges:
            kept = await self._unchanged(asset_id)
            if kept is None:
                continue
            async for batch in self._store.list(asset_folder("", asset_id)):
                for each in batch:
                    assert_delete_was_asked_for(each.key, prefix="", asset_id=asset_id)
                    await self._store.delete(each.key)
            await self._put(purged(kept.manifest).rewritten(), kept.etag)
        for asset_id in plan.ends:
            if await self._unchanged(asset_id) is not None:
                await self._store.delete(manifest_key(asset_id))
                await self._shelf.forget(asset_id)
        for asset_id in plan.forgotten:
            await self._shelf.forget(asset_id)

    async def _unchanged(self, asset_id: str) -> Kept | None:
        """Return the row of a replay that is deleted here and, at this moment, in the store (I2); else None."""
        kept = await self._shelf.load(asset_id)
        found = await self._store.read(manifest_key(asset_id))
        if kept is None or found is None or found[1] != kept.etag:
            return None
        return kept if kept.manifest.is_deleted and not kept.is_ahead else None


async def _each(do: Callable[[str], Coroutine[Any, Any, _Result]], asset_ids: Iterable[str]) -> list[_Result]:
    """Do something to each, some at a time, and return the results in order; the first failure ends it."""
    waiting = list(asset_ids)
    results: list[_Result] = []
    for begin in range(0, len(waiting), AT_ONCE):
        batch = await asyncio.gather(
            *(do(each) for each in waiting[begin : begin + AT_ONCE]), return_exceptions=True
        )
        for each in batch:
            if isinstance(each, BaseException):
                raise each
            results.append(each)
    return results
