"""A station's picture; its colours and its initial while it has none."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.client.client import Client
from powerstream_desktop.desktop.link.desk import Desk
from powerstream_desktop.desktop.replays.asset_card import paint_tint
from powerstream_desktop.desktop.replays.thumbnails import decoded
from powerstream_desktop.desktop.station.picture_file import SIDE_PX

_WIDTH_PX: Final = 64
_CORNER_PX: Final = 12


class StationPicture(QWidget):
    """Shows the picture of a station, asking for it when it is another.

    Args:
        desk: takes errands.
        parent: its place.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._key, self._name, self._file = "", "", ""
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def has_image(self) -> bool:
        """It shows a picture, and not what stands for one."""
        return not self._image.isNull()

    def show_station(self, station: Station) -> None:
        """Show the picture of a station."""
        is_another = (station.id, station.picture or "") != (self._key, self._file)
        self._key, self._name, self._file = station.id, station.name, station.picture or ""
        self.setAccessibleName(self.tr("Picture of {name}").format(name=station.name))
        if is_another:
            self.show_image(QImage())
            if station.picture:
                self._ask(station.id, station.picture)
        self.update()

    def show_image(self, image: QImage) -> None:
        """Show this; a null image for the colours and the initial."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(_WIDTH_PX, _WIDTH_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline, place = QPainterPath(), QRectF(self.rect())
        outline.addRoundedRect(place, _CORNER_PX, _CORNER_PX)
        painter.setClipPath(outline)
        if self._image.isNull():
            paint_tint(painter, place, self._key, self._name)
        else:
            side = min(self._image.width(), self._image.height())
            middle = QRectF((self._image.width() - side) / 2, (self._image.height() - side) / 2, side, side)
            painter.drawImage(place, self._image, middle)

    def _ask(self, station_id: str, file: str) -> None:
        def errand(client: Client) -> QImage:
            return decoded(client.stations.picture(station_id), QSize(SIDE_PX, SIDE_PX))

        def take(image: QImage) -> None:
            if (station_id, file) == (self._key, self._file):
                self.show_image(image)

        self._desk.ask(errand, take, otherwise=lambda _: None, owner=self)
