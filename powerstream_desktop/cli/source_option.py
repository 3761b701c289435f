"""What ``--source`` means, and the engine's configuration for it: a studio that shows one thing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from powerstream_desktop.common.camera_device import CameraDevice
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.linux_cameras import list_linux_cameras
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.display import resolve_display
from powerstream_desktop.engine.program_video import ProgramVideo
from powerstream_desktop.engine.scene.one_source import one_source_sound, one_source_studio
from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    FileContent,
    ScreenContent,
    SourceContent,
    TestPictureContent,
)
from powerstream_desktop.engine.sources.devices import CaptureWay, Environment, capture_way

SCREEN: Final = "screen"
TEST: Final = "test"
_NAMES: Final = {"screen": "Screen", "test": "Test picture", "camera": "Camera", "file": "File"}
"""What people call each; it may be on air, so it holds no path."""


def checked_source(
    source: str,
    display: str,
    *,
    environ: Environment = os.environ,
    platform: str = sys.platform,
    cameras: Callable[[], tuple[CameraDevice, ...]] = list_linux_cameras,
) -> SourceContent:
    """Return what is to be shown.

    Args:
        source: as on the command line.
        display: of the screen; empty for that of the environment.
        environ: the process's environment.
        platform: as ``sys.platform``.
        cameras: lists those of a Linux computer.

    Raises:
        UserError: there is no such thing; one sentence.
    """
    if source == SCREEN:
        return _screen(display, environ, platform)
    if display:
        raise UserError("A display was given, but the source is not the screen.")
    if source == TEST:
        return TestPictureContent()
    if match := re.fullmatch(r"camera:(\d{1,3})", source):
        return _camera(int(match[1]), platform, cameras)
    return _file(source)


def engine_config(content: SourceContent, video: ProgramVideo) -> EngineConfig:
    """Return what the engine is asked for; where it publishes is filled in by the broadcast.

    Args:
        content: what is shown.
        video: how it is encoded.
    """
    return EngineConfig(
        studio=one_source_studio(content, _NAMES[content.type]),
        sound=one_source_sound(content),
        landscape=video.landscape,
        portrait=video.portrait,
        must_open=True,
    )


def _screen(display: str, environ: Environment, platform: str) -> ScreenContent:
    if capture_way(environ, platform) is CaptureWay.QT:
        return ScreenContent(display=display)
    return ScreenContent(display=resolve_display(display, environ, platform=platform))


def _camera(number: int, platform: str, cameras: Callable[[], tuple[CameraDevice, ...]]) -> CameraContent:
    """Return the camera of a number in the system's own order; elsewhere than on Linux it is looked up where it is opened."""
    if platform != "linux":
        return CameraContent(device=str(number))
    found = cameras()
    if number >= len(found):
        names = ", ".join(f"camera:{index} is {camera.name}" for index, camera in enumerate(found))
        raise UserError(
            f"There is no camera:{number}.", hint=f"{names}." if names else "No camera is plugged in."
        )
    return CameraContent(device=found[number].id)


def _file(source: str) -> FileContent:
    if not source:
        raise UserError(
            "No source was named.", hint="Use screen, test, camera:0, or the path of a media file."
        )
    if "://" in source:
        raise UserError("A network address cannot be a source.", hint="Name a media file on this machine.")
    path = Path(source)
    if not path.exists():
        raise UserError(
            f"There is no file {source}.", hint="Use screen, test, camera:0, or the path of a media file."
        )
    if path.is_dir():
        raise UserError(f"{source} is a folder.", hint="Name a media file.")
    return FileContent(path=path)
