"""The folders that a recording may go to, and the one it goes to now (reliability_security.md 1.5.7, 1.5.10)."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from pathlib import Path

from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.common.text import size_text
from powerstream_desktop.recording.ballast import Ballast
from powerstream_desktop.recording.folder import free_bytes_in, prepare_folder
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.space_policy import LEAST_FREE_BYTES

logger = logging.getLogger(__name__)


class RecordingFolders:
    """Goes from one folder to the next, and back only when there is no next one: a disk that came back is used again by the next recording.

    Used by one thread at a time, and blocks as the disks do.

    Args:
        options: names the folders, and how much is kept aside in them.
        free_bytes: tells the room in a folder; ``None`` if the system does not.
    """

    def __init__(
        self, options: RecordingOptions, *, free_bytes: Callable[[Path], int | None] = free_bytes_in
    ) -> None:
        self._options = options
        self._free_bytes = free_bytes
        self._rest = deque(options.fallback_folders)
        self._ballasts: list[Ballast] = []
        self._current = options.folder
        self._ballast = Ballast(self._current, 0)
        self._devices: dict[Path, int] = {}
        """Which disk each folder was on when it was made ready, in the order in which they served."""

    @property
    def current(self) -> Path:
        """Where files go now."""
        return self._current

    @property
    def is_fallback(self) -> bool:
        """Whether that is another folder than the one wanted."""
        return self._current != self._options.folder

    @property
    def ballast(self) -> Ballast:
        """What is kept aside there."""
        return self._ballast

    @property
    def is_on_its_disk(self) -> bool:
        """Whether the folder is on the disk it was on. One that was unmounted leaves an empty folder of its name on another."""
        return self._current not in self._devices or self._is_where_it_was(self._current)

    def prepare(self) -> None:
        """Make ready the folder that is wanted, or the first of the others that can be used.

        Raises:
            UserError: none can be used; the one that is wanted is no folder, or may not be written to.
            SystemFault: none can be used; its disk is full or does not answer properly.
        """
        try:
            self._enter(self._options.folder)
        except PowerStreamError as refusal:
            if not self.advance():
                raise
            logger.warning("%s The recording goes to %s.", refusal.title, self._current)

    def advance(self) -> bool:
        """Go on to the next folder that can be used; return whether there is one."""
        while self._rest:
            folder = self._rest.popleft()
            try:
                self._enter(folder)
            except PowerStreamError as refusal:
                logger.warning("A fallback folder cannot be used: %s", refusal)
            else:
                return True
        return False

    def come_back(self, has_room: Callable[[int | None], bool]) -> bool:
        """Go back to the first folder that served before and takes files again; return whether there is one.

        Args:
            has_room: tells whether so many free bytes are enough.
        """
        for folder in tuple(self._devices):
            if not self._is_where_it_was(folder) or not has_room(self._free_bytes(folder)):
                continue
            try:
                self._enter(folder)
            except PowerStreamError as refusal:
                logger.debug("a folder still takes no recording: %s", refusal)
            else:
                return True
        return False

    def free_bytes(self) -> int | None:
        """Return how much may still be written where files go now; ``None`` if the system does not tell."""
        return self._free_bytes(self._current)

    def keep_ballast(self) -> None:
        """See to it that what is kept aside there still is."""
        if self.is_on_its_disk:
            self._ballast.keep()

    def leave(self) -> None:
        """Give back what is kept aside: nothing is recorded any more."""
        for ballast in self._ballasts:
            ballast.remove()

    def _enter(self, folder: Path) -> None:
        device = prepare_folder(folder)
        free_bytes = self._free_bytes(folder)
        least_bytes = LEAST_FREE_BYTES + self._options.reserve_bytes
        if free_bytes is not None and free_bytes < least_bytes:
            raise SystemFault(
                f"There is too little space for a recording in {folder}: {size_text(free_bytes)} are free, "
                f"{size_text(least_bytes)} are needed to begin.",
                hint="Free some space or choose another folder.",
                detail=f"{free_bytes} bytes are free",
            )
        self._current, self._devices[folder] = folder, device
        self._ballast = Ballast(folder, self._options.reserve_bytes)
        if self._options.reserve_bytes:
            self._ballast.fill()
            self._ballasts.append(self._ballast)

    def _is_where_it_was(self, folder: Path) -> bool:
        try:
            return folder.stat().st_dev == self._devices[folder]
        except OSError:
            return False
