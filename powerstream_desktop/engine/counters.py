"""The program's counters: totals since the start, times and rates of the second past. Pure."""

from __future__ import annotations

from powerstream_desktop.engine.protocol import Stats


class Counters:
    """Gathers what the program does and sums it up once a second. Owned by the program's thread."""

    def __init__(self) -> None:
        self.frames_made = 0
        self.frames_repeated = 0
        self._encode_ms: list[float] = []
        self._video_bytes = 0
        self._delivered_before = 0
        self._since_s: float | None = None

    def frame_made(self, *, encode_ms: float, repeated: bool) -> None:
        """Count one frame."""
        self.frames_made += 1
        self.frames_repeated += repeated
        self._encode_ms.append(encode_ms)

    def video_made(self, size_bytes: int) -> None:
        """Count the bytes of one encoded picture."""
        self._video_bytes += size_bytes

    def sum_up(
        self,
        now: float,
        *,
        program_s: float,
        skipped: int,
        dropped: int,
        queue_ms: int,
        delivered: int,
        video_target_kbps: int,
    ) -> Stats:
        """Return the sums and begin a new second.

        Args:
            now: monotonic seconds.
            program_s: length of the program so far.
            skipped: slots skipped since the start.
            dropped: frames dropped in front of the relay since the start.
            queue_ms: media time waiting to be sent.
            delivered: pictures the source has delivered since the start.
            video_target_kbps: what the encoder is set to.
        """
        elapsed_s = now - self._since_s if self._since_s is not None else 0.0
        per_second = 1 / elapsed_s if elapsed_s > 0 else 0.0
        stats = Stats(
            program_s=round(program_s, 3),
            frames_made=self.frames_made,
            frames_repeated=self.frames_repeated,
            frames_skipped=skipped,
            frames_dropped=dropped,
            encode_mean_ms=round(sum(self._encode_ms) / max(1, len(self._encode_ms)), 2),
            encode_max_ms=round(max(self._encode_ms, default=0.0), 2),
            queue_ms=queue_ms,
            capture_fps=round((delivered - self._delivered_before) * per_second, 1),
            video_kbps=round(self._video_bytes * 8 / 1000 * per_second, 1),
            video_target_kbps=video_target_kbps,
        )
        self._encode_ms.clear()
        self._video_bytes = 0
        self._delivered_before = delivered
        self._since_s = now
        return stats
