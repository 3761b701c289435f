"""Moves: another server takes over from the one that carries, because that one asked for it (rtmp.md 2.8).

Make before break: the old connection goes on until the new one has been accepted, and if that never happens nothing has.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.failures import Failure
from powerstream_desktop.relay.connect.connector import ConnectError
from powerstream_desktop.relay.destination.move_policy import MovePolicy
from powerstream_desktop.relay.push.push_link import LinkOwner, PushLink
from powerstream_desktop.rtmp.url import RTMPURL

logger = logging.getLogger(__name__)

Connect: TypeAlias = Callable[[LinkOwner, RTMPEndpoint], Awaitable[PushLink]]


class Mover:
    """The moves of one lane, one at a time. Owner: the lane, on the relay's loop.

    Args:
        connect: opens a connection to an endpoint for an owner.
        clock: the loop's time.
        on_ready: told when a new connection waits to take over: ``take`` it at the right moment.
        on_failed: told when a move has failed; everything stays as it is.
        farewell: lets a connection that is not wanted any more say goodbye, in the background.
    """

    def __init__(
        self,
        connect: Connect,
        clock: Clock,
        *,
        on_ready: Callable[[], None],
        on_failed: Callable[[], None],
        farewell: Callable[[PushLink], None],
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._on_ready = on_ready
        self._on_failed = on_failed
        self._farewell = farewell
        self._policy = MovePolicy()
        self._attempt: _Attempt | None = None

    def request(self, tc_url: str | None, endpoint: RTMPEndpoint, current: RTMPURL) -> None:
        """Begin a move if the platform may ask for it, and none is going on.

        Args:
            tc_url: where it wants us; None for another connection to where we are.
            endpoint: what the user set up.
            current: where we are.
        """
        if self._attempt is not None:
            return
        server = self._policy.destination_of(
            tc_url, home=endpoint.server, current=current, key=endpoint.stream_key, now=self._clock()
        )
        logger.info("%s asks us to move: %s", endpoint.name, server or "not followed")
        if server is not None:
            moved = dataclasses.replace(endpoint, server=server)
            self._attempt = _Attempt(moved, self._connect, on_ready=self._on_ready, on_failed=self._failed)

    @property
    def is_ready(self) -> bool:
        """True while a new connection waits to take over."""
        return self._attempt is not None and self._attempt.is_ready

    def take(self, owner: LinkOwner) -> tuple[RTMPURL, PushLink] | None:
        """End a move by handing its connection to the owner; return where it leads. None if no connection is ready."""
        attempt = self._attempt
        if attempt is None or not attempt.is_ready or attempt.link is None:
            return None
        self._attempt = None
        attempt.link.change_owner(owner)
        return attempt.server, attempt.link

    async def call_off(self) -> None:
        """Give up a move that goes on; its connection, if it stands, says goodbye in the background.

        May be cancelled: nothing is left behind.
        """
        attempt, self._attempt = self._attempt, None
        if attempt is not None:
            link = attempt.give_up()
            if link is not None:
                self._farewell(link)
            await attempt.wait_closed()

    def _failed(self) -> None:
        self._attempt = None
        self._on_failed()


class _Attempt:
    """One move, until it is taken or has failed; owns the new connection until then."""

    def __init__(
        self,
        endpoint: RTMPEndpoint,
        connect: Connect,
        *,
        on_ready: Callable[[], None],
        on_failed: Callable[[], None],
    ) -> None:
        self.server = endpoint.server
        self.link: PushLink | None = None
        self.is_ready = False
        self._endpoint = endpoint
        self._connect = connect
        self._on_ready = on_ready
        self._on_failed = on_failed
        self._task = asyncio.get_running_loop().create_task(self._open(), name=f"move of {endpoint.name}")

    def give_up(self) -> PushLink | None:
        """Stop; return the connection, if there is one, whose goodbye is the caller's matter."""
        self._task.cancel()
        link, self.link = self.link, None
        return link

    async def wait_closed(self) -> None:
        """Wait until nothing is being opened any more."""
        await asyncio.wait({self._task})

    # The link's side.

    def key_sent(self, _link: PushLink) -> None:
        """The new server accepted ``connect``; that is not enough."""

    def publish_started(self, link: PushLink) -> None:
        """The new server accepted the key."""
        if link is self.link:
            self.is_ready = True
            self._on_ready()

    def reconnect_requested(self, _link: PushLink, _tc_url: str | None) -> None:
        """One move at a time."""

    def link_lost(self, link: PushLink, failure: Failure) -> None:
        """The new connection did not last."""
        if link is self.link:
            self.link = None
            self._fail(failure)

    async def _open(self) -> None:
        try:
            self.link = await self._connect(self, self._endpoint)
        except ConnectError as failed:
            self._fail(failed.failure)
        else:
            self.link.begin()

    def _fail(self, failure: Failure) -> None:
        logger.info("%s: not moved: %s %s", self._endpoint.name, failure.kind.value, failure.detail)
        self._on_failed()
