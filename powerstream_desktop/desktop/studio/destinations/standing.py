"""How a destination stands, as its row shows it. Pure: what the service told and how long ago, in; figures out.

While a broadcast runs, its destinations come first, in the service's order; behind them the endpoints that are left out of it.
While none runs, every endpoint shows what would become of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.client.live import Cause, DestinationStatus, RunningBroadcast
from powerstream_desktop.desktop.outlook.outlook import UNHEARD

MAX_AGE_S: Final = 3.0
"""Clocks go on for so long without news: a row must not say "live" of a service that says nothing."""
_USUAL_FPS: Final = 30.0

_KEY_TROUBLES: Final = frozenset({"key-refused", "closed-before-start"})
"""What a new key mends, most of the time."""


class Plight(Enum):
    """What a destination is doing. All but the last four are the service's own words."""

    LIVE = "live"
    SLOW = "slow"
    CONNECTING = "connecting"
    PUBLISHING = "publishing"
    RETRYING = "retrying"
    REJECTED = "rejected"
    STOPPED = "stopped"
    OFF = "off"
    READY = "ready"
    """It would be used."""
    WITHOUT_KEY = "without-key"
    """It would be used if it had a key."""
    UNHEARD = "unheard"
    """The service does not answer: how it stands is not known."""
    LEFT_OUT = "left-out"
    """Somebody switched it off, or did not choose it for this stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A row.

    Attributes:
        key: tells it from all others, for as long as it is there.
        endpoint_id: None for the receiver of a rehearsal.
        light: the status that its light stands for.
        for_s: seconds in this plight; None while no broadcast has it.
        attempt: of this outage, counted from 1; 0 while all is well.
        retry_in_s: whole seconds until the next try.
        dropping: share of pictures that it misses now.
        behind_s: media that it has not taken yet.
        kbps: what it takes; None while no broadcast has it.
        cause: why it is not well.
        is_on_backup: the platform's second server has it.
    """

    key: str
    endpoint_id: str | None
    name: str
    platform: str
    plight: Plight
    light: str = "off"
    for_s: float | None = None
    attempt: int = 0
    retry_in_s: int | None = None
    dropping: float = 0.0
    behind_s: float = 0.0
    kbps: int | None = None
    cause: Cause | None = None
    is_on_backup: bool = False

    @property
    def can_be_retried(self) -> bool:
        """Asking for another try at once makes sense."""
        return self.endpoint_id is not None and self.plight in {Plight.RETRYING, Plight.REJECTED}

    @property
    def wants_key(self) -> bool:
        """A new key is what it needs."""
        if self.endpoint_id is None:
            return False
        is_refused = self.plight is Plight.REJECTED and self.cause is not None
        return self.plight is Plight.WITHOUT_KEY or (
            is_refused and self.cause is not None and self.cause.code in _KEY_TROUBLES
        )


def standings(
    broadcast: RunningBroadcast | None, endpoints: Iterable[Endpoint], age_s: float = 0.0
) -> tuple[Standing, ...]:
    """Return all rows.

    Args:
        broadcast: the one that runs.
        endpoints: all there are, in their order.
        age_s: how long ago ``broadcast`` was told.
    """
    if broadcast is None:
        return tuple(_off_air(each) for each in endpoints)
    rows = [_on_air(each, broadcast, min(age_s, MAX_AGE_S)) for each in broadcast.endpoints]
    used = {each.endpoint_id for each in rows}
    rows += [_left_out(each) for each in endpoints if each.id not in used]
    return tuple(rows)


def count_of(rows: Iterable[Standing], *plights: Plight) -> int:
    """Return how many rows are in one of these plights."""
    return sum(row.plight in plights for row in rows)


def _on_air(status: DestinationStatus, broadcast: RunningBroadcast, age_s: float) -> Standing:
    return Standing(
        key=status.id or f"receiver {status.name}",
        endpoint_id=status.id,
        name=status.name,
        platform=status.platform,
        plight=_plight_of(status.status),
        light=status.status,
        for_s=_number(status.words.get("sinceSeconds")) + age_s,
        attempt=status.attempt,
        retry_in_s=None
        if status.retry_in_seconds is None
        else math.ceil(max(0.0, status.retry_in_seconds - age_s)),
        dropping=_dropping(status, broadcast),
        behind_s=status.queue_ms / 1000,
        kbps=None if status.status == UNHEARD else status.bitrate_kbps,
        cause=status.cause,
        is_on_backup=status.backup_in_use,
    )


def _off_air(endpoint: Endpoint) -> Standing:
    if not endpoint.is_active:
        return _left_out(endpoint)
    return _waiting(endpoint, Plight.READY if endpoint.has_key else Plight.WITHOUT_KEY)


def _left_out(endpoint: Endpoint) -> Standing:
    return _waiting(endpoint, Plight.LEFT_OUT)


def _waiting(endpoint: Endpoint, plight: Plight) -> Standing:
    return Standing(
        key=endpoint.id,
        endpoint_id=endpoint.id,
        name=endpoint.name,
        platform=endpoint.platform,
        plight=plight,
    )


def _plight_of(status: str) -> Plight:
    try:
        return Plight(status)
    except ValueError:  # a word of a newer service
        return Plight.CONNECTING


def _dropping(status: DestinationStatus, broadcast: RunningBroadcast) -> float:
    """Return the share of pictures that it misses: those of a second, of so many as its rendition has."""
    renditions = broadcast.words.get("renditions")
    ingest = renditions.get(status.rendition) if isinstance(renditions, dict) else None
    fps = _number(ingest.get("fps")) if isinstance(ingest, dict) else 0.0
    missed = _number(status.words.get("droppedFramesPerSecond"))
    return min(1.0, missed / (fps or _USUAL_FPS))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
