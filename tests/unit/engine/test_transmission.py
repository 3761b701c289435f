"""A rendition that cannot go on air leaves nothing behind."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine import transmission as transmission_module
from powerstream_desktop.engine.config import PublishTarget
from powerstream_desktop.engine.encoders.choice import EncoderPlan
from powerstream_desktop.engine.transmission import Transmission
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition


def test_without_an_encoder_there_is_no_publisher_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise SystemFault("No encoder works.")

    loops: list[asyncio.AbstractEventLoop] = []
    new_event_loop = asyncio.new_event_loop

    def remembered() -> asyncio.AbstractEventLoop:
        loops.append(new_event_loop())
        return loops[-1]

    monkeypatch.setattr(asyncio, "new_event_loop", remembered)
    monkeypatch.setattr(transmission_module, "open_encoder", refuse)
    with pytest.raises(SystemFault, match="No encoder works"):
        Transmission(
            Rendition.LANDSCAPE,
            VideoSettings(width=64, height=64),
            EncoderPlan(kinds=()),
            PublishTarget(url="rtmp://127.0.0.1:1935/live", key=Secret("key-of-the-test")),
            runtime_folder=tmp_path,
            on_report=lambda _report: None,
            clock=lambda: 0.0,
        )
    [loop] = loops
    assert loop.is_closed()
