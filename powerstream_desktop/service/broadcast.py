"""A broadcast: the relay, its recording and, unless an external encoder publishes, an engine, wired and run as one.

Everything runs on one event loop; the engine is a process and the recorder a thread of their own. The order of ending
matters and stands in ``stop``: the engine first, so that its last frames still reach everybody.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import Fault, PowerStreamError, SystemFault, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.life_cycle import EngineSnapshot
from powerstream_desktop.engine.protocol import (
    Disconnected,
    EngineReport,
    Failed,
    Publishing,
    SourceBack,
    SourceLost,
    Started,
    Stats,
)
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.receiver import ReceiverReport
from powerstream_desktop.relay.relay import Relay
from powerstream_desktop.relay.server import StreamingServer
from powerstream_desktop.relay.snapshot import RelaySnapshot
from powerstream_desktop.service.broadcast_states import BroadcastEvent, BroadcastState, next_state
from powerstream_desktop.service.rehearsal import RehearsalReceiver

if TYPE_CHECKING:
    from powerstream_desktop.recording.snapshot import RecordingResult, RecordingSnapshot
    from powerstream_desktop.service.engine_process import EngineProcess
    from powerstream_desktop.service.recording_consumer import RecordingConsumer

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastPlan:
    """What to broadcast.

    Attributes:
        endpoints: where the stream goes.
        stream_key: what the publisher has to show.
        host, port, app: where the relay listens; port 0 takes any free one.
        record_folder: where to record to, None for no recording.
        rehearsal: send the stream to the built-in receiver as well, which checks it.
        engine: what our engine shows and encodes, None when an external encoder publishes. Its publishing address and key
            are filled in here.
    """

    endpoints: tuple[RTMPEndpoint, ...]
    stream_key: Secret
    host: str = "127.0.0.1"
    port: int = 0
    app: str = "live"
    record_folder: Path | None = None
    rehearsal: bool = False
    engine: EngineConfig | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSnapshot:
    """A broadcast at one moment.

    Attributes:
        engine: how the engine stands; None when an external encoder publishes.
        engine_stats: its newest figures; None until its first ones, and from its death to those of the next one.
    """

    state: BroadcastState
    elapsed_s: float
    ingest_url: str
    relay: RelaySnapshot
    recording: RecordingSnapshot | None
    engine: EngineSnapshot | None
    engine_stats: Stats | None
    engine_source: str
    engine_troubles: tuple[str, ...]
    """What hinders an engine that runs: its source is gone, or it cannot reach the relay; sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSummary:
    """What became of a broadcast."""

    duration_s: float
    relay: RelaySnapshot
    cut_off: tuple[str, ...]
    """Destinations that were lost or rejected when the end came."""
    recordings: tuple[RecordingResult, ...]
    receiver: ReceiverReport | None
    failure: PowerStreamError | None


