"""The form of a destination: its server, its key and whose it is. What was pasted together is taken apart at once."""

from __future__ import annotations

import dataclasses
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.client.endpoints import Endpoint, EndpointWish
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.desktop.destinations.pasted_address import is_address, taken_apart
from powerstream_desktop.desktop.destinations.platform_facts import PlatformFacts
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.key_field import KeyField
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.kit.tone import Tone

MAX_NAME_CHARACTERS: Final = 80
_GAP_PX: Final = 14


class EndpointForm(QWidget):
    """Holds what was typed, until it is sent.

    Args:
        stations: whose it can be.
        parent: where it lives.
    """

    changed = Signal()

    def __init__(self, stations: tuple[Station, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: PlatformFacts | None = None
        self._endpoint: Endpoint | None = None
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_NAME_CHARACTERS)
        self._server = QComboBox()
        self._server.setEditable(True)
        self._server.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.key = KeyField(self.tr("Stream key"))
        self._station = QComboBox()
        self._station.addItem(self.tr("All stations"), None)
        for station in stations:
            self._station.addItem(station.name, station.id)
        self._rendition = QComboBox()
        self._rendition.addItem(self.tr("Landscape"), "landscape")
        self._rendition.addItem(self.tr("Portrait 9:16"), "portrait")
        self._server_before = ""
        self._was_split = Label(
            self.tr("The key at the end of the address went into its own field."),
            Tone.MUTED,
            letters=Letters.SMALL,
            wrap=True,
        )
        self._was_split.hide()
        self._lay_out()
        self.name.textChanged.connect(self.changed)
        self._server.editTextChanged.connect(self._server_edited)
        if (line := self._server.lineEdit()) is not None:
            line.editingFinished.connect(self._server_typed)
        self.key.edited.connect(self._key_edited)

    def show_new(self, facts: PlatformFacts) -> None:
        """Begin a destination of a platform."""
        self._endpoint = None
        self._show_platform(facts)
        self.name.setText("" if facts.is_custom else facts.name)
        self._server.setCurrentIndex(0 if facts.servers else -1)
        self._server.setEditText(facts.servers[0].url if facts.servers else "")
        self._rendition.setCurrentIndex(max(0, self._rendition.findData(facts.rendition)))
        self.key.set_key("")
        self.key.set_placeholder("")

    def show_endpoint(self, facts: PlatformFacts, endpoint: Endpoint) -> None:
        """Show a destination as it is kept."""
        self._endpoint = endpoint
        self._show_platform(facts)
        self.name.setText(endpoint.name)
        self._server.setEditText(endpoint.server_url)
        self._station.setCurrentIndex(max(0, self._station.findData(endpoint.station_id)))
        self._rendition.setCurrentIndex(max(0, self._rendition.findData(endpoint.rendition)))
        self.key.set_key("")
        kept = self.tr("A key is kept. Paste another one to replace it.")
        self.key.set_placeholder(kept if endpoint.has_key else "")

    @property
    def is_complete(self) -> bool:
        """There is enough to save it: a name, and a server where the platform has none that fits all."""
        return bool(self.name.text().strip()) and bool(self._server.currentText().strip())

    def wish(self) -> EndpointWish:
        """Return the destination as it shall be; without a typed key the one that is kept stays."""
        if self._facts is None:
            raise ValueError("No platform was chosen.")
        key = self.key.key()
        name = self.name.text().strip()
        if self._endpoint is None:
            before = EndpointWish(name=name, platform=self._facts.id)
        else:
            # A new key was got today, whenever the old one was.
            before = self._endpoint.wish
            before = dataclasses.replace(before, key_saved_on=None) if key else before
        return dataclasses.replace(
            before,
            name=name,
            server_url=self._server.currentText().strip(),
            stream_key=Secret(key) if key else None,
            station_id=self._station.currentData(),
            rendition=self._rendition.currentData(),
        )

    def _show_platform(self, facts: PlatformFacts) -> None:
        self._facts = facts
        blocker = QSignalBlocker(self._server)
        self._server.clear()
        for number, server in enumerate(facts.servers):
            self._server.addItem(server.url)
            self._server.setItemData(number, plain_tip(server.name), Qt.ItemDataRole.ToolTipRole)
        blocker.unblock()

    def _server_edited(self, text: str) -> None:
        is_pasted = len(text) > len(self._server_before) + 1
        self._server_before = text
        if is_pasted:
            self._split_server(text)
        self.changed.emit()

    def _server_typed(self) -> None:
        """Somebody who types an address is not to be interrupted after each letter."""
        self._split_server(self._server.currentText())

    def _split_server(self, text: str) -> None:
        if not self.key.key():  # what was typed there is not thrown away: the service says if both cannot be
            self._split(text)

    def _key_edited(self, text: str) -> None:
        if is_address(text):
            self._split(text)
        self.changed.emit()

    def _split(self, text: str) -> None:
        apart = taken_apart(text)
        if apart is not None:
            self._server.setEditText(apart.server_url)
            self.key.set_key(apart.key.reveal())
            self._was_split.show()

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(_GAP_PX)
        lines.addWidget(Field(self.tr("Name"), self.name))
        lines.addWidget(Field(self.tr("Server"), self._server))
        lines.addWidget(Field(self.tr("Stream key"), self.key))
        lines.addWidget(self._was_split)
        pair = QHBoxLayout()
        pair.setSpacing(_GAP_PX)
        pair.addWidget(Field(self.tr("Station"), self._station), stretch=1)
        pair.addWidget(Field(self.tr("Picture"), self._rendition), stretch=1)
        lines.addLayout(pair)
        lines.addStretch(1)
