"""One stream inside the relay: takes a publisher's messages in, hands bursts of packets to every consumer (DESIGN 4).

The fan-out never awaits and never copies a payload. A consumer that joins late gets the stream's headers, and, if it asks,
the running group of pictures, so that it can start on a whole picture (rtmp.md 3.2).

When the publisher vanishes, a bridge stands in for it (``supply_states``, ``bridge``, ``homecoming``). What it gives goes the
way of everything that a publisher sends, so no consumer knows or needs to know.

Owner: the relay's event loop. Nothing here is touched by another thread.
"""

from __future__ import annotations

from collections.abc import Iterable

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.relay.bridge.bridge import Bridge, Standstill
from powerstream_desktop.relay.bridge.frame import BridgedFrame
from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.relay.bridge.sound import SoundSeam
from powerstream_desktop.relay.rate import RateMeter
from powerstream_desktop.relay.snapshot import IngestSnapshot
from powerstream_desktop.relay.stream.audience import Audience, Consumer, Witness
from powerstream_desktop.relay.stream.burst_builder import BurstBuilder, Weight
from powerstream_desktop.relay.stream.gop_cache import GopCache
from powerstream_desktop.relay.stream.homecoming import HeldHeader, Homecoming
from powerstream_desktop.relay.stream.stream_headers import HEADER_KINDS, StreamHeaders, slot_of
from powerstream_desktop.relay.stream.stream_stats import StatsMeter
from powerstream_desktop.relay.stream.supply_states import Supply, SupplyEvent, next_supply
from powerstream_desktop.relay.stream.timeline import Timeline
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

