"""The settings with all that is to be said of them, and the way to change one. Lives on the window's thread.

What the window itself obeys, its keys and its look, it obeys when the service's event comes, whoever has changed it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.settings import AllSettings, Value
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class SettingsKeeper(QObject):
    """Asks and changes, and asks again when somebody else has changed one.

    Args:
        surroundings: takes the errands, and tells what was changed.
        parent: whose it is.
    """

    changed = Signal(object)
    """All of them, as the service told them just now (``AllSettings``)."""
    failed = Signal(object)
    """They could not be had (``PowerStreamError``)."""

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._values: Mapping[str, Value] | None = None

    def load(self) -> None:
        """Ask for all of them."""
        self._surroundings.desk.ask(
            lambda client: client.settings.all(), self._take, otherwise=self.failed.emit, owner=self
        )

    def change(self, name: str, value: Value | None, otherwise: Callable[[PowerStreamError], None]) -> None:
        """Set one.

        Args:
            name: of the setting.
            value: ``None`` for the default.
            otherwise: gets the refusal; nothing was changed then.
        """

        def errand(client: Client) -> AllSettings:
            return client.settings.change({name: value})

        self._surroundings.desk.ask(errand, self._take, otherwise=otherwise, owner=self)

    def look_again(self) -> None:
        """Ask for all of them if somebody else has changed one."""
        told = self._surroundings.feed.now.settings
        if told is not None and told != self._values:
            self.load()

    def _take(self, settings: AllSettings) -> None:
        self._values = {each.name: each.value for each in settings.settings}
        self.changed.emit(settings)
