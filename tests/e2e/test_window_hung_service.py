"""The service hangs under the window during a broadcast: no light stays green, and it is live again, whoever wakes or replaces it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

import pytest

from powerstream_desktop.client.event_connection import SILENCE_S
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.service.keeper.answer_watch import HUNG_S, LOOK_S
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.e2e.support.window import Window
from tests.e2e.support.window_deeds import SIZE, desktop

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

LIVE: Final = "One: Live"
NOT_KNOWN: Final = "One: Not known now"
HANGS: Final = "service does not answer"
LIGHT_S: Final = 60.0
LOOKING_S: Final = 6.0
"""For the eyes of the test, which have to be opened some times, on a machine at work for others."""


@dataclass(frozen=True)
class OnAir:
    """A broadcast that runs, and a window that shows its light."""

    served: Served
    window: Window
    session_id: str

    def running_session(self) -> str:
        return str(self.served.ask("GET", "/api/live/status")[1]["sessionId"])


@pytest.fixture
def on_air(stage: Stage) -> OnAir:
    served = Served(stage)
    served.wait_until_ready()
    served.show(TestPictureContent())
    served.add_endpoint("One", stage.nginx().server_url, "key-of-one")
    session_id = served.go_live(title="Harbour walk", recordingEnabled=False)
    wait_until(lambda: served.lights() == {"One": "live"}, what="a live broadcast", timeout_s=LIGHT_S)
    window = Window(stage, desktop(stage))
    window.wait_for_rail()
    window.resize(SIZE)
    window.wait_for_words(LIVE, timeout_s=LIGHT_S)
    return OnAir(served=served, window=window, session_id=session_id)


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """Let a process stand still; it goes on at the end, if it still lives."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def test_lights_are_grey_while_the_service_hangs_and_live_again_once_it_goes_on(on_air: OnAir) -> None:
    window, pid = on_air.window, on_air.served.service_pid()
    with stopped(pid):
        began_s = time.monotonic()
        window.wait_for_words(NOT_KNOWN, timeout_s=SILENCE_S + LOOKING_S)
        assert time.monotonic() - began_s > 1.0
        assert window.find_words(HANGS)
        assert not window.find_words(LIVE)
    window.wait_for_words(LIVE, timeout_s=LIGHT_S)
    assert not window.find_words(HANGS)
    assert on_air.served.service_pid() == pid
    assert window.complaints() == []


def test_a_service_that_goes_on_hanging_is_replaced_and_the_broadcast_goes_on(on_air: OnAir) -> None:
    served, window = on_air.served, on_air.window
    hung = served.service_pid()
    with stopped(hung):
        began_s = time.monotonic()
        wait_until(
            lambda: served.service_pid() != hung, what="another service", timeout_s=HUNG_S + LOOK_S + LIGHT_S
        )
        assert time.monotonic() - began_s > HUNG_S - LOOK_S
    wait_until(lambda: served.lights() == {"One": "live"}, what="a live broadcast again", timeout_s=LIGHT_S)
    assert on_air.running_session() == on_air.session_id
    window.wait_for_words(LIVE, timeout_s=LIGHT_S)
    assert window.complaints() == []
