"""A platform with two ingests: one destination, one light (F25, reliability_security.md 2.2)."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import BackupUse, Rendition, RTMPEndpoint
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.stream.renditions import PORTRAIT_KEY_SUFFIX
from powerstream_desktop.rtmp.events import PublishFinished, PublishRequested
from powerstream_desktop.rtmp.status import StatusCode
from tests.integration.relay.peers import Platform, PlatformConnection
from tests.integration.relay.stage import PUBLISH_KEY, Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly

S = DestinationState


def now() -> float:
    return asyncio.get_running_loop().time()


def with_backup(main: Platform, backup: Platform, use: BackupUse) -> RTMPEndpoint:
    return dataclasses.replace(main.endpoint(), backup_server=backup.endpoint().server, backup_use=use)


class WrongKey(PlatformConnection):
    def on_publish(self, request: PublishRequested) -> None:
        self.rtmp.reject_publish(request.request_id, StatusCode.PUBLISH_BAD_NAME, "wrong")


class Deaf(PlatformConnection):
    """Takes nothing more from its hundredth message on."""

    def on_media(self) -> None:
        if len(self.events) > 100:
            self.transport.pause_reading()


def times_by_number(platform: Platform) -> dict[int, int]:
    """The timestamp that each picture had there."""
    return {
        number: picture.timestamp
        for connection in platform.connections
        for number, picture in zip(connection.picture_numbers, connection.pictures, strict=True)
    }


@swiftly
async def test_a_warm_backup_is_left_alone_while_the_main_server_is_well() -> None:
    async with (
        Platform() as main,
        Platform() as backup,
        Stage(with_backup(main, backup, BackupUse.WARM)) as stage,
        stage.on_air(),
    ):
        light = await stage.turns(S.LIVE)
        await let_pass(10)
        assert (backup.connections, light.backup_in_use, light.cause) == ([], False, None)


@swiftly
async def test_a_warm_backup_carries_within_four_seconds_with_the_running_group() -> None:
    async with (
        Platform() as main,
        Platform() as backup,
        Stage(with_backup(main, backup, BackupUse.WARM)) as stage,
        stage.on_air(),
    ):
        await stage.turns(S.LIVE)
        await let_pass(1)
        await main.stop()
        began = now()
        await stage.turns(S.RETRYING)
        light = await stage.turns(S.LIVE)
        assert now() - began < 4.0
        assert light.backup_in_use
        assert light.server_url == f"rtmp://127.0.0.1:{backup.port}/app"
        assert light.cause is not None
        assert "Platform (main server)" in light.cause.sentence
        assert light.retry_in_s is None


@swiftly
async def test_a_main_server_that_takes_nothing_more_is_down_before_it_is_given_up() -> None:
    async with (
        Platform(Deaf) as main,
        Platform() as backup,
        Stage(with_backup(main, backup, BackupUse.WARM)) as stage,
    ):
        encoder = await stage.publish()
        sending = asyncio.create_task(encoder.stream(60.0, size=20_000))
        await stage.turns(S.LIVE)
        await eventually(lambda: stage.light().backup_in_use, patience_s=12)
        assert len(main.connections) == 1
        sending.cancel()
        await asyncio.wait({sending})


@swiftly
async def test_when_the_main_server_has_held_for_half_a_minute_the_backup_leaves_at_a_key_frame() -> None:
    async with (
        Platform() as main,
        Platform() as backup,
        Stage(with_backup(main, backup, BackupUse.WARM)) as stage,
        stage.on_air() as encoder,
    ):
        encoder.gop = 35  # half a minute is no multiple of it
        await stage.turns(S.LIVE)
        await main.stop()
        await eventually(lambda: stage.light().backup_in_use)
        await main.start()
        await eventually(lambda: not main.last.lost and main.last.pictures)
        back_at = now()
        await eventually(lambda: not stage.light().backup_in_use)
        assert 29 < now() - back_at < 34
        await eventually(lambda: backup.last.lost)
        assert backup.last.has(PublishFinished)
        assert (backup.last.picture_numbers[-1] + 1) % encoder.gop == 0
        light = stage.light()
        assert (light.state, light.cause) == (S.LIVE, None)
        assert light.connects == 3
        await let_pass(5)
        assert len(backup.connections) == 1


@swiftly
async def test_main_server_and_backup_say_the_same_times() -> None:
    async with Platform() as main, Platform() as backup:
        async with Stage(with_backup(main, backup, BackupUse.WARM)) as stage, stage.on_air():
            await stage.turns(S.LIVE)
            await let_pass(2)
            await main.stop()
            await eventually(lambda: stage.light().backup_in_use)
            main.connections.clear()
            await main.start()
            await eventually(lambda: main.connections and main.last.pictures)
            await let_pass(5)
        at_main, at_backup = times_by_number(main), times_by_number(backup)
        both = at_main.keys() & at_backup.keys()
        assert len(both) > 50
        assert {at_main[number] - at_backup[number] for number in both} == {0}


@swiftly
async def test_a_hot_backup_gets_the_same_pictures_at_the_same_times() -> None:
    async with (
        Platform() as main,
        Platform() as backup,
        Stage(with_backup(main, backup, BackupUse.HOT)) as stage,
    ):
        async with stage.on_air() as encoder:
            light = await stage.turns(S.LIVE)
            await let_pass(3)
            assert stage.light().backup_in_use
            assert light.cause is None
        assert times_by_number(main) == times_by_number(backup)
        assert len(times_by_number(main)) == encoder.sent


@pytest.mark.parametrize("broken", ["main", "backup"])
def test_a_hot_destination_is_green_while_one_of_its_servers_is_and_names_the_other(broken: str) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform() as main, Platform() as backup:
            async with Stage(with_backup(main, backup, BackupUse.HOT)) as stage, stage.on_air():
                await eventually(lambda: stage.light().connects == 2)
                down, up = (main, backup) if broken == "main" else (backup, main)
                await down.stop()
                states = set()
                for _ in range(100):
                    states.add(stage.light().state)
                    await asyncio.sleep(0.1)
                light = stage.light()
                assert states == {S.LIVE}
                assert light.cause is not None
                assert f"Platform ({broken} server)" in light.cause.sentence
                assert light.backup_in_use is (broken == "main")
                assert len(up.connections) == 1
                numbers = up.last.picture_numbers
                assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
                await down.start()
                await eventually(lambda: stage.light().cause is None)
                assert stage.light().connects == 3
                await let_pass(1)
            assert {
                times_by_number(main)[number] - times_by_number(backup)[number]
                for number in times_by_number(main).keys() & times_by_number(backup).keys()
            } == {0}

    broadcast()


@swiftly
async def test_a_refused_key_is_not_shown_to_the_backup_as_well() -> None:
    async with (
        Platform(WrongKey) as main,
        Platform() as backup,
        Stage(with_backup(main, backup, BackupUse.WARM)) as stage,
        stage.on_air(),
    ):
        await stage.turns(S.REJECTED)
        await let_pass(10)
        assert backup.connections == []


@swiftly
async def test_a_key_that_worked_says_nothing_for_the_one_that_takes_its_place() -> None:
    async with (
        Platform() as main,
        Platform() as backup,
        Stage(with_backup(main, backup, BackupUse.WARM)) as stage,
        stage.on_air(),
    ):
        await stage.turns(S.LIVE)
        await main.stop()
        await eventually(lambda: stage.light().backup_in_use)
        main.kind = backup.kind = WrongKey
        await main.start()
        edited = dataclasses.replace(
            with_backup(main, backup, BackupUse.WARM), stream_key=Secret("mistyped_key")
        )
        stage.relay.edit("Platform", edited)
        await stage.turns(S.REJECTED)
        tries = len(main.connections) + len(backup.connections)
        await let_pass(8)
        assert stage.light().state is S.REJECTED
        assert len(main.connections) + len(backup.connections) == tries


@swiftly
async def test_the_end_is_a_goodbye_at_both_servers() -> None:
    async with (
        Platform() as main,
        Platform() as backup,
        Stage(with_backup(main, backup, BackupUse.HOT)) as stage,
    ):
        async with stage.on_air():
            await eventually(lambda: stage.light().connects == 2)
        await stage.turns(S.OFF)
        assert all(platform.last.has(PublishFinished) for platform in (main, backup))


@swiftly
async def test_a_backup_can_be_switched_on_and_off_while_live_and_the_main_server_stays() -> None:
    async with Platform() as main, Platform() as backup, Stage(main.endpoint()) as stage:
        async with stage.on_air():
            await stage.turns(S.LIVE)
            stage.relay.edit("Platform", with_backup(main, backup, BackupUse.HOT))
            await eventually(lambda: stage.light().backup_in_use)
            await let_pass(2)
            stage.relay.edit("Platform", main.endpoint())
            await eventually(lambda: not stage.light().backup_in_use)
            await eventually(lambda: backup.last.lost)
            assert backup.last.has(PublishFinished)
            await let_pass(1)
        assert len(main.connections) == len(backup.connections) == 1
        at_main, at_backup = times_by_number(main), times_by_number(backup)
        assert at_backup
        assert {at_main[number] - time for number, time in at_backup.items()} == {0}


@swiftly
async def test_a_stop_ends_the_backup_too_and_a_start_brings_it_back() -> None:
    async with (
        Platform() as main,
        Platform() as backup,
        Stage(with_backup(main, backup, BackupUse.HOT)) as stage,
        stage.on_air(),
    ):
        await eventually(lambda: stage.light().connects == 2)
        stage.relay.stop_destination("Platform")
        await stage.turns(S.STOPPED)
        await eventually(lambda: main.last.lost and backup.last.lost)
        stage.relay.start_destination("Platform")
        await eventually(lambda: stage.light().connects == 4)


@swiftly
async def test_both_servers_count_anew_together_when_the_destination_takes_the_other_rendition() -> None:
    async with Platform() as main, Platform() as backup:
        landscape = with_backup(main, backup, BackupUse.HOT)
        async with Stage(landscape) as stage, stage.on_air():
            await eventually(lambda: stage.light().connects == 2)
            await let_pass(4)
            async with stage.on_air(f"{PUBLISH_KEY}{PORTRAIT_KEY_SUFFIX}"):
                main.connections.clear()
                backup.connections.clear()
                stage.relay.edit("Platform", dataclasses.replace(landscape, rendition=Rendition.PORTRAIT))
                await eventually(lambda: stage.light().connects == 4)
                await let_pass(3)
        at_main, at_backup = times_by_number(main), times_by_number(backup)
        both = at_main.keys() & at_backup.keys()
        assert len(both) > 25
        assert {at_main[number] - at_backup[number] for number in both} == {0}
        assert min(at_main.values()) == 0
