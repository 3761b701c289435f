"""One session from the moment its broadcast is on until all of it is kept.

A session has one task, and the broadcast's life cycle is its own (``broadcast/states.py``): the task waits until the broadcast is
over, because somebody stops it or by itself, and then ends it. However many ask for the end, it ends once, and all get the same
answer; who does not wait for it any more does not keep it from ending.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from powerstream_desktop.common.errors import BugError, PowerStreamError, UserError
from powerstream_desktop.common.redaction_patterns import MASK
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.recording.snapshot import RecordingResult
from powerstream_desktop.relay.hls.folder import HLSFolder
from powerstream_desktop.service.broadcast.rehearsal import NAME as REHEARSAL_NAME
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.multistream.chronicle import Chronicle
from powerstream_desktop.service.multistream.endpoint_choice import (
    destination_names,
    endpoints_as_they_are_now,
    goes_to_platforms,
)
from powerstream_desktop.service.multistream.keyed_endpoints import KeyedEndpoints, with_keys
from powerstream_desktop.service.multistream.record_keeper import RecordKeeper, pieces_left_behind
from powerstream_desktop.service.multistream.session_recorder import SessionRecorder
from powerstream_desktop.service.multistream.session_request import (
    REHEARSAL_ID,
    EndedSession,
    RunningSession,
    SessionRequest,
)
from powerstream_desktop.service.multistream.session_tools import RunsBroadcast, SessionTools
from powerstream_desktop.service.store.ids import new_id
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.sessions import Session, SessionEnding, SessionSource
from powerstream_desktop.service.store.stations import Station
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.vod.replays import pieces_of

logger = logging.getLogger(__name__)


class SessionRun:
    """A session that runs. Owner: the sessions' service, on its loop.

    Args:
        tools: the rest of the service.
        session: as it stands in the history.
        request: what was asked for.
        station: what is on air; ``None`` for no station.
        hls_folder: where the broadcast can be watched from; removed when it is over.
        keyed: where the broadcast goes.
        broadcast: started.
        keeper: keeps the record that a crash is survived by.
        chronicle: follows the lights.
        server_url: what an encoder puts into its "server" field.
        on_turn: called on the loop when a light, the session or its recording has become another one.
    """

    def __init__(
        self,
        tools: SessionTools,
        *,
        session: Session,
        request: SessionRequest,
        station: Station | None,
        hls_folder: Path,
        keyed: KeyedEndpoints,
        broadcast: RunsBroadcast,
        keeper: RecordKeeper,
        chronicle: Chronicle,
        server_url: str,
        on_turn: Callable[[], None],
    ) -> None:
        self._tools = tools
        self.session = session
        self.station = station
        self.hls_folder = hls_folder
        self.server_url = server_url
        self._request = request
        self._keyed = keyed
        self._broadcast = broadcast
        self._keeper = keeper
        self._on_turn = on_turn
        self._ids = {REHEARSAL_NAME: REHEARSAL_ID} if request.is_rehearsal else _ids(keyed)
        self._recorder = SessionRecorder(
            session.id, self, chronicle, tools.store, tools.wall_now, self._looked_at
        )
        self._shown: object = None
        self._is_ending = False
        self._changing = asyncio.Lock()
        self._life: asyncio.Task[EndedSession] | None = None
        age = tools.wall_now() - session.started_at
        self._began_s = tools.clock() - max(0.0, age.total_seconds())
        # What a run that died was live for, and the moments since.
        self._live_before_s = keeper.record.live_s(tools.wall_now())

    async def start(self, on_over: Callable[[], None]) -> None:
        """Keep the session's timelines from now on, until it is over; ``on_over`` is called then."""
        self._recorder.start()
        await self._keeper.start()
        self._life = asyncio.get_running_loop().create_task(self._live(on_over))
        self._life.add_done_callback(_note_outcome)

    async def stop(self) -> EndedSession:
        """End it properly, and return once all is kept; harmless to repeat, and to cancel.

        Raises:
            StoreFault, BugError: it is over, but what became of it cannot be kept.
        """
        if self._life is None:
            raise BugError("A session was stopped before it was started.")
        self._broadcast.request_stop()
        return await asyncio.shield(self._life)

    def light_may_have_turned(self) -> None:
        """Look at the lights soon; from the broadcast, which must not be asked for its lights before it is through with them."""
        if self._is_ending:  # nothing is kept of its goodbyes, but they are seen
            asyncio.get_running_loop().call_soon(self._on_turn)
        else:
            self._recorder.look_soon()

    def running(self) -> RunningSession:
        """Return how everything stands."""
        return RunningSession(
            session=self.session,
            ingest_url=f"{self.server_url}/{MASK}",
            broadcast=self.snapshot(),
            endpoint_ids=self.endpoint_ids,
        )

    @property
    def is_published_by_others(self) -> bool:
        """Whether an external encoder publishes, and not our studio."""
        return self.session.source is SessionSource.EXTERNAL

    @property
    def is_ending(self) -> bool:
        """Whether it is on its way out."""
        return self._broadcast.snapshot().state in (BroadcastState.ENDING, BroadcastState.ENDED)

    @property
    def endpoint_ids(self) -> Mapping[str, str]:
        """The endpoint's id by the destination's name."""
        return self._ids

    def snapshot(self) -> BroadcastSnapshot:
        """Return how the broadcast stands, with a red light for each endpoint that was left out."""
        snapshot, left_out = self._broadcast.snapshot(), self._keyed.left_out
        snapshot = dataclasses.replace(snapshot, elapsed_s=self._live_before_s + snapshot.elapsed_s)
        if not left_out:
            return snapshot
        now_s = self._tools.clock()
        served = {each.name: each for each in snapshot.relay.destinations}
        lights = {**{each.name: each.light(now_s) for each in left_out}, **served}
        places = {name: place for place, name in enumerate(self._keyed.names.values())}
        in_order = sorted(lights.values(), key=lambda light: places.get(light.name, len(places)))
        relay = dataclasses.replace(snapshot.relay, destinations=tuple(in_order))
        return dataclasses.replace(snapshot, relay=relay)

    async def endpoints_changed(self) -> None:
        """Serve the endpoints as they are saved now; those that have not changed notice nothing."""
        if not goes_to_platforms(self._request):
            return
        async with self._changing:
            before = self._keyed
            saved = await self._tools.store.read(
                lambda tables: endpoints_as_they_are_now(tables, self._request, before.names)
            )
            names = destination_names(saved, before.names)
            keyed = await with_keys(
                saved, names, self._tools.secrets, self._tools.catalogue, self._tools.clock(), before.keys
            )
            # Those that leave say goodbye meanwhile, and their lights tell of it.
            self._ids = {**_ids(before), **_ids(keyed)}
            self._keyed = keyed
            with contextlib.suppress(UserError):  # it is ending: nothing is to be changed any more
                await self._broadcast.serve(keyed.served)
            self._ids = _ids(keyed)
            self._keeper.note_endpoints(names)
            self._recorder.look_soon()

    @property
    def key_ref(self) -> str | None:
        """Reference of the key that was given for this broadcast alone."""
        return self._keeper.record.key_ref

    async def retry(self, endpoint_id: str) -> None:
        """Have a destination try again at once: with its key as it is now, if it had none."""
        name = next((name for name, each in self._ids.items() if each == endpoint_id), None)
        if name is None:
            raise UnknownRecordError(
                "The broadcast does not go to this endpoint.", hint="Reload the list of destinations."
            )
        if any(each.name == name for each in self._keyed.left_out):
            await self.endpoints_changed()
        else:
            self._broadcast.relay.retry_now(name)

    def order_recording(self, order: RecordingOrder) -> None:
        """Have the recording obey at its next key frame; ConflictError if the broadcast is not recorded."""
        if not self._broadcast.order_recording(order):
            raise ConflictError(
                "This broadcast is not recorded.", hint="Go live with the recording switched on."
            )

    async def mark(self, label: str) -> Marker:
        """Mark this moment."""
        offset_ms = round((self._tools.clock() - self._began_s) * 1000)
        marker = Marker(
            id=new_id(self._tools.wall_now()),
            session_id=self.session.id,
            offset_ms=max(0, offset_ms),
            label=label,
        )
        return await self._tools.store.write(lambda tables: tables.markers.add(marker))

    # Inside.

    def _looked_at(self, snapshot: BroadcastSnapshot) -> None:
        self._keeper.note_recording(snapshot.recording)
        self._keeper.note_live(snapshot.elapsed_s, self._tools.wall_now())
        recording = snapshot.recording
        shown = (
            snapshot.state,
            recording
            and (recording.state, recording.cause, recording.warning, recording.is_paused, recording.parts),
            [(each.name, each.state, each.cause) for each in snapshot.relay.destinations],
        )
        if shown != self._shown:
            self._shown = shown
            self._on_turn()

    async def _live(self, on_over: Callable[[], None]) -> EndedSession:
        try:
            await self._broadcast.wait()
            return await self._end()
        finally:
            on_over()
            self._on_turn()

    async def _end(self) -> EndedSession:
        """End everything, whatever fails on the way, and keep what became of it.

        Where that cannot be kept, its record stays: what it has recorded is kept before the next broadcast, or at the next start.
        """
        await self._keeper.note_ending()
        try:
            await self._recorder.aclose()
        except Exception:
            logger.exception("The timelines of the broadcast are not whole")
        self._is_ending = True
        failure: PowerStreamError | None
        results: Sequence[RecordingResult]
        try:
            summary = await self._broadcast.stop()
            failure, results = summary.failure, summary.recordings
        except Exception as error:
            logger.exception("The broadcast could not be ended")
            failure, results = BugError("A fault of ours ended the broadcast.", detail=repr(error)), ()
        try:
            ended = await self._keep(failure, results)
            await self._keeper.aclose()
        except PowerStreamError as error:
            logger.error("What became of the broadcast cannot be kept: %s", error)  # noqa: TRY400 - the words say all
            raise
        except Exception as error:
            logger.exception("What became of the broadcast cannot be kept")
            raise BugError("A fault of ours kept no record of the broadcast.", detail=repr(error)) from error
        else:
            await self._forget_key()
            return ended
        finally:
            await asyncio.to_thread(_remove_hls, self.hls_folder)

    async def _keep(
        self, failure: PowerStreamError | None, results: Sequence[RecordingResult]
    ) -> EndedSession:
        ended_at = self._tools.wall_now()
        left_behind = await pieces_left_behind(self._keeper.record.left_behind)
        ending = SessionEnding.STOPPED if failure is None else SessionEnding.FAILED
        words = _ending_words(failure, results)
        assets, session = await self._tools.vod.keep(
            self.session,
            (*left_behind, *pieces_of(results)),
            lambda tables: tables.sessions.end(self.session.id, ended_at, ending, words),
        )
        return EndedSession(session=session, assets=assets)

    async def _forget_key(self) -> None:
        """Leave no key behind that only a broadcast that goes on needs."""
        try:
            await self._tools.secrets.forget(self._keeper.record.key_ref)
        except PowerStreamError as error:
            logger.info("The stream key of the broadcast that is over stays where it is: %s", error)


def _remove_hls(folder: Path) -> None:
    """Leave nothing to watch, nor a folder for each station that was ever on air; what is not ours stays."""
    HLSFolder(folder).clear()
    with contextlib.suppress(OSError):
        folder.rmdir()


def _ids(keyed: KeyedEndpoints) -> dict[str, str]:
    return {name: endpoint_id for endpoint_id, name in keyed.names.items()}


def _ending_words(failure: PowerStreamError | None, results: Sequence[RecordingResult]) -> str:
    """Return why it ended, if nobody stopped it, and what is wrong with its recording."""
    words = [str(failure)] if failure is not None else []
    words += [f"The recording: {each.cause.title}" for each in results if each.cause is not None]
    return " ".join(words)


def _note_outcome(life: asyncio.Task[EndedSession]) -> None:
    """Look at what became of it, also when nobody waits: a fault has been logged where it arose."""
    if not life.cancelled():
        life.exception()
