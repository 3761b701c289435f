"""Where the files of replays lie, for whoever wants to see them in their folder or to drag them elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import UnknownError
from powerstream_desktop.desktop.replays.cloud_words import is_film_here
from powerstream_desktop.desktop.shell.surroundings import Surroundings

MOST_DRAGGED: Final = 50
Dragger = Callable[[QWidget, QMimeData], None]
"""Drags something out of a widget; comes back when it was dropped."""


def drag_out(origin: QWidget, content: QMimeData) -> None:
    """Drag with the mouse, as long as its button is still held."""
    if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
        drag = QDrag(origin)
        drag.setMimeData(content)
        drag.exec(Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)


class FilesOut(QObject):
    """Asks where files lie, which only the service knows. On the window's thread.

    Args:
        surroundings: what the window lends.
        origin: what is dragged from.
        show_file: shows a file in its folder.
        drag: drags.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        origin: QWidget,
        *,
        show_file: Callable[[Path], None],
        drag: Dragger = drag_out,
    ) -> None:
        super().__init__(origin)
        self._surroundings = surroundings
        self._origin = origin
        self._show_file = show_file
        self._drag = drag

    def show(self, asset: Asset) -> None:
        """Show a replay's file in its folder; a banner says it if there is none."""
        self._surroundings.desk.ask(
            lambda client: client.library.file(asset.id),
            lambda file: self._show_file(Path(file)),
            owner=self,
        )

    def drag(self, assets: Sequence[Asset]) -> None:
        """Drag the files of replays out of the window; those without a file stay behind."""
        ids = [each.id for each in assets if is_film_here(each)][:MOST_DRAGGED]
        if ids:
            self._surroundings.desk.ask(
                lambda client: _files_of(client, ids),
                self._begin,
                otherwise=lambda _: None,  # nothing to drag: the card stays where it is
                owner=self,
            )

    def _begin(self, files: Sequence[str]) -> None:
        if files:
            content = QMimeData()
            content.setUrls([QUrl.fromLocalFile(each) for each in files])
            self._drag(self._origin, content)


def _files_of(client: Client, ids: Sequence[str]) -> list[str]:
    found = []
    for asset_id in ids:
        try:
            found.append(client.library.file(asset_id))
        except UnknownError:  # its file went away since it was listed
            continue
    return found
