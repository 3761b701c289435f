"""A media file as a source of pictures and sound that go together: in a loop or once, and begun anew by a hotkey.

Every playing of the file is a ``FilePass`` and a ``FileSound`` of its own; a restart makes new ones, so that picture and
sound always begin at the same time of the program. A file that is played once keeps its last picture and falls silent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.file_sound import FileSound
from powerstream_desktop.engine.media_file import MediaFile, probe
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.scene.sources import FileContent
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples, silence
from powerstream_desktop.engine.sources.file_pass import FilePass
from powerstream_desktop.engine.sources.port import Capabilities, LossListener

_STARTING: Final = 0.9
"""Slots that may have passed since the first one while the sources are started one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Playing:
    """One playing of the file.

    Attributes:
        begin_s: time of the program at which it began.
        pictures: opened.
        sound: likewise; ``None`` for a silent file.
    """

    begin_s: float
    pictures: FilePass
    sound: FileSound | None

    def start(self) -> None:
        self.pictures.start()
        if self.sound is not None:
            self.sound.start()

    def close(self) -> None:
        self.pictures.close()
        if self.sound is not None:
            self.sound.close()


class FileSource:
    """Plays a media file. ``picture_at`` and ``read_sound`` are for the program's thread, the rest for the engine's.

    Args:
        content: which file, and whether in a loop.
        on_loss: told when the file cannot be read any more, and when it can again.
        fps: of the program.
        clock: monotonic seconds.
    """

    def __init__(
        self, content: FileContent, on_loss: LossListener, fps: int, *, clock: Clock = monotonic
    ) -> None:
        self._content = content
        self._on_loss = on_loss
        self._fps = fps
        self._clock = clock
        self._epoch_s = 0.0
        self._media: MediaFile | None = None
        # Written by the engine's thread, read by the program's; replaced whole.
        self._playing: _Playing | None = None

    @property
    def label(self) -> str:
        """The file, for people."""
        return f"file {self._content.path.name}"

    @property
    def delivered(self) -> int:
        """Pictures decoded so far."""
        return 0 if self._playing is None else self._playing.pictures.next_serial - 1

    @property
    def capabilities(self) -> Capabilities:
        """Its size is that of its pictures."""
        if self._media is None or self._playing is None:
            return Capabilities()
        frame = self._playing.pictures.picture_at(0.0).frame
        return Capabilities(
            width=frame.width,
            height=frame.height,
            pixel_aspect=float(self._media.pixel_aspect),
        )

    def open(self) -> None:
        """Look into the file and decode its first picture and sound.

        Raises:
            PowerStreamError: it cannot be played; title and hint say why.
        """
        self._media = media = probe(self._content.path)
        self._playing = self._new_playing(media, first_serial=1)

    def start(self, epoch_s: float) -> None:
        """Begin with the program's next slot: with its first one, or in the middle of it when the scene comes on."""
        self._epoch_s = epoch_s
        self._playing = playing = replace(self._opened(), begin_s=self._next_slot_s())
        playing.start()

    def restart(self) -> None:
        """Begin the file again with the program's next slot; what plays goes on until the file has been looked into again.

        Raises:
            PowerStreamError: it cannot be played any more; what plays goes on.
        """
        before = self._opened()
        media = probe(self._content.path)
        opened = self._new_playing(media, first_serial=before.pictures.next_serial)
        playing = replace(opened, begin_s=self._next_slot_s())
        playing.start()
        self._media, self._playing = media, playing
        before.close()

    def show_at(self, _width: int, _height: int) -> None:
        """A file has its own size."""

    def picture_at(self, time_s: float) -> Picture:
        """Return the last picture that is due; when decoding is late, that of the slot before."""
        playing = self._opened()
        return playing.pictures.picture_at(time_s - playing.begin_s)

    def read_sound(self, position: int, count: int) -> Samples:
        """Return ``count`` samples of 48 kHz from a position of the program on; silence where the file has none."""
        playing, media = self._opened(), self._media
        samples = silence(count)
        if playing.sound is None or media is None:
            return samples
        first = position - round(playing.begin_s * SAMPLE_RATE)
        start, end = max(0, first), first + count
        if not self._content.loop:
            end = min(end, round(media.length_s * SAMPLE_RATE))
        if start < end:
            samples[:, start - first : end - first] = np.asarray(playing.sound.read(start, end - start))
        return samples

    def close(self) -> None:
        """Stop decoding and wait for it."""
        if self._playing is not None:
            self._playing.close()

    def _next_slot_s(self) -> float:
        """Return the time of the first slot that is not over; picture and sound that begin between two slots fall apart."""
        time_s = self._clock() - self._epoch_s
        return max(0, math.ceil(time_s * self._fps - _STARTING)) / self._fps

    def _opened(self) -> _Playing:
        if self._playing is None:
            raise BugError("A file was played that was not opened.")
        return self._playing

    def _new_playing(self, media: MediaFile, *, first_serial: int) -> _Playing:
        pictures = FilePass(media, loop=self._content.loop, first_serial=first_serial, on_loss=self._on_loss)
        sound = FileSound(media, on_loss=lambda _sentence: None) if media.has_sound else None
        try:
            pictures.open()
            if sound is not None:
                sound.open()
        except BaseException:
            pictures.close()
            raise
        return _Playing(begin_s=0.0, pictures=pictures, sound=sound)
