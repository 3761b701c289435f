"""What the sound desk is told: changes of channels. Frozen values; see ``commands``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from powerstream_desktop.engine.mixer.settings import ChannelSettings, MixerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class PutChannel:
    """Add a channel behind the others, or put it in the place of the one with its id.

    Attributes:
        channel: the whole of it.
    """

    type: Literal["put_channel"] = "put_channel"
    channel: ChannelSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveChannel:
    """Remove a channel.

    Attributes:
        channel: its id.
    """

    type: Literal["remove_channel"] = "remove_channel"
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Mute a channel, or let it be heard again.

    Attributes:
        channel: its id.
        is_muted: neither the audience nor the user shall hear it.
    """

    type: Literal["mute"] = "mute"
    channel: str
    is_muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGain:
    """Move a channel's fader.

    Attributes:
        channel: its id.
        gain_db: -60 to +12.
    """

    type: Literal["set_gain"] = "set_gain"
    channel: str
    gain_db: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceSound:
    """Take other mixer settings as a whole.

    Attributes:
        sound: all channels.
    """

    type: Literal["replace_sound"] = "replace_sound"
    sound: MixerSettings


SoundCommand: TypeAlias = PutChannel | RemoveChannel | Mute | SetGain | ReplaceSound
"""What the sound desk obeys."""
