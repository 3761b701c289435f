"""The sync desk: what is edited here goes to all computers of a station, and what they edit comes here, by the manifests in the bucket.

A pass runs soon after every change, and every few minutes; one at a time. It may break off anywhere: the next one makes it good. What
would remove or replace much waits until somebody has said yes (I6). Owner: the service, on its loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable
from functools import partial
from typing import Final

from powerstream_desktop.cloud.manifests.edits import Author, Replay
from powerstream_desktop.cloud.manifests.hybrid_clock import ManifestError
from powerstream_desktop.cloud.manifests.pass_plan import Agreed
from powerstream_desktop.cloud.manifests.sync_pass import PassOutcome, run_pass
from powerstream_desktop.cloud.uploads.object_keys import MEDIA
from powerstream_desktop.cloud.uploads.upload_states import IN_THE_CLOUD
from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.common.one_task import OneTask
from powerstream_desktop.service.cloud.bucket import Bucket
from powerstream_desktop.service.cloud.cloud_standing import Question
from powerstream_desktop.service.cloud.courier_port import CourierPort
from powerstream_desktop.service.cloud.kept_uploads import owned_upload_ids
from powerstream_desktop.service.cloud.library_shelf import LibraryShelf, bring_back, mark_deleted
from powerstream_desktop.service.cloud.questions import question_of
from powerstream_desktop.service.cloud.registration_notes import is_removed_for_all
from powerstream_desktop.service.cloud.replay_words import asset_or_none, replay_here
from powerstream_desktop.service.cloud.store_choice import place_of
from powerstream_desktop.service.cloud.sync_tools import SyncTools
from powerstream_desktop.service.cloud.telling import acknowledge_told
from powerstream_desktop.service.cloud.troubles import trouble_of
from powerstream_desktop.service.cloud.unreadable_rows import begin_unreadable_anew
from powerstream_desktop.service.settings.cloud_options import CloudKind
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import UploadTrouble

EVERY_S: Final = 300.0
SOON_S: Final = 1.5
"""After a change: several at once are told together."""
AGAIN_S: Final = 30.0
"""After a trouble."""
_DEVICE_BYTES: Final = 12

logger = logging.getLogger(__name__)


class SyncDesk:
    """``start`` it, ``aclose`` it.

    Args:
        tools: what it needs from the rest of the service.
        soon_s: how long after a change a pass runs.
        every_s: how long after the last one it runs anyway.
    """

    def __init__(self, tools: SyncTools, *, soon_s: float = SOON_S, every_s: float = EVERY_S) -> None:
        self._tools = tools
        self._soon_s = soon_s
        self._every_s = every_s
        self._to_say: dict[str, None] = {}
        self._removed: dict[str, None] = {}  # and the bucket does not say so yet
        self._knows_all = False  # nothing was said of replays before this start's first pass
        self._wanted = asyncio.Event()
        self._is_running = False
        self._has_failed = False
        self._trouble: UploadTrouble | None = None
        self._has_cleaned_up = False  # once a start and store: what is to be removed is a day old
        self._agreed: Agreed = {}
        self._last: PassOutcome = PassOutcome(refused={})
        self._place = ""  # the store that all this is about
        self._passing: asyncio.Task[None] | None = None
        self._working = OneTask("manifests", self._work)

    def start(self) -> None:
        """Begin to work."""
        self._wanted.set()
        self._working.start()

    async def aclose(self) -> None:
        """Break off. Harmless to repeat."""
        await self._working.aclose()

    @property
    def is_busy(self) -> bool:
        """A pass runs, or something is to be told soon; not while the store does not answer."""
        if self._is_running:
            return True
        is_hindered = (
            self._has_failed or self._tools.options().kind is CloudKind.OFF or not self._tools.may_run()
        )
        return (bool(self._to_say) or self._wanted.is_set()) and not is_hindered

    @property
    def is_comparing(self) -> bool:
        """A pass runs, or is wanted and has not been begun; one that cannot be begun now is not wanted any more."""
        return self._is_running or self._wanted.is_set()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What waits for an answer."""
        return tuple(map(question_of, self._last.questions))

    @property
    def trouble(self) -> UploadTrouble | None:
        """Why the last pass came to nothing; None if it did not, or another one is wanted since."""
        return self._trouble

    def note(self, asset_id: str) -> None:
        """Something may be known of a replay that was not before; cheap, on the loop."""
        self._to_say[asset_id] = None
        self._wanted.set()

    def want(self, *, confirm: bool = False) -> None:
        """Run a pass soon.

        Args:
            confirm: say yes to the questions that there are, about the very replays that they named.
        """
        if confirm:
            self._agreed = {each.kind: frozenset(each.asset_ids) for each in self._last.questions}
        self._knows_all = self._has_failed = False
        self._trouble = None
        if self._passing is not None and place_of(self._tools.options()) != self._place:
            self._passing.cancel()  # nothing of one store goes on to another (V34)
        self._wanted.set()
        self._tools.turned()

    async def removed(self, asset_id: str) -> None:
        """The user has removed a replay for all computers; StoreFault if that cannot be written down.

        Also while no store is chosen: it is told to the others once that of its manifest is chosen again.
        """
        await self._tools.store.write(self.saying_removed(asset_id))
        self._removed[asset_id] = None
        self._wanted.set()

    async def restored(self, asset_id: str) -> None:
        """A replay that may have been removed is there again."""
        await self._tools.store.write(self.saying_restored(asset_id))
        self._removed.pop(asset_id, None)
        self.note(asset_id)

    def saying_removed(self, asset_id: str) -> Callable[[Tables], None]:
        """Return the job that notes what ``removed`` does, for whoever removes the replay in the same transaction."""
        return partial(self._say_as_author, mark_deleted, asset_id)

    def saying_restored(self, asset_id: str) -> Callable[[Tables], None]:
        """Return the same for ``restored``."""
        return partial(self._say_as_author, bring_back, asset_id)

    # Inside.

    async def _work(self) -> None:
        while True:
            wait_s = self._every_s
            self._wanted.clear()
            if self._tools.options().kind is not CloudKind.OFF and self._tools.may_run():
                wait_s = await self._try()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._wanted.wait()
                    await asyncio.sleep(self._soon_s)

    async def _try(self) -> float:
        """Run a pass; return how long to wait for the next one."""
        self._is_running, self._has_failed = True, True
        self._settle_at(place_of(self._tools.options()))
        passing = asyncio.get_running_loop().create_task(self._pass(), name="a pass")
        self._passing = passing
        try:
            await asyncio.gather(passing, return_exceptions=True)
            if not passing.cancelled():
                passing.result()
            self._has_failed, self._trouble = False, None
        except PowerStreamError as error:
            logger.info("Edits are not compared with those of other computers: %s", error)
            self._trouble = trouble_of(error)
            is_mended = await begin_unreadable_anew(self._tools.store, error, self._tools.wall_now())
            return self._soon_s if is_mended else AGAIN_S
        except Exception:
            logger.exception("A pass over the manifests met a mistake of ours")
            return AGAIN_S
        finally:
            self._is_running, self._passing = False, None
            self._tools.turned()
        # Where others were quicker each time, what this computer says is in no manifest yet.
        return AGAIN_S if self._last.unwritten else self._every_s

    def _settle_at(self, place: str) -> None:
        """Forget what another store has asked and said."""
        if place != self._place:
            self._place, self._last, self._agreed = place, PassOutcome(refused={}), {}
            self._trouble = None
            self._has_cleaned_up = False

    async def _pass(self) -> None:
        courier = await self._tools.line.courier()
        prefix = self._tools.line.prefix
        bucket, shelf = Bucket(courier, prefix), self._shelf()
        author = await self._tools.store.write(self._author)
        if not self._has_cleaned_up:
            await self._clean_up(courier, prefix)
        for asset_id in await shelf.take_back():
            self._tools.tell("added", asset_id)
        for asset_id in await shelf.find_missing():
            self._tools.tell("changed", asset_id)
        await self._say_all(bucket, shelf, self._author_now(author, courier))
        last_ms = await self._tools.store.read(lambda tables: tables.cloud.fact(CloudFact.SYNCED_MS))
        agreed = self._agreed
        outcome = await run_pass(
            bucket,
            shelf,
            self._author_now(author, courier),
            last_pass_ms=None if last_ms is None else int(last_ms),
            agreed=agreed,
            refused=self._last.refused,
            pause=_pause,
        )
        self._last = outcome
        if self._agreed is agreed:  # or somebody has said yes meanwhile, which the next pass carries out
            self._agreed = {}
        await self._keep_outcome(outcome)
        now = self._tools.wall_now()
        for asset_id in await self._tools.store.write(
            lambda tables: acknowledge_told(tables, now, has_backend=self._tools.options().backend_url != "")
        ):
            self._tools.tell("changed", asset_id)
        self._tell(outcome)
        _log_absence(outcome)
        await self._tell_removals()
        for asset_id in await self._tools.pictures.fetch(bucket):
            self._tools.tell("changed", asset_id)

    async def _clean_up(self, courier: CourierPort, prefix: str) -> None:
        """Have the store forget uploads that crashes have left, ours and a day old; one that cannot tell of them is left alone."""
        owned = await self._tools.store.read(owned_upload_ids)
        try:
            count = await courier.clean_up(f"{prefix}{MEDIA}", owned)
        except PowerStreamError as error:
            logger.info("What crashes have left in the cloud store is not removed: %s", error)
        else:
            self._has_cleaned_up = True
            if count:
                logger.info("%d uploads that crashes had left in the cloud store are removed.", count)

    async def _say_all(self, bucket: Bucket, shelf: LibraryShelf, author: Callable[[], Author]) -> None:
        """Let the rows say what was edited here, each at the time at which it is noticed."""
        if not self._knows_all:
            ids = await self._tools.store.read(_ids_in_the_cloud)
            self._to_say.update(dict.fromkeys(ids))
            self._knows_all = True
        while self._to_say:
            asset_id = next(iter(self._to_say))
            del self._to_say[asset_id]  # an edit from now on is said in its turn
            try:
                await self._say(bucket, shelf, author, asset_id)
            except BaseException:
                self._to_say[asset_id] = None
                raise

    async def _say(
        self, bucket: Bucket, shelf: LibraryShelf, author: Callable[[], Author], asset_id: str
    ) -> None:
        thumbnail = await self._tools.pictures.bring(bucket, asset_id)
        try:
            replay = await self._tools.store.read(
                partial(_replay, asset_id=asset_id, prefix=self._tools.line.prefix, thumbnail=thumbnail)
            )
            if replay is None:
                return
            await shelf.say(replay, author())
        except BugError:  # one replay hinders no other
            logger.exception("Telling other computers of a replay met a mistake of ours")
        except ManifestError as error:  # it has more markers than a manifest takes; the others are told
            logger.info("Other computers are not told of the replay %s: %s", asset_id, error.detail)
        if thumbnail is not None:
            self._tools.tell("changed", asset_id)  # whoever was told of it without its picture is told again

    async def _keep_outcome(self, outcome: PassOutcome) -> None:
        def keep(tables: Tables) -> None:
            if outcome.finished_ms is not None:
                tables.cloud.keep_fact(CloudFact.SYNCED_MS, str(outcome.finished_ms))
            if outcome.needs_new_device:
                tables.cloud.keep_fact(CloudFact.DEVICE_ID, _new_device())

        await self._tools.store.write(keep)

    def _tell(self, outcome: PassOutcome) -> None:
        for change, ids in (
            ("added", (*outcome.added, *outcome.came_back)),
            ("changed", outcome.changed),
            ("removed", outcome.removed),
        ):
            for asset_id in ids:
                self._tools.tell(change, asset_id)

    async def _tell_removals(self) -> None:
        asked = tuple(self._removed)
        for asset_id in await self._tools.store.read(
            lambda tables: [each for each in asked if is_removed_for_all(tables, each)]
        ):
            self._removed.pop(asset_id, None)
            self._tools.removed_for_all(asset_id)

    def _shelf(self) -> LibraryShelf:
        return LibraryShelf(self._tools.store, self._tools.line.prefix, self._tools.wall_now)

    def _say_as_author(
        self, say: Callable[[Tables, str, Author], None], asset_id: str, tables: Tables
    ) -> None:
        say(tables, asset_id, self._author(tables))

    def _author(self, tables: Tables) -> Author:
        """Return who edits here; a job of the store."""
        known = tables.cloud.fact(CloudFact.DEVICE_ID)
        if known is None:
            known = _new_device()
            tables.cloud.keep_fact(CloudFact.DEVICE_ID, known)
        return Author(device=known, name=self._tools.device_name(), now_ms=to_ms(self._tools.wall_now()))

    def _author_now(self, author: Author, courier: CourierPort) -> Callable[[], Author]:
        """Return what tells this computer with the store's time, as far as the store has told it (V17)."""

        def now() -> Author:
            wall_ms = to_ms(self._tools.wall_now()) + round(courier.clock_offset_s * 1000)
            return Author(device=author.device, name=author.name, now_ms=wall_ms)

        return now


def _log_absence(outcome: PassOutcome) -> None:
    """Say in the log what a computer that was away for very long finds otherwise than it was left."""
    if outcome.withdrawn:
        logger.info(
            "%d replays are back that were removed here: this computer was away for too long to remove them for all.",
            len(outcome.withdrawn),
        )
    if outcome.missing:
        logger.info(
            "The cloud store tells nothing any more of these replays, and nobody knows why: %s",
            ", ".join(outcome.missing),
        )


def _replay(tables: Tables, *, asset_id: str, prefix: str, thumbnail: str | None) -> Replay | None:
    asset = asset_or_none(tables, asset_id)
    return None if asset is None else replay_here(tables, asset, prefix, thumbnail)


def _ids_in_the_cloud(tables: Tables) -> tuple[str, ...]:
    return tuple(each.asset_id for each in tables.uploads.living(each.value for each in IN_THE_CLOUD))


def _new_device() -> str:
    return secrets.token_hex(_DEVICE_BYTES)


async def _pause(number: int) -> None:
    await asyncio.sleep(secrets.SystemRandom().uniform(0.0, 0.2 * 2**number))
