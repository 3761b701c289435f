"""How much room the replays need, and how much is left."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from powerstream_desktop.client.library_care import Storage
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.link.desk import Desk

LOOK_MS = 30_000
SETTLES_MS = 500
"""Many changes at once, such as an import, are one question."""
_STEPS = 1000


class StorageCard(Card):
    """Shows it while it is seen.

    Args:
        desk: takes errands.
        parent: its place.
    """

    space_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._words = Label("", Tone.MUTED, elide=True)
        self.free = Button(self.tr("Free up space…"), Role.SMALL)
        self.meter = QProgressBar()
        self.meter.setTextVisible(False)
        self.meter.setRange(0, _STEPS)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Label(self.tr("Storage"), bold=True))
        row.addWidget(self._words, 1)
        row.addWidget(self.free)
        column = QVBoxLayout()
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.meter)
        self.body.addLayout(column)
        self.setAccessibleName(self.tr("Storage"))
        self.meter.setAccessibleName(self.tr("Storage"))
        self._again = QTimer(self, interval=LOOK_MS)
        self._soon = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._again.timeout.connect(self._ask)
        self._soon.timeout.connect(self._ask)
        self.free.clicked.connect(self.space_wanted)
        self._words.show_text(self.tr("Being measured…"))

    @property
    def is_measuring_soon(self) -> bool:
        """Something has changed that was not asked for yet."""
        return self._soon.isActive()

    def watch(self) -> None:
        """Look now, and again and again."""
        self._ask()
        self._again.start()

    def rest(self) -> None:
        """Look no more."""
        self._again.stop()
        self._soon.stop()

    def look_soon(self) -> None:
        """Something has changed."""
        if self._again.isActive():
            self._soon.start()

    def _ask(self) -> None:
        self._desk.ask(
            lambda client: client.library.storage(), self._show, otherwise=lambda _: None, owner=self
        )

    def _show(self, storage: Storage) -> None:
        used, free_bytes = figures.size(storage.used_bytes), storage.free_bytes or 0
        words = self.tr("{used} of replays on this computer").format(used=used)
        if storage.free_bytes is not None:
            words = self.tr("{replays} · {free} free").format(replays=words, free=figures.size(free_bytes))
        self._words.show_text(words)
        self.setAccessibleDescription(words)
        whole = storage.used_bytes + free_bytes
        is_known = storage.free_bytes is not None and whole > 0
        self.meter.setVisible(is_known)
        self.meter.setValue(round(_STEPS * storage.used_bytes / whole) if is_known else 0)
        self.meter.setAccessibleDescription(words)
