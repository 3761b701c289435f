"""One listener's connection: events as ``text/event-stream`` (WHATWG HTML, server-sent events)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from fastapi.responses import Response

from powerstream_desktop.service.api.caller import Caller
from powerstream_desktop.service.api.event_ports import Event, EventStream

HEARTBEAT_S: Final = 3.0
"""A comment comes at least this often: silence for longer means that the connection is dead."""
RETRY_MS: Final = 1000
"""How long a client waits before it comes again."""
_BEAT: Final = b": beat\n\n"


class EventStreamResponse(Response):
    """Sends events until the client goes, is let in no more, or there are no more.

    Args:
        events: the listener's; closed at the end.
        is_let_in: asked before each event and each beat, so that a device that was put out is told nothing any more.
        as_told: gives each event as this listener is told it.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        events: EventStream,
        is_let_in: Callable[[], bool],
        as_told: Callable[[Event], Event],
    ) -> None:
        super().__init__()
        del self.headers["content-length"]
        self._events = events
        self._is_let_in = is_let_in
        self._as_told = as_told

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Be the response."""
        del scope  # the route has read it
        try:
            async with Caller(receive, self._events.close):
                start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
                await send(start)
                await _send(send, f"retry: {RETRY_MS}\n\n".encode())
                while (content := await self._next()) is not None and self._is_let_in():
                    await _send(send, content)
                    # Many events at once must neither hold up the loop, nor be sent to who is gone.
                    await asyncio.sleep(0)
                await _send(send, b"", more=False)
        finally:
            self._events.close()

    async def _next(self) -> bytes | None:
        """Return what to send next; ``None`` at the end."""
        try:
            async with asyncio.timeout(HEARTBEAT_S):
                return written(self._as_told(await anext(self._events)))
        except TimeoutError:
            return _BEAT
        except StopAsyncIteration:
            return None


def written(event: Event) -> bytes:
    """Return an event as it goes over the wire; its data is JSON in one line."""
    id_ = f"id: {event.id}\n" if event.id else ""
    return f"{id_}event: {event.name}\ndata: {event.data}\n\n".encode()


async def _send(send: Any, content: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": content, "more_body": more})
