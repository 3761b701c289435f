"""One measurement: a peer, a publisher before it, a sink behind it, and a steady window in the middle."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.bench.clip import Clip
from tests.bench.peers import Peer
from tests.bench.usage import TreeMeter, Usage
from tests.e2e.support.flv import video_frame_times_ms
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.waiting import TimedOutError

SETTLE_S = 2.0
SAMPLE_S = 0.5
FLOWING_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What one peer cost with N destinations, and whether all of them got everything."""

    peer: str
    clip: str
    destinations: int
    round: int
    usage: Usage
    frames_received: int
    frames_missing: int
    """Holes in the frame times at the sink, summed over all destinations."""


def measure(peer: Peer, clip: Clip, *, destinations: int, round_number: int, window_s: float) -> Measurement:
    """Run one peer for about ``window_s`` + 4 seconds and return what it cost inside the window."""
    streams = [f"out-{number}" for number in range(1, destinations + 1)]
    with tempfile.TemporaryDirectory(prefix="powerstream-bench-") as name:
        folder = Path(name)
        with (
            NginxRtmp(folder, name="sink") as sink,
            peer.start(folder, sink.server_url, streams) as running,
            TestProcess(clip.publish_command(running.publish_url), name="publisher", folder=folder),
        ):
            try:
                sink.wait_for_streams(streams, timeout_s=FLOWING_S)
            except TimedOutError as error:
                raise TimedOutError(f"{error}\n{running.log_tails()}") from None
            time.sleep(SETTLE_S)
            usage = _usage_over(running.pids, window_s)
        times = [video_frame_times_ms(path) for stream in streams for path in sink.recordings(stream)]
    return Measurement(
        peer=peer.name,
        clip=clip.name,
        destinations=destinations,
        round=round_number,
        usage=usage,
        frames_received=sum(map(len, times)),
        frames_missing=sum(missing_frames(each, clip.frame_ms) for each in times),
    )


def _usage_over(pids: Sequence[int], window_s: float) -> Usage:
    meter = TreeMeter(pids)
    meter.start()
    began = time.monotonic()
    while (elapsed_s := time.monotonic() - began) < window_s:
        time.sleep(min(SAMPLE_S, window_s - elapsed_s))
        meter.sample()
    return meter.finish(time.monotonic() - began)


def missing_frames(times_ms: list[int], frame_ms: float) -> int:
    """Return how many frames the holes in these frame times have room for."""
    return sum(round((later - earlier) / frame_ms) - 1 for earlier, later in pairwise(sorted(times_ms)))
