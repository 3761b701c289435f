"""Publishing the program to the relay: one thread with a loop of its own, connecting again for ever.

The program hands tags over and never waits. Queue, connection and state belong to the loop; the tags reach it as callbacks.
A reconnect changes nothing in the program but one extra key frame: the timeline goes on (rtmp.md 3.3).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.control.reports import Disconnected, Publishing
from powerstream_desktop.engine.publish_queue import PublishQueue
from powerstream_desktop.engine.publisher_link import PublisherLink
from powerstream_desktop.engine.publisher_states import PublisherEvent, PublisherState, next_state
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.rtmp.client import ClientConnection
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.url import parse_server_url

log = logging.getLogger(__name__)

CONNECT_S: Final = 5.0
RETRY_STEPS_S: Final = (0.25, 0.5, 1.0, 2.0)
"""Short: the relay is a process of this machine, and the platforms wait behind it."""


class Publisher:
    """Keeps the program's stream at the relay.

    Args:
        rendition: which one it publishes, for the reports.
        url: the relay's application on this machine.
        key: the stream key.
        on_report: told about connections made and lost; on the publisher's thread, must not block.
        on_accepted: asked for a key frame whenever the relay takes the stream; on the publisher's thread.
        clock: monotonic seconds.
        backoff: pauses between attempts.
    """

    def __init__(
        self,
        rendition: Rendition,
        url: str,
        key: Secret,
        *,
        on_report: Callable[[Publishing | Disconnected], None],
        on_accepted: Callable[[], None],
        clock: Clock = monotonic,
        backoff: Backoff | None = None,
    ) -> None:
        self._rendition = rendition
        self._target = parse_server_url(url, key.reveal())
        self._on_report = on_report
        self._on_accepted = on_accepted
        self._clock = clock
        self._backoff = backoff or Backoff(RETRY_STEPS_S)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._run_thread, name=f"publisher-{rendition.value}", daemon=True
        )
        self._accepted_once = threading.Event()  # set on the loop, waited for by the engine's main thread
        self._queue = PublishQueue()  # the loop's; its two figures are also read by the program's thread
        # The rest belongs to the loop.
        self._state = PublisherState.IDLE
        self._link: PublisherLink | None = None
        self._stopping = asyncio.Event()
        self._says_goodbye = True
        self._connects = 0

    @property
    def queue_ms(self) -> int:
        """Media time made and not yet handed to the system. From any thread."""
        return self._queue.span_ms

    @property
    def dropped_frames(self) -> int:
        """Frames dropped because the relay did not take them. From any thread."""
        return self._queue.dropped_frames

    def start(self) -> None:
        """Start connecting."""
        self._thread.start()

    def wait_accepted(self, timeout_s: float) -> bool:
        """Wait until the relay has taken the stream for the first time; return whether it did."""
        return self._accepted_once.wait(timeout_s)

    def put(self, tags: Sequence[FLVTag]) -> None:
        """Hand tags over, in order, from one thread, after ``start``. Never blocks.

        Once closed it takes nothing: an encoder that was slow to finish must not end a program that goes on.
        """
        if tags:
            with contextlib.suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._take, tags)

    def close(self, *, says_goodbye: bool = True) -> None:
        """Send what was handed over, unpublish, and wait; about 4 s at most.

        Args:
            says_goodbye: without it the connection is cut, and the relay bridges until somebody publishes again.
        """
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop, says_goodbye)
            self._thread.join()
        if not self._loop.is_closed():
            self._loop.close()

    def _run_thread(self) -> None:
        try:
            self._loop.run_until_complete(self._run())
        finally:
            self._loop.close()

    def _stop(self, says_goodbye: bool) -> None:
        self._says_goodbye = says_goodbye
        self._stopping.set()

    def _take(self, tags: Sequence[FLVTag]) -> None:
        self._queue.put(tags)
        if self._link is not None:
            self._link.send_waiting()

    async def _run(self) -> None:
        self._move(PublisherEvent.START)
        while True:
            sentence = await self._attempt()
            if sentence is None:
                break
            self._queue.shut()
            self._move(PublisherEvent.LOST)
            pause_s = self._backoff.next_pause_s()
            log.info("%s Next attempt in %.2f s.", sentence, pause_s)
            self._on_report(
                Disconnected(rendition=self._rendition, title=sentence, retry_in_s=round(pause_s, 3))
            )
            if await self._is_stopped_within(pause_s):
                break
            self._move(PublisherEvent.RETRY_DUE)
        self._move(PublisherEvent.STOP)

    async def _attempt(self) -> str | None:
        """Connect and publish until it ends; return why, or ``None`` when we were told to stop."""
        try:
            async with asyncio.timeout(CONNECT_S):
                _, link = await self._loop.create_connection(
                    self._new_link, self._target.host, self._target.port
                )
        except (OSError, TimeoutError):
            return "The relay cannot be reached."
        self._link = link
        stop = asyncio.ensure_future(self._stopping.wait())
        either: set[asyncio.Future[Any]] = {stop, link.ended}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        was_lost = link.ended.done()
        stop.cancel()
        await asyncio.wait([stop])
        if self._says_goodbye:
            await link.finish()
        else:
            link.vanish()
        self._link = None
        return link.ended.result() if was_lost else None

    def _new_link(self) -> PublisherLink:
        client = ClientConnection(self._target, self._target.key or "", random_bytes=os.urandom)
        return PublisherLink(client, self._queue, self._accepted, self._clock)

    def _accepted(self) -> None:
        self._move(PublisherEvent.ACCEPTED)
        self._backoff.reset()
        self._connects += 1
        self._queue.open()
        self._on_accepted()
        self._accepted_once.set()
        log.info("The relay took the stream, connection %d.", self._connects)
        self._on_report(Publishing(rendition=self._rendition, connects=self._connects))

    async def _is_stopped_within(self, pause_s: float) -> bool:
        try:
            async with asyncio.timeout(pause_s):
                return await self._stopping.wait()
        except TimeoutError:
            return False

    def _move(self, event: PublisherEvent) -> None:
        self._state = next_state(self._state, event)
