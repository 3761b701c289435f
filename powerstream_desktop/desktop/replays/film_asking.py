"""Asks for films that shall come into the library: what dropping them does, by the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

FilmAsker = Callable[[QWidget, Callable[[tuple[str, ...]], None]], None]
"""Asks, given the window and who gets the whole paths if there are any."""


def ask_in_dialog(window: QWidget, then: Callable[[tuple[str, ...]], None]) -> None:
    """Ask by the system's dialog, which blocks nothing."""
    title = QCoreApplication.translate("ReplaysPage", "Import films")
    films = QCoreApplication.translate("ReplaysPage", "Films")
    anything = QCoreApplication.translate("ReplaysPage", "All files")
    kinds = f"{films} (*.mp4 *.m4v *.mov *.mkv *.webm *.flv *.ts *.avi);;{anything} (*)"
    dialog = QFileDialog(window, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda chosen: then(tuple(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
