"""The backend desk: tells the PowerStream server of replays once their copies are verified, and of edits, and compares lists daily.

It may end at any moment: what was agreed is kept, and what was not is found by the next comparison. Owner: the service, on its loop.
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
from powerstream_desktop.cloud.backend.reconciliation import reconcile
from powerstream_desktop.cloud.uploads.retry_policy import AN_HOUR_S, pause_s
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.common.errors import BugError, PeerError, PowerStreamError
from powerstream_desktop.service.cloud.backend_line import BackendLine
from powerstream_desktop.service.cloud.registration_notes import keep_told, rows_in_the_cloud, to_tell
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.store.store import Store

EVERY_S: Final = 24 * 3600.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackendTools:
    """What the desk works with.

    Attributes:
        store: where replays are.
        line: to the server.
        bucket: to the store in the cloud.
        options: as the settings have them now.
        told: called with a replay that the server knows now and did not before.
        changed: called with a replay that says now what was edited there.
        wall_now: wall time with its zone.
    """

    store: Store
    line: BackendLine
    bucket: StoreLine
    options: Callable[[], CloudOptions]
    told: Callable[[str], None]
    changed: Callable[[str], None]
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
        self._compared_at_s: float | None = None
        self._failures = 0
        self._is_telling = False
        self._rng = random.Random()
        self._working: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work."""
        if self._working is not None:
            raise BugError("The backend desk was started twice.")
        self._working = asyncio.get_running_loop().create_task(self._work(), name="backend")

    async def aclose(self) -> None:
        """Break off. Harmless to repeat."""
        working, self._working = self._working, None
        if working is not None:
            working.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await working

    @property
    def is_busy(self) -> bool:
        """The server is to be told of something, and takes it."""
        is_wanted = self._tools.line.is_wanted and self._tools.options().kind is not CloudKind.OFF
        return self._is_telling or (bool(self._to_tell) and is_wanted and self._failures == 0)

    def note(self, asset_id: str) -> None:
        """A replay may be told of, or was edited; cheap, on the loop."""
        self._to_tell[asset_id] = None
        self._wanted.set()

    def want(self) -> None:
        """Compare the lists soon: another server or account was chosen."""
        self._compared_at_s = None
        self._wanted.set()

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

    async def _work(self) -> None:
        while True:
            self._wanted.clear()
            wait_s = EVERY_S
            if self._tools.line.is_wanted and self._tools.options().kind is not CloudKind.OFF:
                wait_s = await self._try()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._wanted.wait()

    async def _try(self) -> float:
        """Do what there is to do; return how long to wait for the next time."""
        try:
            account, backend = await self._tools.line.backend()
            await self._compare(backend)
            while self._to_tell:
                await self._tell_next(account, backend)
        except PowerStreamError as error:
            logger.info("The PowerStream server is not told of replays now: %s", error)
            return self._pause_s(error)
        except Exception:
            logger.exception("Telling the PowerStream server met a mistake of ours")
            return AN_HOUR_S
        self._failures = 0
        return EVERY_S

    def _pause_s(self, error: PowerStreamError) -> float:
        self._failures += 1
        if isinstance(error, BackendTrouble) and not error.is_worth_retrying:
            return AN_HOUR_S
        return pause_s(self._failures, self._rng, retry_after_s=getattr(error, "retry_after_s", None))

    async def _compare(self, backend: Backend) -> None:
        now_s = asyncio.get_running_loop().time()
        if self._compared_at_s is not None and now_s - self._compared_at_s < EVERY_S:
            return
        there = await asyncio.to_thread(_list, backend)
        rows = await self._tools.store.read(rows_in_the_cloud)
        found = reconcile(there, rows, await self._keys() if rows else frozenset())
        for asset_id in found.to_tell:
            self._to_tell[asset_id] = None
        self._compared_at_s = now_s
        logger.info(
            "Compared with the PowerStream server: %d to tell, %d only there, %d with another film, %d missing in the bucket%s",
            len(found.to_tell),
            len(found.only_there),
            len(found.other_content),
            len(found.to_look_at) + len(found.missing),
            ", whose list is doubtful" if found.is_doubtful else "",
        )

    async def _keys(self) -> frozenset[str]:
        courier = await self._tools.bucket.courier()
        keys: set[str] = set()
        async for portion in courier.list_objects(f"{self._tools.bucket.prefix}vod/"):
            keys.update(each.key for each in portion)
        return frozenset(keys)

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

    async def _tell(self, account: Account, backend: Backend, asset_id: str) -> None:
        options = self._tools.options()
        found = await self._tools.store.read(lambda tables: to_tell(tables, asset_id, account, options))
        if found is None:
            return
        try:
            told = await asyncio.to_thread(backend.tell, found.registration, found.record, found.agreed)
        except BackendTrouble as trouble:
            if trouble.kind in {BackendCode.OTHER_CONTENT, BackendCode.INVALID}:
                # It is this replay's trouble, and no reason to let the others wait.
                logger.info("The PowerStream server does not take the replay %s: %s", asset_id, trouble)
                return
            raise
        now = self._tools.wall_now()
        is_edited = await self._tools.store.write(
            lambda tables: keep_told(tables, account, told, found.registration, now)
        )
        if found.agreed is None:
            self._tools.told(asset_id)
        if is_edited:
            self._tools.changed(asset_id)


def _list(backend: Backend) -> dict[str, str | None]:
    return {each.asset_id: each.sha256 for page in backend.pages() for each in page.replays}
