"""Cuts a stream into segments: at key frames where there are any, by time where there are none (rtmp.md 3.9).

A segment ends at the first key frame that comes about 2 s after its begin. There are encoders that send key frames rarely or
never (intra refresh), and streams without a picture: those are cut after 4.4 s wherever they are, and a segment that does not
begin with a key frame ends at the next one, so that a player that joins need not wait.

When codec settings change, frames with the new ones wait for the segment to come: the other track goes on in the old one up to
the next key frame, so no frame is lost and none is in two segments. Behind a hole in time, and with a new broadcast,
everything begins anew with a key frame; should none come, it begins without one in the end.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from powerstream_desktop.relay.hls.clocks import PictureClock, SoundClock
from powerstream_desktop.relay.hls.draft import Draft
from powerstream_desktop.relay.hls.segment import Sample, Segment, SegmentTracks
from powerstream_desktop.relay.hls.tracks import PictureTrack, SoundTrack, UnplayableError, track_of
from powerstream_desktop.rtmp.flv.nal import is_random_access
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

EARLIEST_CUT_MS: Final = 1_900
"""Two seconds, less what whole milliseconds and an encoder's idea of two seconds may lack."""
KEY_FRAME_WAIT_MS: Final = 10_000
"""How long to wait for a key frame: longer than any sensible distance of two."""
REMNANT_MS: Final = 1_000
"""A segment shorter than this may lack a track by chance: no reason to set players up anew."""
_NAL_CODECS: Final = frozenset({"avc1", "hvc1"})


