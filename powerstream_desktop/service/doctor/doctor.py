"""All checks together."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from powerstream_desktop import __version__
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.engine.control.desk_reports import Devices
from powerstream_desktop.engine.encoders.probe import PATIENT_LIMIT_S
from powerstream_desktop.engine.encoders.verdicts import SelfTestLine
from powerstream_desktop.service.doctor.check import Check, Examined, Level, Verdict
from powerstream_desktop.service.doctor.devices import LIST_S, list_devices, look_at_devices
from powerstream_desktop.service.doctor.encoders import look_at_encoders, look_at_speed, measure_encoder
from powerstream_desktop.service.doctor.examination import examine
from powerstream_desktop.service.doctor.folders import look_at_disk, look_at_folders
from powerstream_desktop.service.doctor.media import look_at_confinement
from powerstream_desktop.service.doctor.ports import look_at_ports
from powerstream_desktop.service.doctor.security import look_at_keyring, look_at_tls_roots


@dataclass(slots=True)
class Gathered:
    """What was found besides sentences; each is written once, by its check's thread, and read when that has answered."""

    devices: Devices | None = None
    self_test: tuple[SelfTestLine, ...] = ()


class Doctor:
    """Examines this computer once.

    Args:
        paths: the program's folders.
        further: checks that are made last.
    """

    def __init__(self, paths: Paths, further: Sequence[Check] = ()) -> None:
        self._paths = paths
        self._further = further
        self.gathered = Gathered()

    def examine(self) -> Iterator[Examined]:
        """Yield what is found, check by check; takes ten seconds, and 40 if everything of the doctor's own hangs."""
        yield from examine(self._quick_checks())
        # One after the other: what is measured or has a limit must not suffer from what runs beside it.
        for check in (*self._dear_checks(), *self._further):
            yield from examine([check])

    def _quick_checks(self) -> list[Check]:
        return [
            Check(area="program", look=_look_at_program, limit_s=2.0),
            Check(area="folders", look=lambda: look_at_folders(self._paths), limit_s=5.0),
            Check(area="disk", look=lambda: look_at_disk(self._paths.recordings), limit_s=5.0),
            Check(area="ports", look=look_at_ports, limit_s=5.0, when_silent=Level.WARNING),
            Check(area="certificates", look=look_at_tls_roots, limit_s=5.0),
            Check(
                area="keyring",
                look=look_at_keyring,
                limit_s=3.0,
                when_silent=Level.WARNING,
                silent_remedy="Log out and in again. Until the keyring answers, keys are kept for a run only.",
            ),
            Check(area="media", look=look_at_confinement, limit_s=10.0, when_silent=Level.WARNING),
        ]

    def _dear_checks(self) -> list[Check]:
        return [
            Check(
                area="devices",
                look=self._devices,
                limit_s=LIST_S + 1.0,
                when_silent=Level.WARNING,
                silent_remedy="A driver hangs: unplug cameras and sound devices in turn.",
            ),
            Check(area="encoders", look=look_at_encoders, limit_s=PATIENT_LIMIT_S + 3.0),
            Check(area="speed", look=self._speed, limit_s=8.0, when_silent=Level.WARNING),
        ]

    def _devices(self) -> tuple[Verdict, ...]:
        self.gathered.devices = devices = list_devices()
        return look_at_devices(devices)

    def _speed(self) -> tuple[Verdict, ...]:
        self.gathered.self_test = lines = measure_encoder()
        return look_at_speed(lines)


def _look_at_program() -> tuple[Verdict, ...]:
    sentence = (
        f"PowerStream Desktop {__version__}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()}, {os.cpu_count() or 1} processors."
    )
    return (Verdict(sentence=sentence),)
