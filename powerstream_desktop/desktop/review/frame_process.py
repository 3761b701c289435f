"""The frame server as ``FrameSource``: a child process of the window, which decodes foreign files in our stead."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QProcess, QTimer
from PySide6.QtGui import QImage

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frame_protocol import (
    FRAME_COMMANDS,
    AskFrame,
    FilmOpened,
    FilmRefused,
    FrameCommand,
    FrameLost,
    FrameReport,
    FrameShown,
    OpenFilm,
    ReportStream,
)
from powerstream_desktop.common.own_program import own_command
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.review.frame_source import FilmFacts, FrameSource, Still
from powerstream_desktop.desktop.review.wishes import FrameWish

PATIENCE_MS: Final = 20_000
"""For one answer. A file on a disk that has to wake up takes ten seconds."""
SPARE_MS: Final = 1000
"""After a film was opened: its first picture goes first."""
_CLOSING_MS: Final = 1000
_MODULE: Final = "powerstream_desktop.library.frames.frames_worker"

logger = logging.getLogger(__name__)


def frame_process(owner: QObject) -> FrameSource:
    """Make the real source."""
    return FrameProcess(owner)


class FrameProcess(FrameSource):
    """Runs a frame server while a film is open, and has another one ready for the next film.

    Args:
        parent: owns it.
        command: starts the server; None for this program's own.
        patience_ms: a server that does not answer for so long is ended.
    """

    def __init__(
        self, parent: QObject, *, command: Sequence[str] | None = None, patience_ms: int = PATIENCE_MS
    ) -> None:
        super().__init__(parent)
        self._command = tuple(command or own_command("frames", module=_MODULE))
        self._process: QProcess | None = None
        self._spare: QProcess | None = None  # started, and not asked anything yet
        self._stream = ReportStream()
        self._number = 0
        self._film = 0  # the number of the open film; 0 while none is
        self._watch = QTimer(self, singleShot=True, interval=patience_ms)
        self._watch.timeout.connect(self._give_up)
        self._later = QTimer(self, singleShot=True, interval=SPARE_MS)
        self._later.timeout.connect(self._prepare)

    def open(self, file: str) -> None:
        """See ``FrameSource``."""
        if self._film > 0:
            self._end_server()  # it opens one film in its life
        self._begin_server()
        self._number += 1
        self._film = self._number
        self._say(OpenFilm(number=self._number, file=file))

    def warm(self) -> None:
        """See ``FrameSource``."""
        self._begin_server()

    def ask(self, wish: FrameWish) -> None:
        """See ``FrameSource``."""
        self._number += 1
        self._say(
            AskFrame(
                number=self._number, at_us=wish.at_us, steps=wish.steps, width=wish.width, height=wish.height
            )
        )

    def close(self) -> None:
        """See ``FrameSource``; waits for the process, for a moment."""
        self._end_server()

    def end(self) -> None:
        """See ``FrameSource``; waits for the processes, for a moment."""
        self._later.stop()
        self._end_server()
        spare, self._spare = self._spare, None
        if spare is not None:
            _end(spare)

    def _begin_server(self) -> None:
        if self._process is not None:
            return
        process, self._spare = self._spare, None
        if process is not None and process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
            process = None
        process = process or self._started()
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._give_up)
        process.errorOccurred.connect(self._fail_to_start)
        self._process, self._stream, self._film = process, ReportStream(), 0

    def _end_server(self) -> None:
        self._watch.stop()
        process, self._process, self._film = self._process, None, 0
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._read)
            process.finished.disconnect(self._give_up)
            process.errorOccurred.disconnect(self._fail_to_start)
            _end(process)

    def _prepare(self) -> None:
        """Have a server ready for the next film: half of what opening one takes is loading what decodes it."""
        if self._spare is None:
            self._spare = self._started()

    def _started(self) -> QProcess:
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.start(self._command[0], list(self._command[1:]))
        return process

    def _say(self, command: FrameCommand) -> None:
        if self._process is None:
            self.lost.emit()
            return
        self._process.write(QByteArray(FRAME_COMMANDS.encode(command)))
        self._watch.start()

    def _read(self) -> None:
        if self._process is None:
            return
        data = bytes(self._process.readAllStandardOutput().data())
        try:
            for report, picture in self._stream.take(data):
                self._take(report, picture)
        except PowerStreamError as error:
            logger.info("The frame server is not understood: %s", error.detail or error.title)
            self._give_up()

    def _take(self, report: FrameReport, picture: bytes) -> None:
        if report.number < self._film:
            return  # of a film that was open before
        if report.number == self._number:
            self._watch.stop()
        match report:
            case FilmOpened():
                self._later.start()
                facts = FilmFacts(
                    length_us=report.length_us,
                    width=report.width,
                    height=report.height,
                    frame_us=report.frame_us,
                )
                self.opened.emit(facts)
            case FilmRefused():
                self.refused.emit(said("", report.title), said("", report.hint))
            case FrameShown():
                self.came.emit(_still(report, picture))
            case FrameLost():
                self.lost.emit()

    def _fail_to_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # any other ends in ``finished``
            self._give_up()

    def _give_up(self) -> None:
        self.close()
        self.refused.emit(
            self.tr("The pictures of this file cannot be shown one by one."),
            self.tr("The file may be damaged. Another player may show it."),
        )


def _end(process: QProcess) -> None:
    """End a server, which keeps nothing that could be lost."""
    process.closeWriteChannel()
    process.kill()
    process.waitForFinished(_CLOSING_MS)
    process.deleteLater()


def _still(report: FrameShown, picture: bytes) -> Still:
    lent = QImage(picture, report.width, report.height, report.stride, QImage.Format.Format_RGB32)
    # A copy: the lent one would need the bytes to live as long as itself.
    return Still(image=lent.copy(), at_us=report.at_us, until_us=report.until_us)
