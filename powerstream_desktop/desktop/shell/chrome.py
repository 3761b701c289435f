"""Everything around the pages: top bar, rail, banner, foot. Made anew when the language changes."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.shell.banner_bar import BannerBar
from powerstream_desktop.desktop.shell.foot import Foot
from powerstream_desktop.desktop.shell.rail import Rail
from powerstream_desktop.desktop.shell.sheet_frame import SheetFrame
from powerstream_desktop.desktop.shell.station_picker import StationPicker
from powerstream_desktop.desktop.shell.surroundings import PageName
from powerstream_desktop.desktop.shell.top_bar import TopBar


class Chrome(QWidget):
    """Lays the window out.

    Args:
        stack: the pages; they outlive this.
        names: pages that there are.
        picker: of stations.
        parent: the window.
    """

    def __init__(
        self, stack: QWidget, names: Iterable[PageName], picker: StationPicker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.top = TopBar(picker)
        self.rail = Rail(names)
        self.banner = BannerBar()
        self.foot = Foot()
        middle = QWidget(self)
        beside = QHBoxLayout(middle)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.rail)
        page = QVBoxLayout()
        page.setSpacing(0)
        page.addWidget(self.banner)
        page.addWidget(stack, 1)
        beside.addLayout(page, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(middle, 1)
        layout.addWidget(self.foot)
        self.sheets = SheetFrame(middle)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
