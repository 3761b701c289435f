"""The upload of this computer, as all destinations of a relay share it: reads, asks the policy, passes its word on (ADR 0007)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.destination.destination import Destination
from powerstream_desktop.relay.destination.destination_life import CONNECTED_STATES
from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.relay.uplink.congestion import Congestion, Relief
from powerstream_desktop.relay.uplink.demand import DemandMeter
from powerstream_desktop.relay.uplink.following_bitrate import FollowingBitrate
from powerstream_desktop.relay.uplink.uplink_watch import Reading

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderControl:
    """An encoder whose bitrate may follow the upload.

    Attributes:
        video_kbps: what the user chose.
        set_video_kbps: asks for another bitrate; called on the relay's loop, must not block.
    """

    video_kbps: int
    set_video_kbps: Callable[[int], None]


class Uplink:
    """Keeps a relay's destinations within the upload. Owner: the relay, on its loop.

    Args:
        streams: what is sent, by rendition.
        encoder: the one whose bitrate may be changed; None to leave it alone.

    Attributes:
        kbps: what the upload carried when it was last used to the full; None if that never happened, or more has been carried
            since.
        wants_close_watch: True while the next look should come soon.
    """

    def __init__(self, streams: Mapping[Rendition, Stream], encoder: EncoderControl | None) -> None:
        self._meters = {rendition: DemandMeter() for rendition in streams}
        for rendition, stream in streams.items():
            stream.attach(self._meters[rendition])
        self._encoder = encoder
        self._video_kbps = encoder.video_kbps if encoder is not None else None
        self._congestion = Congestion(FollowingBitrate(encoder.video_kbps) if encoder is not None else None)
        self.kbps: int | None = None
        self.wants_close_watch = False

    def look(self, destinations: Iterable[Destination], now: float) -> None:
        """Look at the destinations, which are in the user's order, and do what has to be done."""
        all_of_them = tuple(destinations)
        lights = [each.snapshot(now) for each in all_of_them]
        readings = [self._reading(*each, now) for each in zip(all_of_them, lights, strict=True)]
        relief = self._congestion.look(readings, now)
        for each in all_of_them:
            room = relief.rooms[each.endpoint.name]
            each.make_room(room)
            if relief.helps_until is not None and room is Room.EVERYTHING:
                each.bear(relief.helps_until)
        self._note_measure(relief, carried_kbps=sum(light.bitrate_kbps for light in lights))
        self.wants_close_watch = relief.urgent
        if self._encoder is not None and relief.video_kbps is not None:
            self._ask_for(self._encoder, relief.video_kbps)

    def _ask_for(self, encoder: EncoderControl, video_kbps: int) -> None:
        if video_kbps != self._video_kbps:
            logger.info("The encoder is asked for %s kbit/s", video_kbps)
            self._video_kbps = video_kbps
            encoder.set_video_kbps(video_kbps)

    def _note_measure(self, relief: Relief, *, carried_kbps: int) -> None:
        if relief.uplink_kbps is not None and relief.uplink_kbps != self.kbps:
            logger.info("The upload carries %s kbit/s", relief.uplink_kbps)
        self.kbps = relief.uplink_kbps
        if self.kbps is not None and not relief.urgent and carried_kbps > self.kbps:
            self._congestion.disprove()
            self.kbps = None

    def _reading(self, destination: Destination, light: DestinationSnapshot, now: float) -> Reading:
        endpoint = destination.endpoint
        return Reading(
            name=endpoint.name,
            priority=endpoint.priority,
            connected=light.state in CONNECTED_STATES,
            lag_ms=light.queue_ms,
            taken_bytes=light.bytes_sent,
            demand=self._meters[endpoint.rendition].demand(now),
        )
