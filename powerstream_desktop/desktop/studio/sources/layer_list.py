"""The layers of a scene in a list, the foremost on top."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.studio.scenery import edits
from powerstream_desktop.desktop.studio.scenery.shown import ShownLayer
from powerstream_desktop.desktop.studio.sources.content.kinds import kind_of
from powerstream_desktop.desktop.studio.sources.scene_editing import SceneEditing

_ROW_PX = 38
_ID = Qt.ItemDataRole.UserRole


class LayerRow(QWidget):
    """What a layer's row has beside its name: the switches for being seen and being locked.

    Args:
        layer_id: of the engine's.
        editing: whose layers.
    """

    def __init__(self, layer_id: str, editing: SceneEditing) -> None:
        super().__init__()
        self._layer_id = layer_id
        self._editing = editing
        self.lock = IconButton("unlock", self.tr("Lock"))
        self.eye = IconButton("eye", self.tr("Hide"))
        self.lock.clicked.connect(self._turn_lock)
        self.eye.clicked.connect(self._turn_eye)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(2)
        row.addStretch(1)
        row.addWidget(self.lock)
        row.addWidget(self.eye)

    def show_layer(self, layer: ShownLayer, name: str) -> None:
        """Show how it is."""
        lock = self.tr("Unlock {name}") if layer.locked else self.tr("Lock {name}")
        eye = self.tr("Hide {name}") if layer.visible else self.tr("Show {name}")
        self.lock.show_icon("lock" if layer.locked else "unlock", lock.format(name=name))
        self.eye.show_icon("eye" if layer.visible else "privacy", eye.format(name=name))
        self.eye.setEnabled(not layer.locked)

    def _turn_lock(self) -> None:
        layer = self._layer()
        if layer is not None:
            self._editing.change(dataclasses.replace(layer, locked=not layer.locked))

    def _turn_eye(self) -> None:
        layer = self._layer()
        if layer is not None:
            self._editing.change(dataclasses.replace(layer, visible=not layer.visible))

    def _layer(self) -> ShownLayer | None:
        return next((each for each in self._editing.layers if each.id == self._layer_id), None)


class LayerList(QListWidget):
    """Shows, selects and orders layers. Space hides, Delete removes, Ctrl and an arrow moves.

    Args:
        editing: whose layers.
        parent: the panel.
    """

    def __init__(self, editing: SceneEditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._is_rendering = False
        self.setAccessibleName(self.tr("Layers, the foremost first"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setIconSize(QSize(18, 18))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(self._item_chosen)
        editing.changed.connect(self._render)
        editing.selected_changed.connect(self._show_selected)
        look().changed.connect(self._render)
        self._render()

    def dropEvent(self, event: QDropEvent) -> None:
        """See ``QWidget``: have the layer moved; the list follows when the engine has done so."""
        item, at = self.currentItem(), event.position().toPoint()
        under = self.indexAt(at)
        row = under.row() if under.isValid() else self.count()
        if under.isValid() and at.y() > self.visualRect(under).center().y():
            row += 1
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if item is not None:
            self._move_to_row(item, row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``."""
        layer, key = self._editing.selected, Qt.Key(event.key())
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if layer is not None and is_control and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.step(1 if key is Qt.Key.Key_Up else -1)
        elif layer is not None and key is Qt.Key.Key_Space and not layer.locked:
            self._editing.change(dataclasses.replace(layer, visible=not layer.visible))
        elif layer is not None and key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            if not layer.locked:
                self._editing.remove(layer)
        else:
            super().keyPressEvent(event)

    def step(self, way: int) -> None:
        """Move the selected layer one place to the front (1) or to the back (-1)."""
        layers = self._editing.layers
        layer = self._editing.selected
        if layer is None:
            return
        place = [each.id for each in layers].index(layer.id) + way
        if 0 <= place < len(layers):
            self._editing.obey(edits.move_layer(layer.id, place))

    def _move_to_row(self, item: QListWidgetItem, row: int) -> None:
        layers = self._editing.layers
        before = self.row(item)
        after = row - 1 if row > before else row
        if after != before:
            self._editing.obey(edits.move_layer(str(item.data(_ID)), len(layers) - 1 - after))

    def _render(self) -> None:
        """Show the layers; rows stay while the order does, and with them what the keyboard is at."""
        front_first = self._editing.layers[::-1]
        self._is_rendering = True
        if [self.item(row).data(_ID) for row in range(self.count())] != [each.id for each in front_first]:
            self._rebuild(front_first)
        for row, layer in enumerate(front_first):
            self._show_row(self.item(row), layer)
        self._is_rendering = False
        self._show_selected()

    def _rebuild(self, layers: tuple[ShownLayer, ...]) -> None:
        self.clear()
        for layer in layers:
            item = QListWidgetItem()
            item.setData(_ID, layer.id)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)  # between two of them only
            item.setSizeHint(QSize(0, _ROW_PX))
            self.addItem(item)
            self.setItemWidget(item, LayerRow(layer.id, self._editing))

    def _show_row(self, item: QListWidgetItem, layer: ShownLayer) -> None:
        name, source = self._editing.name_of(layer), self._editing.source_of(layer)
        item.setText(name)
        item.setIcon(look().icon(kind_of(source.kind if source is not None else "").icon))
        palette = look().palette
        item.setForeground(palette.text if layer.visible else palette.faint)
        states = [] if layer.visible else [self.tr("hidden")]
        states += [self.tr("locked")] if layer.locked else []
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join((name, *states)))
        row = self.itemWidget(item)
        if isinstance(row, LayerRow):
            row.show_layer(layer, name)

    def _show_selected(self) -> None:
        self._is_rendering = True
        selected = self._editing.selected
        rows = [row for row in range(self.count()) if selected and self.item(row).data(_ID) == selected.id]
        if rows:
            self.setCurrentRow(rows[0])
        else:
            self.setCurrentRow(-1)
            self.clearSelection()
        self._is_rendering = False

    def _item_chosen(self, item: QListWidgetItem | None) -> None:
        if not self._is_rendering:
            self._editing.select(str(item.data(_ID)) if item is not None else "")
