"""One window per home: a second one raises the first, and ends (DESIGN 2)."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from powerstream_desktop.common.home_lock import HomeLock

SOCKET_NAME: Final = "window.sock"
LOCK_NAME: Final = "window.lock"
PATIENCE_MS: Final = 1000
_LONGEST_PATH: Final = 100
"""Unix sockets take hardly more."""
_WORD: Final = b"raise\n"


class OneWindow(QObject):
    """Claims the home for this window, or hands over to the one that has it. On the window's thread.

    Args:
        runtime: the runtime folder, which is this user's alone.
        parent: as with every QObject.

    Attributes:
        wanted: another window was started: show this one.
    """

    wanted = Signal()

    def __init__(self, runtime: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = HomeLock(runtime, LOCK_NAME)
        self._name = _name(runtime)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._somebody_came)

    def claim(self) -> bool:
        """Return whether this is the only window; if not, the other has been asked to show itself. Blocks for a second at most.

        A window that cannot be asked, because it is just coming up or hangs, is still the only one.

        Raises:
            SystemFault: the lock cannot be made.
        """
        if not self._lock.acquire(patience_s=0):
            self._ask_the_other()
            return False
        QLocalServer.removeServer(self._name)  # what a killed window left behind
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Let another window have the home."""
        self._server.close()
        self._lock.release()

    def _ask_the_other(self) -> None:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(PATIENCE_MS):
            socket.write(_WORD)
            socket.waitForBytesWritten(PATIENCE_MS)
            socket.disconnectFromServer()

    def _somebody_came(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            # That somebody came is all there is to know; nothing is read.
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.wanted.emit()


def _name(runtime: Path) -> str:
    """Return what the socket is called: in the runtime folder where the system can, otherwise by that folder's name."""
    path = str(runtime / SOCKET_NAME)
    if sys.platform != "win32" and len(path.encode()) <= _LONGEST_PATH:
        return path
    return f"powerstream-window-{hashlib.sha256(str(runtime).encode()).hexdigest()[:24]}"
