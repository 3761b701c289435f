"""Makes connections to platforms: DNS, TCP to whichever address answers first, TLS that verifies (rtmp.md 1.15)."""

from __future__ import annotations

import asyncio
import os
import ssl

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PeerError
from powerstream_desktop.common.tls import verifying_context
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.relay.connect.connect_errors import connect_failure
from powerstream_desktop.relay.connect.dial import dial
from powerstream_desktop.relay.destination.time_base import TimeBase
from powerstream_desktop.relay.push.push_link import LinkOwner, PushLink
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp.client import ClientConnection

CONNECT_TIMEOUT_S = 10.0
TLS_TIMEOUT_S = 5.0
LEGACY_CODECS = frozenset({"avc1", "mp4a", ".mp3"})


class ConnectError(PeerError):
    """No connection came about; ``failure`` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__("The platform could not be reached.", code=failure.kind.value, detail=failure.detail)
        self.failure = failure


class Connector:
    """Connects to endpoints. One serves all destinations.

    Args:
        clock: the loop's time.
        tls: context for RTMPS; by default the system's authorities, TLS 1.2 or newer, host name checked.
    """

    def __init__(self, clock: Clock, tls: ssl.SSLContext | None = None) -> None:
        self._clock = clock
        self._tls = tls

    async def connect(
        self,
        owner: LinkOwner,
        stream: Stream,
        endpoint: RTMPEndpoint,
        *,
        rejoining: bool,
        time_base: TimeBase | None = None,
    ) -> PushLink:
        """Return a connection on which nothing of RTMP has been said yet, certificate verified.

        Raises:
            ConnectError: DNS, TCP or TLS failed; the key was not sent.
        """
        server = endpoint.server

        def new_link() -> PushLink:
            client = ClientConnection(
                server,
                endpoint.stream_key.reveal(),
                random_bytes=os.urandom,
                fourcc_list=tuple(sorted(stream.codecs() - LEGACY_CODECS)),
            )
            return PushLink(
                owner, stream, client, rejoining=rejoining, clock=self._clock, time_base=time_base
            )

        try:
            tls = self._tls_context() if server.is_tls else None
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                sock = await dial(server.host, server.port)
                try:
                    _, link = await asyncio.get_running_loop().create_connection(
                        new_link,
                        sock=sock,
                        ssl=tls,
                        server_hostname=server.host if tls else None,
                        ssl_handshake_timeout=TLS_TIMEOUT_S if tls else None,
                    )
                except BaseException:
                    sock.close()  # asyncio leaves it open when no link can be made for it
                    raise
        except OSError as error:
            raise ConnectError(connect_failure(error, tls=server.is_tls)) from error
        except ValueError as error:
            # Python's IDNA and TLS refuse some names before anybody is asked: empty labels, ones over 63 characters.
            raise ConnectError(Failure(FailureKind.DNS, "not a host name")) from error
        return link

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = verifying_context()
        return self._tls
