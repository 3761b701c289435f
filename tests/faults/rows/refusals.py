"""Servers that say no, or that are no streaming servers at all."""

from __future__ import annotations

from tests.e2e.support.behaviours import Behaviour
from tests.faults.judging import all_of, shortest_pause_s
from tests.faults.matrix import Play, Verdict, row
from tests.faults.scene import Scene

PAUSE_S = 15.0
WATCHED_QUICK_S, WATCHED_FULL_S = 7.0, 50.0
REFUSALS = (Behaviour.BAD_NAME, Behaviour.REJECTED)
MALFORMED = (
    Behaviour.GARBAGE,
    Behaviour.HUGE_CHUNK,
    Behaviour.AMF_BOMB,
    Behaviour.AMF_COUNT,
    Behaviour.LONG_MESSAGE,
)
NOT_RTMP_CODES = ("web-page", "not-rtmp")


@row("F20", "BadName, Rejected: bad key", promised="asked at most every 15 s, user told", group="refusals")
def bad_key(scene: Scene) -> Play:
    ingests = {behaviour: scene.ingest(behaviour) for behaviour in REFUSALS}
    yield [scene.destination(f"F20 {each.name}", ingest.server_url) for each, ingest in ingests.items()]
    scene.wait_for_the_fault()
    scene.let_last(WATCHED_QUICK_S if scene.quick else WATCHED_FULL_S)
    verdicts = []
    for each, ingest in ingests.items():
        said_s, light = scene.watcher.lights(f"F20 {each.name}")[-1]
        asked_s = [attempt.at_s for attempt in ingest.attempts]
        pause_s = shortest_pause_s([*asked_s, said_s + light["retryInSeconds"]])
        told = light["status"] == "rejected" and light["cause"]["code"] == "key-refused"
        verdict = Verdict(f"asked {len(asked_s)}×, pauses from {pause_s:.1f} s", told and pause_s >= PAUSE_S)
        verdicts.append((each.name, verdict))
    return all_of(*verdicts)


@row(
    "F22",
    "malformed replies: huge chunk, AMF bombs, 16 MiB message",
    promised="session closed, process alive",
    group="refusals",
)
def malformed_replies(scene: Scene) -> Play:
    ingests = {behaviour: scene.ingest(behaviour) for behaviour in MALFORMED}
    yield [scene.destination(f"F22 {each.name}", ingest.server_url) for each, ingest in ingests.items()]
    verdicts = []
    for each, ingest in ingests.items():
        said = scene.wait_for_light(
            f"F22 {each.name}", lambda light: light["cause"] is not None, what="to say why", timeout_s=15
        )
        code, visit = said.line["cause"]["code"], ingest.visits[0]
        verdicts.append((each.name, Verdict(code, code == "protocol" and visit.closed_s is not None)))
    return all_of(*verdicts)


@row("F24", "captive portal: a web page answers", promised="named as such, tried again", group="refusals")
def web_page(scene: Scene) -> Play:
    ingest = scene.ingest(Behaviour.HTTP)
    yield [scene.destination("F24", ingest.server_url)]
    said = scene.wait_for_light(
        "F24", lambda light: light["cause"] is not None, what="to say why", timeout_s=10
    )
    scene.wait_for_the_fault()
    code, tries = said.line["cause"]["code"], len(ingest.visits)
    return Verdict(f"{code!r}, {tries} tries", code in NOT_RTMP_CODES and tries > 1)
