"""Watches the program while somebody looks: takes its pictures from the ring, and has the engine go on making them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frame_ring import TakenFrame
from powerstream_desktop.common.preview_ring import PreviewPicture, PreviewReader
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.preview.picture import image_of
from powerstream_desktop.desktop.studio.preview.state import PreviewState, preview_state

RENEWAL_MS: Final = 2_000
"""The engine shows for five seconds what it was last asked to; two renewals may be lost."""
SETTLE_MS: Final = 200
"""A window that is being resized is left in peace for so long before another size is asked for."""
_LOOK_MS: Final = 12
"""From one look into the ring to the next. A look that finds nothing costs some microseconds; 30 pictures a second miss none."""
_MIN_SIDE: Final = 16
_MAX_SIDE: Final = 1920
"""More pixels cost more than they show."""


class RingReader(Protocol):
    """What is asked of ``PreviewReader``."""

    @property
    def is_alive(self) -> bool:
        """The engine gives signs of life."""
        ...

    def take(self) -> TakenFrame[PreviewPicture] | None:
        """Return the newest picture, once."""
        ...

    def close(self) -> None:
        """Stop watching."""
        ...


class PreviewWatch(QObject):
    """The program's pictures, and what to say while there are none.

    Args:
        surroundings: what the window lends.
        parent: its view.
        reader: opens the ring of a path.
    """

    pictured = Signal(QImage)
    state_changed = Signal(PreviewState)

    def __init__(
        self,
        surroundings: Surroundings,
        parent: QObject,
        *,
        reader: Callable[[Path], RingReader] = PreviewReader,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._open = reader
        self._reader: RingReader | None = None
        self._path = ""
        self._size = QSize()
        self._state = PreviewState.STARTING
        self._has_picture = False
        self._is_watching = False
        self._is_asking = False
        self._look = self._timer(_LOOK_MS, self._take)
        self._look.setTimerType(Qt.TimerType.PreciseTimer)
        self._renewal = self._timer(RENEWAL_MS, self._renew)
        self._settling = self._timer(SETTLE_MS, self._renew)
        self._settling.setSingleShot(True)
        feed = surroundings.feed
        feed.studio_changed.connect(self._follow)
        feed.engine_changed.connect(self._judge)
        feed.service_changed.connect(self._service_changed)

    @property
    def state(self) -> PreviewState:
        """What it is about."""
        return self._state

    @property
    def is_watching(self) -> bool:
        """Somebody looks."""
        return self._is_watching

    def start(self, size: QSize) -> None:
        """Begin to watch.

        Args:
            size: of the place in the window, in device pixels.
        """
        self._size = _bounded(size)
        self._is_watching = True
        self._follow()
        self._look.start()
        self._renewal.start()
        self._renew()

    def resize(self, size: QSize) -> None:
        """Have the pictures come in another size, once it stays so."""
        bounded = _bounded(size)
        if bounded != self._size:
            self._size = bounded
            if self._is_watching:
                self._settling.start()

    def stop(self) -> None:
        """Watch no more; the engine stops making pictures by itself."""
        self._is_watching = False
        for timer in (self._look, self._renewal, self._settling):
            timer.stop()
        self._let_go()

    def _timer(self, interval_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(then)
        return timer

    def _renew(self) -> None:
        """Say that we watch. Never twice at once: an engine that starts answers only after some seconds."""
        if self._is_asking or not self._is_watching:
            return
        self._is_asking = True
        size = self._size
        self._surroundings.desk.ask(
            lambda client: client.studio.watch_preview(size.width(), size.height()),
            lambda _: self._renewed(size),
            otherwise=self._not_renewed,
            owner=self,
        )

    def _renewed(self, size: QSize) -> None:
        self._is_asking = False
        if size != self._size:
            self._renew()

    def _not_renewed(self, _: PowerStreamError) -> None:
        """Say nothing: the state says what is wrong, the next renewal comes by itself."""
        self._is_asking = False
        self._judge()

    def _follow(self, *_: object) -> None:
        """Open the ring that the engine named."""
        studio = self._surroundings.feed.now.studio
        path = str((studio.preview or {}).get("path", "")) if studio is not None else ""
        if self._is_watching and path and (path != self._path or self._reader is None):
            self._let_go()
            self._path, self._reader = path, self._open(Path(path))
        self._judge()

    def _service_changed(self, service: ServiceState) -> None:
        if service is ServiceState.THERE:
            self._renew()
        self._judge()

    def _take(self) -> None:
        if self._reader is None:
            return
        taken = self._reader.take()
        if taken is not None:
            image = image_of(taken.value)
            if not image.isNull():
                self._has_picture = True
                self.pictured.emit(image)
        self._judge()

    def _judge(self, *_: object) -> None:
        now = self._surroundings.feed.now
        is_alive = self._reader is not None and self._reader.is_alive
        engine = (
            now.engine if now.engine is not None else now.studio.engine if now.studio is not None else None
        )
        state = preview_state(now.service, engine, has_picture=self._has_picture, is_alive=is_alive)
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _let_go(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None


def _bounded(size: QSize) -> QSize:
    return size.expandedTo(QSize(_MIN_SIDE, _MIN_SIDE)).boundedTo(QSize(_MAX_SIDE, _MAX_SIDE))
