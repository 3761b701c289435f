"""The sound's truth: every change of the mixer's settings passes here and gives new ones. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.control.sound_commands import (
    Mute,
    PutChannel,
    RemoveChannel,
    ReplaceSound,
    SetGain,
    SoundCommand,
)
from powerstream_desktop.engine.mixer.settings import ChannelSettings, MixerSettings


def changed_sound(sound: MixerSettings, command: SoundCommand) -> MixerSettings:
    """Return the settings after a command.

    Raises:
        UserError: it cannot be done.
    """
    match command:
        case PutChannel(channel=channel):
            known = any(each.id == channel.id for each in sound.channels)
            return _with(sound, channel) if known else _of(sound, (*sound.channels, channel))
        case RemoveChannel(channel=channel_id):
            gone = channel_of(sound, channel_id)
            return _of(sound, [each for each in sound.channels if each is not gone])
        case Mute(channel=channel_id, is_muted=is_muted):
            return _with(sound, dataclasses.replace(channel_of(sound, channel_id), is_muted=is_muted))
        case SetGain(channel=channel_id, gain_db=gain_db):
            return _with(sound, dataclasses.replace(channel_of(sound, channel_id), gain_db=gain_db))
        case ReplaceSound(sound=other):
            return other


def channel_of(sound: MixerSettings, channel_id: str) -> ChannelSettings:
    """Return a channel.

    Raises:
        UserError: there is none of that id.
    """
    for channel in sound.channels:
        if channel.id == channel_id:
            return channel
    raise UserError("There is no such channel.", hint="It may have been removed already.")


def _with(sound: MixerSettings, channel: ChannelSettings) -> MixerSettings:
    return _of(sound, [channel if each.id == channel.id else each for each in sound.channels])


def _of(sound: MixerSettings, channels: Sequence[ChannelSettings]) -> MixerSettings:
    return dataclasses.replace(sound, channels=tuple(channels))
