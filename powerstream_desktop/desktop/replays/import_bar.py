"""Says how far an import is, and in the end what came in and what did not."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QProgressBar, QWidget

from powerstream_desktop.client.replay_media import ImportBegun
from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.replays.import_progress import ImportProgress, RefusedFile

SHOWN_MS: Final = 8000
_WIDTH_PX: Final = 600
_METER_PX: Final = 120


class ImportBar(Card):
    """Shown while an import runs, and a while afterwards; if something was refused, until it is closed.

    Args:
        parent: its place.
        shown_ms: what went well is shown for so long.
    """

    reasons_wanted = Signal(object)  # tuple[RefusedFile, ...]

    def __init__(self, parent: QWidget | None = None, *, shown_ms: int = SHOWN_MS) -> None:
        super().__init__("", parent)
        self._refused: tuple[RefusedFile, ...] = ()
        self._heard_of = ""  # the id of the import that was told of last
        self._words = Label("", elide=True)
        self.meter = QProgressBar()
        self.meter.setTextVisible(False)
        self.meter.setFixedWidth(_METER_PX)
        self.meter.setAccessibleName(self.tr("Import"))
        self.reasons = Button(self.tr("Why not?"), Role.SMALL)
        self.close_bar = IconButton("close", self.tr("Close this notice"))
        row = QHBoxLayout()
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._words, 1)
        for each in (self.meter, self.reasons, self.close_bar):
            row.addWidget(each)
        self.body.addLayout(row)
        self._later = QTimer(self, singleShot=True, interval=shown_ms)
        self._later.timeout.connect(self.hide)
        self.reasons.clicked.connect(self._tell_reasons)
        self.close_bar.clicked.connect(self.hide)
        self.hide()

    def show_begun(self, begun: ImportBegun) -> None:
        """Show that an import was taken on; what its events said already is newer than this answer."""
        if begun.import_id != self._heard_of:
            # An import of nothing is over before anybody could be told of it.
            is_over = begun.total == 0
            self.show_progress(ImportProgress(done=0, total=begun.total, taken=0, is_over=is_over))

    def show_progress(self, progress: ImportProgress) -> None:
        """Show how far it is."""
        self._heard_of = progress.import_id
        self._refused = progress.refused
        self._later.stop()
        words = self._result(progress) if progress.is_over else self._progress(progress)
        self._words.show_text(words, Tone.WARN if progress.is_over and progress.refused_count else Tone.PLAIN)
        self.setAccessibleName(words)
        self.meter.setRange(0, max(1, progress.total))
        self.meter.setValue(progress.done)
        self.meter.setVisible(not progress.is_over)
        self.close_bar.setVisible(progress.is_over)
        self.reasons.setVisible(progress.is_over and bool(progress.refused))
        self.show()
        if progress.is_over and not progress.refused_count:
            self._later.start()

    def _progress(self, progress: ImportProgress) -> str:
        if not progress.file:
            return self.tr("%n file(s) to look into…", "", progress.total)
        return self.tr("Adding {number} of {all}: {file}").format(
            number=min(progress.done + 1, progress.total), all=progress.total, file=progress.file
        )

    def _result(self, progress: ImportProgress) -> str:
        if progress.total == 0:
            return self.tr("No film was found there.")
        taken = self.tr("%n replay(s) came into the library.", "", progress.taken)
        if not progress.refused_count:
            return taken
        return f"{taken} {self.tr('%n file(s) did not.', '', progress.refused_count)}"

    def _tell_reasons(self) -> None:
        self.reasons_wanted.emit(self._refused)


class RefusedFilesSheet(Sheet):
    """Says of each file why it is not in the library.

    Args:
        refused: the files.
    """

    def __init__(self, refused: tuple[RefusedFile, ...]) -> None:
        super().__init__(self.tr("Not imported"), _WIDTH_PX)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self.tr("Files that were not imported"))
        for each in refused:
            self.list.addItem(f"{each.file}\n{said(each.code, each.message)}")
        done = Button(self.tr("Close"))
        self.body.addWidget(self.list)
        self.footer.addStretch(1)
        self.footer.addWidget(done)
        done.clicked.connect(self.dismiss)
