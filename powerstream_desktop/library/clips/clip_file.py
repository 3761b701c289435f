"""The file that a clip is written into: an ordinary MP4 whose index stands in front, so that it can be sent and watched anywhere.

Sound is copied, a little more of it than is heard: what lies before the clip's beginning only wakes the decoder up, and the track's edit
list leaves it out to the sample, as it does with what a last frame of sound has too much.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import av

from powerstream_desktop.library.clips.film import Film
from powerstream_desktop.library.clips.media_faults import translated_writing

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

_WAKING_S: Final = {
    "aac": Fraction(2 * 1024, 32_000),
    "opus": Fraction(80, 1000),
    "mp3": Fraction(80, 1000),
}
"""How much sound a decoder needs before what it gives is right; others are right at once."""


class ClipFile:
    """Takes packets of picture and sound in the film's times. Used by one thread.

    Args:
        draft: where it is written; no file of this name exists.
        film: that it is of.
        start: where the clip begins, in ticks of the film's picture.
        end: where it ends.
    """

    def __init__(self, draft: Path, film: Film, *, start: int, end: int) -> None:
        self._film = film
        self._start, self._end = start, end
        self._last_dts: int | None = None
        with translated_writing():
            self._container: OutputContainer = av.open(
                f"file:{draft.absolute()}", "w", format="mp4", options={"movflags": "+faststart"}
            )
            self._sounds = {
                sound.index: self._container.add_stream_from_template(sound, opaque=True)
                for sound in film.sounds
            }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        """Write the index; a clip that failed is let go as it is."""
        if failure is None:
            with translated_writing():
                self._container.close()
        else:
            with contextlib.suppress(av.FFmpegError, OSError):
                self._container.close()

    def copy_picture(self, settings: bytes | None) -> None:
        """Announce a picture like the film's.

        Args:
            settings: its decoder settings; ``None`` for the film's own.
        """
        with translated_writing():
            stream = self._container.add_stream_from_template(self._film.video, opaque=True)
            if settings is not None:
                stream.codec_context.extradata = settings
            if stream.codec_context.name == "hevc":
                stream.codec_context.codec_tag = "hvc1"  # Apple's players refuse "hev1"
            self._picture: Stream = stream

    def encode_picture(self, width: int, height: int, options: Mapping[str, str]) -> VideoStream:
        """Announce a picture that is encoded with these options of x264, and return where its frames are encoded."""
        with translated_writing():
            stream = self._container.add_stream("libx264", rate=self._film.rate, options=dict(options))
            stream.width, stream.height = width, height
            stream.pix_fmt = "yuv420p"
            stream.codec_context.time_base = self._film.tick_s
            self._picture = stream
            return stream

    def write_encoded(self, packets: Iterable[Packet[VideoStream]]) -> None:
        """Write what ``encode_picture``'s stream has made; times are the clip's."""
        with translated_writing():
            for packet in packets:
                self._container.mux_one(packet)

    def write_picture(self, data: bytes, *, pts: int, dts: int, is_key: bool, duration: int) -> None:
        """Write a frame; times are the film's, and a decoding time gives way where there is no room for it."""
        shown = max(pts - self._start, 0)
        decoded = min(dts - self._start, shown)
        if self._last_dts is not None:
            decoded = max(decoded, self._last_dts + 1)
        self._last_dts = decoded
        packet = av.Packet(data)
        packet.stream = self._picture
        packet.time_base = self._film.tick_s
        packet.pts, packet.dts = max(shown, decoded), decoded
        packet.duration = max(min(duration, self._end - pts), 0)
        packet.is_keyframe = is_key
        with translated_writing():
            self._container.mux_one(packet)

    def write_sound(self, packet: Packet[Stream]) -> None:
        """Write a packet of sound, if something of it belongs to the clip."""
        stream = self._sounds[packet.stream.index]
        tick_s = packet.time_base
        begin, end = (round(at * self._film.tick_s / tick_s) for at in (self._start, self._end))
        pts = packet.pts if packet.pts is not None else packet.dts
        if pts is None:
            return
        waking = _WAKING_S.get(packet.stream.codec_context.name, Fraction(0)) / tick_s
        length = packet.duration or 0
        if pts + length <= begin - waking or pts >= end:
            return
        copy = av.Packet(bytes(packet))
        copy.stream = stream
        copy.time_base = tick_s
        copy.pts = copy.dts = pts - begin
        copy.duration = min(length, end - pts)
        copy.is_keyframe = True
        with translated_writing():
            self._container.mux_one(copy)
