"""The log of notices, as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import light_of
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.outlook.outlook import Notice

WIDTH_PX: Final = 640


class NoticeLog(Sheet):
    """Shows what hinders now, and what happened since the window was opened.

    Args:
        notices: what hinders first, then the rest, the newest first.
    """

    def __init__(self, notices: Sequence[Notice]) -> None:
        super().__init__("", WIDTH_PX)
        self.show_title(self.tr("Notices"))
        self.body.setSpacing(0)
        for notice in notices:
            self.body.addWidget(_row(notice, self._when(notice.happened_at)))
        if not notices:
            filler = Filler()
            filler.empty(self.tr("Nothing has happened."), self.tr("What hinders a broadcast is told here."))
            self.body.addWidget(filler)
        self.body.addStretch(1)

    def _when(self, moment: datetime | None) -> str:
        return self.tr("now") if moment is None else moment.astimezone().strftime("%H:%M:%S")


def _row(notice: Notice, when: str) -> QWidget:
    row = QFrame()
    row.setProperty("box", "row")
    light = Light()
    light.show_light(light_of(notice.severity))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(said(notice.code, notice.sentence), wrap=True))
    if notice.remedy:
        words.addWidget(Label(said(notice.code, notice.remedy), Tone.MUTED, wrap=True, letters=Letters.SMALL))
    layout = QHBoxLayout(row)
    layout.setContentsMargins(4, 9, 8, 9)
    layout.setSpacing(10)
    layout.addWidget(light, 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(words, 1)
    layout.addWidget(Label(when, Tone.FAINT, letters=Letters.SMALL), 0, Qt.AlignmentFlag.AlignTop)
    return row
