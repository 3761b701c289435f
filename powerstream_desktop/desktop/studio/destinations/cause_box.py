"""Why a destination is not well, what to do about it, and the button that does it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from powerstream_desktop.client.live import Cause
from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.studio.destinations.standing import Standing

_MOST_LINES: Final = 5
"""Beside the buttons; what needs more, in a language with longer words or with larger letters, stands above them."""


class CauseBox(QFrame):
    """The box below a troubled row. Hidden while there is nothing to say or to do."""

    retry_wanted = Signal()
    key_wanted = Signal()
    page_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "raised")
        self._text = Label("", Tone.MUTED, letters=Letters.SMALL, wrap=True)
        self._page = IconButton("link", self.tr("Open the platform's page"))
        self._retry = Button(self.tr("Retry now"), Role.SMALL)
        self._key = Button("", Role.SMALL)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        self._buttons.addStretch(1)
        for button in (self._page, self._retry, self._key):
            self._buttons.addWidget(button)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(10, 7, 8, 7)
        self._box.setSpacing(6)
        self._box.addWidget(self._text, 1)
        self._box.addLayout(self._buttons)
        self._page.clicked.connect(self.page_wanted)
        self._retry.clicked.connect(self.retry_wanted)
        self._key.clicked.connect(self.key_wanted)

    def show_standing(self, row: Standing) -> None:
        """Say what is to be said of a row."""
        self._text.show_text(_sentence(row.cause))
        self._text.setToolTip(plain_tip(row.cause.detail) if row.cause is not None else "")
        self._key.setText(self.tr("Paste key") if row.cause is None else self.tr("Paste new key"))
        self._key.setVisible(row.wants_key)
        self._retry.setVisible(row.can_be_retried and not row.wants_key)
        self._page.setVisible(row.cause is not None and row.cause.help_url.startswith("https://"))
        self._page.show_icon(
            "link", self.tr("Open the page of {platform}").format(platform=row.platform.capitalize())
        )
        self._name_buttons(row)
        self.setVisible(row.cause is not None or row.wants_key)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See ``QWidget``."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margins = self._box.contentsMargins()
        taken_px = self._buttons.sizeHint().width() + self._box.spacing() + margins.left() + margins.right()
        height_px = self._text.heightForWidth(max(1, self.width() - taken_px))
        is_long = height_px > _MOST_LINES * self._text.fontMetrics().lineSpacing()
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.TopToBottom if is_long else directions.LeftToRight)

    def _name_buttons(self, row: Standing) -> None:
        """A button's word is enough beside its row, and says nothing to who hears it alone."""
        for button in (self._retry, self._key):
            button.setAccessibleName(f"{button.text()}: {row.name}")


def _sentence(cause: Cause | None) -> str:
    if cause is None:
        return ""
    return " ".join(filter(None, (said(cause.code, cause.message), said(cause.code, cause.hint))))
