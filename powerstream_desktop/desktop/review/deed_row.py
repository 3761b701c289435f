"""What can be done with the replay under review: export a clip, edit its details, and the rest in a menu."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.menu_line import add_line
from powerstream_desktop.desktop.replays.cloud_wishes import CloudWish, wish_name
from powerstream_desktop.desktop.review.folding_row import FoldingRow, side_by_side
from powerstream_desktop.desktop.review.time_code import whole_span
from powerstream_desktop.desktop.review.transport import Transport


class DeedRow(QWidget):
    """Says what is wanted; does nothing itself.

    Args:
        parent: its place.
    """

    export_wanted = Signal()
    edit_wanted = Signal()
    named_mark_wanted = Signal()
    folder_wanted = Signal()
    copy_wanted = Signal()
    report_wanted = Signal()
    pin_wanted = Signal(bool)
    cloud_wanted = Signal(object)  # CloudWish

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_film = False
        self._has_selection = False
        self.export = Button(self.tr("Export clip"))
        self.edit = Button(self.tr("Edit details"))
        self.more = Button("⋯")
        menu = QMenu(self)
        self.named_mark = QAction(self.tr("Mark with a name…"), menu)
        self.folder = QAction(self.tr("Show in folder"), menu)
        self.copy = QAction(self.tr("Copy path"), menu)
        self.report = QAction(self.tr("Session report"), menu)
        self.pin = QAction(self.tr("Keep for good"), menu)
        self.pin.setCheckable(True)
        for action in (self.named_mark, self.folder, self.copy, self.report, self.pin):
            menu.addAction(action)
        self._above_cloud = add_line(menu)
        self.cloud = {wish: QAction(wish_name(wish), menu) for wish in CloudWish}
        for wish, action in self.cloud.items():
            menu.addAction(action)
            action.triggered.connect(self._wisher(wish))
        self.more.setMenu(menu)
        self.more.setAccessibleName(self.tr("More"))
        self.more.setToolTip(self.tr("More"))
        self._arrange()
        self._listen()
        self.show_transport(Transport())
        self.show_cloud(frozenset())

    def show_transport(self, transport: Transport) -> None:
        """Name the clip that is selected."""
        selection = transport.selection
        self._has_selection = selection is not None
        words = self.tr("Export clip")
        if selection is not None:
            words = self.tr("Export clip {span}").format(span=whole_span(*selection))
        self.export.setText(words)
        self._offer()

    def show_film(self, *, has_film: bool, is_here: bool = False) -> None:
        """Offer what needs a film, and what needs its file on this computer, or do not."""
        self._has_film = has_film and is_here
        self.named_mark.setEnabled(has_film)
        self.folder.setEnabled(self._has_film)
        self.copy.setEnabled(self._has_film)
        self._offer()

    def show_facts(self, *, has_report: bool, is_pinned: bool) -> None:
        """Offer the session's report where there is one, and show whether the replay is kept for good."""
        self.report.setEnabled(has_report)
        self.pin.setChecked(is_pinned)

    def show_cloud(self, possible: Collection[CloudWish]) -> None:
        """Offer what can be done with its copy in the cloud."""
        self._above_cloud.setVisible(bool(possible))
        for wish, action in self.cloud.items():
            action.setVisible(wish in possible)

    def _wisher(self, wish: CloudWish) -> Callable[[], None]:
        return lambda: self.cloud_wanted.emit(wish)

    def _offer(self) -> None:
        can_export = self._has_film and self._has_selection
        self.export.setEnabled(can_export)
        hint = self.tr("Choose where the clip begins and ends: keys I and O.")
        self.export.setToolTip("" if can_export else hint)

    def _arrange(self) -> None:
        rest = side_by_side(self.edit, self.more, gap_px=8, stretch_at=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(FoldingRow((self.export, rest), rest))

    def _listen(self) -> None:
        self.export.clicked.connect(self.export_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self.named_mark.triggered.connect(self.named_mark_wanted)
        self.folder.triggered.connect(self.folder_wanted)
        self.copy.triggered.connect(self.copy_wanted)
        self.report.triggered.connect(self.report_wanted)
        self.pin.triggered.connect(self.pin_wanted)
