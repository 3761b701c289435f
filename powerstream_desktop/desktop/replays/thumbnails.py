"""Pictures of replays, asked for when one is about to be painted, and kept while they are of use."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.library import Asset
from powerstream_desktop.desktop.link.desk import Desk

KEPT: Final = 200
SIZE: Final = QSize(480, 270)
MAX_PIXELS: Final = 64_000_000
"""A picture that says it has more is not decoded."""


class Thumbnails(QObject):
    """The pictures of replays. Decoding is done on the errand's thread.

    Args:
        desk: takes errands.
        parent: owns it.
    """

    came = Signal(str)  # the picture of this replay

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pictures: OrderedDict[str, QPixmap] = OrderedDict()
        self._asked: set[str] = set()

    def picture_of(self, asset: Asset) -> QPixmap | None:
        """Return the picture of a replay; None while it is not there, which asks for it, or if there is none."""
        url = asset.thumbnail_url
        if url is None:
            return None
        found = self._pictures.get(asset.id)
        if found is not None:
            self._pictures.move_to_end(asset.id)
            return found
        if asset.id not in self._asked:
            self._asked.add(asset.id)
            self._desk.ask(
                lambda client: _decoded(client, asset.id),
                lambda image: self._take(asset.id, image),
                otherwise=lambda _: None,  # a replay without its picture is shown as one that has none
                owner=self,
            )
        return None

    def forget(self, asset_id: str) -> None:
        """Ask for this picture anew when it is wanted next."""
        self._pictures.pop(asset_id, None)
        self._asked.discard(asset_id)

    def _take(self, asset_id: str, image: QImage) -> None:
        if image.isNull():
            return
        self._pictures[asset_id] = QPixmap.fromImage(image)
        if len(self._pictures) > KEPT:
            oldest, _ = self._pictures.popitem(last=False)
            self._asked.discard(oldest)
        self.came.emit(asset_id)


def _decoded(client: Client, asset_id: str) -> QImage:
    return decoded(client.library.thumbnail(asset_id), SIZE)


def decoded(content: bytes, size: QSize) -> QImage:
    """Return the picture in a file's bytes, no larger than it will be painted; a null image if it is none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    whole = reader.size()
    if whole.isEmpty() or whole.width() * whole.height() > MAX_PIXELS:
        return QImage()
    if whole.width() > size.width() or whole.height() > size.height():
        reader.setScaledSize(whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()
