"""The program: on every slot of the schedule the pictures that somebody wants, and exactly the sound that belongs beside them.

Knows no clock and no thread: ``run_tick(now)`` makes what is due, so a test drives it as fast as it likes. Sound is asked for by
the schedule and never drives it. Slots that are skipped leave no hole in the sound. Renditions join and leave at the border of
two slots; one that leaves is finished elsewhere (``Feed.leave``). While there is none and nobody watches the preview, nothing is
composed.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from powerstream_desktop.engine.control.reports import RenditionStats
from powerstream_desktop.engine.feed import Feed
from powerstream_desktop.engine.held_frames import HeldFrames
from powerstream_desktop.engine.program_sound import ProgramSound
from powerstream_desktop.engine.schedule import Schedule, Slot
from powerstream_desktop.engine.stage.program_pictures import ProgramPictures
from powerstream_desktop.engine.stage.scene_pictures import Composed
from powerstream_desktop.platforms.endpoint import Rendition

if TYPE_CHECKING:
    import av


class PreviewSink(Protocol):
    """Who watches the program in a window."""

    @property
    def is_watched(self) -> bool:
        """Somebody does."""

    def offer(self, frame: av.VideoFrame, now: float) -> None:
        """Take a composed frame; never waits, never fails."""


class Program:
    """Makes one program.

    Args:
        fps: slots a second.
        keyframe_interval: slots from one key slot to the next.
        epoch_s: monotonic time of slot 0.
        pictures: composes what is on air.
        sound: reads what is to be heard.
        preview: is offered the landscape picture.
    """

    def __init__(
        self,
        *,
        fps: int,
        keyframe_interval: int,
        epoch_s: float,
        pictures: ProgramPictures,
        sound: ProgramSound,
        preview: PreviewSink,
    ) -> None:
        self._fps = fps
        self._pictures = pictures
        self._sound = sound
        self._preview = preview
        self._schedule = Schedule(fps=fps, keyframe_interval=keyframe_interval, epoch_s=epoch_s)
        self._changes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()  # put by any thread
        self._feeds: dict[Rendition, Feed] = {}
        self._held: HeldFrames[Mapping[Rendition, Composed]] = HeldFrames()
        self._is_revoking = False
        self.program_s = 0.0
        """Length of the program so far. Written by the program's thread, read by any."""
        self.frames_late = 0
        """Slots in which a source that keeps the program's pace did not have its picture in time; likewise."""

    @property
    def frames_skipped(self) -> int:
        """Slots that passed without a picture. From any thread."""
        return self._schedule.skipped

    @property
    def delivered(self) -> Mapping[str, int]:
        """Pictures that each source on air has delivered so far. From any thread."""
        return self._pictures.delivered

    @property
    def landscape(self) -> av.VideoFrame | None:
        """The landscape picture that was composed last; ``None`` when none was wanted in the last slot. From any thread."""
        newest = self._held.newest
        composed = None if newest is None else newest.get(Rendition.LANDSCAPE)
        return None if composed is None else composed.frame

    def add(self, feeds: Sequence[Feed]) -> None:
        """Let renditions join with the next slot, all with the same one. From any thread."""
        self._changes.put(lambda: self._feeds.update({feed.rendition: feed for feed in feeds}))

    def remove(self, feeds: Sequence[Feed]) -> None:
        """Let renditions end before the next slot; each tells by ``ended`` when it has. From any thread."""
        self._changes.put(lambda: self._let_go(feeds))

    def run_tick(self, now: float) -> float:
        """Make the next slot if it is due.

        Returns:
            The monotonic time at which to call again; in the past when more is due already.

        Raises:
            SystemFault: an encoder gave up, and no other one is left.
        """
        slot = self._schedule.take(now)
        if slot is not None:
            self._change()
            self._make(slot, now)
        return self._schedule.next_due_s

    def let_go(self) -> tuple[Feed, ...]:
        """Let all renditions end, side by side, and return them; each tells by ``ended`` when it has.

        Nothing may be made afterwards.
        """
        self._change()
        feeds = tuple(self._feeds.values())
        self._let_go(feeds)
        return feeds

    def stats(self, now: float) -> tuple[RenditionStats, ...]:
        """Return the figures of the second past, the landscape first, and begin a new one. On the program's thread."""
        feeds = (self._feeds.get(rendition) for rendition in Rendition)
        return tuple(feed.stats(now) for feed in feeds if feed is not None)

    def waiting(self, rendition: Rendition) -> int:
        """Return how many pictures wait for a rendition's encoder. On the program's thread."""
        feed = self._feeds.get(rendition)
        return 0 if feed is None else feed.waiting

    def _change(self) -> None:
        while not self._changes.empty():
            self._changes.get()()

    def _let_go(self, feeds: Sequence[Feed]) -> None:
        for feed in feeds:
            if self._feeds.get(feed.rendition) is feed:
                del self._feeds[feed.rendition]
            feed.leave()

    def _make(self, slot: Slot, now: float) -> None:
        """Send the pictures first: a viewer waits for them, and nobody for the sound beside them."""
        held_slots = self._sound.held_slots
        wanted = set(self._feeds)
        if self._preview.is_watched:
            wanted.add(Rendition.LANDSCAPE)
        if wanted:
            newest = self._composed(slot, wanted, now)
            self._held.put(slot.index, newest)
            shown = self._held.take(slot.index, held_slots)
            for rendition, feed in self._feeds.items():
                feed.show(shown.get(rendition, newest[rendition]), slot.index, is_key=slot.is_key)
        else:
            self._held.clear()
        sound = self._sound.read(slot.index, held_slots)
        for feed in self._feeds.values():
            feed.play(sound)
        self.program_s = (slot.index + 1) / self._fps

    def _composed(self, slot: Slot, wanted: set[Rendition], now: float) -> Mapping[Rendition, Composed]:
        composed = self._pictures.compose(slot.time_s, wanted)
        self.frames_late += bool(composed.late)
        if composed.revokes_earlier:
            self._revoke()
        self._is_revoking = composed.revokes_earlier
        landscape = composed.frames.get(Rendition.LANDSCAPE)
        if landscape is not None:
            self._preview.offer(landscape.frame, now)
        return composed.frames

    def _revoke(self) -> None:
        """Forget the pictures that wait, and begin with a key frame: a relay that has to bridge, or is joined, shows the newest."""
        self._held.clear()
        if not self._is_revoking:
            for feed in self._feeds.values():
                feed.force_keyframe()
