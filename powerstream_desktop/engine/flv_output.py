"""Pictures and samples in, FLV tags out: x264, AAC and libavformat's FLV muxer, writing into memory.

PyAV gets a Python object to write to and never a network address, which would freeze the interpreter
(style_ecosystem.md 0.1). The tags are sent by our own client.

Times on the wire are those of the program plus one constant, the encoders' start-up delay that the muxer adds so that no
time is negative. The constant is the same for both tracks, so picture and sound stay where they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av
import numpy as np
from av.video.frame import PictureType

from powerstream_desktop.engine.av_errors import encoder_error
from powerstream_desktop.engine.config import EngineConfig, Latency
from powerstream_desktop.engine.picture import BT709, LIMITED_RANGE, PIXEL_FORMAT
from powerstream_desktop.engine.sound import CHANNELS, SAMPLE_RATE, Samples
from powerstream_desktop.rtmp.flv.file import FLVReader, FLVTag

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.video.stream import VideoStream

AUDIO_BITRATE: Final = 160_000
AAC_FRAME: Final = 1024
"""Samples in one AAC frame."""

_VIDEO_ENCODER: Final = "libx264"
_AUDIO_ENCODER: Final = "aac"
_MUXER_OPTIONS: Final = {"flvflags": "no_duration_filesize", "flush_packets": "1"}


class _Sink:
    """What libavformat writes to: gathers the bytes of one call."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def take(self) -> bytes:
        written = bytes(self._written)
        self._written.clear()
        return written


class FLVOutput:
    """One encode of the program. Used by one thread, the program's.

    Args:
        config: of the program; size, rate, bitrate and latency are used.

    Raises:
        SystemFault: an encoder refused to open.
    """

    def __init__(self, config: EngineConfig) -> None:
        self._sink = _Sink()
        self._reader = FLVReader()
        self._pending = np.zeros((CHANNELS, 0), np.float32)
        self._pending_position = 0
        self._time_base = Fraction(1, config.fps)
        try:
            self._container = av.open(self._sink, "w", format="flv", options=dict(_MUXER_OPTIONS))
            self._video = self._add_video(config)
            self._audio = self._add_audio()
            self._container.start_encoding()
        except (av.FFmpegError, ValueError) as error:
            raise encoder_error(error, f"{_VIDEO_ENCODER} or {_AUDIO_ENCODER}") from error

    def encode_picture(self, frame: av.VideoFrame, slot: int, *, is_key: bool) -> list[FLVTag]:
        """Encode the picture of one slot.

        Args:
            frame: program size and format; its pixels are only read.
            slot: the slot's number, larger than that of the call before.
            is_key: make it a key frame at which decoding can begin (IDR).

        Returns:
            The tags that are complete now, in the order to send them.
        """
        frame.pts = slot
        frame.time_base = self._time_base
        frame.pict_type = PictureType.I if is_key else PictureType.NONE
        return self._mux(self._video, frame)

    def set_bitrate(self, video_kbps: int) -> None:
        """Encode the pictures to come at this bitrate; the stream's headers stay as they are.

        libavcodec hands the change on to x264 with the next picture. x264 began with a constant bitrate (maximum equal to
        average), so it keeps the maximum equal by itself; the rate buffer keeps its size. Within half a second, the look-ahead,
        the packets have the new rate (ADR 0007).

        Args:
            video_kbps: more than 0.
        """
        self._video.codec_context.bit_rate = video_kbps * 1000

    def encode_sound(self, samples: Samples, position: int) -> list[FLVTag]:
        """Encode samples.

        Args:
            samples: any number.
            position: of the first of them, not before the end of those of the call before.
        """
        if position != self._pending_position + self._pending.shape[1]:
            self._pending, self._pending_position = samples, position
        else:
            self._pending = np.concatenate((self._pending, samples), axis=1)
        tags: list[FLVTag] = []
        while self._pending.shape[1] >= AAC_FRAME:
            block = np.ascontiguousarray(self._pending[:, :AAC_FRAME])
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            frame.sample_rate = SAMPLE_RATE
            frame.pts = self._pending_position
            frame.time_base = Fraction(1, SAMPLE_RATE)
            tags += self._mux(self._audio, frame)
            self._pending = self._pending[:, AAC_FRAME:]
            self._pending_position += AAC_FRAME
        return tags

    def finish(self) -> list[FLVTag]:
        """Let the encoders give what they still hold, and end the stream; nothing may be encoded afterwards."""
        tags = self._mux(self._video, None) + self._mux(self._audio, None)
        self._container.close()
        return tags + self._reader.feed(self._sink.take())

    def _mux(
        self, stream: VideoStream | AudioStream, frame: av.VideoFrame | av.AudioFrame | None
    ) -> list[FLVTag]:
        try:
            self._container.mux(stream.encode(frame))  # type: ignore[arg-type]  # each stream gets its own kind of frame
        except av.FFmpegError as error:
            raise encoder_error(error, stream.codec_context.name) from error
        return self._reader.feed(self._sink.take())

    def _add_video(self, config: EngineConfig) -> VideoStream:
        stream = self._container.add_stream(
            _VIDEO_ENCODER, rate=config.fps, options=dict(x264_options(config))
        )
        encoder = stream.codec_context
        encoder.width, encoder.height, encoder.pix_fmt = config.width, config.height, PIXEL_FORMAT
        encoder.time_base = Fraction(1, config.fps)
        encoder.bit_rate = config.video_bitrate_kbps * 1000
        encoder.gop_size = config.keyframe_interval
        encoder.max_b_frames = 0 if config.latency is Latency.LOW else 2
        encoder.profile = "High"
        encoder.colorspace = encoder.color_primaries = encoder.color_trc = BT709
        encoder.color_range = LIMITED_RANGE
        return stream

    def _add_audio(self) -> AudioStream:
        stream = self._container.add_stream(_AUDIO_ENCODER, rate=SAMPLE_RATE, layout="stereo", format="fltp")
        stream.codec_context.bit_rate = AUDIO_BITRATE
        return stream


def x264_options(config: EngineConfig) -> Mapping[str, str]:
    """Return the encoder's options: constant rate with a buffer of one second, key frames where we say and nowhere else.

    The rate is held from below with filler, as OBS does: ingests take a stream whose rate collapses on a still picture for
    a broken one (broadcasters.md 3.6).
    """
    rate = str(config.video_bitrate_kbps * 1000)
    options = {
        "preset": "veryfast",
        "forced-idr": "1",
        "maxrate": rate,
        "bufsize": rate,
        "x264-params": f"scenecut=0:filler=1:keyint={config.keyframe_interval}:min-keyint=1",
    }
    if config.latency is Latency.LOW:
        options["tune"] = "zerolatency"
    return options
