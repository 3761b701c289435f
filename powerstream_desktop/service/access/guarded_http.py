"""HTTP connections that take no more time and places than they may: uvicorn knows no limit for a request's headers.

A connection has five seconds from a request's first byte to the end of its headers; a new one must also begin within that time.
When all places are taken, the connection makes room that was silent longest, first among those that never showed a good token: so
whoever opens connections to sit on them, or begins requests that he does not end, cannot keep the window out (S25). One that answers
somebody who showed a token is left alone. Nor may anybody ask for something large and take none of it. Which limits hold for bodies is the business of ``middleware``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from powerstream_desktop.service.access.middleware import CALLER
from powerstream_desktop.service.access.request_limits import (
    HEADER_S,
    MAX_CONNECTIONS,
    MAX_HEADER_BYTES,
    STALLED_S,
)

KEEP_ALIVE_S: Final = 30
"""Between two requests of one connection."""
CLOSING_S: Final = 2
"""For answers that are under way when the service ends; event streams are cut then."""
_MAX_HEAD_BYTES: Final = 2 * MAX_HEADER_BYTES
"""Request line and headers as sent; what is between this and the limit is refused in words."""


class GuardedHTTP(H11Protocol):
    """One connection. On the server's loop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self.is_known = False  # somebody who showed a good token was answered here
        self.waits_since_s = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, if there is a place for it."""
        super().connection_made(transport)
        self.waits_since_s = self.loop.time()
        self._arm()
        if len(self.connections) > MAX_CONNECTIONS:
            (self._who_makes_room() or self).cut()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._disarm()
        self._end_stall()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Bear with a caller that takes nothing, for a while."""
        super().pause_writing()
        self._end_stall()
        self._stalled = self.loop.call_later(STALLED_S, self.cut)

    def resume_writing(self) -> None:
        """Go on: it takes again."""
        super().resume_writing()
        self._end_stall()

    def data_received(self, data: bytes) -> None:
        """Take bytes; the deadline runs while they are no whole request."""
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self.waits:
            self._arm()
        else:
            self._disarm()

    def on_response_complete(self) -> None:
        """Go on with what has come meanwhile."""
        self.waits_since_s = self.loop.time()
        self.is_known = self.is_known or self.has_shown_token
        super().on_response_complete()
        if self.waits and self.conn.trailing_data[0]:
            self._arm()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: a stranger who asks for a WebSocket is answered by the middleware, and is no business of the log."""

    @property
    def waits(self) -> bool:
        """No request has come in whole that is not answered yet."""
        return self.conn.their_state is h11.IDLE

    @property
    def has_shown_token(self) -> bool:
        """The request that came last showed a good token; false before it was judged."""
        scope: Any = self.scope  # none before the first request, whatever its type says
        return scope is not None and scope["state"].get(CALLER) is not None

    def _who_makes_room(self) -> GuardedHTTP | None:
        dispensable = [
            each
            for each in self.connections
            if isinstance(each, GuardedHTTP) and each is not self and (each.waits or not each.has_shown_token)
        ]
        return min(dispensable, key=lambda each: (each.is_known, each.waits_since_s), default=None)

    def _arm(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEADER_S, self.cut)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _end_stall(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def cut(self) -> None:
        """End it at once."""
        self._disarm()
        self._end_stall()
        self.connections.discard(self)  # its place is free at once
        self.transport.abort()


class GuardedServer(uvicorn.Server):
    """The server of the API; give ``serve`` the sockets to listen on. All of it on one loop.

    Leaves signals to the service, which has more to end than this.

    Args:
        config: ``guarded_config``.
    """

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none."""
        yield


def api_server(app: Callable[..., Any]) -> uvicorn.Server:
    """Return a server of the API for this computer."""
    return GuardedServer(guarded_config(app))


def guarded_config(app: Callable[..., Any], *, with_lifespan: bool = True) -> uvicorn.Config:
    """Return what a server of the API is made with.

    Headers that a proxy would add are not believed: they would let anybody choose where a request came from.

    Args:
        app: behind whatever judges access.
        with_lifespan: tell the application of its begin and its end.
    """
    # A peer that sends rubbish is answered with 400; it shall not fill the log with warnings.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    return uvicorn.Config(
        app,
        interface="asgi3",
        http=GuardedHTTP,
        ws="none",
        lifespan="auto" if with_lifespan else "off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        # All that wait are taken in at once: a thousand would hold up the loop, and with it a broadcast, for a third of a second.
        backlog=MAX_CONNECTIONS,
        timeout_graceful_shutdown=CLOSING_S,
        h11_max_incomplete_event_size=_MAX_HEAD_BYTES,
    )
