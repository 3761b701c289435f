"""A platform with two ingests: one destination, one light (F25, reliability_security.md 2.2)."""

from __future__ import annotations

import asyncio
import dataclasses
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import BackupUse, Rendition, RTMPEndpoint
from powerstream_desktop.relay.connect.connector import Connector
from powerstream_desktop.relay.destination.destination import Destination
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.stream.renditions import PORTRAIT_KEY_SUFFIX
from powerstream_desktop.rtmp.events import AudioReceived, PublishFinished, PublishRequested
from powerstream_desktop.rtmp.status import StatusCode
from tests.integration.relay.peers import Encoder, Platform, PlatformConnection
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


@dataclass
class Pair:
    """A destination with two servers, and the stage that sends to it."""

    main: Platform
    backup: Platform
    stage: Stage

    async def main_falls(self) -> None:
        """Take the main server away, and wait until the backup carries alone."""
        await self.main.stop()
        await eventually(lambda: self.stage.light().backup_in_use)

    async def main_returns(self) -> None:
        """Bring the main server back, and wait until it gets pictures again."""
        self.main.connections.clear()
        await self.main.start()
        await eventually(lambda: self.main.connections and self.main.last.pictures)

    def differences_ms(self) -> set[int]:
        """How far apart the two servers' times are for the pictures that both have; there are some."""
        at_main, at_backup = times_by_number(self.main), times_by_number(self.backup)
        both = at_main.keys() & at_backup.keys()
        assert len(both) > 25
        return {at_main[number] - at_backup[number] for number in both}


@asynccontextmanager
async def pair_of_servers(
    use: BackupUse, main_kind: type[PlatformConnection] = PlatformConnection
) -> AsyncIterator[Pair]:
    async with (
        Platform(main_kind) as main,
        Platform() as backup,
        Stage(with_backup(main, backup, use)) as stage,
    ):
        yield Pair(main, backup, stage)


@asynccontextmanager
async def on_air(
    use: BackupUse, main_kind: type[PlatformConnection] = PlatformConnection
) -> AsyncIterator[tuple[Pair, Encoder]]:
    async with pair_of_servers(use, main_kind) as pair, pair.stage.on_air() as encoder:
        yield pair, encoder


@swiftly
async def test_a_warm_backup_is_left_alone_while_the_main_server_is_well() -> None:
    async with on_air(BackupUse.WARM) as (pair, _):
        light = await pair.stage.turns(S.LIVE)
        await let_pass(10)
        assert (pair.backup.connections, light.backup_in_use, light.cause) == ([], False, None)


@swiftly
async def test_a_warm_backup_carries_within_four_seconds_with_the_running_group() -> None:
    async with on_air(BackupUse.WARM) as (pair, _):
        await pair.stage.turns(S.LIVE)
        await let_pass(1)
        await pair.main.stop()
        began = now()
        await pair.stage.turns(S.RETRYING)
        light = await pair.stage.turns(S.LIVE)
        assert now() - began < 4.0
        assert light.backup_in_use
        assert light.server_url == f"rtmp://127.0.0.1:{pair.backup.port}/app"
        assert light.cause is not None
        assert "Platform (main server)" in light.cause.sentence
        assert light.retry_in_s is None


@swiftly
async def test_a_main_server_that_takes_nothing_more_is_down_before_it_is_given_up() -> None:
    async with pair_of_servers(BackupUse.WARM, Deaf) as pair:
        encoder = await pair.stage.publish()
        sending = asyncio.create_task(encoder.stream(60.0, size=20_000))
        await pair.stage.turns(S.LIVE)
        await eventually(lambda: pair.stage.light().backup_in_use, patience_s=12)
        assert len(pair.main.connections) == 1
        sending.cancel()
        await asyncio.wait({sending})


@swiftly
async def test_when_the_main_server_has_held_for_half_a_minute_the_backup_leaves_at_a_key_frame() -> None:
    async with on_air(BackupUse.WARM) as (pair, encoder):
        encoder.gop = 35  # half a minute is no multiple of it
        await pair.stage.turns(S.LIVE)
        await pair.main_falls()
        await pair.main_returns()
        back_at = now()
        await eventually(lambda: not pair.stage.light().backup_in_use)
        await eventually(lambda: pair.backup.last.lost)
        assert 29 < now() - back_at < 34
        assert pair.backup.last.has(PublishFinished)
        assert (pair.backup.last.picture_numbers[-1] + 1) % encoder.gop == 0
        light = pair.stage.light()
        assert (light.state, light.cause) == (S.LIVE, None)
        assert light.connects == 3
        await let_pass(5)
        assert len(pair.backup.connections) == 1


@swiftly
async def test_a_main_server_that_falls_again_while_the_backup_is_about_to_leave_keeps_it() -> None:
    async with on_air(BackupUse.WARM) as (pair, encoder):
        encoder.gop = 250  # ten seconds: long enough to fall in
        await pair.stage.turns(S.LIVE)
        await pair.main_falls()
        await pair.main_returns()
        await let_pass(31)
        assert not pair.backup.last.lost
        await pair.main.stop()
        await let_pass(12)  # past the key frame at which it would have left
        assert not pair.backup.last.lost
        assert len(pair.backup.connections) == 1
        assert (pair.stage.light().state, pair.stage.light().backup_in_use) == (S.LIVE, True)


@swiftly
async def test_the_next_broadcast_begins_without_the_backup_of_the_one_before() -> None:
    async with pair_of_servers(BackupUse.WARM) as pair:
        async with pair.stage.on_air():
            await pair.stage.turns(S.LIVE)
            await pair.main_falls()
        await pair.stage.turns(S.OFF)
        pair.backup.connections.clear()
        await pair.main.start()
        async with pair.stage.on_air():
            await pair.stage.turns(S.LIVE)
            await let_pass(5)
            assert pair.backup.connections == []


