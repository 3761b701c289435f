"""Has the service tell the meters while somebody looks at them. Lives on the window's thread."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.shell.surroundings import Surroundings

RENEW_MS: Final = 4000
"""A watch ends by itself after ten seconds: one renewal may be lost."""


class LevelsWatch(QObject):
    """Says again and again that the meters are looked at. That it fails is said by others, to whom it matters.

    Args:
        surroundings: what the window lends.
        parent: of the object.
    """

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._timer = QTimer(self)
        self._timer.setInterval(RENEW_MS)
        self._timer.timeout.connect(self._say)
        surroundings.feed.service_changed.connect(self._service_changed)

    def start(self) -> None:
        """Somebody looks; harmless when repeated."""
        if not self._timer.isActive():
            self._timer.start()
            self._say()

    def stop(self) -> None:
        """Nobody looks any more; harmless when repeated."""
        if self._timer.isActive():
            self._timer.stop()
            self._ask(is_watched=False)

    def _service_changed(self, state: ServiceState) -> None:
        if state is ServiceState.THERE and self._timer.isActive():
            self._say()

    def _say(self) -> None:
        self._ask(is_watched=True)

    def _ask(self, *, is_watched: bool) -> None:
        if self._surroundings.feed.now.service is ServiceState.THERE:
            self._surroundings.desk.ask(
                lambda client: client.studio.watch_levels(is_watched), otherwise=_leave_it, owner=self
            )


def _leave_it(error: PowerStreamError) -> None:
    """It is said again in a moment; an engine that does not come up is shown by the preview."""
    del error
