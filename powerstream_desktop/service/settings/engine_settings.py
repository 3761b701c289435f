"""What the settings mean for an engine."""

from __future__ import annotations

from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.program_video import program_video
from powerstream_desktop.service.settings.settings import Settings


def engine_config_of(settings: Settings) -> EngineConfig:
    """Return an engine with the user's own studio and sound, and the encodes that were chosen; it publishes nowhere yet.

    Raises:
        UserError: the values do not go together, such as an encoder and a codec that it cannot make.
    """
    chosen = settings.video
    video = program_video(
        size=chosen.size,
        portrait_size=chosen.portrait_size,
        fps=chosen.fps,
        bitrate_kbps=chosen.bitrate_kbps,
        latency=chosen.latency,
        codec=chosen.codec,
        encoder=chosen.encoder,
    )
    return EngineConfig(landscape=video.landscape, portrait=video.portrait)
