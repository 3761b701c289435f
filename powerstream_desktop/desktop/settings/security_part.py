"""Security: who may drive this computer's broadcasts, and through which doors."""

from __future__ import annotations

from powerstream_desktop.client.access import NetworkDoor
from powerstream_desktop.client.settings import AllSettings
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.settings.devices_card import DevicesCard
from powerstream_desktop.desktop.settings.part import Part
from powerstream_desktop.desktop.settings.sections import Section
from powerstream_desktop.desktop.shell.surroundings import Surroundings

_PLACE = "secrets.place"


class SecurityPart(Part):
    """The doors, and who has been let in.

    Args:
        surroundings: takes the errands.
    """

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(Section.SECURITY)
        self._desk = surroundings.desk
        self._is_up = False
        self._devices = DevicesCard(surroundings)
        self.add_card(self._devices, self.tr("Paired devices, phone, tablet, code"))
        self._door = Label(Tone.MUTED.value, Tone.MUTED, wrap=True)
        self._fingerprint = Label("", Tone.FAINT, letters=Letters.SMALL, wrap=True)
        card = Card(self.tr("Door to your network"))
        for label in (self._door, self._fingerprint):
            label.setContentsMargins(16, 10, 14, 10)
            card.body.addWidget(label)
        self._door.show_text(self.tr("Asking …"))
        self._fingerprint.hide()
        self.add_card(card, self.tr("Network, LAN, address, certificate, fingerprint"))

    def show_settings(self, settings: AllSettings) -> None:
        """See ``Part``: the door may stand otherwise now."""
        super().show_settings(settings)
        row = self.options.row(_PLACE) if self.options is not None else None
        if row is not None:
            row.editor.setEnabled(False)
            row.show_note(
                self.tr("Keys are moved by “powerstream ctl keys move”, which takes them all along.")
            )
        if self._is_up:
            self._ask_door()

    def came_up(self) -> None:
        """See ``Part``."""
        self._is_up = True
        self._ask_door()
        self._devices.came_up()

    def went_down(self) -> None:
        """See ``Part``."""
        self._is_up = False
        self._devices.went_down()

    def _ask_door(self) -> None:
        self._desk.ask(
            lambda client: client.access.network(), self._show_door, otherwise=self._show_trouble, owner=self
        )

    def _show_door(self, door: NetworkDoor) -> None:
        if door.trouble:
            self._door.show_text(said("", door.trouble), Tone.ERR)
        elif door.is_open:
            addresses = "\n".join(door.urls)
            self._door.show_text(
                self.tr("Open, encrypted. Devices come to:\n{addresses}").format(addresses=addresses),
                Tone.PLAIN,
            )
        else:
            self._door.show_text(self.tr("Shut: only this computer reaches PowerStream."), Tone.MUTED)
        fingerprint = self.tr("SHA-256 of the certificate, for the device to compare: {fingerprint}")
        self._fingerprint.show_text(fingerprint.format(fingerprint=door.fingerprint))
        self._fingerprint.setVisible(door.is_open and bool(door.fingerprint))

    def _show_trouble(self, error: PowerStreamError) -> None:
        self._door.show_text(said(getattr(error, "code", ""), error.title), Tone.ERR)
