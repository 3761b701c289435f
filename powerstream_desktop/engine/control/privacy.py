"""Privacy: what is seen and heard while the user must be neither (DESIGN 9). Pure.

It lies over the studio and the sound and changes neither, so that ending it needs no memory, and whatever is switched or edited
meanwhile stays hidden.
"""

from __future__ import annotations

import contextlib
import dataclasses

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.scene.starting_studio import BE_RIGHT_BACK, starting_studio
from powerstream_desktop.engine.scene.studio import CUT, Studio


def hidden_studio(studio: Studio) -> Studio:
    """Return the studio with "Be right back" on; where the user has removed that scene, with that of the first start.

    All other scenes stay in it, so that their cameras stay open and are there when privacy ends.
    """
    if any(scene.id == BE_RIGHT_BACK for scene in studio.scenes):
        return dataclasses.replace(studio.switched_to(BE_RIGHT_BACK), transition=CUT)
    first = starting_studio()
    scene = first.scene(BE_RIGHT_BACK)
    own = tuple(
        dataclasses.replace(first.source(layer.source), id=_own(layer.source)) for layer in scene.layers
    )
    layers = tuple(
        dataclasses.replace(layer, id=_own(layer.id), source=_own(layer.source)) for layer in scene.layers
    )
    scene = dataclasses.replace(scene, layers=layers)
    alone = Studio(
        sources=own, scenes=(scene,), current=scene.id, portrait_window=studio.portrait_window, transition=CUT
    )
    with contextlib.suppress(UserError):  # no more scenes or sources fit in: nothing may hinder privacy
        return dataclasses.replace(alone, sources=(*studio.sources, *own), scenes=(*studio.scenes, scene))
    return alone


def _own(id_: str) -> str:
    """Return an id that is none of the user's: that studio may have kept parts of the scene."""
    return f"privacy-{id_}"


def muted_sound(sound: MixerSettings) -> MixerSettings:
    """Return the settings with every channel muted."""
    muted = tuple(dataclasses.replace(channel, is_muted=True) for channel in sound.channels)
    return dataclasses.replace(sound, channels=muted)
