"""The list of all devices, put together of lists that may fail."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from powerstream_desktop.common.camera_device import CameraDevice
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.control.desk_reports import DeviceKind
from powerstream_desktop.engine.control.this_computer import SoundLister, ThisComputer
from powerstream_desktop.engine.sources.devices import CaptureDevices, ScreenDevice
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.sound_wire import SoundDevice, SoundKind, SoundLost

SCREEN = ScreenDevice(name="one", x=0, y=0, width=640, height=360)
CAMERA = CameraDevice(id="usb", name="Camera")
MICROPHONE = SoundDevice(id="mic", name="Mic", kind=SoundKind.MICROPHONE, is_default=True)


class Sounds:
    """Knows one microphone.

    Attributes:
        calls: what was asked of it.
    """

    def __init__(self, failure: SoundLost | None = None, error: Exception | None = None) -> None:
        self.failure = failure
        self.calls: list[str] = []
        self._error = error

    def start(self) -> None:
        self.calls.append("start")

    def wait(self, timeout_s: float) -> tuple[SoundDevice, ...]:
        assert timeout_s > 0
        if self._error is not None:
            raise self._error
        return () if self.failure is not None else (MICROPHONE,)

    def close(self) -> None:
        self.calls.append("close")


def computer(
    desktop: Callable[[QtHost], CaptureDevices] = lambda _host: CaptureDevices(screens=(SCREEN,)),
    cameras: Callable[[QtHost], tuple[CameraDevice, ...]] = lambda _host: (CAMERA,),
    sounds: SoundLister | None = None,
) -> ThisComputer:
    return ThisComputer(
        QtHost(), list_desktop=desktop, list_cameras=cameras, make_sounds=lambda: sounds or Sounds()
    )


def failing(error: Exception) -> Callable[[QtHost], tuple[CameraDevice, ...]]:
    def look(_host: QtHost) -> tuple[CameraDevice, ...]:
        raise error

    return look


def no_desktop(_host: QtHost) -> CaptureDevices:
    raise RuntimeError("half a reply")


def test_everything_that_is_there_is_listed() -> None:
    found = computer().look()
    assert (found.screens, found.cameras, found.problems) == ((SCREEN,), (CAMERA,), ())
    assert [(each.id, each.is_default) for each in found.microphones] == [("mic", True)]


def test_a_kind_that_cannot_be_listed_hinders_no_other_whatever_is_wrong_with_it() -> None:
    found = computer(desktop=no_desktop, cameras=failing(UserError("There is no desktop."))).look()
    assert (found.screens, found.cameras) == ((), ())
    assert len(found.microphones) == 1
    assert [problem.kinds for problem in found.problems] == [
        {DeviceKind.SCREEN, DeviceKind.WINDOW},
        {DeviceKind.CAMERA},
    ]
    assert found.problems[1].title == "There is no desktop."


@pytest.mark.parametrize(
    "sounds",
    [Sounds(failure=SoundLost(title="No sound system is running.")), Sounds(error=OSError("no process"))],
)
def test_sound_that_cannot_be_listed_hinders_no_other(sounds: Sounds) -> None:
    found = computer(sounds=sounds).look()
    assert (found.screens, found.cameras, found.microphones) == ((SCREEN,), (CAMERA,), ())
    [problem] = found.problems
    assert problem.kinds == {DeviceKind.MICROPHONE, DeviceKind.DESKTOP_SOUND, DeviceKind.OUTPUT}


def test_the_sound_devices_are_watched_by_one_process_until_nobody_looks() -> None:
    sounds = Sounds()
    it = computer(sounds=sounds)
    it.look()
    it.look()
    assert sounds.calls == ["start"]
    it.rest()
    it.rest()
    assert sounds.calls == ["start", "close"]
