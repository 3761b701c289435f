from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.frame_layout import (
    MAX_SIDE,
    ColourMatrix,
    FrameLayout,
    PixelFormat,
    PlanePlace,
)


def test_a_bgr_picture_is_one_plane() -> None:
    layout = FrameLayout.bgr(5, 3)
    assert layout.planes == (PlanePlace(offset=0, stride=15, rows=3, row_bytes=15),)
    assert layout.size_bytes == 45
    assert layout.full_range


def test_a_picture_of_odd_size_has_room_for_its_last_chroma() -> None:
    layout = FrameLayout.program(5, 3)
    assert layout.planes == (
        PlanePlace(offset=0, stride=5, rows=3, row_bytes=5),
        PlanePlace(offset=15, stride=3, rows=2, row_bytes=3),
        PlanePlace(offset=21, stride=3, rows=2, row_bytes=3),
    )
    assert layout.size_bytes == 27


@given(
    st.integers(1, 64), st.integers(1, 64), st.lists(st.integers(0, 9), min_size=3, max_size=3), st.booleans()
)
def test_planes_follow_each_other_without_a_gap(
    width: int, height: int, padding: list[int], full_range: bool
) -> None:
    tight = FrameLayout.program(width, height)
    strides = tuple(stride + more for stride, more in zip(tight.strides, padding, strict=True))
    layout = FrameLayout(
        width=width,
        height=height,
        pixel_format=PixelFormat.YUV420P,
        matrix=ColourMatrix.BT601,
        full_range=full_range,
        strides=strides,
    )
    ends = [place.offset + place.stride * place.rows for place in layout.planes]
    assert [place.offset for place in layout.planes] == [0, *ends[:-1]]
    assert ends[-1] == layout.size_bytes


def made(**changes: object) -> FrameLayout:
    values: dict[str, object] = {
        "width": 4,
        "height": 2,
        "pixel_format": PixelFormat.BGR24,
        "matrix": ColourMatrix.RGB,
        "full_range": True,
        "strides": (12,),
    }
    return FrameLayout(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"width": 0, "strides": (0,)},
        {"height": -1},
        {"width": MAX_SIDE + 1, "strides": (3 * MAX_SIDE + 3,)},
        {"strides": (11,)},
        {"strides": (12, 12)},
        {"strides": ()},
        {"matrix": ColourMatrix.BT709},
        {"pixel_format": PixelFormat.YUV420P, "strides": (4, 2, 2)},
        {"width": MAX_SIDE, "height": MAX_SIDE, "strides": (3 * MAX_SIDE,)},
    ],
    ids=repr,
)
def test_what_cannot_be_a_picture_is_refused(changes: dict[str, object]) -> None:
    assert made().size_bytes == 24
    with pytest.raises(ValueError, match=r"picture|stride|colours"):
        made(**changes)
