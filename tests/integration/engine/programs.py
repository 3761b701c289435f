"""Programs made by the engine without a clock, and what decodes them again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from powerstream_desktop.engine.encoders.av_encoder import AVEncoder
from powerstream_desktop.engine.encoders.catalogue import kinds_of
from powerstream_desktop.engine.output.output import Output
from powerstream_desktop.engine.sound import SAMPLE_RATE, Tone
from powerstream_desktop.engine.sources.moving_test_picture import TestPictureSource
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.rtmp.flv.file import FLVTag, FLVWriter


def settings(**changes: Any) -> VideoSettings:
    """Return a small encode."""
    return VideoSettings(**{"width": 640, "height": 360, "bitrate_kbps": 1500, **changes})


def software_encoder(wanted: VideoSettings) -> AVEncoder:
    """Open the encoder that needs no hardware, called directly."""
    return AVEncoder(kinds_of(wanted.codec)[-1], wanted)


def pattern_program(wanted: VideoSettings, length_s: float) -> list[FLVTag]:
    """Make the test picture with its tone, as fast as the machine allows."""
    pattern, tone = TestPictureSource(wanted.width, wanted.height, wanted.fps), Tone()
    output = Output(wanted, software_encoder(wanted))
    tags: list[FLVTag] = []
    position = 0
    for slot in range(round(length_s * wanted.fps)):
        picture = pattern.picture_at(slot / wanted.fps)
        tags += output.encode_picture(picture.frame, slot, is_key=slot % wanted.keyframe_interval == 0)
        end = (slot + 1) * SAMPLE_RATE // wanted.fps
        tags += output.encode_sound(tone.read(position, end - position), position)
        position = end
    return tags + output.finish()


def write_flv(tags: list[FLVTag], path: Path) -> Path:
    """Save tags as a file."""
    writer = FLVWriter(has_video=True, has_audio=True)
    path.write_bytes(writer.header() + b"".join(writer.tag(tag) for tag in tags))
    return path
