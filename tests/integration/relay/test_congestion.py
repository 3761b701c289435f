"""The whole upload collapses under a real relay with real sockets: who loses what, and that all come back (ADR 0007)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from tests.integration.relay.peers import FRAME_MS, Encoder, Platform
from tests.integration.relay.shared_line import SharedLine
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly

pytestmark = pytest.mark.exacting

S = DestinationState
NAMES = ("first", "second", "third", "fourth")
FRAME_BYTES = 4_000
STREAM_BYTES_PER_S = FRAME_BYTES * 25
AMPLE = 4 * STREAM_BYTES_PER_S * 1.5
NARROW = AMPLE / 4
"""6 to 1.5: three of four have to make room."""


async def publish_in_bursts(encoder: Encoder) -> None:
    """Publish 25 pictures a second, five at a time, which takes the test's loop less real time than one at a time."""
    while True:
        for _ in range(5):
            encoder.send_frame(FRAME_BYTES)
        await asyncio.sleep(5 * FRAME_MS / 1000)


class Show:
    """A broadcast to four platforms over one line, the first the most important."""

    def __init__(self, stage: Stage, line: SharedLine, platforms: list[Platform], encoder: Encoder) -> None:
        self.stage = stage
        self.line = line
        self.platforms = platforms
        self.encoder = encoder

    def lights(self) -> dict[str, DestinationSnapshot]:
        return {light.name: light for light in self.stage.relay.snapshot().destinations}

    def dropped(self) -> list[int]:
        lights = self.lights()
        return [lights[name].frames_dropped for name in NAMES]


@asynccontextmanager
async def show() -> AsyncIterator[Show]:
    async with AsyncExitStack() as stack:
        line = await stack.enter_async_context(SharedLine(AMPLE))
        platforms = [await stack.enter_async_context(Platform()) for _ in NAMES]
        endpoints = [
            line.way_to(platform.endpoint(name), priority=-place)
            for place, (name, platform) in enumerate(zip(NAMES, platforms, strict=True))
        ]
        stage = await stack.enter_async_context(Stage(*endpoints))
        encoder = await stage.publish()
        streaming = asyncio.create_task(publish_in_bursts(encoder))
        for name in NAMES:
            await stage.turns(S.LIVE, name)
        await let_pass(6.0)
        try:
            yield Show(stage, line, platforms, encoder)
        finally:
            streaming.cancel()


@swiftly
async def test_when_the_upload_collapses_the_most_important_platform_loses_no_frame_and_all_come_back() -> (
    None
):
    async with show() as it:
        assert it.dropped() == [0, 0, 0, 0]
        it.line.bytes_per_s = NARROW
        collapsed_at = asyncio.get_running_loop().time()
        await eventually(lambda: any(light.cause for light in it.lights().values()))
        await eventually(lambda: cause_of(it, "fourth") == "made-room")
        assert asyncio.get_running_loop().time() - collapsed_at < 2.2
        await let_pass(12.0)
        assert it.lights()["first"].frames_dropped == 0
        assert it.lights()["first"].queue_ms < 700
        assert it.stage.relay.snapshot().uplink_kbps is not None

        it.line.bytes_per_s = AMPLE
        await eventually(lambda: all(light.state is S.LIVE for light in it.lights().values()))
        first, *others = it.dropped()
        assert first == 0
        assert all(frames > 0 for frames in others)
        numbers = it.platforms[0].last.picture_numbers
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert [len(platform.connections) for platform in it.platforms] == [1, 1, 1, 1]
        await eventually(lambda: it.stage.relay.snapshot().uplink_kbps is None)


@swiftly
async def test_a_stall_of_two_seconds_costs_nobody_a_frame() -> None:
    async with show() as it:
        it.line.flows.clear()
        await let_pass(2.0)
        it.line.flows.set()
        await let_pass(15.0)
        assert it.dropped() == [0, 0, 0, 0]
        assert all(light.state is S.LIVE for light in it.lights().values())


def cause_of(it: Show, name: str) -> str:
    cause = it.lights()[name].cause
    return cause.code if cause is not None else ""
