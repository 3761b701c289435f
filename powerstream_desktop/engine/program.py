"""The program: on every slot of the schedule one picture, and exactly the sound that belongs beside it.

Knows no clock and no thread: ``run_tick(now)`` makes what is due, so a test drives it as fast as it likes.
Sound is asked for by the schedule and never drives it. Slots that are skipped leave no hole in the sound.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.counters import Counters
from powerstream_desktop.engine.flv_output import FLVOutput
from powerstream_desktop.engine.picture import PictureSource
from powerstream_desktop.engine.protocol import Stats
from powerstream_desktop.engine.schedule import Schedule, Slot
from powerstream_desktop.engine.sound import SAMPLE_RATE, SoundSource
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.messages import MessageType

SOUND_BACKLOG_S: Final = 2.0
"""Sound made up after a stall; what is older is left out, as a process that slept for an hour must not replay it."""

Send = Callable[[Sequence[FLVTag]], None]
"""Takes tags in order; never blocks."""


class Program:
    """Composes and encodes one program.

    Args:
        config: of the program.
        picture: an opened source.
        sound: an opened source.
        output: the encoders; finished by ``finish``.
        send: where the tags go.
        epoch_s: monotonic time of slot 0.
        stopwatch: monotonic seconds, to measure encoding with.
    """

    def __init__(
        self,
        config: EngineConfig,
        *,
        picture: PictureSource,
        sound: SoundSource,
        output: FLVOutput,
        send: Send,
        epoch_s: float,
        stopwatch: Clock,
    ) -> None:
        self._fps = config.fps
        self._picture = picture
        self._sound = sound
        self._output = output
        self._send = send
        self._stopwatch = stopwatch
        self._schedule = Schedule(fps=config.fps, keyframe_interval=config.keyframe_interval, epoch_s=epoch_s)
        self._counters = Counters()
        self._last_serial = 0
        self._sound_position = 0
        self._program_s = 0.0
        self._is_key_wanted = threading.Event()  # set by any thread, cleared by the program's
        self._video_kbps = config.video_bitrate_kbps
        self._wanted_kbps = config.video_bitrate_kbps  # written by any thread, read by the program's

    @property
    def frames_made(self) -> int:
        """Frames encoded so far."""
        return self._counters.frames_made

    @property
    def frames_skipped(self) -> int:
        """Slots that passed without a frame."""
        return self._schedule.skipped

    def force_keyframe(self) -> None:
        """Make the next frame a key frame. From any thread."""
        self._is_key_wanted.set()

    def set_bitrate(self, video_kbps: int) -> None:
        """Give the pictures this bitrate in kbit/s from the next one on. From any thread."""
        self._wanted_kbps = video_kbps

    def run_tick(self, now: float) -> float:
        """Make the next slot if it is due.

        Returns:
            The monotonic time at which to call again; in the past when more is due already.

        Raises:
            SystemFault: the encoder gave up.
        """
        slot = self._schedule.take(now)
        if slot is not None:
            self._make(slot)
        return self._schedule.next_due_s

    def finish(self) -> None:
        """Send what the encoders still hold and end the stream. Nothing may be made afterwards."""
        self._send(self._output.finish())

    def sum_up(self, now: float, *, dropped: int, queue_ms: int) -> Stats:
        """Return the counters of the second past and begin a new one."""
        return self._counters.sum_up(
            now,
            program_s=self._program_s,
            skipped=self._schedule.skipped,
            dropped=dropped,
            queue_ms=queue_ms,
            delivered=self._picture.delivered,
            video_target_kbps=self._video_kbps,
        )

    def _make(self, slot: Slot) -> None:
        picture = self._picture.picture_at(slot.time_s)
        is_key = slot.is_key
        if self._is_key_wanted.is_set():
            self._is_key_wanted.clear()
            is_key = True
        wanted_kbps = self._wanted_kbps
        if wanted_kbps != self._video_kbps:
            self._video_kbps = wanted_kbps
            self._output.set_bitrate(wanted_kbps)
        begin_s = self._stopwatch()
        tags = self._output.encode_picture(picture.frame, slot.index, is_key=is_key)
        encode_ms = (self._stopwatch() - begin_s) * 1000
        self._counters.frame_made(encode_ms=encode_ms, repeated=picture.serial == self._last_serial)
        self._last_serial = picture.serial
        tags += self._make_sound(slot)
        self._counters.video_made(sum(len(tag.payload) for tag in tags if tag.type == MessageType.VIDEO))
        self._program_s = (slot.index + 1) / self._fps
        self._send(tags)

    def _make_sound(self, slot: Slot) -> list[FLVTag]:
        """Encode the sound up to the end of the slot."""
        end = (slot.index + 1) * SAMPLE_RATE // self._fps
        start = max(self._sound_position, end - round(SOUND_BACKLOG_S * SAMPLE_RATE))
        self._sound_position = end
        return self._output.encode_sound(self._sound.read(start, end - start), start)
