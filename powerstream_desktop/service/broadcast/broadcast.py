"""A broadcast: the relay, its recording and, unless an external encoder publishes, an engine, wired and run as one.

Everything runs on one event loop; the engine is a process and the recorder a thread of their own. The order of ending
matters and stands in ``stop``: the engine first, so that its last frames still reach everybody.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.engine.config import PublishTarget
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.platforms.endpoint import RTMPEndpoint, taken_renditions
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.relay.destination.destination_life import WAITING_STATES
from powerstream_desktop.relay.destination.endpoint_changes import EndpointChanges
from powerstream_desktop.relay.hls.output import HLSOutput
from powerstream_desktop.relay.ingest.publish_hooks import Ending, PublishEvent, PublishHooks
from powerstream_desktop.relay.ingest.server import StreamingServer
from powerstream_desktop.relay.relay import Relay
from powerstream_desktop.relay.snapshot import RelaySnapshot
from powerstream_desktop.relay.uplink.uplink import EncoderControl
from powerstream_desktop.service.broadcast.engine_port import EnginePort
from powerstream_desktop.service.broadcast.on_air import OnAir
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.rehearsal import RehearsalReceiver
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot, BroadcastSummary
from powerstream_desktop.service.broadcast.states import BroadcastEvent, BroadcastState, next_state
from powerstream_desktop.service.broadcast.stream_findings import stream_findings
from powerstream_desktop.service.broadcast.uplink_record import keep_uplink

if TYPE_CHECKING:
    from powerstream_desktop.service.broadcast.recording_consumer import RecordingConsumer

logger = logging.getLogger(__name__)


class Broadcast:
    """One broadcast from beginning to end; not to be used twice.

    Args:
        plan: what to broadcast.
        clock: the loop's time.
        on_turn: called on the loop whenever a light, or the session's state, may have become another one.
        engine: whose program is sent, in the renditions that the endpoints take; ``None`` when an external encoder publishes.
            It is the caller's, and runs on for whoever else needs it.

    Raises:
        UserError: the engine cannot be what its settings say.
    """

    def __init__(
        self,
        plan: BroadcastPlan,
        clock: Clock,
        on_turn: Callable[[], None] | None = None,
        engine: EnginePort | None = None,
    ) -> None:
        self._plan = plan
        self._clock = clock
        self._on_turn = on_turn
        self._engine = engine
        self._engine_config = engine.wanted_config if engine is not None else None
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
            paced=engine is None,
        )
        self._relay = Relay(
            self._server,
            plan.stream_key,
            plan.endpoints,
            clock=clock,
            catalogue=plan.catalogue,
            encoder=self._encoder_control(),
            on_turn=on_turn,
        )
        self._rehearsal = RehearsalReceiver(clock) if plan.rehearsal else None
        self._recording: RecordingConsumer | None = None
        self._hls: HLSOutput | None = None
        self._on_air = OnAir(clock)
        self._last_end = ""
        self._over = asyncio.Event()
        self._changed = asyncio.Event()
        self._failure: PowerStreamError | None = None

    async def start(self) -> None:
        """Start everything; what cannot work is said before anything goes on air.

        Raises:
            UserError, SystemFault: the port is in use, the folder cannot be written to, the engine that runs refuses.
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
        try:
            await self._go_on_air()
        except PowerStreamError:
            await self._close_relay()
            await self._close_consumers()
            raise

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
        cut_off = {
            each.name: each.cause for each in relay_before.destinations if each.state in WAITING_STATES
        }
        if self._engine is not None:
            await self._engine.go_off_air()
        summary_relay = _with_causes(self._relay.snapshot(), cut_off)
        await self._close_relay()
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
            cut_off=tuple(cut_off),
            recordings=tuple(self._recording.results) if self._recording is not None else (),
            receiver=self._rehearsal.report() if self._rehearsal is not None else None,
            failure=self._failure,
        )

    @property
    def relay(self) -> Relay:
        """The relay of the running broadcast: commands to its destinations go there (add, remove, edit, stop, start, retry)."""
        return self._relay

    async def serve(self, endpoints: Sequence[RTMPEndpoint]) -> EndpointChanges:
        """Serve these endpoints and no others from now on; our engine encodes what they take.

        Returns:
            What was done, once those that had to leave have said goodbye.

        Raises:
            UserError: the broadcast is ending.
        """
        self._encode_for((*self._relay.endpoints, *endpoints))
        changes = await self._relay.serve(endpoints)
        self._encode_for(self._relay.endpoints)
        return changes

    def order_recording(self, order: RecordingOrder) -> bool:
        """Have the recording obey at its next key frame, and return whether there is one; on the loop."""
        if self._recording is None:
            return False
        match order:
            case RecordingOrder.SPLIT:
                self._recording.split()
            case RecordingOrder.PAUSE:
                self._recording.pause()
            case RecordingOrder.RESUME:
                self._recording.resume()
        if self._on_turn is not None:
            self._on_turn()
        return True

    def snapshot(self) -> BroadcastSnapshot:
        """Return how everything stands; on the loop."""
        relay, catalogue, engine = self._relay.snapshot(), self._plan.catalogue, self._engine
        return BroadcastSnapshot(
            state=self.state,
            elapsed_s=self._on_air.elapsed_s,
            ingest_url=self._server.server_url,
            relay=relay,
            recording=self._recording.snapshot() if self._recording is not None else None,
            hls=self._hls.snapshot() if self._hls is not None else None,
            engine=engine.snapshot if engine is not None else None,
            engine_stats=engine.stats if engine is not None else None,
            engine_source=engine.source if engine is not None else "",
            engine_troubles=engine.troubles if engine is not None else (),
            last_end=self._last_end,
            findings=stream_findings(relay.renditions, self._relay.endpoints, catalogue) if catalogue else (),
        )

    async def _start_consumers(self, plan: BroadcastPlan) -> None:
        if plan.recording is not None:
            # PyAV comes in with the recorder; a relay without one stays small.
            from powerstream_desktop.service.broadcast.recording_consumer import RecordingConsumer

            self._recording = RecordingConsumer(plan.recording)
            await self._recording.prepare()
            self._relay.attach(self._recording)
        if plan.hls_folder is not None:
            self._hls = HLSOutput(plan.hls_folder, clock=self._clock)
            await asyncio.to_thread(self._hls.start)
            self._relay.attach(self._hls)

    async def _close_relay(self) -> None:
        await self._relay.aclose()
        await self._server.aclose()
        if self._rehearsal is not None:
            await self._rehearsal.aclose()

    async def _close_consumers(self) -> None:
        if self._hls is not None:
            await self._hls.aclose()
        if self._recording is not None:
            await self._recording.aclose()

    async def _go_on_air(self) -> None:
        """Let our engine publish, if it is ours that does."""
        config = self._engine_config
        if self._engine is None or config is None:
            return
        target = PublishTarget(
            url=self._server.server_url,
            key=self._plan.stream_key,
            renditions=taken_renditions(self._relay.endpoints).intersection(config.renditions),
        )
        await self._engine.go_on_air(target, use_slate=self._relay.use_slate, on_given_up=self._fail)

    def _encode_for(self, endpoints: Sequence[RTMPEndpoint]) -> None:
        config = self._engine_config
        if self._engine is not None and config is not None:
            self._engine.set_renditions(taken_renditions(endpoints).intersection(config.renditions))

    def _encoder_control(self) -> EncoderControl | None:
        config = self._engine_config
        if config is None or not self._plan.adapt_bitrate:
            return None
        return EncoderControl(
            video_kbps=config.landscape.bitrate_kbps, set_video_kbps=self._set_engine_bitrate
        )

    def _set_engine_bitrate(self, video_kbps: int) -> None:
        if self._engine is not None:
            self._engine.set_bitrate(video_kbps)

    def _fail(self, failure: PowerStreamError) -> None:
        """The encoder is past hope."""
        self._failure = failure
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
        if self._engine is not None:
            hint = "Start the broadcast again; the engine's log says more."
            self._fail(SystemFault(sentence, hint=hint))

    def _move(self, event: BroadcastEvent) -> None:
        self.state = next_state(self.state, event)
        self._changed.set()
        if self._on_turn is not None:
            self._on_turn()


def _with_causes(relay: RelaySnapshot, causes: Mapping[str, Cause | None]) -> RelaySnapshot:
    """Return the snapshot with these destinations' causes: their lights are off by now, and would not say why they were lost."""
    destinations = (
        dataclasses.replace(each, cause=causes.get(each.name, each.cause)) for each in relay.destinations
    )
    return dataclasses.replace(relay, destinations=tuple(destinations))
