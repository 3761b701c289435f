"""Programs made by the engine without a clock, and what decodes them again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.flv_output import FLVOutput
from powerstream_desktop.engine.pattern import PatternSource
from powerstream_desktop.engine.program import Program
from powerstream_desktop.engine.sound import Tone
from powerstream_desktop.rtmp.flv.file import FLVTag, FLVWriter
from tests.integration.engine.fake_relay import KEY


def config(**changes: Any) -> EngineConfig:
    """Return a small program of the test picture."""
    values: dict[str, Any] = {
        "source": "test",
        "publish_url": "rtmp://127.0.0.1:1935/live",
        "publish_key": Secret(KEY),
        "width": 640,
        "height": 360,
        "video_bitrate_kbps": 1500,
    }
    return EngineConfig(**{**values, **changes})


def pattern_program(wanted: EngineConfig, length_s: float) -> list[FLVTag]:
    """Make the test picture with its tone, as fast as the machine allows."""
    tags: list[FLVTag] = []
    program = Program(
        wanted,
        picture=PatternSource(wanted.width, wanted.height, wanted.fps),
        sound=Tone(),
        output=FLVOutput(wanted),
        send=tags.extend,
        epoch_s=0.0,
        stopwatch=lambda: 0.0,
    )
    due_s = 0.0
    while due_s < length_s - 1e-9:
        due_s = program.run_tick(due_s)
    program.finish()
    return tags


def write_flv(tags: list[FLVTag], path: Path) -> Path:
    """Save tags as a file."""
    writer = FLVWriter(has_video=True, has_audio=True)
    path.write_bytes(writer.header() + b"".join(writer.tag(tag) for tag in tags))
    return path
