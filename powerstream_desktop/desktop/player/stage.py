"""Picture and controls together: what moves to a window of its own to fill the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.player.controls import Controls
from powerstream_desktop.desktop.player.picture_view import PictureView

KeyObeyer: TypeAlias = Callable[[int, Qt.KeyboardModifier], bool]


class Stage(QWidget):
    """The part of a player that is seen.

    Args:
        player: where it stands while it does not fill the screen.
        obey_key: does what a key means; returns whether it means anything.
    """

    def __init__(self, player: QWidget, obey_key: KeyObeyer) -> None:
        super().__init__(player)
        self._player = player
        self._obey_key = obey_key
        self.picture = PictureView()
        self.filler = Filler()
        self.controls = Controls()
        self._layers = QStackedLayout()
        self._layers.addWidget(self.picture)
        self._layers.addWidget(self.filler)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._layers, 1)
        layout.addWidget(self.controls)

    @property
    def is_full_screen(self) -> bool:
        """It fills the screen."""
        return self.isWindow()

    def show_filler(self, *, is_shown: bool) -> None:
        """Show words instead of the picture, or the picture."""
        self._layers.setCurrentWidget(self.filler if is_shown else self.picture)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back."""
        if self.is_full_screen:
            layout = self._player.layout()
            self.setParent(self._player, Qt.WindowType.Widget)
            if layout is not None:
                layout.addWidget(self)
            self.show()
            self._player.setFocus()
        else:
            self.setParent(self._player, Qt.WindowType.Window)
            self.setWindowTitle(self._player.accessibleName())
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.showFullScreen()
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys mean the same wherever it is."""
        if not self._obey_key(event.key(), event.modifiers()):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window goes back to the page."""
        event.ignore()
        if self.is_full_screen:
            self.toggle_full_screen()
