"""Capture of screens and windows by Qt Multimedia: Windows, macOS and Wayland (style_ecosystem.md 2a).

Everything here lives on the main thread (``qt_host``), pictures included: one copy each, and on they go. On Wayland the
system asks the user which screen or window it may show, whatever name was given. Qt has no switch for the mouse pointer and
on X11 leaves black where another window lies over the one that is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.errors import PowerStreamError, SystemFault, UserError
from powerstream_desktop.engine.scene.sources import ScreenContent, WindowContent
from powerstream_desktop.engine.sources.port import Capabilities, CaptureSink
from powerstream_desktop.engine.sources.qt_frames import frame_of_video
from powerstream_desktop.engine.sources.qt_host import QtHost

if TYPE_CHECKING:
    from PySide6.QtMultimedia import (
        QMediaCaptureSession,
        QScreenCapture,
        QVideoFrame,
        QVideoSink,
        QWindowCapture,
    )

_BLIND_PLATFORMS: Final = frozenset({"offscreen", "minimal"})
_PERMISSION_HINT: Final = (
    "Allow PowerStream to record the screen in the system's privacy settings, then start it again."
)


class QtCapture:
    """Captures what a content names.

    Args:
        content: a screen or a window.
        host: Qt's thread.
        fps: of the program; Qt is asked for no more.
    """

    def __init__(self, content: ScreenContent | WindowContent, host: QtHost, fps: int) -> None:
        self._content = content
        self._host = host
        self._fps = fps
        # The main thread's own.
        self._sink: CaptureSink | None = None
        self._session: QMediaCaptureSession | None = None
        self._video: QVideoSink | None = None
        self._capture: QScreenCapture | QWindowCapture | None = None

    @property
    def label(self) -> str:
        """The screen or window, for people."""
        if isinstance(self._content, WindowContent):
            return f"window {self._content.title!r}"
        return f"screen {self._content.display}".rstrip()

    @property
    def capabilities(self) -> Capabilities:
        """It has the size of its pictures, whatever that is."""
        return Capabilities()

    def open(self, sink: CaptureSink) -> None:
        """Look for it and begin; the first picture comes when Qt has it."""
        from PySide6.QtGui import QGuiApplication

        self._host.need()
        if QGuiApplication.platformName() in _BLIND_PLATFORMS:
            raise SystemFault("There is no desktop here that could be captured.")
        self._host.call(lambda: self._begin(sink))

    def start(self, _epoch_s: float) -> None:
        """Nothing to do: Qt captures at its own pace since it was opened."""

    def show_at(self, _width: int, _height: int) -> None:
        """A screen has its own size."""

    def check(self) -> None:
        """Qt says itself what it lost."""

    def close(self) -> None:
        """End the capture."""
        if self._session is not None:
            self._host.call(self._end)

    def _begin(self, sink: CaptureSink) -> None:
        from PySide6.QtMultimedia import QMediaCaptureSession, QVideoSink

        self._sink = sink
        self._session = session = QMediaCaptureSession()
        self._video = video = QVideoSink()
        session.setVideoSink(video)
        video.videoFrameChanged.connect(self._take)
        if isinstance(self._content, WindowContent):
            self._begin_window(session, self._content.title)
        else:
            self._begin_screen(session, self._content.display)

    def _begin_screen(self, session: QMediaCaptureSession, name: str) -> None:
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtMultimedia import QScreenCapture

        screens = QGuiApplication.screens()
        chosen = [screen for screen in screens if screen.name() == name] if name else screens[:1]
        if not chosen:
            raise UserError(
                f"There is no screen {name!r}.",
                hint=f"These are there: {', '.join(screen.name() for screen in screens)}.",
            )
        self._capture = capture = QScreenCapture()
        capture.setScreen(chosen[0])
        session.setScreenCapture(capture)
        capture.errorOccurred.connect(self._on_screen_error)
        capture.setMaximumFrameRate(self._fps)
        capture.start()

    def _begin_window(self, session: QMediaCaptureSession, title: str) -> None:
        from PySide6.QtMultimedia import QWindowCapture

        for window in QWindowCapture.capturableWindows():
            if window.description() == title:
                break
        else:
            raise UserError(
                f"There is no window {title!r}.", hint="Open it; it is shown as soon as it is there."
            )
        self._capture = capture = QWindowCapture()
        capture.setWindow(window)
        session.setWindowCapture(capture)
        capture.errorOccurred.connect(self._on_window_error)
        capture.setMaximumFrameRate(self._fps)
        capture.start()

    def _end(self) -> None:
        self._sink = None
        if self._capture is not None:
            self._capture.stop()
        if self._video is not None:
            self._video.videoFrameChanged.disconnect(self._take)
        self._capture = self._video = self._session = None

    def _take(self, picture: QVideoFrame) -> None:
        sink = self._sink
        if sink is None or not picture.isValid():
            return
        frame = frame_of_video(picture)
        if frame is None:
            sink.lose(SystemFault(f"The pictures of the {self.label} cannot be read."))
        else:
            sink.take(frame)

    def _on_screen_error(self, error: QScreenCapture.Error, words: str) -> None:
        from PySide6.QtMultimedia import QScreenCapture

        is_missing = error == QScreenCapture.Error.NotFound
        self._lose(_capture_error(self.label, words, is_missing=is_missing))

    def _on_window_error(self, error: QWindowCapture.Error, words: str) -> None:
        from PySide6.QtMultimedia import QWindowCapture

        is_missing = error == QWindowCapture.Error.NotFound
        self._lose(_capture_error(self.label, words, is_missing=is_missing))

    def _lose(self, error: PowerStreamError) -> None:
        if self._sink is not None:
            self._sink.lose(error)


def _capture_error(label: str, words: str, *, is_missing: bool) -> PowerStreamError:
    if is_missing:
        return UserError(
            f"The {label} is gone.", hint="It is shown again as soon as it is there.", detail=words
        )
    return SystemFault(f"The {label} cannot be captured.", hint=_PERMISSION_HINT, detail=words)
