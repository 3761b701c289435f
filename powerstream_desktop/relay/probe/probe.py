"""Probes platforms' servers: DNS, TCP, TLS, RTMP handshake, ``connect``, and not a word more.

A probe is made from the server's address alone: it has no key, so it can neither send nor leak one, and it names no stream, so
nothing can go on air (obs#12275). Servers are probed side by side, each for itself: one that hangs costs the others nothing.
"""

from __future__ import annotations

import asyncio
import math
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.tls import verifying_context
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.platforms.probe_result import ProbeResult, ProbeStage, StageResult
from powerstream_desktop.relay.connect.connect_errors import (
    closed_failure,
    connect_failure,
    loss_failure,
    protocol_failure,
)
from powerstream_desktop.relay.connect.connector import ConnectError
from powerstream_desktop.relay.connect.dial import dial_any, look_up
from powerstream_desktop.relay.probe.probe_link import GOODBYE_S, ProbeLink
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import CloseReason, Connected, HandshakeCompleted, Stage
from powerstream_desktop.rtmp.url import RTMPURL

PROBES_AT_ONCE = 8
TOTAL_S = 15.0
"""For all servers together, whatever they do."""

_LIMIT_S = {
    ProbeStage.DNS: 5.0,
    ProbeStage.TCP: 5.0,
    ProbeStage.TLS: 5.0,
    ProbeStage.HANDSHAKE: 10.0,
    ProbeStage.CONNECT: 10.0,
}
"""What the relay grants each step of a connection in earnest (reliability_security.md 2.3)."""
_TOO_LATE = {
    ProbeStage.DNS: Failure(FailureKind.DNS, "timeout"),
    ProbeStage.TCP: Failure(FailureKind.CONNECT_TIMEOUT),
    ProbeStage.TLS: Failure(FailureKind.TLS_FAILED, "timeout"),
    ProbeStage.HANDSHAKE: Failure(FailureKind.HANDSHAKE_TIMEOUT),
    ProbeStage.CONNECT: closed_failure(CloseReason.COMMAND_TIMEOUT, Stage.BEFORE_CONNECT),
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Prober:
    """Probes servers; one may be used for any number of them.

    Args:
        clock: the loop's time.
        wall_clock: the date, for certificates.
        tls: context for RTMPS; by default the system's authorities, TLS 1.2 or newer, host name checked.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        wall_clock: Callable[[], datetime] = _utc_now,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._clock = clock
        self._wall_clock = wall_clock
        self._tls = tls

    async def probe_all(self, servers: Sequence[RTMPURL]) -> tuple[ProbeResult, ...]:
        """Return a result for each server, in their order, within 15 s; at most 8 are probed at a time.

        More than 8 share the time: if all of the first 8 hang, the next still get their turn.
        """
        turns = math.ceil(len(servers) / PROBES_AT_ONCE)
        room = asyncio.Semaphore(PROBES_AT_ONCE)

        async def in_turn(server: RTMPURL) -> ProbeResult:
            async with room:
                return await self.probe(server, TOTAL_S / turns)

        return tuple(await asyncio.gather(*map(in_turn, servers)))

    async def probe(self, server: RTMPURL, limit_s: float = TOTAL_S) -> ProbeResult:
        """Return what one server did, at the latest after ``limit_s`` seconds; the goodbye is part of them."""
        course = _Course(server, self._tls_context, self._clock, ends_at=self._clock() + limit_s - GOODBYE_S)
        return await course.run(self._wall_clock())

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = verifying_context()
        return self._tls


class _Course:
    """One probe on its way through the stages; used once."""

    def __init__(
        self, server: RTMPURL, tls_context: Callable[[], ssl.SSLContext], clock: Clock, *, ends_at: float
    ) -> None:
        self._server = server
        self._tls_context = tls_context
        self._clock = clock
        self._ends_at = ends_at
        self._stages: list[StageResult] = []
        self._link = ProbeLink(server, clock)

    async def run(self, today: datetime) -> ProbeResult:
        """Go as far as it goes, then hang up."""
        failure = None
        try:
            await self._go()
        except ConnectError as error:
            failure = error.failure
        except ssl.SSLError as error:  # the system's authorities cannot be read
            failure = connect_failure(error, tls=True)
        finally:
            await self._link.hang_up()
        link = self._link
        return ProbeResult(
            server=str(self._server),
            stages=tuple(self._stages),
            failure=failure,
            address=link.address,
            tls_version=link.tls_version,
            certificate_days_left=link.certificate_days_left(today),
            server_version=link.server_version,
        )

    async def _go(self) -> None:
        server, link = self._server, self._link
        tls = self._tls_context() if server.is_tls else None
        async with self._stage(ProbeStage.DNS):
            addresses = await look_up(server.host, server.port)
        async with self._stage(ProbeStage.TCP):
            # To these addresses and no others: a second look-up might find different ones (reliability_security.md 3.6).
            sock = await dial_any(addresses)
            if tls is None:
                await link.open(sock)
        if tls is not None:
            async with self._stage(ProbeStage.TLS):
                await link.open(sock, tls)
        async with self._stage(ProbeStage.HANDSHAKE):
            await link.hear(HandshakeCompleted)
        async with self._stage(ProbeStage.CONNECT):
            await link.hear(Connected)

    @asynccontextmanager
    async def _stage(self, stage: ProbeStage) -> AsyncIterator[None]:
        """Time what is done inside, end it when its time is over, and turn what it raises into a ``ConnectError``."""
        began = self._clock()
        failure: Failure | None = None
        try:
            async with asyncio.timeout(min(_LIMIT_S[stage], self._ends_at - began)):
                yield
        except TimeoutError:
            failure = _TOO_LATE[stage]
        except ConnectError as error:
            failure = error.failure
        except (OSError, ValueError, ProtocolError) as error:
            failure = _failure(stage, error)
        took_ms = round((self._clock() - began) * 1000)
        self._stages.append(StageResult(stage=stage, ok=failure is None, took_ms=took_ms))
        if failure is not None:
            raise ConnectError(failure)


def _failure(stage: ProbeStage, error: OSError | ValueError | ProtocolError) -> Failure:
    if isinstance(error, ProtocolError):
        return protocol_failure(error)
    if not isinstance(error, OSError):
        # Python's IDNA and TLS refuse some names before anybody is asked: empty labels, ones over 63 characters.
        return Failure(FailureKind.DNS, "not a host name")
    match stage:
        case ProbeStage.HANDSHAKE:
            return Failure(FailureKind.NOT_RTMP, loss_failure(error).detail)
        case ProbeStage.CONNECT:
            return closed_failure(CloseReason.PEER_CLOSED, Stage.BEFORE_CONNECT)
        case _:
            return connect_failure(error, tls=stage is ProbeStage.TLS)
