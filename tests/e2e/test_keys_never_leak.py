"""A whole broadcast with keys that would be recognised anywhere, and a search for them everywhere but where they belong."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.canary import descendants, find_canary
from tests.e2e.support.fake_ingest import Behaviour
from tests.e2e.support.live_broadcast import LiveBroadcast, Target
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = pytest.mark.e2e

CANARIES = {
    "good": "live_70412_canaryGoodX9",
    "refusing": "canary-refused/é+%41?token=Zq8_w-1&bw=1",
    "answers with the key": "FB-118-0-canaryEchoedT3",
}


@dataclass(frozen=True, slots=True)
class Search:
    """Where keys were found, by the name of their destination."""

    in_processes: dict[str, list[str]]
    in_files: dict[str, list[str]]
    reached: dict[str, list[str]]


@pytest.fixture(scope="module")
def search(shared_stage: Stage) -> Search:
    ingests = {
        "good": shared_stage.fake_ingest(Behaviour.ACCEPT),
        "refusing": shared_stage.fake_ingest(Behaviour.BAD_NAME),
        "answers with the key": shared_stage.fake_ingest(Behaviour.ECHO_KEY),
    }
    targets = [Target(name, ingests[name].server_url, key) for name, key in CANARIES.items()]
    broadcast = LiveBroadcast(shared_stage, targets, "--source", "test")
    broadcast.wait_until_live("good")
    wait_until(
        lambda: all(ingest.attempts for ingest in ingests.values()), what="every key to arrive", timeout_s=10
    )
    pids = [broadcast.process.pid, *descendants(broadcast.process.pid)]
    assert len(pids) >= 2, "the engine runs as a process of its own"
    in_processes = {name: find_canary([], key, pids=pids) for name, key in CANARIES.items()}
    broadcast.wait_for(lambda line: line["recording"]["bytes"] > 0, what="something to have been recorded")
    broadcast.finish()
    assert list((broadcast.home / "logs").iterdir()), "there are logs to search"
    places = [
        broadcast.home,
        broadcast.recordings_folder,
        broadcast.process.out_path,
        broadcast.process.err_path,
    ]
    return Search(
        in_processes=in_processes,
        in_files={name: find_canary(places, key, pids=[]) for name, key in CANARIES.items()},
        reached={name: [attempt.key for attempt in ingest.attempts] for name, ingest in ingests.items()},
    )


@pytest.mark.parametrize("name", CANARIES)
def test_the_key_itself_reached_its_platform(search: Search, name: str) -> None:
    assert set(search.reached[name]) == {CANARIES[name]}


@pytest.mark.parametrize("name", CANARIES)
def test_no_process_carries_a_key_where_others_can_read_it(search: Search, name: str) -> None:
    assert search.in_processes[name] == []


@pytest.mark.parametrize("name", CANARIES)
def test_no_key_is_in_logs_output_home_or_recording(search: Search, name: str) -> None:
    assert search.in_files[name] == []


def test_the_search_would_have_found_a_key(shared_stage: Stage, search: Search) -> None:
    destinations = shared_stage.folder / "destinations.json"

    for key in CANARIES.values():
        assert find_canary([destinations], key, pids=[]) != []
