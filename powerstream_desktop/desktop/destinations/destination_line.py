"""A line of the table: the widgets of one endpoint, which are kept while it is there, so that the keyboard stays where it is."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from powerstream_desktop.desktop.destinations.destination_row import DestinationRow
from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind, tone_of
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.kit.tone import Tone


class RowAct(Enum):
    """What can be done with a destination."""

    EDIT = "edit"
    CHECK = "check"
    RETRY = "retry"
    PASTE_KEY = "paste-key"
    UP = "up"
    DOWN = "down"
    DELETE = "delete"


class DestinationLine(QObject):
    """The cells of one endpoint.

    Args:
        row: what they show at first.
        parent: the table.
    """

    acted = Signal(object)
    """A ``RowAct`` was chosen."""
    switched = Signal(bool)
    """It shall be used, or not."""

    def __init__(self, row: DestinationRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._light = Light(parent=parent)
        self._platform = Label("", bold=True, parent=parent)
        self._name = Label("", elide=True, parent=parent)
        self._server = Label("", Tone.MUTED, elide=True, parent=parent)
        self._key = Chip("", parent=parent)
        self._now = Label("", parent=parent)
        self._error = Label("", Tone.MUTED, wrap=True, parent=parent)
        self._connected = Label("", Tone.MUTED, parent=parent)
        self._use = Switch(self.tr("Use it"), parent)
        self._more = IconButton("more", self.tr("More"), parent)
        self._row: DestinationRow | None = None
        self._actions: dict[RowAct, QAction] = {}
        self._menu = self._made_menu(parent)
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._use.clicked.connect(lambda: self.switched.emit(self._use.isChecked()))
        self.show_row(row)

    @property
    def cells(self) -> tuple[QWidget, ...]:
        """The widgets, in the order of the columns."""
        return (
            self._light, self._platform, self._name, self._server, self._key, self._now, self._error, self._connected,
            self._use, self._more,
        )  # fmt: skip

    def show_row(self, row: DestinationRow) -> None:
        """Show how it stands now."""
        self._use.setChecked(row.in_use)  # somebody may have turned it, and was refused
        if row == self._row:
            return
        self._row = row
        who = self._called(row)
        self._light.show_light(row.light, f"{who}: {row.now}. {row.last_error}".strip())
        self._platform.show_text(row.platform)
        self._name.show_text(row.name)
        self._server.show_text(row.host)
        self._server.setToolTip(plain_tip(row.server_url))
        self._key.show_text(
            self.tr("key set") if row.has_key else self.tr("no key"), Tone.MUTED if row.has_key else Tone.WARN
        )
        self._now.show_text(row.now, Tone.OK if row.light is LightKind.LIVE else tone_of(row.light))
        self._now.setToolTip(plain_tip(row.details))
        self._now.setAccessibleDescription(row.details)
        self._error.show_text(row.last_error or "—")
        self._error.setToolTip(plain_tip(row.remedy))
        self._error.setAccessibleDescription(row.remedy)
        self._connected.show_text(row.last_connected or "—")
        self._use.setAccessibleName(self.tr("Use {name}").format(name=who))
        self._more.setAccessibleName(self.tr("More for {name}").format(name=who))
        self._actions[RowAct.RETRY].setEnabled(
            row.is_on_air and row.light in {LightKind.WORKING, LightKind.BAD}
        )
        self._actions[RowAct.CHECK].setEnabled(not row.is_on_air)
        self._actions[RowAct.DELETE].setText(
            self.tr("Yes, delete {name} and its key").format(name=who).replace("&", "&&")
        )

    def may_move(self, *, up: bool, down: bool) -> None:
        """Say whether there is a line above, and one below."""
        self._actions[RowAct.UP].setEnabled(up)
        self._actions[RowAct.DOWN].setEnabled(down)

    def remove(self) -> None:
        """Take its cells away."""
        for cell in self.cells:
            cell.hide()
            cell.deleteLater()
        self._menu.deleteLater()
        self.deleteLater()

    def _called(self, row: DestinationRow) -> str:
        return row.platform if row.name == row.platform else f"{row.platform} {row.name}"

    def _made_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        for act, text in (
            (RowAct.EDIT, self.tr("Edit")),
            (RowAct.PASTE_KEY, self.tr("Paste a new key")),
            (RowAct.CHECK, self.tr("Check")),
            (RowAct.RETRY, self.tr("Retry now")),
            (RowAct.UP, self.tr("Move up: keeps the picture longer")),
            (RowAct.DOWN, self.tr("Move down: gives way earlier")),
        ):
            self._add(menu, act, text)
        menu.addSeparator()
        delete = QMenu(self.tr("Delete"), menu)
        menu.addMenu(delete)
        self._add(delete, RowAct.DELETE, "")
        return menu

    def _add(self, menu: QMenu, act: RowAct, text: str) -> None:
        # Made here, and not by the menu: a Python object that stands for one of Qt's making ends, with all of its kind below it,
        # when one that stands for a parent of Qt's making does, such as a scroll area's viewport that somebody asked for.
        action = QAction(text, menu)
        menu.addAction(action)
        action.triggered.connect(lambda: self.acted.emit(act))
        self._actions[act] = action
