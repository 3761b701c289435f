"""One broadcast, four destinations: one dies and comes back, one never reads, one refuses the key, and one must notice nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from tests.e2e.support.av_sync import pulse_offsets_ms
from tests.e2e.support.fake_ingest import Attempt, Behaviour
from tests.e2e.support.ffprobe import StreamFacts, stream_facts
from tests.e2e.support.flv import video_frame_times_ms
from tests.e2e.support.live_broadcast import LiveBroadcast, Target
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.passage import Passage
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.exacting]

STEADY, KILLED, DEAF, CLOSED = "steady", "killed", "never reads", "refuses"
BEFORE_S, AWAY_S, AFTER_S = 2.5, 5.0, 3.0
ENCODER_START_S = 1.0
PAUSE_WHEN_REFUSED_S = 10.0
"""Who keeps asking is banned by some platforms."""
STALLED_S, STATUS_EVERY_S = 5.0, 1.0
SURELY_AMBER_MS = 1000
"""What is behind by more than 700 ms turns amber when it is looked at next."""
BUSY_MS = 1000
"""A busy machine may look this much later."""
LONGEST_GAP_MS = 100
LONGEST_SILENCE_MS = 500
"""On the wire, where a busy machine shows as well; a destination that waits for another one stays silent for seconds."""
OUTPUTS = ("steady", "recording", "killed, before", "killed, after")


@dataclass(frozen=True, slots=True)
class Ordeal:
    """A broadcast that is over, and what was measured on it."""

    broadcast: LiveBroadcast
    exit_code: int
    back_after_s: float
    passage: Passage
    outputs: dict[str, Path]
    refused: list[Attempt]
    deaf_connections_s: list[float]


@pytest.fixture(scope="module")
def ordeal(shared_stage: Stage) -> Ordeal:
    steady, killed = shared_stage.nginx("steady"), shared_stage.nginx("killed")
    way_to_steady = shared_stage.proxy(steady.port)
    deaf = shared_stage.fake_ingest(Behaviour.STOP_READING)
    closed = shared_stage.fake_ingest(Behaviour.BAD_NAME)
    targets = [
        Target(STEADY, f"rtmp://{LOOPBACK}:{way_to_steady.port}/live", "key-steady"),
        Target(KILLED, killed.server_url, "key-killed"),
        Target(DEAF, deaf.server_url, "key-deaf"),
        Target(CLOSED, closed.server_url, "key-closed"),
    ]
    broadcast = LiveBroadcast(shared_stage, targets, "--source", "test")
    broadcast.wait_until_live(STEADY, KILLED)
    time.sleep(BEFORE_S)
    killed.kill()
    time.sleep(AWAY_S)
    killed.restart()
    back_after_s = seconds_until_media_arrives(killed, "key-killed")
    time.sleep(AFTER_S)
    exit_code = broadcast.finish()
    [passage] = way_to_steady.passages
    return Ordeal(
        broadcast=broadcast,
        exit_code=exit_code,
        back_after_s=back_after_s,
        passage=passage,
        outputs=written_files(broadcast, steady, killed),
        refused=closed.attempts,
        deaf_connections_s=deaf.connections,
    )


def seconds_until_media_arrives(server: NginxRtmp, stream: str) -> float:
    began = time.monotonic()
    wait_until(
        lambda: any(map(video_frame_times_ms, server.recordings(stream)[1:])),
        what="pictures at the restarted server",
        timeout_s=15,
    )
    return time.monotonic() - began


def written_files(broadcast: LiveBroadcast, steady: NginxRtmp, killed: NginxRtmp) -> dict[str, Path]:
    [recording] = broadcast.recordings()
    [at_steady] = steady.recordings("key-steady")
    before, after = killed.recordings("key-killed")
    return dict(zip(OUTPUTS, (at_steady, recording, before, after), strict=True))


@pytest.fixture(scope="module")
def facts(ordeal: Ordeal) -> dict[str, StreamFacts]:
    return {name: stream_facts(path) for name, path in ordeal.outputs.items()}


@pytest.mark.parametrize("output", ["steady", "recording"])
def test_faults_elsewhere_cost_no_frame(facts: dict[str, StreamFacts], output: str) -> None:
    video, audio = facts[output].both

    assert video.gaps(longer_than_ms=LONGEST_GAP_MS) == []
    assert audio.gaps(longer_than_ms=LONGEST_GAP_MS) == []
    assert video.duration_s > BEFORE_S + AWAY_S + AFTER_S
    assert video.key_frame_intervals_s == [2.0] * len(video.key_frame_intervals_s)


def test_the_way_to_the_steady_server_is_never_silent_for_long(ordeal: Ordeal) -> None:
    passage = ordeal.passage

    began_s = passage.opened_s + ENCODER_START_S
    assert passage.longest_silence_ms(began_s, passage.arrivals_s[-1]) < LONGEST_SILENCE_MS
    words = [light["status"] for light in ordeal.broadcast.lights(STEADY)]
    assert set(words[words.index("live") :]) == {"live"}
    assert ordeal.broadcast.end_of(STEADY)["connects"] == 1


def test_media_arrives_again_within_two_seconds_of_a_servers_return(ordeal: Ordeal) -> None:
    assert ordeal.back_after_s <= 2.0


def test_a_server_that_comes_back_gets_a_stream_that_starts_as_a_stream_should(
    facts: dict[str, StreamFacts],
) -> None:
    video, audio = facts["killed, after"].both

    assert video.packets[0].key
    assert video.duration_s > AFTER_S
    assert (video.dts_increases, audio.dts_increases) == (True, True)
    assert video.gaps(longer_than_ms=LONGEST_GAP_MS) == []
    assert set(video.key_frame_intervals_s) == {2.0}


def test_the_light_of_a_killed_server_follows_its_life(ordeal: Ordeal) -> None:
    lights = ordeal.broadcast.lights(KILLED)
    away = [light for light in lights if light["status"] == "retrying"]

    assert len(away) >= AWAY_S - 2
    assert away[-1]["cause"]["code"] == "refused"
    assert away[-1]["cause"]["message"] == f"{KILLED} does not accept connections on this port."
    assert lights[-1]["status"] == "live"
    assert lights[-1]["cause"] is None
    assert ordeal.broadcast.end_of(KILLED)["connects"] == 2


def test_a_server_that_never_reads_turns_amber_and_is_given_up_after_five_seconds(ordeal: Ordeal) -> None:
    lights = ordeal.broadcast.lights(DEAF)

    # Green for as long as its kernel takes bytes into its buffers: how long that is depends on the encoder.
    queues_ms = [light["queueMs"] for light in lights]
    assert {light["status"] for light in lights if light["queueMs"] > SURELY_AMBER_MS} == {"slow"}
    assert (STALLED_S - STATUS_EVERY_S) * 1000 - SURELY_AMBER_MS < max(queues_ms) < STALLED_S * 1000 + BUSY_MS
    given_up = next(light for light in lights if light["status"] == "retrying")
    assert given_up["cause"]["code"] == "stalled"
    assert given_up["droppedFrames"] > 0
    first_s, second_s, *_ = ordeal.deaf_connections_s
    assert second_s - first_s >= STALLED_S


def test_the_light_of_a_server_that_refuses_the_key_turns_red_and_says_so(ordeal: Ordeal) -> None:
    last = ordeal.broadcast.lights(CLOSED)[-1]

    assert last["status"] == "rejected"
    assert last["cause"]["code"] == "key-refused"
    assert last["cause"]["message"] == f"{CLOSED} says that the stream key is wrong or in use."
    asked_s = [attempt.at_s for attempt in ordeal.refused]
    assert {attempt.key for attempt in ordeal.refused} == {"key-closed"}
    assert all(later - earlier > PAUSE_WHEN_REFUSED_S for earlier, later in pairwise(asked_s))


def test_a_broadcast_that_did_not_reach_everybody_does_not_call_itself_a_success(ordeal: Ordeal) -> None:
    assert ordeal.exit_code == 1
    assert ordeal.broadcast.summary["ok"] is False
    assert ordeal.broadcast.process.err == ""


@pytest.mark.parametrize("output", OUTPUTS)
def test_sound_and_picture_are_together(ordeal: Ordeal, output: str) -> None:
    offsets_ms = pulse_offsets_ms(ordeal.outputs[output])

    assert len(offsets_ms) >= 2
    assert max(map(abs, offsets_ms)) <= 40
