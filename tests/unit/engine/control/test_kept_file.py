"""What the user made, on disk: nothing in it is lost, whatever is found there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.frozen_json import from_json, parse_json, to_json, write_json
from powerstream_desktop.engine.control.kept_file import VERSION, KeptFile
from powerstream_desktop.engine.control.user_files import KeptSound, KeptStudio
from powerstream_desktop.engine.mixer.starting_sound import starting_sound
from powerstream_desktop.engine.scene.scene import CropShares, Fit, Layer, Place, Scene
from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    Colour,
    FileContent,
    ImageContent,
    ScreenContent,
    Source,
    SourceContent,
    TestPictureContent,
    TextContent,
    TextKind,
    WindowContent,
)
from powerstream_desktop.engine.scene.starting_studio import starting_studio
from powerstream_desktop.engine.scene.studio import Studio, Transition, TransitionKind

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


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), min_size=1, max_size=20
).filter(str.strip)
SHARES = st.floats(0, 1)
ANY_CONTENT: st.SearchStrategy[SourceContent] = st.one_of(
    st.builds(ScreenContent, display=TEXT, cursor=st.booleans()),
    st.builds(WindowContent, title=TEXT),
    st.builds(CameraContent, device=TEXT, width=st.integers(0, 4096), fps=st.integers(0, 240)),
    st.builds(ImageContent, path=TEXT.filter(lambda text: "\0" not in text).map(Path)),
    st.builds(TextContent, text=TEXT, kind=st.sampled_from(TextKind), outline=SHARES),
)
LAYERS = st.builds(
    Layer,
    id=st.just("layer"),
    source=st.just("source"),
    place=st.builds(Place, x=st.floats(-10, 10), width=st.floats(0.01, 10)),
    fit=st.sampled_from(Fit),
    opacity=SHARES,
    locked=st.booleans(),
)
STUDIOS = st.builds(
    lambda name, content, layer, window: Studio(
        sources=(Source(id="source", name=name, content=content),),
        scenes=(Scene(id="scene", name=name, layers=(layer,)),),
        current="scene",
        portrait_window=window,
    ),
    NAMES,
    ANY_CONTENT,
    LAYERS,
    SHARES,
)


def scenes_file(folder: Path) -> KeptFile[KeptStudio]:
    return KeptFile(folder / "studio.json", KeptStudio, "scenes")


@given(STUDIOS)
def test_any_studio_survives_being_written_and_read(studio: Studio) -> None:
    kept = KeptStudio(studio=studio)
    assert from_json(KeptStudio, parse_json(write_json(to_json(kept)))) == kept


@pytest.mark.parametrize("studio", [starting_studio(), full_studio()], ids=["first start", "everything"])
def test_what_was_written_is_read(tmp_path: Path, studio: Studio) -> None:
    file = scenes_file(tmp_path)

    file.write(KeptStudio(studio=studio))

    assert file.read() == (KeptStudio(studio=studio), "")
    assert [each.name for each in tmp_path.iterdir()] == ["studio.json"]


def test_the_sound_is_kept_in_the_same_way(tmp_path: Path) -> None:
    file = KeptFile(tmp_path / "sound.json", KeptSound, "sound settings")
    kept = KeptSound(sound=starting_sound(), is_private=True)

    file.write(kept)

    assert file.read() == (kept, "")


def test_a_first_start_has_nothing_and_no_trouble(tmp_path: Path) -> None:
    assert scenes_file(tmp_path).read() == (None, "")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is damaged"),
        (b"{", "is damaged"),
        (b"[]", "is damaged"),
        (b"{}", "is damaged"),
        (b"\xff\xfe\x00", "is damaged"),
        (json.dumps({"version": VERSION, "studio": {}}).encode(), "is damaged"),
        (json.dumps({"version": True, "studio": {}}).encode(), "is damaged"),
        (json.dumps({"version": VERSION + 1, "studio": {}}).encode(), "newer version"),
        (b"[" * 100_000, "is damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_kept_and_said(tmp_path: Path, content: bytes, why: str) -> None:
    file = scenes_file(tmp_path)
    file.path.write_bytes(content)

    kept, trouble = file.read()
    file.write(KeptStudio(studio=starting_studio()))

    assert kept is None
    assert why in trouble
    assert "studio.kept-1.json" in trouble
    assert (tmp_path / "studio.kept-1.json").read_bytes() == content
    assert file.read() == (KeptStudio(studio=starting_studio()), "")


def test_a_second_damaged_file_does_not_replace_the_first(tmp_path: Path) -> None:
    file = scenes_file(tmp_path)
    for content in (b"first", b"second"):
        file.path.write_bytes(content)
        file.read()

    assert (tmp_path / "studio.kept-1.json").read_bytes() == b"first"
    assert (tmp_path / "studio.kept-2.json").read_bytes() == b"second"


def test_a_studio_whose_parts_do_not_fit_counts_as_damaged(tmp_path: Path) -> None:
    file = scenes_file(tmp_path)
    file.write(KeptStudio(studio=full_studio()))
    value = json.loads(file.path.read_text())
    value["studio"]["current"] = "nowhere"
    file.path.write_text(json.dumps(value))

    assert "is damaged" in file.read()[1]


def test_a_file_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    file = scenes_file(tmp_path)
    file.path.mkdir()

    with pytest.raises(SystemFault, match="cannot be read"):
        file.read()


def test_a_disk_that_takes_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match="could not be saved"):
        scenes_file(tmp_path / "no folder").write(KeptStudio(studio=starting_studio()))


def test_what_a_crash_left_half_written_is_removed(tmp_path: Path) -> None:
    file = scenes_file(tmp_path)
    file.write(KeptStudio(studio=full_studio()))
    (tmp_path / ".studio.json.a1b2c3").write_bytes(b"{")

    assert file.read() == (KeptStudio(studio=full_studio()), "")
    assert [each.name for each in tmp_path.iterdir()] == ["studio.json"]
