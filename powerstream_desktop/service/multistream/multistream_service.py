"""The sessions' service: begins a broadcast, ends it, and takes up again what a service that died was in the middle of.

One session runs at a time; everything else is written so that there may be more. Owner: the service, on its loop, which starts
it with ``resume`` and ends it with ``aclose``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.platforms.preflight import PreflightReport
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.service.broadcast.ingest_port import free_port
from powerstream_desktop.service.multistream.broadcast_settings import APP
from powerstream_desktop.service.multistream.encoder_access import EncoderAccess, host_for_encoders
from powerstream_desktop.service.multistream.ingest_key import IngestKey
from powerstream_desktop.service.multistream.record_keeper import pieces_left_behind
from powerstream_desktop.service.multistream.resume_record import FoundRecord, GoingOn, ResumeRecord
from powerstream_desktop.service.multistream.session_beginning import SessionBeginning, hls_slug
from powerstream_desktop.service.multistream.session_preflight import session_preflight
from powerstream_desktop.service.multistream.session_request import (
    EndedSession,
    RunningSession,
    SessionRequest,
)
from powerstream_desktop.service.multistream.session_run import SessionRun
from powerstream_desktop.service.multistream.session_tools import SessionTools
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.sessions import INTERRUPTED_WORDS, Session, SessionEnding
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.vod.replays import RecordedPiece

logger = logging.getLogger(__name__)


class MultistreamService:
    """Runs broadcasts (``Multistream`` of the API's ports, which says what its methods promise).

    Args:
        tools: what it needs from the rest of the service.
    """

    def __init__(self, tools: SessionTools) -> None:
        self._tools = tools
        self._record = ResumeRecord(tools.paths.data)
        self._ingest_key = IngestKey(tools.paths, tools.secrets)
        self._beginnings = SessionBeginning(tools, self._ingest_key, self._record)
        self._listeners: list[Callable[[], None]] = []
        self._beginning: asyncio.Task[SessionRun] | None = None
        self._run: SessionRun | None = None
        self._letting_go: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[tuple[RecordedPiece, ...]] | None = None
        """The part of it that may take long, and that the next start can do as well."""

    def listen(self, on_turn: Callable[[], None]) -> None:
        """Have ``on_turn`` called on the loop whenever the session, a light or the recording has become another one."""
        self._listeners.append(on_turn)

    @property
    def running(self) -> RunningSession | None:
        """The broadcast that runs, or is ending; ``None`` while there is none."""
        return self._run.running() if self._run is not None else None

    @property
    def is_saving(self) -> bool:
        """Whether what a service that died had recorded is still being made whole."""
        return self._letting_go is not None and not self._letting_go.done()

    def hls_folder(self, slug: str) -> Path | None:
        """Return where the broadcast of a station can be watched from; ``None`` while it is not on air."""
        run = self._run
        return run.hls_folder if run is not None and hls_slug(run.station) == slug else None

    async def encoder_access(self, *, renews: bool = False) -> EncoderAccess:
        """Return what external encoders are told, with another key if it shall be renewed."""
        run = self._run
        has_encoder = run is not None and run.is_published_by_others
        if renews and (has_encoder or self._beginning is not None):
            raise ConflictError(
                "The key cannot be renewed while an encoder may be using it.", hint="End the broadcast first."
            )
        key = await (self._ingest_key.renew() if renews else self._ingest_key.get())
        server_url = run.server_url if run is not None and has_encoder else await self._next_server_url()
        return EncoderAccess(server_url=server_url, key=key)

    async def key_refs(self) -> tuple[str, ...]:
        """Return the references of keys that no endpoint names: they move with the others."""
        kept = await self._ingest_key.reference()
        given = self._run.key_ref if self._run is not None else None
        return tuple(each for each in (kept, given) if each is not None)

    async def start(self, request: SessionRequest) -> RunningSession:
        """Begin a broadcast, and return once it can be published to; a caller that goes away does not end it."""
        return (await self._begin(request, None)).running()

    async def stop(self, session_id: str | None) -> EndedSession | None:
        """End the broadcast that runs, and return once all is kept; a session that is over is returned as it is."""
        await self._let_go_first()
        if self._beginning is not None:
            await asyncio.wait({self._beginning})
        run = self._run
        if run is not None and session_id in (None, run.session.id):
            return await run.stop()
        return None if session_id is None else await self._past(session_id)

    async def aclose(self) -> None:
        """End whatever runs, and wait for it."""
        try:
            if self._looking is not None:
                self._looking.cancel()
            await self.stop(None)
        except PowerStreamError as error:
            logger.warning("The broadcast is over, but not kept: %s", error)

    async def endpoints_changed(self) -> None:
        """Serve the endpoints as they are saved now, if a broadcast runs that has them."""
        if self._run is not None:
            await self._run.endpoints_changed()

    async def retry(self, endpoint_id: str) -> None:
        """Have a destination of the running broadcast try again at once."""
        if self._run is None:
            raise UnknownRecordError("No broadcast runs.", hint="Go live first.")
        await self._run.retry(endpoint_id)

    async def mark(self, label: str) -> Marker:
        """Mark this moment of the running broadcast."""
        if self._run is None:
            raise ConflictError("No broadcast runs.", hint="Go live first.")
        return await self._run.mark(label)

    async def order_recording(self, order: RecordingOrder) -> None:
        """Have the recording of the running broadcast obey at its next key frame."""
        if self._run is None:
            raise ConflictError("No broadcast runs.", hint="Go live first.")
        self._run.order_recording(order)

    async def preflight(self, request: SessionRequest) -> PreflightReport:
        """Ask the servers that such a broadcast would go to, and judge what they would get; publishes nothing."""
        _, keyed = await self._beginnings.choose(request)
        return await session_preflight(self._tools, request, keyed)

    async def resume(self) -> RunningSession | None:
        """Take up the broadcast that a service which died was in the middle of, if that was a moment ago.

        Otherwise the session stays interrupted, and what it had recorded is kept meanwhile: making it whole may take as long as a
        copy of it, and a service that is there is worth more. To be called once, after the store has been started; never fails.

        Returns:
            the broadcast that goes on; ``None`` if none does.
        """
        found = await asyncio.to_thread(self._record.read)
        if found is None:
            return None
        try:
            session = await self._session_of(found)
            if await self._goes_on(found, session):
                return self.running
        except PowerStreamError as error:
            logger.warning("What was going on when PowerStream died cannot be found out: %s", error)
        except Exception:
            # A service that dies of what killed the one before would never come up again.
            logger.exception("What was going on when PowerStream died cannot be taken up")
        else:
            self._begin_to_let_go(found.going_on, session)
        return None

    # Inside.

    async def _next_server_url(self) -> str:
        """Return where an encoder would publish to if a broadcast began now."""
        settings = self._tools.settings()
        host = await host_for_encoders(settings.ingest_host)
        port = free_port(settings.ingest_host, settings.ingest_port)
        return f"rtmp://{host}:{port}/{APP}"

    async def _begin(self, request: SessionRequest, before: GoingOn | None) -> SessionRun:
        if self._run is not None and self._run.is_ending:
            raise ConflictError(
                "The broadcast before is still ending.", hint="Wait a moment, then start again."
            )
        if self._run is not None or self._beginning is not None:
            raise ConflictError("A broadcast runs already.", hint="End it before you start another one.")
        beginning = asyncio.get_running_loop().create_task(self._begin_alone(request, before))
        self._beginning = beginning
        beginning.add_done_callback(self._begun)
        return await asyncio.shield(beginning)

    async def _begin_alone(self, request: SessionRequest, before: GoingOn | None) -> SessionRun:
        await self._let_go_first()
        if before is None:
            await self._keep_what_was_not_kept()
        run = await self._beginnings.begin(
            request, before, on_light=self._light_may_have_turned, on_turn=self._turned
        )
        self._run = run
        await run.start(self._over)
        self._turned()
        return run

    def _begun(self, beginning: asyncio.Task[SessionRun]) -> None:
        self._beginning = None
        if not beginning.cancelled():
            beginning.exception()  # looked at also when its caller went away

    def _over(self) -> None:
        self._run = None

    def _light_may_have_turned(self) -> None:
        if self._run is not None:
            self._run.light_may_have_turned()

    def _turned(self) -> None:
        for on_turn in self._listeners:
            try:
                on_turn()
            except Exception:
                logger.exception("Who listens to the broadcast has a fault")

    async def _past(self, session_id: str) -> EndedSession:
        """Return a session that is over, and end one whose end could not be kept when it came."""
        now = self._tools.wall_now()

        def ended(tables: Tables) -> EndedSession:
            session = tables.sessions.end(session_id, now, SessionEnding.STOPPED)
            return EndedSession(session=session, assets=tables.assets.of_session(session_id))

        return await self._tools.store.write(ended)

    async def _session_of(self, found: FoundRecord) -> Session:
        """Return the session of a record; data that are older than it, restored from a backup, are told of it anew."""
        left = found.going_on
        try:
            return await self._tools.store.read(lambda tables: tables.sessions.get(left.session_id))
        except UnknownRecordError:
            seen_at = datetime.fromtimestamp(found.seen_s, UTC)
            return await self._tools.store.write(lambda tables: _told_again(tables, left, seen_at))

    async def _goes_on(self, found: FoundRecord, session: Session) -> bool:
        """Begin a broadcast again, if it may go on and can."""
        now_s = self._tools.wall_now().timestamp()
        if session.ending is not SessionEnding.INTERRUPTED or not found.may_go_on(now_s):
            return False
        try:
            await self._begin(found.going_on.request(), found.going_on)
        except PowerStreamError as error:
            logger.warning("The broadcast that broke off cannot go on: %s", error)
            return False
        logger.info("The broadcast that broke off goes on")
        return True

    def _begin_to_let_go(self, left: GoingOn, session: Session) -> None:
        loop = asyncio.get_running_loop()
        looking = pieces_left_behind((*left.left_behind, *left.files))
        self._looking = loop.create_task(looking, name="looking")
        letting_go = self._let_go(left, session, self._looking)
        self._letting_go = loop.create_task(letting_go, name="letting-go")

    async def _keep_what_was_not_kept(self) -> None:
        """Keep what a broadcast has recorded whose end could not be kept when it came: the next one's record replaces its record."""
        found = await asyncio.to_thread(self._record.read)
        if found is not None:
            self._begin_to_let_go(found.going_on, await self._session_of(found))
            await self._let_go_first()

    async def _let_go(
        self, left: GoingOn, session: Session, looking: asyncio.Task[tuple[RecordedPiece, ...]]
    ) -> None:
        """Keep what a broadcast that does not go on had recorded, and forget it; if nobody looks for it any more, do nothing."""
        try:
            await asyncio.wait({looking})
            if looking.cancelled():
                return
            await self._tools.vod.keep(session, looking.result(), lambda _: None)
            await asyncio.to_thread(self._record.remove)
            await self._tools.secrets.forget(left.key_ref)
        except PowerStreamError as error:
            logger.warning("What was recorded when PowerStream died cannot be kept: %s", error)
        except Exception:
            logger.exception("What was recorded when PowerStream died cannot be kept")

    async def _let_go_first(self) -> None:
        """Wait until the record of the broadcast before is not needed any more: there is one for all."""
        if self._letting_go is not None:
            await asyncio.wait({self._letting_go})


def _told_again(tables: Tables, left: GoingOn, seen_at: datetime) -> Session:
    tables.sessions.begin(
        Session(
            id=left.session_id,
            station_id=left.station_id,
            user_id=left.user_id,
            profile_id=left.profile_id,
            title=left.title,
            description=left.description,
            source=left.source,
            is_recorded=left.is_recorded,
            started_at=seen_at,
            last_seen_at=seen_at,
        )
    )
    return tables.sessions.end(left.session_id, seen_at, SessionEnding.INTERRUPTED, INTERRUPTED_WORDS)
