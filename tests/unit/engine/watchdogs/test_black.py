from __future__ import annotations

import av
import numpy as np
import pytest

from powerstream_desktop.engine.watchdogs.black import is_black

FORMATS = ["yuv420p", "yuv444p", "nv12", "gray", "rgb24", "bgr24", "bgr0", "rgba", "argb", "0rgb"]


def filled(name: str, level: int, width: int = 200, height: int = 120) -> av.VideoFrame:
    frame = av.VideoFrame(width, height, name)
    for plane in frame.planes:
        np.frombuffer(memoryview(plane), np.uint8)[:] = level
    return frame


@pytest.mark.parametrize("name", FORMATS)
def test_a_dark_frame_is_black_and_a_grey_one_is_not(name: str) -> None:
    black = 16 if name in {"yuv420p", "yuv444p", "nv12", "gray"} else 0
    assert is_black(filled(name, black))
    assert not is_black(filled(name, 60))


def test_a_dark_frame_with_an_alpha_channel_is_black_however_opaque() -> None:
    frame = filled("rgba", 0)
    np.frombuffer(memoryview(frame.planes[0]), np.uint8)[3::4] = 255
    assert is_black(frame)


def test_a_mouse_pointer_on_a_black_screen_does_not_count() -> None:
    frame = filled("bgr0", 0, 1280, 720)
    rows = np.frombuffer(memoryview(frame.planes[0]), np.uint8).reshape(720, -1)
    rows[100:120, 400:448] = 255
    assert is_black(frame)
    rows[100:300, 400:1200] = 255
    assert not is_black(frame)


def test_a_line_of_text_on_a_black_screen_counts() -> None:
    frame = filled("yuv420p", 16, 1280, 720)
    rows = np.frombuffer(memoryview(frame.planes[0]), np.uint8).reshape(720, -1)
    rows[96:116, 100:900] = 180
    assert not is_black(frame)


def test_an_unknown_format_is_never_black() -> None:
    assert not is_black(filled("yuv420p10le", 0))
