"""V27: uploads beside a broadcast. A real service, engine, courier and store; what destinations and the store got is what counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest

from powerstream_desktop.client.client import Client
from powerstream_desktop.engine.scene.sources import TestPictureContent
from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.fake_ingest import FakeIngest
from tests.e2e.support.proxy import FaultProxy
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.e2e.test_cloud import client_at, large_film, use_moto, vod
from tests.integration.cloud.store_servers import moto_store

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180), pytest.mark.exacting]

START_S = 60.0
CAP_KBPS = 8000
SHOW_S = 2.0
TURNS = 3
GIVES_WAY_S = 1.0
QUEUE_MS = 500
SLOT_MS = 1000 / 30
TOLD_WITHIN_S = 1.5
"""The engine's figures are a second old at most."""
LOOK_S = 0.05
NARROW_BYTES_PER_S = 200_000
PIECE_BYTES = 400_000
SLOW_STORE_BYTES_PER_S = 2_000_000


@dataclass
class Evening:
    """A broadcast to two receivers, and a replay that waits for its upload; the store is behind a line that counts."""

    served: Served
    client: Client
    receivers: list[FakeIngest]
    slow: FaultProxy
    store: FaultProxy
    replay_id: str
    sent: list[tuple[float, int]] = field(default_factory=list)

    def look(self) -> int:
        """Take down how many bytes the store was sent so far."""
        count = sum(each.received_bytes for each in list(self.store.passages))
        self.sent.append((time.monotonic(), count))
        return count

    def watch(self, seconds: float) -> int:
        """Look for so long; return how many bytes went to the store meanwhile."""
        before, until_s = self.look(), time.monotonic() + seconds
        while time.monotonic() < until_s:
            time.sleep(LOOK_S)
            self.look()
        return self.sent[-1][1] - before

    def figures(self) -> dict[str, int]:
        """Return what the engine and the destinations have lost so far."""
        status, answer = self.served.ask("GET", "/api/stats")
        assert status == 200, answer
        engine, [session] = answer["engine"]["stats"], answer["sessions"]
        [rendition] = engine["renditions"]
        return {
            "late": engine["framesLate"],
            "skipped": engine["framesSkipped"] + rendition["framesSkipped"],
            "not sent": rendition["framesDropped"],
            "dropped": sum(each["droppedFrames"] for each in session["endpoints"]),
        }

    def queue_ms(self) -> int:
        """Return what the destination queues that queues most."""
        _, answer = self.served.ask("GET", "/api/rtmp/status")
        return max(int(each["queueMs"]) for each in answer["sessions"][0]["endpoints"])


@contextmanager
def evening(stage: Stage, moto_url: str, **settings: Any) -> Iterator[Evening]:
    served = Served(stage, "--headless")
    served.wait_until_ready()
    served.show(TestPictureContent())
    receivers = [stage.fake_ingest(Behaviour.ACCEPT) for _ in range(2)]
    slow, store = stage.proxy(receivers[1].port), stage.proxy(urlsplit(moto_url).port or 0)
    served.add_endpoint("one", receivers[0].server_url, "made-up-key-one")
    served.add_endpoint("two", slow.server_url, "made-up-key-two")
    film = large_film(stage.folder / "Large.mp4", 48)
    with client_at(served.home) as client:
        client.settings.change({"video.size": "640x360", "video.bitrate_kbps": 1500})
        use_moto(client, f"http://127.0.0.1:{store.port}", "onair/", **settings)
        vod(served.home, "import", str(film))
        [replay] = client.library.page().assets
        yield Evening(served, client, receivers, slow, store, replay.id)


def go_live(tonight: Evening) -> None:
    tonight.served.go_live(title="Evening")
    wait_until(
        lambda: tonight.served.lights() == {"one": "live", "two": "live"},
        what="two green lights",
        timeout_s=START_S,
    )


@pytest.fixture(scope="module")
def moto_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with moto_store(tmp_path_factory.mktemp("moto")) as config:
        yield config.endpoint_url


