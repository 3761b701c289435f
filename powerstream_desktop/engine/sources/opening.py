"""Which adapter serves which content of a scene."""

from __future__ import annotations

import math
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    ColourContent,
    FileContent,
    ImageContent,
    ScreenContent,
    Source,
    TestPictureContent,
    TextContent,
    WindowContent,
)
from powerstream_desktop.engine.sources.camera import CameraSource
from powerstream_desktop.engine.sources.camera_devices import list_qt_cameras
from powerstream_desktop.engine.sources.colour import ColourSource
from powerstream_desktop.engine.sources.devices import CaptureWay, Environment, capture_way
from powerstream_desktop.engine.sources.file import FileSource
from powerstream_desktop.engine.sources.held import HeldSource
from powerstream_desktop.engine.sources.image import ImageCapture
from powerstream_desktop.engine.sources.moving_test_picture import TestPictureSource
from powerstream_desktop.engine.sources.port import Capture, SceneSource, SourceEvents
from powerstream_desktop.engine.sources.qt_capture import QtCapture
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.text import TextSource
from powerstream_desktop.engine.sources.x11_capture import X11Capture
from powerstream_desktop.engine.sources.x11_places import X11ScreenPlace, X11WindowPlace

FIRST_CAMERA: Final = "0"
"""What is opened for a camera source that names none: whichever the system counts first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNeeds:
    """What every source of a program is made for.

    Attributes:
        width, height: of the canvas in pixels, even.
        fps: of the program.
        host: Qt's thread.
        runtime_folder: where cameras leave their pictures.
    """

    width: int
    height: int
    fps: int
    host: QtHost
    runtime_folder: Path


def source_for(
    source: Source,
    needs: SourceNeeds,
    events: SourceEvents,
    environ: Environment = os.environ,
    platform: str = sys.platform,
) -> SceneSource:
    """Return the adapter of a source, not yet opened.

    Args:
        source: of the scene.
        needs: what it is made for.
        events: who is told when it is lost, frozen or back.
        environ: the process's environment.
        platform: as ``sys.platform``.

    Raises:
        UserError: it names something that cannot be.
    """
    content = source.content
    match content:
        case ScreenContent() | WindowContent():
            return HeldSource(_capture_of(content, needs, environ, platform), source.name, events.on_loss)
        case CameraContent():
            return _camera_of(source, content, needs, events, platform)
        case ImageContent():
            return HeldSource(ImageCapture(content, needs.host), source.name, events.on_loss, hold_s=math.inf)
        case TextContent():
            return TextSource(content, needs.host, (needs.width, needs.height))
        case FileContent():
            return FileSource(content, events.on_loss, needs.fps)
        case ColourContent():
            return ColourSource(content)
        case TestPictureContent():
            return TestPictureSource(needs.width, needs.height, needs.fps)


def _capture_of(
    content: ScreenContent | WindowContent, needs: SourceNeeds, environ: Environment, platform: str
) -> Capture:
    if capture_way(environ, platform) is CaptureWay.QT:
        return QtCapture(content, needs.host, needs.fps)
    place = (
        X11WindowPlace(content, environ)
        if isinstance(content, WindowContent)
        else X11ScreenPlace(content, environ)
    )
    return X11Capture(place, needs.fps)


def _camera_of(
    source: Source, content: CameraContent, needs: SourceNeeds, events: SourceEvents, platform: str
) -> CameraSource:
    def known_to_qt() -> tuple[str, ...]:
        needs.host.need()
        return tuple(camera.id for camera in needs.host.call(list_qt_cameras))

    return CameraSource(
        content if content.device else replace(content, device=FIRST_CAMERA),
        source_id=source.id,
        name=source.name,
        fps=needs.fps,
        ring_folder=needs.runtime_folder,
        events=events,
        known_devices=known_to_qt if platform in {"win32", "darwin"} else tuple,
    )
