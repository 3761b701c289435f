"""The encoder of a broadcast: one after the other if need be, on one timeline, and never in the program's way.

The encoder at work has a thread of its own. The program waits for it, as what it gave belongs into this very slot, but not for
longer than ``PATIENCE_S``; then the program goes on, pictures wait in line, and what waits too long is left out and counted. An
encoder that raises, hangs or falls silent is left, and the next one begins with the picture of that slot, as a key frame.

After a failure the software encoder follows, not another piece of hardware: opening a driver holds the interpreter, and one that
hangs there would end what it was to save.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.engine.encoders.encoder_thread import EncoderThread
from powerstream_desktop.engine.encoders.port import EncodedPicture, MakeEncoder
from powerstream_desktop.engine.encoders.watch import HUNG_S, LAST_HUNG_S, EncoderWatch
from powerstream_desktop.engine.video_settings import VideoSettings

if TYPE_CHECKING:
    import av

log = logging.getLogger(__name__)

PATIENCE_S: Final = 0.25
"""Several times what a picture may take; short enough for the program to make up what it missed."""
FINISH_S: Final = 2.0
MAX_FAILURES: Final = 4
"""Within ``FAILURES_S``; more, and the engine's own restart has a better chance."""
FAILURES_S: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An encoder that may be opened.

    Attributes:
        delay: pictures it may hold before its first packet.
        make: opens it.
    """

    delay: int
    make: MakeEncoder


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderChange:
    """One encoder has followed another.

    Attributes:
        encoder: name of the one that took over.
        title: why, one sentence.
    """

    encoder: str
    title: str


class LiveEncoder:
    """A ``VideoEncoder`` that outlives its encoders. Used by one thread, the program's.

    Args:
        settings: what to encode.
        candidates: in the order to take them, at least one; the last one is taken again and again.
        on_change: told when another encoder took over: on the program's thread, or on that which opens this one; must not
            block.
        clock: monotonic seconds.

    Raises:
        SystemFault: no encoder could be opened.
    """

    def __init__(
        self,
        settings: VideoSettings,
        candidates: Sequence[Candidate],
        *,
        on_change: Callable[[EncoderChange], None],
        clock: Clock = monotonic,
    ) -> None:
        self._settings = settings
        self._candidates = deque(candidates)
        self._on_change = on_change
        self._clock = clock
        self._kbps = settings.bitrate_kbps
        self._failures_s: deque[float] = deque(maxlen=MAX_FAILURES)
        self._is_key_due = False
        self._slots = 0
        self._made = 0
        self._is_over = False
        self._thread: EncoderThread
        self._watch: EncoderWatch
        self._open_next()

    @property
    def name(self) -> str:
        """Of the encoder at work."""
        return self._thread.name

    @property
    def headers(self) -> bytes:
        """The decoder settings of the encoder at work; empty while they are not known."""
        return self._thread.headers

    @property
    def waiting(self) -> int:
        """Pictures that were given and not taken yet."""
        return self._watch.waiting

    @property
    def skipped(self) -> int:
        """Slots that got no picture, because the encoder was too slow or failed."""
        return self._slots - self._made - self._watch.held

    def encode(self, frame: av.VideoFrame, slot: int, *, is_key: bool) -> list[EncodedPicture]:
        """Encode the picture of a slot, or leave it out. See ``VideoEncoder``.

        Raises:
            SystemFault: no encoder works.
        """
        self._slots += 1
        self._is_key_due = self._is_key_due or is_key
        self._watch.slot_passed()
        pictures = self._answers()
        trouble = self._watch.trouble(self._clock())
        if trouble is not None:
            self._follow(SystemFault(f"The encoder {self.name} {trouble.value}."))
        if not self._watch.may_take(slot):
            return pictures
        while True:
            thread = self._thread
            pictures += self._offer(frame, slot)
            if self._thread is thread:
                return pictures

    def set_bitrate(self, video_kbps: int) -> None:
        """Encode the pictures to come at this rate."""
        self._kbps = video_kbps
        self._thread.set_bitrate(video_kbps)

    def finish(self) -> list[EncodedPicture]:
        """Return what the encoder still holds; one that does not give it within two seconds is left as it is."""
        if self._is_over:
            return []
        self._thread.finish()
        self._watch.finishing()
        pictures: list[EncodedPicture] = []
        deadline_s = self._clock() + FINISH_S
        try:
            while (left_s := deadline_s - self._clock()) > 0:
                answer = self._thread.answer(left_s)
                if answer is None:
                    break
                self._watch.answered(len(answer), self._clock())
                pictures += answer
        except PowerStreamError as error:
            log.info("%s %s", error.title, error.detail)
        self._thread.close(max(0.0, deadline_s - self._clock()))
        self._made += len(pictures)
        return pictures

    def _offer(self, frame: av.VideoFrame, slot: int) -> list[EncodedPicture]:
        """Give a picture to the encoder at work, and wait for it if nothing else is in line."""
        wait_s = 0.0 if self._watch.waiting else PATIENCE_S
        self._watch.given(slot, self._clock())
        self._thread.encode(frame, slot, is_key=self._is_key_due)
        self._is_key_due = False
        return self._answers(wait_s)

    def _answers(self, wait_s: float = 0.0) -> list[EncodedPicture]:
        """Return what is done; where the encoder failed, the next one is at work afterwards."""
        pictures: list[EncodedPicture] = []
        try:
            while (answer := self._thread.answer(wait_s)) is not None:
                self._watch.answered(len(answer), self._clock())
                pictures += answer
        except PowerStreamError as error:
            self._follow(error)
        self._made += len(pictures)
        return pictures

    def _follow(self, error: PowerStreamError) -> None:
        """Leave the encoder at work, and open the next."""
        log.info("%s %s", error.title, error.detail)
        self._thread.leave()
        self._note_failure(error)
        self._is_key_due = True
        self._open_next(error)

    def _open_next(self, why: PowerStreamError | None = None) -> None:
        """Open the first candidate that can be opened, and tell if it is not the one that was meant."""
        while True:
            candidate = self._candidates[0]
            if len(self._candidates) > 1:
                self._candidates.popleft()
            try:
                encoder = candidate.make(self._kbps)
            except PowerStreamError as error:
                log.info("%s %s", error.title, error.detail)
                self._note_failure(error)
                why = why or error
            else:
                break
        self._thread = EncoderThread(encoder)
        self._watch = EncoderWatch(
            fps=self._settings.fps,
            delay=candidate.delay,
            hung_s=LAST_HUNG_S if candidate is self._candidates[0] else HUNG_S,
        )
        if why is not None:
            self._on_change(EncoderChange(encoder=self.name, title=why.title))

    def _note_failure(self, error: PowerStreamError) -> None:
        """Count a failure; raise it when there were too many of late."""
        now = self._clock()
        self._failures_s.append(now)
        if len(self._failures_s) == MAX_FAILURES and now - self._failures_s[0] < FAILURES_S:
            self._is_over = True
            raise error