CLOCKED_KINDS = (
    TagKind.FRAME,
    TagKind.UNKNOWN,
)  # no set: looking into one hashes, which Python's enums are slow at
CLOCKED_TRACKS = (MediaKind.AUDIO, MediaKind.VIDEO)
SILENT_S = 2.0
"""Whoever is silent for longer is bridged. A bad network may stall for a second and then delivers all of it, which a bridge
would have to throw away."""
BRIDGE_TICK_S = 0.04
MAX_KEPT_KEYS = 8
"""Tracks whose key frame is kept to be repeated; each may take megabytes."""


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
        self._headers = StreamHeaders()
        self._audience = Audience(name)
        self._outgoing = BurstBuilder()
        self._rate = RateMeter()
        self._stats = StatsMeter()
        self._frames = 0
        self._has_video = False
        self._supply = Supply.NOBODY
        self._begun_at = 0.0
        self._keys: dict[int, MediaPacket] = {}
        """The newest key frame that the publisher sent, by track."""
        self._slate: Slate | None = None
        self._bridge: Bridge | None = None
        self._homecoming: Homecoming | None = None
        self._seam: SoundSeam | None = None

    # The publisher's side.

    @property
    def publishing(self) -> bool:
        """True from the acceptance of a publisher to the end of its broadcast, also while a bridge stands in."""
        return self._supply is not Supply.NOBODY

    @property
    def bridged_since_s(self) -> float | None:
        """Since when a bridge stands in, monotonic seconds: the publisher's last sign of life. ``None`` when none does."""
        return self._bridge.since_s if self._bridge is not None else None

    def start_publish(self) -> None:
        """A publisher's key was accepted: it begins a broadcast, or comes back to one and waits for its cut."""
        begins = self._supply is Supply.NOBODY
        self._supply = next_supply(self._supply, SupplyEvent.ACCEPTED)
        if not begins:
            self._stand_in()
            self._homecoming = Homecoming(keeps_clock=False, expects_picture=self._has_video)
            return
        self._begun_at = self._clock()
        self._headers.clear()
        self._gop.clear()
        self._keys.clear()
        self._has_video = False
        self._seam = None
        self._timeline.start_session()
        self._stats.start_session()
        self._outgoing.start_broadcast()
        self._audience.start()

    def pause_publish(self) -> None:
        """The publisher vanished without a word; it may come back, so a bridge stands in for it."""
        self._supply = next_supply(self._supply, SupplyEvent.LOST)
        self._stand_in()

    def end_publish(self) -> None:
        """The broadcast is over: consumers finish properly."""
        self.hand_out()
        self._supply = next_supply(self._supply, SupplyEvent.ENDED)
        self._bridge = self._homecoming = None
        self._audience.end()

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
        """Hand what was taken to all consumers as one burst; sound alone waits a moment for a picture to ride with."""
        if self._outgoing.is_due(now):
            self.hand_out()

    def hand_out(self) -> None:
        """Hand out at once what was taken. Whoever joins does so first, lest the group and the next burst overlap."""
        burst = self._outgoing.take()
        if burst is None:
            return
        if self._bridge is None:
            self._rate.add(burst.size_bytes, burst.arrived_s)
            self._stats.add(burst)
        self._audience.offer(burst)

    # The bridge's side.

    def keep_up(self, now: float) -> float | None:
        """Do what is due without the publisher: notice its silence, go on with the bridge.

        Returns:
            When to call again, monotonic seconds; ``None`` when nobody publishes.
        """
        if self._supply is Supply.NOBODY:
            return None
        if self._bridge is None:
            heard_at = self._heard_at()
            if heard_at is None:  # it has sent nothing yet that could be missed
                return now + SILENT_S
            if now < heard_at + SILENT_S:
                return heard_at + SILENT_S
            self._supply = next_supply(self._supply, SupplyEvent.FELL_SILENT)
            self._stand_in()
            self._homecoming = Homecoming(keeps_clock=True, expects_picture=self._has_video)
        if self._bridge is not None:
            self._carry(self._bridge.due(now), now)
            self.hand_out()
        return now + BRIDGE_TICK_S

    def use_slate(self, slate: Slate) -> None:
        """Show this from the next bridge on, where it fits what the publisher sent."""
        self._slate = slate

    # The consumers' side.

    def attach(self, consumer: Consumer) -> None:
        """Add a consumer; it gets what comes from now on. See ``headers`` and ``group`` for what came before."""
        if self._audience.add(consumer) and self.publishing:
            self._audience.start(consumer)

    def attach_witness(self, witness: Witness) -> None:
        """Tell somebody who takes no packets of every broadcast that begins and ends from now on."""
        self._audience.add_witness(witness)

    def detach(self, consumer: Consumer) -> None:
        """Remove a consumer; harmless when it is gone already."""
        self._audience.remove(consumer)

    def headers(self) -> tuple[MediaPacket, ...]:
        """Return metadata, then audio and video headers, then colour and channel information, for a consumer that starts."""
        return self._headers.in_order()

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

    def weigh(self) -> Weight:
        """Return what was handed out so far, a bridge's part included."""
        return self._outgoing.weight

    def codecs(self) -> frozenset[str]:
        """Return the codecs of the cached headers."""
        return self._headers.codecs()

    def snapshot(self) -> IngestSnapshot:
        """Return what comes in, for the status display."""
        now = self._clock()
        since_s = self.bridged_since_s
        return IngestSnapshot(
            publishing=self._supply is Supply.PUBLISHER,
            bridging_s=now - since_s if since_s is not None else None,
            video_codec=self._headers.codec(MediaKind.VIDEO),
            audio_codec=self._headers.codec(MediaKind.AUDIO),
            bitrate_kbps=self._rate.kbps(now),
            frames_received=self._frames,
            bytes_received=self._rate.total,
            timeline_folds=self._timeline.folds,
            stats=self._stats.stats(
                now,
                picture=self._headers.get((MediaKind.VIDEO, TagKind.HEADER, 0)),
                sound=self._headers.get((MediaKind.AUDIO, TagKind.HEADER, 0)),
            ),
        )

    # Taking.

    def _take(self, kind: MediaKind, info: TagInfo, timestamp: int, payload: bytes, now: float) -> None:
        if info.kind is TagKind.IGNORE:
            return
        if self._bridge is not None and not self._enters(kind, info, timestamp, payload, now):
            return
        if info.kind in CLOCKED_KINDS:
            if self._seam is not None and kind is MediaKind.AUDIO and not self._joins(timestamp, now):
                return
            dts_ms = self._timeline.place(kind, timestamp, now)
        else:
            dts_ms = self._unclocked_ms(kind)
        packet = self._put(kind, dts_ms, payload, info, now)
        if kind is MediaKind.VIDEO and info.kind in CLOCKED_KINDS:
            self._frames += 1
            if info.is_keyframe and info.kind is TagKind.FRAME:
                self._keep_key(packet)

    def _keep_key(self, packet: MediaPacket) -> None:
        if packet.info.track in self._keys or len(self._keys) < MAX_KEPT_KEYS:
            self._keys[packet.info.track] = packet

    def _unclocked_ms(self, kind: MediaKind) -> int:
        """Return the time of what never drives the clock: headers, metadata, captions."""
        if kind is MediaKind.DATA:
            kind = MediaKind.VIDEO if self._has_video else MediaKind.AUDIO
        return self._timeline.last_ms(kind)

    def _put(self, kind: MediaKind, dts_ms: int, payload: bytes, info: TagInfo, now: float) -> MediaPacket:
        """Make a packet, of the publisher's or the bridge's, and let it wait for the next burst."""
        packet = self._outgoing.add(kind, dts_ms, payload, info, now)
        if info.kind in CLOCKED_KINDS:
            self._gop.add(packet)
            if kind is MediaKind.VIDEO and info.kind is TagKind.FRAME:
                self._has_video = True
        elif info.kind in HEADER_KINDS:
            self._has_video = self._has_video or kind is MediaKind.VIDEO
            self._headers.remember(packet)
        return packet

    # Bridging.

    def _heard_at(self, *kinds: MediaKind) -> float | None:
        """Return when the newest frame of this broadcast came, of any of these tracks; ``None`` before the first."""
        arrivals = (self._timeline.last_arrival_s(kind) for kind in kinds or CLOCKED_TRACKS)
        return max((at for at in arrivals if at is not None and at >= self._begun_at), default=None)

    def _stand_in(self) -> None:
        """Let a bridge take over, or go on if there is one; whoever was about to be cut in is forgotten."""
        self.hand_out()
        self._homecoming = None
        if self._bridge is None:
            self._bridge = Bridge(self._standstill(), self._slate)

    def _standstill(self) -> Standstill:
        heard_at = self._heard_at()
        if heard_at is None:
            heard_at = self._clock()
        picture_at = self._heard_at(MediaKind.VIDEO)
        if picture_at is not None and heard_at - picture_at > SILENT_S:
            picture_at = None  # it ended long before the sound
        measure = MediaKind.AUDIO if picture_at is None else MediaKind.VIDEO
        sound_ms = self._outgoing.end_ms(MediaKind.AUDIO)
        return Standstill(
            heard_at_s=heard_at,
            at_s=heard_at if picture_at is None else picture_at,
            at_ms=self._outgoing.end_ms(measure),
            headers=self.headers(),
            group=self.group(),
            keys=tuple(self._keys.values()),
            sound_ms=None if self._heard_at(MediaKind.AUDIO) is None else sound_ms,
            picture_ms=self._outgoing.end_ms(MediaKind.VIDEO),
            bitrate_kbps=self._rate.kbps(heard_at),
        )

    def _carry(self, frames: Iterable[BridgedFrame], now: float) -> None:
        for frame in frames:
            self._timeline.advance(frame.kind, frame.dts_ms, now)
            self._put(frame.kind, frame.dts_ms, frame.payload, frame.info, now)

    def _enters(self, kind: MediaKind, info: TagInfo, timestamp: int, payload: bytes, now: float) -> bool:
        """Keep what a publisher sends away from the stream until its cut; return True with the frame that is the cut."""
        bridge, homecoming = self._bridge, self._homecoming
        if bridge is None or homecoming is None:
            return False
        if info.kind in HEADER_KINDS:
            homecoming.hold(HeldHeader(kind, info, payload))
        if info.kind not in CLOCKED_KINDS:
            return False
        own_ms = self._timeline.time_by_clock(kind, timestamp) if homecoming.keeps_clock else None
        late_ms = bridge.time_ms(now) - own_ms if own_ms is not None else 0
        if not homecoming.may_enter(kind, info, now, late_ms):
            return False
        self._carry(bridge.due(now), now)
        self.hand_out()
        # A presentation time must not go back either, and pictures of the bridge may have been shown far ahead.
        is_picture = kind is MediaKind.VIDEO
        earliest_ms = bridge.shown_ms + 1 - info.cts_ms if is_picture else bridge.next_sound_ms
        self._timeline.start_session(max(bridge.time_ms(now), earliest_ms))
        self._cut_in(homecoming, now)
        return True

    def _cut_in(self, homecoming: Homecoming, now: float) -> None:
        self._supply = next_supply(self._supply, SupplyEvent.CUT_IN)
        self._bridge = self._homecoming = None
        self._stats.start_session()
        self._gop.clear()
        self._keys.clear()
        known = self._headers
        if not homecoming.keeps_clock:
            self._headers = StreamHeaders()
            self._has_video = False
        for held in homecoming.headers:
            header = known.get(slot_of(held.kind, held.info))
            if header is None or header.payload != held.payload:
                self._put(held.kind, self._unclocked_ms(held.kind), held.payload, held.info, now)
            else:  # everybody has it
                self._headers.remember(header)
                self._has_video = self._has_video or held.kind is MediaKind.VIDEO
        if self._outgoing.has_any(MediaKind.AUDIO):
            self._seam = SoundSeam(self.headers(), self._outgoing.end_ms(MediaKind.AUDIO))

    def _joins(self, timestamp: int, now: float) -> bool:
        """Let the first sound behind a cut follow the silence without overlap or hole; return False to leave it out."""
        at_ms = self._timeline.time_by_clock(MediaKind.AUDIO, timestamp)
        if at_ms is not None and self._seam is not None:  # a sound that is the cut itself follows anyway
            silence = self._seam.join(at_ms)
            if silence is None:
                return False
            self._carry(silence, now)
        self._seam = None
        return True
