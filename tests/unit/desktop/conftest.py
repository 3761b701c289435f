"""The application of the window's tests, and their strictness.

There is one ``QApplication`` for the whole run, the one that the engine's tests make, too (``host_with_application``): Qt allows no
second. It is put into its look once, as the program does.

pytest-qt stays off for the run (pyproject.toml). It cannot be switched on for a folder, and its hooks are in every test of the
run: it processes Qt's events before and after each, takes Qt's messages away from the engine's own handler, and lets a test on any
thread fail for what another left behind. What it would give the window's tests is here, for these tests alone: an exception in a slot or in a
virtual method fails the test, so does a warning of Qt's, and a window that a test left open is closed. ``driver.py`` has the hands.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from types import TracebackType

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from powerstream_desktop.desktop.look.look import look
from tests.unit.desktop.driver import close_windows
from tests.unit.engine.sources.qt_application import host_with_application

_HARMLESS = (
    # The offscreen platform has no window manager to ask.
    "This plugin does not support",
    # Headless machines: no portal, no theme, no sound card.
    "qt.multimedia",
    "Failed to create OpenGL context",
)


@pytest.fixture(scope="session", autouse=True)
def application() -> QApplication:
    """Return the application, in its look."""
    host_with_application()
    found = QApplication.instance()
    assert isinstance(found, QApplication), "a test before these made an application that can show no window"
    look()
    return found


@pytest.fixture(autouse=True)
def qt_complains(application: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fail the test for what Qt warned of and for what was raised where nobody could catch it; a test may clear the list."""
    complaints: list[str] = []

    def note_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        complaints.append("".join(traceback.format_exception(kind, error, trace)))

    def note_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        line = f"{context.category}: {message}"
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} and not any(
            word in line for word in _HARMLESS
        ):
            complaints.append(line)

    monkeypatch.setattr(sys, "excepthook", note_exception)
    before = qInstallMessageHandler(note_message)
    yield complaints
    close_windows()
    qInstallMessageHandler(before)
    if complaints:
        pytest.fail("Qt complained:\n" + "\n".join(complaints), pytrace=False)
