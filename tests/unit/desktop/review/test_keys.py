from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from powerstream_desktop.desktop.review.keys import SKIPS_US, Deed, deed_of

KEY, HELD = Qt.Key, Qt.KeyboardModifier


@pytest.mark.parametrize(
    ("key", "held", "deed"),
    [
        (KEY.Key_Space, HELD.NoModifier, Deed.TOGGLE),
        (KEY.Key_J, HELD.NoModifier, Deed.BACKWARD),
        (KEY.Key_K, HELD.NoModifier, Deed.HOLD),
        (KEY.Key_L, HELD.NoModifier, Deed.FORWARD),
        (KEY.Key_Left, HELD.NoModifier, Deed.STEP_BACK),
        (KEY.Key_Left, HELD.KeypadModifier, Deed.STEP_BACK),  # macOS says so of every arrow
        (KEY.Key_Right, HELD.ShiftModifier, Deed.SECOND_ON),
        (KEY.Key_Left, HELD.ControlModifier, Deed.TEN_BACK),
        (KEY.Key_I, HELD.NoModifier, Deed.IN),
        (KEY.Key_O, HELD.NoModifier, Deed.OUT),
        (KEY.Key_M, HELD.NoModifier, Deed.MARK),
        (KEY.Key_M, HELD.ShiftModifier, Deed.MARK_NAMED),
        (KEY.Key_F, HELD.NoModifier, Deed.FULL_SCREEN),
        (KEY.Key_M, HELD.ControlModifier | HELD.AltModifier, None),  # the window's own hotkeys
        (KEY.Key_J, HELD.ControlModifier, None),
        (KEY.Key_Space, HELD.ShiftModifier, None),
        (KEY.Key_Tab, HELD.NoModifier, None),
    ],
)
def test_keys_mean_what_they_mean_at_every_cutting_desk(
    key: Qt.Key, held: Qt.KeyboardModifier, deed: Deed | None
) -> None:
    assert deed_of(key, held) is deed


def test_skips_are_one_second_and_ten_both_ways() -> None:
    assert sorted(SKIPS_US.values()) == [-10_000_000, -1_000_000, 1_000_000, 10_000_000]
