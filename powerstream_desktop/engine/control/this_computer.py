"""The devices of this computer, each kind by whatever lists it; one that cannot be listed hinders no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from powerstream_desktop.common.camera_device import CameraDevice
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.av_errors import unexpected_error
from powerstream_desktop.engine.control.desk_reports import (
    DeviceKind,
    DeviceProblem,
    Devices,
    ListedSound,
)
from powerstream_desktop.engine.sources.camera_devices import list_cameras
from powerstream_desktop.engine.sources.desktop_devices import list_capture_devices
from powerstream_desktop.engine.sources.devices import CaptureDevices
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.sound_devices import SoundDevices
from powerstream_desktop.engine.sources.sound_wire import SoundDevice, SoundKind, SoundLost

log = logging.getLogger(__name__)
T = TypeVar("T")
_NO_CAMERAS: Final[tuple[CameraDevice, ...]] = ()
_NO_SOUNDS: Final[tuple[SoundDevice, ...]] = ()
_DESKTOP: Final = frozenset({DeviceKind.SCREEN, DeviceKind.WINDOW})
_CAMERA: Final = frozenset({DeviceKind.CAMERA})
_SOUND: Final = frozenset({DeviceKind.MICROPHONE, DeviceKind.DESKTOP_SOUND, DeviceKind.OUTPUT})

SOUND_S: Final = 8.0
"""For the first list of sound devices: a process has to start, and may have to give the sound system up."""


class SoundLister(Protocol):
    """Knows the sound devices, by a process of its own."""

    @property
    def failure(self) -> SoundLost | None:
        """Why there is no list."""

    def start(self) -> None:
        """Begin to look."""

    def wait(self, timeout_s: float) -> tuple[SoundDevice, ...]:
        """Return what there is, waiting for the first list."""

    def close(self) -> None:
        """End the process."""


class ThisComputer:
    """Lists what is plugged in. A ``DeviceLister``.

    Args:
        host: Qt's thread.
        list_desktop: lists screens and windows.
        list_cameras: lists cameras.
        make_sounds: lists sound devices.
    """

    def __init__(
        self,
        host: QtHost,
        *,
        list_desktop: Callable[[QtHost], CaptureDevices] = list_capture_devices,
        list_cameras: Callable[[QtHost], tuple[CameraDevice, ...]] = list_cameras,
        make_sounds: Callable[[], SoundLister] = lambda: SoundDevices(lambda _devices: None),
    ) -> None:
        self._host = host
        self._list_desktop = list_desktop
        self._list_cameras = list_cameras
        self._make_sounds = make_sounds
        self._sounds: SoundLister | None = None

    def look(self) -> Devices:
        """Return what there is; the first look waits for the sound devices' process."""
        problems: list[DeviceProblem] = []
        desktop = _listed(lambda: self._list_desktop(self._host), CaptureDevices(), _DESKTOP, problems)
        cameras = _listed(lambda: self._list_cameras(self._host), _NO_CAMERAS, _CAMERA, problems)
        sounds = _listed(lambda: self._sound(problems), _NO_SOUNDS, _SOUND, problems)
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

    def _sound(self, problems: list[DeviceProblem]) -> tuple[SoundDevice, ...]:
        if self._sounds is None:
            self._sounds = self._make_sounds()
            self._sounds.start()
        devices = self._sounds.wait(SOUND_S)
        if (failure := self._sounds.failure) is not None:
            problems.append(DeviceProblem(kinds=_SOUND, title=failure.title))
        return devices


def _listed(
    look: Callable[[], T], nothing: T, kinds: frozenset[DeviceKind], problems: list[DeviceProblem]
) -> T:
    try:
        return look()
    except Exception as error:  # noqa: BLE001 - an X server's odd reply must not cost the list of microphones
        failure = error if isinstance(error, PowerStreamError) else unexpected_error(error)
        log.info("%s %s", failure.title, failure.detail)
        problems.append(DeviceProblem(kinds=kinds, title=failure.title))
        return nothing


def _of_kind(devices: tuple[SoundDevice, ...], kind: SoundKind) -> tuple[ListedSound, ...]:
    return tuple(
        ListedSound(id=device.id, name=device.name, is_default=device.is_default)
        for device in devices
        if device.kind is kind
    )
