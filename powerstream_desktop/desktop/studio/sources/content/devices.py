"""The computer's screens, windows and cameras, asked for when a form needs them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from powerstream_desktop.client.computer import Devices
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class DeviceList(QObject):
    """Asks the engine, which looks through all devices: some seconds on some computers.

    Args:
        surroundings: what the window lends.
        parent: who shows it.
    """

    changed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = surroundings.desk
        self._is_asking = False
        self.devices: Devices | None = None
        self.failure = ""
        """Why there is no answer; plain text, empty when there is one."""

    @property
    def is_asking(self) -> bool:
        """The answer is on its way."""
        return self._is_asking

    def ask(self) -> None:
        """Ask anew; once at a time."""
        if not self._is_asking:
            self._is_asking = True
            self.changed.emit()
            self._desk.ask(
                lambda client: client.computer.devices(), self._came, otherwise=self._failed, owner=self
            )

    def _came(self, devices: Devices) -> None:
        self._is_asking = False
        self.devices, self.failure = devices, ""
        self.changed.emit()

    def _failed(self, error: PowerStreamError) -> None:
        self._is_asking = False
        self.failure = str(error)
        self.changed.emit()
