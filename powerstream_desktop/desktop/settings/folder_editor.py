"""Choosing a folder: typed, or picked in a window that leaves everything else usable."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from powerstream_desktop.client.settings import Setting, Value
from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.settings.editors import Editor


class FolderEditor(Editor):
    """A folder; the setting says what an empty text means."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._shown = ""
        self._path = QLineEdit()
        self._path.setPlaceholderText(self.tr("None chosen"))
        self._path.setAccessibleName(self._name)
        self._path.editingFinished.connect(lambda: self._tell(self._path.text()))
        self._picker: QFileDialog | None = None
        pick = IconButton("folder", self.tr("Choose a folder"))
        pick.clicked.connect(self._open_picker)
        self._line.addWidget(self._path, 1)
        self._line.addWidget(pick)
        self.setFocusProxy(self._path)

    def show_value(self, value: Value) -> None:
        """See ``Editor``."""
        self._shown = str(value)
        if not self._path.isModified():
            self._path.setText(self._shown)
            self._path.setToolTip(plain_tip(self._shown))

    def _open_picker(self) -> None:
        if self._picker is not None:
            self._picker.raise_()
            return
        # Never modal: a broadcast must stay within reach.
        picker = self._picker = QFileDialog(self.window(), self.tr("Choose a folder"), self._shown)
        picker.setFileMode(QFileDialog.FileMode.Directory)
        picker.setOption(QFileDialog.Option.ShowDirsOnly)
        picker.setModal(False)
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.fileSelected.connect(self._tell)
        picker.destroyed.connect(self._forget_picker)
        picker.show()

    def _forget_picker(self) -> None:
        self._picker = None

    def _tell(self, path: str) -> None:
        self._path.setModified(False)
        if path.strip() != self._shown:
            self.chosen.emit(path.strip())