class Broadcast:
    """One broadcast from beginning to end; not to be used twice.

    Args:
        plan: what to broadcast.
        clock: the loop's time.
    """

    def __init__(self, plan: BroadcastPlan, clock: Clock) -> None:
        self._plan = plan
        self._clock = clock
        self.state = BroadcastState.IDLE
        self._server = StreamingServer(
            clock,
            app=plan.app,
            on_publish=self._publisher_came,
            on_done_publish=self._publisher_left,
            # Beside an encoder of our own the saving would be nothing, so its stream goes on without any delay.
            paced=plan.engine is None,
        )
        self._relay = Relay(self._server, plan.stream_key, plan.endpoints, clock=clock)
        self._rehearsal = RehearsalReceiver(clock) if plan.rehearsal else None
        self._recording: RecordingConsumer | None = None
        self._engine: EngineProcess | None = None
        self._engine_stats: Stats | None = None
        self._engine_source = ""
        self._engine_troubles: dict[type[EngineReport], str] = {}
        self._live_since: float | None = None
        self._live_s = 0.0
        self._over = asyncio.Event()
        self._changed = asyncio.Event()
        self._failure: PowerStreamError | None = None

    async def start(self) -> None:
        """Start everything; what cannot work is said before anything goes on air.

        Raises:
            UserError, SystemFault: the port is in use, the folder cannot be written to.
        """
        self._move(BroadcastEvent.START)
        if self._plan.record_folder is not None:
            # PyAV comes in with the recorder; a relay without one stays small.
            from powerstream_desktop.service.recording_consumer import RecordingConsumer

            self._recording = RecordingConsumer(self._plan.record_folder)
            await self._recording.prepare()
            self._relay.attach(self._recording)
        try:
            await self._server.start(self._plan.host, self._plan.port)
        except PowerStreamError:
            if self._recording is not None:
                await self._recording.aclose()
            raise
        if self._rehearsal is not None:
            self._relay.add(await self._rehearsal.start())
        self._relay.start()
        if self._plan.engine is not None:
            await self._start_engine(self._plan.engine)

    async def wait(self, duration_s: float | None = None) -> None:
        """Wait until the broadcast is over by itself, or has been live for ``duration_s``, or ``request_stop`` is called."""
        while not self._over.is_set():
            left_s = None
            if duration_s is not None and self._live_since is not None:
                left_s = duration_s - self._elapsed_s()
                if left_s <= 0:
                    return
            self._changed.clear()
            try:
                async with asyncio.timeout(left_s):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def request_stop(self) -> None:
        """Let ``wait`` return; harmless when repeated. Call on the loop."""
        self._over.set()
        self._changed.set()

    async def stop(self) -> BroadcastSummary:
        """End properly: engine, destinations, recording, server, in this order."""
        self._move(BroadcastEvent.STOP)
        duration_s = self._elapsed_s()
        cut_off = tuple(
            each.name for each in self._relay.snapshot().destinations if each.retry_in_s is not None
        )
        if self._engine is not None:
            await self._engine.aclose()
        summary_relay = self._relay.snapshot()
        await self._relay.aclose()
        await self._server.aclose()
        if self._rehearsal is not None:
            await self._rehearsal.aclose()
        if self._recording is not None:
            await self._recording.aclose()
        self._move(BroadcastEvent.FINISHED)
        return BroadcastSummary(
            duration_s=duration_s,
            relay=summary_relay,
            cut_off=cut_off,
            recordings=tuple(self._recording.results) if self._recording is not None else (),
            receiver=self._rehearsal.report() if self._rehearsal is not None else None,
            failure=self._failure,
        )

    def retry_now(self, name: str) -> None:
        """Let the destination of that name try again at once."""
        self._relay.retry_now(name)

    def snapshot(self) -> BroadcastSnapshot:
        """Return how everything stands; on the loop."""
        return BroadcastSnapshot(
            state=self.state,
            elapsed_s=self._elapsed_s(),
            ingest_url=self._server.server_url,
            relay=self._relay.snapshot(),
            recording=self._recording.snapshot() if self._recording is not None else None,
            engine=self._engine.snapshot if self._engine is not None else None,
            engine_stats=self._engine_stats,
            engine_source=self._engine_source,
            engine_troubles=tuple(self._engine_troubles.values()),
        )

    async def _start_engine(self, config: EngineConfig) -> None:
        from powerstream_desktop.service.engine_process import EngineProcess

        config = dataclasses.replace(
            config, publish_url=self._server.server_url, publish_key=self._plan.stream_key
        )
        self._engine = EngineProcess(config, self._clock, self._engine_reported)
        await self._engine.start()

    def _engine_reported(self, report: EngineReport) -> None:
        match report:
            case Stats():
                self._engine_stats = report
            case Started(source=source):
                self._engine_source = source
            case Failed():
                self._engine_failed(report)
            case Disconnected(title=title) | SourceLost(title=title):
                self._engine_troubles[type(report)] = title
            case Publishing():
                self._engine_troubles.pop(Disconnected, None)
            case SourceBack():
                self._engine_troubles.pop(SourceLost, None)
            case _:
                pass

    def _engine_failed(self, report: Failed) -> None:
        """An engine that will be started again is its supervisor's affair; one that cannot work ends the broadcast."""
        logger.info("The engine failed: %s", report.title)
        self._engine_stats = None
        self._engine_troubles.clear()
        if self._engine is not None and self._engine.snapshot.retry_at_s is None:
            kind = UserError if report.fault is Fault.USER else SystemFault
            self._failure = kind(report.title, hint=report.hint)
            self.request_stop()

    def _publisher_came(self, _stream: str) -> None:
        self._move(BroadcastEvent.PUBLISHER_CAME)
        if self._live_since is None:
            self._live_since = self._clock()
            self._changed.set()

    def _publisher_left(self, _stream: str) -> None:
        self._move(BroadcastEvent.PUBLISHER_LEFT)
        if self._live_since is not None:
            self._live_s += self._clock() - self._live_since
            self._live_since = None

    def _elapsed_s(self) -> float:
        return self._live_s + (self._clock() - self._live_since if self._live_since is not None else 0.0)

    def _move(self, event: BroadcastEvent) -> None:
        self.state = next_state(self.state, event)
        self._changed.set()
