"""Media that decode nothing: they note what was asked of them, and a test says what happens."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QImage

from powerstream_desktop.desktop.player.media import Media


class FakeMedia(Media):
    """Notes what was asked of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.asked: list[str] = []
        self.image = QImage()
        self.image_us: int | None = None

    def open(self, url: QUrl) -> None:
        self.asked.append(f"open {url.toLocalFile() or url.toString()}")

    def close(self) -> None:
        self.asked.append("close")

    def play(self) -> None:
        self.asked.append("play")

    def pause(self) -> None:
        self.asked.append("pause")

    def seek(self, position_ms: int) -> None:
        self.asked.append(f"seek {position_ms}")

    def set_volume(self, share: float) -> None:
        self.asked.append(f"volume {share:.2f}")

    def set_muted(self, is_muted: bool) -> None:
        self.asked.append(f"muted {is_muted}")

    def set_speed(self, factor: float) -> None:
        self.asked.append(f"speed {factor}")

    def picture(self) -> QImage:
        return self.image

    def picture_us(self) -> int | None:
        return self.image_us


class MediaMakers:
    """Makes fake media, and remembers them."""

    def __init__(self) -> None:
        self.made: list[FakeMedia] = []

    def __call__(self, owner: QObject) -> FakeMedia:
        self.made.append(FakeMedia(owner))
        return self.made[-1]

    @property
    def media(self) -> FakeMedia:
        """The one that was made."""
        [only] = self.made
        return only
