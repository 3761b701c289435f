"""What the user changes about a destination of a running broadcast, or about the whole list of them (F27)."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.rtmp.events import PublishRequested
from powerstream_desktop.rtmp.status import StatusCode
from tests.integration.relay.peers import Platform, PlatformConnection, endpoint
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly
from tests.integration.relay.test_commands import (
    OTHER_KEY,
    Lingering,
    OneKeyAtATime,
    assert_whole,
    now,
    said_goodbye,
    with_key,
)

S = DestinationState


@swiftly
async def test_a_new_key_is_used_after_a_goodbye_to_the_old_one_and_the_history_stays() -> None:
    async with (
        Platform() as other,
        Platform(OneKeyAtATime) as platform,
        Stage(other.endpoint("other"), platform.endpoint()) as stage,
    ):
        async with stage.on_air():
            before = await stage.turns(S.LIVE)
            stage.relay.edit("Platform", with_key(platform, OTHER_KEY))
            await eventually(lambda: stage.light().connects == 2)
            old, new = platform.connections
            assert isinstance(old, OneKeyAtATime)
            assert isinstance(new, OneKeyAtATime)
            assert said_goodbye(old)
            assert (old.key, new.key) == ("sk_platform_4711", OTHER_KEY)
            after = stage.light()
            assert after.frames_sent > before.frames_sent
            assert after.bytes_sent > before.bytes_sent
        assert_whole(other.last)
        assert len(other.connections) == 1


@swiftly
async def test_a_new_server_is_connected_to_and_the_old_one_left() -> None:
    async with Platform() as old, Platform() as new, Stage(old.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        stage.relay.edit("Platform", new.endpoint("Another name"))
        await eventually(lambda: stage.light().connects == 2)
        assert said_goodbye(old.last)
        light = stage.light()
        assert light.name == "Platform"
        assert light.server_url == f"rtmp://127.0.0.1:{new.port}/app"


@swiftly
async def test_a_new_server_is_shown_before_anybody_publishes() -> None:
    async with Platform() as old, Platform() as new, Stage(old.endpoint()) as stage:
        stage.relay.edit("Platform", new.endpoint())
        assert stage.light().server_url == f"rtmp://127.0.0.1:{new.port}/app"


@swiftly
async def test_what_does_not_concern_the_connection_does_not_disturb_it() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        async with stage.on_air():
            await stage.turns(S.LIVE)
            changed = dataclasses.replace(
                platform.endpoint(),
                priority=7,
                codecs=frozenset({"avc1", "mp4a"}),
                stream_key=Secret("sk_platform_4711"),
            )
            stage.relay.edit("Platform", changed)
            await let_pass(2)
        assert len(platform.connections) == 1
        assert_whole(platform.last)


@swiftly
async def test_an_edit_during_the_goodbye_before_it_waits_as_well() -> None:
    async with Platform(Lingering) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        for number in range(3):
            stage.relay.edit("Platform", with_key(platform, f"sk_platform_{number}"))
            await let_pass(0.2)
        await eventually(lambda: stage.light().connects == 2)
        last = platform.last
        assert isinstance(last, OneKeyAtATime)
        assert (len(platform.connections), last.key) == (2, "sk_platform_2")


@swiftly
async def test_an_edit_while_it_retries_is_tried_at_once() -> None:
    async with Platform() as platform, Stage(endpoint(1)) as stage, stage.on_air():
        await stage.turns(S.RETRYING)
        await let_pass(8)
        stage.relay.edit("Platform", platform.endpoint())
        began = now()
        light = await stage.turns(S.LIVE)
        assert now() - began < 2
        assert (light.attempt, light.cause) == (0, None)


@swiftly
async def test_a_refused_key_can_be_corrected_while_live() -> None:
    class Strict(PlatformConnection):
        def on_publish(self, request: PublishRequested) -> None:
            if request.target.key == OTHER_KEY:
                super().on_publish(request)
            else:
                self.rtmp.reject_publish(request.request_id, StatusCode.PUBLISH_BAD_NAME, "wrong")

    async with Platform(Strict) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.REJECTED)
        stage.relay.edit("Platform", with_key(platform, OTHER_KEY))
        began = now()
        await stage.turns(S.LIVE)
        assert now() - began < 2


@swiftly
async def test_an_edit_of_a_stopped_destination_holds_for_its_next_start() -> None:
    async with Platform() as old, Platform() as new, Stage(old.endpoint()) as stage, stage.on_air():
        stage.relay.stop_destination("Platform")
        await stage.turns(S.STOPPED)
        seen = len(old.connections)
        stage.relay.edit("Platform", new.endpoint())
        await let_pass(3)
        assert (stage.light().state, new.connections) == (S.STOPPED, [])
        stage.relay.start_destination("Platform")
        await stage.turns(S.LIVE)
        assert (len(old.connections), len(new.connections)) == (seen, 1)


# A whole list.


@swiftly
async def test_another_list_of_endpoints_changes_what_differs_and_nothing_else() -> None:
    async with (
        Platform() as stays,
        Platform() as goes,
        Platform() as changes,
        Platform() as comes,
        Stage(stays.endpoint("stays"), goes.endpoint("goes"), changes.endpoint("changes")) as stage,
        stage.on_air(),
    ):
        await eventually(lambda: all(each.connects for each in stage.relay.snapshot().destinations))
        done = await stage.relay.serve(
            [
                comes.endpoint("comes"),
                changes.endpoint("changes", key=OTHER_KEY),
                stays.endpoint("stays"),
            ]
        )
        assert str(done) == "added comes; changed changes; removed goes"
        assert [light.name for light in stage.relay.snapshot().destinations] == [
            "comes",
            "changes",
            "stays",
        ]
        assert said_goodbye(goes.last)
        await stage.turns(S.LIVE, "comes")
        await eventually(lambda: stage.light("changes").connects == 2)
        assert len(stays.connections) == 1
        again = await stage.relay.serve(
            [
                comes.endpoint("comes"),
                changes.endpoint("changes", key=OTHER_KEY),
                stays.endpoint("stays"),
            ]
        )
        assert str(again) == "nothing has changed"


@swiftly
async def test_a_list_with_a_name_that_is_still_saying_goodbye_is_not_served() -> None:
    async with Platform(Lingering) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        removing = asyncio.create_task(stage.relay.remove("Platform"))
        await asyncio.sleep(0)
        with pytest.raises(UserError, match="already"):
            await stage.relay.serve([platform.endpoint()])
        await removing
