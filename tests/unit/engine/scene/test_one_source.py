from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.engine.mixer.settings import SourceSoundContent, ToneContent
from powerstream_desktop.engine.scene.one_source import SOURCE, one_source_sound, one_source_studio
from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    FileContent,
    ScreenContent,
    SourceContent,
    TestPictureContent,
)

FILE = FileContent(path=Path("clip.mp4"))


def test_a_studio_of_one_source_shows_it_and_nothing_else() -> None:
    studio = one_source_studio(FILE, "File")
    [layer] = studio.on_air.layers
    assert studio.source(layer.source).content == FILE
    assert studio.source(layer.source).name == "File"


@pytest.mark.parametrize(
    ("content", "sounds"),
    [
        (FILE, [SourceSoundContent(source=SOURCE)]),
        (TestPictureContent(), [ToneContent()]),
        (ScreenContent(), []),
        (CameraContent(device="0"), []),
    ],
)
def test_the_sound_follows_the_source(content: SourceContent, sounds: list[object]) -> None:
    assert [channel.content for channel in one_source_sound(content).channels] == sounds
