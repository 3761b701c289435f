"""The words between an engine and a camera process: JSON lines, commands on its stdin, reports on its stdout (DESIGN 2).

They stand here because neither of the two may import the other. An address, which may hold a password, travels on this way
alone: never in argv, never in the environment. A line that is not ours raises ``BugError``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, TypeAlias

from powerstream_desktop.common.errors import BugError, Fault, PowerStreamError

BEAT_S: Final = 0.5
"""A camera process says this often that it lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCamera:
    """Open the camera and write its pictures into the ring, until it is lost. Given again after each ``CameraLost``.

    Attributes:
        address: as the user's scene has it; see ``CameraAddress``.
        ring_folder, ring_name: of the ring to write.
        width, height, fps: what to ask of a device; 0 lets it choose.
        known_devices: ids of the devices in the order in which the system lists them, where OpenCV knows devices by their
            number alone (Windows, macOS); else empty.
    """

    address: str = field(repr=False)
    ring_folder: str
    ring_name: str
    width: int = 0
    height: int = 0
    fps: int = 0
    known_devices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StopCamera:
    """Let the camera go, remove the ring, exit."""


CameraCommand: TypeAlias = OpenCamera | StopCamera


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraReady:
    """The process is there and OpenCV is loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraOpened:
    """The first picture lies in the ring."""

    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraLost:
    """The camera could not be opened, or gives no more pictures; the process waits for the next command."""

    title: str
    hint: str
    fault: Fault

    @classmethod
    def of(cls, error: PowerStreamError) -> CameraLost:
        """Make the report of an error; its technical detail goes to the log instead."""
        return cls(title=error.title, hint=error.hint, fault=error.fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraBeat:
    """A sign of life with figures, every ``BEAT_S``.

    Attributes:
        frames: pictures delivered by this process so far.
        fps: pictures a second of late.
        width, height: of the newest picture; 0 before the first.
        idle_ms: since the newest picture, or since the camera was opened or lost.
        unchanged_ms: for how long all pictures have been the same to the last bit; 0 while none comes.
    """

    frames: int
    fps: float
    width: int
    height: int
    idle_ms: int
    unchanged_ms: int


CameraReport: TypeAlias = CameraReady | CameraOpened | CameraLost | CameraBeat

_COMMANDS: Final[Mapping[str, type[CameraCommand]]] = {"open": OpenCamera, "stop": StopCamera}
_REPORTS: Final[Mapping[str, type[CameraReport]]] = {
    "ready": CameraReady, "opened": CameraOpened, "lost": CameraLost, "beat": CameraBeat,
}  # fmt: skip
_NAMES: Final[Mapping[type, str]] = {kind: name for name, kind in [*_COMMANDS.items(), *_REPORTS.items()]}


def encode_camera_command(command: CameraCommand) -> bytes:
    """Write one command as a line. That of ``OpenCamera`` may hold a password: write it to the pipe only."""
    return _line(command)


def decode_camera_command(line: bytes) -> CameraCommand:
    """Read one command.

    Raises:
        BugError: the line is not a command.
    """
    name, body = _parse(line)
    kind = _COMMANDS.get(name)
    if kind is None:
        raise BugError(f"The camera process was sent an unknown command: {name!r}.")
    try:
        if kind is OpenCamera:
            body["known_devices"] = tuple(body["known_devices"])
        return kind(**body)
    except (KeyError, TypeError):
        # What Python says may quote the address.
        raise BugError(f"The camera process was sent a malformed command: {name!r}.") from None


def encode_camera_report(report: CameraReport) -> bytes:
    """Write one report as a line."""
    return _line(report)


def decode_camera_report(line: bytes) -> CameraReport:
    """Read one report.

    Raises:
        BugError: the line is not a report.
    """
    name, body = _parse(line)
    kind = _REPORTS.get(name)
    if kind is None:
        raise BugError(f"The camera process sent an unknown report: {name!r}.")
    try:
        if kind is CameraLost:
            body["fault"] = Fault(body["fault"])
        return kind(**body)
    except (KeyError, TypeError, ValueError) as error:
        raise BugError(f"The camera process sent a malformed report: {name!r}.", detail=str(error)) from error


def _line(value: CameraCommand | CameraReport) -> bytes:
    body = {"type": _NAMES[type(value)], **asdict(value)}
    return json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _parse(line: bytes) -> tuple[str, dict[str, Any]]:
    try:
        value = json.loads(line)
    except ValueError:
        value = None  # the decoder's message would quote the line, and with it perhaps a password
    if not isinstance(value, dict):
        raise BugError("A line between engine and camera process is not a JSON object.")
    return str(value.pop("type", "")), value
