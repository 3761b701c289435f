"""One stream inside the relay: takes a publisher's messages in, hands bursts of packets to every consumer (DESIGN 4).

The fan-out never awaits and never copies a payload. A consumer that joins late gets the stream's headers, and, if it asks,
the running group of pictures, so that it can start on a whole picture (rtmp.md 3.2).

Owner: the relay's event loop. Nothing here is touched by another thread.
"""

from __future__ import annotations

import logging
from typing import Protocol

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.relay.burst import NOWHERE, Burst, Position
from powerstream_desktop.relay.gop_cache import GopCache
from powerstream_desktop.relay.rate import RateMeter
from powerstream_desktop.relay.snapshot import IngestSnapshot
from powerstream_desktop.relay.timeline import Timeline
from powerstream_desktop.rtmp.flv.metadata import live_metadata
from powerstream_desktop.rtmp.flv.tags import (
    DATA_TAG,
    METADATA_TAG,
    TagInfo,
    TagKind,
    classify_audio,
    classify_video,
)
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

logger = logging.getLogger(__name__)

HEADER_KINDS = frozenset({TagKind.HEADER, TagKind.EXTRA_HEADER, TagKind.METADATA})
CLOCKED_KINDS = frozenset({TagKind.FRAME, TagKind.UNKNOWN})
SOUND_WAITS_S = 0.04
_FAILED = "A consumer of stream %s failed and was detached"
MAX_CACHED_HEADERS = 64
"""More tracks than any encoder sends; a hostile publisher must not grow the cache for ever."""


class Consumer(Protocol):
    """Whoever takes a stream's packets: a destination, a player, the recorder. Called on the relay's loop; never blocks."""

    def offer(self, burst: Burst) -> None:
        """Take the packets of one read."""

    def stream_started(self) -> None:
        """A publisher begins or has come back; its headers and frames follow."""

    def stream_ended(self) -> None:
        """The publisher has ended the broadcast, or stayed away longer than the grace time."""


