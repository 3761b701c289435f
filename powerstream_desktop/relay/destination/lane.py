"""A lane: the way to one server of a destination. Most destinations have one, those with a backup ingest two.

One task connects, waits for the connection's end, pauses and connects again, for ever, until the lane is closed; then it is
cancelled, once, and the connection says goodbye. Whoever opens the lane again meanwhile has to wait for that: a platform
that sees the same key twice refuses the second.

Owner: its ``Destination``, on the relay's loop.
"""

from __future__ import annotations

import asyncio
import logging

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.relay.connect.connector import ConnectError, Connector
from powerstream_desktop.relay.destination.destination_life import WAITING_STATES, DestinationLife
from powerstream_desktop.relay.destination.destination_states import DestinationEvent, DestinationState
from powerstream_desktop.relay.destination.format_gate import FormatGate, codec_refusal
from powerstream_desktop.relay.destination.lane_light import LaneLight
from powerstream_desktop.relay.destination.move import Mover
from powerstream_desktop.relay.destination.outflow import Outflow
from powerstream_desktop.relay.destination.time_base import TimeBase
from powerstream_desktop.relay.push.push_link import LinkOwner, PushLink
from powerstream_desktop.relay.stream.stream import Stream

logger = logging.getLogger(__name__)

KNOCK_TIMEOUT_S = 1.0


