"""Where the mixer's sounds come from: devices, the tone, and the sources on the stage that can be heard."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from powerstream_desktop.engine.mixer.settings import (
    DesktopSoundContent,
    MicrophoneContent,
    SoundContent,
    SourceSoundContent,
    ToneContent,
)
from powerstream_desktop.engine.sound import Samples, SoundSource, Tone, silence
from powerstream_desktop.engine.sources.sound_device import DeviceSound
from powerstream_desktop.engine.sources.sound_wire import SoundKind, SoundLost

if TYPE_CHECKING:
    from powerstream_desktop.engine.stage.staged_source import StagedSource

OnStage: TypeAlias = "Callable[[str], StagedSource | None]"
"""Returns a source that is on air by its id; ``None`` while it is not."""
OnSoundChange: TypeAlias = Callable[[SoundContent, SoundLost | None], None]
"""Told with why a device gives no sound, and with ``None`` when it does again; on a thread of its own."""


class SoundMaker:
    """Makes the sound of a content, not opened yet.

    Args:
        on_stage: finds sources that can be heard.
        on_change: told of devices that are lost and back.
    """

    def __init__(self, on_stage: OnStage, on_change: OnSoundChange) -> None:
        self._on_stage = on_stage
        self._on_change = on_change
        # Written by the control thread, read by the program's; replaced whole.
        self._devices: dict[SoundContent, DeviceSound] = {}

    def make(self, content: SoundContent) -> SoundSource:
        """Return a sound that is its own, even where two channels want the same content."""
        match content:
            case MicrophoneContent(device=device):
                return self._device(content, SoundKind.MICROPHONE, device)
            case DesktopSoundContent(device=device):
                return self._device(content, SoundKind.DESKTOP, device)
            case SourceSoundContent(source=source_id):
                return SourceSound(source_id, self._on_stage)
            case ToneContent():
                return Tone()

    def keep_only(self, contents: Collection[SoundContent]) -> None:
        """Forget the devices of all other contents: their channels are gone, and they are closed."""
        self._devices = {content: device for content, device in self._devices.items() if content in contents}

    def late_ms(self, content: SoundContent) -> float:
        """Return how long the newest sound of a content has waited when it is mixed; 0 for what has no clock of its own."""
        device = self._devices.get(content)
        return 0.0 if device is None else device.snapshot.input.level_ms

    def _device(self, content: SoundContent, kind: SoundKind, device: str) -> DeviceSound:
        made = DeviceSound(kind, device, lambda failure: self._on_change(content, failure))
        self._devices = {**self._devices, content: made}
        return made


class SourceSound:
    """The sound of a source that is also a picture: heard while its scene is on, and silent before and after that.

    Args:
        source_id: of the studio's source.
        on_stage: finds it.
    """

    def __init__(self, source_id: str, on_stage: OnStage) -> None:
        self._source_id = source_id
        self._on_stage = on_stage
        self._last: StagedSource | None = None  # the program's thread's own

    def open(self) -> None:
        """Nothing to do: the stage opens the source."""

    def start(self) -> None:
        """Nothing runs on its own."""

    def read(self, position: int, count: int) -> Samples:
        """Return what the source plays there; it fades in and out over one read where its scene comes and goes."""
        now, before = self._on_stage(self._source_id), self._last
        self._last = now
        if now is before:
            return silence(count) if now is None else now.read_sound(position, count)
        ramp = np.linspace(0.0, 1.0, count, dtype=np.float32)
        heard = silence(count)
        if before is not None:
            heard += before.read_sound(position, count) * ramp[::-1]
        if now is not None:
            heard += now.read_sound(position, count) * ramp
        return heard

    def close(self) -> None:
        """Nothing is held."""
