"""The adapter to the computer's sound devices, by SoundCard: PulseAudio or PipeWire, WASAPI, CoreAudio.

Used only in a sound process of its own, for three reasons, each seen with SoundCard 0.4.6: importing it connects to the sound
server, once, and fails without one; when that server is gone libpulse aborts the whole process at the next question
(``pa_operation_unref`` of nothing); and opening a stream waits for ever for a server that hangs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np

from powerstream_desktop.common.errors import PowerStreamError, SystemFault, UserError
from powerstream_desktop.engine.sound import CHANNELS, SAMPLE_RATE, Samples
from powerstream_desktop.engine.sources.sound_wire import SoundDevice, SoundKind

BLOCK: Final = SAMPLE_RATE // 100
"""Samples (10 ms) asked for at a time; a device may give more."""
_AHEAD: Final = 4 * BLOCK
"""Samples (40 ms) that a loudspeaker holds: a busy computer is late by a block now and then."""
_LOOK_EVERY: Final = SAMPLE_RATE
"""Samples after which whoever uses the default device looks whether it still is."""


class DefaultMovedError(Exception):
    """Another device is the system's default now."""


def list_devices() -> tuple[SoundDevice, ...]:
    """Return all microphones, all loudspeakers that can be recorded, and all loudspeakers.

    Raises:
        PowerStreamError: there is no sound system.
    """
    try:
        defaults = {kind: _default_id(kind) for kind in SoundKind}
        recordable = [
            (device, SoundKind.DESKTOP if device.isloopback else SoundKind.MICROPHONE)
            for device in _recordable()
        ]
        speakers = [(device, SoundKind.SPEAKER) for device in _soundcard().all_speakers()]
        return tuple(
            SoundDevice(id=_id(device), name=device.name, kind=kind, is_default=_id(device) == defaults[kind])
            for device, kind in [*recordable, *speakers]
        )
    except Exception as error:
        raise translate(error) from error


class Recording:
    """One device being recorded.

    Args:
        kind: microphone or desktop sound.
        device: its id; empty for the system's default.

    Raises:
        PowerStreamError: it is not there, or cannot be had.
    """

    def __init__(self, kind: SoundKind, device: str) -> None:
        self._kind = kind
        self._follows_default = not device
        try:
            self._id = device or _default_id(kind)
            found = [each for each in _recordable() if _id(each) == self._id]
        except Exception as error:
            raise translate(error) from error
        if not found:
            # Never another one in its place: nobody would notice (obs#12084).
            raise _missing(kind, self._id)
        self._device = found[0]
        self.name: str = found[0].name

    def blocks(self) -> Iterator[Samples]:
        """Deliver blocks as the device gives them.

        Raises:
            DefaultMovedError: see there.
            PowerStreamError: the device is gone.
        """
        try:
            width = min(CHANNELS, self._device.channels)
            with self._device.recorder(SAMPLE_RATE, channels=width, blocksize=BLOCK) as recorder:
                look = _DefaultLook(self._kind, self._id) if self._follows_default else None
                while True:
                    block = np.asarray(recorder.record(None), np.float32)
                    yield np.broadcast_to(block.T, (CHANNELS, len(block)))
                    if look is not None:
                        look.after(len(block))
        except DefaultMovedError:
            raise
        except Exception as error:
            raise translate(error) from error


class Playback:
    """One loudspeaker being played on.

    Args:
        device: its id; empty for the system's default.

    Raises:
        PowerStreamError: it is not there, or cannot be had.
    """

    def __init__(self, device: str) -> None:
        self._follows_default = not device
        try:
            self._id = device or _default_id(SoundKind.SPEAKER)
            found = [each for each in _soundcard().all_speakers() if _id(each) == self._id]
        except Exception as error:
            raise translate(error) from error
        if not found:
            raise _missing(SoundKind.SPEAKER, self._id)
        self._device = found[0]
        self.name: str = found[0].name

    def play(self, blocks: Iterable[Samples]) -> None:
        """Play blocks, asking for the next one when the device has room for it.

        Raises:
            DefaultMovedError: see there.
            PowerStreamError: the device is gone.
        """
        try:
            with self._device.player(SAMPLE_RATE, channels=CHANNELS, blocksize=_AHEAD) as player:
                look = _DefaultLook(SoundKind.SPEAKER, self._id) if self._follows_default else None
                for block in blocks:
                    player.play(block.T)
                    if look is not None:
                        look.after(block.shape[1])
        except DefaultMovedError:
            raise
        except Exception as error:
            raise translate(error) from error


class _DefaultLook:
    """Looks now and then whether a device is still the system's default."""

    def __init__(self, kind: SoundKind, id_: str) -> None:
        self._kind = kind
        self._id = id_
        self._unseen = 0

    def after(self, count: int) -> None:
        """So many more samples have passed; raises ``DefaultMovedError`` when another device is the default."""
        self._unseen += count
        if self._unseen >= _LOOK_EVERY:
            self._unseen = 0
            if _default_id(self._kind) != self._id:
                raise DefaultMovedError


def translate(error: Exception) -> PowerStreamError:
    """Make one of ours of whatever SoundCard raised; it raises nearly anything."""
    if isinstance(error, PowerStreamError):
        return error
    detail = f"{type(error).__name__}: {error}"
    if isinstance(error, AssertionError):  # its import without a server
        return SystemFault(
            "No sound system is running.",
            hint="Log in to a desktop, or start PulseAudio or PipeWire.",
            detail=detail,
        )
    if isinstance(error, ImportError | OSError | NotImplementedError):
        return SystemFault(
            "The sound system cannot be used.",
            hint="Install the library libpulse." if sys.platform == "linux" else "",
            detail=detail,
        )
    return SystemFault(
        "The sound device stopped.", hint="Plug it in again if it does not come back.", detail=detail
    )


def _missing(kind: SoundKind, id_: str) -> PowerStreamError:
    if kind is SoundKind.DESKTOP and sys.platform == "darwin":
        return UserError(
            "macOS lets no program record what it plays.",
            hint="Install a virtual device such as BlackHole and choose it as a microphone.",
        )
    if not id_:
        return SystemFault("This computer has no such sound device.", hint="Plug one in.")
    return SystemFault("The chosen sound device is not plugged in.", hint="Plug it in.", detail=id_)


def _soundcard() -> Any:
    import soundcard  # type: ignore[import-untyped]

    return soundcard


def _recordable() -> list[Any]:
    found = _soundcard().all_microphones(include_loopback=True)
    return list(found)


def _default_id(kind: SoundKind) -> str:
    """Return the id of what is recorded or played on by default; empty if there is nothing."""
    soundcard = _soundcard()
    if kind is SoundKind.MICROPHONE:
        microphones = soundcard.all_microphones()
        if not microphones:
            return ""
        # SoundCard cannot ask PulseAudio for either default while there is no loudspeaker at all.
        microphone = soundcard.default_microphone() if soundcard.all_speakers() else microphones[0]
        # Without a microphone PulseAudio's default is what a loudspeaker plays.
        return "" if microphone.isloopback else _id(microphone)
    if not soundcard.all_speakers():
        return ""
    speaker = soundcard.default_speaker()
    if kind is SoundKind.SPEAKER:
        return _id(speaker)
    if sys.platform == "darwin":
        return ""
    return f"{speaker.id}.monitor" if sys.platform == "linux" else str(speaker.id)


def _id(device: Any) -> str:
    """Return what stays the same. CoreAudio counts its devices anew each time; their names stay."""
    return str(device.name if sys.platform == "darwin" else device.id)
