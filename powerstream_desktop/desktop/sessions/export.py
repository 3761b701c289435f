"""A report as a file of the person's choice. Nothing waits: the dialog is the window's own, the disk is another thread's."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.sessions import Session
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.desktop.language.language import current
from powerstream_desktop.desktop.sessions.file_name import report_file_name
from powerstream_desktop.desktop.sessions.report import Report
from powerstream_desktop.desktop.sessions.report_html import report_html
from powerstream_desktop.desktop.sessions.report_json import report_json
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class ReportFormat(Enum):
    """What a report can be written as; the value is how the file's name ends."""

    HTML = ".html"
    JSON = ".json"


FileAsker = Callable[[QWidget, str, Callable[[Path], None]], None]
"""Asks where to; given the window, the proposed path, and who gets the answer if there is one."""


class ReportExport(QObject):
    """Writes reports.

    Args:
        surroundings: what the window lends.
        ask_file: asks where to.
        parent: over which the dialog is shown.
    """

    def __init__(self, surroundings: Surroundings, ask_file: FileAsker, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._ask_file = ask_file
        self._window = parent

    def save(self, report: Report, session: Session, form: ReportFormat) -> None:
        """Ask for a place, and write it there.

        Args:
            report: what is said.
            session: in whose words JSON has it, too.
            form: HTML or JSON.
        """
        name = report_file_name(report.title, report.started_at.astimezone(), form.value)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        text = (
            report_html(report, current().code)
            if form is ReportFormat.HTML
            else report_json(report, session.words)
        )
        self._ask_file(self._window, str(Path(folder) / name), lambda path: self._write(path, text))

    def _write(self, path: Path, text: str) -> None:
        def errand(_: Client) -> None:
            write_report(path, text)

        self._surroundings.desk.ask(errand, lambda _: self._tell(path), owner=self)

    def _tell(self, path: Path) -> None:
        self._surroundings.ways.tell(self.tr("The report was saved."), str(path))


def ask_in_dialog(window: QWidget, proposed: str, then: Callable[[Path], None]) -> None:
    """Ask by the system's dialog, which blocks nothing."""
    dialog = QFileDialog(window, QCoreApplication.translate("ReportExport", "Save the report"), proposed)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(proposed).suffix.removeprefix("."))
    dialog.selectFile(proposed)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def write_report(path: Path, text: str) -> None:
    """Write a file; SystemFault if that cannot be."""
    try:
        path.write_text(text, "utf-8", errors="replace")
    except OSError as error:
        raise SystemFault(
            "The report could not be saved.", hint="Choose another folder.", detail=repr(error)
        ) from error
