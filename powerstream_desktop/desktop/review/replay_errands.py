"""What is asked of the replay that is shown: an answer that comes after another is shown is nobody's. On the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.desk import Desk

AnswerT = TypeVar("AnswerT")


class ReplayErrands:
    """Of one part of the window.

    Args:
        desk: takes errands.
        owner: with its end nobody waits for answers any more.
        shown: the replay that is shown now.
    """

    def __init__(self, desk: Desk, owner: QObject, shown: Callable[[], Asset | None]) -> None:
        self._desk = desk
        self._owner = owner
        self._shown = shown

    def ask(
        self,
        errand: Callable[[Client], AnswerT],
        then: Callable[[AnswerT], None],
        otherwise: Callable[[PowerStreamError], None] = lambda _: None,
    ) -> None:
        """Ask something of the replay that is shown."""
        asset = self._shown()
        self._desk.ask(
            errand,
            lambda answer: then(answer) if self.is_shown(asset) else None,
            otherwise=lambda error: otherwise(error) if self.is_shown(asset) else None,
            owner=self._owner,
        )

    def is_shown(self, asset: Asset | None) -> bool:
        """Return whether this is the replay that is shown."""
        shown = self._shown()
        return asset is not None and shown is not None and asset.id == shown.id
