"""Texts of the replay under review that an edit on another computer has replaced, each with the one that stands, and a way back."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.cloud import LostText
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.moments import moment
from powerstream_desktop.desktop.shell.surroundings import Surroundings

_FIELDS = {
    "title": QT_TRANSLATE_NOOP("LostTexts", "Title"),
    "description": QT_TRANSLATE_NOOP("LostTexts", "Description"),
}
"""Of which the texts can be taken back; whatever else lost is no text."""
_MOST = 5


class LostTexts(QWidget):
    """Asks for them when a replay is shown that other computers know of; not to be seen while there are none.

    Args:
        surroundings: takes the errands.
        parent: the panel.
    """

    taken_back = Signal(object)  # Asset, as it is now

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._asset: Asset | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self.hide()

    def show_asset(self, asset: Asset | None) -> None:
        """Show what was lost of this one."""
        before, self._asset = self._asset, asset
        if asset is None or before is None or asset.id != before.id:
            self._show(())
        if asset is not None and asset.sync.state != "local":
            self._surroundings.desk.ask(
                lambda client: client.cloud.history(asset.id),
                lambda texts: self._show(texts) if self._asset is asset else None,
                otherwise=lambda _: None,
                owner=self,
            )

    def _show(self, texts: tuple[LostText, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        asset = self._asset
        shown = [] if asset is None else [each for each in texts if _is_lost(each, asset)][:_MOST]
        for each in shown:
            self._rows.addWidget(self._row(each, getattr(asset, each.field)))
        self.setVisible(bool(shown))

    def _row(self, lost: LostText, stands: str) -> QWidget:
        row = QFrame()
        words = QVBoxLayout()
        words.setSpacing(2)
        field = QCoreApplication.translate("LostTexts", str(_FIELDS[lost.field]))
        when = moment(lost.written_at, datetime.now(UTC).astimezone())
        head = self.tr("{field}: also edited on {device}, {when}").format(
            field=field, device=lost.device, when=when
        )
        words.addWidget(Label(head, Tone.WARN, letters=Letters.SMALL, wrap=True))
        words.addWidget(Label(self.tr("There: {text}").format(text=lost.value or "—"), wrap=True))
        words.addWidget(Label(self.tr("Now: {text}").format(text=stands or "—"), Tone.MUTED, wrap=True))
        restore = Button(self.tr("Restore"), Role.SMALL)
        restore.setAccessibleName(self.tr("Restore: {text}").format(text=lost.value))
        restore.clicked.connect(lambda: self._take_back(lost.number))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addLayout(words, 1)
        line.addWidget(restore)
        return row

    def _take_back(self, number: int) -> None:
        asset = self._asset
        if asset is None:
            return

        def errand(client: Client) -> Asset:
            client.cloud.take_back(asset.id, number)
            return client.library.get(asset.id)

        self._surroundings.desk.ask(errand, self.taken_back.emit, owner=self)


def _is_lost(text: LostText, asset: Asset) -> bool:
    """Return whether a text may be taken back: one that was taken back stands, and is kept all the same."""
    return text.field in _FIELDS and text.value != getattr(asset, text.field)
