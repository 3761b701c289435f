"""Something long as an answer, whole or the one part of it that was asked for (RFC 9110, 14)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Any

from fastapi.responses import Response

from powerstream_desktop.service.api.byte_range import ByteRange, UnsatisfiableError, is_still, range_of
from powerstream_desktop.service.api.caller import Caller


class RangedResponse(Response):
    """Sends it, until who asked has gone.

    Args:
        size_bytes: of the whole.
        media_type: of it.
        etag: changes with its content; in quotes.
        last_modified: as a date of HTTP; empty for none.
        while_sent: entered while it is being sent; None for nothing.
    """

    def __init__(
        self,
        size_bytes: int,
        media_type: str,
        *,
        etag: str,
        last_modified: str = "",
        while_sent: contextlib.AbstractContextManager[None] | None = None,
    ) -> None:
        super().__init__(media_type=media_type)
        self._size_bytes = size_bytes
        self._etag = etag
        self._last_modified = last_modified
        self._while_sent = while_sent or contextlib.nullcontext()
        del self.headers["content-length"]
        self.headers["accept-ranges"] = "bytes"
        self.headers["etag"] = etag
        if last_modified:
            self.headers["last-modified"] = last_modified

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Be the response."""
        wanted = self._wanted(scope)
        self.headers["content-length"] = str(wanted.length)
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        await send(start)
        if scope["method"] == "HEAD" or not wanted.length:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        with self._while_sent:
            sending = asyncio.create_task(self._send(wanted, send))

            def leave() -> None:
                """Wait no longer, for a store perhaps: nobody wants it any more."""
                sending.cancel()

            try:
                async with Caller(receive, leave):
                    await asyncio.wait({sending})
            finally:
                sending.cancel()
                await asyncio.wait({sending})
        if not sending.cancelled():
            sending.result()

    async def _send(self, wanted: ByteRange, send: Any) -> None:
        """Send it; if it comes to less than was promised, all that is left is to break off: the server closes the connection."""
        place = wanted.start
        async with contextlib.aclosing(self._content(wanted)) as pieces:
            async for piece in pieces:
                place += len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": place < wanted.end})

    def _content(self, wanted: ByteRange) -> AsyncGenerator[bytes, None]:
        """Give these bytes, in pieces; fewer if they cannot be had."""
        raise NotImplementedError

    def _wanted(self, scope: Any) -> ByteRange:
        """Return which bytes to send, and say so in status and headers."""
        asked = {name: value.decode("latin-1") for name, value in scope["headers"]}
        size = self._size_bytes
        whole = ByteRange(0, size)
        if not is_still(asked.get(b"if-range"), self._etag, self._last_modified):
            return whole
        try:
            part = range_of(asked.get(b"range"), size)
        except UnsatisfiableError:
            self.status_code = 416
            self.headers["content-range"] = f"bytes */{size}"
            return ByteRange(0, 0)
        if part is None:
            return whole
        self.status_code = 206
        self.headers["content-range"] = f"bytes {part.start}-{part.end - 1}/{size}"
        return part
