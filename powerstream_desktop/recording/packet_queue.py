"""The queue between the relay's loop and the writer thread: bounded, and never in the way of the loop.

A disk may stall for seconds. The queue takes that up to 64 MiB or 20 s; then it drops, from the recording only, everything
up to a key frame at which half of it is free again, and keeps account of the hole (reliability_security.md 1.5.3). What is
dropped is the newest: the frames that are queued can all be decoded.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

MAX_QUEUE_BYTES: Final = 64 * 1024 * 1024
MAX_QUEUE_S: Final = 20.0
_RESUME_SHARE: Final = 0.5
_BATCH_PACKETS: Final = 64
"""Taken at a time: what the writer has in its hands does not count against the limits, so it must be little."""
_PICTURE_LOST_MS: Final = 10_000
"""Without a picture for so long, a gap ends with the next sound instead of the next key frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueGap:
    """A hole, on the stream's timeline in milliseconds; ``end_ms`` moves on while the gap is open."""

    start_ms: int
    end_ms: int
    dropped_frames: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLoad:
    """What waits in the queue and what it has dropped so far."""

    size_bytes: int
    span_s: float
    gaps: tuple[QueueGap, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What the queue hands out: what the owner wants, and the packets that were offered after it."""

    orders: list[RecordingOrder]
    packets: list[MediaPacket]


class PacketQueue:
    """Passes packets from one thread to another.

    Args:
        max_bytes: payload bytes it holds at most, headers apart.
        max_s: how far apart, in seconds of arrival, its oldest and newest packet may be.
    """

    def __init__(self, *, max_bytes: int = MAX_QUEUE_BYTES, max_s: float = MAX_QUEUE_S) -> None:
        self._max_bytes = max_bytes
        self._max_s = max_s
        self._changed = threading.Condition()
        # All below are read and written by both threads, under the condition's lock.
        self._packets: deque[MediaPacket] = deque()
        self._orders: deque[tuple[int, RecordingOrder]] = deque()
        """Each with the number of packets that were taken in before it."""
        self._taken_in = 0
        self._handed_out = 0
        self._size_bytes = 0
        self._newest_frame_s = 0.0
        self._is_closed = False
        self._gaps: list[QueueGap] = []
        self._is_dropping = False
        self._last_picture_ms: int | None = None

    def offer(self, packets: Sequence[MediaPacket]) -> None:
        """Take packets, or drop and count them; from any thread, never waits. After ``close`` they are ignored."""
        with self._changed:
            if self._is_closed:
                return
            for packet in packets:
                if self._takes(packet):
                    self._packets.append(packet)
                    self._taken_in += 1
                    self._size_bytes += len(packet.payload)
            self._changed.notify()

    def order(self, order: RecordingOrder) -> None:
        """Pass on what the owner wants, behind the packets that wait; from any thread, never waits."""
        with self._changed:
            if not self._is_closed:
                self._orders.append((self._taken_in, order))
                self._changed.notify()

    def take(self, timeout_s: float | None) -> Batch:
        """Return some packets in order, and the orders before them, waiting until there is something.

        Args:
            timeout_s: how long to wait at most; ``None`` for as long as it takes.

        Returns:
            nothing when the time is up, or when the queue is closed and empty.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._packets or self._orders or self._is_closed, timeout_s)
            orders: list[RecordingOrder] = []
            while self._orders and self._orders[0][0] <= self._handed_out:
                orders.append(self._orders.popleft()[1])
            count = min(len(self._packets), _BATCH_PACKETS)
            if self._orders:
                count = min(count, self._orders[0][0] - self._handed_out)
            packets = [self._packets.popleft() for _ in range(count)]
            self._handed_out += count
            self._size_bytes -= sum(len(packet.payload) for packet in packets)
            return Batch(orders, packets)

    def close(self) -> None:
        """Take no more packets; those that wait are still handed out."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def discard(self) -> None:
        """Take no more packets and forget those that wait."""
        with self._changed:
            self._is_closed = True
            self._packets.clear()
            self._orders.clear()
            self._size_bytes = 0
            self._changed.notify()

    @property
    def is_finished(self) -> bool:
        """Whether it is closed and empty."""
        with self._changed:
            return self._is_closed and not self._packets

    def load(self) -> QueueLoad:
        """Return what waits and what was dropped."""
        with self._changed:
            return QueueLoad(size_bytes=self._size_bytes, span_s=self._span_s(), gaps=tuple(self._gaps))

    def _takes(self, packet: MediaPacket) -> bool:
        if packet.kind is MediaKind.DATA:
            return False
        if packet.info.kind is not TagKind.FRAME:
            return True  # codec settings are few, and nothing after them makes sense without them
        if packet.kind is MediaKind.VIDEO:
            self._last_picture_ms = packet.dts_ms
        if self._is_dropping and self._may_resume(packet):
            self._gaps[-1] = replace(self._gaps[-1], end_ms=packet.dts_ms)
            self._is_dropping = False
        if not self._is_dropping and not self._has_room(packet, 1.0):
            self._is_dropping = True
            self._gaps.append(QueueGap(start_ms=packet.dts_ms, end_ms=packet.dts_ms, dropped_frames=0))
        if self._is_dropping:
            gap = self._gaps[-1]
            end_ms = max(gap.end_ms, packet.dts_ms)
            self._gaps[-1] = replace(gap, end_ms=end_ms, dropped_frames=gap.dropped_frames + 1)
            return False
        self._newest_frame_s = packet.arrived_s
        return True

    def _may_resume(self, packet: MediaPacket) -> bool:
        if not self._has_room(packet, _RESUME_SHARE):
            return False
        if packet.kind is MediaKind.VIDEO:
            return packet.info.is_keyframe
        return self._last_picture_ms is None or packet.dts_ms - self._last_picture_ms > _PICTURE_LOST_MS

    def _has_room(self, packet: MediaPacket, share: float) -> bool:
        if not self._packets:
            return True
        waited_s = packet.arrived_s - self._packets[0].arrived_s
        size_bytes = self._size_bytes + len(packet.payload)
        return size_bytes <= share * self._max_bytes and waited_s <= share * self._max_s

    def _span_s(self) -> float:
        return max(0.0, self._newest_frame_s - self._packets[0].arrived_s) if self._packets else 0.0
