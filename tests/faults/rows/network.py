"""Faults below TCP: packets that vanish, names that do not resolve, addresses that change. In networks of their own."""

from __future__ import annotations

import time

from tests.e2e.support.fake_ingest import FakeIngest
from tests.faults.home_network import PLATFORM_6, WAN_OTHER_ADDRESS
from tests.faults.judging import RETURN_S, all_of, back_within, seconds_until_back
from tests.faults.matrix import Play, Verdict
from tests.faults.name_server import Trouble
from tests.faults.network_row import network_row
from tests.faults.network_scene import NetworkScene

NOTICED_S, LIVE_AGAIN_S = 6.0, 8.0
CONNECT_TIMEOUT_S = 6.0
"""5 s, and what it takes to see it in a status line."""
WITHOUT_NAME_S = 8.0
EXTRA_S = 1.0
LINK_DOWN_S = 4.0
BACK_AFTER_LINK_S = 3.0
SPIKE_S, USUAL_LATENCY_S, SPIKE_LATENCY_S = 10.0, 0.05, 2.0
"""Of F16; in each direction half of it."""


@network_row(
    "F03",
    "half-open: packets of the connection vanish",
    promised="noticed in 6 s, live in 8 s",
    group="packets",
)
def half_open(scene: NetworkScene) -> Play:
    ingest = scene.ingest()
    yield [scene.destination("F03", ingest.server_url)]
    since_s = scene.wait_for_the_fault()
    scene.home.wan.forget_connections(ingest.host)
    back_s = seconds_until_back(ingest, since_s)
    noticed_s = ingest.visits[1].opened_s - since_s
    measured = f"noticed and connected anew after {noticed_s:.2f} s, live after {back_s:.2f} s"
    return Verdict(measured, noticed_s <= NOTICED_S + RETURN_S and back_s <= LIVE_AGAIN_S)


@network_row(
    "F04",
    "connect hangs (SYN dropped)",
    promised="5 s time-out; another address is tried at once",
    group="packets",
)
def connect_hangs(scene: NetworkScene) -> Play:
    dead, second = scene.ingest(), scene.ingest()
    scene.home.wan.lose(dead.host)
    scene.name_server.names["two.test"] = [dead.host, second.host]
    yield [
        scene.destination("F04 alone", dead.server_url),
        scene.destination("F04 two", f"rtmp://two.test:{second.port}/live"),
    ]
    other_s = seconds_until_back(second, scene.published_s)
    said = scene.wait_for_light(
        "F04 alone",
        lambda light: light["cause"] is not None and light["cause"]["code"] == "connect-timeout",
        what="to give up a connection that hangs",
        timeout_s=20,
    )
    timed_out_s = said.at_s - said.line["sinceSeconds"] - scene.connecting_since_s()
    scene.wait_for_the_fault()
    scene.home.wan.find_again(dead.host)
    back_s = seconds_until_back(dead, time.monotonic())
    measured = f"given up after {timed_out_s:.1f} s; other address live after {other_s:.2f} s; back after {back_s:.1f} s"
    return Verdict(measured, timed_out_s <= CONNECT_TIMEOUT_S and other_s <= RETURN_S)


@network_row(
    "F07",
    "name server: no such name, failure, silence",
    promised="the last good address is used, in 8 s",
    group="names",
)
def names_fail(scene: NetworkScene) -> Play:
    ingests: dict[Trouble, FakeIngest] = {trouble: scene.ingest() for trouble in Trouble}
    for trouble, ingest in ingests.items():
        scene.name_server.names[_name(trouble)] = [ingest.host]
    yield [
        scene.destination(f"F07 {_name(trouble)}", f"rtmp://{_name(trouble)}:{ingest.port}/live")
        for trouble, ingest in ingests.items()
    ]
    since_s = scene.wait_for_the_fault()
    for trouble in Trouble:
        scene.name_server.names[_name(trouble)] = trouble
    for ingest in ingests.values():
        ingest.hang_up()
    verdicts = [
        (trouble.name, back_within(WITHOUT_NAME_S, ingest, since_s)) for trouble, ingest in ingests.items()
    ]
    return all_of(*verdicts)


