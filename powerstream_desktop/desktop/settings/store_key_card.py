"""What opens the store: an access key and its secret. They are kept where all keys are, and never shown again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from powerstream_desktop.client.cloud import CloudStanding, CredentialsWish
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.key_field import KeyField
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.link.desk import Desk


class StoreKeyCard(Card):
    """Fields that are empty again once what was typed is kept.

    Args:
        desk: takes errands.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.show_title(self.tr("Access key"))
        self._desk = desk
        self._has_credentials = False
        self._where = Label(tone=Tone.MUTED, letters=Letters.SMALL, wrap=True)
        self._id = QLineEdit()
        self._secret = KeyField(self.tr("Secret access key"))
        self._token = KeyField(self.tr("Session token"))
        self._result = Label(tone=Tone.MUTED, wrap=True)
        self.save = Button(self.tr("Keep the key"), Role.PRIMARY)
        self.forget = AskOnceButton(self.tr("Forget the key"), self.tr("Forget it now?"))
        self._id.textChanged.connect(self._offer)
        self._secret.edited.connect(self._offer)
        self.save.clicked.connect(self._save)
        self.forget.confirmed.connect(self._forget)
        self._arrange()
        self._show_kept(has_credentials=False)

    @property
    def typed(self) -> CredentialsWish | None:
        """What was typed and is not kept yet; None unless there are an id and a secret."""
        key_id, secret, token = self._id.text().strip(), self._secret.key(), self._token.key().strip()
        if not key_id or not secret:
            return None
        return CredentialsWish(
            access_key_id=key_id,
            secret_access_key=Secret(secret),
            session_token=Secret(token) if token else None,
        )

    def show_where(self, sentence: str) -> None:
        """Say where such keys are made."""
        self._where.show_text(sentence)

    def show_standing(self, standing: CloudStanding) -> None:
        """Say whether a key is kept."""
        if standing.has_credentials != self._has_credentials:
            self._show_kept(has_credentials=standing.has_credentials)

    def _arrange(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(Field(self.tr("Access key ID"), self._id), 1, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(Field(self.tr("Secret access key"), self._secret), 1)
        only = self.tr("Only a temporary key has one.")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._result, 1)
        line.addWidget(self.forget)
        line.addWidget(self.save)
        column = QVBoxLayout()
        column.setContentsMargins(16, 12, 14, 14)
        column.setSpacing(10)
        column.addWidget(self._where)
        column.addLayout(fields)
        column.addWidget(Field(self.tr("Session token"), self._token, only))
        column.addLayout(line)
        self.body.addLayout(column)

    def _offer(self) -> None:
        self.save.setEnabled(self.typed is not None)

    def _show_kept(self, *, has_credentials: bool) -> None:
        self._has_credentials = has_credentials
        self.forget.setVisible(has_credentials)
        self._secret.set_placeholder(self.tr("A secret is kept") if has_credentials else "")
        self._result.show_text(
            self.tr("A key is kept.") if has_credentials else self.tr("No key is kept."), Tone.MUTED
        )
        self._offer()

    def _save(self) -> None:
        wish = self.typed
        if wish is None:
            return
        self.save.setEnabled(False)
        self._desk.ask(
            lambda client: client.cloud.keep_credentials(wish),
            self._take,
            otherwise=self._refuse,
            owner=self,
        )

    def _forget(self) -> None:
        self._desk.ask(
            lambda client: client.cloud.forget_credentials(), self._take, otherwise=self._refuse, owner=self
        )

    def _take(self, standing: CloudStanding) -> None:
        self._id.clear()
        self._secret.set_key("")
        self._token.set_key("")
        self._show_kept(has_credentials=standing.has_credentials)

    def _refuse(self, error: PowerStreamError) -> None:
        code = getattr(error, "code", "")
        words = (said(code, error.title), said(code, error.hint))
        self._result.show_text(" ".join(each for each in words if each), Tone.ERR)
        self._offer()
