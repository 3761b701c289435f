"""Samples in, AAC frames out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av
import numpy as np
from av.codec.context import Flags

from powerstream_desktop.engine.av_errors import encoder_error
from powerstream_desktop.engine.sound import CHANNELS, SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext

AUDIO_BITRATE: Final = 160_000
AAC_FRAME: Final = 1024
"""Samples in one AAC frame."""

_AUDIO_ENCODER: Final = "aac"


@dataclass(frozen=True, slots=True)
class EncodedSound:
    """One AAC frame.

    Attributes:
        data: without ADTS header.
        position: of its first sample in the program; before 0 for the frame that only primes the decoder.
    """

    data: bytes
    position: int


class SoundEncoder:
    """Encodes the program's sound: AAC-LC, 48 kHz, stereo, 160 kbit/s. Used by one thread.

    Raises:
        SystemFault: the encoder refused to open.
    """

    def __init__(self) -> None:
        self._pending = np.zeros((CHANNELS, 0), np.float32)
        self._pending_position = 0
        context: AudioCodecContext = av.CodecContext.create(_AUDIO_ENCODER, "w")
        context.sample_rate, context.layout, context.format = SAMPLE_RATE, "stereo", "fltp"
        context.time_base = Fraction(1, SAMPLE_RATE)
        context.bit_rate = AUDIO_BITRATE
        context.flags |= Flags.global_header
        try:
            context.open()
        except (av.FFmpegError, ValueError) as error:
            raise encoder_error(error, _AUDIO_ENCODER) from error
        self._context = context

    @property
    def headers(self) -> bytes:
        """The AudioSpecificConfig."""
        return self._context.extradata or b""

    def encode(self, samples: Samples, position: int) -> list[EncodedSound]:
        """Encode samples and return the frames that are complete now.

        Args:
            samples: any number.
            position: of the first of them, not before the end of those of the call before.

        Raises:
            SystemFault: the encoder gave up.
        """
        if position != self._pending_position + self._pending.shape[1]:
            self._pending, self._pending_position = samples, position
        else:
            self._pending = np.concatenate((self._pending, samples), axis=1)
        sounds: list[EncodedSound] = []
        while self._pending.shape[1] >= AAC_FRAME:
            block = np.ascontiguousarray(self._pending[:, :AAC_FRAME])
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            frame.sample_rate = SAMPLE_RATE
            frame.pts = self._pending_position
            frame.time_base = Fraction(1, SAMPLE_RATE)
            sounds += self._feed(frame)
            self._pending = self._pending[:, AAC_FRAME:]
            self._pending_position += AAC_FRAME
        return sounds

    def finish(self) -> list[EncodedSound]:
        """Return what the encoder still holds; nothing may be encoded afterwards."""
        return self._feed(None)

    def _feed(self, frame: av.AudioFrame | None) -> list[EncodedSound]:
        try:
            packets = self._context.encode(frame)
        except (av.FFmpegError, ValueError) as error:
            raise encoder_error(error, _AUDIO_ENCODER) from error
        return [EncodedSound(bytes(packet), packet.pts or 0) for packet in packets]
