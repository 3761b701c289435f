"""The devices of this computer, each kind by whatever lists it; one that cannot be listed hinders no other."""

from __future__ import annotations

import logging
from typing import Final

from powerstream_desktop.common.camera_device import CameraDevice
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.control.desk_reports import Devices, ListedSound
from powerstream_desktop.engine.sources.camera_devices import list_cameras
from powerstream_desktop.engine.sources.desktop_devices import list_capture_devices
from powerstream_desktop.engine.sources.devices import CaptureDevices
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.sound_devices import SoundDevices
from powerstream_desktop.engine.sources.sound_wire import SoundDevice, SoundKind

log = logging.getLogger(__name__)

SOUND_S: Final = 8.0
"""For the first list of sound devices: a process has to start, and may have to give the sound system up."""


class ThisComputer:
    """Lists what is plugged in. A ``DeviceLister``.

    Args:
        host: Qt's thread.
    """

    def __init__(self, host: QtHost) -> None:
        self._host = host
        self._sounds: SoundDevices | None = None

    def look(self) -> Devices:
        """Return what there is; the first look waits for the sound devices' process."""
        problems: list[str] = []
        desktop, cameras = self._desktop(problems), self._cameras(problems)
        sounds = self._sound(problems)
        return Devices(
            screens=desktop.screens,
            windows=desktop.windows,
            cameras=cameras,
            microphones=_of_kind(sounds, SoundKind.MICROPHONE),
            desktop_sounds=_of_kind(sounds, SoundKind.DESKTOP),
            outputs=_of_kind(sounds, SoundKind.SPEAKER),
            problems=tuple(problems),
        )

    def rest(self) -> None:
        """End the sound devices' process."""
        sounds, self._sounds = self._sounds, None
        if sounds is not None:
            sounds.close()

    def _desktop(self, problems: list[str]) -> CaptureDevices:
        try:
            return list_capture_devices(self._host)
        except PowerStreamError as error:
            problems.append(_told(error))
            return CaptureDevices()

    def _cameras(self, problems: list[str]) -> tuple[CameraDevice, ...]:
        try:
            return list_cameras(self._host)
        except PowerStreamError as error:
            problems.append(_told(error))
            return ()

    def _sound(self, problems: list[str]) -> tuple[SoundDevice, ...]:
        if self._sounds is None:
            self._sounds = SoundDevices(lambda _devices: None)
            self._sounds.start()
        devices = self._sounds.wait(SOUND_S)
        if (failure := self._sounds.failure) is not None:
            problems.append(failure.title)
        return devices


def _of_kind(devices: tuple[SoundDevice, ...], kind: SoundKind) -> tuple[ListedSound, ...]:
    return tuple(
        ListedSound(id=device.id, name=device.name, is_default=device.is_default)
        for device in devices
        if device.kind is kind
    )


def _told(error: PowerStreamError) -> str:
    log.info("%s %s", error.title, error.detail)
    return error.title
