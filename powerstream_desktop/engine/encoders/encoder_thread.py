"""One encoder on a thread of its own, so that a driver that hangs stops nobody else."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.av_errors import unexpected_error
from powerstream_desktop.engine.encoders.port import EncodedPicture, VideoEncoder

if TYPE_CHECKING:
    import av

_Task: TypeAlias = Callable[[], None]
_Answer: TypeAlias = list[EncodedPicture] | PowerStreamError

_LEFT_BEHIND: Final[list[EncoderThread]] = []
"""Encoders that failed or hang. They are kept as long as the process lives: closing a driver holds the interpreter, as opening it
does, and whoever let go of the last reference would do it."""


class EncoderThread:
    """Owns an encoder and the thread "encoder" that calls it. Used by one thread, that of whoever gives pictures.

    ``encode`` and ``finish`` are answered once each, in order. Whoever asks bounds how many wait (``EncoderWatch.may_take``).

    Args:
        encoder: to call; nobody else may.
    """

    def __init__(self, encoder: VideoEncoder) -> None:
        self._encoder = encoder
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[_Answer] = queue.SimpleQueue()
        self._unanswered = 0
        self._is_closing = False  # set by the user's thread, read by the encoder's
        self._thread = threading.Thread(target=self._run, name="encoder", daemon=True)
        self._thread.start()

    @property
    def name(self) -> str:
        """Of the encoder."""
        return self._encoder.name

    @property
    def headers(self) -> bytes:
        """Of the encoder; its thread may replace them at a key frame."""
        return self._encoder.headers

    def encode(self, frame: av.VideoFrame, slot: int, *, is_key: bool) -> None:
        """Give it a picture."""
        self._ask(partial(self._encoder.encode, frame, slot, is_key=is_key))

    def finish(self) -> None:
        """Ask for all that it still holds."""
        self._ask(self._encoder.finish)

    def set_bitrate(self, video_kbps: int) -> None:
        """Change the rate of the pictures given from now on."""
        self._tasks.put(partial(self._encoder.set_bitrate, video_kbps))

    def answer(self, wait_s: float = 0.0) -> list[EncodedPicture] | None:
        """Return what the oldest unanswered call gave; ``None`` when it has not come within ``wait_s``, or nothing was asked.

        Raises:
            PowerStreamError: the encoder failed.
        """
        if not self._unanswered:
            return None
        try:
            answer = self._answers.get(timeout=wait_s) if wait_s > 0 else self._answers.get_nowait()
        except queue.Empty:
            return None
        self._unanswered -= 1
        if isinstance(answer, PowerStreamError):
            raise answer
        return answer

    def close(self, wait_s: float) -> None:
        """Let the thread end after the call it is in; one that has not ended after ``wait_s`` is left behind."""
        self._end()
        self._thread.join(wait_s)
        if self._thread.is_alive():
            _LEFT_BEHIND.append(self)

    def leave(self) -> None:
        """Leave an encoder that failed, at once."""
        self._end()
        _LEFT_BEHIND.append(self)

    def _end(self) -> None:
        self._is_closing = True
        self._tasks.put(None)

    def _ask(self, call: Callable[[], list[EncodedPicture]]) -> None:
        self._unanswered += 1
        self._tasks.put(partial(self._answer, call))

    def _answer(self, call: Callable[[], list[EncodedPicture]]) -> None:
        try:
            answer: _Answer = call()
        except PowerStreamError as error:
            answer = error
        except Exception as error:  # noqa: BLE001 - a fault of ours in there must reach whoever waits
            answer = unexpected_error(error)
        self._answers.put(answer)

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None and not self._is_closing:
            task()
