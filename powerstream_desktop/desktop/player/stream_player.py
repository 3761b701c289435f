"""The player: a picture, the row of controls below it, and what is said while there is no picture."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.client.live import Marker
from powerstream_desktop.desktop.player.media import Media
from powerstream_desktop.desktop.player.playback import (
    PlaybackEvent,
    PlaybackState,
    has_media,
    next_state,
    wants_play,
)
from powerstream_desktop.desktop.player.seek_bar import STEP_MS
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
    """Plays a replay's file or the running broadcast. Nothing is decoded while it is hidden.

    Keys: Space plays and pauses, Left and Right go five seconds, Up and Down change the volume, M mutes, F fills the screen.

    Args:
        parent: its place.
        make_media: what decodes, made when something is opened for the first time.
        starts_muted: nothing is heard before somebody asks for it.
        live_pause_ms: until a broadcast's playlist that is not there yet is asked for again.
    """

    moved = Signal(int)  # position in ms
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
        self._is_live = False
        self._was_hidden = False
        self._tries_left = 0
        self._begin_at_ms = 0
        self._position_ms = 0
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

    @property
    def position_ms(self) -> int:
        """Where it is."""
        return self._position_ms

    def play_live(self, url: str) -> None:
        """Play a running broadcast.

        Args:
            url: of its playlist; holds no token.
        """
        if self._is_live and self._url == QUrl(url) and self._state is not PlaybackState.FAILED:
            return
        self._begin_live(QUrl(url))

    def offer_file(self, path: str, length_ms: int, markers: Sequence[Marker] = ()) -> None:
        """Show that a replay can be played. It is opened when play is pressed: sound that nobody asked for could go on air.

        Args:
            path: where its file lies on this computer.
            length_ms: how long it is said to last.
            markers: shown on the way through it.
        """
        self._leave()
        self._url, self._is_live, self._begin_at_ms = QUrl.fromLocalFile(path), False, 0
        self.controls.seek.show_markers(markers)
        self._show_beginning(length_ms)
        self._turn(PlaybackEvent.GIVEN)

    def say(self, sentence: str, hint: str = "") -> None:
        """Play nothing, and say why."""
        self._leave()
        self._show_beginning(0)
        self._turn(PlaybackEvent.CLOSED)
        self._filler.empty(sentence, hint)
        self._stage.show_filler(is_shown=True)

    def show_poster(self, poster: QImage) -> None:
        """Show this while there is no picture."""
        self.picture.show_poster(poster)

    def show_markers(self, markers: Sequence[Marker]) -> None:
        """Show other markers on the way."""
        self.controls.seek.show_markers(markers)

    def seek(self, position_ms: int) -> None:
        """Go to a position, and play from there."""
        if self._state is PlaybackState.OFFERED:
            self._begin_at_ms = max(0, position_ms)
            self._open()
        elif self._media is not None and not self._is_live and has_media(self._state):
            self._media.seek(max(0, position_ms))
            if wants_play(self._state):
                self._media.play()

    def close_media(self) -> None:
        """Play nothing any more."""
        self._leave()
        self._turn(PlaybackEvent.CLOSED)

    def toggle(self) -> None:
        """Play, or pause."""
        if self._state is PlaybackState.OFFERED:
            self._open()
        elif self._media is None:
            return
        elif wants_play(self._state):
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
            Qt.Key.Key_Left: lambda: self.seek(self._position_ms - STEP_MS),
            Qt.Key.Key_Right: lambda: self.seek(self._position_ms + STEP_MS),
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
        """Decode nothing that nobody sees: a film waits, a broadcast is left."""
        if self._media is None or self._stage.is_full_screen:
            return
        self._later.stop()
        if self._is_live and not self._url.isEmpty():
            self._was_hidden = True
            self._media.close()
            self._turn(PlaybackEvent.CLOSED)
        elif self._state in {PlaybackState.PLAYING, PlaybackState.WAITING, PlaybackState.LOADING}:
            self._media.pause()

    def wake(self) -> None:
        """Take the broadcast up again, where it is now."""
        if self._was_hidden and not self._url.isEmpty():
            self._begin_live(self._url)

    def _begin_live(self, url: QUrl) -> None:
        self._leave()
        self._url, self._is_live, self._begin_at_ms = url, True, 0
        self._tries_left = LIVE_TRIES
        self.controls.seek.show_markers(())
        self._show_beginning(0)
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

    def _show_beginning(self, length_ms: int) -> None:
        self._position_ms = 0
        self.controls.show_live(is_live=self._is_live)
        self.controls.show_length(length_ms)
        self.controls.show_position(0)

    def _open(self) -> None:
        if self._media is None:
            self._media = self._make_media(self)
            self._attend(self._media)
        self._later.stop()
        self.controls.set_normal_speed()
        self._media.set_speed(1.0)
        self._turn(PlaybackEvent.OPENED)
        self._media.open(self._url)

    def _attend(self, media: Media) -> None:
        self.picture.show_media(media)
        media.happened.connect(self._turn)
        media.moved.connect(self._follow)
        media.measured.connect(self._measure)
        self.controls.speed_wanted.connect(media.set_speed)
        self.controls.volume_wanted.connect(media.set_volume)
        self.controls.mute_wanted.connect(media.set_muted)
        # What was chosen before there was anything to hear.
        if self.controls.volume < 1:
            media.set_volume(self.controls.volume)
        if self.controls.is_muted:
            media.set_muted(True)

    def _listen(self) -> None:
        self.controls.play_wanted.connect(self.toggle)
        self.controls.seek_wanted.connect(self.seek)
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
            self._tries_left = LIVE_TRIES if self._is_live else 0
        if self._state is not before:
            self._show()
            self.state_changed.emit(self._state)

    def _follow(self, position_ms: int) -> None:
        self._position_ms = position_ms
        self.controls.show_position(position_ms)
        self.moved.emit(position_ms)

    def _measure(self, length_ms: int) -> None:
        self.controls.show_length(0 if self._is_live else length_ms)
        if self._begin_at_ms and length_ms > 0 and self._media is not None:
            begin_at_ms, self._begin_at_ms = self._begin_at_ms, 0
            self._media.seek(min(begin_at_ms, length_ms))

    def _show(self) -> None:
        self.controls.show_state(self._state)
        self.picture.show_invitation(is_shown=self._state is PlaybackState.OFFERED)
        match self._state:
            case PlaybackState.LOADING | PlaybackState.WAITING:
                self._filler.loading(self.tr("Loading…"))
            case PlaybackState.FAILED if self._is_live:
                self._filler.error(self.tr("The broadcast cannot be shown at the moment."), self._retry)
            case PlaybackState.FAILED:
                self._filler.error(self.tr("This file cannot be played."), self._retry)
            case PlaybackState.ENDED if self._is_live:
                self._filler.empty(self.tr("The broadcast is over."), "")
        self._stage.show_filler(is_shown=self._needs_words())

    def _needs_words(self) -> bool:
        if self._state is PlaybackState.ENDED:
            return self._is_live
        return self._state in {PlaybackState.LOADING, PlaybackState.FAILED}

    def _retry(self) -> None:
        if self._is_live:
            self._begin_live(self._url)
        else:
            self._open()
