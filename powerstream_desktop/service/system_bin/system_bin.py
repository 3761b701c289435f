"""Which bin this system has."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol

from powerstream_desktop.service.system_bin.freedesktop import FreedesktopBin
from powerstream_desktop.service.system_bin.macos import MacBin
from powerstream_desktop.service.system_bin.windows import WindowsBin


class SystemBin(Protocol):
    """Where people look for what was removed."""

    def take(self, file: Path) -> Path | None:
        """Move a file there, and return where it lies now, if the system tells. Blocks as the disk does.

        Raises:
            OSError: it cannot be moved there; the file is where it was.
        """
        ...


def system_bin() -> SystemBin:
    """Return this system's."""
    if sys.platform == "win32":
        return WindowsBin()
    if sys.platform == "darwin":
        return MacBin(Path.home())
    return FreedesktopBin()
