"""What is typed into an external encoder: the server's address, and the key that it shows, masked."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from powerstream_desktop.client.keys import EncoderAccess
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.key_field import KeyField
from powerstream_desktop.desktop.language.refusals import refusal_words
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class EncoderFields(QWidget):
    """Asks for both when it is shown for the first time.

    Args:
        surroundings: what the window lends.
        parent: where it lives.
    """

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = surroundings.desk
        self._is_asked = False
        self._server = QLineEdit()
        self._server.setReadOnly(True)
        self._server.setAccessibleName(self.tr("Server address for the encoder"))
        self._key = KeyField(self.tr("Stream key for the encoder"))
        self._key.set_read_only(True)
        self._server_field = Field(self.tr("Server (paste into your encoder)"), self._with_copy())
        self._key_field = Field(self.tr("Stream key (of this computer)"), self._with_renew())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(14)
        lines.addWidget(self._server_field)
        lines.addWidget(self._key_field)

    def ask(self) -> None:
        """Ask for address and key, unless they are there."""
        if not self._is_asked:
            self._is_asked = True
            self._have(renew=False)

    def _have(self, *, renew: bool) -> None:
        self._renew.setEnabled(False)
        self._desk.ask(
            lambda client: client.keys.encoder_access(renew=renew),
            self._show,
            otherwise=self._refused,
            owner=self,
        )

    def _show(self, access: EncoderAccess) -> None:
        self._renew.setEnabled(True)
        self._server.setText(access.server_url)
        self._key.set_key(access.key.reveal())
        self._key_field.show_error("")

    def _refused(self, error: PowerStreamError) -> None:
        self._renew.setEnabled(True)
        self._is_asked = False
        self._key_field.show_error(refusal_words(error))

    def _with_copy(self) -> QWidget:
        copy = Button(self.tr("Copy"), Role.SMALL)
        copy.setAccessibleName(self.tr("Copy the server address"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._server.text()))
        return _row(self._server, copy)

    def _with_renew(self) -> QWidget:
        self._renew = Button(self.tr("New"), Role.SMALL)
        self._renew.setAccessibleName(self.tr("Make a new stream key; the old one opens nothing any more"))
        self._renew.clicked.connect(lambda: self._have(renew=True))
        return _row(self._key, self._renew)


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    for number, each in enumerate(widgets):
        line.addWidget(each, stretch=0 if number else 1)
    return row
