"""What the user does to one destination of a running broadcast, and what the others notice of it: nothing (F27)."""

from __future__ import annotations

import asyncio
import random
from itertools import pairwise

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.rtmp.events import PublishFinished, PublishRequested
from powerstream_desktop.rtmp.status import StatusCode
from tests.integration.relay.peers import Platform, PlatformConnection, endpoint
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly

S = DestinationState
OTHER_KEY = "sk_platform_0042"


def now() -> float:
    return asyncio.get_running_loop().time()


def assert_whole(connection: PlatformConnection) -> None:
    """Nothing of the stream is missing or doubled from the first picture to the last."""
    numbers = connection.picture_numbers
    assert numbers
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    times = [picture.timestamp for picture in connection.pictures]
    assert all(later - earlier == 40 for earlier, later in pairwise(times))


def said_goodbye(connection: PlatformConnection) -> bool:
    return connection.has(PublishFinished) and connection.lost


def with_key(platform: Platform, key: str) -> RTMPEndpoint:
    return platform.endpoint(key=key)


class OneKeyAtATime(PlatformConnection):
    """Refuses a key that it still has on the air, as platforms do; remembers the keys it was shown."""

    key = ""

    def on_publish(self, request: PublishRequested) -> None:
        self.key = request.target.key
        others = [other for other in self.platform.connections if isinstance(other, OneKeyAtATime)]
        if any(other.is_on_air_with(self.key) for other in others if other is not self):
            self.rtmp.reject_publish(request.request_id, StatusCode.PUBLISH_BAD_NAME, "busy")
        else:
            super().on_publish(request)

    def is_on_air_with(self, key: str) -> bool:
        return self.key == key and not self.has(PublishFinished) and not self.lost


class Hesitant(PlatformConnection):
    """Takes the key and does not answer."""

    def on_publish(self, request: PublishRequested) -> None:
        pass


class Lingering(OneKeyAtATime):
    """Has the goodbye and does not hang up before a second has passed."""

    def eof_received(self) -> bool:
        asyncio.get_running_loop().call_later(1.0, self.transport.close)
        return True


# Add and remove.


@swiftly
async def test_a_destination_that_is_added_live_begins_with_a_key_frame() -> None:
    async with Platform() as first, Platform() as late, Stage(first.endpoint("first")) as stage:
        async with stage.on_air() as encoder:
            await stage.turns(S.LIVE, "first")
            await let_pass(1.5)
            stage.relay.add(late.endpoint("late"))
            light = await stage.turns(S.LIVE, "late")
            await let_pass(2.0)
            assert late.last.picture_numbers[0] % encoder.gop == 0
            assert (light.frames_dropped, light.connects) == (0, 1)
        for platform in (first, late):
            assert len(platform.connections) == 1
            assert_whole(platform.last)


@swiftly
async def test_a_destination_that_is_added_before_anybody_publishes_waits() -> None:
    async with Platform() as platform, Stage() as stage:
        stage.relay.add(platform.endpoint())
        await let_pass(5)
        assert stage.light().state is S.OFF
        async with stage.on_air():
            await stage.turns(S.LIVE)


@swiftly
async def test_a_destination_that_is_removed_says_goodbye_and_the_others_lose_nothing() -> None:
    async with (
        Platform() as stays,
        Platform() as goes,
        Stage(stays.endpoint("stays"), goes.endpoint("goes")) as stage,
    ):
        async with stage.on_air():
            await stage.turns(S.LIVE, "goes")
            began = now()
            await stage.relay.remove("goes")
            assert now() - began < 2.0
            assert said_goodbye(goes.last)
            await let_pass(2.0)
            assert [light.name for light in stage.relay.snapshot().destinations] == ["stays"]
            assert stage.light("stays").state is S.LIVE
        assert_whole(stays.last)
        assert_whole(goes.last)
        assert len(goes.connections) == 1


@swiftly
async def test_a_platform_that_does_not_hang_up_holds_its_removal_for_two_seconds() -> None:
    class Clinging(PlatformConnection):
        def eof_received(self) -> bool:
            return True

    async with Platform(Clinging) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        began = now()
        await stage.relay.remove("Platform")
        assert 1.5 < now() - began < 2.5
        assert stage.relay.snapshot().destinations == ()


@swiftly
async def test_a_name_is_free_again_when_its_goodbye_has_been_said() -> None:
    async with Platform(Lingering) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        removing = asyncio.create_task(stage.relay.remove("Platform"))
        await asyncio.sleep(0)
        with pytest.raises(UserError, match="already"):
            stage.relay.add(platform.endpoint())
        for command in (stage.relay.start_destination, stage.relay.stop_destination, stage.relay.retry_now):
            with pytest.raises(UserError, match="no destination"):
                command("Platform")
        with pytest.raises(UserError, match="no destination"):
            await stage.relay.remove("Platform")
        await removing
        stage.relay.add(platform.endpoint())
        await stage.turns(S.LIVE)
        assert len(platform.connections) == 2
        stage.relay.stop_destination("Platform")
        await stage.turns(S.STOPPED)


@swiftly
async def test_nobody_can_be_commanded_who_is_not_there() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        with pytest.raises(UserError, match="'Nobody'"):
            await stage.relay.remove("Nobody")
        with pytest.raises(UserError, match="'Nobody'"):
            stage.relay.edit("Nobody", platform.endpoint())
        for command in (stage.relay.start_destination, stage.relay.stop_destination, stage.relay.retry_now):
            with pytest.raises(UserError, match="'Nobody'"):
                command("Nobody")


