"""The devices, as an engine sees them: a child process lists them, so that a driver that crashes or hangs takes only it along."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Sequence
from typing import Final

from powerstream_desktop.common.errors import BugError, SystemFault
from powerstream_desktop.common.text import printable_text
from powerstream_desktop.engine.control.commands import ListDevices
from powerstream_desktop.engine.control.desk_reports import Devices
from powerstream_desktop.engine.control.wire import decode_report, encode_command
from powerstream_desktop.service.doctor.check import Level, Verdict
from powerstream_desktop.service.studio.engine_process import engine_command

LIST_S: Final = 14.0
"""For an engine to start and to list; sound systems are given up after eight seconds."""
_MOST_NAMES: Final = 6


def list_devices(command: Sequence[str] = (), limit_s: float = LIST_S) -> Devices:
    """Return what an engine can capture, record and play on. Blocks.

    Args:
        command: starts the engine.
        limit_s: when it is killed.

    Raises:
        SystemFault: it does not start, hangs, or dies over it.
    """
    try:
        child = subprocess.Popen(  # noqa: S603 - this very program
            tuple(command) or engine_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise SystemFault(
            "The engine cannot be started.", hint="Install the program again.", detail=repr(error)
        ) from error
    killer = threading.Timer(limit_s, child.kill)
    killer.daemon = True
    killer.start()
    try:
        return _asked(child)
    finally:
        child.kill()
        child.communicate()
        killer.cancel()


def look_at_devices(devices: Devices) -> tuple[Verdict, ...]:
    """Judge a list of devices."""
    return (
        *_screens(devices),
        _named("camera", [camera.name for camera in devices.cameras]),
        _named("microphone", [device.name for device in devices.microphones]),
        _named("loudspeaker", [device.name for device in devices.outputs]),
        *(
            Verdict(level=Level.WARNING, sentence=problem.title, remedy=_REMEDY)
            for problem in devices.problems
        ),
    )


_REMEDY: Final = "Log in to a desktop with a screen and a sound system; a server needs neither."


def _asked(child: subprocess.Popen[bytes]) -> Devices:
    assert child.stdin is not None  # noqa: S101 - pipes, as asked for
    assert child.stdout is not None  # noqa: S101
    try:
        child.stdin.write(encode_command(ListDevices(), "doctor"))
        child.stdin.flush()
        for line in child.stdout:
            if isinstance(report := decode_report(line), Devices):
                return report
    except (OSError, BugError) as error:
        raise SystemFault("The engine did not list the devices.", detail=repr(error)) from error
    raise SystemFault(
        "The engine ended while it listed the devices.",
        hint="A driver may hang: unplug cameras and sound devices in turn.",
    )


def _screens(devices: Devices) -> tuple[Verdict, ...]:
    if not devices.screens:
        return ()
    names = ", ".join(
        f"{printable_text(screen.name)} {screen.width}x{screen.height}" for screen in devices.screens
    )
    count = len(devices.windows)
    return (Verdict(sentence=f"Screens: {names}; {count} {'window' if count == 1 else 'windows'}."),)


def _named(what: str, names: list[str]) -> Verdict:
    if not names:
        return Verdict(sentence=f"No {what} is plugged in.")
    shown = ", ".join(printable_text(name) for name in names[:_MOST_NAMES])
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return Verdict(sentence=f"{what.capitalize()}s: {shown}{more}.")