@network_row(
    "F08",
    "name leads to a new address on reconnect",
    promised="followed in 1.5 s",
    group="names",
)
def name_moves(scene: NetworkScene) -> Play:
    old = scene.ingest()
    new = scene.ingest_beside(old)
    scene.name_server.names["moves.test"] = [old.host]
    yield [scene.destination("F08", f"rtmp://moves.test:{old.port}/live")]
    since_s = scene.wait_for_the_fault()
    scene.name_server.names["moves.test"] = [new.host]
    old.hang_up()
    return back_within(RETURN_S, new, since_s)


@network_row(
    "F09",
    "first address dead, second good; IPv6 dead, IPv4 good",
    promised="at most 1 s longer",
    group="names",
)
def first_address_dead(scene: NetworkScene) -> Play:
    plain, second, fourth = scene.ingest(), scene.ingest(), scene.ingest()
    dead = scene.ingest_beside(second)
    for host in (dead.host, PLATFORM_6):
        scene.home.wan.lose(host)
    scene.name_server.names |= {
        "plain.test": [plain.host],
        "two.test": [dead.host, second.host],
        "six.test": [PLATFORM_6, fourth.host],
    }
    ingests = {"plain.test": plain, "two.test": second, "six.test": fourth}
    yield [
        scene.destination(f"F09 {name}", f"rtmp://{name}:{ingest.port}/live")
        for name, ingest in ingests.items()
    ]
    usual_s, two_s, six_s = (seconds_until_back(ingest, scene.published_s) for ingest in ingests.values())
    extra = {"IPv4": two_s - usual_s, "IPv6": six_s - usual_s}
    measured = ", ".join(f"{kind} dead: {seconds:+.2f} s" for kind, seconds in extra.items())
    return Verdict(measured, max(extra.values()) <= EXTRA_S)


@network_row(
    "F16",
    "latency 50 → 2,000 ms for 10 s",
    promised="no disconnect, no frame dropped",
    group="latency",
)
def latency_spike(scene: NetworkScene) -> Play:
    ingest = scene.ingest()
    scene.home.wan.delay(ingest.host, USUAL_LATENCY_S / 2)
    yield [scene.destination("F16", ingest.server_url)]
    since_s = scene.wait_for_the_fault()
    scene.home.wan.delay(ingest.host, SPIKE_LATENCY_S / 2)
    scene.let_last(SPIKE_S)
    scene.home.wan.delay(ingest.host, USUAL_LATENCY_S / 2)
    caught_up = scene.wait_for_light(
        "F16",
        lambda light: light["status"] == "live" and light["queueMs"] < 500,
        what="to catch up",
        timeout_s=15,
        since_s=since_s + SPIKE_S,
    )
    lights = [said.line for said in scene.watcher.lights("F16")]
    dropped, connects = caught_up.line["droppedFrames"], caught_up.line["connects"]
    queue_ms = max(light["queueMs"] for light in lights)
    measured = f"{connects - 1} disconnects, {dropped} frames dropped, queue at most {queue_ms} ms"
    return Verdict(measured, connects == 1 and dropped == 0)


@network_row(
    "F23",
    "network interface down for 4 s, then up with another address",
    promised="all live 3 s after the link is up; recording whole",
    bystanders=False,
)
def interface_down(scene: NetworkScene) -> Play:
    ingests = {name: scene.ingest() for name in "ABCD"}
    yield [scene.destination(name, ingest.server_url) for name, ingest in ingests.items()]
    scene.wait_for_the_fault()
    scene.home.pull_the_plug()
    scene.let_last(LINK_DOWN_S)
    up_s = scene.home.plug_in(WAN_OTHER_ADDRESS)
    back_s = max(seconds_until_back(ingest, up_s) for ingest in ingests.values())
    return Verdict(f"all live {back_s:.2f} s after the link is up", back_s <= BACK_AFTER_LINK_S)


def _name(trouble: Trouble) -> str:
    return f"{trouble.name.lower()}.test"
