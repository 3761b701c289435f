"""What a person does in the window in more than one test."""

from __future__ import annotations

from typing import Final

from tests.e2e.support.home_service import HomeService
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.stage import Stage
from tests.e2e.support.window import Window

SCREEN: Final = (1600, 1000)
SIZE: Final = (1440, 900)
END_S: Final = 40.0


def desktop(stage: Stage) -> str:
    """Return the display of a screen with a window manager on it."""
    screen = stage.screen(size=SCREEN, moving_fps=0)
    stage.process(["openbox"], name="openbox", env={"DISPLAY": screen.display})
    return screen.display


def opened(stage: Stage, home: str = "home") -> Window:
    """Open the window of a home; its service is ended with the stage."""
    display = desktop(stage)
    stage.keep(HomeService(stage.folder / home))
    window = Window(stage, display, home=home)
    window.wait_for_rail()
    window.resize(SIZE)
    return window


def add_platform(window: Window, name: str, server: NginxRtmp, key: str) -> None:
    """Fill in the sheet of a new destination, which is open."""
    window.click("Custom server")
    window.write("Name", name, kind="QLineEdit")
    window.write("Server", server.server_url, kind="QComboBox")
    window.write("Stream key", key, kind="QLineEdit")
    window.click("Save", kind="QPushButton")
    window.wait_until_gone("Save", kind="QPushButton")


def end_stream(window: Window) -> None:
    """End the broadcast: the button asks once, in its place."""
    window.click("End stream", kind="QPushButton")
    window.click("End it now?", kind="QPushButton")
    window.wait_for_words("Off air", kind="StatePill", timeout_s=END_S)
