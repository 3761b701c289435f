"""Platforms that take the stream too slowly, and bytes that come in crumbs."""

from __future__ import annotations

from itertools import pairwise

from tests.e2e.support.arrivals import Picture
from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.proxy import FaultProxy
from tests.faults.film import AUDIO_KBPS, VIDEO_KBPS
from tests.faults.judging import all_of
from tests.faults.matrix import Play, Verdict, row
from tests.faults.scene import Scene

TENTH_BYTES_PER_S = (VIDEO_KBPS + AUDIO_KBPS) * 1000 // 8 // 10
SLOW_QUICK_S, SLOW_FULL_S = 7.0, 40.0
LONGEST_QUEUE_MS = 10_000
CRUMBLED_S = 2.0
CRUMB_BYTES = 200
"""Media in single bytes would be half a million segments a second, more than this machine has to spare."""


@row(
    "F13",
    "platform reads a tenth of the stream",
    promised="drops at GOP edges, queue ≤ 10 s, bitrate advised",
    group="cuts",
)
def slow_consumer(scene: Scene) -> Play:
    ingest = scene.ingest()
    proxy = scene.proxy(ingest)
    yield [scene.destination("F13", proxy.server_url)]
    since_s = scene.wait_for_the_fault()
    proxy.limit_bandwidth(TENTH_BYTES_PER_S)
    scene.let_last(SLOW_QUICK_S if scene.quick else SLOW_FULL_S)
    lights = [said.line for said in scene.watcher.lights("F13") if said.at_s > since_s]
    queue_ms = max(light["queueMs"] for light in lights)
    dropped = lights[-1]["droppedFrames"]
    advised = any("bitrate" in light["cause"]["hint"] for light in lights if light["cause"] is not None)
    broken = sum(_undecodable(visit.pictures) for visit in ingest.visits)
    measured = f"{dropped} dropped, {broken} of them not at GOP edges, queue at most {queue_ms} ms"
    if not advised:
        measured += ", no advice"
    return Verdict(measured, dropped > 0 and not broken and queue_ms <= LONGEST_QUEUE_MS and advised)


@row("F19", "segments of 1 byte; encoder's media in crumbs", promised="no parser fault")
def crumbs(scene: Scene) -> Play:
    sliced, odd, eager = (
        scene.ingest(),
        scene.ingest(Behaviour.NEW_CHUNK_SIZES),
        scene.ingest(Behaviour.ACK_WINDOW_1),
    )
    slicer = scene.proxy(sliced)
    slicer.slice(to_client=1)
    ways_in: list[FaultProxy] = []

    def way_in(port: int) -> int:
        ways_in.append(scene.stage.proxy(port))
        ways_in[0].slice(to_server=1, to_client=1)
        return ways_in[0].port

    scene.way_in = way_in
    ingests = {"1 byte": sliced, "odd chunks": odd, "ack window 1": eager}
    urls = {"1 byte": slicer.server_url, "odd chunks": odd.server_url, "ack window 1": eager.server_url}
    yield [scene.destination(f"F19 {name}", url) for name, url in urls.items()]
    ways_in[0].slice(to_server=CRUMB_BYTES, to_client=1)
    scene.wait_for_the_fault()
    scene.let_last(CRUMBLED_S)
    verdicts = []
    for name, ingest in ingests.items():
        light = scene.watcher.lights(f"F19 {name}")[-1].line
        word, connections = light["status"], len(ingest.visits)
        verdict = Verdict(f"{word}, {connections} connection", word == "live" and connections == 1)
        verdicts.append((name, verdict))
    return all_of(*verdicts)


def _undecodable(pictures: list[Picture]) -> int:
    """Count the pictures that follow a hole without being key frames; in this film every picture refers to the one before."""
    steps = pairwise(picture for picture in pictures if picture.number is not None)
    return sum(1 for before, after in steps if after.number != (before.number or 0) + 1 and not after.key)
