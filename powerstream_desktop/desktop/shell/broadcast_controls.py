"""Going live and ending, as the top bar, hotkeys and the closing window ask for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from powerstream_desktop.client.live import Stopped
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class Ending(QObject):
    """Ends broadcasts. A row of its own: what else is asked does not hold it up.

    Args:
        surroundings: what the window lends.
        parent: the window.
    """

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings = surroundings

    def end(self, session_id: str, then: Callable[[], None] | None = None) -> None:
        """End a broadcast.

        Args:
            session_id: which; another one that has begun meanwhile goes on.
            then: called once everything is kept.
        """

        def ended(_stopped: Stopped) -> None:
            if then is not None:
                then()

        self._surroundings.desk.ask(
            lambda client: client.live.stop(session_id), ended, otherwise=self._refused, owner=self
        )

    def _refused(self, error: PowerStreamError) -> None:
        code = getattr(error, "code", "")
        self._surroundings.ways.say(
            self.tr("The broadcast could not be ended: {why}").format(why=said(code, error.title)),
            said(code, error.hint),
        )
