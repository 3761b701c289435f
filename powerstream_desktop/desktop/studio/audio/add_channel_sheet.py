"""A new channel: what shall be heard, of which device, and what it is called."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLineEdit

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.computer import Devices
from powerstream_desktop.client.reading import Words
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.audio.channel_edits import (
    DESKTOP_SOUND,
    MICROPHONE,
    SOURCE_SOUND,
    TONE,
    new_channel,
)
from powerstream_desktop.desktop.studio.audio.channel_form import MAX_NAME_CHARACTERS
from powerstream_desktop.desktop.studio.audio.channel_lines import (
    list_trouble,
    listed_for,
    sources_with_sound,
)

WIDTH_PX: Final = 480


class AddChannelSheet(Sheet):
    """The sheet.

    Args:
        surroundings: what the window lends.
    """

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__("", WIDTH_PX)
        self.show_title(self.tr("Add a channel"))
        self._surroundings = surroundings
        self._devices: Devices | None = None
        self._kind = QComboBox()
        self._which = QComboBox()
        self._name = QLineEdit()
        self._name.setMaxLength(MAX_NAME_CHARACTERS)
        self._which_field = Field(self.tr("Which one"), self._which)
        self._problem = Label("", Tone.ERR, wrap=True)
        self._problem.hide()
        self._add = Button(self.tr("Add"), Role.PRIMARY)
        self._lay_out()
        self._show_choices()
        surroundings.desk.ask(
            lambda client: client.computer.devices(), self._devices_told, otherwise=self._say, owner=self
        )

    def _lay_out(self) -> None:
        for text, kind in (
            (self.tr("Microphone"), MICROPHONE),
            (self.tr("What this computer plays"), DESKTOP_SOUND),
            (self.tr("A media file's sound"), SOURCE_SOUND),
            (self.tr("Test tone"), TONE),
        ):
            self._kind.addItem(text, kind)
        self.body.addWidget(Field(self.tr("What shall be heard"), self._kind))
        self.body.addWidget(self._which_field)
        self.body.addWidget(Field(self.tr("Name"), self._name))
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.dismiss)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self._add)
        self._add.clicked.connect(self._add_channel)
        self._kind.currentIndexChanged.connect(self._show_choices)
        self._which.currentIndexChanged.connect(self._propose_name)
        self._name.returnPressed.connect(self._add.click)

    def _devices_told(self, devices: Devices) -> None:
        self._devices = devices
        self._show_choices()

    def _show_choices(self) -> None:
        kind = self._kind.currentData()
        with QSignalBlocker(self._which):
            self._which.clear()
            for id_, name in self._choices(kind):
                self._which.addItem(name, id_)
        self._which_field.setVisible(kind != TONE)
        self._which_field.show_error(
            self.tr("There is none yet. Add a media file to a scene first.")
            if self._lacks_source(kind)
            else list_trouble(kind, self._devices)
        )
        self._add.setEnabled(not self._lacks_source(kind))
        self._propose_name()

    def _choices(self, kind: str) -> list[tuple[str, str]]:
        if kind == SOURCE_SOUND:
            status = self._surroundings.feed.now.studio
            return list(sources_with_sound(status.studio if status is not None else None))
        listed = listed_for(kind, self._devices)
        return [
            ("", self.tr("The system's default")),
            *((str(each["id"]), str(each["name"])) for each in listed),
        ]

    def _lacks_source(self, kind: str) -> bool:
        return kind == SOURCE_SOUND and self._which.count() == 0

    def _propose_name(self) -> None:
        """Name it after what was chosen, until somebody has typed a name."""
        if not self._name.isModified():
            is_default = self._kind.currentData() == TONE or not self._which.currentData()
            self._name.setText(
                (self._kind if is_default else self._which).currentText()[:MAX_NAME_CHARACTERS]
            )

    def _add_channel(self) -> None:
        kind, which = self._kind.currentData(), str(self._which.currentData() or "")
        name = self._name.text().strip() or self._kind.currentText()
        channel = new_channel(name, kind, device=which, source=which)
        self._problem.hide()
        self._surroundings.desk.ask(
            lambda client: _put(client, channel), lambda _: self.dismiss(), otherwise=self._say, owner=self
        )

    def _say(self, error: PowerStreamError) -> None:
        sentence = " ".join(filter(None, (said("", error.title), said("", error.hint))))
        self._problem.show_text(sentence)
        self._problem.show()


def _put(client: Client, channel: Words) -> None:
    client.studio.obey("audio/channel", {"channel": channel}, is_repeatable=True)
