"""Processes that run for hours keep to one heap, whatever their threads do."""

from __future__ import annotations

from tests.e2e.support.heaps import further_heaps
from tests.e2e.support.live_broadcast import Target
from tests.e2e.support.relay_broadcast import RelayBroadcast
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

LOG_HEAP = 1
"""The log's thread begins before the broadcast and keeps the heap it has."""


def test_a_relays_recorder_display_and_network_share_one_heap(stage: Stage) -> None:
    sink = stage.nginx("sink")
    broadcast = RelayBroadcast(stage, Target("one", sink.server_url, "one"))
    stage.publish(broadcast.url)
    wait_until(
        lambda: any(path.stat().st_size > 50_000 for path in broadcast.recordings),
        what="a recording",
        timeout_s=30,
    )
    assert further_heaps(broadcast.process.pid) <= LOG_HEAP


def test_the_services_parts_share_one_heap(stage: Stage) -> None:
    served = Served(stage)
    served.wait_until_ready()
    assert further_heaps(served.service_pid()) <= LOG_HEAP
