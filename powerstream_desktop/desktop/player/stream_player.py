"""The player: a picture, the row of controls below it, and what is said while there is no picture."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.desktop.player.media import Media
from powerstream_desktop.desktop.player.playback import (
    PlaybackEvent,
    PlaybackState,
    next_state,
    wants_play,
)
from powerstream_desktop.desktop.player.stage import Stage

LIVE_TRIES: Final = 10
"""A broadcast that has just begun has no playlist for its first seconds."""
LIVE_PAUSE_MS: Final = 1500

MediaMaker = Callable[[QWidget], Media]


def qt_media(owner: QWidget) -> Media:
    """Make the real media; imports Qt Multimedia."""
    from powerstream_desktop.desktop.player.qt_media import QtMedia

    return QtMedia(owner)


def load_media() -> None:
    """Load what ``qt_media`` needs, so that pressing play need not. Takes a while: for an errand's thread."""
    importlib.import_module("powerstream_desktop.desktop.player.qt_media")


class StreamPlayer(QWidget):
    """Plays the running broadcast. Nothing is decoded while it is hidden.

    Keys: Space plays and pauses, Up and Down change the volume, M mutes, F fills the screen.

    Args:
        parent: its place.
        make_media: what decodes, made when something is opened for the first time.
        starts_muted: nothing is heard before somebody asks for it.
        live_pause_ms: until a broadcast's playlist that is not there yet is asked for again.
    """

    state_changed = Signal(object)  # PlaybackState

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        make_media: MediaMaker = qt_media,
        starts_muted: bool = False,
        live_pause_ms: int = LIVE_PAUSE_MS,
    ) -> None:
        super().__init__(parent)
        self._make_media = make_media
        self._media: Media | None = None
        self._state = PlaybackState.EMPTY
        self._url = QUrl()
        self._was_hidden = False
        self._tries_left = 0
        self._stage = Stage(self, self.obey_key)
        self.picture, self.controls, self._filler = (
            self._stage.picture,
            self._stage.controls,
            self._stage.filler,
        )
        self._later = QTimer(self, singleShot=True, interval=live_pause_ms)
        self._later.timeout.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stage)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Player"))
        self._listen()
        self._show()
        if starts_muted:
            self.controls.toggle_mute()

    @property
    def state(self) -> PlaybackState:
        """What it is doing."""
        return self._state

    def play_live(self, url: str) -> None:
        """Play a running broadcast.

        Args:
            url: of its playlist; holds no token.
        """
        if self._url == QUrl(url) and self._state is not PlaybackState.FAILED:
            return
        self._begin_live(QUrl(url))

    def close_media(self) -> None:
        """Play nothing any more."""
        self._leave()
        self._turn(PlaybackEvent.CLOSED)

    def toggle(self) -> None:
        """Play, or pause."""
        if self._media is None:
            return
        if wants_play(self._state):
            self._media.play()
        elif self._state in {PlaybackState.PLAYING, PlaybackState.WAITING}:
            self._media.pause()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be in its place again."""
        self._stage.toggle_full_screen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Obey the keys; those that are none go on to the page."""
        if not self.obey_key(event.key(), event.modifiers()):
            super().keyPressEvent(event)

    def obey_key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Do what a key means; return whether it means anything."""
        if modifiers & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        deeds: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Up: lambda: self.controls.louder(1),
            Qt.Key.Key_Down: lambda: self.controls.louder(-1),
            Qt.Key.Key_M: self.controls.toggle_mute,
            Qt.Key.Key_F: self.toggle_full_screen,
        }
        if key == Qt.Key.Key_Escape and self._stage.is_full_screen:
            self.toggle_full_screen()
            return True
        if key not in deeds:
            return False
        deeds[key]()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """See ``rest``."""
        super().hideEvent(event)
        self.rest()

    def showEvent(self, event: QShowEvent) -> None:
        """See ``wake``."""
        super().showEvent(event)
        self.wake()

    def rest(self) -> None:
        """Decode nothing that nobody sees: the broadcast is left."""
        if self._media is None or self._stage.is_full_screen:
            return
        self._later.stop()
        if not self._url.isEmpty():
            self._was_hidden = True
            self._media.close()
            self._turn(PlaybackEvent.CLOSED)

    def wake(self) -> None:
        """Take the broadcast up again, where it is now."""
        if self._was_hidden and not self._url.isEmpty():
            self._begin_live(self._url)

    def _begin_live(self, url: QUrl) -> None:
        self._leave()
        self._url = url
        self._tries_left = LIVE_TRIES
        self.controls.show_position(0)
        if self.isVisible():
            self._open()
        else:
            self._was_hidden = True

    def _leave(self) -> None:
        """Give up what is open."""
        self._later.stop()
        self._was_hidden = False
        self._tries_left = 0
        self._url = QUrl()
        if self._media is not None:
            self._media.close()

    def _open(self) -> None:
        if self._media is None:
            self._media = self._make_media(self)
            self._attend(self._media)
        self._later.stop()
        self._turn(PlaybackEvent.OPENED)
        self._media.open(self._url)

    def _attend(self, media: Media) -> None:
        self.picture.show_media(media)
        media.happened.connect(self._turn)
        media.moved.connect(self.controls.show_position)
        self.controls.volume_wanted.connect(media.set_volume)
        self.controls.mute_wanted.connect(media.set_muted)
        # What was chosen before there was anything to hear.
        if self.controls.volume < 1:
            media.set_volume(self.controls.volume)
        if self.controls.is_muted:
            media.set_muted(True)

    def _listen(self) -> None:
        self.controls.play_wanted.connect(self.toggle)
        self.controls.edge_wanted.connect(lambda: self._begin_live(self._url))
        self.controls.full_screen_wanted.connect(self.toggle_full_screen)
        self.picture.pressed.connect(self.toggle)
        # The first of two presses paused it, or let it go on.
        self.picture.pressed_twice.connect(self.toggle)
        self.picture.pressed_twice.connect(self.toggle_full_screen)

    def _turn(self, event: PlaybackEvent) -> None:
        if event is PlaybackEvent.FAILS and self._tries_left > 0 and self._state is not PlaybackState.EMPTY:
            self._tries_left -= 1
            self._later.start()
            return
        before, self._state = self._state, next_state(self._state, event)
        if self._state is PlaybackState.PLAYING:
            self._tries_left = LIVE_TRIES
        if self._state is not before:
            self._show()
            self.state_changed.emit(self._state)

    def _show(self) -> None:
        self.controls.show_state(self._state)
        match self._state:
            case PlaybackState.LOADING | PlaybackState.WAITING:
                self._filler.loading(self.tr("Loading…"))
            case PlaybackState.FAILED:
                self._filler.error(self.tr("The broadcast cannot be shown at the moment."), self._retry)
            case PlaybackState.ENDED:
                self._filler.empty(self.tr("The broadcast is over."), "")
        self._stage.show_filler(is_shown=self._needs_words())

    def _needs_words(self) -> bool:
        return self._state in {PlaybackState.LOADING, PlaybackState.FAILED, PlaybackState.ENDED}

    def _retry(self) -> None:
        self._begin_live(self._url)
