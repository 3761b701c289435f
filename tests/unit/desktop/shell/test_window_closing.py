"""Closing the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from powerstream_desktop.desktop.kit.buttons import Button
from tests.unit.desktop.driver import click, control, press, show
from tests.unit.desktop.shell.outlooks import OFF_AIR, live
from tests.unit.desktop.shell.windows import Windowed


class TestClosing:
    @pytest.fixture
    def gone(self, windowed: Windowed) -> list[bool]:
        gone: list[bool] = []
        windowed.window.gone.connect(lambda: gone.append(True))
        return gone

    def test_off_air_it_closes(self, windowed: Windowed, gone: list[bool]) -> None:
        windowed.window.close()
        assert gone == [True]

    def test_while_live_it_asks_once(self, windowed: Windowed, gone: list[bool]) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.window.close()
        assert (gone, windowed.window.isVisible()) == ([], True)
        assert windowed.is_asking()
        windowed.window.close()
        assert gone == [True]
        assert windowed.client.stopped == []

    def test_the_broadcast_can_be_kept(self, windowed: Windowed, gone: list[bool]) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.window.close()
        click(control(windowed.window, "Keep it running", Button))
        assert (gone, windowed.client.stopped) == ([True], [])

    def test_the_broadcast_can_be_ended_and_the_window_waits_for_that(
        self, windowed: Windowed, gone: list[bool]
    ) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.desk.is_slow = True
        windowed.window.close()
        click(control(windowed.window, "End the broadcast", Button))
        assert gone == []
        windowed.desk.work()
        assert (gone, windowed.client.stopped) == ([True], ["s1"])

    def test_it_can_stay_and_asks_again_next_time(self, windowed: Windowed, gone: list[bool]) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.window.close()
        click(control(windowed.window, "Cancel", Button))
        assert not windowed.is_asking()
        windowed.window.close()
        assert windowed.is_asking()
        press(control(windowed.window, "Cancel", Button), Qt.Key.Key_Escape)
        assert (gone, windowed.is_asking()) == ([], False)

    def test_a_desktop_that_logs_off_is_not_kept_waiting(self, windowed: Windowed, gone: list[bool]) -> None:
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.window.session_ends()
        windowed.window.close()
        assert gone == [True]


class TestTheTray:
    def test_a_window_whose_broadcast_is_kept_goes_on_there(self, qt_complains: list[str]) -> None:
        windowed = Windowed(has_tray=True)
        qt_complains.clear()  # this platform has no tray, and says so
        show(windowed.window)
        gone: list[bool] = []
        windowed.window.gone.connect(lambda: gone.append(True))
        windowed.service.comes()
        windowed.service.tells("live", live())
        windowed.window.close()
        click(control(windowed.window, "Keep it running", Button))
        assert (gone, windowed.window.isVisible()) == ([], False)
        assert windowed.page.heard[-1] == "went down"
        windowed.window.show_again()
        assert not windowed.is_asking()
        windowed.service.tells("live", OFF_AIR)
        windowed.window.close()
        assert gone == [True]
