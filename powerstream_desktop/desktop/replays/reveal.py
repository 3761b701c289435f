"""Shows where a replay's file lies, in the system's own file manager."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def reveal(file: Path) -> None:
    """Show a file in its folder, chosen where the system can do that; its folder otherwise."""
    command = revealing(file, sys.platform)
    if command is not None:
        program, *arguments = command
        if QProcess.startDetached(program, arguments)[0]:
            return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def revealing(file: Path, platform: str) -> tuple[str, ...] | None:
    """Return the command that shows a file chosen in its folder; None where there is none that every desktop knows.

    Args:
        file: the file.
        platform: as ``sys.platform`` calls it.
    """
    if platform == "win32":
        return ("explorer.exe", "/select,", str(file))
    if platform == "darwin":
        return ("open", "-R", str(file))
    return None
