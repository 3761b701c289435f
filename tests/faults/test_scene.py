"""The common setting notices what it is there to notice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.common_rule import LONGEST_GAP_MS
from tests.faults.scene import Form, Scene

STOPPED_S = 0.5


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path, Form.QUICK)
    yield scene
    scene.close()


def test_a_relay_that_stands_still_for_a_moment_breaks_the_common_rule(scene: Scene) -> None:
    scene.start([])
    scene.wait_for_the_fault()
    scene.relay.suspend()
    scene.let_last(STOPPED_S)
    scene.relay.resume()
    scene.finish()

    *others, recording = scene.onlookers()

    assert [onlooker.name for onlooker in others] == ["B", "C", "D"]
    for onlooker in others:
        assert onlooker.lost == 0
        assert LONGEST_GAP_MS < onlooker.gap_ms < 1000 * STOPPED_S + LONGEST_GAP_MS
    # What the relay is late with it still has: nothing is missing in the recording.
    assert recording.complaint == ""
    assert scene.complaints() == []
    assert scene.watcher.longest_pause_ms() < 1000 * STOPPED_S
