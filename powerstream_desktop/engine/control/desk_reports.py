"""What a window shows of the engine: studio, sound, meters, devices. Frozen values; see ``reports``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from powerstream_desktop.common.camera_device import CameraDevice
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.engine.sources.devices import ScreenDevice, WindowDevice


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioChanged:
    """The studio as it is now; told at the start and after every change, also of the scene that is on.

    Attributes:
        studio: all sources and scenes.
        can_undo: there is an edit to undo.
        can_redo: there is an undone edit to take again.
    """

    type: Literal["studio_changed"] = "studio_changed"
    studio: Studio
    can_undo: bool
    can_redo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundChanged:
    """The mixer's settings as they are now; told at the start and after every change.

    Attributes:
        sound: all channels.
    """

    type: Literal["sound_changed"] = "sound_changed"
    sound: MixerSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyChanged:
    """Privacy was switched on or off, or was on already when the engine started.

    Attributes:
        is_on: "Be right back" is shown and everything is muted, whatever studio and sound say.
    """

    type: Literal["privacy_changed"] = "privacy_changed"
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """What a meter shows: dBFS, left and right; -120 is nothing.

    Attributes:
        peak_dbfs: rises at once, falls slowly.
        held_dbfs: the highest peak of the last 1.5 s.
        rms_dbfs: over the last 300 ms.
    """

    peak_dbfs: tuple[float, float]
    held_dbfs: tuple[float, float]
    rms_dbfs: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLevels:
    """One channel's meter.

    Attributes:
        channel: id of the channel.
        is_open: it is meant to be heard now.
        levels: what comes out of it, whoever hears it.
        problem: why it has no sound, or not all its filters; empty when all is well.
    """

    channel: str
    is_open: bool
    levels: Levels
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundLevels:
    """The mixer's meters, ten times a second while they are watched.

    Attributes:
        channels: in their order.
        program: what the audience gets.
        momentary_lufs: loudness of the same over 400 ms (EBU R128); -70 is nothing.
        short_term_lufs: the same over 3 s.
        reduction_db: by how much the program's limiter is closed.
        delay_ms: by how much the sound is later than what was captured at the same time; pictures wait as long.
    """

    type: Literal["sound_levels"] = "sound_levels"
    channels: tuple[ChannelLevels, ...]
    program: Levels
    momentary_lufs: float
    short_term_lufs: float
    reduction_db: float
    delay_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSound:
    """A sound device that can be chosen.

    Attributes:
        id: what a channel keeps; stays the same when the device is unplugged and comes back.
        name: for people.
        is_default: what is taken when no device is named.
    """

    id: str
    name: str
    is_default: bool


class DeviceKind(StrEnum):
    """What a device is; named as the content that a source or a channel makes of it."""

    SCREEN = "screen"
    WINDOW = "window"
    CAMERA = "camera"
    MICROPHONE = "microphone"
    DESKTOP_SOUND = "desktop-sound"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceProblem:
    """Why lists are empty that should not be.

    Attributes:
        kinds: whose lists these are, at least one.
        title: one sentence.
    """

    kinds: frozenset[DeviceKind]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Devices:
    """What can be captured, recorded and played on now; asked for, or while watched whenever it changes.

    Attributes:
        screens, windows: empty where the system asks the user itself (Wayland).
        cameras: by names that stay the same.
        microphones: what a microphone channel can name.
        desktop_sounds: what a desktop sound channel can name.
        outputs: what the monitor can be played on.
        problems: why lists are empty that should not be.
    """

    type: Literal["devices"] = "devices"
    screens: tuple[ScreenDevice, ...] = ()
    windows: tuple[WindowDevice, ...] = ()
    cameras: tuple[CameraDevice, ...] = ()
    microphones: tuple[ListedSound, ...] = ()
    desktop_sounds: tuple[ListedSound, ...] = ()
    outputs: tuple[ListedSound, ...] = ()
    problems: tuple[DeviceProblem, ...] = ()
