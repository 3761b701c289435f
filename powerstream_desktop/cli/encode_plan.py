"""What our own engine is going to send, as the platforms' rules want to know it."""

from __future__ import annotations

from powerstream_desktop.engine.config import KEYFRAME_INTERVAL_S, EngineConfig
from powerstream_desktop.platforms.limits import EncodePlan

AUDIO_KBPS = 160
"""What the engine encodes its sound to (``flv_output``), said once more because that module loads PyAV."""


def encode_plan(engine: EngineConfig) -> EncodePlan:
    """Return the plan of the one rendition that the engine makes."""
    return EncodePlan(
        width=engine.width,
        height=engine.height,
        fps=engine.fps,
        video_kbps=engine.video_bitrate_kbps,
        audio_kbps=AUDIO_KBPS,
        key_interval_s=KEYFRAME_INTERVAL_S,
    )
