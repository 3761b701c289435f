"""Which adapter serves which content of a scene; cameras have a factory of their own (``camera``)."""

from __future__ import annotations

import math
import os
import sys
from dataclasses import dataclass

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.scene.sources import (
    ColourContent,
    FileContent,
    ImageContent,
    ScreenContent,
    Source,
    TestPictureContent,
    TextContent,
    WindowContent,
)
from powerstream_desktop.engine.sources.colour import ColourSource
from powerstream_desktop.engine.sources.devices import CaptureWay, Environment, capture_way
from powerstream_desktop.engine.sources.file import FileSource
from powerstream_desktop.engine.sources.held import HeldSource, LossListener
from powerstream_desktop.engine.sources.image import ImageCapture
from powerstream_desktop.engine.sources.moving_test_picture import TestPictureSource
from powerstream_desktop.engine.sources.port import Capture, SceneSource
from powerstream_desktop.engine.sources.qt_capture import QtCapture
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.text import TextSource
from powerstream_desktop.engine.sources.x11_capture import X11Capture
from powerstream_desktop.engine.sources.x11_places import X11ScreenPlace, X11WindowPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What every source of a program is made for.

    Attributes:
        width, height: of the canvas in pixels, even.
        fps: of the program.
        host: Qt's thread.
    """

    width: int
    height: int
    fps: int
    host: QtHost


def source_for(
    source: Source,
    stage: Stage,
    on_loss: LossListener,
    environ: Environment = os.environ,
    platform: str = sys.platform,
) -> SceneSource:
    """Return the adapter of a source, not yet opened.

    Args:
        source: of the scene, any but a camera.
        stage: what it is made for.
        on_loss: told when it is lost and when it is back.
        environ: the process's environment.
        platform: as ``sys.platform``.
    """
    content = source.content
    match content:
        case ScreenContent() | WindowContent():
            return HeldSource(_capture_of(content, stage, environ, platform), source.name, on_loss)
        case ImageContent():
            return HeldSource(ImageCapture(content, stage.host), source.name, on_loss, hold_s=math.inf)
        case TextContent():
            return TextSource(content, stage.host, (stage.width, stage.height))
        case FileContent():
            return FileSource(content, on_loss)
        case ColourContent():
            return ColourSource(content)
        case TestPictureContent():
            return TestPictureSource(stage.width, stage.height, stage.fps)
    raise BugError(f"No adapter here serves {content.type}.")


def _capture_of(
    content: ScreenContent | WindowContent, stage: Stage, environ: Environment, platform: str
) -> Capture:
    if capture_way(environ, platform) is CaptureWay.QT:
        return QtCapture(content, stage.host, stage.fps)
    place = (
        X11WindowPlace(content, environ)
        if isinstance(content, WindowContent)
        else X11ScreenPlace(content, environ)
    )
    return X11Capture(place, stage.fps)
