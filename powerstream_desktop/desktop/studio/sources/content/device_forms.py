"""Screens, windows and cameras: chosen from the computer's list, or kept although they are not there just now."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from powerstream_desktop.client.reading import Words
from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.studio.sources.content.content_form import ContentForm
from powerstream_desktop.desktop.studio.sources.content.devices import DeviceList

_LOOKS_LIKE_AN_ADDRESS: Final = "://"


class DeviceForm(ContentForm):
    """A list of devices with a button that looks again.

    Args:
        content: at first.
        devices: the computer's.
        kind: of device, as the service calls it.
        label: of the list.
        field: of the content, which names the device.
        parent: the panel or the sheet.
    """

    def __init__(
        self,
        content: Words,
        devices: DeviceList,
        *,
        kind: str,
        label: str,
        field: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(content, parent)
        self._devices = devices
        self._kind = kind
        self._field_name = field
        self._box = QComboBox()
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(12)
        self._box.activated.connect(self._chosen)
        self._again = IconButton("retry", self.tr("Look again"))
        self._again.clicked.connect(devices.ask)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box, 1)
        row.addWidget(self._again)
        self._box.setAccessibleName(label)
        line.setFocusProxy(self._box)
        self._field = Field(label, line)
        self.rows.addWidget(self._field)
        devices.changed.connect(self._render)
        self._render()
        if devices.devices is None:
            devices.ask()

    @property
    def suggested_name(self) -> str:
        """Return the device's own name."""
        return self._box.currentText() if self._chosen_device else ""

    @property
    def is_complete(self) -> bool:
        """Whether a device is chosen."""
        return bool(self._chosen_device)

    @property
    def _chosen_device(self) -> str:
        return str(self._content.get(self._field_name, ""))

    def _offered(self) -> list[tuple[str, str]]:
        """Return what can be chosen: ids and names."""
        raise NotImplementedError

    def _nothing(self) -> str:
        """Return what is said when there is nothing to choose."""
        raise NotImplementedError

    def _render(self) -> None:
        offered = self._offered()
        chosen = self._chosen_device
        if chosen not in {device for device, _ in offered}:
            missing = self.tr("{name} (not there now)").format(name=chosen) if chosen else self.tr("Choose…")
            offered.insert(0, (chosen, missing))
        shown = [(self._box.itemData(row), self._box.itemText(row)) for row in range(self._box.count())]
        if shown != offered:
            self._box.clear()
            for device, name in offered:
                self._box.addItem(name, device)
        self._box.setCurrentIndex([device for device, _ in offered].index(chosen))
        self._again.setEnabled(not self._devices.is_asking)
        self._field.show_error(self._trouble())

    def _trouble(self) -> str:
        devices = self._devices.devices
        if self._devices.failure or self._devices.is_asking or devices is None:
            return self._devices.failure
        if self._found():
            return ""
        problems = devices.problems_of(self._kind)
        return " ".join(said("", each) for each in problems) or self._nothing()

    def _found(self) -> bool:
        """Whether there is a device of this kind."""
        return bool(self._offered())

    def _chosen(self, row: int) -> None:
        self._take({self._field_name: self._box.itemData(row)})


class ScreenForm(DeviceForm):
    """A screen, with or without the mouse pointer."""

    def __init__(self, content: Words, devices: DeviceList, parent: QWidget | None = None) -> None:
        super().__init__(
            content, devices, kind="screen", label=self.tr("Screen"), field="display", parent=parent
        )
        self._cursor = Switch(self.tr("Show the mouse pointer"))
        self._cursor.toggled.connect(lambda is_on: self._take({"cursor": is_on}))
        self.rows.addWidget(Field(self.tr("Show the mouse pointer"), self._cursor))
        self._render_cursor()

    @property
    def is_complete(self) -> bool:
        """Always: without a name the first screen is taken."""
        return True

    def _offered(self) -> list[tuple[str, str]]:
        screens: tuple[Any, ...] = self._devices.devices.screens if self._devices.devices is not None else ()
        named = [(str(each["name"]), "{name} — {width}×{height}".format(**each)) for each in screens]
        return [("", self.tr("The first screen")), *named]

    def _nothing(self) -> str:
        return ""

    def _found(self) -> bool:
        return self._devices.devices is not None and bool(self._devices.devices.screens)

    def _render(self) -> None:
        super()._render()
        if hasattr(self, "_cursor"):
            self._render_cursor()

    def _render_cursor(self) -> None:
        self._cursor.setChecked(bool(self._content.get("cursor", True)))


class WindowForm(DeviceForm):
    """A window, by its title."""

    def __init__(self, content: Words, devices: DeviceList, parent: QWidget | None = None) -> None:
        super().__init__(
            content, devices, kind="window", label=self.tr("Window"), field="title", parent=parent
        )

    def _offered(self) -> list[tuple[str, str]]:
        windows = self._devices.devices.windows if self._devices.devices is not None else ()
        titles = dict.fromkeys(str(each["title"]) for each in windows)
        return [(title, title) for title in titles]

    def _nothing(self) -> str:
        return self.tr("No window is open that could be shown.")


class CameraForm(DeviceForm):
    """A camera of this computer, or one in the network by its address."""

    def __init__(self, content: Words, devices: DeviceList, parent: QWidget | None = None) -> None:
        super().__init__(
            content, devices, kind="camera", label=self.tr("Camera"), field="device", parent=parent
        )
        self._address = QLineEdit()
        self._address.setPlaceholderText("rtsp://…")
        # Many hold a password: what stands there is seen only while it is typed.
        self._address.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        self._address.editingFinished.connect(self._address_typed)
        self.rows.addWidget(
            Field(
                self.tr("Network camera"),
                self._address,
                self.tr("Its address, beginning with rtsp://, http:// or https://"),
            )
        )
        self._render_address()

    def choose_first(self) -> None:
        """Take the first camera that is there, if none is chosen: most people have one."""
        cameras = self._devices.devices.cameras if self._devices.devices is not None else ()
        if cameras and not self._chosen_device:
            self._take({"device": str(cameras[0]["id"])})
            self._render()

    def _offered(self) -> list[tuple[str, str]]:
        cameras = self._devices.devices.cameras if self._devices.devices is not None else ()
        offered = [(str(each["id"]), str(each["name"])) for each in cameras]
        if _LOOKS_LIKE_AN_ADDRESS in self._chosen_device:  # it may hold a password, which no list shows
            offered.append((self._chosen_device, self.tr("Network camera")))
        return offered

    def _nothing(self) -> str:
        return self.tr("No camera is connected.")

    def _render(self) -> None:
        super()._render()
        if hasattr(self, "_address"):
            self._render_address()

    def _render_address(self) -> None:
        address = self._chosen_device if _LOOKS_LIKE_AN_ADDRESS in self._chosen_device else ""
        if self._address.text() != address and not self._address.hasFocus():
            self._address.setText(address)

    def _address_typed(self) -> None:
        address = self._address.text().strip()
        if address:
            self._take({"device": address})
            self._render()
