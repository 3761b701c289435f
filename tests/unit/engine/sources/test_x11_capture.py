from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.engine.sources.x11_capture import next_slot

FPS = 30


@given(time_s=st.floats(-1, 86_400), fps=st.sampled_from([24, 25, 30, 50, 60]))
def test_a_grab_is_for_the_first_slot_that_is_due_half_a_frame_later(time_s: float, fps: int) -> None:
    slot = next_slot(time_s, fps)
    assert (slot - 0.5) / fps > time_s - 1e-9
    assert (slot - 1.5) / fps <= time_s + 1e-9


@pytest.mark.parametrize(
    ("time_s", "slot"), [(-0.02, 0), (-0.01, 1), (0.0, 1), (0.5 / FPS, 2), (9.99 / FPS, 11)]
)
def test_a_grab_that_was_missed_is_not_made_up(time_s: float, slot: int) -> None:
    assert next_slot(time_s, FPS) == slot
