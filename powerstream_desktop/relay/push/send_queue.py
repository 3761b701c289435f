"""The queue of one destination: measured in media time, drops pictures when it is too long, never sound (rtmp.md 3.4).

What is dropped is dropped for this destination only, the least harmful first, as OBS does (broadcasters.md 3.1): over 700 ms
the frames that no other refers to; over 900 ms those that others refer to, up to the next key frame, since what lies between
cannot be decoded: the viewer sees a freeze, never a broken picture. Every video track has key frames of its own. Sound,
headers and key frames are never dropped for being late; if even they pile up, the connection is past saving and is reset.

Neither limit is applied to a hiccup: see ``patience`` and ADR 0007. Apart from all that the queue can be told to *shed*:
to leave out pictures for the sake of destinations that matter more to the user.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from powerstream_desktop.relay.push.patience import Patience
from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPolicy:
    """When a queue is too long.

    Attributes:
        disposable_ms: media time over which frames go that no other refers to.
        inter_ms: media time over which all frames but key frames go.
        patience_s: how long a queue may be over these limits, and grow, before anything is dropped.
        hard_ms, hard_bytes: beyond these nothing but key frames and sound is kept, at once; if that is not enough, the
            connection has to be reset.
    """

    disposable_ms: int = 700
    inter_ms: int = 900
    patience_s: float = 2.0
    hard_ms: int = 10_000
    hard_bytes: int = 16 * 1024 * 1024


DEFAULT_POLICY = DropPolicy()


class SendQueue:
    """Packets that one destination has still to send. Pure; owned by the relay's loop."""

    def __init__(self, policy: DropPolicy = DEFAULT_POLICY) -> None:
        self._policy = policy
        self._patience = Patience(policy.patience_s)
        self._packets: deque[MediaPacket] = deque()
        self._bytes = 0
        self._room = Room.EVERYTHING
        self._tracks: set[int] = set()
        self._waiting: set[int] = set()
        """Video tracks of which nothing is taken before their next key frame."""
        self._joining: set[int] = set()
        """Those of them that have not begun yet, so that what is refused is no loss."""
        self.dropped_frames = 0
        """Video frames this consumer missed because it was slow; those before its first key frame are not among them."""

    def __len__(self) -> int:
        return len(self._packets)

    @property
    def is_idle(self) -> bool:
        """True when nothing waits and nothing is refused: packets may pass the queue by."""
        return not self._packets and not self._waiting and self._room is Room.EVERYTHING

    @property
    def size_bytes(self) -> int:
        """Payload bytes waiting."""
        return self._bytes

    @property
    def span_ms(self) -> int:
        """Media time from the oldest to the newest packet waiting."""
        return max(0, self._packets[-1].dts_ms - self._packets[0].dts_ms) if self._packets else 0

    @property
    def overflowed(self) -> bool:
        """True past the hard limits: reset the connection."""
        return self.span_ms > self._policy.hard_ms or self._bytes > self._policy.hard_bytes

    def wait_for_key(self) -> None:
        """Refuse pictures until the next key frame: the consumer has just joined."""
        self._waiting = set(self._tracks) or {0}
        self._joining = set(self._waiting)

    def clear(self) -> None:
        """Throw everything away: a viewer has paused."""
        self._packets.clear()
        self._bytes = 0
        self._waiting.clear()
        self._joining.clear()

    def shed(self, room: Room) -> None:
        """Send only what ``room`` leaves, from now on and of what waits; pictures come back with the next key frame.

        What goes that way counts as dropped. Bursts must not pass the queue by meanwhile: see ``is_idle``.
        """
        self._room = room
        if room is not Room.EVERYTHING:
            self._waiting |= self._tracks or {0}
            self._remove(lambda packet: room is Room.SOUND or not packet.info.is_keyframe)

    def bear(self, until: float) -> None:
        """Drop nothing before ``until`` (monotonic seconds), the hard limits apart: others make room for this destination."""
        self._patience.bear(until)

    def start_with(self, packets: Iterable[MediaPacket]) -> None:
        """Append what a consumer begins with, headers and the running group: being old is no reason to drop that."""
        for packet in packets:
            if self._room is Room.EVERYTHING or not self._refused(packet):
                self._append(packet)

    def push(self, packets: Iterable[MediaPacket], *, ahead_ms: int = 0) -> None:
        """Append packets in order, then drop what the policy says.

        Args:
            packets: what has just arrived.
            ahead_ms: media time that waits in front of this queue, in buffers out of which nothing can be taken any more.
        """
        now: float | None = None
        for packet in packets:
            now = packet.arrived_s
            if not self._refused(packet):
                self._append(packet)
        if now is None:
            return
        lag_ms = self._droppable_ms(ahead_ms)
        if self.overflowed:
            self._drop_to_next_key({packet.info.track for packet in self._packets if _is_inter_frame(packet)})
        elif self._patience.is_over(lag_ms, self._policy.disposable_ms, now):
            self._drop(ahead_ms)

    def pop(self) -> MediaPacket:
        """Take the oldest packet; IndexError when empty."""
        packet = self._packets.popleft()
        self._bytes -= len(packet.payload)
        return packet

    def _append(self, packet: MediaPacket) -> None:
        if packet.kind is MediaKind.VIDEO:
            self._tracks.add(packet.info.track)
        self._packets.append(packet)
        self._bytes += len(packet.payload)

    def _refused(self, packet: MediaPacket) -> bool:
        if not is_video_frame(packet):
            return False
        track, is_key = packet.info.track, packet.info.is_keyframe
        if self._room is Room.EVERYTHING:
            if is_key:
                self._waiting.discard(track)
            refused = track in self._waiting
        else:
            self._waiting.add(track)
            refused = not is_key or self._room is Room.SOUND
        if not refused:
            self._joining.discard(track)
        elif track not in self._joining:
            self.dropped_frames += 1
        return refused

    def _droppable_ms(self, ahead_ms: int) -> int:
        """Return how late the newest packet is, counted from the oldest frame that may be dropped; 0 if there is none."""
        for packet in self._packets:
            if _is_inter_frame(packet):
                return self._packets[-1].dts_ms - packet.dts_ms + ahead_ms
        return 0

    def _drop(self, ahead_ms: int) -> None:
        """Drop the least that helps."""
        limit_ms = self._policy.inter_ms
        self._remove(lambda packet: packet.info.is_disposable)
        if self._droppable_ms(ahead_ms) > limit_ms:
            self._drop_before_newest_key()
            self._drop_to_next_key(self._late_tracks(limit_ms - ahead_ms))

    def _drop_before_newest_key(self) -> None:
        """Drop the rests of groups behind which another group waits: the newest one can be shown without them."""
        newest_keys = {
            packet.info.track: packet.index
            for packet in self._packets
            if is_video_frame(packet) and packet.info.is_keyframe
        }
        self._remove(
            lambda packet: _is_inter_frame(packet) and packet.index < newest_keys.get(packet.info.track, 0)
        )

    def _late_tracks(self, limit_ms: int) -> set[int]:
        newest_ms = self._packets[-1].dts_ms
        return {
            packet.info.track
            for packet in self._packets
            if _is_inter_frame(packet) and newest_ms - packet.dts_ms > limit_ms
        }

    def _drop_to_next_key(self, tracks: set[int]) -> None:
        self._waiting |= tracks
        self._remove(lambda packet: _is_inter_frame(packet) and packet.info.track in tracks)

    def _remove(self, condemned: Callable[[MediaPacket], bool]) -> None:
        """Drop the video frames that are condemned."""
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


def _is_inter_frame(packet: MediaPacket) -> bool:
    return is_video_frame(packet) and not packet.info.is_keyframe
