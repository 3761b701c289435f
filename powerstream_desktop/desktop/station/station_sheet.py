"""A station's name, address and description: typed here, and kept when it is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from powerstream_desktop.client.catalogue import Station, StationWish
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import ConflictError
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.station.picture_file import picture_of
from powerstream_desktop.desktop.station.station_picture import StationPicture

MAX_NAME: Final = 80
MAX_SLUG: Final = 60
MAX_DESCRIPTION: Final = 5000
_WIDTH_PX: Final = 560

PictureAsker: TypeAlias = Callable[[QWidget, Callable[[Path], None]], None]
"""Asks for a picture's file; given the window, and who gets the answer if there is one."""


class StationSheet(Sheet):
    """Makes a station, or changes one.

    Args:
        surroundings: what the window lends.
        station: which one; None for a new one.
        ask_picture: asks for a picture's file.
    """

    saved = Signal(object)  # Station: as it is now
    removed = Signal(str)  # the station of this id

    def __init__(
        self, surroundings: Surroundings, station: Station | None, *, ask_picture: PictureAsker
    ) -> None:
        super().__init__(self.tr("Edit station") if station else self.tr("New station"), _WIDTH_PX)
        self._surroundings = surroundings
        self._station = station
        self._ask_picture = ask_picture
        self._picture_wish: bytes | None = None  # none chosen; empty to take it away
        self._picture = StationPicture(surroundings.desk)
        self.choose = Button(self.tr("Choose picture…"))
        self.take_away = Button(self.tr("Remove picture"))
        self.name = QLineEdit(station.name if station else "")
        self.name.setMaxLength(MAX_NAME)
        self.slug = QLineEdit(station.slug if station else "")
        self.slug.setMaxLength(MAX_SLUG)
        self.description = QPlainTextEdit(station.description if station else "")
        self.description.setTabChangesFocus(True)
        self._name_field = Field(self.tr("Name"), self.name)
        self._slug_field = Field(
            self.tr("Address"),
            self.slug,
            self.tr("What it is called in addresses. Empty: made from the name."),
        )
        self._description_field = Field(self.tr("Description"), self.description)
        self._trouble = Label("", Tone.ERR, wrap=True)
        self.save = Button(self.tr("Save"), Role.PRIMARY)
        self._fill()

    def _fill(self) -> None:
        self.body.addLayout(self._picture_row())
        for each in (self._name_field, self._slug_field, self._description_field, self._trouble):
            self.body.addWidget(each)
        self._trouble.hide()
        if self._station is not None:
            self.remove = AskOnceButton(
                self.tr("Delete station"), self.tr("Delete it with its destinations?")
            )
            self.remove.confirmed.connect(self._remove)
            self.footer.addWidget(self.remove)
        cancel = Button(self.tr("Cancel"))
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save)
        cancel.clicked.connect(self.dismiss)
        self.save.clicked.connect(self._save)
        self.name.returnPressed.connect(self._save)
        self.slug.returnPressed.connect(self._save)
        self.name.setFocus()

    def _picture_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        for each in (self._picture, self.choose, self.take_away):
            row.addWidget(each)
        row.addStretch(1)
        if self._station is not None:
            self._picture.show_station(self._station)
        self.take_away.setVisible(self._station is not None and bool(self._station.picture))
        self.choose.clicked.connect(lambda: self._ask_picture(self, self._read_picture))
        self.take_away.clicked.connect(lambda: self._show_picture(b""))
        return row

    def _read_picture(self, path: Path) -> None:
        self._surroundings.desk.ask(
            lambda _: picture_of(path), self._show_picture, otherwise=self._be_refused, owner=self
        )

    def _show_picture(self, content: bytes) -> None:
        self._trouble.hide()
        self._picture_wish = content
        self._picture.show_image(QImage.fromData(content))
        self.take_away.setVisible(bool(content))

    def _save(self) -> None:
        name, description = self.name.text().strip(), self.description.toPlainText().strip()
        self._name_field.show_error("" if name else self.tr("Give it a name."))
        is_too_long = len(description) > MAX_DESCRIPTION
        too_long = self.tr("At most {most} characters.").format(most=MAX_DESCRIPTION)
        self._description_field.show_error(too_long if is_too_long else "")
        if not name or is_too_long:
            return
        station = self._station
        wish = StationWish(
            name=name,
            slug=self.slug.text().strip() or (station.slug if station else None),
            description=description,
            picture=station.picture if station else None,
        )

        picture = self._picture_wish

        def errand(client: Client) -> Station:
            saved = client.stations.add(wish) if station is None else client.stations.save(station.id, wish)
            if picture:
                return client.stations.set_picture(saved.id, picture)
            return saved if picture is None else client.stations.remove_picture(saved.id)

        self._be_busy(is_busy=True)
        self._surroundings.desk.ask(errand, self._be_saved, otherwise=self._be_refused, owner=self)

    def _remove(self) -> None:
        station = self._station
        if station is not None:
            self._be_busy(is_busy=True)
            self._surroundings.desk.ask(
                lambda client: client.stations.remove(station.id),
                lambda _: self._be_removed(station.id),
                otherwise=self._be_refused,
                owner=self,
            )

    def _be_busy(self, *, is_busy: bool) -> None:
        self.save.setEnabled(not is_busy)
        self._trouble.hide()
        self._slug_field.show_error("")

    def _be_saved(self, station: Station) -> None:
        self.saved.emit(station)
        self.dismiss()

    def _be_removed(self, station_id: str) -> None:
        self.removed.emit(station_id)
        self.dismiss()

    def _be_refused(self, error: PowerStreamError) -> None:
        self._be_busy(is_busy=False)
        words = said(getattr(error, "code", ""), str(error))
        if isinstance(error, ConflictError) and self.slug.text().strip():
            self._slug_field.show_error(words)
        else:
            self._trouble.show_text(words)
            self._trouble.show()


def ask_in_dialog(window: QWidget, then: Callable[[Path], None]) -> None:
    """Ask by the system's dialog, which blocks nothing."""
    title = QCoreApplication.translate("StationSheet", "Choose a picture")
    kinds = QCoreApplication.translate("StationSheet", "Pictures")
    dialog = QFileDialog(window, title, "", f"{kinds} (*.jpg *.jpeg *.png *.webp *.bmp)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
