"""Faults that hit what all destinations share: the encoder, memory, file descriptors, the port."""

from __future__ import annotations

import os
import resource
import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from itertools import pairwise
from pathlib import Path

from tests.e2e.support.arrivals import Picture, Sound
from tests.e2e.support.live_broadcast import LiveBroadcast, Target
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.waiting import wait_until
from tests.faults.judging import back_within, seconds_until_back
from tests.faults.lasting import let_last
from tests.faults.machine_noise import NS_PER_S
from tests.faults.matrix import Play, Verdict, row, row_alone
from tests.faults.scene import Scene

RESTART_S = 2.0
UNDER_WAY_S = 0.25
LONGEST_SOUND_GAP_MS = 100.0
USUAL_PORT = 1935
NO_DESCRIPTORS = 3
"""A limit below which every number is in use: nothing that is open is closed, and nothing can be opened any more."""
KNOCKS = 6
EXHAUSTED_S = 4.0
RECOVERS_S = 6.0
MOST_PROCESSOR = 0.25
"""Of one core, with no descriptor left; who spins takes all of it."""
TIGHT_S = 8.0
STRANDED = 8


@row_alone(
    "F36",
    "encoder process killed (-9)",
    promised="new pictures in 2 s, destinations stay connected, sound goes on",
)
def encoder_killed(scene: Scene) -> Verdict:
    ingests = [scene.ingest() for _ in range(3)]
    targets = [Target(f"F36 {n}", ingest.server_url, f"key-{n}") for n, ingest in enumerate(ingests)]
    options = ("--source", "test", "--size", "640x360", "--bitrate", "4000")
    broadcast = LiveBroadcast(scene.stage, targets, *options)
    broadcast.wait_until_live()
    let_last(scene.form.value.fault_s, broadcast.process)
    engine = broadcast.engine_pid()
    killed_s = time.monotonic()
    os.kill(engine, 9)
    back_s = wait_until(
        lambda: _seconds_until_inter_picture(ingests[0].visits[-1].pictures, killed_s),
        what="new pictures",
        timeout_s=20,
    )
    waited_s = _waited_for_processor_s(broadcast.engine_pid())
    let_last(max(2.0, scene.form.value.length_s - scene.form.value.fault_s), broadcast.process)
    broadcast.finish()
    gap_ms = max(_longest_gap_ms(visit.sounds) for ingest in ingests for visit in ingest.visits)
    connections = max(len(ingest.visits) for ingest in ingests)
    recordings = len(broadcast.recordings())
    measured = (
        f"new pictures after {back_s:.2f} s, of which {waited_s:.2f} s without a processor, {connections} connection each, "
        f"sound gap at most {gap_ms:.0f} ms, {recordings} recording"
    )
    return Verdict(
        measured, back_s - waited_s <= RESTART_S and connections == 1 and gap_ms <= LONGEST_SOUND_GAP_MS
    )


@row(
    "F39",
    "memory limit reached in the relay",
    promised="no crash; all live again in 15 s when there is memory",
    bystanders=False,
    may_say="unraisable|^MemoryError",
)
def memory_limit(scene: Scene) -> Play:
    ingests = [scene.ingest() for _ in range(STRANDED)]
    proxies = [scene.proxy(ingest) for ingest in ingests]
    yield [scene.destination(f"F39 {number}", proxy.server_url) for number, proxy in enumerate(proxies)]
    scene.wait_for_the_fault()
    pid = scene.relay.pid
    before = resource.prlimit(pid, resource.RLIMIT_AS)
    limit = _address_space_bytes(pid)
    resource.prlimit(pid, resource.RLIMIT_AS, (limit, before[1]))
    for proxy in proxies:
        proxy.strand()
    scene.let_last(TIGHT_S)
    left_kib = (limit - _address_space_bytes(pid)) // 1024
    resource.prlimit(pid, resource.RLIMIT_AS, before)
    freed_s = time.monotonic()
    for proxy in proxies:
        proxy.hang_up()
    back_s = max(seconds_until_back(ingest, freed_s) for ingest in ingests)
    return Verdict(
        f"{left_kib} KiB left; alive, all live {back_s:.1f} s later", scene.relay.running and back_s <= 15
    )


@row(
    "F40",
    "file descriptors exhausted",
    promised="clear error, no spin, others go on, recovers",
    may_say="open no more connections",
)
def descriptors_exhausted(scene: Scene) -> Play:
    ingest = scene.ingest()
    proxy = scene.proxy(ingest)
    yield [scene.destination("F40", proxy.server_url)]
    scene.wait_for_the_fault()
    pid = scene.relay.pid
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    with ExitStack() as knocks:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (NO_DESCRIPTORS, before[1]))
        for _ in range(KNOCKS):
            knocks.enter_context(closing(socket.create_connection((LOOPBACK, scene.ingest_port()))))
        proxy.hang_up()
        used_s = _processor_s(pid)
        scene.let_last(EXHAUSTED_S)
        share = (_processor_s(pid) - used_s) / EXHAUSTED_S
        lights = [said.line for said in scene.watcher.lights("F40")]
    resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
    back = back_within(RECOVERS_S, ingest, time.monotonic())
    codes = {light["cause"]["code"] for light in lights if light["cause"] is not None}
    measured = f"{', '.join(sorted(codes)) or 'nothing'} said, {100 * share:.0f} % of a core; {back.measured}"
    return Verdict(measured, "system" in codes and share <= MOST_PROCESSOR and back.kept)


@row_alone("F41", "port 1935 taken by another program", promised="another port, and the encoder is told")
def port_taken(scene: Scene) -> Verdict:
    ingest = scene.ingest()
    with closing(_occupy(USUAL_PORT)):
        scene.write_destinations([scene.destination("F41", ingest.server_url)])
        scene.start_relay(listen="")
        port = scene.ingest_port()
        scene.publish(port)
        seconds_until_back(ingest, 0.0)
        notices = [line for line in scene.relay.json_lines() if line["type"] == "notice"]
        told = any(str(port) in notice["hint"] for notice in notices)
        scene.finish()
    measured = f"port {port} chosen and {'told' if told else 'not told'}, pictures relayed"
    return Verdict(measured, port not in (0, USUAL_PORT) and told)


def _occupy(port: int) -> socket.socket:
    """Listen on a port; if another program does already, all the better."""
    listener = socket.socket()
    try:
        listener.bind((LOOPBACK, port))
    except OSError:
        return listener
    listener.listen()
    return listener


def _seconds_until_inter_picture(pictures: Sequence[Picture], killed_s: float) -> float:
    """Return how long after the encoder's death the first picture came that refers to another one; 0 if none did yet.

    Until the encoder is back, viewers see its last key frame again and again; what was under way when it died is left out.
    """
    since_s = killed_s + UNDER_WAY_S
    return next(
        (each.at_s - killed_s for each in tuple(pictures) if each.at_s > since_s and not each.key), 0.0
    )


def _longest_gap_ms(sounds: Sequence[Sound]) -> float:
    return max((later.dts_ms - earlier.dts_ms for earlier, later in pairwise(sounds)), default=float("inf"))


def _address_space_bytes(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * resource.getpagesize()


def _waited_for_processor_s(pid: int) -> float:
    """Return for how long a process's main thread was ready to run while others had the processor."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / NS_PER_S


def _processor_s(pid: int) -> float:
    """Return the processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
