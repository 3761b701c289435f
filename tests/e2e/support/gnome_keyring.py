"""A GNOME Keyring of a test's own, on a session bus of its own, where nothing is started by asking for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from tests.e2e.support.processes import TestProcess
from tests.e2e.support.session_bus import PROGRAM as BUS
from tests.e2e.support.session_bus import SessionBus

BINARIES = (BUS, "gnome-keyring-daemon")
START_S = 45.0
PASSWORD = b"the login password"


class GnomeKeyring:
    """A bus and a keyring, unlocked as at login; ``address`` leads a client there.

    Args:
        folder: existing folder for logs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs = 0
        self.bus = SessionBus()
        self.home, self.address = self.bus.home, self.bus.address
        self.daemon = self._log_in()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def restart(self) -> None:
        """Log out and in again: the daemon is another, the kept items are the same."""
        self.daemon.stop()
        self.daemon = self._log_in()

    def hang(self) -> None:
        """Let it answer nothing until ``wake``."""
        self.daemon.suspend()

    def wake(self) -> None:
        """Let it answer again."""
        self.daemon.resume()

    def close(self) -> None:
        """End both and remove what they left."""
        self.daemon.stop()
        self.bus.close()

    def _log_in(self) -> TestProcess:
        self._runs += 1
        reading, writing = os.pipe()
        os.write(writing, PASSWORD)
        os.close(writing)
        try:
            daemon = TestProcess(
                ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                name=f"keyring-{self._runs}",
                folder=self._folder,
                stdin=reading,
                env={
                    "DBUS_SESSION_BUS_ADDRESS": self.address,
                    "HOME": str(self.home),
                    "XDG_DATA_HOME": str(self.home / "data"),
                    "XDG_RUNTIME_DIR": str(self.home),
                    "DISPLAY": "",
                },
            )
        finally:
            os.close(reading)
        return daemon
