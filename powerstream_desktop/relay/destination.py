"""A destination: one platform's own life inside a broadcast, independent of every other's (DESIGN 5).

It is a consumer of the stream and the owner of its connections: one task connects, waits for the connection's end, pauses
and connects again, for ever, until the broadcast ends or the user stops it (then it is cancelled, once, and says goodbye).
It shares nothing with other destinations but the stream's packets, so nothing it does can cost another one a frame.

Owner: the relay; loop: the relay's. No field is touched by another thread.
"""

from __future__ import annotations

import asyncio
import logging
import random

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.platforms.causes import Cause, Failure, FailureKind, explain
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.burst import Burst
from powerstream_desktop.relay.connector import ConnectError, Connector
from powerstream_desktop.relay.destination_life import CONNECTED_STATES, WAITING_STATES, DestinationLife
from powerstream_desktop.relay.destination_states import DestinationEvent, DestinationState
from powerstream_desktop.relay.push_link import PushLink
from powerstream_desktop.relay.rate import RateMeter
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.relay.stream import Stream

logger = logging.getLogger(__name__)

SLOW_LAG_MS = 700
CAUGHT_UP_LAG_MS = 350
SLOW_MEMORY_S = 5.0
"""A destination that dropped frames stays amber for at least so long."""
STARVED_AFTER_S = 3.0
KNOCK_TIMEOUT_S = 1.0


