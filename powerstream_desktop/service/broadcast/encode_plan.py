"""What our own engine is going to send, as the platforms' rules want to know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.video_settings import KEYFRAME_INTERVAL_S, Codec
from powerstream_desktop.platforms.endpoint import RTMPEndpoint, taken_renditions
from powerstream_desktop.platforms.limits import EncodePlan

AUDIO_KBPS: Final = 160
"""What the engine encodes its sound to (``engine/output``), said once more because that module loads PyAV."""

_CODECS: Final[Mapping[Codec, str]] = {Codec.H264: "avc1", Codec.HEVC: "hvc1", Codec.AV1: "av01"}


def encode_plans(engine: EngineConfig, endpoints: Iterable[RTMPEndpoint]) -> tuple[EncodePlan, ...]:
    """Return the plans of the renditions that the engine makes for these endpoints, the landscape first."""
    made = taken_renditions(endpoints)
    return tuple(
        EncodePlan(
            rendition=rendition,
            width=settings.width,
            height=settings.height,
            fps=settings.fps,
            video_kbps=settings.bitrate_kbps,
            audio_kbps=AUDIO_KBPS,
            key_interval_s=KEYFRAME_INTERVAL_S,
            video_codec=_CODECS[settings.codec],
        )
        for rendition, settings in engine.renditions.items()
        if rendition in made
    )
