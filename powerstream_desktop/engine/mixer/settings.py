"""What the user says of the mixer: channels and their filters. Frozen values, checked when they are made; nothing here sounds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.mixer.filter_settings import MAX_FILTERS, FilterSettings, check_range
from powerstream_desktop.engine.scene.sources import check_id, check_name

MIN_GAIN_DB: Final = -60.0
MAX_GAIN_DB: Final = 12.0
MIN_OFFSET_MS: Final = -950
MAX_OFFSET_MS: Final = 5000
MAX_CHANNELS: Final = 32


class Monitor(StrEnum):
    """Who hears a channel."""

    OFF = "off"
    """The audience."""
    ONLY = "only"
    """The user."""
    BOTH = "both"


class Width(StrEnum):
    """What becomes of left and right."""

    STEREO = "stereo"
    MONO = "mono"
    """Both sides get the mean of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneContent:
    """A microphone or line in.

    Attributes:
        device: its id in the device list; empty for whichever is the system's default.
    """

    type: Literal["microphone"] = "microphone"
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesktopSoundContent:
    """What this computer plays.

    Attributes:
        device: its id in the device list; empty for whichever is the system's default.
    """

    type: Literal["desktop-sound"] = "desktop-sound"
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSoundContent:
    """The sound of a source that is also a picture, such as a media file.

    Attributes:
        source: its id in the studio.
    """

    type: Literal["source"] = "source"
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneContent:
    """The tone that belongs to the test picture."""

    type: Literal["tone"] = "tone"


SoundContent: TypeAlias = MicrophoneContent | DesktopSoundContent | SourceSoundContent | ToneContent


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    """One channel.

    Attributes:
        id: made once, never shown.
        name: what the user calls it.
        content: what is heard.
        gain_db: -60 to +12.
        is_muted: neither the audience nor the user hears it.
        is_push_to_talk: heard only while the key is held.
        width: stereo or mono.
        balance: -1 (left only) to 1 (right only).
        sync_offset_ms: how much later than the picture it is heard, -950 to +5,000. Nobody can hear the future: a negative
            offset delays everything else.
        monitor: who hears it.
        filters: in the order in which the sound passes them.
    """

    id: str
    name: str
    content: SoundContent
    gain_db: float = 0.0
    is_muted: bool = False
    is_push_to_talk: bool = False
    width: Width = Width.STEREO
    balance: float = 0.0
    sync_offset_ms: int = 0
    monitor: Monitor = Monitor.OFF
    filters: tuple[FilterSettings, ...] = ()

    def __post_init__(self) -> None:
        check_id(self.id)
        check_name(self.name, "channel")
        check_range(self.gain_db, MIN_GAIN_DB, MAX_GAIN_DB, "gain", "dB")
        check_range(self.balance, -1, 1, "balance", "")
        check_range(self.sync_offset_ms, MIN_OFFSET_MS, MAX_OFFSET_MS, "sync offset", "ms")
        if len(self.filters) > MAX_FILTERS:
            raise UserError(
                f"A channel can have {MAX_FILTERS} filters, not {len(self.filters)}.", hint="Remove some."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class MixerSettings:
    """The mixer.

    Attributes:
        channels: in the order in which they are shown, at most 32.
        monitor_output: id of the loudspeaker on which the user hears the monitor; empty for whichever is the system's default.
    """

    channels: tuple[ChannelSettings, ...] = ()
    monitor_output: str = ""

    def __post_init__(self) -> None:
        ids = [channel.id for channel in self.channels]
        if len(set(ids)) != len(ids):
            raise UserError("Two channels have the same id.", hint="Restore the studio from its last copy.")
        if len(ids) > MAX_CHANNELS:
            raise UserError(f"There can be {MAX_CHANNELS} channels, not {len(ids)}.", hint="Remove some.")
