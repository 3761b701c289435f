"""The title says first what matters."""

from __future__ import annotations

import pytest

from powerstream_desktop.desktop.look.icons import ApplicationIcon
from powerstream_desktop.desktop.shell.on_air import AirState, OnAir
from powerstream_desktop.desktop.shell.title import window_icon, window_title


def state(on_air: OnAir, *, is_rehearsal: bool = False, is_known: bool = True) -> AirState:
    return AirState(on_air=on_air, title="Episode 12", is_rehearsal=is_rehearsal, is_known=is_known)


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        (state(OnAir.OFF), "PowerStream"),
        (state(OnAir.LIVE), "● LIVE – Episode 12 – PowerStream"),
        (state(OnAir.LIVE, is_rehearsal=True), "REHEARSAL – Episode 12 – PowerStream"),
        (state(OnAir.STARTING), "Starting – Episode 12 – PowerStream"),
        (state(OnAir.BRIDGING), "Bridging – Episode 12 – PowerStream"),
        (state(OnAir.ENDING), "Ending – Episode 12 – PowerStream"),
        (AirState(on_air=OnAir.LIVE), "● LIVE – PowerStream"),
    ],
)
def test_the_title_begins_with_the_state(shown: AirState, title: str) -> None:
    assert window_title(shown) == title


def test_the_icon_is_calm_off_air_and_says_trouble_when_it_cannot_know() -> None:
    assert window_icon(state(OnAir.OFF)) is ApplicationIcon.IDLE
    assert window_icon(state(OnAir.LIVE)) is ApplicationIcon.LIVE
    assert window_icon(state(OnAir.BRIDGING)) is ApplicationIcon.TROUBLE
    assert window_icon(state(OnAir.LIVE, is_known=False)) is ApplicationIcon.TROUBLE