class Destination:
    """One endpoint in a running relay.

    Args:
        endpoint: where to and with which key.
        stream: what to send.
        connector: makes connections.
        clock: the loop's time.
        rng: randomness for the jitter of the pauses.
    """

    def __init__(
        self, endpoint: RTMPEndpoint, stream: Stream, connector: Connector, clock: Clock, rng: random.Random
    ) -> None:
        self.endpoint = endpoint
        self._stream = stream
        self._connector = connector
        self._clock = clock
        self._life = DestinationLife(endpoint.name, clock(), rng)
        self._link: PushLink | None = None
        self._task: asyncio.Task[None] | None = None
        self._link_over = asyncio.Event()
        self._retry_wanted = asyncio.Event()
        self._closing = False
        self._saying_goodbye = False
        self._rate = RateMeter()
        self._past_frames_sent = 0
        self._past_frames_dropped = 0
        self._dropped_seen = 0
        self._dropped_at: float | None = None
        self._taken_at = clock()
        self._starved = False
        """True while the platform takes all it gets, and gets nothing: the light must not stay green for that."""

    def start(self) -> None:
        """Follow the stream from now on; connects as soon as somebody publishes."""
        self._closing = False
        self._stream.attach(self)

    async def aclose(self) -> None:
        """End properly: send what is queued and say goodbye, at most 2 s. Harmless when repeated."""
        self._closing = True
        self._stream.detach(self)
        if self._task is not None:
            await asyncio.wait({self._end(self._task)})
        elif self._life.state is not DestinationState.STOPPED:
            self._life.handle(DestinationEvent.STOP, self._clock())

    def retry_now(self) -> None:
        """Try again at once instead of at the planned time; harmless in any state but retrying and rejected."""
        if self._life.state in WAITING_STATES:
            self._retry_wanted.set()

    def snapshot(self, now: float) -> DestinationSnapshot:
        """Return what the light shows at ``now``."""
        life, link = self._life, self._link
        return DestinationSnapshot(
            name=self.endpoint.name,
            platform=self.endpoint.platform,
            state=life.state,
            since_s=now - life.since,
            attempt=life.attempt,
            retry_in_s=max(0.0, life.next_retry_at - now) if life.next_retry_at is not None else None,
            cause=self._cause(),
            bytes_sent=self._rate.total,
            bitrate_kbps=self._rate.kbps(now) if life.state in CONNECTED_STATES else 0,
            frames_sent=self._past_frames_sent + (link.frames_sent if link else 0),
            frames_dropped=self._frames_dropped(),
            queue_ms=link.lag_ms() if link else 0,
            connects=life.connects,
        )

    @property
    def wants_close_watch(self) -> bool:
        """True while the light is about to turn."""
        return self._life.state is not DestinationState.LIVE or (
            self._link is not None and not self._link.queue.is_idle
        )

    def tick(self, now: float) -> None:
        """Look at what the platform has taken and turn the light; called a few times a second by the relay."""
        link = self._link
        if link is None or self._life.state not in CONNECTED_STATES:
            return
        newly_taken = link.observe(now)
        if self._link is not link:
            return
        self._rate.add(newly_taken, now)
        if newly_taken:
            self._taken_at = now
        if self._life.state is DestinationState.PUBLISHING:
            if newly_taken and link.frames_started:
                self._life.handle(DestinationEvent.MEDIA_TAKEN, now)
            return
        self._turn_amber_or_green(link, now)

    # The stream's side.

    def offer(self, burst: Burst) -> None:
        """Take a burst; it is lost while there is no connection, which is what the running group is for."""
        if self._link is not None:
            self._link.offer(burst)

    def stream_started(self) -> None:
        """Somebody publishes: connect, or go on if still connected."""
        if self._task is None:
            self._life.handle(DestinationEvent.START, self._clock())
            self._saying_goodbye = False
            self._task = asyncio.get_running_loop().create_task(
                self._broadcast(), name=f"destination {self.endpoint.name}"
            )
            self._task.add_done_callback(self._broadcast_over)

    def stream_ended(self) -> None:
        """The broadcast is over: say goodbye to the platform, wait for the next broadcast."""
        if self._task is not None:
            self._end(self._task)

    # The link's side.

    def key_sent(self, link: PushLink) -> None:
        """The platform accepted ``connect``."""
        if link is self._link and self._life.state is DestinationState.CONNECTING:
            self._life.handle(DestinationEvent.KEY_SENT, self._clock())

    def link_lost(self, link: PushLink, failure: Failure) -> None:
        """The connection is over; the task goes on from here."""
        if link is self._link:
            self._retire_link()
            self._fail(failure)
            self._link_over.set()

    # The task.

    async def _broadcast(self) -> None:
        """Keep a connection up until cancelled."""
        try:
            link = await self._try_to_connect()
            while True:
                if link is not None:
                    await self._hold(link)
                link = await self._pause() or await self._try_to_connect()
        finally:
            if self._link is not None:
                await self._link.finish()
                self._retire_link()

    def _end(self, task: asyncio.Task[None]) -> asyncio.Task[None]:
        """Cancel the task, but only once: a second time would cut its goodbye short."""
        if not self._saying_goodbye:
            self._saying_goodbye = True
            task.cancel()
        return task

    async def _try_to_connect(self) -> PushLink | None:
        self._leave_pause()
        try:
            return await self._connector.connect(
                self, self._stream, self.endpoint, rejoining=self._life.has_been_live
            )
        except ConnectError as failed:
            self._fail(failed.failure)
            return None

    async def _hold(self, link: PushLink) -> None:
        """Run a connection until it is over."""
        self._leave_pause()
        self._link_over.clear()
        self._link = link
        link.begin()
        await self._link_over.wait()

    async def _pause(self) -> PushLink | None:
        """Wait for the next try, knocking meanwhile; return the connection if a knock was answered."""
        while True:
            now = self._clock()
            due_at = self._life.next_retry_at
            if due_at is None or now >= due_at or self._retry_wanted.is_set():
                return None
            knock_at = self._life.next_knock_at(now)
            wake_at = due_at if knock_at is None else min(due_at, knock_at)
            try:
                async with asyncio.timeout(wake_at - now):
                    await self._retry_wanted.wait()
            except TimeoutError:
                if wake_at == knock_at and (link := await self._knock()):
                    return link

    def _leave_pause(self) -> None:
        self._retry_wanted.clear()
        if self._life.state in WAITING_STATES:
            self._life.handle(DestinationEvent.RETRY_DUE, self._clock())

    async def _knock(self) -> PushLink | None:
        try:
            async with asyncio.timeout(KNOCK_TIMEOUT_S):
                return await self._connector.connect(
                    self, self._stream, self.endpoint, rejoining=self._life.has_been_live
                )
        except (ConnectError, TimeoutError):
            return None

    def _broadcast_over(self, task: asyncio.Task[None]) -> None:
        self._task = None
        if not task.cancelled() and (error := task.exception()):
            logger.error("Destination %s stopped working", self.endpoint.name, exc_info=error)
        self._life.handle(
            DestinationEvent.STOP if self._closing else DestinationEvent.STREAM_ENDED, self._clock()
        )
        if task.cancelled() and self._stream.publishing and not self._closing:
            # The next broadcast began while we were saying goodbye to the one before.
            self.stream_started()

    # Inside.

    def _cause(self) -> Cause | None:
        """Return why the light is not green; a slow platform has not failed, but wants words all the same."""
        if self._life.state is DestinationState.SLOW:
            kind = FailureKind.NO_INPUT if self._starved else FailureKind.TOO_SLOW
            return explain(Failure(kind), self.endpoint.name)
        return self._life.cause

    def _fail(self, failure: Failure) -> None:
        logger.info("Destination %s: %s %s", self.endpoint.name, failure.kind.value, failure.detail)
        self._life.fail(failure, self._clock())

    def _retire_link(self) -> None:
        if self._link is not None:
            self._past_frames_sent += self._link.frames_sent
            self._past_frames_dropped += self._link.queue.dropped_frames
            self._link = None

    def _frames_dropped(self) -> int:
        return self._past_frames_dropped + (self._link.queue.dropped_frames if self._link else 0)

    def _turn_amber_or_green(self, link: PushLink, now: float) -> None:
        dropped = self._frames_dropped()
        if dropped > self._dropped_seen:
            self._dropped_seen = dropped
            self._dropped_at = now
        dropped_lately = self._dropped_at is not None and now - self._dropped_at < SLOW_MEMORY_S
        self._starved = now - self._taken_at > STARVED_AFTER_S and link.lag_ms() < CAUGHT_UP_LAG_MS
        if self._life.state is DestinationState.LIVE:
            if dropped_lately or self._starved or link.lag_ms() > SLOW_LAG_MS:
                self._life.handle(DestinationEvent.FELL_BEHIND, now)
        elif not dropped_lately and not self._starved and link.lag_ms() < CAUGHT_UP_LAG_MS:
            self._life.handle(DestinationEvent.CAUGHT_UP, now)
