"""A broadcast: the relay, its recording and, unless an external encoder publishes, an engine, wired and run as one.

Everything runs on one event loop; the engine is a process and the recorder a thread of their own. The order of ending
matters and stands in ``stop``: the engine first, so that its last frames still reach everybody.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
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
    SlateReady,
    SourceBack,
    SourceLost,
    Started,
    Stats,
)
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding
from powerstream_desktop.relay.destination.destination_life import WAITING_STATES
from powerstream_desktop.relay.hls.output import HLSOutput
from powerstream_desktop.relay.hls.snapshot import HLSSnapshot
from powerstream_desktop.relay.ingest.publish_hooks import Ending, PublishEvent, PublishHooks
from powerstream_desktop.relay.ingest.receiver import ReceiverReport
from powerstream_desktop.relay.ingest.server import BRIDGE_LIMIT_S, StreamingServer
from powerstream_desktop.relay.relay import Relay
from powerstream_desktop.relay.snapshot import RelaySnapshot
from powerstream_desktop.relay.uplink.uplink import EncoderControl
from powerstream_desktop.service.broadcast_states import BroadcastEvent, BroadcastState, next_state
from powerstream_desktop.service.on_air import OnAir
from powerstream_desktop.service.rehearsal import RehearsalReceiver
from powerstream_desktop.service.slate_file import SlateFile
from powerstream_desktop.service.stream_findings import stream_findings
from powerstream_desktop.service.uplink_record import keep_uplink

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
        catalogue: what is known of platforms, None for nothing.
        host, port, app: where the relay listens; port 0 takes any free one.
        record_folder: where to record to, None for no recording.
        hls_folder: where a browser or our window can watch the stream, None for nowhere.
        rehearsal: send the stream to the built-in receiver as well, which checks it.
        engine: what our engine shows and encodes, None when an external encoder publishes. Its publishing address and key
            are filled in here.
        adapt_bitrate: let our engine's bitrate follow the upload when that is too small for all destinations.
        uplink_file: where the measured upload is kept, None for nowhere.
        bridge_limit_s: how long platforms are kept when the publisher vanishes, in seconds; 0 ends the broadcast at once.
    """

    endpoints: tuple[RTMPEndpoint, ...]
    stream_key: Secret
    catalogue: Catalogue | None = None
    host: str = "127.0.0.1"
    port: int = 0
    app: str = "live"
    record_folder: Path | None = None
    hls_folder: Path | None = None
    rehearsal: bool = False
    engine: EngineConfig | None = None
    adapt_bitrate: bool = False
    uplink_file: Path | None = None
    bridge_limit_s: float = BRIDGE_LIMIT_S


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSnapshot:
    """A broadcast at one moment.

    Attributes:
        engine: how the engine stands; None when an external encoder publishes.
        engine_stats: its newest figures; None until its first ones, and from its death to those of the next one.
        last_end: why the broadcast before this one ended, when its encoder did not come back; a sentence.
        findings: what in the stream that comes in will not go well with the platforms that get it.
    """

    state: BroadcastState
    elapsed_s: float
    ingest_url: str
    relay: RelaySnapshot
    recording: RecordingSnapshot | None
    hls: HLSSnapshot | None = None
    engine: EngineSnapshot | None
    engine_stats: Stats | None
    engine_source: str
    engine_troubles: tuple[str, ...]
    """What hinders an engine that runs: its source is gone, or it cannot reach the relay; sentences."""
    last_end: str = ""
    findings: tuple[Finding, ...] = ()


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
            hooks=PublishHooks(
                on_publish=self._publisher_came,
                on_done_publish=self._publisher_left,
                on_bridge=self._publisher_vanished,
                on_bridged=self._publisher_back,
            ),
            bridge_limit_s=plan.bridge_limit_s,
            # Beside an encoder of our own the saving would be nothing, so its stream goes on without any delay.
            paced=plan.engine is None,
        )
        self._relay = Relay(
            self._server,
            plan.stream_key,
            plan.endpoints,
            clock=clock,
            catalogue=plan.catalogue,
            encoder=self._encoder_control(plan),
        )
        self._rehearsal = RehearsalReceiver(clock) if plan.rehearsal else None
        self._recording: RecordingConsumer | None = None
        self._hls: HLSOutput | None = None
        self._engine: EngineProcess | None = None
        self._engine_stats: Stats | None = None
        self._engine_source = ""
        self._slates = SlateFile(self._relay.stream.use_slate)
        self._engine_troubles: dict[type[EngineReport], str] = {}
        self._on_air = OnAir(clock)
        self._last_end = ""
        self._over = asyncio.Event()
        self._changed = asyncio.Event()
        self._failure: PowerStreamError | None = None

    async def start(self) -> None:
        """Start everything; what cannot work is said before anything goes on air.

        Raises:
            UserError, SystemFault: the port is in use, the folder cannot be written to.
        """
        self._move(BroadcastEvent.START)
        try:
            await self._start_consumers(self._plan)
            await self._server.start(self._plan.host, self._plan.port)
        except PowerStreamError:
            await self._close_consumers()
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
            if duration_s is not None and self._on_air.is_live:
                left_s = duration_s - self._on_air.elapsed_s
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
        duration_s = self._on_air.elapsed_s
        relay_before = self._relay.snapshot()
        cut_off = tuple(each.name for each in relay_before.destinations if each.state in WAITING_STATES)
        if self._engine is not None:
            await self._engine.aclose()
            await self._slates.aclose()
        summary_relay = self._relay.snapshot()
        await self._relay.aclose()
        await self._server.aclose()
        if self._rehearsal is not None:
            await self._rehearsal.aclose()
        await self._close_consumers()
        if self._plan.uplink_file is not None:
            await asyncio.to_thread(
                keep_uplink,
                self._plan.uplink_file,
                measured_kbps=relay_before.uplink_kbps,
                carried_kbps=sum(each.bitrate_kbps for each in relay_before.destinations),
                now=datetime.now(UTC),
            )
        self._move(BroadcastEvent.FINISHED)
        return BroadcastSummary(
            duration_s=duration_s,
            relay=summary_relay,
            cut_off=cut_off,
            recordings=tuple(self._recording.results) if self._recording is not None else (),
            receiver=self._rehearsal.report() if self._rehearsal is not None else None,
            failure=self._failure,
        )

    @property
    def relay(self) -> Relay:
        """The relay of the running broadcast: commands to its destinations go there (add, remove, edit, stop, start, retry)."""
        return self._relay

    def snapshot(self) -> BroadcastSnapshot:
        """Return how everything stands; on the loop."""
        relay, catalogue = self._relay.snapshot(), self._plan.catalogue
        return BroadcastSnapshot(
            state=self.state,
            elapsed_s=self._on_air.elapsed_s,
            ingest_url=self._server.server_url,
            relay=relay,
            recording=self._recording.snapshot() if self._recording is not None else None,
            hls=self._hls.snapshot() if self._hls is not None else None,
            engine=self._engine.snapshot if self._engine is not None else None,
            engine_stats=self._engine_stats,
            engine_source=self._engine_source,
            engine_troubles=tuple(self._engine_troubles.values()),
            last_end=self._last_end,
            findings=stream_findings(relay.renditions, self._relay.endpoints, catalogue) if catalogue else (),
        )

    async def _start_consumers(self, plan: BroadcastPlan) -> None:
        if plan.record_folder is not None:
            # PyAV comes in with the recorder; a relay without one stays small.
            from powerstream_desktop.service.recording_consumer import RecordingConsumer

            self._recording = RecordingConsumer(plan.record_folder)
            await self._recording.prepare()
            self._relay.attach(self._recording)
        if plan.hls_folder is not None:
            self._hls = HLSOutput(plan.hls_folder, clock=self._clock)
            await asyncio.to_thread(self._hls.start)
            self._relay.attach(self._hls)

    async def _close_consumers(self) -> None:
        if self._hls is not None:
            await self._hls.aclose()
        if self._recording is not None:
            await self._recording.aclose()

    async def _start_engine(self, config: EngineConfig) -> None:
        from powerstream_desktop.service.engine_process import EngineProcess

        config = dataclasses.replace(
            config, publish_url=self._server.server_url, publish_key=self._plan.stream_key
        )
        self._engine = EngineProcess(config, self._clock, self._engine_reported)
        await self._engine.start()

    def _encoder_control(self, plan: BroadcastPlan) -> EncoderControl | None:
        if plan.engine is None or not plan.adapt_bitrate:
            return None
        return EncoderControl(
            video_kbps=plan.engine.video_bitrate_kbps, set_video_kbps=self._set_engine_bitrate
        )

    def _set_engine_bitrate(self, video_kbps: int) -> None:
        if self._engine is not None:
            self._engine.set_bitrate(video_kbps)

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
            case SlateReady(path=path):
                self._slates.ready(Path(path))
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

    def _publisher_came(self, event: PublishEvent) -> None:
        self._on_air.came(event.stream)
        self._last_end = ""
        self._move(BroadcastEvent.PUBLISHER_CAME)

    def _publisher_vanished(self, event: PublishEvent) -> None:
        self._on_air.vanished(event.stream)
        self._weigh_bridges()

    def _publisher_back(self, event: PublishEvent) -> None:
        self._on_air.back(event.stream)
        self._weigh_bridges()

    def _publisher_left(self, event: PublishEvent, ending: Ending) -> None:
        self._on_air.left(event.stream)
        if self._on_air.is_live:
            self._weigh_bridges()
            return
        self._move(BroadcastEvent.PUBLISHER_LEFT)
        if ending is Ending.NOT_BACK:
            self._give_up()

    def _weigh_bridges(self) -> None:
        """Call the session bridged while no rendition has its publisher."""
        if self.state is BroadcastState.LIVE and self._on_air.is_bridged:
            self._move(BroadcastEvent.PUBLISHER_VANISHED)
        elif self.state is BroadcastState.BRIDGING and not self._on_air.is_bridged:
            self._move(BroadcastEvent.PUBLISHER_BACK)

    def _give_up(self) -> None:
        """The publisher stayed away: an external encoder may begin anew, our own is past hope."""
        limit_s = self._plan.bridge_limit_s
        sentence = "The encoder vanished."
        if limit_s > 0:
            sentence = f"The encoder did not come back for {limit_s:g} s."
        logger.info("%s", sentence)
        self._last_end = sentence
        if self._plan.engine is not None:
            hint = "Start the broadcast again; the engine's log says more."
            self._failure = SystemFault(sentence, hint=hint)
            self.request_stop()

    def _move(self, event: BroadcastEvent) -> None:
        self.state = next_state(self.state, event)
        self._changed.set()
