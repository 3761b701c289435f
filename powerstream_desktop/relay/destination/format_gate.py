"""What a lane has to know of the stream's format: whether the platform accepts it (DESIGN 4, rtmp.md 2.8).

A codec that the catalogue does not list for the platform is refused here, before anybody is connected to. Everything else is
the platform's to judge; when it hangs up right behind new headers in mid-connection, that was its judgement.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

TRACKS_WITHIN_S = 2.0
OTHER_TRACK_WITHIN_S = 0.5
"""An encoder sends the headers of sound and picture together: when one is here and the other is not, there is none."""
REFUSED_WITHIN_S = 5.0
_BOTH_TRACKS = frozenset({MediaKind.AUDIO, MediaKind.VIDEO})
_HUNG_UP = frozenset({FailureKind.CLOSED, FailureKind.RESET, FailureKind.ENDED_BY_PLATFORM})


class FormatGate:
    """The format as one lane sees it. Owner: the lane, on the relay's loop."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._headers_came = asyncio.Event()
        self._changed_at: float | None = None

    def headers_changed(self, *, while_sending: bool) -> None:
        """The publisher's codec headers have come or have changed; the stream's next burst holds them."""
        self._headers_came.set()
        if while_sending:
            self._changed_at = self._clock()

    def new_connection(self) -> None:
        """A connection begins, with the headers as they are now."""
        self._changed_at = None

    async def tracks_known(self, stream: Stream) -> None:
        """Wait, at most 2 s, for the headers of both tracks: ``connect`` names their codecs."""
        loop = asyncio.get_running_loop()
        limit_at = loop.time() + TRACKS_WITHIN_S
        while (known := _tracks_with_header(stream.headers())) != _BOTH_TRACKS:
            if known:
                limit_at = min(limit_at, loop.time() + OTHER_TRACK_WITHIN_S)
            self._headers_came.clear()
            try:
                async with asyncio.timeout_at(limit_at):
                    await self._headers_came.wait()
            except TimeoutError:
                return

    def reason(self, failure: Failure) -> Failure:
        """Return what a failure of the connection means: a hang-up right behind new headers is a refusal of those."""
        refused = (
            self._changed_at is not None
            and self._clock() - self._changed_at <= REFUSED_WITHIN_S
            and failure.kind in _HUNG_UP
        )
        return Failure(FailureKind.FORMAT_REFUSED, failure.detail) if refused else failure


def codec_refusal(codecs: frozenset[str], accepted: frozenset[str] | None) -> Failure | None:
    """Return why a stream must not be sent, None if it may.

    Args:
        codecs: the stream's, as in ``TagInfo.codec``.
        accepted: the platform's, None if that is not known: then the platform has to say so itself.
    """
    if accepted is None or codecs <= accepted:
        return None
    strange = ", ".join(sorted(codecs - accepted))
    return Failure(FailureKind.UNSUPPORTED_CODEC, f"{strange}; accepted: {', '.join(sorted(accepted))}")


def codec_headers(headers: Iterable[MediaPacket]) -> tuple[bytes, ...]:
    """Return what tells one format of a stream from another: the payloads of its codec headers."""
    return tuple(packet.payload for packet in headers if packet.info.kind is TagKind.HEADER)


def _tracks_with_header(headers: Iterable[MediaPacket]) -> frozenset[MediaKind]:
    return frozenset(packet.kind for packet in headers if packet.info.kind is TagKind.HEADER)
