"""The film that clips are cut from, as far as cutting has to read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, cast

import av

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.library.clips.plan import Bounds, CodedFrame, end_of, whole_part
from powerstream_desktop.library.clips.recording_window import RecordingWindow
from powerstream_desktop.library.workshop.safe_input import opened_media, picture_of, translated
from powerstream_desktop.rtmp.flv.nal import nal_spans

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_IDR: Final = 5
_BACK_S: Final[tuple[int | None, ...]] = (0, 3, 15, 120, None)
"""How far before its goal a search for an entry begins; ``None`` for the beginning of the film."""
_WAKING_S: Final = Fraction(1, 5)
_BEHIND_END_S: Final = 2
"""Longer than any encoder keeps a frame back."""


class Film:
    """A film that is open for reading. Used by one thread; close it.

    Args:
        path: of the file.
        last_ms: for one that is still being recorded: how much of its end is wanted; ``None`` for a finished one.

    Raises:
        UserError: there is no such file, it is no film, or it has no picture.
        SystemFault: the disk does not let it be read.
    """

    def __init__(self, path: Path, *, last_ms: int | None = None) -> None:
        self._window = None if last_ms is None else RecordingWindow(path, last_ms)
        self._path = path
        self._last_dts: int | None = None
        self._opening = ExitStack()
        try:
            self._open()
        except BaseException:
            self.close()
            raise
        begins_us = self._container.start_time or 0
        self.origin_s = Fraction(0 if self._window is not None else begins_us, av.time_base)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._opening.close()
        if self._window is not None:
            self._window.close()

    @property
    def duration_ms(self) -> int | None:
        """Length of the film; ``None`` if the file does not say, or is still growing."""
        duration_us = None if self._window is not None else self._container.duration
        return None if duration_us is None else duration_us // 1000

    @property
    def bitrate(self) -> int:
        """Of its picture, in bits a second, as far as it is known."""
        return self.video.codec_context.bit_rate or self._container.bit_rate or 0

    @property
    def rate(self) -> Fraction:
        """Pictures a second, as far as they are even."""
        return self.video.average_rate or self.video.guessed_rate or Fraction(30)

    @property
    def tick_s(self) -> Fraction:
        """Length of a tick of the picture's times, in seconds."""
        return self.video.time_base or Fraction(1, av.time_base)

    def bounds(self, start_ms: int, end_ms: int) -> Bounds:
        """Return a time of the film in ticks of its picture."""
        return Bounds(
            start=round((self.origin_s + Fraction(start_ms, 1000)) / self.tick_s),
            end=round((self.origin_s + Fraction(end_ms, 1000)) / self.tick_s),
            slack=max(1, round(Fraction(1, 1000) / self.tick_s)),
        )

    def newest_ms(self) -> int:
        """Return where the picture of a growing recording ends, as far as it is in the file; what is behind is not there any more."""
        whole = whole_part(list(self._frames_from(0, None)))
        if not whole:
            raise UserError("Nothing has been recorded yet.", hint="Wait a second, then try again.")
        self._last_dts = whole[-1].dts
        return self.to_ms(end_of(whole))

    def to_ms(self, ticks: int) -> int:
        """Return a time of the picture in milliseconds from the beginning of the film."""
        return round((ticks * self.tick_s - self.origin_s) * 1000)

    def lead(self, bounds: Bounds) -> list[CodedFrame]:
        """Return the frames from the last entry at the start, or before it, to the next clean one or the end."""
        found: list[CodedFrame] = []
        for back_s in _BACK_S:
            found = self._lead_from(bounds, back_s)
            if found and bounds.has_begun(found[0].pts):
                break
        return found

    def tail(self, bounds: Bounds) -> list[CodedFrame]:
        """Return the frames from the last entry before the end to somewhat behind it."""
        found: list[CodedFrame] = []
        for back_s in _BACK_S:
            found = self._tail_from(bounds, back_s)
            if found and not bounds.is_over(found[0].pts):
                break
        return found

    def packets_from(self, pts: int, *, with_sound: bool) -> Iterator[Packet[Stream]]:
        """Yield the picture's packets from the entry at ``pts`` on, or from before it, and the sounds' between them.

        Sounds come from somewhat before it on: their decoders have to be woken up.
        """
        first = pts - round(_WAKING_S / self.tick_s) if with_sound else pts
        with translated(self._path):
            for back_s in _BACK_S:
                self._go_to(first, back_s)
                packets = self._packets(self.video, *(self.sounds if with_sound else ()))
                begun = list(self._up_to_picture(packets))
                if back_s is None or (begun and (begun[-1].pts or 0) <= pts):
                    yield from begun
                    yield from packets
                    return

    def frames_of(self, packet: Packet[Stream] | None) -> list[VideoFrame]:
        """Decode a packet of the picture; ``None`` for what the decoder still holds back."""
        with translated(self._path):
            return self.video.decode(cast("Packet[VideoStream] | None", packet))

    def _is_clean(self, packet: Packet[Stream]) -> bool:
        """Tell whether nothing that is decoded behind a frame needs what was before it: an IDR picture; others are not asked."""
        if not packet.is_keyframe or self.nal_length_size is None:
            return False
        data = bytes(packet)
        return any(
            data[first] & 0x1F == _IDR for first, _ in nal_spans(data, length_size=self.nal_length_size)
        )

    def _open(self) -> None:
        """Open the file, or open it anew from its beginning."""
        self._opening.close()
        if self._window is not None:
            self._window.seek(0)
            with translated(self._path):
                self._container: InputContainer = self._opening.enter_context(
                    av.open(self._window, "r", format=self._window.container)
                )
        else:
            self._container, _ = self._opening.enter_context(opened_media(self._path))
        self.video: VideoStream = picture_of(self._container, self._path)
        self.sounds: tuple[AudioStream, ...] = self._container.streams.audio
        record = self.video.codec_context.extradata or b""
        is_avc = self.video.codec_context.name == "h264" and record[:1] == b"\1" and len(record) > 6
        self.avc_record = record if is_avc else None
        """The picture's H.264 settings as an MP4 holds them; ``None`` for other codecs and forms."""
        self.nal_length_size = (record[4] & 3) + 1 if is_avc else None

    def _lead_from(self, bounds: Bounds, back_s: int | None) -> list[CodedFrame]:
        found: list[CodedFrame] = []
        for frame in self._frames_from(bounds.start, back_s):
            if frame.is_clean and found and not bounds.has_begun(frame.pts):
                return [*found, frame]
            if frame.is_entry and (not found or bounds.has_begun(frame.pts)):
                found = []
            if found or frame.is_entry:
                found.append(frame)
            if found and frame.dts > bounds.end:
                break
        return found

    def _tail_from(self, bounds: Bounds, back_s: int | None) -> list[CodedFrame]:
        found: list[CodedFrame] = []
        stop = bounds.end + round(_BEHIND_END_S / self.tick_s)
        for frame in self._frames_from(bounds.end, back_s):
            if frame.is_entry and (not found or not bounds.is_over(frame.pts)):
                found = []
            if found or frame.is_entry:
                found.append(frame)
            if frame.dts > stop:
                break
        return found

    def _frames_from(self, pts: int, back_s: int | None) -> Iterator[CodedFrame]:
        with translated(self._path):
            self._go_to(pts, back_s)
            for packet in self._packets(self.video):
                dts = packet.dts if packet.dts is not None else packet.pts
                if packet.pts is None or dts is None:
                    continue
                if self._last_dts is not None and dts > self._last_dts:
                    return
                yield CodedFrame(
                    pts=packet.pts,
                    dts=dts,
                    duration=packet.duration or 0,
                    is_entry=packet.is_keyframe,
                    is_clean=self._is_clean(packet),
                )

    def _go_to(self, pts: int, back_s: int | None) -> None:
        """Go to the entry so long before a moment, or somewhere near it; that of some containers is only guessed."""
        if self._window is not None or back_s is None:  # libavformat cannot seek in a growing recording
            self._open()
            return
        beginning = round(self.origin_s / self.tick_s)
        self._container.seek(max(beginning, pts - round(back_s / self.tick_s)), stream=self.video)

    def _up_to_picture(self, packets: Iterator[Packet[Stream]]) -> Iterator[Packet[Stream]]:
        """Yield packets up to the first one of the picture."""
        for packet in packets:
            yield packet
            if packet.stream.index == self.video.index and packet.pts is not None:
                return

    def _packets(self, *streams: Stream) -> Iterator[Packet[Stream]]:
        for packet in self._container.demux(*streams):
            if packet.size:
                yield packet
