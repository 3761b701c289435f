"""How a broadcast ends: by Ctrl+C, and by the violent death of its engine or of the whole program."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from powerstream_desktop.engine.slate import slate_path
from powerstream_desktop.platforms.endpoint import Rendition
from tests.canary import descendants
from tests.e2e.support import failing_engine
from tests.e2e.support.fake_ingest import Behaviour, FakeIngest
from tests.e2e.support.ffprobe import StreamFacts, stream_facts
from tests.e2e.support.live_broadcast import (
    POWERSTREAM,
    LiveBroadcast,
    Target,
    environment,
    is_running,
    write_destinations,
)
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = pytest.mark.e2e

SETTLE_S = 2.0
SLATE_NAME = slate_path(Path(), Rendition.LANDSCAPE).name
LISTENER, SERVER = "listener", "server"
SERVER_KEY = "key-of-the-server"
PROMISED_LOSS_S = 1.0
LONGEST_SOUND_GAP_MS = 100
STILL_EVERY_MS = 1_000
SLATE_AFTER_S, SLATE_MADE_S = 3.0, 30.0
DEATHS_BEFORE_A_LONG_PAUSE = 5
SHORTER_THAN_ANY_RESTART_S = 0.3
LONGEST_ABSENCE_S = 5.0
"""Of an engine that is started again; two seconds are promised on a machine that does not run all these tests."""


def start(stage: Stage) -> tuple[LiveBroadcast, NginxRtmp, FakeIngest]:
    server, listener = stage.nginx("server"), stage.fake_ingest(Behaviour.ACCEPT)
    targets = [
        Target(SERVER, server.server_url, SERVER_KEY),
        Target(LISTENER, listener.server_url, "key-of-the-listener"),
    ]
    broadcast = LiveBroadcast(stage, targets, "--source", "test")
    broadcast.wait_until_live()
    return broadcast, server, listener


def assert_plays(path: Path, *, at_least_s: float) -> StreamFacts:
    facts = stream_facts(path)
    video, audio = facts.both
    assert video.duration_s >= at_least_s
    assert (video.dts_increases, audio.dts_increases) == (True, True)
    return facts


def test_ctrl_c_ends_a_broadcast_properly(stage: Stage) -> None:
    broadcast, server, listener = start(stage)
    time.sleep(SETTLE_S)
    children = descendants(broadcast.process.pid)

    began = time.monotonic()
    exit_code = broadcast.finish()

    assert exit_code == 0
    assert time.monotonic() - began < 5
    assert broadcast.process.err == ""
    assert listener.commands[-2:] == ["FCUnpublish", "deleteStream"]
    assert [pid for pid in children if is_running(pid)] == []
    assert broadcast.summary["ok"] is True
    [recording] = broadcast.recordings()
    assert broadcast.summary["recordings"][0]["paths"] == [str(recording)]
    assert recording.name.endswith(".mp4")
    assert not recording.name.endswith(".recording.mp4")
    [at_server] = server.recordings(SERVER_KEY)
    for path in (recording, at_server):
        assert_plays(path, at_least_s=SETTLE_S)
    sent = broadcast.end_of(SERVER)["framesSent"]
    assert [len(stream_facts(path).both[0].packets) for path in (recording, at_server)] == [sent, sent]


def test_a_second_ctrl_c_changes_nothing(stage: Stage) -> None:
    broadcast, _, listener = start(stage)

    broadcast.process.interrupt()
    exit_code = broadcast.finish()

    assert exit_code == 0
    assert listener.commands[-2:] == ["FCUnpublish", "deleteStream"]
    assert broadcast.summary["recordings"][0]["state"] == "finalised"


@dataclass(frozen=True, slots=True)
class EngineDeath:
    """A broadcast whose engine was killed once, after its end."""

    broadcast: LiveBroadcast
    exit_code: int
    publishes: list[str]
    outputs: dict[str, Path]
    killed_at_s: float


@pytest.fixture(scope="module")
def engine_death(shared_stage: Stage) -> EngineDeath:
    broadcast, server, listener = start(shared_stage)
    time.sleep(SETTLE_S)
    engine = broadcast.engine_pid()
    os.kill(engine, signal.SIGSEGV)  # as a library or a driver ends it; those below are killed
    killed_at_s = broadcast.statuses[-1]["elapsedSeconds"]
    broadcast.wait_for(
        lambda line: line["engine"]["starts"] == 2 and "framesMade" in line["engine"],
        what="the figures of a second engine",
    )
    assert broadcast.engine_pid() != engine
    time.sleep(SETTLE_S)
    exit_code = broadcast.finish()
    [recording] = broadcast.recordings()
    [at_server] = server.recordings(SERVER_KEY)
    return EngineDeath(
        broadcast=broadcast,
        exit_code=exit_code,
        publishes=[attempt.key for attempt in listener.attempts],
        outputs={"recording": recording, "server": at_server},
        killed_at_s=killed_at_s,
    )


def test_destinations_stay_connected_while_a_killed_engine_is_started_again(
    engine_death: EngineDeath,
) -> None:
    broadcast = engine_death.broadcast

    assert engine_death.publishes == ["key-of-the-listener"]
    assert {name: broadcast.end_of(name)["connects"] for name in (SERVER, LISTENER)} == {
        SERVER: 1,
        LISTENER: 1,
    }
    assert engine_death.exit_code == 0
    states = [line["state"] for line in broadcast.statuses]
    assert "bridging" in states
    assert states[-1] == "live"


@pytest.mark.parametrize("output", ["recording", "server"])
def test_what_comes_after_an_engines_death_follows_on_what_was_before(
    engine_death: EngineDeath, output: str
) -> None:
    facts = assert_plays(engine_death.outputs[output], at_least_s=engine_death.killed_at_s + SETTLE_S)
    video, audio = facts.both

    assert audio.gaps(longer_than_ms=LONGEST_SOUND_GAP_MS) == []
    stills = video.gaps(longer_than_ms=200)
    assert max(gap.length_ms for gap in stills) < 2 * STILL_EVERY_MS
    assert stills[-1].at_s - stills[0].at_s < LONGEST_ABSENCE_S
    keys = [packet.pts_s for packet in video.packets if packet.key and packet.pts_s > stills[-1].at_s]
    assert [round(later - earlier, 3) for earlier, later in pairwise(keys[1:])] == [2.0] * (len(keys) - 2)
    assert (audio.end_s - video.end_s) * 1000 == pytest.approx(0, abs=100)


def test_destinations_stay_connected_when_an_engine_fails_as_nobody_foresaw(stage: Stage) -> None:
    server, listener = stage.nginx(SERVER), stage.fake_ingest(Behaviour.ACCEPT)
    targets = [
        Target(SERVER, server.server_url, SERVER_KEY),
        Target(LISTENER, listener.server_url, "key-of-the-listener"),
    ]
    program = (sys.executable, failing_engine.__file__)
    broadcast = LiveBroadcast(stage, targets, "--source", "test", program=program)
    broadcast.wait_until_live()
    broadcast.wait_for(
        lambda line: line["engine"]["starts"] == 2 and "framesMade" in line["engine"],
        what="the figures of a second engine",
    )
    time.sleep(SETTLE_S)
    assert broadcast.finish() == 0

    assert [attempt.key for attempt in listener.attempts] == ["key-of-the-listener"]
    assert {broadcast.end_of(name)["connects"] for name in (SERVER, LISTENER)} == {1}
    assert "bridging" in [line["state"] for line in broadcast.statuses]
    [at_server] = server.recordings(SERVER_KEY)
    video, audio = assert_plays(at_server, at_least_s=failing_engine.FAILS_AT_S).both
    assert audio.gaps(longer_than_ms=LONGEST_SOUND_GAP_MS) == []
    stills = video.gaps(longer_than_ms=200)
    assert stills[-1].at_s - stills[0].at_s < LONGEST_ABSENCE_S


def test_viewers_see_the_slate_of_an_engine_that_stays_away(stage: Stage) -> None:
    server = stage.nginx("server")
    broadcast = LiveBroadcast(stage, [Target(SERVER, server.server_url, SERVER_KEY)], "--source", "test")
    broadcast.wait_until_live()
    wait_until(lambda: list(broadcast.home.rglob(SLATE_NAME)), what="the slate", timeout_s=SLATE_MADE_S)
    time.sleep(SETTLE_S)
    dead: list[int] = []
    for _ in range(DEATHS_BEFORE_A_LONG_PAUSE):
        wait_until(lambda: broadcast.engine_pid() not in dead, what="the next engine", timeout_s=10)
        dead.append(broadcast.engine_pid())
        os.kill(dead[-1], signal.SIGKILL)
    broadcast.wait_for(
        lambda line: (line["ingest"]["bridgingSeconds"] or 0) > 2 * SLATE_AFTER_S, what="a long absence"
    )
    assert broadcast.finish() == 0

    [at_server] = server.recordings(SERVER_KEY)
    video, audio = assert_plays(at_server, at_least_s=SETTLE_S + 2 * SLATE_AFTER_S).both
    stills = video.gaps(longer_than_ms=200)
    assert stills
    assert stills[-1].at_s - stills[0].at_s < SLATE_AFTER_S
    assert video.end_s - stills[-1].at_s > SLATE_AFTER_S
    assert audio.gaps(longer_than_ms=LONGEST_SOUND_GAP_MS) == []


def test_an_engine_that_is_not_back_within_the_limit_ends_the_broadcast_and_says_so(stage: Stage) -> None:
    listener = stage.fake_ingest(Behaviour.ACCEPT)
    broadcast = LiveBroadcast(
        stage,
        [Target(LISTENER, listener.server_url, "key-of-the-listener")],
        *("--source", "test", "--bridge-limit", f"{SHORTER_THAN_ANY_RESTART_S}"),
    )
    broadcast.wait_until_live()

    os.kill(broadcast.engine_pid(), signal.SIGKILL)
    exit_code = broadcast.process.wait_for_exit(timeout_s=10)

    assert exit_code != 0
    said = f"The encoder did not come back for {SHORTER_THAN_ANY_RESTART_S} s."
    assert broadcast.summary["error"].startswith(said)
    assert said in broadcast.process.err
    assert listener.commands[-2:] == ["FCUnpublish", "deleteStream"]
    [recording] = broadcast.recordings()
    assert not recording.name.endswith(".recording.mp4")


def test_nothing_survives_the_sudden_death_of_the_program_and_the_recording_plays(stage: Stage) -> None:
    broadcast, _, _ = start(stage)
    time.sleep(SETTLE_S)
    children = descendants(broadcast.process.pid)
    assert children
    recorded_s = broadcast.statuses[-1]["recording"]["durationSeconds"]

    os.kill(broadcast.process.pid, signal.SIGKILL)

    broadcast.process.wait_for_exit(timeout_s=5)
    wait_until(lambda: not any(map(is_running, children)), what="the children to be gone", timeout_s=5)
    [recording] = broadcast.recordings()
    assert recording.name.endswith(".recording.mp4")
    assert_plays(recording, at_least_s=recorded_s - PROMISED_LOSS_S)


@pytest.mark.parametrize("output", ["pipe", "terminal"])
def test_a_broadcast_goes_on_when_nobody_reads_its_output_and_still_ends_properly(
    stage: Stage, output: str
) -> None:
    listener = stage.fake_ingest(Behaviour.ACCEPT)
    destinations = write_destinations(
        stage.folder / "destinations.json", [Target(LISTENER, listener.server_url, "key-of-the-listener")]
    )
    recordings = stage.folder / "recordings"
    argv = [*POWERSTREAM, "live", "--source", "test", "--destinations", str(destinations)]
    reader, writer = os.pipe() if output == "pipe" else pty.openpty()
    with subprocess.Popen(
        [*argv, "--record", str(recordings)],
        stdout=writer,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment(stage.folder / "home")},
        start_new_session=True,
    ) as process:
        try:
            os.close(writer)
            assert os.read(reader, 1)
            os.close(reader)
            wait_until(lambda: listener.video_messages > 30, what="a second of pictures", timeout_s=15)

            process.send_signal(signal.SIGHUP)

            assert process.wait(10) == 1
        finally:
            process.kill()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert listener.commands[-2:] == ["FCUnpublish", "deleteStream"]
    [recording] = recordings.iterdir()
    assert not recording.name.endswith(".recording.mp4")
    assert_plays(recording, at_least_s=1.0)
