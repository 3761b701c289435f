"""How long the relay keeps a picture: from the read that completes its message to the write towards its last destination.

The relay's own parts run inside this process, with real sockets on both sides. A consumer that stands behind all
destinations in the fan-out is told of a picture when the last of them has been written to, so nothing has to be patched and
nothing is traced, which would cost more than what is measured.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.ingest.server import StreamingServer
from powerstream_desktop.relay.push.send_queue import is_video_frame
from powerstream_desktop.relay.relay import Relay
from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.rtmp.url import parse_server_url
from tests.bench.clip import Clip
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.processes import TestProcess

INGEST_KEY = "made-up-latency-key"
LIVE_WITHIN_S = 20.0
SETTLE_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """What a picture spent inside the relay, in milliseconds; ``dropped`` counts pictures that some destination missed."""

    clip: str
    destinations: int
    paced: bool
    pictures: int
    p50_ms: float
    p99_ms: float
    max_ms: float
    dropped: int


class LastInLine:
    """A consumer behind all destinations: notes how old each picture is when everybody has been written to."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.ages_ms: list[float] = []

    def offer(self, burst: Burst) -> None:
        """Everybody else has the burst already."""
        now = self._clock()
        self.ages_ms += [1000 * (now - each.arrived_s) for each in burst.packets if is_video_frame(each)]

    def stream_started(self) -> None:
        """Nothing to do."""

    def stream_ended(self) -> None:
        """Nothing to do."""


def measure_latency(clip: Clip, *, destinations: int, paced: bool, window_s: float) -> Latency:
    """Relay ``clip`` to an nginx-rtmp for ``window_s`` seconds and return what each picture waited."""
    with tempfile.TemporaryDirectory(prefix="powerstream-bench-") as name:
        folder = Path(name)
        with NginxRtmp(folder, name="sink", record=False) as sink:
            return asyncio.run(_relay(clip, folder, sink.server_url, destinations, window_s, paced=paced))


async def _relay(
    clip: Clip, folder: Path, sink_url: str, destinations: int, window_s: float, *, paced: bool
) -> Latency:
    clock = asyncio.get_running_loop().time
    server = StreamingServer(clock, paced=paced)
    endpoints = [_endpoint(sink_url, f"out-{number}") for number in range(1, destinations + 1)]
    relay = Relay(server, Secret(INGEST_KEY), endpoints, clock=clock)
    await server.start()
    relay.start()
    last = LastInLine(clock)
    relay.attach(last)
    publisher = TestProcess(
        clip.publish_command(server.ingest_url(Secret(INGEST_KEY))), name="publisher", folder=folder
    )
    try:
        await _all_live(relay, publisher)
        await asyncio.sleep(SETTLE_S)
        last.ages_ms.clear()
        await asyncio.sleep(window_s)
        ages_ms = sorted(last.ages_ms)
        dropped = sum(each.frames_dropped for each in relay.snapshot().destinations)
    finally:
        publisher.stop()
        await relay.aclose()
        await server.aclose()
    percentiles = quantiles(ages_ms, n=100)
    return Latency(
        clip=clip.name,
        destinations=destinations,
        paced=paced,
        pictures=len(ages_ms),
        p50_ms=percentiles[49],
        p99_ms=percentiles[98],
        max_ms=ages_ms[-1],
        dropped=dropped,
    )


async def _all_live(relay: Relay, publisher: TestProcess) -> None:
    async with asyncio.timeout(LIVE_WITHIN_S):
        while not all(each.state is DestinationState.LIVE for each in relay.snapshot().destinations):
            assert publisher.running, publisher.log_tail()
            await asyncio.sleep(0.1)


def _endpoint(server_url: str, key: str) -> RTMPEndpoint:
    return RTMPEndpoint(
        name=key, platform="custom", server=parse_server_url(server_url, key), stream_key=Secret(key)
    )
