"""What a probe of a platform's server found out, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from powerstream_desktop.platforms.failures import Failure


class ProbeStage(StrEnum):
    """How far a probe goes, in order; no further, for what follows names a stream and may put it on air (obs#12275)."""

    DNS = "dns"
    TCP = "tcp"
    TLS = "tls"
    HANDSHAKE = "handshake"
    CONNECT = "connect"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageResult:
    """One stage that was tried, and how long it took in ms."""

    stage: ProbeStage
    ok: bool
    took_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeResult:
    """What became of one probe.

    Attributes:
        server: its address for people, without a key.
        stages: those that were tried, in order; TLS only for a server that is spoken to over TLS.
        failure: what went wrong in the last of them; None when the server accepted ``connect``.
        address: the IP address that answered; empty when none did.
        tls_version: such as "TLSv1.3"; empty without TLS.
        certificate_days_left: whole days until the server's certificate expires; None without TLS.
        server_version: what the server calls itself; empty when it does not say.
    """

    server: str
    stages: tuple[StageResult, ...]
    failure: Failure | None = None
    address: str = ""
    tls_version: str = ""
    certificate_days_left: int | None = None
    server_version: str = ""

    @property
    def ok(self) -> bool:
        """True when the server accepted ``connect``."""
        return self.failure is None
