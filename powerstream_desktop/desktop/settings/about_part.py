"""About: what this is, whose work it stands on, where its files are, and what to send with a report."""

from __future__ import annotations

import os
import platform
from typing import Final

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from powerstream_desktop import __version__
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.settings.checks_card import ChecksCard
from powerstream_desktop.desktop.settings.examination import Examination, as_text
from powerstream_desktop.desktop.settings.licences import installed_licences
from powerstream_desktop.desktop.settings.part import Part
from powerstream_desktop.desktop.settings.sections import Section
from powerstream_desktop.desktop.shell.surroundings import Surroundings

_LICENCES_PX: Final = 230


class AboutPart(Part):
    """What this program is.

    Args:
        surroundings: know whether something is on air.
        examination: None for one of the program's own.
    """

    def __init__(self, surroundings: Surroundings, examination: Examination | None = None) -> None:
        super().__init__(Section.ABOUT, has_options=False)
        self._paths = Paths.from_environment(os.environ)
        self._add_program()
        self._checks = self._add_checks(surroundings, examination)
        self._licences = QPlainTextEdit()
        self._add_licences()

    def came_up(self) -> None:
        """See ``Part``: the packages are read when somebody looks."""
        if not self._licences.toPlainText():
            lines = [f"{each.name} {each.version}: {each.licence}" for each in installed_licences()]
            self._licences.setPlainText("\n".join(lines))

    def _add_program(self) -> None:
        card = Card("PowerStream Desktop")
        box = QVBoxLayout()
        box.setContentsMargins(16, 12, 14, 14)
        box.setSpacing(6)
        box.addWidget(Label(self.tr("Version {version}").format(version=__version__), bold=True))
        about = self.tr(
            "Free software under the GNU General Public License, version 3 or later; it comes without any warranty."
        )
        box.addWidget(Label(about, Tone.MUTED, wrap=True))
        folder = self.tr("Data of this program: {folder}").format(folder=self._paths.data)
        place = Label(folder, Tone.MUTED, wrap=True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(place)
        line = QHBoxLayout()
        show = Button(self.tr("Open the folder"))
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._paths.data))))
        line.addWidget(show)
        line.addStretch(1)
        box.addLayout(line)
        card.body.addLayout(box)
        self.add_card(card, about, folder)

    def _add_checks(self, surroundings: Surroundings, examination: Examination | None) -> ChecksCard:
        title = self.tr("Diagnostics")
        intro = self.tr(
            "Looks at devices, encoders, keyring, ports, disk and certificates. The report names no keys and can be sent with a question."
        )
        card = ChecksCard(title, intro, surroundings.feed, tuple, examination)
        copy = Button(self.tr("Copy the report"), Role.SMALL)
        copy.clicked.connect(self._copy)
        card.add_to_header(copy)
        self.add_card(card, title, intro)
        return card

    def _add_licences(self) -> None:
        card = Card(self.tr("Work of others"))
        self._licences.setReadOnly(True)
        self._licences.setFixedHeight(_LICENCES_PX)
        self._licences.setTabChangesFocus(True)
        self._licences.setAccessibleName(self.tr("Programs of others in this one, with their licences"))
        box = QVBoxLayout()
        box.setContentsMargins(14, 12, 14, 14)
        box.addWidget(self._licences)
        card.body.addLayout(box)
        self.add_card(card, self.tr("Licences, licenses, open source"))

    def _copy(self) -> None:
        head = (
            f"PowerStream Desktop {__version__}, Qt {qVersion()}, Python {platform.python_version()}, "
            f"{platform.system()} {platform.release()}, {QGuiApplication.platformName()}"
        )
        QGuiApplication.clipboard().setText("\n".join([head, as_text(self._checks.checks)]).strip())
