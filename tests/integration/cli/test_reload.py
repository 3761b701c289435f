"""The destinations file is read again while a broadcast runs."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Iterator

import pytest

from powerstream_desktop.cli.reload import ReadEndpoints, Reload, reloaded_by_signal
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.relay.destination.destination_states import DestinationState
from tests.integration.relay.peers import Platform
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly

S = DestinationState


class Said(list[Finding]):
    """What the user was told."""

    @property
    def sentences(self) -> list[str]:
        return [finding.sentence for finding in self]


def names(stage: Stage) -> list[str]:
    return [light.name for light in stage.relay.snapshot().destinations]


def reading(*endpoints: RTMPEndpoint) -> ReadEndpoints:
    return lambda: endpoints


def bad_file() -> tuple[RTMPEndpoint, ...]:
    raise UserError("d.json is not valid JSON (line 1, column 2).", hint="It should look like this.")


@swiftly
async def test_what_the_file_says_now_is_served_and_said_in_one_line() -> None:
    async with Platform() as one, Platform() as other, Stage(one.endpoint("one")) as stage, stage.on_air():
        await stage.turns(S.LIVE, "one")
        said = Said()
        reload = Reload(stage.relay, reading(one.endpoint("one"), other.endpoint("other")), said.append)
        reload.request()
        await eventually(lambda: said)
        await stage.turns(S.LIVE, "other")
        assert said.sentences == ["Destinations read again: added other."]
        assert said[0].severity is Severity.NOTE
        assert len(one.connections) == 1


@swiftly
async def test_a_file_with_a_mistake_changes_nothing() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        said = Said()
        Reload(stage.relay, bad_file, said.append).request()
        await eventually(lambda: said)
        assert said.sentences == [
            "The destinations stay as they are: d.json is not valid JSON (line 1, column 2)."
        ]
        assert (said[0].severity, said[0].remedy) == (Severity.ERROR, "It should look like this.")
        await let_pass(2)
        assert (stage.light().state, len(platform.connections)) == (S.LIVE, 1)


@swiftly
async def test_a_wish_that_comes_while_the_file_is_being_read_has_it_read_once_more() -> None:
    may_go_on = threading.Event()
    async with Platform() as platform, Stage(platform.endpoint("first")) as stage:
        times_read = 0

        def slow_disk() -> tuple[RTMPEndpoint, ...]:
            nonlocal times_read
            times_read += 1
            assert may_go_on.wait(10)
            return (platform.endpoint(f"number {times_read}"),)

        said = Said()
        reload = Reload(stage.relay, slow_disk, said.append)
        for _ in range(5):
            reload.request()
        await asyncio.sleep(0.01)
        reload.request()
        may_go_on.set()
        await eventually(lambda: names(stage) == ["number 2"])
        await let_pass(1)
        assert times_read == len(said) == 2


@swiftly
async def test_a_disk_that_hangs_does_not_hold_up_the_end() -> None:
    may_go_on = threading.Event()
    async with Platform() as platform, Stage(platform.endpoint()) as stage:

        def hanging_disk() -> tuple[RTMPEndpoint, ...]:
            assert may_go_on.wait(10)
            return ()

        said = Said()
        reload = Reload(stage.relay, hanging_disk, said.append)
        reload.request()
        await asyncio.sleep(0.01)
        await reload.aclose()
        may_go_on.set()
        assert (names(stage), said) == (["Platform"], [])


@pytest.fixture
def signal_as_before() -> Iterator[None]:
    before = signal.getsignal(signal.SIGUSR1)
    yield
    signal.signal(signal.SIGUSR1, before)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.usefixtures("signal_as_before")
@swiftly
async def test_the_signal_asks_for_it_while_the_broadcast_runs_and_does_no_harm_behind_its_end() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        said = Said()
        reload = Reload(stage.relay, reading(platform.endpoint("new")), said.append)
        with reloaded_by_signal(reload):
            os.kill(os.getpid(), signal.SIGUSR1)
            await eventually(lambda: said)
        assert names(stage) == ["new"]
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.sleep(0.01)
    assert len(said) == 1
