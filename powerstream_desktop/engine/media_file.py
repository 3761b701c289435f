"""A media file, and the reader that decodes one of its streams again and again without an end.

Picture and sound of a file are read by two readers with a container each: neither ever waits for the other, however badly
the file is interleaved. Both count passes of the same length, so they stay together over any number of them.

Nothing but files is ever opened: a playlist of files beside it plays, one that points at the network gets nowhere.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

import av

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.av_errors import (
    file_error,
    no_codec_error,
    no_frames_error,
    no_video_error,
    unexpected_error,
)

if TYPE_CHECKING:
    from av.container import InputContainer

log = logging.getLogger(__name__)

REOPEN_S: Final = 2.0
_MICROSECONDS: Final = 1_000_000

FrameT = TypeVar("FrameT", av.VideoFrame, av.AudioFrame)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """What must be known of a file before it is played in a loop."""

    path: Path
    start_s: float
    """Time stamp at which the file begins; taken off every time in it."""
    length_s: float
    """Length of one pass."""
    has_sound: bool
    pixel_aspect: Fraction = Fraction(1)
    """Width of a pixel divided by its height."""


def probe(path: Path) -> MediaFile:
    """Open a file and see what is in it.

    Raises:
        UserError: there is no such file, it is not a media file, has no video, or is in a codec that cannot be decoded.
        SystemFault: it cannot be read.
    """
    try:
        with open_file(path) as container:
            if not container.streams.video:
                raise no_video_error(path)
            _check_decoders(container, path)
            start_s = (container.start_time or 0) / _MICROSECONDS
            length_s = (container.duration or 0) / _MICROSECONDS or _scan_length_s(container, start_s)
            return MediaFile(
                path=path,
                start_s=start_s,
                length_s=length_s,
                has_sound=bool(container.streams.audio),
                pixel_aspect=container.streams.video[0].sample_aspect_ratio or Fraction(1),
            )
    except (av.FFmpegError, OSError) as error:
        raise file_error(error, path) from error


def open_file(path: Path) -> InputContainer:
    """Open a file for reading by the file protocol alone.

    Raises:
        av.FFmpegError: as PyAV raises it.
    """
    return av.open(f"file:{path}", "r", options={"protocol_whitelist": "file"})


def _check_decoders(container: InputContainer, path: Path) -> None:
    for stream in (*container.streams.video[:1], *container.streams.audio[:1]):
        if stream.codec_context is None:
            raise no_codec_error(path, "a codec without a name")
        if not stream.codec_context.codec.is_decoder:
            raise no_codec_error(path, stream.codec_context.name)


def _scan_length_s(container: InputContainer, start_s: float) -> float:
    """Find the end of a file whose header does not tell it; a frame's worth at least, so that a pass always advances."""
    end_s = packet_s = start_s
    for packet in container.demux(video=0):
        if packet.pts is not None and packet.time_base is not None:
            packet_s = float((packet.pts + (packet.duration or 0)) * packet.time_base)
        end_s = max(end_s, packet_s)
    rate = container.streams.video[0].average_rate
    return max(end_s - start_s, float(1 / rate) if rate else 0.04)


class LoopedReader(Generic[FrameT]):
    """Decodes one stream of a file over and over, on a thread of its own.

    Args:
        media: the file.
        kind: which stream.
        deliver: called with each frame and its time on the program's timeline in seconds; on the reader's thread, where it
            may block to slow the reader down. Returns ``False`` to end.
        on_pass_end: called with the time at which the next pass begins.
        on_loss: called with a sentence when the file cannot be read any more, with ``None`` when it can again.
    """

    def __init__(
        self,
        media: MediaFile,
        kind: Literal["video", "audio"],
        *,
        deliver: Callable[[FrameT, float], bool],
        on_pass_end: Callable[[float], None],
        on_loss: Callable[[str | None], None],
    ) -> None:
        self._media = media
        self._kind = kind
        self._deliver: Callable[[FrameT, float], bool] = deliver
        self._on_pass_end = on_pass_end
        self._on_loss = on_loss
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def check(self) -> FrameT:
        """Decode the first frame and return it.

        Raises:
            PowerStreamError: the file cannot be read, or nothing in it can be decoded.
        """
        frame, _ = next(self._one_pass())
        return frame

    def start(self) -> None:
        """Start reading at the first frame."""
        self._thread = threading.Thread(target=self._run, name=f"file-{self._kind}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop and wait. ``deliver`` must return by itself."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        pass_start_s, lost = 0.0, False
        while True:
            try:
                for frame, time_s in self._one_pass():
                    if self._stopping.is_set() or not self._deliver(frame, pass_start_s + time_s):
                        return
            except Exception as error:  # noqa: BLE001 - whatever it was, this file is lost, and the broadcast is not
                failure = error if isinstance(error, PowerStreamError) else unexpected_error(error)
                if not lost:
                    log.info("%s %s", failure.title, failure.detail)
                    self._on_loss(failure.title)
                lost = True
                if self._stopping.wait(REOPEN_S):
                    return
                continue  # the same pass again; what is late by then is passed over
            if lost:
                self._on_loss(None)
            lost = False
            pass_start_s += self._media.length_s
            self._on_pass_end(pass_start_s)

    def _one_pass(self) -> Iterator[tuple[FrameT, float]]:
        """Yield the frames of one pass with their times in it; damaged packets are left out, as players do."""
        try:
            with open_file(self._media.path) as container:
                stream = container.streams.video[0] if self._kind == "video" else container.streams.audio[0]
                stream.codec_context.thread_type = "AUTO"
                decoded = 0
                for packet in container.demux(stream):
                    for frame, time_s in self._decode(packet):
                        decoded += 1
                        yield frame, time_s
        except (av.FFmpegError, OSError, IndexError) as error:
            raise file_error(error, self._media.path) from error
        if not decoded:
            raise no_frames_error(self._media.path)

    def _decode(self, packet: av.Packet[Any]) -> Iterator[tuple[FrameT, float]]:
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            return
        for frame in frames:
            if frame.time is not None:
                time_s = frame.time - self._media.start_s
                if time_s < self._media.length_s:
                    yield frame, max(0.0, time_s)  # type: ignore[misc]  # a video stream gives video frames
