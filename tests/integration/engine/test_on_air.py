"""Going on air and off it while the program runs, one rendition or both, against the server's end of our own protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.reports import EngineReport, Publishing, SlateReady
from powerstream_desktop.engine.curtain import Curtain
from powerstream_desktop.engine.engine import Engine
from powerstream_desktop.engine.preview.wish import PreviewWish
from powerstream_desktop.engine.scene.one_source import one_source_sound, one_source_studio
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.rtmp.events import FinishReason
from tests.e2e.support.waiting import wait_until
from tests.integration.engine.fake_relay import KEY, PORTRAIT_KEY, FakeRelay
from tests.integration.engine.programs import settings

LANDSCAPE, PORTRAIT = Rendition.LANDSCAPE, Rendition.PORTRAIT
PATIENCE_S = 10.0


class Running:
    """An engine that runs in this very process, without Qt."""

    def __init__(self, folder: Path) -> None:
        content = TestPictureContent()
        self.reports: list[EngineReport] = []
        self.failures: list[Exception] = []
        self.engine = Engine(
            EngineConfig(
                studio=one_source_studio(content, "Test picture"),
                sound=one_source_sound(content),
                landscape=settings(width=128, height=72, bitrate_kbps=200),
                portrait=settings(width=72, height=128, bitrate_kbps=200),
            ),
            host=QtHost(),
            runtime_folder=folder,
            on_report=self.reports.append,
            on_failure=self.failures.append,
            curtain=Curtain(),
            clock=monotonic,
        )
        self.engine.start()

    def published(self) -> list[Rendition]:
        return [report.rendition for report in self.reports if isinstance(report, Publishing)]

    def until(self, reached: Callable[[], object], what: str) -> None:
        wait_until(reached, what=what, timeout_s=PATIENCE_S)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path)
    yield running
    running.engine.close()
    assert running.failures == []
    assert list(tmp_path.glob("*.ring")) == []


def play(test: Callable[[FakeRelay], Awaitable[None]]) -> None:
    async def run() -> None:
        async with FakeRelay() as relay:
            await test(relay)

    asyncio.run(run())


def target(relay: FakeRelay, *renditions: Rendition) -> PublishTarget:
    return PublishTarget(url=relay.url, key=Secret(KEY), renditions=frozenset(renditions))


def test_a_program_goes_on_air_off_it_and_on_again(running: Running) -> None:
    async def test(relay: FakeRelay) -> None:
        engine = running.engine
        for times in (1, 2):
            await asyncio.to_thread(engine.publish, target(relay, LANDSCAPE))
            with pytest.raises(UserError, match="on air already"):
                engine.publish(target(relay, LANDSCAPE))
            before = len(relay.tags)
            await relay.until(lambda before=before: len(relay.tags) > before + 20)  # type: ignore[misc]
            await asyncio.to_thread(engine.unpublish)
            assert relay.finishes == [FinishReason.UNPUBLISHED] * times
        assert running.published() == [LANDSCAPE, LANDSCAPE]

    play(test)


def test_the_portrait_comes_and_goes_beside_a_landscape_that_does_not_notice(running: Running) -> None:
    async def test(relay: FakeRelay) -> None:
        engine = running.engine
        await asyncio.to_thread(engine.publish, target(relay, LANDSCAPE))
        await asyncio.to_thread(engine.set_renditions, frozenset({LANDSCAPE, PORTRAIT}))
        assert relay.keys == [KEY, PORTRAIT_KEY]
        await asyncio.to_thread(engine.set_renditions, frozenset({LANDSCAPE}))
        assert relay.finishes == [FinishReason.UNPUBLISHED]
        with pytest.raises(UserError, match="nothing to publish"):
            engine.set_renditions(frozenset())
        await asyncio.to_thread(engine.unpublish)
        assert relay.finishes == [FinishReason.UNPUBLISHED] * 2
        assert running.published() == [LANDSCAPE, PORTRAIT]

    play(test)


def test_what_is_not_on_air_cannot_be_given_other_renditions(running: Running) -> None:
    with pytest.raises(UserError, match="not on air"):
        running.engine.set_renditions(frozenset({LANDSCAPE}))
    running.engine.unpublish()  # harmless
    running.engine.set_bitrate(PORTRAIT, 300)


def test_a_preview_needs_no_broadcast(running: Running, tmp_path: Path) -> None:
    running.engine.watch_preview(PreviewWish(width=64, height=36, fps=30))
    running.until(lambda: list(tmp_path.glob("preview*")), "a ring")
    running.engine.watch_preview(None)
    running.until(lambda: not list(tmp_path.glob("preview*")), "no ring")
    assert running.published() == []


def test_a_slate_is_left_for_what_is_on_air(running: Running, tmp_path: Path) -> None:
    async def test(relay: FakeRelay) -> None:
        await asyncio.to_thread(running.engine.publish, target(relay, LANDSCAPE))
        await asyncio.to_thread(
            running.until, lambda: any(isinstance(each, SlateReady) for each in running.reports), "a slate"
        )
        assert (tmp_path / "slate.flv").exists()
        await asyncio.to_thread(running.engine.unpublish)

    play(test)
