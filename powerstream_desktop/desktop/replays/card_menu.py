"""What can be done with the cards that are chosen, by the right mouse button or the menu key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.desktop.kit.menu_line import add_line
from powerstream_desktop.desktop.replays.cloud_wishes import CloudWish, wish_name
from powerstream_desktop.desktop.replays.cloud_words import is_film_here, is_in_the_cloud_only


class CardMenu(QMenu):
    """A menu that is made once, and shown for what is chosen then.

    Args:
        parent: the list.
    """

    play_wanted = Signal()
    rename_wanted = Signal()
    details_wanted = Signal()
    pin_wanted = Signal(bool)
    folder_wanted = Signal()
    bin_wanted = Signal()
    cloud_wanted = Signal(object)  # CloudWish

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Replay"))
        self._are_pinned = False
        self.play = self._add(self.tr("Play"), self.play_wanted.emit)
        self.rename = self._add(self.tr("Rename"), self.rename_wanted.emit)
        self.details = self._add(self.tr("Edit details"), self.details_wanted.emit)
        self.folder = self._add(self.tr("Show in folder"), self.folder_wanted.emit)
        self.pin = self._add(self.tr("Pin"), self._pin)
        self.addSeparator()
        self.cloud = {wish: self._add(wish_name(wish), self._wisher(wish)) for wish in CloudWish}
        self._below_cloud = add_line(self)
        self.into_bin = self._add(self.tr("Move to bin"), self.bin_wanted.emit)

    def show_for(
        self, assets: Sequence[Asset], place: QPoint, cloud: Collection[CloudWish] = frozenset()
    ) -> None:
        """Show what can be done with these.

        Args:
            assets: what is chosen.
            place: where on the screen.
            cloud: what can be done with their copies in the cloud.
        """
        if not assets:
            return
        is_one = len(assets) == 1
        for action in (self.play, self.rename, self.details, self.folder):
            action.setVisible(is_one)
        has_file = is_film_here(assets[0])
        self.play.setEnabled(has_file or is_in_the_cloud_only(assets[0]))
        self.folder.setEnabled(has_file)
        self._are_pinned = all(each.is_pinned for each in assets)
        self.pin.setText(self.tr("Unpin") if self._are_pinned else self.tr("Pin"))
        for wish, action in self.cloud.items():
            action.setVisible(wish in cloud)
        self._below_cloud.setVisible(bool(cloud))
        self.popup(place)

    def _add(self, words: str, deed: Callable[[], None]) -> QAction:
        # Made here and not by the menu: what Qt makes may end with Python's view of its parent.
        action = QAction(words, self)
        self.addAction(action)
        action.triggered.connect(deed)
        return action

    def _wisher(self, wish: CloudWish) -> Callable[[], None]:
        return lambda: self.cloud_wanted.emit(wish)

    def _pin(self) -> None:
        self.pin_wanted.emit(not self._are_pinned)
