"""The loudspeaker of the monitor outlives every change of the channels."""

from __future__ import annotations

import pytest

from powerstream_desktop.engine.control.privacy import muted_sound
from powerstream_desktop.engine.control.sound_commands import (
    Mute,
    PutChannel,
    RemoveChannel,
    SetGain,
    SoundCommand,
)
from powerstream_desktop.engine.control.sound_desk import changed_sound
from powerstream_desktop.engine.mixer.settings import ChannelSettings, MixerSettings, ToneContent

TONE = ChannelSettings(id="a", name="Tone", content=ToneContent())
SOUND = MixerSettings(channels=(TONE,), monitor_output="headphones")


@pytest.mark.parametrize(
    "command",
    [
        PutChannel(channel=ChannelSettings(id="b", name="Second", content=ToneContent())),
        PutChannel(channel=TONE),
        RemoveChannel(channel="a"),
        Mute(channel="a", is_muted=True),
        SetGain(channel="a", gain_db=-6.0),
    ],
    ids=lambda command: command.type,
)
def test_a_change_of_a_channel_leaves_the_monitor_where_it_is(command: SoundCommand) -> None:
    assert changed_sound(SOUND, command).monitor_output == "headphones"


def test_privacy_leaves_the_monitor_where_it_is() -> None:
    assert muted_sound(SOUND).monitor_output == "headphones"
