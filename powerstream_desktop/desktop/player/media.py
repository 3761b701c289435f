"""What a player needs of whatever decodes. ``QtMedia`` is the real one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QImage


class Pictures(QObject):
    """Something that has a newest picture."""

    pictured = Signal()  # there is a newer picture

    def picture(self) -> QImage:
        """Return the newest picture; a null image while there is none."""
        raise NotImplementedError


class Media(Pictures):
    """Plays one thing at a time, on the window's thread; decodes on threads of its own. All times are milliseconds, unless their name says otherwise."""

    happened = Signal(object)  # PlaybackEvent: one of those that media tell
    moved = Signal(int)  # to this position

    def open(self, url: QUrl) -> None:
        """Open something and play it from its beginning; what was open is closed."""
        raise NotImplementedError

    def close(self) -> None:
        """Close what is open: nothing is decoded any more."""
        raise NotImplementedError

    def play(self) -> None:
        """Go on, or begin again after the end."""
        raise NotImplementedError

    def pause(self) -> None:
        """Stop where it is; nothing is decoded meanwhile."""
        raise NotImplementedError

    def seek(self, position_ms: int) -> None:
        """Go to a position."""
        raise NotImplementedError

    def set_volume(self, share: float) -> None:
        """Play so loud: 0 to 1, as an ear hears it."""
        raise NotImplementedError

    def set_muted(self, is_muted: bool) -> None:
        """Be heard, or not."""
        raise NotImplementedError

    def set_speed(self, factor: float) -> None:
        """Play so many times as fast; sound keeps its pitch where the system can."""
        raise NotImplementedError

    def picture_us(self) -> int | None:
        """Return from when on the newest picture is seen, in microseconds; None while there is none, or it does not say."""
        raise NotImplementedError
