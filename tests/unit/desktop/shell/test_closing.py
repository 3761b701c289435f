"""Closing the window while something is on the air."""

from __future__ import annotations

import itertools

from powerstream_desktop.desktop.shell.closing import Closing, closing
from powerstream_desktop.desktop.shell.on_air import AirState, OnAir

RUNNING = {OnAir.STARTING, OnAir.LIVE, OnAir.BRIDGING}


def test_every_case_has_its_answer() -> None:
    for on_air, answers in itertools.product(OnAir, itertools.product((False, True), repeat=3)):
        was_asked, is_session_ending, has_tray = answers
        decision = closing(
            AirState(on_air=on_air),
            was_asked=was_asked,
            is_session_ending=is_session_ending,
            has_tray=has_tray,
        )
        if on_air not in RUNNING or is_session_ending:
            assert decision is Closing.CLOSE
        elif not was_asked:
            assert decision is Closing.ASK
        else:
            assert decision is (Closing.HIDE if has_tray else Closing.CLOSE)


def test_a_broadcast_that_the_service_cannot_be_asked_about_counts_as_running() -> None:
    state = AirState(on_air=OnAir.LIVE, is_known=False)
    assert closing(state, was_asked=False, is_session_ending=False, has_tray=False) is Closing.ASK
