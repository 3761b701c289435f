"""The window's hotkeys: one owner of the way of listening, of the chosen keys, and of what they do."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from powerstream_desktop.client.settings import Value
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.desktop.hotkeys.action import HotkeyAction
from powerstream_desktop.desktop.hotkeys.backend import BackendState, BackendStatus, HotkeyBackend, KeyEvent
from powerstream_desktop.desktop.hotkeys.choosing import backend_for, way_of
from powerstream_desktop.desktop.hotkeys.dispatcher import Dispatcher
from powerstream_desktop.desktop.hotkeys.keymap import Clash, Keymap, keymap_of
from powerstream_desktop.desktop.shell.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class HotkeysStatus:
    """How the hotkeys stand.

    Attributes:
        backend: the way of listening.
        keymap: what the user chose.
        clashes: chosen keys that cannot be.
    """

    backend: BackendStatus
    keymap: Keymap = field(default_factory=Keymap)
    clashes: Mapping[HotkeyAction, Clash] = field(default_factory=dict)


class Hotkeys(QObject):
    """Listens from ``start`` to ``close``. Used on the window's thread.

    Args:
        surroundings: takes the errands, and knows what is on air.
        backend: listens; None for what this desktop has.
        clock: gives the time.
        parent: whose it is.
    """

    status_changed = Signal(object)  # HotkeysStatus
    pressed = Signal(object)  # HotkeyAction: went down, while no key was being chosen

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        backend: HotkeyBackend | None = None,
        clock: Clock = monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._backend = backend or backend_for(
            way_of(sys.platform, os.environ, QGuiApplication.platformName())
        )
        self._dispatcher = Dispatcher(surroundings, clock=clock, parent=self)
        self._status = HotkeysStatus(backend=BackendStatus(name="", state=BackendState.STARTING))
        self._is_known = False
        self._is_paused = False
        self._teller = _Teller(self)
        self._teller.moved.connect(self._take_event)
        self._teller.stood.connect(self._take_backend)

    @property
    def status(self) -> HotkeysStatus:
        """How they stand now."""
        return self._status

    def start(self) -> None:
        """Listen, as soon as the service has said for what."""
        self._backend.start(self._teller)
        feed = self._surroundings.feed
        feed.settings_changed.connect(self._take_settings)
        if feed.now.settings is not None:
            self._take_settings(feed.now.settings)

    def pause(self) -> None:
        """Listen for nothing while the user chooses a key: it must reach the window."""
        self._is_paused = True
        if not self._status.backend.is_chosen_by_system:
            self._backend.bind({})

    def go_on(self) -> None:
        """Listen again."""
        self._is_paused = False
        if not self._status.backend.is_chosen_by_system:
            self._bind()

    def set_up(self) -> None:
        """Have the desktop ask the user for keys, where it does so in a dialog of its own."""
        self._bind(is_wish=True)

    def close(self) -> None:
        """Listen no more; waits for three seconds at most. Harmless when repeated."""
        self._backend.close()

    def _take_settings(self, values: Mapping[str, Value]) -> None:
        keymap = keymap_of(values)
        if keymap != self._status.keymap or not self._is_known:
            self._is_known = True
            self._show(HotkeysStatus(backend=self._status.backend, keymap=keymap, clashes=keymap.clashes()))
            self._bind()

    def _bind(self, *, is_wish: bool = False) -> None:
        if not self._is_paused:
            self._backend.bind(self._status.keymap.to_listen_for(), is_wish=is_wish)

    def _take_event(self, event: KeyEvent) -> None:
        if self._is_paused and event.is_pressed:
            return
        if event.is_pressed:
            self.pressed.emit(event.action)
        self._dispatcher.heard(event)

    def _take_backend(self, backend: BackendStatus) -> None:
        status = self._status
        if self._is_paused and backend.state is BackendState.WORKING:
            return  # it listens for nothing, and that is meant: what is shown beside each key stays
        self._show(HotkeysStatus(backend=backend, keymap=status.keymap, clashes=status.clashes))

    def _show(self, status: HotkeysStatus) -> None:
        self._status = status
        self.status_changed.emit(status)


class _Teller(QObject):
    """Is called on the thread of the way of listening; Qt brings its signals to the window's."""

    moved = Signal(object)
    stood = Signal(object)

    def heard(self, event: KeyEvent) -> None:
        """See ``Listener``."""
        self.moved.emit(event)

    def stands(self, status: BackendStatus) -> None:
        """See ``Listener``."""
        self.stood.emit(status)
