"""A rendition that cannot go on air leaves nothing behind, and one that ends waits for nothing that nobody needs any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine import transmission as transmission_module
from powerstream_desktop.engine.config import PublishTarget
from powerstream_desktop.engine.encoders.choice import EncoderPlan, plan_encoders
from powerstream_desktop.engine.transmission import Transmission
from powerstream_desktop.engine.video_settings import Latency, VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition

PATIENCE_S = 10.0
SETTINGS = VideoSettings(width=64, height=64, latency=Latency.LOW)


def transmission(folder: Path, plan: EncoderPlan) -> Transmission:
    return Transmission(
        Rendition.LANDSCAPE,
        SETTINGS,
        plan,
        PublishTarget(url="rtmp://127.0.0.1:1935/live", key=Secret("key-of-the-test")),
        runtime_folder=folder,
        on_report=lambda _report: None,
        clock=monotonic,
    )


class SlowSlate:
    """A slate in the making; nobody may wait for it while there is a connection."""

    def __init__(self, has_connection: Callable[[], bool]) -> None:
        self._has_connection = has_connection
        self.is_given_up = self.is_closed = False

    def give_up(self) -> None:
        self.is_given_up = True

    def close(self) -> None:
        assert not self._has_connection()
        self.is_closed = True


def test_a_slate_in_the_making_holds_up_no_end(tmp_path: Path) -> None:
    on_air = transmission(tmp_path, plan_encoders(SETTINGS, ()))
    slate = SlowSlate(lambda: not on_air._publisher._loop.is_closed())
    on_air._slate = slate  # type: ignore[assignment]
    on_air.feed.leave()
    assert on_air.feed.ended.wait(PATIENCE_S)
    on_air.close(says_goodbye=False)
    assert (slate.is_given_up, slate.is_closed) == (True, False)
    on_air.wait_slate()
    assert slate.is_closed


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
        transmission(tmp_path, EncoderPlan(kinds=()))
    [loop] = loops
    assert loop.is_closed()
