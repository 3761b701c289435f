"""S24-S26: who wears the API out takes nothing from a broadcast that runs, and keeps the window out no longer than a moment."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.relay.ingest.read_pacer import LONGEST_HOLD_S
from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.fake_ingest import FakeIngest
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.served import KeptWaiting, Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

FLOOD = Path(__file__).parent / "support" / "api_flood.py"
LIVE_S = 45.0
ATTACK_S = 2.0
LOOK_S = 0.05
LONGEST_GAP_S = LONGEST_HOLD_S + 0.1
"""Of what a receiver gets (reliability_security.md 2.5); the relay itself hands on what came in the last 200 ms (ADR 0004)."""
LONGEST_STEP_MS = 35
"""Between two pictures of 30 in a second."""
ANSWER_S = 5.0
KEY = "encoders-key-4711"


@dataclass(frozen=True)
class OnAir:
    """A broadcast of an external encoder, so that no processor is spent on pictures."""

    served: Served
    receiver: FakeIngest
    encoder: TestProcess

    def pictures_since(self, moment_s: float) -> list[float]:
        """Return when pictures arrived at the receiver from a moment on."""
        return [each.at_s for each in self.receiver.visits[-1].pictures if each.at_s >= moment_s]


class Watch:
    """Watches a broadcast, and how long its processes were kept waiting for a processor meanwhile: that is not the attack's doing."""

    def __init__(self, on_air: OnAir) -> None:
        self._on_air = on_air
        self._pids = (on_air.encoder.pid, on_air.served.service_pid())
        self._machine = KeptWaiting()
        self._lost: list[tuple[float, float]] = []
        self.look()

    def look(self) -> None:
        """Do this often."""
        self._machine.look(*self._pids)
        self._lost.append((time.monotonic(), self._machine.lost_s))

    def longest_gap_s(self) -> float:
        """Return the longest time without a picture since the beginning, less what the machine took of it."""
        begun_s, ended_s = self._lost[0][0], self._lost[-1][0]
        times = [begun_s, *(each for each in self._on_air.pictures_since(begun_s) if each < ended_s), ended_s]
        return max(later - earlier - self._lost_s(earlier, later) for earlier, later in pairwise(times))

    def _lost_s(self, earlier_s: float, later_s: float) -> float:
        before = [lost_s for at_s, lost_s in self._lost if at_s <= earlier_s][-1]
        after = next(lost_s for at_s, lost_s in self._lost if at_s >= later_s)
        return after - before


@pytest.fixture(scope="module")
def on_air(shared_stage: Stage) -> OnAir:
    served = Served(shared_stage, "--headless")
    served.wait_until_ready()
    receiver = shared_stage.fake_ingest(Behaviour.ACCEPT)
    served.add_endpoint("One", receiver.server_url, "platforms-key")
    status, started = served.ask("POST", "/api/live/start", {"source": "external", "streamKey": KEY})
    assert status == 200, started
    encoder = shared_stage.publish(started["ingestUrl"].rpartition("/")[0] + f"/{KEY}")
    wait_until(lambda: served.lights() == {"One": "live"}, what="a green light", timeout_s=LIVE_S)
    return OnAir(served=served, receiver=receiver, encoder=encoder)


def flooded(on_air: OnAir, way: str) -> tuple[dict[str, Any], float]:
    """Attack for a while; return what the attacker saw, and the longest gap but for what the machine itself took."""
    served = on_air.served
    file = served.file()
    assert file is not None
    flood = subprocess.Popen(
        [sys.executable, str(FLOOD), str(served.port), way],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with flood:
        assert flood.stdin is not None
        assert flood.stdout is not None
        flood.stdin.write(file.token.reveal() + "\n")
        flood.stdin.flush()
        assert json.loads(flood.stdout.readline()) == {"attacking": True}
        watch, begun_s = Watch(on_air), time.monotonic()
        while time.monotonic() - begun_s < ATTACK_S:
            watch.look()
            time.sleep(LOOK_S)
        wait_until(lambda: answers(served), what="an answer in spite of it all", timeout_s=ANSWER_S)
        flood.stdin.close()
        seen: dict[str, Any] = json.loads(flood.stdout.readline())
    return seen, watch.longest_gap_s()


def answers(served: Served) -> bool:
    """Tell whether the window is answered; a connection that is made in a flood may be cut for the next one."""
    try:
        return served.ask("GET", "/api/rtmp/status")[0] == 200
    except OSError:
        return False


@pytest.mark.parametrize("way", ["requests", "large", "slow", "crowd"])
def test_a_broadcast_does_not_notice_an_attack_on_the_api(on_air: OnAir, way: str) -> None:
    seen, gap_s = flooded(on_air, way)
    assert seen["knocked"] > 50
    assert gap_s < LONGEST_GAP_S
    [visit] = on_air.receiver.visits
    assert all(
        later.dts_ms - earlier.dts_ms <= LONGEST_STEP_MS for earlier, later in pairwise(visit.pictures)
    ), "none is missing"
    assert on_air.served.lights() == {"One": "live"}
    if way == "large":
        assert not any(status.startswith("2") for status in seen["answered"])
