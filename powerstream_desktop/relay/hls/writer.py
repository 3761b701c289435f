"""What the HLS thread does: segments in, files out. It knows no thread, so that its tests need none.

A fault of the disk costs the segment at hand, and nothing else: the next one is tried as if nothing had been.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.relay.hls.folder import HLSFolder
from powerstream_desktop.relay.hls.init_segment import init_segment
from powerstream_desktop.relay.hls.media_segment import media_segment
from powerstream_desktop.relay.hls.playlist import PLAYLIST_NAME, Entry, Playlist, init_name, segment_name
from powerstream_desktop.relay.hls.segment import Segment, SegmentTracks
from powerstream_desktop.relay.hls.snapshot import HLSCause

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterProgress:
    """How far the writer is; the attributes are those of ``HLSSnapshot``, as far as the disk has a part in them."""

    has_playlist: bool = False
    codecs: str = ""
    segments: int = 0
    segments_lost: int = 0
    is_ended: bool = False
    cause: HLSCause | None = None


class SegmentWriter:
    """Writes the segments of a stream. Used by one thread.

    Args:
        folder: where, prepared.
        first_number: of the first segment.
        wall_time: returns the wall time, with its zone, of a moment in monotonic seconds.
    """

    def __init__(self, folder: HLSFolder, first_number: int, wall_time: Callable[[float], datetime]) -> None:
        self._folder = folder
        self._next_number = first_number
        self._wall_time = wall_time
        self._playlist = Playlist()
        self._tracks: SegmentTracks | None = None
        """What the newest initialisation segment describes."""
        self._init_number = first_number
        self._is_continuous = True
        """Whether the last segment is on the disk."""
        self.progress = WriterProgress()
        """Replaced as a whole by the thread that writes; any thread may read it."""

    def write(self, segment: Segment) -> None:
        """Write a segment and the playlist with it. Blocks as long as the disk does; never raises for what it does."""
        number = self._next_number
        self._next_number += 1  # a number never comes again, also that of a segment that could not be written
        try:
            is_new_init = self._write_init(segment.tracks, number)
            is_first = self.progress.segments == 0
            parts = media_segment(segment, number, has_new_settings=is_new_init and not is_first)
            self._folder.write(segment_name(number), parts)
        except PowerStreamError as fault:
            self._is_continuous = False
            self.fail(fault)
            self.progress = replace(self.progress, segments_lost=self.progress.segments_lost + 1)
            return
        is_break = segment.is_discontinuous or is_new_init or not self._is_continuous
        self._playlist.add(
            Entry(
                number=number,
                init_number=self._init_number,
                duration_ms=segment.duration_ms,
                began_at=self._wall_time(segment.began_s),
                is_independent=segment.is_independent,
                is_discontinuous=is_break and not is_first,
            )
        )
        self._is_continuous = True
        self.progress = replace(
            self.progress,
            codecs=segment.tracks.codec_strings,
            segments=self.progress.segments + 1,
            is_ended=False,
        )
        self._write_playlist()

    def end(self) -> None:
        """Say in the playlist that the broadcast is over; harmless when there was none."""
        if self.progress.segments == 0 or self.progress.is_ended:
            return
        self._playlist.end()
        self.progress = replace(self.progress, is_ended=True)
        self._write_playlist()

    def fail(self, fault: PowerStreamError) -> None:
        """Show ``fault`` until a playlist is written again."""
        cause = HLSCause.of(fault)
        if cause != self.progress.cause:
            logger.warning("HLS cannot be written: %s (%s)", fault.title, fault.detail)
        self.progress = replace(self.progress, cause=cause)

    def _write_init(self, tracks: SegmentTracks, number: int) -> bool:
        """Write an initialisation segment if these tracks need another one; tell whether they did."""
        if tracks == self._tracks:
            return False
        self._folder.write(init_name(number), [init_segment(tracks)])
        self._tracks, self._init_number = tracks, number
        return True

    def _write_playlist(self) -> None:
        try:
            self._folder.write(PLAYLIST_NAME, [self._playlist.text().encode()])
        except PowerStreamError as fault:
            self.fail(fault)
            return
        self._folder.remove(self._playlist.take_expired())
        self.progress = replace(self.progress, has_playlist=True, cause=None)
