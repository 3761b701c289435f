"""F36-F38: engine, service and window are killed during a broadcast to three receivers with a recording (reliability_security.md 1.7).

The window is a client that holds the event stream. Times are those at which pictures arrive at the receivers.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from powerstream_desktop.engine.scene.sources import TestPictureContent
from tests.canary import find_canary
from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.fake_ingest import FakeIngest
from tests.e2e.support.ffprobe import stream_facts
from tests.e2e.support.served import KeptWaiting, Served, processes_of, wait_until_gone
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = pytest.mark.timeout(180)

NAMES = ("one", "two", "three")
BEFORE_S = 4.0
AFTER_S = 3.0
LIVE_S = 45.0
"""Only a guard: an engine that starts on a machine at work for others."""
ENGINE_BACK_S = 2.0
SERVICE_BACK_S = 3.0
PROMISED_LOSS_S = 1.0
GONE_S = 10.0

WINDOW = """
import sys, urllib.request
url, token = sys.argv[1], sys.stdin.readline().strip()
request = urllib.request.Request(url + "/api/events", headers={"Authorization": "Bearer " + token})
with urllib.request.urlopen(request) as stream:
    print("listening", flush=True)
    for line in stream:
        pass
"""


@dataclass(frozen=True)
class OnAir:
    """A broadcast that runs, to three receivers and a recording."""

    served: Served
    receivers: Sequence[FakeIngest]
    session_id: str

    def recordings(self) -> list[Path]:
        """Oldest first."""
        return sorted((self.served.home / "recordings").rglob("*.mp4"), key=lambda path: path.stat().st_mtime)

    def first_pictures_after(self, moment_s: float) -> list[float]:
        """Return for each receiver after how many seconds its first picture arrived that was sent behind a moment."""
        wait_until(
            lambda: all(_after(each, moment_s) for each in self.receivers),
            what="pictures at every receiver",
            timeout_s=LIVE_S,
        )
        return [min(_after(each, moment_s)) - moment_s for each in self.receivers]

    def stop(self) -> dict[str, object]:
        status, answer = self.served.ask("POST", "/api/live/stop", {})
        assert status == 200
        return answer


def _after(receiver: FakeIngest, moment_s: float) -> list[float]:
    return [each.at_s for visit in receiver.visits for each in visit.pictures if each.at_s > moment_s]


def key_of(name: str) -> str:
    return f"canary-7Qx-{name}"


def go_on_air(stage: Stage) -> OnAir:
    served = Served(stage)
    served.wait_until_ready()
    served.show(TestPictureContent())
    receivers = [stage.fake_ingest(Behaviour.ACCEPT) for _ in NAMES]
    for name, receiver in zip(NAMES, receivers, strict=True):
        served.add_endpoint(name, receiver.server_url, key_of(name))
    session_id = served.go_live(title="Faults")
    on_air = OnAir(served=served, receivers=receivers, session_id=session_id)
    wait_until(
        lambda: served.lights() == dict.fromkeys(NAMES, "live"), what="three green lights", timeout_s=LIVE_S
    )
    time.sleep(BEFORE_S)
    return on_air


def test_a_killed_service_has_every_destination_live_again_and_the_recording_loses_next_to_nothing(
    stage: Stage,
) -> None:
    on_air = go_on_air(stage)
    served = on_air.served
    pids = served.all_pids()
    [recording] = on_air.recordings()
    killed_s = time.monotonic()
    last_before = [max(each.at_s for each in receiver.visits[-1].pictures) for receiver in on_air.receivers]
    visits = [len(receiver.visits) for receiver in on_air.receivers]
    begun_s = min(receiver.visits[0].pictures[0].at_s for receiver in on_air.receivers)
    dead = served.kill_service()
    machine = KeptWaiting()

    def all_are_back() -> bool:
        machine.look(*(pid for pid in served.all_pids() if pid not in pids))
        return all(
            len(receiver.visits) > count and receiver.visits[-1].pictures
            for receiver, count in zip(on_air.receivers, visits, strict=True)
        )

    wait_until(all_are_back, what="every receiver to be visited again", timeout_s=LIVE_S)
    back_s = [receiver.visits[-1].pictures[0].at_s - killed_s for receiver in on_air.receivers]
    wait_until(
        lambda: served.lights() == dict.fromkeys(NAMES, "live"),
        what="three green lights again",
        timeout_s=LIVE_S,
    )
    wait_until_gone([pid for pid in pids if pid != served.keeper.pid], timeout_s=GONE_S)
    assert dead in pids
    # There is no keyring here: the keys went through the keeper, and nowhere else.
    places = [served.home / name for name in ("config", "data", "logs", "runtime")]
    for name in NAMES:
        assert find_canary(places, key_of(name), pids=served.all_pids()) == []
    time.sleep(AFTER_S)
    stopped = on_air.stop()
    assert stopped["sessionId"] == on_air.session_id, "the session is the same one"
    # What was recorded before plays to within a second of the kill.
    left, following = on_air.recordings()
    assert left.name.split(".")[0] == recording.name.split(".")[0]
    video, _ = stream_facts(left).both
    assert video.duration_s > max(last_before) - begun_s - PROMISED_LOSS_S
    video, _ = stream_facts(following).both
    assert video.duration_s > AFTER_S
    assert max(back_s) - machine.lost_s < SERVICE_BACK_S


def test_a_killed_engine_costs_no_connection_and_the_picture_is_back(stage: Stage) -> None:
    on_air = go_on_air(stage)
    engine = on_air.served.engine_pid()
    os.kill(engine, signal.SIGKILL)
    killed_s = time.monotonic()
    wait_until(lambda: on_air.served.engine_pid() != engine, what="another engine", timeout_s=LIVE_S)
    # The relay bridges with a still each second; the engine's own pictures are those that follow each other closely.
    machine = KeptWaiting()

    def flows_again() -> bool:
        machine.look(on_air.served.engine_pid())
        return all(_moving_after(receiver, killed_s) for receiver in on_air.receivers)

    wait_until(flows_again, what="pictures that move", timeout_s=LIVE_S)
    back_s = max(map(_moving_after, on_air.receivers, [killed_s] * 3)) - killed_s
    assert back_s - machine.lost_s < ENGINE_BACK_S
    assert [len(receiver.visits) for receiver in on_air.receivers] == [1, 1, 1]
    on_air.stop()
    [recording] = on_air.recordings()
    _, audio = stream_facts(recording).both
    assert audio.dts_increases


def _moving_after(receiver: FakeIngest, moment_s: float) -> float:
    """Return when pictures came again less than a fifth of a second apart, five in a row; 0 if they do not yet."""
    times = _after(receiver, moment_s + 0.1)
    for first, last in zip(times, times[5:], strict=False):
        if last - first < 1.0:
            return first
    return 0.0


def test_a_killed_window_costs_nothing(stage: Stage) -> None:
    on_air = go_on_air(stage)
    served = on_air.served
    file = served.file()
    assert file is not None
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW, file.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with window:
        assert window.stdin is not None
        assert window.stdout is not None
        window.stdin.write(file.token.reveal() + "\n")
        window.stdin.flush()
        assert window.stdout.readline().strip() == "listening"
        window.kill()
    killed_s = time.monotonic()
    time.sleep(AFTER_S)
    for receiver in on_air.receivers:
        times = _after(receiver, killed_s)
        assert len(times) > AFTER_S * 15
        assert len(receiver.visits) == 1
    on_air.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_broadcast_with_goodbyes_and_a_finished_recording_and_nothing_is_left(
    stage: Stage, number: signal.Signals
) -> None:
    on_air = go_on_air(stage)
    served = on_air.served
    pids = served.all_pids()
    os.kill(served.keeper.pid, number)
    assert served.wait_for_end() == 0
    wait_until_gone(pids)
    for receiver in on_air.receivers:
        assert receiver.commands[-2:] == ["FCUnpublish", "deleteStream"]
    [recording] = on_air.recordings()
    assert not recording.name.endswith(".recording.mp4")
    assert processes_of(served.home) == []


def test_a_broadcast_outlives_its_keeper_and_a_service_that_nobody_needs_ends_by_itself(stage: Stage) -> None:
    """Three services wait half a minute for a first client, so they wait together. The orphans end although one is headless."""
    kept, idle = (
        Served(stage, name="kept", home="kept"),
        Served(stage, "--headless", name="idle", home="idle"),
    )
    for each in (kept, idle):
        each.wait_until_ready()
    kept_pids, idle_service = kept.all_pids(), idle.service_pid()
    os.kill(idle.keeper.pid, signal.SIGKILL)
    assert idle.ask("GET", "/api/live/health")[0] == 200

    on_air = go_on_air(stage)
    served = on_air.served
    pids = [pid for pid in served.all_pids() if pid != served.keeper.pid]
    os.kill(served.keeper.pid, signal.SIGKILL)
    killed_s = time.monotonic()
    time.sleep(AFTER_S)
    assert all(len(_after(receiver, killed_s)) > AFTER_S * 15 for receiver in on_air.receivers)
    on_air.stop()

    assert kept.keeper.wait_for_exit(timeout_s=50) == 0
    wait_until_gone(kept_pids)
    wait_until_gone([*pids, idle_service], timeout_s=50)
    assert processes_of(served.home) == processes_of(idle.home) == []
