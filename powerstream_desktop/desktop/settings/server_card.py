"""The PowerStream server of the settings: how it stands, and what opens it. Tokens are kept where all keys are, and never shown again."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from powerstream_desktop.client.cloud import CloudStanding, LoginWish
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.key_field import KeyField
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.link.desk import Desk
from powerstream_desktop.desktop.replays.server_words import refused_words, server_line


class ServerCard(Card):
    """Shown while a server was chosen; its fields are empty again once what was typed is kept.

    Args:
        desk: takes errands.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.show_title(self.tr("PowerStream server"))
        self._desk = desk
        self._has_token = False
        self._light = Light()
        self._sentence = Label(wrap=True)
        self._remedy = Label(tone=Tone.MUTED, letters=Letters.SMALL, wrap=True)
        self._token = KeyField(self.tr("Token"))
        self._refresh = KeyField(self.tr("Refresh token"))
        self._result = Label(tone=Tone.MUTED, wrap=True)
        self.save = Button(self.tr("Keep the token"), Role.PRIMARY)
        self.forget = AskOnceButton(self.tr("Forget the token"), self.tr("Forget it now?"))
        self._token.edited.connect(self._offer)
        self.save.clicked.connect(self._save)
        self.forget.confirmed.connect(self._forget)
        self._arrange()
        self._show_kept(has_token=False)

    def show_standing(self, standing: CloudStanding) -> None:
        """Say how it stands, as far as that is known."""
        server = standing.server
        for each in (self._light, self._sentence, self._remedy):
            each.setVisible(server is not None)
        if server is None:
            return
        line = server_line(server)
        self._light.show_light(line.light, line.sentence)
        self._sentence.show_text(line.sentence)
        # Here there is room for all of those that it does not take.
        words = "\n".join(map(refused_words, server.refused)) if server.trouble is None else ""
        self._remedy.show_text(words or line.remedy)
        self._remedy.setVisible(bool(words or line.remedy))
        if server.has_token != self._has_token:
            self._show_kept(has_token=server.has_token)

    def _arrange(self) -> None:
        state = QHBoxLayout()
        state.setSpacing(10)
        state.addWidget(self._light)
        state.addWidget(self._sentence, 1)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(Field(self.tr("Token"), self._token, self.tr("Made at the server.")), 1)
        only = self.tr("If the server gave one: it gets the next token by itself.")
        fields.addWidget(Field(self.tr("Refresh token"), self._refresh, only), 1)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._result, 1)
        line.addWidget(self.forget)
        line.addWidget(self.save)
        column = QVBoxLayout()
        column.setContentsMargins(16, 12, 14, 14)
        column.setSpacing(10)
        column.addLayout(state)
        column.addWidget(self._remedy)
        column.addLayout(fields)
        column.addLayout(line)
        self.body.addLayout(column)

    def _offer(self) -> None:
        self.save.setEnabled(bool(self._token.key().strip()))

    def _show_kept(self, *, has_token: bool) -> None:
        self._has_token = has_token
        self.forget.setVisible(has_token)
        self._token.set_placeholder(self.tr("A token is kept") if has_token else "")
        text = self.tr("A token is kept.") if has_token else self.tr("No token is kept.")
        self._result.show_text(text, Tone.MUTED)
        self._offer()

    def _save(self) -> None:
        token, refresh = self._token.key().strip(), self._refresh.key().strip()
        wish = LoginWish(access_token=Secret(token), refresh_token=Secret(refresh) if refresh else None)
        self.save.setEnabled(False)
        self._desk.ask(
            lambda client: client.cloud.log_in(wish), self._kept, otherwise=self._refuse, owner=self
        )

    def _forget(self) -> None:
        self._desk.ask(
            lambda client: client.cloud.log_out(), self._forgotten, otherwise=self._refuse, owner=self
        )

    def _kept(self, standing: CloudStanding) -> None:
        for each in (self._token, self._refresh):
            each.set_key("")
        self._show_kept(has_token=True)
        self.show_standing(standing)

    def _forgotten(self, standing: CloudStanding) -> None:
        self._show_kept(has_token=False)
        self.show_standing(standing)

    def _refuse(self, error: PowerStreamError) -> None:
        code = getattr(error, "code", "")
        words = (said(code, error.title), said(code, error.hint))
        self._result.show_text(" ".join(each for each in words if each), Tone.ERR)
        self._offer()
