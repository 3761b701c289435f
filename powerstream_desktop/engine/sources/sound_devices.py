"""The list of sound devices, kept up to date while somebody looks at it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.engine.sources.sound_process import SoundListener, SoundProcess
from powerstream_desktop.engine.sources.sound_wire import (
    SoundDevice,
    SoundDeviceList,
    SoundLost,
    SoundReport,
)


class SoundDevices:
    """Watches which devices come and go.

    Args:
        on_change: told with all devices, first as soon as they are known; on a thread of its own. There are none while the
            sound system is down.
        command: how to start a sound process.
    """

    def __init__(
        self,
        on_change: Callable[[tuple[SoundDevice, ...]], None],
        *,
        command: Sequence[str] | None = None,
    ) -> None:
        listener = SoundListener(samples=self._take, report=self._hear, ended=self._end)
        self._process = SoundProcess(["watch"], listener, command=command)
        self._on_change = on_change
        self._is_known = threading.Event()
        # Both replaced whole by the process's thread, read by any.
        self._devices: tuple[SoundDevice, ...] = ()
        self._failure: SoundLost | None = None

    @property
    def devices(self) -> tuple[SoundDevice, ...]:
        """All there are, as of the last look."""
        return self._devices

    @property
    def failure(self) -> SoundLost | None:
        """Why there are none, if the sound system is down."""
        return self._failure

    def start(self) -> None:
        """Begin to watch."""
        self._process.start()

    def wait(self, timeout_s: float) -> tuple[SoundDevice, ...]:
        """Return the devices once they are known, or none after ``timeout_s``."""
        self._is_known.wait(timeout_s)
        return self._devices

    def close(self) -> None:
        """Stop watching, and wait for it."""
        self._process.close()

    def _take(self, _samples: Samples) -> None:
        """A watch records nothing."""

    def _hear(self, report: SoundReport) -> None:
        match report:
            case SoundDeviceList():
                self._failure = None
                self._set(report.devices)
            case SoundLost():
                self._failure = report
                self._set(())

    def _end(self) -> None:
        self._set(())

    def _set(self, devices: tuple[SoundDevice, ...]) -> None:
        is_news = devices != self._devices or not self._is_known.is_set()
        self._devices = devices
        self._is_known.set()
        if is_news:
            self._on_change(devices)
