from __future__ import annotations

import pytest

from powerstream_desktop.engine.sources.camera_frozen import FrozenWatch


@pytest.mark.parametrize(
    ("idle_s", "unchanged_s", "expected"),
    [(0.0, 0.0, False), (1.9, 4.9, False), (2.0, 0.0, True), (0.0, 5.0, True)],
)
def test_a_camera_seems_frozen_without_pictures_or_without_noise(
    idle_s: float, unchanged_s: float, expected: bool
) -> None:
    watch = FrozenWatch()
    assert watch.look(idle_s, unchanged_s) is expected
    assert watch.is_frozen is expected


def test_each_change_is_told_once() -> None:
    watch = FrozenWatch()
    looks = [watch.look(idle_s, 0.0) for idle_s in (0.0, 2.0, 3.0, 0.1, 0.1, 2.5)]
    assert looks == [False, True, False, True, False, True]
