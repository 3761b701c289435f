"""The settings as the service last told them, and the way to change one. Lives on the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.settings import AllSettings, Value
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.language.language import current
from powerstream_desktop.desktop.settings.appearance import appearance_of
from powerstream_desktop.desktop.settings.sections import Section
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings


class SettingsKeeper(QObject):
    """Asks and changes; what the window itself obeys, it obeys before anybody is told.

    Args:
        surroundings: takes the errands; its hotkeys follow the settings.
        parent: whose it is.
    """

    changed = Signal(object)
    """All of them, as the service told them just now (``AllSettings``)."""
    failed = Signal(object)
    """They could not be had (``PowerStreamError``)."""

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings

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

        self._surroundings.desk.ask(errand, self._take_change, otherwise=otherwise, owner=self)

    def _take_change(self, settings: AllSettings) -> None:
        before = current()
        self._take(settings)
        if current() is not before:  # the window was made anew: lead back to where the language was chosen
            self._surroundings.ways.go_to(PageName.SETTINGS, Section.APPEARANCE.value)

    def _take(self, settings: AllSettings) -> None:
        appearance_of(settings).put_on()
        if self._surroundings.hotkeys is not None:
            self._surroundings.hotkeys.take(settings)
        self.changed.emit(settings)
