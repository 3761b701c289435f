from __future__ import annotations

import typing
from pathlib import Path

import pytest

from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    Colour,
    ColourContent,
    FileContent,
    ImageContent,
    ScreenContent,
    Source,
    SourceContent,
    TestPictureContent,
    TextContent,
    WindowContent,
)
from powerstream_desktop.engine.sources.camera import CameraSource
from powerstream_desktop.engine.sources.opening import FIRST_CAMERA, SourceNeeds, source_for
from powerstream_desktop.engine.sources.port import SceneSource, SourceEvents
from powerstream_desktop.engine.sources.qt_host import QtHost
from tests.unit.engine.sources.captures import ignore

X11, WAYLAND = {"DISPLAY": ":99"}, {"XDG_SESSION_TYPE": "wayland"}
CONTENTS: dict[type, tuple[SourceContent, str]] = {
    ScreenContent: (ScreenContent(display=":5"), "screen :5"),
    WindowContent: (WindowContent(title="Game"), "window 'Game'"),
    ImageContent: (ImageContent(path=Path("logo.png")), "image logo.png"),
    TextContent: (TextContent(text="Hello"), "text"),
    FileContent: (FileContent(path=Path("clip.mp4")), "file clip.mp4"),
    ColourContent: (ColourContent(colour=Colour(1, 2, 3)), "colour #010203"),
    TestPictureContent: (TestPictureContent(), "test picture"),
    CameraContent: (CameraContent(device="usb-1"), "camera One"),
}


def made(content: SourceContent, environ: dict[str, str]) -> SceneSource:
    needs = SourceNeeds(width=640, height=360, fps=30, host=QtHost(), runtime_folder=Path("runtime"))
    events = SourceEvents(on_loss=ignore, on_frozen=ignore)
    return source_for(Source(id="1", name="One", content=content), needs, events, environ, "linux")


def test_every_content_has_an_adapter() -> None:
    assert set(CONTENTS) == set(typing.get_args(SourceContent))


def test_a_camera_that_is_not_named_is_the_first_one() -> None:
    camera = made(CameraContent(device=""), X11)
    assert isinstance(camera, CameraSource)
    assert camera._wish().address == FIRST_CAMERA
    camera.close()


@pytest.mark.parametrize("environ", [X11, WAYLAND])
@pytest.mark.parametrize("kind", list(CONTENTS))
def test_an_adapter_is_made_without_opening_anything(kind: type, environ: dict[str, str]) -> None:
    content, label = CONTENTS[kind]
    source = made(content, environ)
    assert source.label == label
    source.close()
