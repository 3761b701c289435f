"""Brings what is to be said to the banner and to the foot."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer

from powerstream_desktop.client.studio import EngineStatus
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.outlook.folding import NOTE, WARNING
from powerstream_desktop.desktop.outlook.outlook import Notice, ServiceState
from powerstream_desktop.desktop.shell.banner_bar import BannerBar
from powerstream_desktop.desktop.shell.banner_board import BannerBoard
from powerstream_desktop.desktop.shell.foot import Foot

LOOK_EVERY_MS: Final = 500


class NoticeDesk(QObject):
    """Owns the board of banners.

    Args:
        feed: tells what hinders, what happened, and how the service stands.
        clock: gives the time.
        parent: the window.
    """

    def __init__(self, feed: OutlookFeed, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._board = BannerBoard(clock(), datetime.now(UTC))
        self._bar: BannerBar | None = None
        self._foot: Foot | None = None
        feed.service_changed.connect(self._service)
        feed.engine_changed.connect(self._engine)
        feed.notices_changed.connect(self._notices)
        # Banners go by themselves.
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._show)
        self._timer.start()

    @property
    def log(self) -> tuple[Notice, ...]:
        """What hinders, then what happened, the newest first."""
        return self._board.log

    def show_in(self, bar: BannerBar, foot: Foot) -> None:
        """Show them there from now on."""
        self._bar, self._foot = bar, foot
        bar.closed.connect(self._close)
        self._show()

    def say(self, sentence: str, remedy: str = "", code: str = "") -> None:
        """Say in a banner what a person should mind, and keep it in the log."""
        self._put(WARNING, sentence, remedy, code)

    def tell(self, sentence: str, detail: str = "") -> None:
        """Tell in a banner that something was done as asked, and keep it in the log."""
        self._put(NOTE, sentence, detail)

    def say_error(self, error: PowerStreamError) -> None:
        """Say what went wrong with something that was asked of the service."""
        self.say(error.title, error.hint, getattr(error, "code", ""))

    def shut_out(self, error: PowerStreamError) -> None:
        """Say why nothing will come from the service any more."""
        self._board.set_shut(error.title, error.hint)
        self._show()

    def _service(self, state: ServiceState) -> None:
        self._board.set_service(state)
        self._show()

    def _engine(self, engine: EngineStatus | None) -> None:
        failed = engine is not None and engine.words.get("failure") is not None
        self._board.set_engine(engine is not None and failed and engine.is_coming_back)
        self._show()

    def _notices(self, notices: tuple[Notice, ...]) -> None:
        self._board.set_notices(notices, self._clock())
        self._show()

    def _put(self, severity: str, sentence: str, remedy: str, code: str = "") -> None:
        notice = Notice(
            severity=severity, code=code, sentence=sentence, remedy=remedy, happened_at=datetime.now(UTC)
        )
        self._board.say(notice, self._clock())
        self._show()

    def _close(self) -> None:
        banner = self._board.banner(self._clock())
        if banner is not None and banner.can_be_closed:
            self._board.close(banner)
        self._show()

    def _show(self) -> None:
        if self._bar is not None and self._foot is not None:
            self._bar.show_banner(self._board.banner(self._clock()))
            self._foot.show_notice(self._board.newest)
