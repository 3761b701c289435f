"""The pictures of a bridge: the newest key frame again and again, then the slate if there is one that fits.

A key frame a second is what keeps ingests, players and those who join late content, and it costs no more bits than the
stream did: a key frame so large that it would is repeated less often. The slate comes after three seconds only, because an
engine that died is back before that, and viewers then see nothing but a short still.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from powerstream_desktop.relay.bridge.frame import BridgedFrame
from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.rtmp.flv.key_copies import key_frame_copies
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

FIRST_AFTER_MS = 80
"""From the last picture to the first bridged one: no viewer notices, and a publisher that is replaced at once is not cut."""
REPEAT_MS = 1_000
LONGEST_REPEAT_MS = 5_000
SLATE_AFTER_MS = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StillPicture:
    """What is known of a stream's picture when its publisher vanishes.

    Attributes:
        headers: the stream's video headers.
        keys: the newest key frame of each video track.
        last_ms: decoding time of the last picture.
        shown_ms: latest presentation time of any picture; what follows must lie behind it.
        bitrate_kbps: what the stream needed so far; 0 when unknown.
    """

    headers: Sequence[MediaPacket]
    keys: Sequence[MediaPacket]
    last_ms: int
    shown_ms: int
    bitrate_kbps: int


class RepeatedPicture:
    """The key frames again and again. Pure.

    Args:
        picture: what to repeat.
    """

    def __init__(self, picture: StillPicture) -> None:
        headers = {packet.info.track: packet.payload for packet in picture.headers}
        self._copies = [
            (key, key_frame_copies(key.payload, key.info, headers.get(key.info.track)))
            for key in picture.keys
        ]
        earliest_cts_ms = min((key.info.cts_ms for key in picture.keys), default=0)
        self.next_ms = max(picture.last_ms + FIRST_AFTER_MS, picture.shown_ms + 1 - earliest_cts_ms)
        size_bytes = sum(len(key.payload) for key in picture.keys)
        affordable_ms = size_bytes * 8 // picture.bitrate_kbps if picture.bitrate_kbps else REPEAT_MS
        self._interval_ms = min(LONGEST_REPEAT_MS, max(REPEAT_MS, affordable_ms))
        self._turn = 0

    def due(self, until_ms: int) -> Iterator[BridgedFrame]:
        """Give out the newest repetition that is due; older ones would show nothing else."""
        if not self._copies or self.next_ms > until_ms:
            return
        self.next_ms += (until_ms - self.next_ms) // self._interval_ms * self._interval_ms
        for key, copies in self._copies:
            yield BridgedFrame(MediaKind.VIDEO, self.next_ms, copies[self._turn % len(copies)], key.info)
        self._turn += 1
        self.next_ms += self._interval_ms


class SlateLoop:
    """The slate, over and over. Pure.

    Args:
        slate: what to show.
        from_ms: when it begins.
    """

    def __init__(self, slate: Slate, from_ms: int) -> None:
        self._slate = slate
        self._round_ms = from_ms
        self._index = 0

    @property
    def next_ms(self) -> int:
        """When its next picture is due."""
        return self._round_ms + self._slate.pictures[self._index].at_ms

    def due(self, until_ms: int) -> Iterator[BridgedFrame]:
        """Give out the pictures up to a time, which is included."""
        while (at_ms := self.next_ms) <= until_ms:
            picture = self._slate.pictures[self._index]
            self._index += 1
            if self._index == len(self._slate.pictures):
                self._index = 0
                self._round_ms += self._slate.length_ms
            yield BridgedFrame(MediaKind.VIDEO, at_ms, picture.payload, picture.info)

    def leap(self, to_ms: int) -> None:
        """Begin the loop anew at a time instead of making up for what was due before it."""
        if self.next_ms < to_ms:
            self._round_ms, self._index = to_ms, 0


class BridgePictures:
    """The repeated key frame, then the slate. Pure.

    Args:
        picture: what the stream showed.
        slate: what to show when the publisher stays away; left out when the stream's settings are not its own.
    """

    def __init__(self, picture: StillPicture, slate: Slate | None) -> None:
        self._repeated = RepeatedPicture(picture)
        self._loop: SlateLoop | None = None
        self._slate_from_ms = 0
        self.shown_ms = picture.shown_ms
        if slate is not None and _fits(slate, picture):
            self._slate_from_ms = self._repeated.next_ms + SLATE_AFTER_MS
            self._loop = SlateLoop(slate, self._slate_from_ms)

    def due(self, until_ms: int) -> Iterator[BridgedFrame]:
        """Give out what is due up to a time, in order."""
        if self._loop is None or until_ms < self._slate_from_ms:
            frames = self._repeated.due(until_ms)
        else:
            frames = self._loop.due(until_ms)
        for frame in frames:
            self.shown_ms = max(self.shown_ms, frame.dts_ms + frame.info.cts_ms)
            yield frame

    def leap(self, to_ms: int) -> None:
        """Make up for nothing that was due before a time."""
        if self._loop is not None:
            self._loop.leap(to_ms)


def _fits(slate: Slate, picture: StillPicture) -> bool:
    """Tell whether a decoder that was given the stream's header can decode the slate."""
    headers = [header.payload for header in picture.headers if header.info.kind is TagKind.HEADER]
    return headers == [slate.header]
