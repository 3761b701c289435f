"""Pictures of replays: asked for when one is about to be painted, a few at once, and kept while there is room for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Container
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.desk import Desk
from powerstream_desktop.desktop.replays.picture_shelf import Frame, Kept, PictureShelf, framed

AT_ONCE: Final = 3
"""So many are asked for beside each other: one of the desk's four threads is left for what somebody does."""
SIZE: Final = QSize(480, 270)
MAX_PIXELS: Final = 64_000_000
"""A picture that says it has more is not decoded."""


class Thumbnails(QObject):
    """The pictures of replays. Decoding and scaling are done on the errands' threads.

    What was painted last is asked for first; what nobody sees any more (``leave_out_all_but``) is not asked for at all.

    Args:
        desk: takes errands.
        parent: owns it.
        shelf: keeps pictures.
    """

    came = Signal(str)  # the picture of this replay

    def __init__(self, desk: Desk, parent: QObject, *, shelf: PictureShelf | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shelf = shelf or PictureShelf()
        self._wanted: OrderedDict[str, Frame] = OrderedDict()
        self._nobodys: set[str] = set()  # asked for in vain
        self._on_its_way: set[str] = set()
        self._free = [QObject(self) for _ in range(AT_ONCE)]  # errands of one owner wait for each other
        # What is painted together is asked for when all of it is known.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    @property
    def is_asking_soon(self) -> bool:
        """Something is wanted that was not asked for yet, though it could be."""
        return self._soon.isActive()

    def picture_of(self, asset: Asset, frame: Frame) -> QPixmap | None:
        """Return the picture of a replay; None while it is not there, which asks for it, or if there is none.

        Args:
            asset: the replay.
            frame: what it will fill; until it is made for that, it may be of another size.
        """
        if asset.thumbnail_url is None:
            return None
        kept = self._shelf.get(asset.id)
        if (kept is None or kept.is_stale or kept.frame != frame) and self._can_be_asked(asset.id):
            self._wanted[asset.id] = frame
            self._wanted.move_to_end(asset.id)
            if not self._soon.isActive():
                self._soon.start()
        return None if kept is None else kept.painted

    def leave_out_all_but(self, seen: Container[str]) -> None:
        """Ask for no picture any more that is not of these replays."""
        for asset_id in [each for each in self._wanted if each not in seen]:
            del self._wanted[asset_id]

    def forget(self, asset_id: str) -> None:
        """Ask for this picture anew when it is wanted next; until then the one that is there is shown."""
        self._shelf.turn_stale(asset_id)
        self._nobodys.discard(asset_id)

    def try_again(self) -> None:
        """Ask anew for what could not be had."""
        self._nobodys.clear()

    def _can_be_asked(self, asset_id: str) -> bool:
        return asset_id not in self._nobodys and asset_id not in self._on_its_way

    def _ask(self) -> None:
        while self._free and self._wanted:
            asset_id, frame = self._wanted.popitem()
            self._on_its_way.add(asset_id)
            self._ask_for(asset_id, frame, self._free.pop())

    def _ask_for(self, asset_id: str, frame: Frame, owner: QObject) -> None:
        def take(images: tuple[QImage, QImage]) -> None:
            self._be_done(asset_id, owner)
            image, painted = images
            if image.isNull():
                self._nobodys.add(asset_id)
            else:
                self._shelf.put(asset_id, Kept(image, QPixmap.fromImage(painted), frame))
                self.came.emit(asset_id)

        def be_refused(
            _: PowerStreamError,
        ) -> None:  # a replay without its picture is shown as one that has none
            self._be_done(asset_id, owner)
            self._nobodys.add(asset_id)

        kept = self._shelf.get(asset_id)
        image = None if kept is None or kept.is_stale else kept.image
        self._desk.ask(_errand(asset_id, image, frame), take, otherwise=be_refused, owner=owner)

    def _be_done(self, asset_id: str, owner: QObject) -> None:
        self._on_its_way.discard(asset_id)
        self._free.append(owner)
        if self._wanted:
            self._soon.start()


def _errand(asset_id: str, image: QImage | None, frame: Frame) -> Callable[[Client], tuple[QImage, QImage]]:
    """Return what makes a picture for a frame, of the image that is there already, or of the service's."""

    def run(client: Client) -> tuple[QImage, QImage]:
        whole = decoded(client.library.thumbnail(asset_id), SIZE) if image is None else image
        return whole, whole if whole.isNull() else framed(whole, frame)

    return run


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
