"""Says what went into the bin, and takes it out again for as long as it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.replays.asset_words import title_of
from powerstream_desktop.desktop.replays.cloud_words import is_shared
from powerstream_desktop.desktop.replays.deeds import Binned

SHOWN_MS: Final = 8000
"""Much less than the service waits, so that an undo that is offered can be done."""


class UndoBar(Card):
    """Shown after something went into the bin; hidden otherwise.

    Args:
        parent: its place.
        shown_ms: for so long.
    """

    undo_wanted = Signal(object)  # tuple[Binned, ...]

    def __init__(self, parent: QWidget | None = None, *, shown_ms: int = SHOWN_MS) -> None:
        super().__init__("", parent)
        self._binned: tuple[Binned, ...] = ()
        self._words = Label("", elide=True)
        self.undo = Button(self.tr("Undo"), Role.SMALL)
        self.close_bar = IconButton("close", self.tr("Close this notice"))
        row = QHBoxLayout()
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._words, 1)
        row.addWidget(self.undo)
        row.addWidget(self.close_bar)
        self.body.addLayout(row)
        self._later = QTimer(self, singleShot=True, interval=shown_ms)
        self._later.timeout.connect(self.forget)
        self.undo.clicked.connect(self._undo)
        self.close_bar.clicked.connect(self.forget)
        self.hide()

    def show_binned(self, binned: Sequence[Binned]) -> None:
        """Offer to undo this; what was offered before can be undone no more."""
        self._binned = tuple(binned)
        if len(binned) == 1:
            words = self.tr("“{title}” is in the bin.").format(title=title_of(binned[0].asset))
        else:
            words = self.tr("%n replay(s) are in the bin.", "", len(binned))
        if any(is_shared(each.asset) for each in binned):
            words = f"{words} {self.tr('On other computers, too.')}"
        self._words.show_text(words)
        self.setAccessibleName(words)
        self.show()
        self._later.start()

    def forget(self) -> None:
        """Offer nothing any more."""
        self._later.stop()
        self._binned = ()
        self.hide()

    def _undo(self) -> None:
        binned = self._binned
        self.forget()
        if binned:
            self.undo_wanted.emit(binned)