class Stream:
    """The hub of one stream.

    Args:
        name: for logs; never the key.
        clock: monotonic seconds.
    """

    def __init__(self, name: str, clock: Clock) -> None:
        self.name = name
        self._clock = clock
        self._timeline = Timeline()
        self._gop = GopCache()
        self._headers: dict[tuple[MediaKind, TagKind, int], MediaPacket] = {}
        self._consumers: list[Consumer] = []
        self._position = list(NOWHERE)
        self._handed_out: Position = NOWHERE
        self._ends_ms = [0, 0, 0]
        self._pending: list[MediaPacket] = []
        self._rate = RateMeter()
        self._frames = 0
        self._has_video = False
        self.publishing = False

    # The publisher's side.

    def start_publish(self) -> None:
        """A publisher's key was accepted: forget the headers of the one before it (srs#1630), keep the timeline."""
        self._headers.clear()
        self._gop.clear()
        self._timeline.start_session()
        self._has_video = False
        self.publishing = True
        for consumer in tuple(self._consumers):
            self._start(consumer)

    def pause_publish(self) -> None:
        """The publisher vanished without a word; it may come back, so consumers keep their connections."""
        self.hand_out()
        self.publishing = False

    def end_publish(self) -> None:
        """The broadcast is over: consumers finish properly."""
        self.hand_out()
        self.publishing = False
        for consumer in tuple(self._consumers):
            self._end(consumer)

    def take_audio(self, timestamp: int, payload: bytes, now: float) -> None:
        """Take an audio message (timestamp u32 ms, read at ``now``); consumers get it at the next ``flush``."""
        self._take(MediaKind.AUDIO, classify_audio(payload), timestamp, payload, now)

    def take_video(self, timestamp: int, payload: bytes, now: float) -> None:
        """Take a video message, as ``take_audio``."""
        self._take(MediaKind.VIDEO, classify_video(payload), timestamp, payload, now)

    def take_metadata(self, payload: bytes, now: float) -> None:
        """Take onMetaData (AMF0); what makes players take a live stream for a file is cut out (rtmp.md 2.7)."""
        self._take(MediaKind.DATA, METADATA_TAG, 0, live_metadata(payload), now)

    def take_data(self, payload: bytes, now: float) -> None:
        """Take another timed data message (captions, cue points); it is stamped with the time of the picture."""
        self._take(MediaKind.DATA, DATA_TAG, 0, payload, now)

    def flush(self, now: float) -> None:
        """Hand what was taken to all consumers as one burst.

        Sound alone waits up to 40 ms for the next picture to ride with: a player needs both anyway, and each write that is
        saved is saved once per destination (rtmp.md 3.7).
        """
        pending = self._pending
        if pending and (now - pending[0].arrived_s >= SOUND_WAITS_S or self._holds_more_than_sound()):
            self.hand_out()

    def _holds_more_than_sound(self) -> bool:
        return any(
            packet.kind is not MediaKind.AUDIO or packet.info.kind is not TagKind.FRAME
            for packet in self._pending
        )

    def hand_out(self) -> None:
        """Hand out at once what was taken. Whoever joins does so first, lest the group and the next burst overlap."""
        if not self._pending:
            return
        audio_ms, video_ms, data_ms = self._ends_ms
        burst = Burst(self._pending, self._handed_out, (audio_ms, video_ms, data_ms))
        self._handed_out = burst.after
        self._rate.add(burst.size_bytes, burst.arrived_s)
        self._pending.clear()
        for consumer in tuple(self._consumers):
            try:
                consumer.offer(burst)
            except Exception:
                logger.exception(_FAILED, self.name)
                self._dismiss(consumer)

    def _start(self, consumer: Consumer) -> None:
        try:
            consumer.stream_started()
        except Exception:
            logger.exception(_FAILED, self.name)
            self._dismiss(consumer)

    def _end(self, consumer: Consumer) -> None:
        try:
            consumer.stream_ended()
        except Exception:
            logger.exception(_FAILED, self.name)
            self.detach(consumer)

    def _dismiss(self, consumer: Consumer) -> None:
        """Go on without a consumer that has just raised: its bug must not cost the others a frame.

        It is told that the stream is over, or a destination would keep its connection and its green light without media.
        """
        self.detach(consumer)
        self._end(consumer)

    # The consumers' side.

    def attach(self, consumer: Consumer) -> None:
        """Add a consumer; it gets what comes from now on. See ``headers`` and ``group`` for what came before."""
        if consumer in self._consumers:
            return
        self._consumers.append(consumer)
        if self.publishing:
            self._start(consumer)

    def detach(self, consumer: Consumer) -> None:
        """Remove a consumer; harmless when it is gone already."""
        if consumer in self._consumers:
            self._consumers.remove(consumer)

    def headers(self) -> tuple[MediaPacket, ...]:
        """Return metadata, then audio and video headers, then colour and channel information, for a consumer that starts."""
        order = {TagKind.METADATA: 0, TagKind.HEADER: 1, TagKind.EXTRA_HEADER: 2}
        packets = self._headers.values()
        return tuple(
            sorted(packets, key=lambda p: (order[p.info.kind], p.kind is MediaKind.VIDEO, p.info.track))
        )

    def group(self) -> tuple[MediaPacket, ...]:
        """Return the running group of pictures, key frame first; empty if there is none."""
        return self._gop.packets()

    @property
    def group_age_ms(self) -> int:
        """Media time since the newest key frame."""
        return self._gop.duration_ms

    @property
    def group_bytes(self) -> int:
        """Payload bytes of the running group."""
        return self._gop.size_bytes

    @property
    def has_video(self) -> bool:
        """True once this publisher has sent a picture, or the header of one, whose key frames can be told."""
        return self._has_video

    def codecs(self) -> frozenset[str]:
        """Return the codecs of the cached headers."""
        return frozenset(packet.info.codec for packet in self._headers.values() if packet.info.codec)

    def snapshot(self) -> IngestSnapshot:
        """Return what comes in, for the status display."""
        return IngestSnapshot(
            publishing=self.publishing,
            video_codec=self._codec(MediaKind.VIDEO),
            audio_codec=self._codec(MediaKind.AUDIO),
            bitrate_kbps=self._rate.kbps(self._clock()),
            frames_received=self._frames,
            bytes_received=self._rate.total,
            timeline_folds=self._timeline.folds,
        )

    def _codec(self, kind: MediaKind) -> str:
        header = self._headers.get((kind, TagKind.HEADER, 0))
        return header.info.codec if header else ""

    def _take(self, kind: MediaKind, info: TagInfo, timestamp: int, payload: bytes, now: float) -> None:
        if info.kind is TagKind.IGNORE:
            return
        if info.kind in CLOCKED_KINDS:
            dts_ms = self._timeline.place(kind, timestamp, now)
        elif kind is MediaKind.DATA:
            dts_ms = self._timeline.last_ms(MediaKind.VIDEO if self._has_video else MediaKind.AUDIO)
        else:
            dts_ms = self._timeline.last_ms(kind)
        is_first = self._position[kind] < 0
        end_ms = dts_ms if is_first else self._ends_ms[kind]
        dts_ms = max(dts_ms, end_ms)
        self._position[kind] += 1
        self._ends_ms[kind] = dts_ms
        packet = MediaPacket(kind, dts_ms, dts_ms - end_ms, self._position[kind], payload, info, now)
        self._remember(packet)
        self._pending.append(packet)

    def _remember(self, packet: MediaPacket) -> None:
        if packet.info.kind in HEADER_KINDS:
            if packet.kind is MediaKind.VIDEO:
                self._has_video = True
            slot = (packet.kind, packet.info.kind, packet.info.track)
            if slot in self._headers or len(self._headers) < MAX_CACHED_HEADERS:
                self._headers[slot] = packet
            return
        if packet.info.kind in CLOCKED_KINDS:
            self._gop.add(packet)
            if packet.kind is MediaKind.VIDEO:
                self._frames += 1
                if packet.info.kind is TagKind.FRAME:
                    self._has_video = True
