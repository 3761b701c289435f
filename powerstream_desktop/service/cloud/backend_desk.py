"""The backend desk: tells the PowerStream server of replays once their copies are verified, of edits and removals, and compares lists daily.

It may end at any moment: what was agreed is kept, and what was not is found by the next comparison. What the server does not take, and
what hinders all of it, is told by ``standing``. Owner: the service, on its loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from powerstream_desktop.cloud.backend.account import Account
from powerstream_desktop.cloud.backend.backend import Backend
from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.cloud.backend.reconciliation import Reconciliation
from powerstream_desktop.cloud.uploads.retry_policy import AN_HOUR_S, pause_s
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.common.errors import BugError, PeerError, PowerStreamError
from powerstream_desktop.common.one_task import OneTask
from powerstream_desktop.service.cloud.backend_line import BackendLine
from powerstream_desktop.service.cloud.cloud_standing import (
    MAX_REFUSED,
    RefusedReplay,
    ServerStanding,
    ServerTrial,
)
from powerstream_desktop.service.cloud.registration_notes import (
    ToTakeBack,
    ToTell,
    all_to_take_back,
    keep_taken_back,
    keep_told,
    to_take_back,
    to_tell,
)
from powerstream_desktop.service.cloud.server_comparison import ServerComparison, list_server
from powerstream_desktop.service.cloud.troubles import trouble_of
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import UploadTrouble

EVERY_S: Final = 24 * 3600.0
AGAIN_S: Final = 300.0
"""After a comparison for which the store in the cloud could not be asked."""
_OF_ONE: Final = frozenset({BackendCode.OTHER_CONTENT, BackendCode.INVALID})
"""Troubles of one replay, and no reason to let the others wait."""
_DOUBTFUL: Final = UploadTrouble(
    code="doubtful-list",
    sentence="The cloud store lists far fewer replays than were uploaded.",
    remedy="Look whether its bucket, prefix and folder are right. Nothing was changed.",
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackendTools:
    """What the desk works with.

    Attributes:
        store: where replays are.
        line: to the server.
        comparison: of the server's list with ours and the bucket's.
        options: as the settings have them now.
        told: called with a replay that the server knows now and did not before.
        changed: called with a replay that says now what was edited there.
        turned: called when it stands otherwise.
        wall_now: wall time with its zone.
    """

    store: Store
    line: BackendLine
    comparison: ServerComparison
    options: Callable[[], CloudOptions]
    told: Callable[[str], None]
    changed: Callable[[str], None]
    turned: Callable[[], None]
    wall_now: Callable[[], datetime]


class BackendDesk:
    """``start`` it, ``aclose`` it.

    Args:
        tools: what it needs from the rest of the service.
    """

    def __init__(self, tools: BackendTools) -> None:
        self._tools = tools
        self._to_tell: dict[str, None] = {}
        self._wanted = asyncio.Event()
        self._account: Account | None = None  # whose server all this is about
        self._compared_at_s: float | None = None
        self._compared_at: datetime | None = None
        self._found = Reconciliation()
        self._trouble: UploadTrouble | None = None
        self._refused: dict[str, RefusedReplay] = {}
        self._failures = 0
        self._is_telling = False
        self._rng = random.Random()
        self._working = OneTask("backend", self._work)

    def start(self) -> None:
        """Begin to work."""
        self._working.start()

    async def aclose(self) -> None:
        """Break off. Harmless to repeat."""
        await self._working.aclose()

    @property
    def is_busy(self) -> bool:
        """The server is to be told of something, and takes it."""
        return self._is_telling or (bool(self._to_tell) and self._is_wanted and self._failures == 0)

    def standing(self, *, has_token: bool) -> ServerStanding | None:
        """Return how it stands; None if no server was chosen, or there is no store that it could be told of."""
        if not self._is_wanted:
            return None
        return ServerStanding(
            address=self._tools.line.shown_address,
            has_token=has_token,
            untold=len(self._to_tell) + self._is_telling,
            trouble=self._trouble or (_DOUBTFUL if self._found.is_doubtful else None),
            refused=tuple(self._refused.values())[:MAX_REFUSED],
            refused_count=len(self._refused),
            only_there=len(self._found.only_there),
            missing=len(self._found.missing),
            compared_at=self._compared_at,
        )

    def note(self, asset_id: str) -> None:
        """A replay may be told of, was edited, or was removed; cheap, on the loop. Who is in trouble is not asked earlier for it."""
        self._to_tell[asset_id] = None
        if self._trouble is None:
            self._wanted.set()

    def want(self) -> None:
        """Compare the lists soon: another server may have been chosen."""
        self._compared_at_s = None
        self._wanted.set()

    def want_anew(self) -> None:
        """The same for another account: what was said to the last one is not its trouble."""
        self._trouble, self._failures = None, 0
        self.want()

    async def test(self) -> ServerTrial:
        """Ask the server now whether it answers and lets us in; ConflictError if none was chosen."""
        if not self._tools.line.is_wanted:
            raise ConflictError("No PowerStream server was chosen.", hint="Enter its address first.")
        try:
            _, backend = await self._tools.line.backend()
            await asyncio.to_thread(backend.look)
        except PowerStreamError as error:
            return ServerTrial(trouble=trouble_of(error))
        if self._trouble is not None:
            self._wanted.set()  # what waits need not wait any longer
        return ServerTrial(clock_offset_s=self._tools.line.clock_offset_s)

    async def require_registered(self, record: UploadRecord) -> None:
        """Ask the server whether it knows this very film now; where no server was chosen, nobody is asked.

        Raises:
            PeerError: it does not know it, which it is told then; or it cannot be asked.
        """
        if not self._tools.line.is_wanted:
            return
        _, backend = await self._tools.line.backend()
        there = await asyncio.to_thread(backend.find, record.asset_id)
        if there is not None and there.sha256 == record.sha256:
            return
        if there is not None and there.sha256 is not None:
            raise BackendTrouble(BackendCode.OTHER_CONTENT, detail=record.asset_id)
        self.note(record.asset_id)
        raise PeerError(
            "The PowerStream server does not say that it knows this replay.",
            code="not-registered",
            hint="It is told again now. Try again in a minute.",
        )

    # Inside.

    @property
    def _is_wanted(self) -> bool:
        return self._tools.line.is_wanted and self._tools.options().kind is not CloudKind.OFF

    async def _work(self) -> None:
        while True:
            self._wanted.clear()
            wait_s = EVERY_S
            if self._is_wanted:
                wait_s = await self._try()
                self._tools.turned()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._wanted.wait()

    async def _try(self) -> float:
        """Do what there is to do; return how long to wait for the next time."""
        try:
            account, backend = await self._tools.line.backend()
            self._settle_at(account)
            is_compared = await self._compare(account, backend)
            while self._to_tell:
                await self._tell_next(account, backend)
        except PowerStreamError as error:
            logger.info("The PowerStream server is not told of replays now: %s", error)
            self._trouble = trouble_of(error)
            return self._pause_s(error)
        except Exception as error:
            logger.exception("Telling the PowerStream server met a mistake of ours")
            self._trouble = trouble_of(_mistake(error))
            return AN_HOUR_S
        self._failures, self._trouble = 0, None
        return EVERY_S if is_compared else AGAIN_S

    def _settle_at(self, account: Account) -> None:
        """Forget what another account's server has said."""
        if account != self._account:
            self._account, self._found, self._refused = account, Reconciliation(), {}
            self._compared_at_s = self._compared_at = None

    def _pause_s(self, error: PowerStreamError) -> float:
        self._failures += 1
        if isinstance(error, BackendTrouble) and not error.is_worth_retrying:
            return AN_HOUR_S
        return pause_s(self._failures, self._rng, retry_after_s=getattr(error, "retry_after_s", None))

    async def _compare(self, account: Account, backend: Backend) -> bool:
        """Compare all lists if it is time to; False if that could not be done because of the store in the cloud."""
        now_s = asyncio.get_running_loop().time()
        if self._compared_at_s is not None and now_s - self._compared_at_s < EVERY_S:
            return True
        self._compared_at_s = now_s  # whoever wants it once more while it runs takes that back
        try:
            return await self._compare_now(account, backend)
        except BaseException:
            self._compared_at_s = None
            raise

    async def _compare_now(self, account: Account, backend: Backend) -> bool:
        there = await asyncio.to_thread(list_server, backend)
        self._to_tell.update(dict.fromkeys(await self._tools.store.read(all_to_take_back)))
        try:
            self._found = found = await self._tools.comparison.compare(account, there)
        except PowerStreamError as error:
            logger.info("The cloud store cannot be compared with the PowerStream server now: %s", error)
            self._compared_at_s = None
            return False
        self._to_tell.update(dict.fromkeys(found.to_tell))
        await self._note_others(found)
        self._compared_at = self._tools.wall_now()
        return True

    async def _note_others(self, found: Reconciliation) -> None:
        """Note of which replays the server has another film; of what it is to be told of now, its next answer decides."""

        def titles(tables: Tables) -> dict[str, str]:
            return {each: tables.assets.title(each) for each in found.other_content}

        others = await self._tools.store.read(titles)
        trouble = trouble_of(BackendTrouble(BackendCode.OTHER_CONTENT))
        self._refused = {each: kept for each, kept in self._refused.items() if each in self._to_tell} | {
            each: RefusedReplay(asset_id=each, title=title, trouble=trouble) for each, title in others.items()
        }

    async def _tell_next(self, account: Account, backend: Backend) -> None:
        asset_id = next(iter(self._to_tell))
        del self._to_tell[asset_id]  # an edit from now on is told in its turn
        self._is_telling = True
        try:
            await self._tell(account, backend, asset_id)
        except PowerStreamError:
            self._to_tell[asset_id] = None
            raise
        finally:
            self._is_telling = False
            self._tools.turned()

    async def _tell(self, account: Account, backend: Backend, asset_id: str) -> None:
        options = self._tools.options()

        def read(tables: Tables) -> tuple[ToTakeBack | None, ToTell | None]:
            return to_take_back(tables, asset_id, account), to_tell(tables, asset_id, account, options)

        gone, news = await self._tools.store.read(read)
        try:
            if gone is not None:
                await self._take_back(backend, gone)
            elif news is not None:
                await self._say(account, backend, news)
        except BackendTrouble as trouble:
            if trouble.kind not in _OF_ONE:
                raise
            logger.info("The PowerStream server does not take the replay %s: %s", asset_id, trouble)
            self._refuse(asset_id, news, trouble)
        except Exception as error:
            if isinstance(error, PowerStreamError) and not isinstance(error, BugError):
                raise
            logger.exception("Telling the PowerStream server of a replay met a mistake of ours")
            self._refuse(asset_id, news, error if isinstance(error, BugError) else _mistake(error))
        else:
            self._refused.pop(asset_id, None)

    def _refuse(self, asset_id: str, news: ToTell | None, error: PowerStreamError) -> None:
        title = "" if news is None else news.registration.title
        self._refused[asset_id] = RefusedReplay(asset_id=asset_id, title=title, trouble=trouble_of(error))

    async def _take_back(self, backend: Backend, gone: ToTakeBack) -> None:
        lost = await asyncio.to_thread(backend.take_back, gone.asset_id, gone.sha256, gone.agreed)
        now = self._tools.wall_now()
        await self._tools.store.write(lambda tables: keep_taken_back(tables, gone, lost, now))

    async def _say(self, account: Account, backend: Backend, news: ToTell) -> None:
        said, now = news.registration, self._tools.wall_now()
        told = await asyncio.to_thread(backend.tell, said, news.record, news.agreed)
        is_edited = await self._tools.store.write(lambda tables: keep_told(tables, account, told, said, now))
        if news.agreed is None:
            self._tools.told(said.asset_id)
        if is_edited:
            self._tools.changed(said.asset_id)


def _mistake(error: Exception) -> BugError:
    return BugError("PowerStream made a mistake.", detail=repr(error))
