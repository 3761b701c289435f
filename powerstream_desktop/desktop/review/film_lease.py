"""Tells the service that a film's file is open here, so that it is given up by nobody meanwhile; a window that died says it no more."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from powerstream_desktop.desktop.shell.surroundings import Surroundings

EVERY_MS: Final = 10_000
"""A third of what the service gives."""


class FilmLease(QObject):
    """At most one film at a time. On the window's thread.

    Args:
        surroundings: what the window lends.
        parent: owns it.
    """

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._asset_id = ""
        self._again = QTimer(self, interval=EVERY_MS)
        self._again.timeout.connect(self._say)

    def hold(self, asset_id: str) -> None:
        """A replay's file is open from now on."""
        self._asset_id = asset_id
        self._say()
        self._again.start()

    def leave(self) -> None:
        """It is closed. Harmless if none was open."""
        asset_id, self._asset_id = self._asset_id, ""
        self._again.stop()
        if asset_id:
            self._surroundings.desk.ask(
                lambda client: client.library.end_playing(asset_id), otherwise=lambda _: None, owner=self
            )

    def _say(self) -> None:
        asset_id = self._asset_id
        self._surroundings.desk.ask(
            lambda client: client.library.keep_playing(asset_id), otherwise=lambda _: None, owner=self
        )
