"""The sheet of a profile: a name, whose it is, and the endpoints that belong to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Profile, ProfileWish, Station
from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.client.writing import new_id
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.golive.destination_chips import DestinationChips
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.refusals import refusal_words
from powerstream_desktop.desktop.shell.surroundings import Surroundings

WIDTH_PX: Final = 560
MAX_NAME_CHARACTERS: Final = 80


class ProfileSheet(Sheet):
    """Adds a profile, or changes one.

    Args:
        surroundings: what the window lends.
        profile: None for a new one.
        endpoints: what can belong to it, in their order.
        stations: whose it can be.
        label_of: what an endpoint is called.
        done: called when it was saved or deleted.
        parent: where it lives.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        profile: Profile | None,
        *,
        endpoints: tuple[Endpoint, ...],
        stations: tuple[Station, ...],
        label_of: Callable[[Endpoint], str],
        done: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", WIDTH_PX, parent)
        self.show_title(self.tr("New profile") if profile is None else self.tr("Edit profile"))
        self._surroundings = surroundings
        self._done = done
        self._id = new_id() if profile is None else profile.id
        self._endpoints = endpoints
        self._name = QLineEdit("" if profile is None else profile.name)
        self._name.setMaxLength(MAX_NAME_CHARACTERS)
        self._name.setPlaceholderText(self.tr("Weekly show"))
        self._station = QComboBox()
        self._station.addItem(self.tr("All stations"), None)
        for station in stations:
            self._station.addItem(station.name, station.id)
        self._chips = DestinationChips()
        self._trouble = Label("", Tone.ERR, wrap=True)
        self._trouble.hide()
        self._save = Button(self.tr("Save"), Role.PRIMARY)
        chosen = frozenset() if profile is None else frozenset(profile.endpoint_ids)
        self._chips.show_endpoints(endpoints, chosen, label_of)
        self._station.setCurrentIndex(max(0, self._station.findData(profile.station_id if profile else None)))
        self._lay_out(is_new=profile is None)
        self._name.textChanged.connect(self._show)
        self._chips.changed.connect(self._show)
        self._save.clicked.connect(self._keep)
        self._show()

    def _show(self) -> None:
        self._save.setEnabled(bool(self._name.text().strip()) and bool(self._chips.chosen))

    def _keep(self) -> None:
        chosen = self._chips.chosen
        wish = ProfileWish(
            name=self._name.text().strip(),
            station_id=self._station.currentData(),
            endpoint_ids=tuple(each.id for each in self._endpoints if each.id in chosen),
        )
        self._save.setEnabled(False)
        self._surroundings.desk.ask(
            lambda client: client.profiles.save(self._id, wish),
            lambda _: self._finish(),
            otherwise=self._refused,
            owner=self,
        )

    def _delete(self) -> None:
        self._surroundings.desk.ask(
            lambda client: client.profiles.remove(self._id),
            lambda _: self._finish(),
            otherwise=self._refused,
            owner=self,
        )

    def _finish(self) -> None:
        self._done()
        self._surroundings.ways.close_sheet()

    def _refused(self, error: PowerStreamError) -> None:
        self._trouble.show_text(refusal_words(error))
        self._trouble.show()
        self._show()

    def _lay_out(self, *, is_new: bool) -> None:
        aims = QVBoxLayout()
        aims.setSpacing(6)
        aims.addWidget(Label(self.tr("Destinations"), Tone.MUTED, letters=Letters.SMALL))
        aims.addWidget(self._chips)
        self.body.setSpacing(14)
        self.body.addWidget(Field(self.tr("Name"), self._name))
        self.body.addWidget(Field(self.tr("Station"), self._station))
        self.body.addLayout(aims)
        self.body.addWidget(self._trouble)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self._surroundings.ways.close_sheet)
        if not is_new:
            delete = AskOnceButton(self.tr("Delete"), self.tr("Really delete?"))
            delete.confirmed.connect(self._delete)
            self.footer.addWidget(delete)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self._save)
