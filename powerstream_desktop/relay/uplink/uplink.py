"""The upload of this computer, as all destinations of a relay share it: reads, asks the policy, passes its word on (ADR 0007)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.destination.destination import Destination
from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.relay.uplink.congestion import Congestion, Relief
from powerstream_desktop.relay.uplink.demand import Demand, DemandMeter
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
        self._meters = {rendition: DemandMeter(stream.weigh) for rendition, stream in streams.items()}
        self._encoder = encoder
        self._video_kbps = encoder.video_kbps if encoder is not None else None
        self._congestion = Congestion(FollowingBitrate(encoder.video_kbps) if encoder is not None else None)
        self.kbps: int | None = None
        self.wants_close_watch = False

    def look(self, destinations: Iterable[Destination], now: float) -> None:
        """Look at the destinations, which are in the user's order, and do what has to be done."""
        all_of_them = tuple(destinations)
        demands = {rendition: meter.demand(now) for rendition, meter in self._meters.items()}
        relief = self._congestion.look([_reading(each, demands) for each in all_of_them], now)
        for each in all_of_them:
            room = relief.rooms[each.endpoint.name]
            each.make_room(room)
            if relief.helps_until is not None and room is Room.EVERYTHING:
                each.bear(relief.helps_until)
        self._note_measure(relief, all_of_them, now)
        self.wants_close_watch = relief.urgent
        if self._encoder is not None and relief.video_kbps is not None:
            self._ask_for(self._encoder, relief.video_kbps)

    def _ask_for(self, encoder: EncoderControl, video_kbps: int) -> None:
        if video_kbps != self._video_kbps:
            logger.info("The encoder is asked for %s kbit/s", video_kbps)
            self._video_kbps = video_kbps
            encoder.set_video_kbps(video_kbps)

    def _note_measure(self, relief: Relief, destinations: Iterable[Destination], now: float) -> None:
        if relief.uplink_kbps is not None and relief.uplink_kbps != self.kbps:
            logger.info("The upload carries %s kbit/s", relief.uplink_kbps)
        self.kbps = relief.uplink_kbps
        if self.kbps is None or relief.urgent:
            return
        if sum(each.taken_kbps(now) for each in destinations) > self.kbps:
            self._congestion.disprove()
            self.kbps = None


def _reading(destination: Destination, demands: Mapping[Rendition, Demand]) -> Reading:
    endpoint = destination.endpoint
    return Reading(
        name=endpoint.name,
        priority=endpoint.priority,
        connected=destination.is_connected,
        lag_ms=destination.lag_ms,
        taken_bytes=destination.taken_bytes,
        demand=demands[endpoint.rendition],
    )
