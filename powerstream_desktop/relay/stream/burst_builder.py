"""Makes numbered packets of placed frames and gathers them into bursts (rtmp.md 3.7)."""

from __future__ import annotations

from typing import NamedTuple

from powerstream_desktop.relay.stream.burst import NOWHERE, Burst, Position
from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

SOUND_WAITS_S = 0.04


class Weight(NamedTuple):
    """Payload bytes that were handed out so far, and in which broadcast, counted from the first."""

    broadcast: int = 0
    all_bytes: int = 0
    key_frame_bytes: int = 0
    sound_bytes: int = 0


class BurstBuilder:
    """What a stream is about to hand out. Pure; owned by the stream."""

    def __init__(self) -> None:
        self._position = list(NOWHERE)
        self._handed_out: Position = NOWHERE
        self._pending: list[MediaPacket] = []
        self._is_urgent = False
        """More than sound waits."""
        self._broadcast = 0
        self._all_bytes = self._key_frame_bytes = self._sound_bytes = 0
        self._ends_ms = [0, 0, 0]

    def end_ms(self, kind: MediaKind) -> int:
        """Return the time of the newest packet of a kind; 0 before the first."""
        return self._ends_ms[kind]

    @property
    def weight(self) -> Weight:
        """What was handed out so far."""
        return Weight(self._broadcast, self._all_bytes, self._key_frame_bytes, self._sound_bytes)

    def start_broadcast(self) -> None:
        """A broadcast begins; numbers and times go on."""
        self._broadcast += 1

    def has_any(self, kind: MediaKind) -> bool:
        """Tell whether there has ever been a packet of a kind."""
        return self._position[kind] >= 0

    def add(self, kind: MediaKind, dts_ms: int, payload: bytes, info: TagInfo, now: float) -> MediaPacket:
        """Number a frame or a header, and let it wait; one that stands before the packet before it is moved up to it."""
        end_ms = self._ends_ms[kind] if self._position[kind] >= 0 else dts_ms
        dts_ms = max(dts_ms, end_ms)
        self._position[kind] += 1
        self._ends_ms[kind] = dts_ms
        packet = MediaPacket(kind, dts_ms, dts_ms - end_ms, self._position[kind], payload, info, now)
        self._pending.append(packet)
        if kind is not MediaKind.AUDIO or info.kind is not TagKind.FRAME:
            self._is_urgent = True
        return packet

    def is_due(self, now: float) -> bool:
        """Tell whether to hand out what waits.

        Sound alone waits up to 40 ms for the next picture to ride with: a player needs both anyway, and each write that is
        saved is saved once per destination.
        """
        pending = self._pending
        return self._is_urgent or (bool(pending) and now - pending[0].arrived_s >= SOUND_WAITS_S)

    def take(self) -> Burst | None:
        """Return what waits; ``None`` when nothing does."""
        if not self._pending:
            return None
        audio_ms, video_ms, data_ms = self._ends_ms
        burst = Burst(self._pending, self._handed_out, (audio_ms, video_ms, data_ms))
        self._handed_out = burst.after
        self._pending.clear()
        self._is_urgent = False
        self._all_bytes += burst.size_bytes
        self._key_frame_bytes += burst.key_frame_bytes
        self._sound_bytes += burst.sound_bytes
        return burst
