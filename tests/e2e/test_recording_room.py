"""A broadcast whose recordings' disk fills up and is emptied again: platforms see nothing of it, and the recording goes on (ADR 0023)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from powerstream_desktop.engine.scene.sources import TestPictureContent
from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.ffprobe import stream_facts
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.integration.small_disk import fill, may_mount, small_disk

MIB = 1024 * 1024
DISK_BYTES = 640 * MIB
LEFT_BYTES = 100 * MIB
"""Less than a recording leaves to others."""
LIVE_S = 45.0
"""Only a guard."""
BACK_S = 15.0
"""It looks every five seconds, and begins with a key frame."""
PART_S = 3.0
SHORTER_S = 0.2
"""Sound and picture of a file do not end together."""

pytestmark = [pytest.mark.timeout(180), may_mount]


@contextmanager
def ending(served: Served) -> Iterator[None]:
    """End a service with the block: its disk can be taken away then."""
    try:
        yield
    finally:
        os.kill(served.keeper.pid, signal.SIGTERM)
        served.wait_for_end()


def recording_of(served: Served) -> dict[str, Any]:
    status, answer = served.ask("GET", "/api/rtmp/status")
    assert status == 200
    (session,) = answer["sessions"]
    recording: dict[str, Any] = session["recording"]
    return recording


def test_a_recording_goes_on_when_its_full_disk_has_room_again(stage: Stage) -> None:
    served = Served(stage)
    served.wait_until_ready()
    served.show(TestPictureContent())
    folder = served.home / "recordings"
    folder.mkdir(exist_ok=True)
    receiver = stage.fake_ingest(Behaviour.ACCEPT)
    served.add_endpoint("one", receiver.server_url, "canary-7Qx-one")

    def wait_for(state: str, parts: int, timeout_s: float, *, longer_than_s: float = 0.0) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            now = recording_of(served)
            is_there = (now["state"], now["parts"]) == (state, parts)
            return now if is_there and now["durableSeconds"] > longer_than_s else None

        found = wait_until(look, what=f"part {parts} to be {state}", timeout_s=timeout_s)
        assert found is not None
        return found

    with small_disk(folder, DISK_BYTES), ending(served):
        served.go_live(title="Room")
        wait_for("recording", 1, LIVE_S, longer_than_s=PART_S)
        ballast = fill(folder, left_bytes=LEFT_BYTES)
        stopped = wait_for("failed", 1, BACK_S)
        assert stopped["error"].startswith("The disk is full")
        assert served.lights() == {"one": "live"}
        ballast.unlink()
        wait_for("recording", 2, BACK_S, longer_than_s=stopped["durableSeconds"] + PART_S)
        _, answer = served.ask("POST", "/api/live/stop", {})
        assert [each["status"] for each in answer["recordings"]] == ["ready", "ready"]
        durations_s = [stream_facts(path).both[0].duration_s for path in sorted(folder.glob("*.mp4"))]
        assert len(durations_s) == 2
        assert min(durations_s) > PART_S - SHORTER_S
    assert len(receiver.visits) == 1, "the platform saw nothing of it"
