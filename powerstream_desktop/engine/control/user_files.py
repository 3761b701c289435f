"""The user's own studio and sound: read from the configuration folder at the start, saved after every change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.control.desk import Desk
from powerstream_desktop.engine.control.kept_file import KeptFile, KeptT
from powerstream_desktop.engine.control.reports import Notice
from powerstream_desktop.engine.control.saver import Saver
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.mixer.starting_sound import starting_sound
from powerstream_desktop.engine.scene.starting_studio import starting_studio
from powerstream_desktop.engine.scene.studio import Studio

NOT_READ: Final = "not_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStudio:
    """The file of the scenes."""

    studio: Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSound:
    """The file of the sound. Privacy is in it so that an engine that died comes back private."""

    sound: MixerSettings
    is_private: bool = False


class UserFiles:
    """Reads the desk that an engine starts with, and keeps of it what is the user's own.

    Args:
        folder: of the configuration; exists.
        on_notice: told, from any thread, what could not be read or saved; must not block.
    """

    def __init__(self, folder: Path, on_notice: Callable[[Notice], None]) -> None:
        self._studio_file = KeptFile(folder / "studio.json", KeptStudio, "scenes")
        self._sound_file = KeptFile(folder / "sound.json", KeptSound, "sound settings")
        self._on_notice = on_notice
        self._saver = Saver(on_notice)
        self._keeps_studio = False
        self._keeps_sound = False

    def open(self, config: EngineConfig) -> Desk:
        """Return the desk of a configuration; what that leaves open is the user's own, from disk or as at a first start.

        Raises:
            SystemFault: a file cannot be read.
        """
        self._keeps_studio, self._keeps_sound = config.studio is None, config.sound is None
        self._saver.start()
        studio, sound, is_private = config.studio, config.sound, config.is_private
        if studio is None:
            kept_studio = self._read(self._studio_file)
            studio = kept_studio.studio if kept_studio is not None else starting_studio()
        if sound is None:
            kept_sound = self._read(self._sound_file)
            sound = kept_sound.sound if kept_sound is not None else starting_sound()
            is_private = is_private or (kept_sound is not None and kept_sound.is_private)
        return Desk.of(studio, sound, is_private=is_private)

    def save(self, before: Desk, now: Desk) -> None:
        """Save what has changed. Never waits."""
        if self._keeps_studio and now.studio != before.studio:
            self._saver.put(self._studio_file, KeptStudio(studio=now.studio))
        kept_before = KeptSound(sound=before.sound, is_private=before.is_private)
        kept_now = KeptSound(sound=now.sound, is_private=now.is_private)
        if self._keeps_sound and kept_now != kept_before:
            self._saver.put(self._sound_file, kept_now)

    def close(self) -> None:
        """Save what still waits, for three seconds at most."""
        self._saver.close()

    def _read(self, file: KeptFile[KeptT]) -> KeptT | None:
        kept, trouble = file.read()
        if trouble:
            self._on_notice(Notice(code=NOT_READ, subject=file.what, title=trouble, hint=""))
        return kept
