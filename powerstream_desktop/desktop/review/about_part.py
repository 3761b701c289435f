"""What is said of the replay under review: its title, when it was and how large it is, how its file is, and its description."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.replays.asset_words import date_of, state_of, title_of
from powerstream_desktop.desktop.replays.cloud_words import trouble_words, verified_words


class AboutPart(QWidget):
    """Words only.

    Args:
        parent: the panel.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", bold=True, wrap=True)
        self._facts = Label("", Tone.MUTED, elide=True)
        self._state = Chip()
        self._trouble = Label("", Tone.WARN, wrap=True)
        self._trouble.hide()
        self._verified = Label("", Tone.FAINT, wrap=True)
        self._verified.hide()
        self._description = Label("", Tone.MUTED, wrap=True)
        self._description.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._description.hide()
        facts = QHBoxLayout()
        facts.setSpacing(8)
        facts.addWidget(self._facts, 1)
        facts.addWidget(self._state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addLayout(facts)
        layout.addWidget(self._trouble)
        layout.addWidget(self._verified)
        layout.addWidget(self._description)

    def show_asset(self, asset: Asset) -> None:
        """Show what is said of this one."""
        self._title.show_text(title_of(asset))
        told = (
            date_of(asset, datetime.now(UTC).astimezone()),
            figures.size(asset.size_bytes) if asset.size_bytes else "",
        )
        self._facts.show_text(" · ".join(each for each in told if each))
        self._state.show_text(*state_of(asset))
        trouble = " ".join(each for each in trouble_words(asset.sync) if each)
        self._trouble.show_text(trouble)
        self._trouble.setVisible(bool(trouble))
        verified = verified_words(asset.sync, datetime.now(UTC).astimezone())
        self._verified.show_text(verified)
        self._verified.setVisible(bool(verified))
        self._description.show_text(asset.description)
        self._description.setVisible(bool(asset.description))
