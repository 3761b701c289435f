"""The file of the scenes: nothing in it is lost, whatever is found on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.scene.scene import CropShares, Fit, Layer, Place, Scene
from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    Colour,
    FileContent,
    ImageContent,
    Source,
    SourceContent,
    TestPictureContent,
    TextContent,
    TextKind,
    WindowContent,
)
from powerstream_desktop.engine.scene.starting_studio import starting_studio
from powerstream_desktop.engine.scene.studio import Studio, Transition, TransitionKind
from powerstream_desktop.engine.scene.studio_file import VERSION, read_studio, write_studio

CONTENTS: tuple[SourceContent, ...] = (
    WindowContent(title="Gäme ✨"),
    CameraContent(device="rtsp://127.0.0.1/door", width=1280, height=720, fps=30),
    ImageContent(path=Path("logo.svg")),
    TextContent(text="Begins in", kind=TextKind.COUNTDOWN, countdown_to_s=1.5e9, colour=Colour(1, 2, 3, 4)),
    FileContent(path=Path("loop.mp4"), loop=False),
    TestPictureContent(),
)


def full_studio() -> Studio:
    sources = tuple(
        Source(id=f"s{number}", name=f"Source {number}", content=content)
        for number, content in enumerate(CONTENTS)
    )
    layer = Layer(
        id="l",
        source="s0",
        place=Place(x=-0.25, y=0.1, width=0.5, height=0.5),
        crop=CropShares(left=0.1),
        fit=Fit.FILL,
        opacity=0.75,
        visible=False,
        locked=True,
    )
    scene = Scene(id="one", name="One", layers=(layer,), portrait=(Layer(id="p", source="s5"),))
    return Studio(
        sources=sources,
        scenes=(scene,),
        current="one",
        transition=Transition(kind=TransitionKind.FADE, duration_ms=500),
        portrait_window=0.25,
    )


@pytest.mark.parametrize("studio", [starting_studio(), full_studio()], ids=["first start", "everything"])
def test_what_was_written_is_read(tmp_path: Path, studio: Studio) -> None:
    path = tmp_path / "scenes.json"

    write_studio(path, studio)

    assert read_studio(path).studio == studio
    assert [each.name for each in tmp_path.iterdir()] == ["scenes.json"]


def test_a_first_start_has_its_scenes_without_a_word(tmp_path: Path) -> None:
    found = read_studio(tmp_path / "scenes.json")

    assert (found.studio, found.trouble) == (starting_studio(), "")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is damaged"),
        (b"{", "is damaged"),
        (b"[]", "is damaged"),
        (b"\xff\xfe\x00", "is not a text file"),
        (json.dumps({"version": VERSION, "studio": {}}).encode(), "is damaged"),
        (json.dumps({"version": VERSION + 1, "studio": {}}).encode(), "newer version"),
        (b"[" * 100_000, "is damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_kept_and_said(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "scenes.json"
    path.write_bytes(content)

    found = read_studio(path)
    write_studio(path, found.studio)

    assert why in found.trouble
    assert "scenes.kept-1.json" in found.trouble
    assert (tmp_path / "scenes.kept-1.json").read_bytes() == content
    assert read_studio(path).trouble == ""


def test_a_second_damaged_file_does_not_replace_the_first(tmp_path: Path) -> None:
    path = tmp_path / "scenes.json"
    for content in (b"first", b"second"):
        path.write_bytes(content)
        read_studio(path)

    assert (tmp_path / "scenes.kept-1.json").read_bytes() == b"first"
    assert (tmp_path / "scenes.kept-2.json").read_bytes() == b"second"


def test_a_studio_whose_parts_do_not_fit_counts_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "scenes.json"
    write_studio(path, full_studio())
    value = json.loads(path.read_text())
    value["studio"]["current"] = "nowhere"
    path.write_text(json.dumps(value))

    assert "is damaged" in read_studio(path).trouble


def test_a_disk_that_takes_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match="could not be saved"):
        write_studio(tmp_path / "no folder" / "scenes.json", starting_studio())