def test_a_broadcast_loses_no_picture_by_an_upload_that_starts_and_stops_beside_it(
    stage: Stage, moto_url: str
) -> None:
    with evening(stage, moto_url, **{"cloud.live_cap_kbps": CAP_KBPS}) as tonight:
        tonight.store.limit_bandwidth(SLOW_STORE_BYTES_PER_S)
        under_way(tonight)
        go_live(tonight)
        lost = {name: dict.fromkeys(tonight.figures(), 0) for name in ("alone", "beside")}
        rates_kbps = []
        for turn in range(2 * TURNS):
            name = "beside" if turn % 2 else "alone"
            before = tonight.figures()
            if name == "alone":
                tonight.client.cloud.pause()
                tonight.watch(SHOW_S)
            else:
                tonight.client.cloud.resume()
                flows(tonight)
                rates_kbps.append(tonight.watch(SHOW_S) * 8 / 1000 / SHOW_S)
            for what, count in tonight.figures().items():
                lost[name][what] += count - before[what]
        told_s, skipped = time.monotonic() - TOLD_WITHIN_S, tonight.figures()["skipped"]
        status, _ = tonight.served.ask("POST", "/api/live/stop", {})
        assert status == 200
        assert min(rates_kbps) > CAP_KBPS / 4, "an upload went on beside it"
        assert max(rates_kbps) < CAP_KBPS * 1.3
        assert lost["beside"]["dropped"] == lost["beside"]["not sent"] == 0
        assert lost["beside"]["skipped"] <= lost["alone"]["skipped"]
        assert lost["beside"]["late"] <= lost["alone"]["late"]
        for receiver in tonight.receivers:
            assert missing(receiver, told_s) <= skipped, "every picture that was made arrived"
        tonight.store.pass_all()
        wait_until(
            lambda: state_of(tonight) == "synced", what="the upload to go on by itself", timeout_s=START_S
        )


def missing(receiver: FakeIngest, until_s: float) -> int:
    """Return how many pictures of the schedule a receiver was not sent."""
    [visit] = receiver.visits
    times_ms = [each.dts_ms for each in visit.pictures if each.at_s < until_s]
    return sum(round((later - earlier) / SLOT_MS) - 1 for earlier, later in pairwise(times_ms))


def under_way(tonight: Evening) -> None:
    tonight.client.cloud.upload(tonight.replay_id)
    flows(tonight)


def flows(tonight: Evening) -> float:
    """Wait until a good piece of the film is on its way; return when that was."""
    before = tonight.look()
    return when(lambda: tonight.look() > before + PIECE_BYTES, tonight, "an upload under way")


def state_of(tonight: Evening) -> str:
    return tonight.client.library.get(tonight.replay_id).sync.state


def when(condition: Callable[[], bool], tonight: Evening, what: str) -> float:
    """Return the moment at which something was seen to be so; the store is watched meanwhile."""

    def look() -> float | None:
        tonight.look()
        return time.monotonic() if condition() else None

    found = wait_until(look, what=what, timeout_s=START_S)
    assert found is not None
    return found


def test_an_upload_gives_way_within_a_second_of_a_destination_queueing_and_goes_on_when_that_is_over(
    stage: Stage, moto_url: str
) -> None:
    with evening(stage, moto_url, **{"cloud.live_cap_kbps": CAP_KBPS}) as tonight:
        go_live(tonight)
        tonight.store.limit_bandwidth(NARROW_BYTES_PER_S)
        under_way(tonight)
        tonight.watch(3.0)
        tonight.slow.pause_reading()
        queued_s = when(lambda: tonight.queue_ms() > QUEUE_MS, tonight, "a queue")
        tonight.watch(GIVES_WAY_S - (time.monotonic() - queued_s))
        late_bytes = tonight.watch(2.0)
        tonight.slow.pass_all()
        flows(tonight)
        assert late_bytes == 0
        tonight.served.ask("POST", "/api/live/stop", {})


def test_an_upload_that_is_under_way_stops_within_a_second_when_something_goes_live_and_goes_on_behind_it(
    stage: Stage, moto_url: str
) -> None:
    with evening(stage, moto_url) as tonight:
        tonight.store.limit_bandwidth(NARROW_BYTES_PER_S)
        under_way(tonight)
        tonight.served.go_live(title="Evening")
        tonight.watch(GIVES_WAY_S)
        late_bytes = tonight.watch(3.0)
        assert late_bytes == 0
        assert tonight.client.cloud.standing().state == "on-air"
        tonight.served.ask("POST", "/api/live/stop", {})
        tonight.store.pass_all()
        wait_until(
            lambda: state_of(tonight) == "synced", what="the upload to go on by itself", timeout_s=START_S
        )