class Segmenter:
    """Reads packets in the order they come, and returns each segment when it is complete. Pure; not thread-safe."""

    def __init__(self) -> None:
        self.refusals: dict[MediaKind, UnplayableError] = {}
        """Why a track that was announced is left out."""
        self._picture: PictureTrack | None = None
        self._sound: SoundTrack | None = None
        self._picture_clock = PictureClock()
        self._sound_clock: SoundClock | None = None
        self._draft: Draft | None = None
        self._previous: Segment | None = None
        self._is_continuous = False
        """Whether the draft to come follows on the previous segment."""
        self._is_decodable = False
        """Whether players have got every picture that the next one may refer to."""
        self._waiting_since_ms: int | None = None
        """Since when something was left out because a key frame has to come first."""

    def receive(self, packet: MediaPacket) -> Segment | None:
        """Take the next packet of any kind; return the segment that it completes, if it does."""
        if packet.kind is MediaKind.DATA or packet.info.track:
            return None
        if packet.info.kind is TagKind.HEADER:
            self._announce(packet)
            return None
        if packet.info.kind is not TagKind.FRAME or len(packet.payload) <= packet.info.body_offset:
            return None
        finished = None
        if self._draft is not None and self._draft.breaks_before(packet):
            finished = self.break_off()
        if packet.kind is MediaKind.VIDEO:
            return self._take_picture(packet) or finished
        return self._take_sound(packet) or finished

    def break_off(self) -> Segment | None:
        """End the growing segment where it is, and return it if there is one; what comes next does not follow on it.

        Sound that was waiting for a segment with new settings is left out.
        """
        draft, self._draft = self._draft, None
        finished = self._finished(draft, draft.length_ms) if draft is not None else None
        self._is_continuous = False
        self._is_decodable = False
        self._waiting_since_ms = None
        return finished

    def _announce(self, header: MediaPacket) -> None:
        self.refusals.pop(header.kind, None)
        try:
            track = track_of(header)
        except UnplayableError as refusal:
            self.refusals[header.kind] = refusal
            if header.kind is MediaKind.VIDEO:
                self._picture = None
            else:
                self._sound = None
            return
        if isinstance(track, PictureTrack):
            self._picture = track
        elif track != self._sound:
            self._sound = track
            self._sound_clock = SoundClock(track.sample_rate, track.frame_samples)

    def _take_picture(self, packet: MediaPacket) -> Segment | None:
        track, draft = self._picture, self._draft
        if track is None or track.codec != packet.info.codec:
            return None
        is_new = draft is not None and draft.picture is not None and draft.picture != track
        is_due = (
            draft is None
            or is_new
            or bool(draft.held)
            or not draft.is_independent
            or draft.elapsed_ms(packet) >= EARLIEST_CUT_MS
        )
        is_sync = _is_sync(packet, track, is_looked_for=is_due)
        if not is_sync and (is_new or not self._is_decodable) and self._waits_for_key_frame(packet):
            return None
        finished = None
        if draft is None or is_new or (is_due and is_sync) or not draft.has_room_for(packet):
            draft, finished = self._turn(packet)
        dts, offset = self._picture_clock.place(packet.dts_ms, packet.info.cts_ms)
        draft.add_picture(Sample(packet, dts, offset, is_sync), track)
        self._is_decodable = True
        self._waiting_since_ms = None
        return finished

    def _take_sound(self, packet: MediaPacket) -> Segment | None:
        track, draft = self._sound, self._draft
        if track is None or track.codec != packet.info.codec:
            return None
        if draft is None and self._picture is not None and self._waits_for_key_frame(packet):
            return None
        is_new = draft is not None and draft.sound is not None and draft.sound != track
        finished = None
        if draft is None or not draft.has_room_for(packet) or (is_new and not draft.has_pictures):
            draft, finished = self._turn(packet)
        elif is_new:
            draft.hold(packet, track)
            return None
        self._add_sound(draft, packet, track)
        return finished

    def _waits_for_key_frame(self, packet: MediaPacket) -> bool:
        """Tell whether ``packet`` is left out because a key frame should come first, and may still come."""
        if self._waiting_since_ms is None:
            self._waiting_since_ms = packet.dts_ms
        return packet.dts_ms - self._waiting_since_ms < KEY_FRAME_WAIT_MS

    def _add_sound(self, draft: Draft, packet: MediaPacket, track: SoundTrack) -> None:
        if self._sound_clock is not None:
            draft.add_sound(Sample(packet, self._sound_clock.place(packet.dts_ms)), track)

    def _turn(self, packet: MediaPacket) -> tuple[Draft, Segment | None]:
        """Begin a new draft with ``packet``; return it and the segment before it."""
        old = self._draft
        finished = self._finished(old, old.elapsed_ms(packet)) if old is not None else None
        began_s = packet.arrived_s
        if self._is_continuous and self._previous is not None:
            began_s = self._previous.began_s + self._previous.duration_ms / 1000
        draft = Draft(began_s, is_discontinuous=not self._is_continuous)
        for held, track in old.held if old is not None else ():
            if track == self._sound:
                self._add_sound(draft, held, track)
        self._draft = draft
        self._is_continuous = True
        return draft, finished

    def _finished(self, draft: Draft, duration_ms: int) -> Segment:
        segment = draft.finished(duration_ms)
        previous = self._previous
        if previous is not None and segment.duration_ms < REMNANT_MS:
            segment = replace(segment, tracks=_completed(segment.tracks, previous.tracks))
        if segment.tracks.picture is None:
            self._is_decodable = False  # players are set up for sound alone now
        self._previous = segment
        return segment


def _completed(tracks: SegmentTracks, previous: SegmentTracks) -> SegmentTracks:
    """Return the previous segment's tracks if these are some of them."""
    is_part = tracks.picture in (None, previous.picture) and tracks.sound in (None, previous.sound)
    return previous if is_part else tracks


def _is_sync(packet: MediaPacket, track: PictureTrack, *, is_looked_for: bool) -> bool:
    """Tell whether decoding can start at a picture.

    Tag headers are known to lie (rtmp.md 2.6), so its NAL units are asked: when it is called a key frame, and, for encoders
    that only send recovery points, whenever one is looked for.
    """
    info = packet.info
    if track.codec not in _NAL_CODECS:
        return info.is_keyframe
    if not (info.is_keyframe or is_looked_for):
        return False
    return is_random_access(
        track.codec, packet.payload, info.body_offset, info.body_end, length_size=track.nal_length_size
    )
