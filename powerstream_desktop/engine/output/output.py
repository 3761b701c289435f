"""One rendition's way out: encoded pictures and AAC become FLV tags, on one timeline whoever encodes.

The time on the wire is that of the program plus one constant, the start-up delay: decoding order runs ahead of what is shown,
AAC begins before its first sample, and no time may be negative. The constant is the same for both tracks and for every encoder
of the output, so picture and sound stay where they were when one encoder follows another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.encoders.port import EncodedPicture, VideoEncoder
from powerstream_desktop.engine.output.interleaver import Interleaver
from powerstream_desktop.engine.output.sound_encoder import EncodedSound, SoundEncoder
from powerstream_desktop.engine.output.tags import (
    audio_header,
    audio_tag,
    stream_metadata,
    video_header,
    video_tag,
)
from powerstream_desktop.engine.output.timeline import OutputTimeline
from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.rtmp.flv.file import FLVTag

if TYPE_CHECKING:
    import av


class Output:
    """Encodes one rendition. Used by one thread, the program's.

    It may begin at any slot: its first picture is a key frame, and its times are those of the program, so renditions that
    began at different moments are in step.

    Args:
        settings: of the rendition.
        encoder: of its pictures; its own from now on, and finished by ``finish``.

    Raises:
        SystemFault: the sound's encoder refused to open; that of the pictures is finished.
    """

    def __init__(self, settings: VideoSettings, encoder: VideoEncoder) -> None:
        self._settings = settings
        self._encoder = encoder
        try:
            self._sound = SoundEncoder()
        except SystemFault:
            encoder.finish()
            raise
        self._timeline = OutputTimeline(fps=settings.fps, reorders=settings.reorders)
        self._interleaver = Interleaver(fps=settings.fps)
        self._headers_sent = b""
        self._has_begun = False

    @property
    def encoder(self) -> str:
        """Name of the encoder in use, such as ``libx264``."""
        return self._encoder.name

    @property
    def frames_skipped(self) -> int:
        """Slots without a picture, because the encoder was too slow or failed."""
        return self._encoder.skipped

    def encode_picture(self, frame: av.VideoFrame, slot: int, *, is_key: bool) -> list[FLVTag]:
        """Encode the picture of one slot.

        Args:
            frame: of the rendition's size and the program's format; its pixels are only read.
            slot: the slot's number, larger than that of the call before.
            is_key: make it a key frame at which decoding can begin (IDR).

        Returns:
            The tags that are complete now, in the order to send them.

        Raises:
            SystemFault: no encoder is left that works.
        """
        is_first, self._has_begun = not self._has_begun, True
        tags = self._preamble() if is_first else []
        return tags + self._pictures(self._encoder.encode(frame, slot, is_key=is_key or is_first))

    def encode_sound(self, samples: Samples, position: int) -> list[FLVTag]:
        """Encode samples. Sound waits for the picture beside it, for the encoder of pictures may look far ahead.

        Args:
            samples: any number.
            position: of the first of them, not before the end of those of the call before.
        """
        return self._sounds(self._sound.encode(samples, position))

    def set_bitrate(self, video_kbps: int) -> None:
        """Encode the pictures to come at this bitrate.

        Args:
            video_kbps: more than 0.
        """
        self._encoder.set_bitrate(video_kbps)

    def finish(self) -> list[FLVTag]:
        """Let the encoders give what they still hold; nothing may be encoded afterwards."""
        tags = self._pictures(self._encoder.finish()) + self._sounds(self._sound.finish())
        return tags + self._interleaver.finish()

    def _preamble(self) -> list[FLVTag]:
        first_ms = self._timeline.start_ms
        tags = [stream_metadata(self._settings, first_ms)]
        if self._encoder.headers:
            tags.append(self._video_header(self._encoder.headers, first_ms))
        return [*tags, audio_header(self._sound.headers, first_ms)]

    def _video_header(self, headers: bytes, time_ms: int) -> FLVTag:
        self._headers_sent = headers
        return video_header(self._settings.codec, headers, time_ms)

    def _pictures(self, pictures: list[EncodedPicture]) -> list[FLVTag]:
        tags: list[FLVTag] = []
        for picture in pictures:
            dts_ms, pts_ms = self._timeline.place_picture(picture.dts_slot, picture.pts_slot)
            tags += self._interleaver.before_picture(dts_ms)
            if picture.headers is not self._headers_sent and picture.headers != self._headers_sent:
                tags.append(self._video_header(picture.headers, dts_ms))
            tags.append(video_tag(self._settings.codec, picture, dts_ms, pts_ms - dts_ms))
        return tags

    def _sounds(self, sounds: list[EncodedSound]) -> list[FLVTag]:
        tags: list[FLVTag] = []
        for sound in sounds:
            tags += self._interleaver.sound(audio_tag(sound, self._timeline.place_sound(sound.position)))
        return tags
