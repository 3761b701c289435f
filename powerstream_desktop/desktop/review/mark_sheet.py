"""Marks a moment of a replay with a name, by which it can be found."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.review.time_code import US_PER_MS, time_code
from powerstream_desktop.desktop.shell.surroundings import Surroundings

MAX_LABEL: Final = 200
_WIDTH_PX: Final = 440


class MarkSheet(Sheet):
    """Asks for the name of a mark.

    Args:
        surroundings: what the window lends.
        asset_id: of the replay.
        offset_ms: the moment that is marked.
    """

    marked = Signal(object)  # Asset: the replay with its mark

    def __init__(self, surroundings: Surroundings, asset_id: str, offset_ms: int) -> None:
        super().__init__(self.tr("Mark this moment"), _WIDTH_PX)
        self._surroundings = surroundings
        self._asset_id = asset_id
        self._offset_ms = offset_ms
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_LABEL)
        self._field = Field(self.tr("Name"), self.name)
        self.mark = Button(self.tr("Mark"), Role.PRIMARY)
        cancel = Button(self.tr("Cancel"))
        self.body.addWidget(Label(time_code(offset_ms * US_PER_MS), Tone.MUTED))
        self.body.addWidget(self._field)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.mark)
        cancel.clicked.connect(self.dismiss)
        self.mark.clicked.connect(self._mark)
        self.name.returnPressed.connect(self._mark)
        self.name.setFocus()

    def _mark(self) -> None:
        self.mark.setEnabled(False)
        asset_id, offset_ms, name = self._asset_id, self._offset_ms, self.name.text().strip()

        def marked(client: Client) -> Asset:
            client.library.mark(asset_id, offset_ms, name)
            return client.library.get(asset_id)

        self._surroundings.desk.ask(marked, self._be_done, otherwise=self._be_refused, owner=self)

    def _be_done(self, asset: Asset) -> None:
        self.marked.emit(asset)
        self.dismiss()

    def _be_refused(self, error: PowerStreamError) -> None:
        self.mark.setEnabled(True)
        self._field.show_error(said(getattr(error, "code", ""), str(error)))
