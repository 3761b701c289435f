"""What a hostile peer does, as data: steps, and what must become of it.

Every script names its source: rows S1 to S21 and 22 to 85 of rtmp.md section 4, and reliability_security.md (RS) 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from powerstream_desktop.relay.destination.destination_states import DestinationState

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Send:
    """Send ``data`` so many times, as fast as it is taken; with ``piece``, so many bytes at a time with a pause between."""

    data: bytes
    times: int = 1
    piece: int = 0
    pause_s: float = 0.0


@dataclass(frozen=True, slots=True)
class ShakeHands:
    """Do an honest handshake."""


@dataclass(frozen=True, slots=True)
class Await:
    """Wait until these bytes have come."""

    text: bytes


@dataclass(frozen=True, slots=True)
class Wait:
    """Let time pass."""

    seconds: float


@dataclass(frozen=True, slots=True)
class StopReading:
    """Read nothing more, and keep the connection."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """Close: FIN."""


@dataclass(frozen=True, slots=True)
class HalfClose:
    """Close the sending direction, and keep on reading."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Close: RST."""


Step: TypeAlias = Send | ShakeHands | Await | Wait | StopReading | HangUp | HalfClose | Reset
Steps: TypeAlias = tuple[Step, ...]

FEW_BYTES = 2048
PATIENT_S = 5.0


def _sent_bytes(steps: Steps) -> int:
    return sum(len(step.data) * step.times for step in steps if isinstance(step, Send))


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What both kinds have in common.

    Attributes:
        name: of the test; a few words.
        source: where this attack is described.
        steps: what the peer does on a connection.
        within_s: loop time to the end that the script must come to: a client's from its last step, a platform's from its first.
        memory_bytes: what the product may hold for it, at the most, beside what it always holds.
    """

    name: str
    source: str
    steps: Steps
    within_s: float = 1.0
    memory_bytes: int = 3 * MEBIBYTE

    @property
    def may_take_memory(self) -> bool:
        """It does more than to say a few words and wait."""
        return self.within_s < PATIENT_S or _sent_bytes(self.steps) > FEW_BYTES


class End(Enum):
    """What must become of a hostile client."""

    THROWN_OUT = "the relay closes the connection"
    SERVED = "the relay goes on, and gives the answer that an honest peer would get"
    GONE = "it has left by itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientScript(Script):
    """A hostile client of the relay.

    Attributes:
        end: what becomes of it.
        answer: bytes that a served client gets.
    """

    end: End = End.THROWN_OUT
    answer: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerScript(Script):
    """A hostile platform.

    Attributes:
        state: what its light comes to show; None for whatever noise happens to mean.
        codes: which causes the light may give; none for a light that is green.
        tls: the destination is told to use RTMPS.
        dwell_s: how much longer it is watched.
        most_connections: so often it may be called until then.
    """

    state: DestinationState | None = DestinationState.RETRYING
    codes: frozenset[str] = frozenset()
    within_s: float = 2.0
    tls: bool = False
    dwell_s: float = 0.0
    most_connections: int = 3