@swiftly
async def test_main_server_and_backup_say_the_same_times() -> None:
    async with pair_of_servers(BackupUse.WARM) as pair:
        async with pair.stage.on_air():
            await pair.stage.turns(S.LIVE)
            await let_pass(2)
            await pair.main_falls()
            await pair.main_returns()
            await let_pass(5)
        assert pair.differences_ms() == {0}


@swiftly
async def test_a_hot_backup_gets_the_same_pictures_at_the_same_times() -> None:
    async with pair_of_servers(BackupUse.HOT) as pair:
        async with pair.stage.on_air() as encoder:
            await eventually(lambda: pair.stage.light().connects == 2)
            await let_pass(3)
        assert times_by_number(pair.main) == times_by_number(pair.backup)
        assert len(times_by_number(pair.main)) == encoder.sent


@swiftly
async def test_a_hot_pair_that_is_well_is_live_at_its_main_server() -> None:
    async with on_air(BackupUse.HOT) as (pair, _):
        await eventually(lambda: pair.stage.light().connects == 2)
        light = pair.stage.light()
        assert (light.state, light.backup_in_use, light.cause) == (S.LIVE, False, None)
        assert light.server_url == f"rtmp://127.0.0.1:{pair.main.port}/app"


@pytest.mark.parametrize("broken", ["main", "backup"])
def test_a_hot_destination_is_green_while_one_of_its_servers_is_and_names_the_other(broken: str) -> None:
    @swiftly
    async def broadcast() -> None:
        async with pair_of_servers(BackupUse.HOT) as pair:
            stage = pair.stage
            async with stage.on_air():
                await eventually(lambda: stage.light().connects == 2)
                down, up = (pair.main, pair.backup) if broken == "main" else (pair.backup, pair.main)
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
            assert pair.differences_ms() == {0}

    broadcast()


@swiftly
async def test_a_refused_key_is_not_shown_to_the_backup_as_well() -> None:
    async with on_air(BackupUse.WARM, WrongKey) as (pair, _):
        await pair.stage.turns(S.REJECTED)
        await let_pass(10)
        assert pair.backup.connections == []


@swiftly
async def test_a_key_that_worked_says_nothing_for_the_one_that_takes_its_place() -> None:
    async with on_air(BackupUse.WARM) as (pair, _):
        main, backup, stage = pair.main, pair.backup, pair.stage
        await stage.turns(S.LIVE)
        await pair.main_falls()
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
    async with pair_of_servers(BackupUse.HOT) as pair:
        async with pair.stage.on_air():
            await eventually(lambda: pair.stage.light().connects == 2)
        await pair.stage.turns(S.OFF)
        assert all(platform.last.has(PublishFinished) for platform in (pair.main, pair.backup))


@swiftly
async def test_a_backup_can_be_switched_on_and_off_while_live_and_the_main_server_stays() -> None:
    async with pair_of_servers(BackupUse.OFF) as pair:
        stage = pair.stage
        async with stage.on_air():
            await stage.turns(S.LIVE)
            stage.relay.edit("Platform", with_backup(pair.main, pair.backup, BackupUse.HOT))
            await eventually(lambda: stage.light().connects == 2)
            await let_pass(2)
            stage.relay.edit("Platform", pair.main.endpoint())
            await eventually(lambda: pair.backup.last.lost)
            assert pair.backup.last.has(PublishFinished)
            await let_pass(1)
        assert len(pair.main.connections) == len(pair.backup.connections) == 1
        assert pair.differences_ms() == {0}


@swiftly
async def test_a_backup_that_is_added_while_the_destination_makes_room_makes_room_as_well() -> None:
    async with Platform() as main, Platform() as backup, Stage() as stage, stage.on_air():
        stream = stage.relay.stream
        destination = Destination(main.endpoint(), stream, Connector(now), now, random.Random(1))
        destination.start()
        await eventually(lambda: main.connections and main.last.pictures)
        destination.make_room(Room.SOUND)
        destination.edit(with_backup(main, backup, BackupUse.HOT), stream)
        await eventually(lambda: backup.connections and backup.last.has(AudioReceived))
        await let_pass(2)
        assert backup.last.pictures == []
        await destination.aclose()


@swiftly
async def test_a_stop_ends_the_backup_too_and_a_start_brings_it_back() -> None:
    async with on_air(BackupUse.HOT) as (pair, _):
        stage = pair.stage
        await eventually(lambda: stage.light().connects == 2)
        stage.relay.stop_destination("Platform")
        await stage.turns(S.STOPPED)
        await eventually(lambda: pair.main.last.lost and pair.backup.last.lost)
        stage.relay.start_destination("Platform")
        await eventually(lambda: stage.light().connects == 4)


@swiftly
async def test_both_servers_count_anew_together_when_the_destination_takes_the_other_rendition() -> None:
    async with pair_of_servers(BackupUse.HOT) as pair:
        stage = pair.stage
        upright = dataclasses.replace(
            with_backup(pair.main, pair.backup, BackupUse.HOT), rendition=Rendition.PORTRAIT
        )
        async with stage.on_air():
            await eventually(lambda: stage.light().connects == 2)
            await let_pass(4)
            async with stage.on_air(f"{PUBLISH_KEY}{PORTRAIT_KEY_SUFFIX}"):
                pair.main.connections.clear()
                pair.backup.connections.clear()
                stage.relay.edit("Platform", upright)
                await eventually(lambda: stage.light().connects == 4)
                await let_pass(3)
        assert pair.differences_ms() == {0}
        assert min(times_by_number(pair.main).values()) == 0
