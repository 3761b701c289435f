"""What leaves through a lane: the connection that carries the stream, and those that are still saying goodbye.

The stream goes to one connection at a time, so that a change from one to the next neither loses nor doubles a packet: at a
*cut* just before a key frame, what comes before it goes to the one that leaves, the rest to the one that comes.

Owner: its ``Lane``, on the relay's loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import TypeAlias

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.relay.destination.lane_watch import LaneWatch
from powerstream_desktop.relay.push.push_feed import PushFeed
from powerstream_desktop.relay.push.push_link import PushLink
from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.push.send_queue import is_video_frame
from powerstream_desktop.relay.rate import RateMeter
from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp.packet import MediaPacket

logger = logging.getLogger(__name__)

_Packets: TypeAlias = Sequence[MediaPacket]
AtCut: TypeAlias = Callable[[], PushLink | None]
"""Called at a cut: returns the connection that goes on behind it, None if none does."""


class Outflow:
    """The connections of one lane and what they have sent.

    Args:
        stream: what is sent; exchanged only while nothing carries.
        clock: the loop's time.
    """

    def __init__(self, stream: Stream, clock: Clock) -> None:
        self.stream = stream
        self._clock = clock
        self.carrier: PushLink | None = None
        self._outlet: PushFeed | None = None
        """Where bursts go: the carrier's feed, until its end begins."""
        self._at_cut: AtCut | None = None
        self._leaving: dict[PushLink, asyncio.Task[None]] = {}
        self._past_frames_sent = 0
        self._past_frames_dropped = 0
        self.room = Room.EVERYTHING
        """How much of the stream is sent; see ``make_room``."""
        self.rate = RateMeter()
        self.watch = LaneWatch(clock())

    def offer(self, burst: Burst) -> None:
        """Pass a burst on; it is lost while nothing carries, which is what the running group is for."""
        if self._at_cut is not None and self._cuts(burst.packets):
            return
        outlet = self._outlet
        if outlet is not None:
            outlet.offer(burst)

    def carry(self, link: PushLink) -> None:
        """Let a connection carry the stream."""
        self.watch = LaneWatch(self._clock(), self.frames_dropped)
        self.carrier = link
        self._outlet = link.feed
        link.feed.shed(self.room)

    def cut_at_key_frame(self, at_cut: AtCut) -> None:
        """Prepare a change of connections just before the next key frame, or at once if the stream has no picture."""
        self._at_cut = at_cut

    @property
    def is_to_be_cut(self) -> bool:
        """True while a change of connections is prepared."""
        return self._at_cut is not None

    def keep_whole(self) -> None:
        """No change of connections after all."""
        self._at_cut = None

    def make_room(self, room: Room) -> None:
        """Send only what ``room`` leaves, now and on connections to come."""
        if room is not self.room:
            self.room = room
            if self.carrier is not None:
                self.carrier.feed.shed(room)

    def bear(self, until: float) -> None:
        """Let the carrier drop nothing before ``until`` (the clock's time): others make room for it."""
        if self.carrier is not None:
            self.carrier.feed.bear(until)

    @property
    def makes_room(self) -> bool:
        """True while pictures are left out for the sake of others."""
        return self.room is not Room.EVERYTHING

    def close(self) -> None:
        """Take nothing more of the stream; the carrier stands until it is ``dismiss``ed or lost."""
        self._at_cut = None
        self._outlet = None

    def lose(self) -> None:
        """The carrier is gone."""
        self.close()
        if self.carrier is not None:
            self._count(self.carrier)
            self.carrier = None

    def dismiss(self) -> None:
        """Let the carrier send what is queued and say goodbye, in the background; at most 2 s."""
        self.close()
        link, self.carrier = self.carrier, None
        if link is not None:
            self.farewell(link)

    def farewell(self, link: PushLink) -> None:
        """End a connection that carries nothing properly, in the background."""
        task = asyncio.get_running_loop().create_task(link.finish(), name="farewell")
        self._leaving[link] = task
        task.add_done_callback(lambda ended: self._left(link, ended))

    async def wait_for_farewells(self) -> None:
        """Wait until every goodbye has been said; at most 2 s."""
        if self._leaving:
            await asyncio.wait(self._leaving.values())

    @property
    def frames_sent(self) -> int:
        """Video frames handed to connections so far."""
        return self._past_frames_sent + sum(link.feed.frames_sent for link in self._links())

    @property
    def frames_dropped(self) -> int:
        """Video frames left out so far because the platform was slow or had to make room."""
        return self._past_frames_dropped + sum(link.feed.queue.dropped_frames for link in self._links())

    @property
    def lag_ms(self) -> int:
        """Media time that the platform has not acknowledged."""
        return self.carrier.feed.lag_ms() if self.carrier is not None else 0

    @property
    def is_smooth(self) -> bool:
        """True while nothing waits and nothing is refused."""
        return self.carrier is None or self.carrier.feed.queue.is_idle

    def look(self, now: float) -> int:
        """See what the platform has taken; return the new bytes. May lose the carrier, if it takes nothing any more."""
        link = self.carrier
        if link is None:
            return 0
        newly_taken = link.observe(now)
        if self.carrier is not link:
            return 0
        self.rate.add(newly_taken, now)
        ledger = link.feed.ledger
        all_taken = ledger.acknowledged >= ledger.written and not link.feed.queue
        self.watch.note(now, newly_taken=newly_taken, all_taken=all_taken, frames_dropped=self.frames_dropped)
        return newly_taken

    def _links(self) -> tuple[PushLink, ...]:
        return (*self._leaving, self.carrier) if self.carrier is not None else tuple(self._leaving)

    def _cuts(self, packets: _Packets) -> bool:
        """Make the prepared change if these packets hold its place; tell whether they did."""
        cut = _key_frame_at(packets) if self.stream.has_video else 0
        at_cut = self._at_cut
        if cut is None or at_cut is None:
            return False
        if self._outlet is not None:
            self._outlet.push(packets[:cut])
        self.dismiss()
        successor = at_cut()
        if successor is not None:
            self.carry(successor)
            successor.take_over(packets[cut:])
        return True

    def _count(self, link: PushLink) -> None:
        self._past_frames_sent += link.feed.frames_sent
        self._past_frames_dropped += link.feed.queue.dropped_frames

    def _left(self, link: PushLink, farewell: asyncio.Task[None]) -> None:
        del self._leaving[link]
        self._count(link)
        if not farewell.cancelled() and (error := farewell.exception()):
            logger.error("A goodbye could not be said", exc_info=error)


def _key_frame_at(packets: _Packets) -> int | None:
    """Return where the first key frame stands, None if there is none; of several tracks the first one's counts."""
    for place, packet in enumerate(packets):
        if is_video_frame(packet) and packet.info.is_keyframe and not packet.info.track:
            return place
    return None
