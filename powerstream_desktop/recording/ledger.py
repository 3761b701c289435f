"""What became of the files of a recording, and of the holes between them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from powerstream_desktop.recording.snapshot import GapReason, RecordingGap, RecordingPart


@dataclass(frozen=True, slots=True, kw_only=True)
class _Break:
    """A hole whose end is not known yet; times on the stream's timeline."""

    reason: GapReason
    start_ms: int
    frames: int
    left_out_before: int


class PartLedger:
    """Keeps account of the files that take no more frames, by their numbers. Used by the writer thread."""

    def __init__(self) -> None:
        self._parts: dict[int, RecordingPart] = {}
        self._durable_ms: dict[int, int] = {}
        self._break: _Break | None = None
        self.parts: tuple[RecordingPart, ...] = ()
        """The files in order."""
        self.gaps: tuple[RecordingGap, ...] = ()
        """The holes between files, oldest first; one that has not ended is not among them."""
        self.duration_ms = 0
        """Media in all files, in milliseconds."""
        self.durable_ms = 0
        """What of that would survive a power cut."""
        self.size_bytes = 0
        """Bytes in all files."""

    @property
    def end_ms(self) -> int:
        """Where the newest file ends, counted from where the recording begins; 0 while there is none."""
        if not self.parts:
            return 0
        return round(1000 * (self.parts[-1].begins_s + self.parts[-1].duration_s))

    def add(self, number: int, part: RecordingPart, *, durable_ms: int) -> None:
        """Take a file that takes no more frames; it is not finished yet, or never will be."""
        self._parts[number] = part
        self._durable_ms[number] = durable_ms
        self._sum_up()

    def note_finished(self, number: int, path: Path, size_bytes: int) -> None:
        """Note that a file is whole, safe on the disk and has its final name."""
        part = replace(self._parts[number], path=path, size_bytes=size_bytes, is_finished=True)
        self._parts[number] = part
        self._durable_ms[number] = round(part.duration_s * 1000)
        self._sum_up()

    def begin_gap(self, reason: GapReason, *, start_ms: int, frames: int = 0, left_out: int) -> None:
        """Note that from now on frames are missing; a hole that has not ended goes on instead.

        Args:
            reason: what makes it.
            start_ms: its first moment, on the stream's timeline.
            frames: how many frames it has swallowed already.
            left_out: how many frames had been left out of the recording before.
        """
        if self._break is None:
            self._break = _Break(reason=reason, start_ms=start_ms, frames=frames, left_out_before=left_out)

    def end_gap(self, *, end_ms: int, origin_ms: int, left_out: int) -> None:
        """Note that a file begins; harmless if nothing is missing.

        Args:
            end_ms: where it begins, on the stream's timeline.
            origin_ms: where the recording begins.
            left_out: how many frames have been left out of the recording so far.
        """
        gone, self._break = self._break, None
        if gone is None or end_ms <= gone.start_ms:
            return
        is_wanted = gone.reason is not GapReason.PAUSED
        gap = RecordingGap(
            start_s=(gone.start_ms - origin_ms) / 1000,
            duration_s=(end_ms - gone.start_ms) / 1000,
            dropped_frames=gone.frames + left_out - gone.left_out_before if is_wanted else 0,
            reason=gone.reason,
        )
        self.gaps = (*self.gaps, gap)

    def _sum_up(self) -> None:
        """Once for each file, and not whenever somebody asks: the writer does with every batch of packets."""
        self.parts = tuple(self._parts[number] for number in sorted(self._parts))
        self.duration_ms = sum(round(part.duration_s * 1000) for part in self.parts)
        self.durable_ms = sum(self._durable_ms.values())
        self.size_bytes = sum(part.size_bytes for part in self.parts)
