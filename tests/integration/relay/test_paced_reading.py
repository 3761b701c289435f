"""What an external encoder sends is read some pictures at a time, and never late (ADR 0004)."""

from __future__ import annotations

import asyncio
import sys
from itertools import pairwise

import pytest

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.ingest.read_pacer import LONGEST_HOLD_S
from tests.integration.relay.peers import FRAME_MS, Encoder, Platform, PlatformConnection
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import swiftly

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux lets a socket wait for some bytes"
)

STEADY_S, THIN_S = 4.0, 3.0
STEADY_BYTES, THIN_BYTES = 20_000, 300
ON_THE_WAY_S = 0.05
BUNCH_S = 0.02


class Timekeeper(PlatformConnection):
    """Notes when each picture came."""

    def __init__(self, platform: Platform) -> None:
        super().__init__(platform)
        self.came_s: list[float] = []

    def on_media(self) -> None:
        missing = len(self.pictures) - len(self.came_s)
        self.came_s += [asyncio.get_running_loop().time()] * missing


async def send(encoder: Encoder, seconds: float, size: int) -> list[float]:
    """Send pictures at their pace; return when each one left."""
    loop, left_s = asyncio.get_running_loop(), []
    for _ in range(round(seconds * 1000 / FRAME_MS)):
        left_s.append(loop.time())
        encoder.send_frame(size)
        await asyncio.sleep(FRAME_MS / 1000)
    return left_s


@swiftly
async def test_pictures_come_some_at_a_time_and_none_waits_longer_than_the_hold_also_when_they_become_small() -> (
    None
):
    async with Platform(Timekeeper) as platform, Stage(platform.endpoint(), paced=True) as stage:
        encoder = await stage.publish()
        await stage.turns(DestinationState.LIVE)
        steady_s = await send(encoder, STEADY_S, STEADY_BYTES)
        thin_s = await send(encoder, THIN_S, THIN_BYTES)
        await asyncio.sleep(2 * LONGEST_HOLD_S)
        encoder.say_goodbye()

    [connection] = platform.connections
    assert isinstance(connection, Timekeeper)
    left_s = [*steady_s, *thin_s]
    came_s = connection.came_s[-len(left_s) :]
    waits_s = [came - left for left, came in zip(left_s, came_s, strict=True)]
    assert max(waits_s) < LONGEST_HOLD_S + ON_THE_WAY_S
    last_second_s = came_s[len(steady_s) - 1000 // FRAME_MS : len(steady_s)]
    bunches = 1 + sum(later - earlier > BUNCH_S for earlier, later in pairwise(last_second_s))
    assert bunches < len(last_second_s) / 2
