"""A user changes the destinations file of a running broadcast and says so (F27)."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

from tests.e2e.support.fake_ingest import Behaviour, FakeIngest
from tests.e2e.support.ffprobe import stream_facts
from tests.e2e.support.live_broadcast import Target, write_destinations
from tests.e2e.support.relay_broadcast import RelayBroadcast
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

WITHIN_S = 10.0
STAYS, COMES, GOES = "stays", "comes", "goes"


def statuses(broadcast: RelayBroadcast) -> dict[str, str]:
    lines = [line for line in broadcast.process.json_lines() if line["type"] == "status"]
    return {each["name"]: each["status"] for each in lines[-1]["destinations"]}


def notices(broadcast: RelayBroadcast, code: str) -> list[dict[str, Any]]:
    lines = broadcast.process.json_lines()
    return [line for line in lines if line["type"] == "notice" and line["code"] == code]


def test_a_destinations_file_that_was_changed_is_served_without_a_word_to_the_others(stage: Stage) -> None:
    server = stage.nginx("server")
    old, new = stage.fake_ingest(Behaviour.ACCEPT), stage.fake_ingest(Behaviour.ACCEPT)

    def target(name: str, ingest: FakeIngest) -> Target:
        return Target(name, ingest.server_url, f"key-of-{name}")

    stays = Target(STAYS, server.server_url, "key-that-stays")
    broadcast = RelayBroadcast(stage, stays, target(GOES, old))
    destinations: Path = stage.folder / "destinations.json"
    publisher = stage.publish(broadcast.url)
    wait_until(
        lambda: statuses(broadcast) == {STAYS: "live", GOES: "live"}, what="two lights", timeout_s=WITHIN_S
    )

    destinations.write_text("[{")
    os.kill(broadcast.process.pid, signal.SIGUSR1)
    wait_until(
        lambda: notices(broadcast, "destinations-not-reloaded"), what="an objection", timeout_s=WITHIN_S
    )
    assert statuses(broadcast) == {STAYS: "live", GOES: "live"}

    write_destinations(destinations, [stays, target(COMES, new)])
    os.kill(broadcast.process.pid, signal.SIGUSR1)
    wait_until(
        lambda: statuses(broadcast) == {STAYS: "live", COMES: "live"},
        what="the new light",
        timeout_s=WITHIN_S,
    )
    [notice] = notices(broadcast, "destinations-reloaded")
    assert notice["message"] == f"Destinations read again: added {COMES}; removed {GOES}."

    publisher.interrupt()
    publisher.wait_for_exit(timeout_s=WITHIN_S)
    summary = broadcast.end()
    assert {each["name"]: each["connects"] for each in summary["destinations"]} == {STAYS: 1, COMES: 1}
    [recording] = server.recordings("key-that-stays")
    video, _ = stream_facts(recording).both
    assert video.gaps(longer_than_ms=100) == []
    assert json.dumps(list(broadcast.process.json_lines())).count("key-of") == 0
