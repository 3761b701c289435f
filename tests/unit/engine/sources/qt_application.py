"""The application that Qt needs in tests that paint: one for the whole run.

A ``QApplication``, so that tests of a window in the same run may share it.
"""

from __future__ import annotations

import os

from powerstream_desktop.engine.sources.qt_host import QtHost


def host_with_application() -> QtHost:
    """Return a host whose application exists; it need not run."""
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _KEPT.append(QApplication(["tests"]))
    return QtHost()


_KEPT: list[object] = []
