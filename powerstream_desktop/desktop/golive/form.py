"""The left half of the sheet: what the broadcast is called, whose it is, where it goes and who publishes it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Profile
from powerstream_desktop.client.live import EXTERNAL, STUDIO
from powerstream_desktop.desktop.golive.broadcast_choice import BroadcastChoice, usual_choice
from powerstream_desktop.desktop.golive.destination_chips import DestinationChips
from powerstream_desktop.desktop.golive.encoder_fields import EncoderFields
from powerstream_desktop.desktop.golive.facts import GoLiveFacts
from powerstream_desktop.desktop.golive.flow_layout import FlowLayout
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.toggle_chip import ToggleChip
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.shell.surroundings import Surroundings

MAX_TITLE_CHARACTERS: Final = 200
_DESCRIPTION_PX: Final = 72
_GAP_PX: Final = 14


class GoLiveForm(QWidget):
    """Holds what was typed and chosen, until it is sent.

    Args:
        surroundings: what the window lends.
        parent: where it lives.
    """

    aim_changed = Signal()
    """It would go elsewhere, or somebody else would publish: look again."""
    changed = Signal()
    """Anything else that the button depends on."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: GoLiveFacts | None = None
        self.title = QLineEdit()
        self.title.setMaxLength(MAX_TITLE_CHARACTERS)
        self._description = QPlainTextEdit()
        self._description.setTabChangesFocus(True)
        self._description.setFixedHeight(_DESCRIPTION_PX)
        self._station = _combo(self.tr("Station"))
        self._profile = _combo(self.tr("Multistream profile"))
        self._source = _combo(self.tr("Picture and sound come from"))
        self._source.addItem(self.tr("The studio of this window"), STUDIO)
        self._source.addItem(self.tr("An external encoder such as OBS"), EXTERNAL)
        self._chips = DestinationChips()
        self._none = Label(
            self.tr("No destination yet: it can be recorded and watched here."), Tone.MUTED, wrap=True
        )
        self._record = ToggleChip(self.tr("Record on this computer"))
        self._record.setChecked(True)
        self._upload = ToggleChip(self.tr("Upload the replay when the stream ends"))
        self._upload.hide()
        self._encoder = EncoderFields(surroundings)
        self._encoder.hide()
        self._lay_out()
        self._station.activated.connect(self._station_chosen)
        self._profile.activated.connect(self._profile_chosen)
        self._source.activated.connect(self._source_chosen)
        self._chips.changed.connect(self.aim_changed)
        self._record.clicked.connect(self._recording_chosen)

    def show_facts(self, facts: GoLiveFacts, station_id: str | None, profile_id: str | None) -> None:
        """Show what is kept; what was typed last time is there again.

        Args:
            facts: all of it.
            station_id: the station to begin with; None for that of the last broadcast.
            profile_id: likewise the profile.
        """
        self._upload.setChecked(facts.uploads is True)
        self.keep_facts(facts)
        last = facts.sessions[0] if facts.sessions else None
        if station_id is None and last is not None:
            station_id = last.station_id
        self._station.clear()
        for station in facts.stations:
            self._station.addItem(station.name, station.id)
        if not facts.stations:
            self._station.addItem(self.tr("No station"), None)
        self._station.setCurrentIndex(max(0, self._station.findData(station_id)))
        self._show_station(profile_id)

    def keep_facts(self, facts: GoLiveFacts) -> None:
        """Know what was changed meanwhile; what was typed and chosen stays."""
        self._facts = facts
        self._upload.setVisible(facts.uploads is not None)
        self._upload.setEnabled(self._record.isChecked())

    def choice(self) -> BroadcastChoice:
        """Return what is chosen now."""
        facts, station_id = self._facts, self._station.currentData()
        return BroadcastChoice(
            endpoints=() if facts is None else facts.endpoints_of(station_id),
            chosen=self._chips.chosen,
            profile=self._chosen_profile(),
            title=self.title.text(),
            description=self._description.toPlainText(),
            station_id=station_id,
            is_recorded=self._record.isChecked(),
            is_uploaded=None if facts is None or facts.uploads is None else self._upload.isChecked(),
            source=self._source.currentData(),
        )

    @property
    def station_name(self) -> str:
        """The station that is chosen; empty without one."""
        return self._station.currentText() if self._station.currentData() is not None else ""

    def _show_station(self, profile_id: str | None = None) -> None:
        facts, station_id = self._facts, self._station.currentData()
        if facts is None:
            return
        last = facts.last_of(station_id)
        if last is not None:
            self.title.setText(last.title)
            self._description.setPlainText(last.description)
            profile_id = profile_id or last.profile_id
        self._profile.clear()
        self._profile.addItem(self.tr("All destinations in use"), None)
        for profile in facts.profiles_of(station_id):
            self._profile.addItem(profile.name, profile.id)
        self._profile.setCurrentIndex(max(0, self._profile.findData(profile_id)))
        endpoints = facts.endpoints_of(station_id)
        self._chips.show_endpoints(endpoints, usual_choice(endpoints, self._chosen_profile()), facts.label_of)
        self._chips.setVisible(bool(endpoints))
        self._none.setVisible(not endpoints)

    def _station_chosen(self) -> None:
        self._show_station()
        self.aim_changed.emit()

    def _profile_chosen(self) -> None:
        if self._facts is not None:
            endpoints = self._facts.endpoints_of(self._station.currentData())
            self._chips.press(usual_choice(endpoints, self._chosen_profile()))
            self.aim_changed.emit()

    def _recording_chosen(self) -> None:
        self._upload.setEnabled(self._record.isChecked())
        self.changed.emit()

    def _source_chosen(self) -> None:
        is_external = self._source.currentData() == EXTERNAL
        self._encoder.setVisible(is_external)
        if is_external:
            self._encoder.ask()
        self.aim_changed.emit()

    def _chosen_profile(self) -> Profile | None:
        profile_id = self._profile.currentData()
        profiles = () if self._facts is None else self._facts.profiles
        return next((each for each in profiles if each.id == profile_id), None)

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(_GAP_PX)
        lines.addWidget(Field(self.tr("Title"), self.title))
        lines.addWidget(Field(self.tr("Description"), self._description))
        pair = QHBoxLayout()
        pair.setSpacing(_GAP_PX)
        pair.addWidget(Field(self.tr("Station"), self._station), stretch=1)
        pair.addWidget(Field(self.tr("Multistream profile"), self._profile), stretch=1)
        lines.addLayout(pair)
        aims = QVBoxLayout()
        aims.setSpacing(6)
        aims.addWidget(Label(self.tr("Destinations"), Tone.MUTED, letters=Letters.SMALL))
        aims.addWidget(self._chips)
        aims.addWidget(self._none)
        lines.addLayout(aims)
        lines.addWidget(Field(self.tr("Picture and sound come from"), self._source))
        lines.addWidget(self._encoder)
        kept = FlowLayout()
        kept.addWidget(self._record)
        kept.addWidget(self._upload)
        lines.addLayout(kept)
        lines.addStretch(1)


def _combo(accessible_name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(accessible_name)
    return combo
