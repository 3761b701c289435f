"""Connections that end, hang or are refused."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.e2e.support.proxy import FaultProxy
from tests.faults.judging import RETURN_S, back_within, seconds_until_back
from tests.faults.matrix import Play, Verdict, row
from tests.faults.scene import Scene

NOTICED_S = 6.0
"""No progress for 5 s is a dead connection; it is looked at about once a second."""
CUTS_QUICK, CUTS_FULL = 2, 20
CUT_S = 1.0
BETWEEN_CUTS_QUICK_S, BETWEEN_CUTS_FULL_S = 5.6, 13.5
AWAY_QUICK_S, AWAY_FULL_S = 6.0, 600.0
ALL_BACK_S = 15.0


@row("F01", "server closes (FIN)", promised="live again in 1.5 s", group="cuts")
def server_closes(scene: Scene) -> Play:
    return _cut(scene, "F01", FaultProxy.hang_up)


@row("F02", "connection reset (RST)", promised="live again in 1.5 s", group="cuts")
def connection_reset(scene: Scene) -> Play:
    return _cut(scene, "F02", FaultProxy.reset)


@row(
    "F06",
    "refused at the first start",
    promised="said in 2 s; live 1.5 s after the service is up",
    group="cuts",
)
def refused_at_first(scene: Scene) -> Play:
    ingest = scene.ingest()
    proxy = scene.proxy(ingest)
    proxy.refuse()
    yield [scene.destination("F06", proxy.server_url)]
    first = scene.watcher.statuses[0].at_s
    said = scene.wait_for_light(
        "F06", lambda light: light["cause"] is not None, what="to say why it is not live", timeout_s=10
    )
    scene.wait_for_the_fault()
    proxy.restore()
    back = back_within(RETURN_S, ingest, time.monotonic())
    said_s, code = said.at_s - max(first, scene.published_s), said.line["cause"]["code"]
    return Verdict(
        f"{code!r} said after {said_s:.1f} s; {back.measured}",
        back.kept and said_s <= 2 and code == "refused",
    )


@row("F14", "platform stops reading", promised="dead in 6 s, then a new connection", group="cuts")
def stops_reading(scene: Scene) -> Play:
    ingest = scene.ingest()
    proxy = scene.proxy(ingest)
    yield [scene.destination("F14", proxy.server_url)]
    since_s = scene.wait_for_the_fault()
    proxy.strand()
    back_s = seconds_until_back(ingest, since_s)
    return Verdict(f"given up and live again after {back_s:.2f} s", back_s <= NOTICED_S + RETURN_S)


@row(
    "F18",
    "20 short cuts of 1 s in 5 min (quick: 2)",
    promised="each time live 1.5 s after the cut",
    minutes=6,
)
def short_cuts(scene: Scene) -> Play:
    ingest = scene.ingest()
    proxy = scene.proxy(ingest)
    yield [scene.destination("F18", proxy.server_url)]
    scene.wait_for_the_fault()
    back_s = []
    for _ in range(CUTS_QUICK if scene.quick else CUTS_FULL):
        proxy.refuse()
        scene.let_last(CUT_S)
        proxy.restore()
        back_s.append(seconds_until_back(ingest, time.monotonic()))
        scene.let_last(BETWEEN_CUTS_QUICK_S if scene.quick else BETWEEN_CUTS_FULL_S)
    return Verdict(f"{len(back_s)} cuts, back after {max(back_s):.2f} s at worst", max(back_s) <= RETURN_S)


@row(
    "F26",
    "all four destinations lost for 10 min (quick: 6 s)",
    promised="recording whole, all back in 15 s, no memory growth",
    bystanders=False,
    minutes=11,
)
def all_lost(scene: Scene) -> Play:
    ingests = {name: scene.ingest() for name in "ABCD"}
    proxies = {name: scene.proxy(ingest) for name, ingest in ingests.items()}
    yield [scene.destination(name, proxy.server_url) for name, proxy in proxies.items()]
    scene.wait_for_the_fault()
    for proxy in proxies.values():
        proxy.refuse()
    scene.let_last(AWAY_QUICK_S if scene.quick else AWAY_FULL_S)
    for proxy in proxies.values():
        proxy.restore()
    since_s = time.monotonic()
    back_s = max(seconds_until_back(ingest, since_s) for ingest in ingests.values())
    return Verdict(f"all back {back_s:.2f} s after the service", back_s <= ALL_BACK_S)


def _cut(scene: Scene, name: str, cut: Callable[[FaultProxy], None]) -> Play:
    ingest = scene.ingest()
    proxy = scene.proxy(ingest)
    yield [scene.destination(name, proxy.server_url)]
    since_s = scene.wait_for_the_fault()
    cut(proxy)
    return back_within(RETURN_S, ingest, since_s)
