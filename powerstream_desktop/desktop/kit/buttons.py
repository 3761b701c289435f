"""Buttons with words, and buttons with a picture."""

from __future__ import annotations

from enum import Enum
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.kit.return_key import pressed_by_return
from powerstream_desktop.desktop.look.look import look

_ICON_PX: Final = 18


class Role(Enum):
    """What pressing a button means; the value is what the style sheet calls it.

    PLAIN: one thing among others. PRIMARY: what is meant to be done here. GO: goes on air. DANGER: ends or destroys. SMALL: plain,
    within a row or a heading. LINK: leads elsewhere.
    """

    PLAIN = "plain"
    PRIMARY = "primary"
    GO = "go"
    DANGER = "danger"
    SMALL = "small"
    LINK = "link"


class Button(QPushButton):
    """A button with words. Space and Return press it.

    Args:
        text: what it does, as a verb.
        role: what pressing it means.
        small: it stands within a row or a heading, whatever its role.
        parent: where it is shown.
    """

    def __init__(
        self, text: str, role: Role = Role.PLAIN, *, small: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        is_small = small or role is Role.SMALL
        self.setProperty("role", "plain" if role is Role.SMALL else role.value)
        self.setProperty("small", "true" if is_small else "false")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``: Return presses it as Space does, once for as long as it is held."""
        if not pressed_by_return(self, event):
            super().keyPressEvent(event)


class IconButton(QToolButton):
    """A button with a picture. Its name is its tooltip, too. Space and Return press it.

    Args:
        icon_name: one of ``look.icons.ICON_NAMES``.
        accessible_name: what it does.
        parent: where it is shown.
    """

    def __init__(self, icon_name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon_name = icon_name
        self.show_icon(icon_name, accessible_name)
        look().changed.connect(self._show_icon_anew)

    def show_icon(self, icon_name: str, accessible_name: str) -> None:
        """Make it a button for something else, such as "Unmute" after "Mute"."""
        self._icon_name = icon_name
        self._show_icon_anew()
        self.setAccessibleName(accessible_name)
        self.setToolTip(plain_tip(accessible_name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``."""
        if not pressed_by_return(self, event):
            super().keyPressEvent(event)

    def _show_icon_anew(self) -> None:
        side_px = look().scaled_px(_ICON_PX)
        self.setIconSize(QSize(side_px, side_px))
        self.setIcon(look().icon(self._icon_name))
