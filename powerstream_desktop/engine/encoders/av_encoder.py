"""A video encoder of libavcodec."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Protocol

import av
from av.codec.context import Flags
from av.video.frame import PictureType

from powerstream_desktop.common.ordinary_threads import ordinary_threads
from powerstream_desktop.engine.av_errors import encoder_error
from powerstream_desktop.engine.encoders.catalogue import EncoderKind, bits_a_second
from powerstream_desktop.engine.encoders.headers import av1_headers, avc_headers, hevc_headers
from powerstream_desktop.engine.encoders.nal_units import split_annex_b, with_lengths, without_delimiter
from powerstream_desktop.engine.encoders.port import EncodedPicture
from powerstream_desktop.engine.picture import BT709, LIMITED_RANGE
from powerstream_desktop.engine.video_settings import Codec, VideoSettings
from powerstream_desktop.rtmp.flv.bits import CodecConfigError

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

_NAL_HEADERS: Final = {Codec.H264: avc_headers, Codec.HEVC: hevc_headers}

_SVT_ERRORS_ONLY: Final = "1"
"""Otherwise SVT-AV1 writes a page about itself each time it is opened, past every logger."""


class OpenContext(Protocol):
    """Opens libavcodec's encoder; tests put a fake in its place."""

    def __call__(
        self, kind: EncoderKind, settings: VideoSettings, options: dict[str, str], /
    ) -> VideoCodecContext:
        """Return an open context; raises what PyAV raises."""


def open_context(kind: EncoderKind, settings: VideoSettings, options: dict[str, str]) -> VideoCodecContext:
    """Open libavcodec's encoder. Holds the interpreter while the driver opens: PyAV does not let go of it there."""
    os.environ.setdefault("SVT_LOG", _SVT_ERRORS_ONLY)
    context: VideoCodecContext = av.CodecContext.create(kind.av_name, "w")  # type: ignore[assignment]
    context.width, context.height, context.pix_fmt = settings.width, settings.height, kind.pixel_format
    context.time_base = Fraction(1, settings.fps)
    context.framerate = Fraction(settings.fps)
    context.colorspace = context.color_primaries = context.color_trc = BT709
    context.color_range = LIMITED_RANGE
    context.flags |= Flags.global_header | Flags.closed_gop
    context.options = options
    with ordinary_threads():
        context.open()
    return context


class AVEncoder:
    """Encodes with libavcodec.

    An encoder that takes no other rate while it runs is closed and opened anew at the next key frame; until then it keeps the
    old one.

    Args:
        kind: which encoder.
        settings: what to encode.
        video_kbps: to begin with, in place of the settings' own.
        open_context: opens libavcodec's encoder.

    Raises:
        SystemFault: the encoder refused to open.
    """

    def __init__(
        self,
        kind: EncoderKind,
        settings: VideoSettings,
        video_kbps: int | None = None,
        *,
        open_context: OpenContext = open_context,
    ) -> None:
        self._kind = kind
        self._settings = settings
        self._open_context = open_context
        self._kbps = self._wanted_kbps = video_kbps or settings.bitrate_kbps
        self._context = self._open()
        self._headers = self._read_headers()

    @property
    def name(self) -> str:
        """What libavcodec calls it."""
        return self._kind.av_name

    @property
    def headers(self) -> bytes:
        """The decoder settings; empty while they are not known."""
        return self._headers

    @property
    def skipped(self) -> int:
        """None: whoever calls waits for every picture."""
        return 0

    def encode(self, frame: av.VideoFrame, slot: int, *, is_key: bool) -> list[EncodedPicture]:
        """Encode the picture of a slot. See ``VideoEncoder``."""
        pictures = self._reopen() if is_key and self._kbps != self._wanted_kbps else []
        frame.pts = slot
        frame.time_base = Fraction(1, self._settings.fps)
        frame.pict_type = PictureType.I if is_key else PictureType.NONE
        return pictures + self._feed(frame)

    def set_bitrate(self, video_kbps: int) -> None:
        """Encode the pictures to come at this rate.

        x264 began with a maximum equal to the average, so it keeps them equal by itself; the rate buffer keeps its size. Within
        half a second, the look-ahead, the packets have the new rate (ADR 0007).
        """
        self._wanted_kbps = video_kbps
        if self._kind.changes_rate:
            self._kbps = video_kbps
            self._context.bit_rate = video_kbps * 1000

    def finish(self) -> list[EncodedPicture]:
        """Return what the encoder still holds."""
        return self._feed(None)

    def _feed(self, frame: av.VideoFrame | None) -> list[EncodedPicture]:
        try:
            return [self._picture(packet) for packet in self._context.encode(frame)]
        except (av.FFmpegError, ValueError, CodecConfigError) as error:
            raise encoder_error(error, self.name) from error

    def _picture(self, packet: Packet[VideoStream]) -> EncodedPicture:
        data = bytes(packet)
        if self._kind.codec is Codec.AV1:
            data = without_delimiter(data)
            found = b"" if self._headers else av1_headers(data)
        else:
            units = split_annex_b(data)
            data = with_lengths(units)
            found = b"" if self._headers else _NAL_HEADERS[self._kind.codec](units)
        self._headers = self._headers or found
        if not self._headers or packet.pts is None:
            raise ValueError("a picture without decoder settings or time")
        dts = packet.pts if packet.dts is None else packet.dts
        return EncodedPicture(data, self._headers, dts, packet.pts, packet.is_keyframe)

    def _reopen(self) -> list[EncodedPicture]:
        """Go on with a new encoder at the rate that is wanted; return what the old one still held."""
        rest = self._feed(None)
        self._kbps = self._wanted_kbps
        self._context = self._open()
        headers = self._read_headers()
        if headers != self._headers:
            self._headers = headers
        return rest

    def _open(self) -> VideoCodecContext:
        options = dict(self._kind.options(self._settings))
        for name in ("b", "maxrate", "bufsize"):
            options[name] = bits_a_second(self._kbps)
        try:
            return self._open_context(self._kind, self._settings, options)
        except (av.FFmpegError, ValueError) as error:
            raise encoder_error(error, self.name) from error

    def _read_headers(self) -> bytes:
        extradata = self._context.extradata or b""
        try:
            if self._kind.codec is Codec.AV1:
                return av1_headers(extradata)
            return _NAL_HEADERS[self._kind.codec](split_annex_b(extradata))
        except CodecConfigError as error:
            raise encoder_error(error, self.name) from error
