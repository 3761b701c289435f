"""A field for a key: masked, shown only while a button is held, copied without being shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.look.restyle import set_style_property

_COPIED_MS: Final = 1500
_CLIPBOARD_HINT: Final = "x-kde-passwordManagerHint"
"""By this kind of content clipboard managers know what they must not keep."""


class KeyField(QFrame):
    """A field for a key. Focus never reveals it; losing the button, the focus or the window hides it again.

    Args:
        accessible_name: whose key it is.
        parent: where it is shown.
    """

    entered = Signal()
    """Return was pressed in it."""
    edited = Signal(str)
    """The person changed it; carries the key."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setDragEnabled(False)
        self._line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._line.textEdited.connect(self._tell_edited)
        self._line.returnPressed.connect(self.entered)
        self._line.textChanged.connect(self._follow_text)
        self._eye = IconButton("eye", self.tr("Hold to show the key"))
        self._eye.pressed.connect(self._reveal)
        self._eye.released.connect(self._mask)
        self._copy = IconButton("copy", self.tr("Copy the key"))
        self._copy.clicked.connect(self.copy)
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MS)
        self._copied.timeout.connect(self._offer_copy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 4, 1)
        layout.setSpacing(2)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._eye)
        layout.addWidget(self._copy)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._line)
        for watched in (self._line, self._eye):
            watched.installEventFilter(self)
        self.setAccessibleName(accessible_name)
        self._line.setAccessibleName(accessible_name)
        self._follow_text("")

    @property
    def is_revealed(self) -> bool:
        """Whether it can be read now."""
        return self._line.echoMode() is QLineEdit.EchoMode.Normal

    def key(self) -> str:
        """Return the key, without the blanks and line ends that came with pasting it."""
        return self._line.text().strip()

    def set_key(self, key: str) -> None:
        """Put a key in, masked."""
        self._mask()
        self._line.setText(key)

    def set_placeholder(self, text: str) -> None:
        """Say what stands here while nothing is typed, such as that a key is kept."""
        self._line.setPlaceholderText(text)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let it be copied, not changed."""
        self._line.setReadOnly(is_read_only)

    def copy(self) -> None:
        """Put the key into the clipboard, marked as a secret, without showing it."""
        content = QMimeData()
        content.setText(self.key())
        content.setData(_CLIPBOARD_HINT, b"secret")
        QGuiApplication.clipboard().setMimeData(content)
        self._copy.show_icon("check", self.tr("Copied"))
        self._copied.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See ``QObject``: masks it whenever the holding may be over, and shows where the keyboard is."""
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate}:
            self._mask()
        if watched is self._line and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            set_style_property(self, "focused", "true" if event.type() is QEvent.Type.FocusIn else "false")
        return super().eventFilter(watched, event)

    def _reveal(self) -> None:
        self._line.setEchoMode(QLineEdit.EchoMode.Normal)

    def _mask(self) -> None:
        self._line.setEchoMode(QLineEdit.EchoMode.Password)

    def _tell_edited(self) -> None:
        self.edited.emit(self.key())

    def _follow_text(self, text: str) -> None:
        self._eye.setEnabled(bool(text))
        self._copy.setEnabled(bool(text))

    def _offer_copy(self) -> None:
        self._copy.show_icon("copy", self.tr("Copy the key"))
