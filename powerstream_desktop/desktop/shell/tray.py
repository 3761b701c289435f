"""The sign in the tray, where there is one. Never the only way to anything: many desktops have no tray."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from powerstream_desktop.desktop.look.icons import ApplicationIcon
from powerstream_desktop.desktop.look.look import look


class Tray(QObject):
    """Shows how it stands by its icon; leads back to the window.

    Args:
        on_show: shows the window.
        on_quit: ends it, as closing it would.
        parent: the window.
    """

    def __init__(
        self, on_show: Callable[[], None], on_quit: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._on_show = on_show
        self._shown = ApplicationIcon.IDLE
        self._menu = QMenu()
        self._menu.addAction(self.tr("Show PowerStream")).triggered.connect(on_show)
        self._menu.addAction(self.tr("Quit")).triggered.connect(on_quit)
        self._icon = QSystemTrayIcon(look().application_icon(self._shown), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.show()

    @staticmethod
    def is_there() -> bool:
        """Return whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_state(self, icon: ApplicationIcon, words: str) -> None:
        """Show how it stands."""
        if icon is not self._shown:
            self._shown = icon
            self._icon.setIcon(look().application_icon(icon))
        self._icon.setToolTip(words)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self._on_show()
