"""One clip in a row: what it is, how far it is, and what can be done about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from powerstream_desktop.client.clips import Clip
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.review.time_code import US_PER_MS, whole_span

_PROGRESS_WIDTH_PX: Final = 90
_WHOLE: Final = 1000
_WORTH_SAYING_MS: Final = 50


class ClipRow(QWidget):
    """Shows one clip.

    Args:
        clip: as it is.
        parent: the list.
    """

    cancel_wanted = Signal(str)  # the clip with this id
    open_wanted = Signal(str)  # the replay with this id

    def __init__(self, clip: Clip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip = clip
        self._title = Label("", elide=True)
        self._facts = Label("", Tone.FAINT, letters=Letters.SMALL, elide=True)
        self._progress = QProgressBar()
        self._progress.setRange(0, _WHOLE)
        self._progress.setFixedWidth(_PROGRESS_WIDTH_PX)
        self._state = Chip()
        self.cancel = Button(self.tr("Cancel"), Role.SMALL)
        self.open = Button(self.tr("Open"), Role.SMALL)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for each in (self._progress, self._state, self.cancel, self.open):
            row.addWidget(each)
        self.cancel.clicked.connect(self._cancel)
        self.open.clicked.connect(self._open)
        self.show_clip(clip)

    @property
    def clip(self) -> Clip:
        """What is shown."""
        return self._clip

    def show_clip(self, clip: Clip) -> None:
        """Show how it is now."""
        self._clip = clip
        self._title.show_text(clip.title or self.tr("Clip"))
        self._facts.show_text(self._facts_of(clip))
        self._progress.setValue(round(clip.progress * _WHOLE))
        self._progress.setVisible(clip.state == "running")
        self._progress.setAccessibleName(self.tr("Progress of {clip}").format(clip=self._title.text()))
        self._state.show_text(*self._state_of(clip))
        self._state.setVisible(clip.state != "running")
        self.cancel.setVisible(not clip.is_over)
        self.open.setVisible(clip.result_asset_id is not None)
        for button in (self.cancel, self.open):
            button.setAccessibleName(f"{button.text()}: {self._title.text()}")

    def _facts_of(self, clip: Clip) -> str:
        if clip.state == "failed" and clip.error:
            return said("", clip.error)
        span = whole_span(clip.start_ms * US_PER_MS, clip.end_ms * US_PER_MS)
        added_ms = 0 if clip.actual_start_ms is None else clip.start_ms - clip.actual_start_ms
        if added_ms < _WORTH_SAYING_MS:
            return span
        seconds = figures.decimal(added_ms / 1000)
        return self.tr("{span}, begins {seconds} s earlier").format(span=span, seconds=seconds)

    def _state_of(self, clip: Clip) -> tuple[str, Tone]:
        match clip.state:
            case "queued":
                return self.tr("waiting"), Tone.MUTED
            case "done":
                return self.tr("done"), Tone.OK
            case "failed":
                return self.tr("failed"), Tone.ERR
            case "cancelled":
                return self.tr("cancelled"), Tone.MUTED
        return "", Tone.MUTED

    def _cancel(self) -> None:
        self.cancel_wanted.emit(self._clip.id)

    def _open(self) -> None:
        if self._clip.result_asset_id is not None:
            self.open_wanted.emit(self._clip.result_asset_id)
