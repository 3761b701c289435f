"""Half an hour in seconds: our relay on an event loop whose clock jumps over idle time, with real sockets."""

from __future__ import annotations

import asyncio

from powerstream_desktop.relay.destination.destination_states import DestinationState
from tests.faults.judging import longest_pause_s
from tests.faults.matrix import Verdict, row_alone
from tests.faults.scene import Scene
from tests.integration.relay.peers import Encoder, Platform
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import SwiftLoop, eventually

AWAY_FULL_S, AWAY_QUICK_S = 1800.0, 120.0
MOST_BETWEEN_TRIES_S = 15.0
BACK_S = 15.0
PICTURE_EVERY_S = 1.0
LOOK_EVERY_S = 0.5


@row_alone(
    "F05",
    "connect refused for 30 min (accelerated clock; quick: 2 min)",
    promised="tries ≤ 15 s apart, back in 15 s",
)
def refused_for_long(scene: Scene) -> Verdict:
    with asyncio.Runner(loop_factory=SwiftLoop) as runner:
        return runner.run(_refused_for_long(AWAY_QUICK_S if scene.quick else AWAY_FULL_S))


async def _refused_for_long(away_s: float) -> Verdict:
    loop = asyncio.get_running_loop()
    async with Platform() as other, Platform() as away:
        await away.stop()
        async with Stage(away.endpoint("away"), other.endpoint("other")) as stage:
            encoder = await stage.publish()
            sending = asyncio.create_task(_send_pictures(encoder))
            tried_s = await _tries(stage, until_s=loop.time() + away_s)
            tries = stage.light("away").attempt
            await away.start()
            came_s = loop.time()
            await eventually(lambda: any(connection.pictures for connection in away.connections))
            back_s = loop.time() - came_s
            sending.cancel()
            await asyncio.wait({sending})
            await eventually(lambda: len(other.last.pictures) == encoder.sent)
            lost = encoder.sent - len(set(other.last.picture_numbers))
    pause_s = longest_pause_s(tried_s)
    measured = (
        f"{tries} tries, at most {pause_s:.1f} s apart, back after {back_s:.1f} s; other: {lost} frames lost"
    )
    return Verdict(measured, pause_s <= MOST_BETWEEN_TRIES_S and back_s <= BACK_S and not lost)


async def _send_pictures(encoder: Encoder) -> None:
    while True:
        encoder.send_frame()
        await asyncio.sleep(PICTURE_EVERY_S)


async def _tries(stage: Stage, *, until_s: float) -> list[float]:
    """Watch the light until then; return when the destination tried, apart from tries too close to each other to be seen."""
    loop = asyncio.get_running_loop()
    tried_s, last_attempt = [], 0
    while loop.time() < until_s:
        light = stage.light("away")
        if light.attempt != last_attempt and light.state is DestinationState.RETRYING:
            last_attempt = light.attempt
            tried_s.append(loop.time() - light.since_s)
        await asyncio.sleep(LOOK_EVERY_S)
    return tried_s
