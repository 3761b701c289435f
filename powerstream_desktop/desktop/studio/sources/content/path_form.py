"""Sources that are files: pictures, and media files with their loop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from powerstream_desktop.client.reading import Words
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.studio.sources.content.content_form import ContentForm


class PathForm(ContentForm):
    """A file, typed or chosen.

    Args:
        content: at first.
        label: of the file.
        pattern: which files the dialog shows, as Qt wants it.
        parent: the panel or the sheet.
    """

    def __init__(self, content: Words, *, label: str, pattern: str, parent: QWidget | None = None) -> None:
        super().__init__(content, parent)
        self._pattern = pattern
        self._label = label
        self._path = QLineEdit()
        self._path.editingFinished.connect(self._typed)
        self._choose = Button(self.tr("Choose…"), Role.SMALL)
        self._choose.clicked.connect(self._open_dialog)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._path, 1)
        row.addWidget(self._choose)
        self._path.setAccessibleName(label)
        line.setFocusProxy(self._path)
        self.rows.addWidget(Field(label, line))
        self._render()

    @property
    def suggested_name(self) -> str:
        """Return the file's name without its ending."""
        return Path(self._path.text()).stem

    @property
    def is_complete(self) -> bool:
        """Whether a file is named."""
        return bool(self._content.get("path"))

    def _render(self) -> None:
        path = str(self._content.get("path", ""))
        if self._path.text() != path:
            self._path.setText(path)

    def _typed(self) -> None:
        self._take({"path": self._path.text().strip()})

    def _open_dialog(self) -> None:
        dialog = QFileDialog(self, self._label, str(Path(self._path.text()).parent), self._pattern)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self._path.setText(path)
        self._typed()


class ImageForm(PathForm):
    """A picture."""

    def __init__(self, content: Words, parent: QWidget | None = None) -> None:
        pattern = self.tr("Pictures") + " (*.png *.jpg *.jpeg *.svg)"
        super().__init__(content, label=self.tr("Picture file"), pattern=pattern, parent=parent)


class MediaForm(PathForm):
    """A media file, with its loop and a button that plays it from its beginning."""

    restart_wanted = Signal()

    def __init__(self, content: Words, parent: QWidget | None = None) -> None:
        pattern = (
            self.tr("Media files") + " (*.mp4 *.mov *.mkv *.webm *.mp3 *.flac *.wav *.ogg *.m4a *.flv *.ts);;"
        )
        every = self.tr("All files") + " (*)"
        super().__init__(content, label=self.tr("Media file"), pattern=pattern + every, parent=parent)
        self._loop = Switch(self.tr("Play again and again"))
        self._loop.toggled.connect(lambda is_on: self._take({"loop": is_on}))
        self.rows.addWidget(Field(self.tr("Play again and again"), self._loop))
        self.restart = Button(self.tr("Play from the beginning"), Role.SMALL)
        self.restart.clicked.connect(self.restart_wanted)
        self.rows.addWidget(self.restart)
        self._render_loop()

    def _render(self) -> None:
        super()._render()
        if hasattr(self, "_loop"):
            self._render_loop()

    def _render_loop(self) -> None:
        self._loop.setChecked(bool(self._content.get("loop", True)))
