"""The queue of one destination: bounded in media time and bytes, drops video in whole groups, never sound (rtmp.md 3.4).

What is dropped is dropped for this destination only. After an inter frame is gone, every frame up to the next key frame
is undecodable, so they go too: the viewer sees a freeze, never a broken picture. Headers and sound are never dropped; if
even they pile up, the connection is past saving and is reset.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPolicy:
    """When a destination counts as behind: the soft limits drop video, the hard ones reset the connection."""

    soft_ms: int = 2_000
    soft_bytes: int = 4 * 1024 * 1024
    hard_ms: int = 8_000
    hard_bytes: int = 16 * 1024 * 1024


DEFAULT_POLICY = DropPolicy()


class SendQueue:
    """Packets that one destination has still to send. Pure; owned by the relay's loop."""

    def __init__(self, policy: DropPolicy = DEFAULT_POLICY) -> None:
        self._policy = policy
        self._packets: deque[MediaPacket] = deque()
        self._bytes = 0
        self._waiting_for_key = False
        self._joining = False
        self.dropped_frames = 0
        """Video frames this consumer missed because it was slow; those before its first key frame are not among them."""

    def __len__(self) -> int:
        return len(self._packets)

    @property
    def is_idle(self) -> bool:
        """True when nothing waits and nothing is refused: packets may pass the queue by."""
        return not self._packets and not self._waiting_for_key

    @property
    def size_bytes(self) -> int:
        """Payload bytes waiting."""
        return self._bytes

    @property
    def span_ms(self) -> int:
        """Media time from the oldest to the newest packet waiting."""
        return max(0, self._packets[-1].dts_ms - self._packets[0].dts_ms) if self._packets else 0

    @property
    def waiting_for_key(self) -> bool:
        """True while video is refused until a key frame comes."""
        return self._waiting_for_key

    @property
    def overflowed(self) -> bool:
        """True past the hard limits: reset the connection."""
        return self.span_ms > self._policy.hard_ms or self._bytes > self._policy.hard_bytes

    def wait_for_key(self) -> None:
        """Refuse video until the next key frame: the consumer has just joined."""
        self._waiting_for_key = self._joining = True

    def clear(self) -> None:
        """Throw everything away: a viewer has paused."""
        self._packets.clear()
        self._bytes = 0
        self._waiting_for_key = self._joining = False

    def start_with(self, packets: Iterable[MediaPacket]) -> None:
        """Append what a consumer begins with, headers and the running group: being old is no reason to drop that."""
        for packet in packets:
            self._packets.append(packet)
            self._bytes += len(packet.payload)

    def push(self, packets: Iterable[MediaPacket]) -> None:
        """Append packets in order, then drop what the policy says."""
        for packet in packets:
            if self._refused(packet):
                continue
            self._packets.append(packet)
            self._bytes += len(packet.payload)
        if self._behind():
            self._drop()

    def pop(self) -> MediaPacket:
        """Take the oldest packet; IndexError when empty."""
        packet = self._packets.popleft()
        self._bytes -= len(packet.payload)
        return packet

    def _refused(self, packet: MediaPacket) -> bool:
        if not self._waiting_for_key or not is_video_frame(packet):
            return False
        if packet.info.is_keyframe:
            self._waiting_for_key = self._joining = False
            return False
        if not self._joining:
            self.dropped_frames += 1
        return True

    def _droppable_ms(self) -> int:
        """Media time from the oldest frame that may be dropped to the newest packet."""
        for packet in self._packets:
            if is_video_frame(packet) and not packet.info.is_keyframe:
                return self._packets[-1].dts_ms - packet.dts_ms
        return 0

    def _behind(self) -> bool:
        return self._droppable_ms() > self._policy.soft_ms or self._bytes > self._policy.soft_bytes

    def _drop(self) -> None:
        """Drop the least that helps: frames nobody refers to, then what precedes the newest key frame, then all inter frames."""
        self._remove(lambda packet: packet.info.is_disposable)
        if not self._behind():
            return
        key = next((p for p in reversed(self._packets) if is_video_frame(p) and p.info.is_keyframe), None)
        if key is not None:
            self._remove(lambda packet: packet.index < key.index)
            if not self._behind():
                return
        self._remove(lambda packet: not packet.info.is_keyframe)
        self._waiting_for_key = True

    def _remove(self, condemned: Callable[[MediaPacket], bool]) -> None:
        kept: deque[MediaPacket] = deque()
        for packet in self._packets:
            if is_video_frame(packet) and condemned(packet):
                self._bytes -= len(packet.payload)
                self.dropped_frames += 1
            else:
                kept.append(packet)
        self._packets = kept


def is_video_frame(packet: MediaPacket) -> bool:
    """Tell a picture from headers, metadata and sound."""
    return packet.kind is MediaKind.VIDEO and packet.info.kind is TagKind.FRAME
