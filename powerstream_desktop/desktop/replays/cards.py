"""The grid of cards: fills its width, goes by mouse and keys, and lets cards be dragged out.

All cards are of one size, so where each stands is reckoned and not kept: ten thousand are laid out as quickly as ten. (Qt's own list
goes over all its rows each time that some are added to it.)
"""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from powerstream_desktop.desktop.replays.card_grid import CardGrid

_OPENING: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
_REMOVING: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_CHOOSING: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_WHEEL_STEP_PX: Final = 24
_SCREENS_AHEAD: Final = 2
"""What comes next is asked for so early."""


class Cards(QListView):
    """A grid of cards.

    A click and Space open one, Return and a double click play it; F2 edits its title, Delete is for the bin; with Ctrl and Shift
    several are chosen. Letters are told to whoever searches.

    Args:
        parent: its place.
    """

    opened = Signal(object)  # QModelIndex
    play_wanted = Signal(object)  # QModelIndex
    removal_wanted = Signal()
    typed = Signal(str)
    drag_wanted = Signal()
    widened = Signal(int)  # to so many pixels

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = CardGrid()
        self._hovered = -1
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragEnabled(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("canvas", "true")
        self.clicked.connect(self._click)
        self.doubleClicked.connect(self._play)
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)

    @property
    def room_px(self) -> int:
        """Room for cards, that of the scroll bar left out: whether it is needed must not change how many fit into a row."""
        return self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()

    def show_cards(self, size: QSize, columns: int) -> None:
        """Show cards of this size, gap included, in so many columns."""
        self._grid = CardGrid(columns=columns, width_px=size.width(), height_px=size.height())
        self.doItemsLayout()

    def seen_rows(self) -> range:
        """Return which rows can be seen now."""
        place = self.viewport().rect().translated(0, self.verticalOffset())
        return self._grid.seen_between(place.top(), place.bottom(), self._count())

    def chosen_ranges(self) -> list[QItemSelectionRange]:
        """Return what is chosen, without walking over each of ten thousand rows."""
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    @property
    def chosen_count(self) -> int:
        """How many are chosen."""
        return sum(each.height() for each in self.chosen_ranges())

    def choose(self, rows: list[QModelIndex], current: QModelIndex) -> None:
        """Choose these rows, with the keyboard on one of them, opening none."""
        chosen = QItemSelection()
        for each in rows:
            chosen.select(each, each)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current.isValid():
            self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Where a card stands on the viewport."""
        if not index.isValid():
            return QRect()
        return self._grid.place_of(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return which card is at a point of the viewport."""
        row = self._grid.number_at(point + QPoint(0, self.verticalOffset()), self._count())
        return QModelIndex() if row is None else self.model().index(row, 0)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a card into sight by the shortest way."""
        if not index.isValid():
            return
        self.executeDelayedItemsLayout()  # of rows that came a moment ago
        place, bar, height = (
            self._grid.place_of(index.row()),
            self.verticalScrollBar(),
            self.viewport().height(),
        )
        if place.top() < bar.value() or place.height() > height:
            bar.setValue(place.top())
        elif place.bottom() > bar.value() + height:
            bar.setValue(place.bottom() + 1 - height)

    def doItemsLayout(self) -> None:
        """Reckon how far it scrolls; nothing else has to be laid out."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """See ``QAbstractItemView``."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(max(1, height - height % self._grid.height_px or height))
        bar.setSingleStep(_WHEEL_STEP_PX)
        bar.setRange(0, max(0, self._grid.whole_px(self._count()) - height))
        QAbstractItemView.updateGeometries(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards of which something is to be painted."""
        place = event.rect().translated(0, self.verticalOffset())
        model, chosen, delegate = self.model(), self.selectionModel(), self.itemDelegate()
        current = self.currentIndex().row() if self.hasFocus() else -1
        with QPainter(self.viewport()) as painter:
            for row in self._grid.seen_between(place.top(), place.bottom(), self._count()):
                index, option = model.index(row, 0), QStyleOptionViewItem()
                option.rect = self.visualRect(index)
                option.state = QStyle.StateFlag.State_Enabled
                if chosen.isSelected(index):
                    option.state |= QStyle.StateFlag.State_Selected
                if row == current:
                    option.state |= QStyle.StateFlag.State_HasFocus
                if row == self._hovered:
                    option.state |= QStyle.StateFlag.State_MouseOver
                delegate.paint(painter, option, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, play, remove, and search, on every system."""
        key, is_plain = Qt.Key(event.key()), not event.modifiers() & _COMMANDS
        if key in _OPENING and is_plain:
            if self.currentIndex().isValid():
                (self.opened if key is Qt.Key.Key_Space else self.play_wanted).emit(self.currentIndex())
        elif key in _REMOVING and is_plain:
            self.removal_wanted.emit()
        elif key is Qt.Key.Key_Escape and self.chosen_count > 1:
            self.clearSelection()
        elif is_plain and event.text().isprintable() and event.text():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the card under the pointer."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click with Ctrl or Shift chooses only."""
        self._modifiers = event.modifiers()
        super().mouseReleaseEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """See ``QAbstractItemView``: the pointer has left."""
        if event.type() is QEvent.Type.Leave:
            self._hover(-1)
        return bool(super().viewportEvent(event))

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Whoever knows where the files lie begins it."""
        self.drag_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say how wide it is."""
        QAbstractItemView.resizeEvent(self, event)
        self.widened.emit(self.room_px)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return where a key leads to."""
        count, row = self._count(), self.currentIndex().row()
        if count == 0:
            return QModelIndex()
        moves, columns = QAbstractItemView.CursorAction, self._grid.columns
        page = columns * max(1, self.viewport().height() // self._grid.height_px)
        steps = {
            moves.MoveLeft: -1,
            moves.MovePrevious: -1,
            moves.MoveRight: 1,
            moves.MoveNext: 1,
            moves.MoveUp: -columns,
            moves.MoveDown: columns,
            moves.MovePageUp: -page,
            moves.MovePageDown: page,
        }
        ends = {moves.MoveHome: 0, moves.MoveEnd: count - 1}
        if action in ends or row < 0:
            return self.model().index(ends.get(action, 0), 0)
        to = self._grid.step_from(row, steps[action], count)
        return self.model().index(to, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose what stands between two points, in the order of the list."""
        ends = [self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())]
        rows = sorted(each.row() for each in ends if each.isValid())
        chosen = QItemSelection()
        if rows:
            chosen.select(self.model().index(rows[0], 0), self.model().index(rows[-1], 0))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return what of a selection is in sight."""
        region = QRegion()
        for row in self.seen_rows():
            index = self.model().index(row, 0)
            if selection.contains(index):
                region += self.visualRect(index)
        return region

    def horizontalOffset(self) -> int:
        """It never goes sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far it has been scrolled."""
        return self.verticalScrollBar().value()

    def _count(self) -> int:
        # Qt asks before there is a model; an exception within its call would be the end of all its calls.
        model = cast("QAbstractItemModel | None", self.model())
        return 0 if model is None else model.rowCount()

    def _click(self, index: QModelIndex) -> None:
        if not self._modifiers & _CHOOSING:
            self.opened.emit(index)

    def _play(self, index: QModelIndex) -> None:
        self.play_wanted.emit(index)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            for each in (self._hovered, row):
                self.viewport().update(self.visualRect(self.model().index(each, 0)))
            self._hovered = row

    def _look_ahead(self, value: int) -> None:
        """Qt asks for more at the very end only."""
        if self._count() == 0:
            return
        is_near = value + _SCREENS_AHEAD * self.viewport().height() > self.verticalScrollBar().maximum()
        model = self.model()
        if is_near and model.canFetchMore(self.rootIndex()):
            model.fetchMore(self.rootIndex())
