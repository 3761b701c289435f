"""One rendition on its way out: what the program composed is encoded and handed to a publisher, slot by slot.

Belongs to the program's thread from the slot at which it joins to the one at which it leaves, and to a thread of its own from then
on: an encoder may take two seconds for what it still holds, and the renditions that stay must not wait for that. Key frames and
bitrates are asked for from any thread and obeyed with the next picture.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.engine.control.reports import RenditionStats
from powerstream_desktop.engine.counters import Counters
from powerstream_desktop.engine.program_sound import SoundBlock
from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.engine.stage.scene_pictures import Composed
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.messages import MessageType

if TYPE_CHECKING:
    import av

log = logging.getLogger(__name__)

LEAVE_S: Final = 2.5
"""For feeds to hand over what their encoders hold: an encoder is given two seconds for that, and then its sound follows."""


class FeedOutput(Protocol):
    """What encodes; its methods are called by one thread."""

    def encode_picture(self, frame: av.VideoFrame, slot: int, *, is_key: bool) -> list[FLVTag]:
        """Encode the picture of a slot; return the tags that are complete."""

    def encode_sound(self, samples: Samples, position: int) -> list[FLVTag]:
        """Encode samples; return the tags that are complete."""

    def set_bitrate(self, video_kbps: int) -> None:
        """Encode the pictures to come at this rate."""

    def finish(self) -> list[FLVTag]:
        """Return what is still held, and end."""


class EncoderFigures(Protocol):
    """What is told of the encoder."""

    @property
    def name(self) -> str:
        """Of the one in use."""

    @property
    def skipped(self) -> int:
        """Slots that got no picture, because the encoder was too slow or failed."""

    @property
    def waiting(self) -> int:
        """Pictures that were given and not taken yet."""


class TagSink(Protocol):
    """Where the tags go: a publisher."""

    @property
    def dropped_frames(self) -> int:
        """Pictures that the relay did not take."""

    @property
    def queue_ms(self) -> int:
        """Media time made and not yet sent."""

    def put(self, tags: Sequence[FLVTag], /) -> None:
        """Take tags in order; never blocks."""


class Feed:
    """One rendition on air.

    Args:
        rendition: which one.
        output: the encoders; finished by ``leave``.
        sink: where the tags go.
        encoder: the output's, for the figures.
        video_kbps: what the encoder was opened for.
        stopwatch: monotonic seconds, to measure encoding with.
    """

    def __init__(
        self,
        rendition: Rendition,
        output: FeedOutput,
        sink: TagSink,
        *,
        encoder: EncoderFigures,
        video_kbps: int,
        stopwatch: Clock,
    ) -> None:
        self.rendition = rendition
        self._output = output
        self._sink = sink
        self._encoder = encoder
        self._stopwatch = stopwatch
        self._counters = Counters(stopwatch())
        self._is_key_wanted = threading.Event()  # set by any thread, cleared by the program's
        self._video_kbps = video_kbps
        self._wanted_kbps = video_kbps  # written by any thread, read by the program's
        self._leaving = threading.Thread(target=self._finish, name=f"leaving-{rendition.value}", daemon=True)
        # Both by the leaving thread, the fault first; read by any once ``ended`` is set.
        self.fault: Exception | None = None
        self.ended = threading.Event()

    @property
    def frames_made(self) -> int:
        """Pictures encoded so far: what the encoder skipped is none. From any thread."""
        return self._counters.frames_given - self._encoder.skipped

    @property
    def waiting(self) -> int:
        """Pictures that wait for the encoder. On the program's thread."""
        return self._encoder.waiting

    def force_keyframe(self) -> None:
        """Make the next picture a key frame. From any thread."""
        self._is_key_wanted.set()

    def set_bitrate(self, video_kbps: int) -> None:
        """Give the pictures this bitrate in kbit/s from the next one on. From any thread."""
        self._wanted_kbps = video_kbps

    def show(self, composed: Composed, slot: int, *, is_key: bool) -> None:
        """Encode the picture of a slot, and send it before anything else is done in that slot.

        Raises:
            SystemFault: the encoder gave up, and no other one is left.
        """
        if self._is_key_wanted.is_set():
            self._is_key_wanted.clear()
            is_key = True
        wanted_kbps = self._wanted_kbps
        if wanted_kbps != self._video_kbps:
            self._video_kbps = wanted_kbps
            self._output.set_bitrate(wanted_kbps)
        begin_s = self._stopwatch()
        tags = self._output.encode_picture(composed.frame, slot, is_key=is_key)
        encode_ms = (self._stopwatch() - begin_s) * 1000
        self._counters.frame_given(compose_ms=composed.cost_ms, encode_ms=encode_ms)
        self._send(tags)

    def play(self, sound: SoundBlock) -> None:
        """Encode the sound of a slot, and send it.

        Raises:
            SystemFault: the encoder gave up.
        """
        self._send(self._output.encode_sound(sound.samples, sound.position))

    def leave(self) -> None:
        """Have what the encoders still hold sent, and end; returns at once, and ``ended`` tells when that is done.

        On the program's thread, or on its owner's if it never joined. Nothing may be made afterwards. What goes wrong is kept in
        ``fault``: the last half second of one rendition is no reason to end another. Harmless when repeated.
        """
        if self._leaving.ident is None:
            self._leaving.start()

    def stats(self, now: float) -> RenditionStats:
        """Return the figures of the second past and begin a new one. On the program's thread."""
        second = self._counters.sum_up(now)
        return RenditionStats(
            rendition=self.rendition,
            encoder=self._encoder.name,
            frames_made=self.frames_made,
            frames_skipped=self._encoder.skipped,
            frames_dropped=self._sink.dropped_frames,
            compose_mean_ms=second.compose_mean_ms,
            compose_max_ms=second.compose_max_ms,
            encode_mean_ms=second.encode_mean_ms,
            encode_max_ms=second.encode_max_ms,
            queue_ms=self._sink.queue_ms,
            video_kbps=second.video_kbps,
            video_target_kbps=self._video_kbps,
        )

    def _finish(self) -> None:
        try:
            self._send(self._output.finish())
        except Exception as error:
            log.info("The end of the %s is lost: %s", self.rendition.value, error, exc_info=error)
            self.fault = error
        finally:
            self.ended.set()

    def _send(self, tags: list[FLVTag]) -> None:
        self._counters.video_made(sum(len(tag.payload) for tag in tags if tag.type == MessageType.VIDEO))
        self._sink.put(tags)


def wait_ended(feeds: Iterable[Feed], clock: Clock) -> None:
    """Wait until feeds that leave have ended, for ``LEAVE_S`` at most altogether."""
    until_s = clock() + LEAVE_S
    for feed in feeds:
        feed.ended.wait(max(0.0, until_s - clock()))
