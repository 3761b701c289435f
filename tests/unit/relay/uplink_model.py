"""An upload that several destinations share, as a model: what is offered, what flows, what waits. No bytes, no clock."""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.uplink.congestion import Congestion, Relief
from powerstream_desktop.relay.uplink.demand import Demand
from powerstream_desktop.relay.uplink.following_bitrate import FollowingBitrate
from powerstream_desktop.relay.uplink.uplink_watch import Reading

STEP_S = 0.05
CALM_LOOK_S = 1.25
URGENT_LOOK_S = 0.25
SOUND_KBPS = 100
KEY_SHARE = 0.15
BITS_PER_KILOBYTE = 8


@dataclass(slots=True)
class Line:
    """One destination: the demand it has not got rid of yet, in kbit, and what its platform can take."""

    name: str
    priority: int = 0
    own_limit_kbps: float = 100_000.0
    base_lag_ms: int = 0
    waiting_kbit: float = 0.0
    taken_kbit: float = 0.0
    lag_ms: float = 0.0
    connected: bool = True
    room: Room = Room.EVERYTHING


class UplinkModel:
    """Lines that share ``capacity_kbps`` fairly, and a policy that looks at them as often as the relay does.

    The queue of each line is bounded as a send queue is: it drops what is older than a second.
    """

    def __init__(self, *lines: Line, video_kbps: int = 1400, bitrate: FollowingBitrate | None = None) -> None:
        self.lines = lines
        self.capacity_kbps = 100_000.0
        self.video_kbps = video_kbps
        self.now = 1000.0
        self.policy = Congestion(bitrate)
        self.relief: Relief
        self.history: list[tuple[float, Relief]] = []
        self._look_at = self.now

    @property
    def demand(self) -> Demand:
        """What the stream asks for with the encoder's present bitrate."""
        keys_kbps = round(self.video_kbps * KEY_SHARE)
        return Demand(
            full_kbps=self.video_kbps + SOUND_KBPS,
            key_frames_kbps=keys_kbps + SOUND_KBPS,
            sound_kbps=SOUND_KBPS,
        )

    def run(self, seconds: float) -> None:
        """Let time pass."""
        until = self.now + seconds
        while self.now < until - STEP_S / 2:
            self._flow()
            self.now += STEP_S
            if self.now >= self._look_at:
                self._look()

    def rooms(self) -> list[Room]:
        """The room of each line, in their order."""
        return [line.room for line in self.lines]

    def seconds_to(self, what: Room, name: str, since: float) -> float:
        """How long after ``since`` a line was first given that room."""
        return next(at for at, relief in self.history if at > since and relief.rooms[name] is what) - since

    def _flow(self) -> None:
        connected = [line for line in self.lines if line.connected]
        for line in connected:
            line.waiting_kbit += self.demand.of(line.room) * STEP_S
        left_kbit = self.capacity_kbps * STEP_S
        hungry = sorted(connected, key=lambda line: min(line.waiting_kbit, line.own_limit_kbps * STEP_S))
        for number, line in enumerate(hungry):
            share_kbit = left_kbit / (len(hungry) - number)
            taken_kbit = min(share_kbit, line.waiting_kbit, line.own_limit_kbps * STEP_S)
            line.waiting_kbit -= taken_kbit
            line.taken_kbit += taken_kbit
            left_kbit -= taken_kbit
        for line in connected:
            line.waiting_kbit = min(line.waiting_kbit, float(self.demand.full_kbps))
            line.lag_ms = 1000 * line.waiting_kbit / self.demand.of(line.room)

    def _look(self) -> None:
        self.relief = self.policy.look(
            [
                Reading(
                    name=line.name,
                    priority=line.priority,
                    connected=line.connected,
                    lag_ms=round(line.lag_ms) + line.base_lag_ms,
                    taken_bytes=round(line.taken_kbit * 1000 / BITS_PER_KILOBYTE),
                    demand=self.demand,
                )
                for line in self.lines
            ],
            self.now,
        )
        self.history.append((self.now, self.relief))
        for line in self.lines:
            line.room = self.relief.rooms[line.name]
        if self.relief.video_kbps is not None:
            self.video_kbps = self.relief.video_kbps
        self._look_at = self.now + (URGENT_LOOK_S if self.relief.urgent else CALM_LOOK_S)
