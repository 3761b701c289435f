from __future__ import annotations

import typing
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError
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
from powerstream_desktop.engine.sources.opening import Stage, source_for
from powerstream_desktop.engine.sources.port import SceneSource
from powerstream_desktop.engine.sources.qt_host import QtHost
from tests.unit.engine.sources.captures import ignore

X11, WAYLAND = {"DISPLAY": ":99"}, {"XDG_SESSION_TYPE": "wayland"}
CONTENTS: dict[type, tuple[SourceContent, str, bool]] = {
    ScreenContent: (ScreenContent(display=":5"), "screen :5", True),
    WindowContent: (WindowContent(title="Game"), "window 'Game'", True),
    ImageContent: (ImageContent(path=Path("logo.png")), "image logo.png", False),
    TextContent: (TextContent(text="Hello"), "text", False),
    FileContent: (FileContent(path=Path("clip.mp4")), "file clip.mp4", False),
    ColourContent: (ColourContent(colour=Colour(1, 2, 3)), "colour #010203", False),
    TestPictureContent: (TestPictureContent(), "test picture", False),
}


def made(content: SourceContent, environ: dict[str, str]) -> SceneSource:
    stage = Stage(width=640, height=360, fps=30, host=QtHost())
    return source_for(Source(id="1", name="One", content=content), stage, ignore, environ, "linux")


def test_every_content_but_a_camera_has_an_adapter() -> None:
    assert set(CONTENTS) == set(typing.get_args(SourceContent)) - {CameraContent}
    with pytest.raises(BugError, match="serves camera"):
        made(CameraContent(device="x"), X11)


@pytest.mark.parametrize("environ", [X11, WAYLAND])
@pytest.mark.parametrize("kind", list(CONTENTS))
def test_an_adapter_is_made_without_opening_anything(kind: type, environ: dict[str, str]) -> None:
    content, label, is_live = CONTENTS[kind]
    source = made(content, environ)
    assert source.label == label
    assert source.capabilities.is_live == is_live
    source.close()
