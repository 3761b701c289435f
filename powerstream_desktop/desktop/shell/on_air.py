"""What the state pill, the title and the tray say of the broadcast. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from powerstream_desktop.client.live import LiveStatus, RunningBroadcast
from powerstream_desktop.desktop.outlook.outlook import Outlook, ServiceState


class OnAir(Enum):
    """How far on air we are; the values are those of the service's broadcast states."""

    OFF = "off"
    STARTING = "starting"
    LIVE = "live"
    BRIDGING = "bridging"
    ENDING = "ending"


_STATES = {each.value: each for each in OnAir}


@dataclass(frozen=True, slots=True, kw_only=True)
class AirState:
    """The broadcast, as one line can tell it.

    Attributes:
        on_air: how far.
        is_rehearsal: it goes to the built-in receiver and to nobody else.
        is_known: the service says so now; otherwise it is how it was.
        session_id, station_id, title: of the broadcast; empty while there is none.
        elapsed_s: since it began, when the service said it; None while there is none.
    """

    on_air: OnAir = OnAir.OFF
    is_rehearsal: bool = False
    is_known: bool = False
    session_id: str = ""
    station_id: str = ""
    title: str = ""
    elapsed_s: float | None = None

    @property
    def is_running(self) -> bool:
        """There is a broadcast that could be ended."""
        return self.on_air in {OnAir.STARTING, OnAir.LIVE, OnAir.BRIDGING}


def air_state(outlook: Outlook) -> AirState:
    """Return what is to be said."""
    is_known, live = outlook.service is ServiceState.THERE, outlook.live
    if live is None or live.session_id is None:
        return AirState(is_known=is_known)
    return AirState(
        on_air=_STATES.get(live.state, OnAir.OFF),
        is_rehearsal=_is_rehearsal(live, outlook.broadcast),
        is_known=is_known,
        session_id=live.session_id,
        station_id=live.station_id or "",
        title=live.title or "",
        elapsed_s=live.elapsed_seconds,
    )


def _is_rehearsal(live: LiveStatus, broadcast: RunningBroadcast | None) -> bool:
    """Tell whether only the built-in receiver gets it: it is the one destination without an endpoint."""
    if broadcast is None or broadcast.session_id != live.session_id:
        return False
    return any(each.id is None for each in broadcast.endpoints)


class Stopwatch:
    """How long the broadcast has run, between one word of the service and the next.

    The service tells it once a second, and not to the moment: shown as it comes, seconds would be missed and doubled.
    """

    def __init__(self) -> None:
        self._began_at: float | None = None
        self._session_id = ""

    def set(self, state: AirState, now: float) -> None:
        """Take what the service said at ``now``, in monotonic seconds."""
        if state.elapsed_s is None:
            self._began_at = None
            return
        began_at = now - state.elapsed_s
        # The earliest is the truest: what came late had been on its way.
        is_same = self._session_id == state.session_id and self._began_at is not None
        if is_same and self._began_at is not None and abs(began_at - self._began_at) < _DRIFT_S:
            began_at = min(began_at, self._began_at)
        self._began_at, self._session_id = began_at, state.session_id

    def seconds(self, now: float) -> float | None:
        """Return how long it has run; None while nothing does."""
        return None if self._began_at is None else max(0.0, now - self._began_at)


_DRIFT_S = 1.5
"""More than this is no delay: the computer slept, or the service counts anew."""
