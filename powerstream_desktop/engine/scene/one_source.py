"""A studio that shows one thing, as the command line asks for it: one scene with one layer, and the sound that goes with it."""

from __future__ import annotations

from typing import Final

from powerstream_desktop.engine.mixer.settings import (
    ChannelSettings,
    MixerSettings,
    SoundContent,
    SourceSoundContent,
    ToneContent,
)
from powerstream_desktop.engine.scene.scene import Layer, Scene
from powerstream_desktop.engine.scene.sources import (
    FileContent,
    Source,
    SourceContent,
    TestPictureContent,
)
from powerstream_desktop.engine.scene.studio import Studio

SOURCE: Final = "source"
SCENE: Final = "scene"


def one_source_studio(content: SourceContent, name: str) -> Studio:
    """Return a studio whose only scene shows a source, whole and centred.

    Args:
        content: what to show.
        name: what people call it, in one line.
    """
    return Studio(
        sources=(Source(id=SOURCE, name=name, content=content),),
        scenes=(Scene(id=SCENE, name=name, layers=(Layer(id="layer", source=SOURCE),)),),
        current=SCENE,
    )


def one_source_sound(content: SourceContent) -> MixerSettings:
    """Return the sound of such a studio: a file's own, the tone beside the test picture, and nothing for anything else."""
    match content:
        case FileContent():
            return _one_channel(SourceSoundContent(source=SOURCE), "File")
        case TestPictureContent():
            return _one_channel(ToneContent(), "Tone")
        case _:
            return MixerSettings()


def _one_channel(content: SoundContent, name: str) -> MixerSettings:
    return MixerSettings(channels=(ChannelSettings(id="sound", name=name, content=content),))
