"""What a new user hears: the microphone, and what the computer plays where that can be had."""

from __future__ import annotations

import sys

from powerstream_desktop.engine.mixer.settings import (
    ChannelSettings,
    DesktopSoundContent,
    MicrophoneContent,
    MixerSettings,
)

MICROPHONE = "microphone"
DESKTOP = "desktop"


def starting_sound(platform: str = sys.platform) -> MixerSettings:
    """Return the channels of the first start.

    Args:
        platform: as ``sys.platform``; macOS lets no program record what it plays.
    """
    microphone = ChannelSettings(id=MICROPHONE, name="Microphone", content=MicrophoneContent())
    desktop = ChannelSettings(id=DESKTOP, name="Computer", content=DesktopSoundContent())
    return MixerSettings(channels=(microphone,) if platform == "darwin" else (microphone, desktop))
