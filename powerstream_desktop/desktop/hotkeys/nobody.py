"""Where no way of listening exists: says so, and what to do instead."""

from __future__ import annotations

from collections.abc import Mapping

from powerstream_desktop.common.key_combination import KeyCombination
from powerstream_desktop.desktop.hotkeys import sentences
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import BackendState, BackendStatus, Listener


class NobodyListens:
    """Stands in for a way of listening."""

    def start(self, listener: Listener) -> None:
        """See ``HotkeyBackend``."""
        listener.stands(BackendStatus(name="", state=BackendState.GONE, sentence=sentences.NOBODY))

    def bind(self, keys: Mapping[HotkeyAction, KeyCombination], *, is_wish: bool = False) -> None:
        """See ``HotkeyBackend``."""

    def close(self) -> None:
        """See ``HotkeyBackend``."""
