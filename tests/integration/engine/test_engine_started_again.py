"""What an engine that was started again is told: all that the one before had been."""

from __future__ import annotations

import dataclasses

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import PublishTarget
from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    ForceKeyframe,
    Privacy,
    Publish,
    SetBitrate,
    SetRenditions,
    StopPreview,
    Unpublish,
    WatchDevices,
    WatchLevels,
    WatchPreview,
)
from powerstream_desktop.engine.control.commands import Start as StartCommand
from powerstream_desktop.engine.control.reports import SourceLost, Stats
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition
from tests.integration.engine.engine_processes import Service, config, fake, run

OTHER = PublishTarget(url="rtmp://127.0.0.1:1936/live", key=Secret("another-key-of-the-test"))


WATCHES: tuple[EngineCommand, ...] = (
    WatchLevels(is_watched=True),
    WatchDevices(is_watched=True),
    WatchPreview(width=320, height=180),
)


WATCHES_TAKEN_BACK: tuple[EngineCommand, ...] = (
    WatchLevels(is_watched=False),
    WatchDevices(is_watched=False),
    StopPreview(),
)


def test_a_bitrate_is_passed_on_also_to_an_engine_that_is_started_later() -> None:
    async def test() -> None:
        service = Service(fake("crash-at-command"))
        service.engine.set_bitrate(1200)
        await service.engine.start()
        await service.until(lambda: service.kinds().count(SourceLost) == 2)
        assert service.commands() == [SetBitrate(video_kbps=1200)] * 2
        await service.engine.aclose()

    run(test())


def test_the_bitrate_that_the_configuration_names_needs_no_words() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        service.engine.set_bitrate(config().landscape.bitrate_kbps)
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        await service.engine.aclose()
        assert SourceLost not in service.kinds()

    run(test())


def test_an_engine_that_is_started_again_is_private_if_the_one_before_was() -> None:
    async def test() -> None:
        service = Service(fake("tells-start"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        await service.engine.send(Privacy(is_on=True))
        process = service.engine._process
        assert process is not None
        process.kill()
        await service.until(lambda: service.kinds().count(Stats) == 2)
        start = next(each for each in reversed(service.commands()) if isinstance(each, StartCommand))
        assert start.config.is_private
        await service.engine.aclose()

    run(test())


def test_privacy_that_was_wanted_while_an_engine_died_holds_for_the_next_one() -> None:
    async def test() -> None:
        service = Service(fake("dies-at-command"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        with pytest.raises(SystemFault, match="not running"):
            await service.engine.send(Privacy(is_on=True))
        assert service.engine._config.is_private
        await service.engine.aclose()

    run(test())


def test_an_engine_that_is_started_again_reports_what_is_watched() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        for command in (
            *WATCHES,
            WatchDevices(is_watched=False),
        ):
            await service.engine.send(command)
        told = len(service.commands())
        process = service.engine._process
        assert process is not None
        process.kill()
        await service.until(lambda: len(service.commands()) > told)
        await service.engine.send(ForceKeyframe())
        assert service.commands()[told:] == [WATCHES[0], WATCHES[2], ForceKeyframe()]
        await service.engine.aclose()

    run(test())


def test_a_bitrate_that_was_set_on_air_counts_until_the_program_is_off_the_air() -> None:
    async def test() -> None:
        service = Service(fake("good"))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        service.engine.set_bitrate(150)
        await service.engine.send(Unpublish())
        process = service.engine._process
        assert process is not None
        process.kill()
        await service.until(lambda: service.kinds().count(Stats) == 2)
        await service.engine.send(ForceKeyframe())
        assert service.commands() == [SetBitrate(video_kbps=150), Unpublish(), ForceKeyframe()]
        await service.engine.aclose()

    run(test())


def test_what_nobody_watches_any_more_is_not_shown_by_the_next_engine_though_this_one_died_over_it() -> None:
    async def test() -> None:
        service = Service(fake("dies-at-command"), watches=WATCHES)
        await service.engine.start()
        for watch, end in zip(WATCHES, WATCHES_TAKEN_BACK, strict=True):
            assert watch in service.engine._watches.values()
            with pytest.raises(SystemFault):
                await service.engine.send(end)
            assert watch not in service.engine._watches.values()
        await service.engine.aclose()

    run(test())


@pytest.mark.parametrize(
    ("commands", "renditions"),
    [
        ([Unpublish()], None),
        ([SetRenditions(renditions=frozenset(Rendition))], frozenset(Rendition)),
        ([Unpublish(), Publish(target=OTHER)], OTHER.renditions),
    ],
)
def test_an_engine_that_is_started_again_publishes_as_the_one_before_did(
    commands: list[EngineCommand], renditions: frozenset[Rendition] | None
) -> None:
    async def test() -> None:
        portrait = VideoSettings(width=180, height=320, bitrate_kbps=300)
        service = Service(fake("tells-start"), dataclasses.replace(config(), portrait=portrait))
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        for command in commands:
            await service.engine.send(command)
        process = service.engine._process
        assert process is not None
        process.kill()
        await service.until(lambda: service.kinds().count(Stats) == 2)
        start = next(each for each in reversed(service.commands()) if isinstance(each, StartCommand))
        publish = start.config.publish
        assert (publish.renditions if publish is not None else None) == renditions
        await service.engine.aclose()

    run(test())
