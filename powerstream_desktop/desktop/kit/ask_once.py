"""A button for what cannot be undone: the first press asks in its place, the second does it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.look.restyle import set_style_property

PATIENCE_MS: Final = 5000


class AskOnceButton(Button):
    """A button that asks once.

    Connect to ``confirmed``, not to ``clicked``. A double click is one press: nobody means it as an answer.

    Args:
        text: what it does.
        question: what it asks, such as "End it now?".
        role: what pressing it means.
        small: it stands within a row or a heading.
        patience_ms: how long it waits for the second press.
        parent: where it is shown.
    """

    confirmed = Signal()

    def __init__(
        self,
        text: str,
        question: str,
        role: Role = Role.DANGER,
        *,
        small: bool = False,
        patience_ms: int = PATIENCE_MS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, small=small, parent=parent)
        self._text, self._question = text, question
        self._asks = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(patience_ms)
        self._patience.timeout.connect(self.calm_down)
        self.clicked.connect(self._pressed)

    @property
    def asks(self) -> bool:
        """Whether the next press does it."""
        return self._asks

    def calm_down(self) -> None:
        """Withdraw the question."""
        self._patience.stop()
        self._ask(asks=False)

    def sizeHint(self) -> QSize:
        """See ``QWidget``: wide enough for the question, so that nothing moves under the pointer."""
        hint = super().sizeHint()
        frame_px = hint.width() - self._width_of(self.text())
        return QSize(
            frame_px + max(self._width_of(self._text), self._width_of(self._question)), hint.height()
        )

    def minimumSizeHint(self) -> QSize:
        """See ``QWidget``."""
        return self.sizeHint()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See ``QWidget``: the second half of a double click presses nothing."""
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """See ``QWidget``: a question is withdrawn when the button is disabled."""
        if event.type() is QEvent.Type.EnabledChange and not self.isEnabled() and self._asks:
            self.calm_down()
        super().changeEvent(event)

    def _pressed(self) -> None:
        if self._asks:
            self.calm_down()
            self.confirmed.emit()
        else:
            self._ask(asks=True)
            self._patience.start()

    def _ask(self, *, asks: bool) -> None:
        self._asks = asks
        self.setText(self._question if asks else self._text)
        set_style_property(self, "asks", "true" if asks else "false")

    def _width_of(self, words: str) -> int:
        return self.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), words).width()
