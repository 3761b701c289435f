from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.preview.wish import PreviewPace, PreviewWish


@pytest.mark.parametrize(
    ("width", "height", "fps"), [(0, 540, 30), (960, 5000, 30), (960, 540, 0), (960, 540, 31)]
)
def test_a_preview_that_cannot_be_is_refused(width: int, height: int, fps: int) -> None:
    with pytest.raises(UserError):
        PreviewWish(width=width, height=height, fps=fps)


def test_a_preview_keeps_the_shape_of_the_program() -> None:
    assert PreviewWish(width=960, height=540).fitted(1920, 1080) == (960, 540)
    assert PreviewWish(width=960, height=960).fitted(1920, 1080) == (960, 540)
    assert PreviewWish(width=960, height=540).fitted(1080, 1920) == (304, 540)


def test_a_preview_is_never_larger_than_the_program() -> None:
    assert PreviewWish(width=3840, height=2160).fitted(1280, 720) == (1280, 720)


@given(st.integers(16, 3840), st.integers(16, 3840), st.integers(64, 3840), st.integers(64, 2160))
def test_a_preview_always_has_a_size_that_can_be_made(
    width: int, height: int, canvas_w: int, canvas_h: int
) -> None:
    fitted = PreviewWish(width=width, height=height).fitted(canvas_w & ~1, canvas_h & ~1)
    assert min(fitted) >= 2
    assert not fitted[0] & 1
    assert not fitted[1] & 1


def shown_of(program_fps: int, preview_fps: int, late_s: list[float]) -> int:
    pace = PreviewPace(preview_fps)
    return sum(
        pace.is_due(100 + slot / program_fps + late_s[slot % len(late_s)]) for slot in range(10 * program_fps)
    )


def test_a_preview_of_the_programs_own_rate_shows_every_slot_though_slots_come_a_little_late() -> None:
    assert shown_of(30, 30, [0.0, 0.004, 0.001, 0.006]) == pytest.approx(300, abs=2)


def test_a_preview_of_half_the_rate_shows_every_other_slot() -> None:
    assert shown_of(60, 30, [0.0, 0.001]) == pytest.approx(300, abs=2)


def test_a_preview_of_a_rate_that_does_not_divide_shows_as_many_as_asked() -> None:
    assert shown_of(30, 25, [0.0]) == pytest.approx(250, abs=3)


def test_after_a_pause_the_preview_does_not_hurry() -> None:
    pace = PreviewPace(10)
    assert pace.is_due(100.0)
    assert pace.is_due(150.0)
    assert not pace.is_due(150.03)
    assert pace.is_due(150.1)
