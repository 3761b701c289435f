"""What can be done with a scene beside putting it on. Deleting asks once: by a second step in the menu."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from powerstream_desktop.desktop.studio.plain_text import menu_text


class SceneMenu(QMenu):
    """Of one scene; gone when it is closed.

    Args:
        name: of the scene.
        is_on: it cannot be deleted then.
        can_step: to the left, to the right.
        parent: the strip.
    """

    rename_wanted = Signal()
    copy_wanted = Signal()
    step_wanted = Signal(int)
    removal_wanted = Signal()

    def __init__(self, name: str, *, is_on: bool, can_step: tuple[bool, bool], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add(self.tr("Rename")).triggered.connect(self.rename_wanted)
        self._add(self.tr("Duplicate")).triggered.connect(self.copy_wanted)
        self.addSeparator()
        left, right = self._add(self.tr("Move left")), self._add(self.tr("Move right"))
        left.setEnabled(can_step[0])
        right.setEnabled(can_step[1])
        left.triggered.connect(lambda: self.step_wanted.emit(-1))
        right.triggered.connect(lambda: self.step_wanted.emit(1))
        self.addSeparator()
        if is_on:
            self._add(self.tr("Delete: switch to another scene first")).setEnabled(False)
            return
        deleting = self.addMenu(self.tr("Delete"))
        sure = QAction(self.tr("Delete “{name}” now").format(name=menu_text(name)), deleting)
        sure.triggered.connect(self.removal_wanted)
        deleting.addAction(sure)

    def _add(self, text: str) -> QAction:
        action = QAction(text, self)
        self.addAction(action)
        return action
