"""The words between an engine and a camera process: JSON lines, commands on its stdin, reports on its stdout (DESIGN 2).

They stand here because neither of the two may import the other. An address, which may hold a password, travels on this way
alone: never in argv, never in the environment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, Self, TypeAlias

from powerstream_desktop.common.errors import Fault, PowerStreamError
from powerstream_desktop.common.json_lines import Vocabulary

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

    type: Literal["open"] = "open"
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

    type: Literal["stop"] = "stop"


CameraCommand: TypeAlias = OpenCamera | StopCamera


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraReady:
    """The process is there and OpenCV is loaded."""

    type: Literal["ready"] = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraOpened:
    """The first picture lies in the ring."""

    type: Literal["opened"] = "opened"
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraLost:
    """The camera could not be opened, or gives no more pictures; the process waits for the next command."""

    type: Literal["lost"] = "lost"
    title: str
    hint: str
    fault: Fault

    @classmethod
    def of(cls, error: PowerStreamError) -> Self:
        """Make the report of an error, in its words for people; its technical detail stays in the process's log."""
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

    type: Literal["beat"] = "beat"
    frames: int
    fps: float
    width: int
    height: int
    idle_ms: int
    unchanged_ms: int


CameraReport: TypeAlias = CameraReady | CameraOpened | CameraLost | CameraBeat


CAMERA_COMMANDS: Final = Vocabulary[CameraCommand]("command to a camera process", CameraCommand)
CAMERA_REPORTS: Final = Vocabulary[CameraReport]("report of a camera process", CameraReport)
