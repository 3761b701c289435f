"""The health figures in the top bar, with the three causes kept apart."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.figures import count, decimal, percent, total_bitrate
from powerstream_desktop.desktop.shell.figure_view import FigureView
from powerstream_desktop.desktop.shell.figures import ComputerFigures, LineFigures, ProgramFigures

MUCH_PERCENT: Final = 1.0
TOO_MUCH_PERCENT: Final = 5.0
"""Of lost frames: from here on viewers see it."""
BUSY_PERCENT: Final = 80.0
LITTLE_HOURS: Final = 3.0
TOO_LITTLE_HOURS: Final = 0.5


class FigureRow(QWidget):
    """Upload, dropped, skipped, processors, disk.

    Args:
        parent: the top bar.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.upload = FigureView(self.tr("Upload"))
        self.dropped = FigureView(self.tr("Dropped"))
        self.skipped = FigureView(self.tr("Skipped"))
        self.cpu = FigureView(self.tr("CPU"))
        self.disk = FigureView(self.tr("Disk"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        for view in (self.upload, self.dropped, self.skipped, self.cpu, self.disk):
            layout.addWidget(view)
        self.show_line(None)
        self.show_program(None)
        self.show_computer(ComputerFigures())

    def show_line(self, figures: LineFigures | None) -> None:
        """Show what goes out; None while nothing does."""
        upload = self.tr("What all platforms together have taken in the last seconds.")
        if figures is None:
            self.upload.show_value("", Tone.MUTED, upload)
            self.dropped.show_value(
                "", Tone.MUTED, self.tr("Your internet: frames that did not get through to a platform.")
            )
            return
        self.upload.show_value(total_bitrate(figures.upload_kbps), Tone.PLAIN, upload)
        share = figures.dropped
        why = self.tr(
            "Your internet: in the last minute {lost} of {all} frames did not get through to a platform. "
            "If this stays above 1 %, lower the bitrate or use a cable."
        ).format(lost=count(share.lost), all=count(share.of))
        self.dropped.show_value(percent(share.percent / 100), _tone_of_loss(share.percent), why)

    def show_program(self, figures: ProgramFigures | None) -> None:
        """Show how well the program is made; None while nothing is encoded."""
        if figures is None:
            self.skipped.show_value(
                "", Tone.MUTED, self.tr("Your computer: pictures that could not be made in time.")
            )
            return
        lines = (
            self.tr("Your computer: in the last minute the encoder missed {lost} of {all} pictures.").format(
                lost=count(figures.encoder.lost), all=count(figures.encoder.of)
            ),
            self.tr("Your graphics: {lost} of {all} pictures were not put together in time.").format(
                lost=count(figures.graphics.lost), all=count(figures.graphics.of)
            ),
            self.tr(
                "If this stays above 1 %, close other programs, or lower the size or the frames a second."
            ),
        )
        share = figures.skipped_percent
        self.skipped.show_value(percent(share / 100), _tone_of_loss(share), "\n".join(lines))

    def show_computer(self, figures: ComputerFigures) -> None:
        """Show what is taken of the computer, and left."""
        cpu = figures.cpu_percent
        about = self.tr("What PowerStream takes of all processors of this computer.")
        if cpu is None:
            self.cpu.show_value("", Tone.MUTED, about)
        else:
            self.cpu.show_value(
                percent(cpu / 100, 0), Tone.WARN if cpu >= BUSY_PERCENT else Tone.PLAIN, about
            )
        hours = figures.disk_hours
        about = self.tr("How long the disk has room for a recording at the chosen bitrate.")
        if hours is None:
            self.disk.show_value("", Tone.MUTED, about)
        else:
            self.disk.show_value(self._room(hours), _tone_of_room(hours), about)

    def _room(self, hours: float) -> str:
        if hours >= 9.95:
            return self.tr("{hours} h left").format(hours=count(round(hours)))
        return self.tr("{hours} h left").format(hours=decimal(hours))


def _tone_of_loss(share_percent: float) -> Tone:
    if share_percent >= TOO_MUCH_PERCENT:
        return Tone.ERR
    return Tone.WARN if share_percent >= MUCH_PERCENT else Tone.PLAIN


def _tone_of_room(hours: float) -> Tone:
    if hours < TOO_LITTLE_HOURS:
        return Tone.ERR
    return Tone.WARN if hours < LITTLE_HOURS else Tone.PLAIN
