"""The cloud's room: its desks put together, and what the API and the library ask of them. Owner: the service, on its loop."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.object_store.probe_report import ProbeReport
from powerstream_desktop.cloud.object_store.store_config import StoreCredentials
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud import upload_queue
from powerstream_desktop.service.cloud.aside import Aside
from powerstream_desktop.service.cloud.backend_desk import BackendDesk
from powerstream_desktop.service.cloud.backend_line import BackendLine
from powerstream_desktop.service.cloud.cloud_films import CloudFilm, CloudFilms
from powerstream_desktop.service.cloud.cloud_news import CloudNews
from powerstream_desktop.service.cloud.cloud_standing import (
    CloudStanding,
    CloudState,
    Progress,
    QueuedUpload,
    ServerTrial,
)
from powerstream_desktop.service.cloud.copy_desk import CopyDesk
from powerstream_desktop.service.cloud.copy_tools import copy_tools
from powerstream_desktop.service.cloud.counting import (
    counted,
    lack,
    opens_server,
    queued,
    with_hindrance,
    with_progress,
)
from powerstream_desktop.service.cloud.pictures_there import PicturesThere
from powerstream_desktop.service.cloud.room_tools import RoomTools
from powerstream_desktop.service.cloud.server_tools import server_tools
from powerstream_desktop.service.cloud.store_choice import shown_place
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.cloud.sync_desk import SOON_S, SyncDesk
from powerstream_desktop.service.cloud.sync_tools import SyncTools
from powerstream_desktop.service.cloud.upload_desk import UploadDesk
from powerstream_desktop.service.cloud.upload_tools import UploadTools
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.settings.settings import Settings
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import CopyWish

MAX_UNSENT: Final = 100
"""So many replays that were removed before they were sent are remembered, should they be taken back."""

logger = logging.getLogger(__name__)


class CloudRoom:
    """``start`` it, ``aclose`` it.

    Args:
        tools: what it needs from the rest of the service.
        soon_s: how long after an edit it is told to other computers.
    """

    def __init__(self, tools: RoomTools, *, soon_s: float = SOON_S) -> None:
        self._tools = tools
        self._options = tools.options()  # as they were when somebody last changed them
        self._line = StoreLine(tools.courier, tools.store, tools.keys, tools.options)
        self._server = BackendLine(tools.store, tools.keys, tools.options, tools.sender)
        self._news = CloudNews(tools, self.standing)
        self._uploads = self._upload_desk()
        self._backend = BackendDesk(
            server_tools(
                tools,
                self._line,
                self._server,
                told=lambda asset_id: self._sync.note(asset_id),  # noqa: PLW0108 - there is no such desk yet
                lost=lambda asset_id: self._news.tell("changed", asset_id),
                wanted=self._uploads.wake,
                turned=self._news.turn,
            )
        )
        self._copies = self._copy_desk()
        self._sync = self._sync_desk(soon_s)
        self._films = CloudFilms(
            tools.store, self._line, tools.options, lambda: self._uploads.is_waiting_for_the_end
        )
        self._unsent: dict[str, None] = {}  # removed before they were sent, the oldest first
        self._aside = Aside()

    async def start(self) -> None:
        """Begin; StoreFault if the data cannot be read."""
        self._copies.start()
        await self._uploads.start()
        await self._uploads.add_new()
        self._sync.start()
        self._backend.start()
        self._news.start()

    async def aclose(self) -> None:
        """Break off what goes on, which goes on at the next start, and end the courier. Harmless to repeat."""
        async with AsyncExitStack() as parts:
            # Each is closed, whatever becomes of another; the last one first.
            parts.push_async_callback(self._line.aclose)
            parts.push_async_callback(self._sync.aclose)
            parts.push_async_callback(self._uploads.aclose)
            parts.push_async_callback(self._copies.aclose)
            parts.push_async_callback(self._backend.aclose)
            parts.push_async_callback(self._aside.aclose)
            parts.push_async_callback(self._news.aclose)

    @property
    def is_busy(self) -> bool:
        """Something is on its way, or will be soon."""
        return any(each.is_busy for each in (self._uploads, self._copies, self._sync, self._backend))

    def heard(self, change: str, asset_id: str) -> None:
        """Take that a replay came, became another one, or went; as ``VODService.listen`` takes it."""
        if self._news.is_telling:
            return
        if change == "added":
            self._aside.do(self._came(asset_id))
        elif change == "changed":
            self._sync.note(asset_id)
            self._backend.note(asset_id)

    async def settings_changed(self, _settings: Settings) -> None:
        """Somebody has changed the settings; as ``SettingsDesk.follow`` takes it. Those of other things are none of ours."""
        before, self._options = self._options, self._tools.options()
        if self._options == before:
            return
        self._uploads.wake()
        self._sync.want()
        self._backend.want()
        self._aside.do(self._uploads.add_new())
        self._news.turn()

    # What the API asks.

    async def standing(self) -> CloudStanding:
        """Return how the store and the uploads stand."""
        options = self._tools.options()
        kept, has_token = await self._tools.store.read(lambda tables: (counted(tables), opens_server(tables)))
        stands = replace(
            kept,
            server=self._backend.standing(has_token=has_token),
            place=shown_place(options),
            current=self._uploads.progress() or self._copies.progress(),
            trouble=self._uploads.trouble or self._sync.trouble,
            questions=self._sync.questions,
            is_comparing=self._sync.is_comparing,
        )
        if options.kind is CloudKind.OFF:
            return stands
        missing = lack(options, has_credentials=kept.has_credentials)
        if missing is not None:
            return replace(stands, state=CloudState.INCOMPLETE, trouble=missing)
        return with_hindrance(replace(stands, state=self._state(stands)), self._uploads.hindrance)

    def progress(self, asset_id: str) -> Progress | None:
        """Return how far the transfer of a replay is; None if none is going on."""
        for progress in (self._uploads.progress(), self._copies.progress()):
            if progress is not None and progress.asset_id == asset_id:
                return progress
        return None

    async def uploads(self) -> tuple[QueuedUpload, ...]:
        """Return the uploads that are not done, the next one first."""
        kept = await self._tools.store.read(queued)
        return tuple(with_progress(each, self.progress(each.asset_id)) for each in kept)

    async def test(self, options: CloudOptions, credentials: StoreCredentials | None) -> ProbeReport:
        """Try a store out; errors as with ``StoreLine.test``."""
        return await self._line.test(options, credentials)

    async def keep_credentials(self, credentials: StoreCredentials) -> None:
        """Keep what opens the store; raises as ``SecretDesk.keep``."""
        await self._line.keep_credentials(credentials)
        self._uploads.wake()
        self._sync.want()

    async def forget_credentials(self) -> None:
        """Keep it no longer; harmless if there is nothing."""
        await self._line.forget_credentials()
        await self._uploads.break_off()
        self._news.turn()

    async def log_in(self, access: Secret, refresh: Secret | None) -> None:
        """Tell the PowerStream server from now on; raises as ``BackendLine.log_in``."""
        await self._server.log_in(access, refresh)
        self._backend.want_anew()

    async def try_server(self) -> ServerTrial:
        """Ask the PowerStream server now; raises as ``BackendDesk.test``."""
        return await self._backend.test()

    async def log_out(self) -> None:
        """Tell it no longer; harmless if nobody is logged in."""
        await self._server.log_out()
        self._backend.want_anew()

    async def pause(self) -> None:
        """Stop all uploads until they are resumed."""
        await self._uploads.pause()
        self._news.turn()

    async def resume(self) -> None:
        """Let them go on, also those that met a trouble."""
        await self._uploads.resume()
        self._sync.want()
        self._news.turn()

    def sync(self, *, confirm: bool) -> None:
        """Compare all edits with those of other computers, and all replays with the PowerStream server, soon."""
        self._sync.want(confirm=confirm)
        self._backend.want()

    async def upload(self, asset_id: str) -> None:
        """Have a replay uploaded, also one that another computer has removed; errors as with ``UploadDesk.add``."""
        await self._uploads.add(asset_id)
        await self._sync.restored(asset_id)

    async def cancel(self, asset_id: str) -> None:
        """Do without an upload; UnknownRecordError if there is no such replay."""
        await self._tools.store.read(lambda tables: tables.assets.get(asset_id))
        await self._uploads.cancel(asset_id)

    async def put_first(self, asset_id: str) -> None:
        """Upload a replay before all others; UnknownRecordError if it is not in the queue."""
        await self._uploads.put_first(asset_id)

    async def evict(self, asset_id: str) -> None:
        """Give up the file of a replay; errors as with ``Eviction.require``."""
        await self._copies.evict(asset_id)

    async def download(self, asset_id: str) -> None:
        """Bring the file of a replay back; errors as with ``Fetching.require``."""
        await self._copies.download(asset_id)

    async def cancel_copy(self, asset_id: str, wish: CopyWish) -> None:
        """Do without giving a file up, bringing it back or looking at a copy; UnknownRecordError if there is no such replay."""
        await self._tools.store.read(lambda tables: tables.assets.get(asset_id))
        await self._copies.cancel(asset_id, wish)

    async def verify(self, asset_id: str, *, is_full: bool) -> None:
        """Have the copy of a replay looked at; errors as with ``CopyCheck.require``."""
        await self._copies.verify(asset_id, is_full=is_full)

    async def removed(self, asset_id: str) -> None:
        """Somebody has removed a replay, here and for all computers of its station; whoever takes it back has its upload go on."""
        if await self._tools.store.read(lambda tables: upload_queue.is_to_be_sent(tables, asset_id)):
            self._unsent[asset_id] = None
            if len(self._unsent) > MAX_UNSENT:
                del self._unsent[next(iter(self._unsent))]
        await self._uploads.cancel(asset_id)
        for wish in CopyWish:
            await self._copies.cancel(asset_id, wish)
        await self._sync.removed(asset_id)
        self._backend.note(asset_id)

    def saying_removed(self, asset_id: str) -> Callable[[Tables], None]:
        """Return the job by which all computers learn of a removal, for the transaction that removes; ``removed`` comes behind it."""
        return self._sync.saying_removed(asset_id)

    def saying_restored(self, asset_id: str) -> Callable[[Tables], None]:
        """Return the same for a replay that is taken back."""
        return self._sync.saying_restored(asset_id)

    async def link(self, asset_id: str) -> str | Path | None:
        """Return where anybody reads the copy of a replay; as ``CloudFilms.link``."""
        return await self._films.link(asset_id)

    async def film(self, asset_id: str) -> Path | CloudFilm | None:
        """Return the copy of a replay to be watched at this computer; as ``CloudFilms.film``."""
        return await self._films.film(asset_id)

    # Inside.

    def _upload_desk(self) -> UploadDesk:
        tools = self._tools
        return UploadDesk(
            UploadTools(
                store=tools.store,
                line=self._line,
                options=tools.options,
                traffic=tools.traffic,
                turned=lambda asset_id: self._news.tell("changed", asset_id),
                progressed=self._news.turn,
                verified=self._verified,
                wall_now=tools.wall_now,
                clock=tools.clock,
            )
        )

    def _copy_desk(self) -> CopyDesk:
        return CopyDesk(
            copy_tools(
                self._tools,
                self._line,
                self._backend,
                changed=self._news.changed,
                turned=lambda asset_id: self._news.tell("changed", asset_id),
                progressed=self._news.turn,
            )
        )

    def _sync_desk(self, soon_s: float) -> SyncDesk:
        tools = self._tools
        return SyncDesk(
            SyncTools(
                store=tools.store,
                line=self._line,
                pictures=PicturesThere(tools.store, tools.pictures),
                options=tools.options,
                device_name=lambda: tools.options().device_name or socket.gethostname(),
                may_run=lambda: not self._uploads.is_waiting_for_the_end,
                tell=self._synced,
                removed_for_all=self._backend.note,
                turned=self._news.turn,
                wall_now=tools.wall_now,
            ),
            soon_s=soon_s,
        )

    def _state(self, stands: CloudStanding) -> CloudState:
        if self._uploads.is_paused:
            return CloudState.PAUSED
        if stands.trouble is not None:
            return CloudState.TROUBLE
        if self._uploads.is_waiting_for_the_end and (stands.waiting or stands.current is not None):
            return CloudState.ON_AIR
        return CloudState.IDLE if stands.current is None else CloudState.WORKING

    def _verified(self, asset_id: str) -> None:
        self._sync.note(asset_id)
        self._backend.note(asset_id)

    async def _came(self, asset_id: str) -> None:
        await self._sync.restored(asset_id)
        self._backend.note(asset_id)
        if asset_id in self._unsent:
            del self._unsent[asset_id]
            try:
                await self._uploads.add(asset_id)
            except PowerStreamError as error:
                logger.info("The replay %s is back, and its upload is not: %s", asset_id, error)
        await self._uploads.add_new()

    def _synced(self, change: str, asset_id: str) -> None:
        """Another computer has edited a replay that this one may have uploaded: whoever has tells the server."""
        if change != "added":
            self._backend.note(asset_id)
        if change == "removed":  # also one that is on its way from here at this moment
            self._aside.do(self._uploads.cancel(asset_id))
        self._news.tell(change, asset_id)
