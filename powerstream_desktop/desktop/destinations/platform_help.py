"""What somebody needs to know to fill in a destination: where its key is, what the platform takes at most, and what a check found."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.client.preflight import PreflightReport
from powerstream_desktop.desktop.destinations.platform_facts import PlatformFacts
from powerstream_desktop.desktop.golive.preflight_lines import PreflightLine, destination_lines
from powerstream_desktop.desktop.golive.preflight_panel import PreflightLines
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.tone import Tone

_GAP_PX: Final = 10


class PlatformHelp(QWidget):
    """The right half of the destination's sheet.

    Args:
        parent: where it lives.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url = QUrl()
        self._where_title = Label(self.tr("Where the key is"), bold=True)
        self._where = Label("", Tone.MUTED, wrap=True)
        self._event = Label(
            self.tr("A key serves one broadcast: paste today's key each time."), Tone.WARN, wrap=True
        )
        self._open = Button("", Role.LINK)
        self._open.clicked.connect(lambda: QDesktopServices.openUrl(self._url))
        self._limits = Label("", Tone.FAINT, letters=Letters.SMALL, wrap=True)
        self._found = PreflightLines()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(_GAP_PX)
        for widget in (self._where_title, self._where, self._event):
            lines.addWidget(widget)
        lines.addWidget(self._open, alignment=Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(self._limits)
        lines.addWidget(self._found)
        lines.addStretch(1)

    def show_platform(self, facts: PlatformFacts) -> None:
        """Show what is known of a platform."""
        where = facts.where or self.tr(
            "An address begins with rtmp:// or, encrypted, rtmps://, such as rtmps://live.example.com/app. "
            "The page or the person that gave it to you has the stream key, too."
        )
        self._where.show_text(where)
        self._event.setVisible(facts.is_for_one_event)
        self._url = QUrl(facts.help_url)
        self._open.setVisible(self._url.scheme() == "https")
        self._open.setText(
            self.tr("Open {platform}'s page with the key").format(platform=facts.name).replace("&", "&&")
        )
        self._limits.show_text(self.tr("It takes at most: {limits}.").format(limits=facts.limits))
        self._limits.setVisible(bool(facts.limits))
        self._found.show_lines(())

    def show_looking(self) -> None:
        """Say that the server is being asked."""
        text = self.tr("Asking the server for a connection…")
        self._found.show_lines((PreflightLine(light=LightKind.WORKING, sentence=text),))

    def show_report(self, report: PreflightReport, endpoint: Endpoint) -> None:
        """Show what a check found."""
        found = list(destination_lines(report, endpoint.id, endpoint.name))
        if all(each.light is LightKind.LIVE for each in found):
            text = self.tr("Nothing speaks against it. No key was sent, nothing was published.")
            found.append(PreflightLine(light=LightKind.OFF, sentence=text))
        self._found.show_lines(found)

    def show_trouble(self, sentence: str) -> None:
        """Say why it could not be checked or saved; empty for nothing."""
        lines = (PreflightLine(light=LightKind.BAD, sentence=sentence),) if sentence else ()
        self._found.show_lines(lines)