@swiftly
async def test_a_broadcast_that_is_ending_takes_nobody_in() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        await stage.relay.aclose()
        with pytest.raises(UserError, match="ending"):
            stage.relay.add(platform.endpoint("another"))
        with pytest.raises(UserError, match="ending"):
            stage.relay.start_destination("Platform")


# Stop and start.


@swiftly
async def test_one_destination_can_be_stopped_and_started_again() -> None:
    async with (
        Platform() as other,
        Platform(OneKeyAtATime) as platform,
        Stage(other.endpoint("other"), platform.endpoint()) as stage,
    ):
        async with stage.on_air():
            await stage.turns(S.LIVE)
            for _ in range(3):
                stage.relay.stop_destination("Platform")
            await stage.turns(S.STOPPED)
            assert said_goodbye(platform.last)
            await let_pass(10)
            assert len(platform.connections) == 1
            for _ in range(3):
                stage.relay.start_destination("Platform")
            light = await stage.turns(S.LIVE)
            assert (len(platform.connections), light.connects, light.attempt) == (2, 2, 0)
        assert_whole(other.last)


@swiftly
async def test_a_stopped_destination_stays_so_over_the_next_broadcast() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        stage.relay.stop_destination("Platform")
        for _ in range(2):
            async with stage.on_air():
                await let_pass(3)
            await let_pass(1)
        assert (stage.light().state, platform.connections) == (S.STOPPED, [])
        stage.relay.start_destination("Platform")
        assert stage.light().state is S.OFF
        async with stage.on_air():
            await stage.turns(S.LIVE)


@swiftly
async def test_a_start_during_the_goodbye_waits_for_it() -> None:
    async with Platform(Lingering) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        stage.relay.stop_destination("Platform")
        await let_pass(0.3)
        stage.relay.start_destination("Platform")
        await eventually(lambda: len(platform.connections) == 2)
        assert said_goodbye(platform.connections[0])
        light = await stage.turns(S.LIVE)
        assert (light.cause, light.connects) == (None, 2)


@swiftly
async def test_the_last_word_counts_however_many_came_during_the_goodbye() -> None:
    async with Platform(Lingering) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        for _ in range(3):
            stage.relay.stop_destination("Platform")
            stage.relay.start_destination("Platform")
        stage.relay.stop_destination("Platform")
        await stage.turns(S.STOPPED)
        await let_pass(5)
        assert (len(platform.connections), stage.light().state) == (1, S.STOPPED)


@pytest.mark.parametrize("rounds", range(8))
def test_a_stop_may_come_in_any_round_of_the_opening(rounds: int) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform() as platform, Stage(platform.endpoint()) as stage, stage.on_air():
            for _ in range(rounds * 3):
                await asyncio.sleep(0)
            stage.relay.stop_destination("Platform")
            await stage.turns(S.STOPPED)
            await eventually(lambda: all(connection.lost for connection in platform.connections))
            stage.relay.start_destination("Platform")
            await stage.turns(S.LIVE)

    broadcast()


@swiftly
async def test_a_destination_that_waits_for_an_answer_can_be_stopped() -> None:
    async with Platform(Hesitant) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.PUBLISHING)
        began = now()
        stage.relay.stop_destination("Platform")
        await stage.turns(S.STOPPED)
        assert now() - began < 2.5
        assert len(platform.connections) == 1


@swiftly
async def test_a_retrying_destination_that_is_stopped_does_not_try_again() -> None:
    async with Stage(endpoint(1)) as stage, stage.on_air():
        await stage.turns(S.RETRYING)
        stage.relay.stop_destination("Platform")
        light = await stage.turns(S.STOPPED)
        assert (light.retry_in_s, light.cause, light.attempt) == (None, None, 0)


# Storms.


@pytest.mark.parametrize("seed", range(6))
def test_after_any_storm_of_commands_the_last_word_counts(seed: int) -> None:
    """Commands at any moment, the platform's and the encoder's whims included; a bystander notices nothing."""

    @swiftly
    async def broadcast() -> None:
        chance = random.Random(seed)
        async with (
            Platform() as bystander,
            Platform(Lingering) as platform,
            Stage(bystander.endpoint("bystander"), platform.endpoint()) as stage,
        ):
            async with stage.on_air():
                await stage.turns(S.LIVE, "bystander")
                for _ in range(60):
                    match chance.randrange(6):
                        case 0:
                            stage.relay.stop_destination("Platform")
                        case 1:
                            stage.relay.start_destination("Platform")
                        case 2:
                            key = chance.choice(["sk_platform_4711", OTHER_KEY])
                            stage.relay.edit("Platform", with_key(platform, key))
                        case 3:
                            stage.relay.retry_now("Platform")
                        case 4 if platform.connections:
                            platform.last.transport.abort()
                        case _:
                            await let_pass(chance.choice([0.0, 0.01, 0.2, 1.5]))
                stage.relay.edit("Platform", with_key(platform, "sk_platform_last"))
                stage.relay.start_destination("Platform")
                await eventually(
                    lambda: (
                        platform.connections
                        and isinstance(platform.last, OneKeyAtATime)
                        and platform.last.key == "sk_platform_last"
                    )
                )
                await stage.turns(S.LIVE)
                stage.relay.stop_destination("Platform")
                await stage.turns(S.STOPPED)
                await eventually(lambda: all(connection.lost for connection in platform.connections))
            assert len(bystander.connections) == 1
            assert_whole(bystander.last)

    broadcast()