class Lane:
    """The way to one server.

    Args:
        life: its state, attempts and cause; the lane's own.
        endpoint: where to and with which key; its ``server`` is this lane's.
        stream: what to send.
        connector: makes connections.
        clock: the loop's time.
        time_base: where its connections count their time from.
    """

    def __init__(
        self,
        life: DestinationLife,
        endpoint: RTMPEndpoint,
        stream: Stream,
        connector: Connector,
        clock: Clock,
        time_base: TimeBase,
    ) -> None:
        self.life = life
        self.endpoint = endpoint
        self.server = endpoint.server
        """Where it is connected to, or will be next: not the endpoint's after a move."""
        self.time_base = time_base
        """Shared with the destination's other lane; a new one holds from the next connection on."""
        self.outflow = Outflow(stream, clock)
        self.light = LaneLight(life, self.outflow)
        self._connector = connector
        self._clock = clock
        self._gate = FormatGate(clock)
        self._mover = Mover(
            self._connect,
            clock,
            on_ready=self._move_is_ready,
            on_failed=self.outflow.keep_whole,
            farewell=self.outflow.farewell,
        )
        self._task: asyncio.Task[None] | None = None
        self._wanted = False
        self._key_is_known = False
        self._parting = DestinationEvent.STREAM_ENDED
        """What the light shows when the task is over."""
        self._task_is_ending = False
        self.closes_soon = False
        """True from ``close_at_key_frame`` until that key frame."""
        self._reason_to_leave: Failure | None = None
        """Why a carrier that stands must not go on: the stream's format forbids it, or a bug of ours has spoilt it."""
        self._link_over = asyncio.Event()
        """The carrier was lost, or is to be left."""
        self._retry_wanted = asyncio.Event()

    # The destination's commands.

    def open(self, *, key_is_known: bool = False) -> None:
        """Connect, after the goodbye if one is being said. Harmless when it is open.

        Args:
            key_is_known: the key has worked in this broadcast, at the platform's other server.
        """
        self._wanted = True
        self._key_is_known = key_is_known
        self._parting = DestinationEvent.STREAM_ENDED
        if self.closes_soon:
            self.closes_soon = False
            self.outflow.keep_whole()
        if self._task is None:
            self._begin()

    def close(self, parting: DestinationEvent = DestinationEvent.STREAM_ENDED) -> None:
        """Say goodbye and end, in the background. Harmless when repeated.

        Args:
            parting: STREAM_ENDED when there is nothing to send any more, STOP when the user does not want it sent.
        """
        self._wanted = False
        self._parting = parting
        if self._task is not None:
            self._end_task(self._task)
        elif parting is DestinationEvent.STOP:
            self.life.handle(parting, self._clock())

    def close_at_key_frame(self) -> None:
        """Close just before the next key frame, so that whoever looks on misses nothing."""
        if self.outflow.carrier is None:
            self.close()
        elif not self.outflow.is_to_be_cut:
            self.closes_soon = True
            self.outflow.cut_at_key_frame(self.close)

    def release(self) -> None:
        """The user's stop is lifted."""
        if self._task is not None:
            self._parting = DestinationEvent.STREAM_ENDED
        elif self.life.state is DestinationState.STOPPED:
            self.life.handle(DestinationEvent.RELEASED, self._clock())

    def redirect(self, endpoint: RTMPEndpoint, stream: Stream) -> None:
        """Use another endpoint from now on; says goodbye and connects anew only where the difference asks for it."""
        old, self.endpoint = self.endpoint, endpoint
        way = (endpoint.server, endpoint.stream_key, stream)
        if way == (old.server, old.stream_key, self.outflow.stream):
            self._judge_format()
            return
        self.server = endpoint.server
        self._key_is_known = False
        self.outflow.stream = stream
        if self._task is not None:
            self._end_task(self._task)

    def retry_now(self) -> None:
        """Try again at once instead of at the planned time; harmless while it does not wait."""
        if self.life.state in WAITING_STATES:
            self._retry_wanted.set()

    def headers_changed(self) -> None:
        """The publisher's codec headers have come or have changed; the stream's next burst holds them."""
        carrier = self.outflow.carrier
        self._gate.headers_changed(while_sending=carrier is not None and carrier.feed.started)
        self._judge_format()

    def spoilt(self, error: Exception) -> None:
        """What was offered to the carrier met a bug of ours: leave it, and begin anew after a pause."""
        if self.outflow.carrier is not None:
            self._leave(self._own_fault(error))

    @property
    def is_open(self) -> bool:
        """True from ``open`` until ``close``."""
        return self._wanted

    async def wait_closed(self) -> None:
        """Wait until a lane that was closed has said goodbye; at most about 2 s."""
        if self._task is not None:
            await asyncio.wait({self._task})

    # The links' side.

    def key_sent(self, link: PushLink) -> None:
        """The platform accepted ``connect``."""
        if link is self.outflow.carrier and self.life.state is DestinationState.CONNECTING:
            self.life.handle(DestinationEvent.KEY_SENT, self._clock())

    def publish_started(self, link: PushLink) -> None:
        """The platform accepted the key."""
        if link is self.outflow.carrier:
            link.join()

    def reconnect_requested(self, link: PushLink, tc_url: str | None) -> None:
        """The platform asks us to move: done, if it may ask that; before it has answered ``connect`` it may not."""
        if link is not self.outflow.carrier or self.outflow.is_to_be_cut:
            return
        if self.life.is_connected:
            self._mover.request(tc_url, self.endpoint, self.server)

    def link_lost(self, link: PushLink, failure: Failure) -> None:
        """A connection is over; the task goes on from here."""
        if link is self.outflow.carrier:
            self.outflow.lose()
            self._fail(self._gate.reason(failure))
            self._link_over.set()

    # The task.

    def _begin(self) -> None:
        self.life.handle(DestinationEvent.START, self._clock())
        if self._key_is_known:
            self.life.trust_key()
        self._start_task()

    def _start_task(self) -> None:
        self._task_is_ending = self.closes_soon = False
        self._task = asyncio.get_running_loop().create_task(self._run(), name=f"lane {self.life.name}")
        self._task.add_done_callback(self._task_over)

    async def _run(self) -> None:
        """Keep a connection up until cancelled."""
        try:
            await self._gate.tracks_known(self.outflow.stream)
            while True:
                must_wait = self.life.state in WAITING_STATES
                link = (await self._pause() if must_wait else None) or await self._try_to_connect()
                if link is not None:
                    await self._hold(link)
        finally:
            self.outflow.dismiss()
            await self._let_go()

    def _end_task(self, task: asyncio.Task[None]) -> None:
        """Cancel the task, but only once: a second time would cut its goodbye short."""
        self.outflow.close()
        if not self._task_is_ending:
            self._task_is_ending = True
            task.cancel()

    def _task_over(self, task: asyncio.Task[None]) -> None:
        self._task = None
        error = None if task.cancelled() else task.exception()
        if error is not None and self._wanted:
            self._recover(self._own_fault(error))
            return
        self.life.handle(self._parting, self._clock())
        if self._wanted:
            self._begin()

    def _recover(self, failure: Failure) -> None:
        """Go on after a bug as after any failure: pause, and try again, with a light that says so."""
        if self.life.state in WAITING_STATES:
            self.life.handle(DestinationEvent.RETRY_DUE, self._clock())
        self._fail(failure)
        self._start_task()

    def _own_fault(self, error: BaseException) -> Failure:
        if isinstance(error, MemoryError):  # this computer's, not ours
            logger.info("%s got no memory", self.life.name)
            return Failure(FailureKind.SYSTEM, repr(error))
        logger.error("%s met a bug of ours", self.life.name, exc_info=error)
        return Failure(FailureKind.OWN_FAULT, repr(error))

    async def _try_to_connect(self) -> PushLink | None:
        self._leave_pause()
        await self._let_go()
        self.server = self.endpoint.server
        refusal = self._refusal()
        if refusal is not None:
            self._fail(refusal)
            return None
        try:
            return await self._connect(self, self.endpoint)
        except ConnectError as failed:
            self._fail(failed.failure)
            return None

    async def _connect(self, owner: LinkOwner, endpoint: RTMPEndpoint) -> PushLink:
        return await self._connector.connect(
            owner,
            self.outflow.stream,
            endpoint,
            rejoining=self.life.has_been_live,
            time_base=self.time_base,
        )

    async def _hold(self, link: PushLink) -> None:
        """Run a connection until it is over, or has to be left."""
        self._leave_pause()
        self._link_over.clear()
        self._gate.new_connection()
        self.outflow.carry(link)
        await self._let_go()
        link.begin()
        await self._link_over.wait()
        if self.outflow.carrier is not None and self._reason_to_leave is not None:
            self.outflow.dismiss()
            await self._let_go()
            self._fail(self._reason_to_leave)

    async def _let_go(self) -> None:
        """Give up a move that goes on, and wait for every goodbye; at most 2 s."""
        await self._mover.call_off()
        await self.outflow.wait_for_farewells()

    async def _pause(self) -> PushLink | None:
        """Wait for the next try, knocking meanwhile; return the connection if one has come about."""
        while True:
            if self._mover.is_ready:
                return self._take_move()
            now = self._clock()
            due_at = self.life.next_retry_at
            if self._retry_wanted.is_set() or (due_at is not None and now >= due_at):
                return None
            if due_at is None and self._refusal() is None:
                return None
            knock_at = self.life.next_knock_at(now)
            wake_at = min((at for at in (due_at, knock_at) if at is not None), default=None)
            try:
                async with asyncio.timeout(None if wake_at is None else wake_at - now):
                    await self._retry_wanted.wait()
            except TimeoutError:
                if wake_at == knock_at and (link := await self._knock()):
                    return link

    def _leave_pause(self) -> None:
        self._retry_wanted.clear()
        if self.life.state in WAITING_STATES:
            self.life.handle(DestinationEvent.RETRY_DUE, self._clock())

    async def _knock(self) -> PushLink | None:
        try:
            async with asyncio.timeout(KNOCK_TIMEOUT_S):
                return await self._connect(self, self.endpoint)
        except (ConnectError, TimeoutError):
            return None

    # Inside.

    def _fail(self, failure: Failure) -> None:
        logger.info("%s: %s %s", self.life.name, failure.kind.value, failure.detail)
        self.life.fail(failure, self._clock())

    def _refusal(self) -> Failure | None:
        return codec_refusal(self.outflow.stream.codecs(), self.endpoint.codecs)

    def _judge_format(self) -> None:
        """Look again at whether the platform accepts the stream."""
        refusal = self._refusal()
        if self.outflow.carrier is None:
            if self.life.next_retry_at is None:
                self.retry_now()
        elif refusal is not None:
            self._leave(refusal)

    def _leave(self, reason: Failure) -> None:
        """Have the task say goodbye to the carrier, which gets nothing more."""
        self._reason_to_leave = reason
        self.outflow.close()
        self._link_over.set()

    def _move_is_ready(self) -> None:
        if self.outflow.carrier is None:
            self.retry_now()
        else:
            self.outflow.cut_at_key_frame(self._hand_over)

    def _hand_over(self) -> PushLink | None:
        """Let the new server take over; called at the cut, when the old connection has got its last packet."""
        link = self._take_move()
        self.life.handle(DestinationEvent.HANDED_OVER, self._clock())
        self._gate.new_connection()
        return link

    def _take_move(self) -> PushLink | None:
        taken = self._mover.take(self)
        if taken is None:
            return None
        self.server, link = taken
        return link
