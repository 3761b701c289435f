"""A broadcast and the engine that it borrows: the real ones, and one that refuses."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from powerstream_desktop.cli.source_option import engine_config
from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import PowerStreamError, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.commands import WatchPreview
from powerstream_desktop.engine.control.reports import EngineReport, Hello, Stats
from powerstream_desktop.engine.life_cycle import EngineSnapshot, EngineState
from powerstream_desktop.engine.program_video import program_video
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.relay.bridge.slate import Slate
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.snapshot import BroadcastSummary
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.studio.studio_engine import StudioEngine
from tests.integration.relay.swift_loop import eventually

KEY = Secret("right_key_123456")
CONFIG = engine_config(TestPictureContent(), program_video(size="320x180", bitrate_kbps=500))
PATIENCE_S = 20.0
LIVE_S = 1.5
WATCH = WatchPreview(width=160, height=90, fps=1)


class RefusingEngine:
    """Runs for somebody else, and does not go on air."""

    wanted_config = CONFIG
    snapshot = EngineSnapshot(state=EngineState.RUNNING, since_s=0.0, starts=1, failure=None, retry_at_s=None)
    stats: Stats | None = None
    source = "test picture"
    troubles = ()

    async def go_on_air(
        self,
        target: PublishTarget,
        *,
        use_slate: Callable[[Rendition, Slate], None],
        on_given_up: Callable[[PowerStreamError], None],
    ) -> None:
        raise UserError("No encoder works.")

    async def go_off_air(self) -> None:
        raise AssertionError

    def set_bitrate(self, video_kbps: int) -> None:
        raise AssertionError

    def set_renditions(self, renditions: frozenset[Rendition]) -> None:
        raise AssertionError


def test_a_broadcast_whose_engine_refuses_leaves_nothing_behind(tmp_path: Path) -> None:
    async def test() -> None:
        plan = BroadcastPlan(
            endpoints=(),
            stream_key=KEY,
            recording=RecordingOptions(folder=tmp_path),
            hls_folder=tmp_path / "hls",
            rehearsal=True,
        )
        broadcast = Broadcast(plan, monotonic, engine=RefusingEngine())
        with pytest.raises(UserError, match="No encoder works"):
            await broadcast.start()
        port = int(broadcast.snapshot().ingest_url.rsplit(":", 1)[1].split("/")[0])
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", port)

    asyncio.run(test())


def test_an_engine_whose_settings_cannot_be_has_no_broadcast_begin() -> None:
    def make_config() -> EngineConfig:
        raise UserError("There is no such size.")

    async def test() -> None:
        engine = StudioEngine(make_config, monotonic)
        with pytest.raises(UserError, match="no such size"):
            Broadcast(BroadcastPlan(endpoints=(), stream_key=KEY), monotonic, engine=engine)
        await engine.aclose()

    asyncio.run(test())


class Studio:
    """A real engine that is watched, and one rehearsal after the other."""

    def __init__(self) -> None:
        self.pids: list[int] = []
        self.engine = StudioEngine(lambda: CONFIG, monotonic, self._heard)

    def _heard(self, report: EngineReport) -> None:
        if isinstance(report, Hello):
            self.pids.append(report.pid)

    async def rehearsing(self) -> Broadcast:
        """Begin a rehearsal and return it when it is live."""
        plan = BroadcastPlan(endpoints=(), stream_key=KEY, rehearsal=True)
        broadcast = Broadcast(plan, monotonic, engine=self.engine)
        await broadcast.start()
        await eventually(lambda: broadcast.state is BroadcastState.LIVE, patience_s=PATIENCE_S)
        return broadcast


def check(summary: BroadcastSummary) -> None:
    """The receiver got a stream that begins with a key frame and whose time never goes back."""
    report = summary.receiver
    assert report is not None
    assert report.starts_with_key
    assert report.timestamps_back == 0
    assert report.video_frames > LIVE_S * 5
    assert summary.failure is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals")
def test_one_engine_serves_its_watcher_and_one_broadcast_after_the_other_and_survives_a_kill() -> None:
    async def test() -> None:
        studio = Studio()
        await studio.engine.send(WATCH)
        await eventually(lambda: studio.engine.preview, patience_s=PATIENCE_S)
        for _ in range(2):
            broadcast = await studio.rehearsing()
            await asyncio.sleep(LIVE_S)
            await studio.engine.send(WATCH)
            check(await broadcast.stop())
        assert len(studio.pids) == 1
        assert studio.engine.stats is not None

        broadcast = await studio.rehearsing()
        os.kill(studio.pids[0], signal.SIGKILL)
        await eventually(lambda: broadcast.state is BroadcastState.BRIDGING, patience_s=PATIENCE_S)
        await eventually(lambda: broadcast.state is BroadcastState.LIVE, patience_s=PATIENCE_S)
        await asyncio.sleep(LIVE_S)
        check(await broadcast.stop())
        assert len(studio.pids) == 2
        await studio.engine.aclose()
        assert studio.engine.snapshot.state is EngineState.STOPPED

    asyncio.run(test())
