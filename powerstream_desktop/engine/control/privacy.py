"""Privacy: what is seen and heard while the user must be neither (DESIGN 9). Pure.

It lies over the studio and the sound and changes neither, so that ending it needs no memory, and whatever is switched or edited
meanwhile stays hidden.
"""

from __future__ import annotations

import dataclasses

from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.scene.starting_studio import BE_RIGHT_BACK, starting_studio
from powerstream_desktop.engine.scene.studio import CUT, Studio


def hidden_studio(studio: Studio) -> Studio:
    """Return the studio with "Be right back" on. Where the user has removed that scene, it is the one of the first start."""
    if all(scene.id != BE_RIGHT_BACK for scene in studio.scenes):
        return dataclasses.replace(starting_studio().switched_to(BE_RIGHT_BACK), transition=CUT)
    return dataclasses.replace(studio.switched_to(BE_RIGHT_BACK), transition=CUT)


def muted_sound(sound: MixerSettings) -> MixerSettings:
    """Return the settings with every channel muted."""
    muted = tuple(dataclasses.replace(channel, is_muted=True) for channel in sound.channels)
    return dataclasses.replace(sound, channels=muted)
