"""Asyncio's side of the settings: one owner, one change at a time, and everybody who follows them is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.service.settings.chosen_folders import newly_chosen, prove
from powerstream_desktop.service.settings.document import Document
from powerstream_desktop.service.settings.settings import Settings
from powerstream_desktop.service.settings.settings_file import SettingsFile

Follower: TypeAlias = Callable[[Settings], Awaitable[None]]
"""Called on the loop after a change was saved, before whoever made it is answered; it must not raise."""


_LEVELS: Final = {
    Severity.ERROR: logging.ERROR,
    Severity.WARNING: logging.WARNING,
    Severity.NOTE: logging.INFO,
}

logger = logging.getLogger(__name__)


class SettingsDesk:
    """Owns the settings. Made before the loop runs; everything else is called on the loop.

    Args:
        file: where they are kept; read here, which blocks for a moment.
    """

    def __init__(self, file: SettingsFile) -> None:
        self._file = file
        self._document = file.load()
        for finding in self._document.findings:
            logger.log(_LEVELS[finding.severity], "%s %s", finding.sentence, finding.remedy)
        self._followers: list[Follower] = []
        self._turn = asyncio.Lock()
        self._threads = DaemonThreads()

    @property
    def settings(self) -> Settings:
        """As they are now."""
        return self._document.settings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the file."""
        return self._document.findings

    def follow(self, follower: Follower) -> None:
        """Have somebody told of each change."""
        self._followers.append(follower)

    async def change(self, changes: Mapping[str, object]) -> Settings:
        """Set options.

        Args:
            changes: values as JSON holds them, by the options' names; ``None`` for the default.

        Returns:
            All settings, once they are saved and everybody has been told.

        Raises:
            UserError: a value that cannot be, or a folder for recordings that cannot be written; nothing was changed.
            SystemFault: the disk refuses; nothing was changed.
        """
        async with self._turn:
            for folder in newly_chosen(self._document.settings, changes):
                await prove(folder, self._threads)
            saving: asyncio.Future[Document] = asyncio.get_running_loop().run_in_executor(
                self._threads, self._file.change, changes
            )
            self._document = await saving
            for follower in self._followers:
                await follower(self._document.settings)
            return self._document.settings
