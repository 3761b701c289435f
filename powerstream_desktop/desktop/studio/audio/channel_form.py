"""The fields of a channel: what it is called, whose sound it is, who hears it, and how."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from powerstream_desktop.client.computer import Devices
from powerstream_desktop.client.reading import Words
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.studio.audio.channel_edits import (
    DESKTOP_SOUND,
    MICROPHONE,
    changed,
    with_device,
)
from powerstream_desktop.desktop.studio.audio.channel_lines import kind_of_channel, list_trouble, listed_for

MIN_OFFSET_MS: Final = -950
MAX_OFFSET_MS: Final = 5000
MAX_NAME_CHARACTERS: Final = 80


class ChannelForm(QWidget):
    """The form. It shows words and gives other words; what somebody is typing stays until it was sent.

    Args:
        channel: as the engine has it.
        devices: those there are; None while nobody knows.
        parent: where it is shown.
    """

    edited = Signal(object)  # Words: the channel as it shall be

    def __init__(self, channel: Words, devices: Devices | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._channel = channel
        self._name = QLineEdit()
        self._name.setMaxLength(MAX_NAME_CHARACTERS)
        self._device = QComboBox()
        self._monitor = QComboBox()
        self._width = QComboBox()
        self._offset = QSpinBox()
        self._push_to_talk = Switch(self.tr("Push to talk"))
        self._fill(devices)
        self._lay_out(devices)
        self._connect()
        self.show_channel(channel)

    def show_channel(self, channel: Words) -> None:
        """Show how the engine has it."""
        self._channel = channel
        if not self._name.isModified():
            self._name.setText(str(channel.get("name", "")))
        for box, value in (
            (self._device, channel.get("content", {}).get("device", "")),
            (self._monitor, channel.get("monitor", "off")),
            (self._width, channel.get("width", "stereo")),
        ):
            _choose(box, str(value))
        offset_ms = int(channel.get("syncOffsetMs", 0))
        if offset_ms != self._offset.value():  # or what is being typed would be exchanged
            with QSignalBlocker(self._offset):
                self._offset.setValue(offset_ms)
        with QSignalBlocker(self._push_to_talk):
            self._push_to_talk.setChecked(bool(channel.get("isPushToTalk", False)))

    def _fill(self, devices: Devices | None) -> None:
        kind = kind_of_channel(self._channel)
        self._device.addItem(self.tr("The system's default"), "")
        for each in listed_for(kind, devices):
            self._device.addItem(str(each["name"]), str(each["id"]))
        wanted = str(self._channel.get("content", {}).get("device", ""))
        if self._device.findData(wanted) < 0:
            self._device.addItem(self.tr("Not plugged in"), wanted)
        self._monitor.addItem(self.tr("The audience"), "off")
        self._monitor.addItem(self.tr("Only you"), "only")
        self._monitor.addItem(self.tr("The audience and you"), "both")
        self._width.addItem(self.tr("Stereo"), "stereo")
        self._width.addItem(self.tr("Mono"), "mono")
        self._offset.setRange(MIN_OFFSET_MS, MAX_OFFSET_MS)
        self._offset.setSingleStep(10)
        self._offset.setSuffix(" ms")
        self._offset.setKeyboardTracking(False)

    def _lay_out(self, devices: Devices | None) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(12)
        has_device = kind_of_channel(self._channel) in {MICROPHONE, DESKTOP_SOUND}
        grid.addWidget(Field(self.tr("Name"), self._name), 0, 0, 1, 1 if has_device else 2)
        if has_device:
            device = Field(self.tr("Device"), self._device)
            device.show_error(list_trouble(kind_of_channel(self._channel), devices))
            grid.addWidget(device, 0, 1)
        grid.addWidget(Field(self.tr("Heard by"), self._monitor), 1, 0)
        grid.addWidget(Field(self.tr("Channels"), self._width), 1, 1)
        offset_help = self.tr(
            "How much later than the picture it is heard; less than nothing delays all the rest."
        )
        grid.addWidget(Field(self.tr("Sync offset"), self._offset, offset_help), 2, 0)
        talk_help = self.tr("Heard only while its key is held.")
        talk = Field(self.tr("Push to talk"), self._push_to_talk, talk_help)
        grid.addWidget(talk, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)

    def _connect(self) -> None:
        self._name.editingFinished.connect(self._renamed)
        self._device.activated.connect(
            lambda _: self.edited.emit(with_device(self._channel, self._device.currentData()))
        )
        self._monitor.activated.connect(lambda _: self._edit(monitor=self._monitor.currentData()))
        self._width.activated.connect(lambda _: self._edit(width=self._width.currentData()))
        self._offset.valueChanged.connect(lambda value: self._edit(syncOffsetMs=value))
        self._push_to_talk.toggled.connect(lambda is_on: self._edit(isPushToTalk=is_on))

    def _renamed(self) -> None:
        name = self._name.text().strip()
        self._name.setModified(False)
        if name and name != self._channel.get("name"):
            self._edit(name=name)
        elif not name:
            self._name.setText(str(self._channel.get("name", "")))

    def _edit(self, **fields: object) -> None:
        self.edited.emit(changed(self._channel, **fields))


def _choose(box: QComboBox, value: str) -> None:
    index = box.findData(value)
    if index >= 0 and index != box.currentIndex():
        with QSignalBlocker(box):
            box.setCurrentIndex(index)
