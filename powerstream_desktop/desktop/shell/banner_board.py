"""Which banner is shown. Pure: told snapshots and the time, in monotonic seconds.

There is one banner or none: they do not pile up. What makes the rest meaningless comes first (the service is gone), then what was
just said, then what hinders for good until it is gone or was read. All that was said, and all notices, are in the log.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from powerstream_desktop.desktop.outlook.folding import ERROR
from powerstream_desktop.desktop.outlook.outlook import Notice, ServiceState

SAID_S: Final = 10.0
"""How long what was said stays: long enough to read two sentences twice."""
SLOW_START_S: Final = 3.0
"""A service that is not there by then is worth a word."""
MAX_LOG: Final = 200


class BannerKind(Enum):
    """What a banner is about."""

    STARTING = "starting"
    AWAY = "away"
    SHUT = "shut"
    ENGINE = "engine"
    SAID = "said"
    HINDERS = "hinders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """What is shown.

    Attributes:
        sentence, remedy: from whoever said it, or of the notice; empty where the kind says everything.
        code: of the notice; empty for others.
        severity: of the notice, which its light shows; empty where the kind says everything.
    """

    kind: BannerKind
    sentence: str = ""
    remedy: str = ""
    code: str = ""
    severity: str = ""

    @property
    def can_be_closed(self) -> bool:
        """Reading it is all there is to do."""
        return self.kind in {BannerKind.SAID, BannerKind.HINDERS}


class BannerBoard:
    """Keeps what was said and what hinders; says what of it is shown.

    Args:
        now: when the window began.
        today: the same as wall time: what happened before is no news.
    """

    def __init__(self, now: float, today: datetime) -> None:
        self._began_at = now
        self._news_after = today
        self._service = ServiceState.STARTING
        self._shut: tuple[str, str] = ("", "")
        self._is_engine_coming_back = False
        self._notices: tuple[Notice, ...] = ()
        self._own: deque[Notice] = deque(maxlen=MAX_LOG)
        self._last_said: tuple[Notice, float] | None = None
        self._closed: set[tuple[str, str]] = set()

    @property
    def log(self) -> tuple[Notice, ...]:
        """What hinders now, then all that happened and was said, the newest first."""
        happened = [each for each in self._notices if each.happened_at is not None]
        past = sorted([*happened, *self._own], key=_moment, reverse=True)
        return (*(each for each in self._notices if each.happened_at is None), *past)

    @property
    def newest(self) -> Notice | None:
        """What the foot shows: what hinders now, or else what happened last."""
        return next(iter(self.log), None)

    def set_service(self, state: ServiceState) -> None:
        """Take how the service stands."""
        self._service = state

    def set_shut(self, sentence: str, remedy: str) -> None:
        """Take why the service lets us in no more."""
        self._shut = (sentence, remedy)

    def set_engine(self, is_coming_back: bool) -> None:
        """Take whether the engine is being started again."""
        self._is_engine_coming_back = is_coming_back

    def set_notices(self, notices: tuple[Notice, ...], now: float) -> None:
        """Take what hinders, and what happened; what has just happened is said."""
        news = [each for each in notices if self._is_news(each)]
        self._last_said = (news[-1], now) if news else self._last_said
        self._notices = notices
        self._closed &= {(each.code, each.sentence) for each in notices}  # what comes back is shown again

    def say(self, notice: Notice, now: float) -> None:
        """Take something that the window itself has to say; it stands in the log."""
        self._own.append(notice)
        self._last_said = (notice, now)

    def close(self, banner: Banner) -> None:
        """Its reader has read it."""
        if banner.kind is BannerKind.SAID:
            self._last_said = None
        else:
            self._closed.add((banner.code, banner.sentence))

    def banner(self, now: float) -> Banner | None:
        """Return what is shown now."""
        return self._of_the_service(now) or self._just_said(now) or self._of_the_engine() or self._hindering()

    def _is_news(self, notice: Notice) -> bool:
        at = notice.happened_at
        return at is not None and at > self._news_after and notice not in self._notices

    def _of_the_service(self, now: float) -> Banner | None:
        match self._service:
            case ServiceState.STARTING if now - self._began_at >= SLOW_START_S:
                return Banner(kind=BannerKind.STARTING)
            case ServiceState.AWAY:
                return Banner(kind=BannerKind.AWAY)
            case ServiceState.SHUT:
                sentence, remedy = self._shut
                return Banner(kind=BannerKind.SHUT, sentence=sentence, remedy=remedy)
        return None

    def _just_said(self, now: float) -> Banner | None:
        if self._last_said is None or now - self._last_said[1] >= SAID_S:
            return None
        return _banner(BannerKind.SAID, self._last_said[0])

    def _of_the_engine(self) -> Banner | None:
        return Banner(kind=BannerKind.ENGINE) if self._is_engine_coming_back else None

    def _hindering(self) -> Banner | None:
        for notice in self._notices:
            is_new = (notice.code, notice.sentence) not in self._closed
            if notice.happened_at is None and notice.severity == ERROR and is_new:
                return _banner(BannerKind.HINDERS, notice)
        return None


def _banner(kind: BannerKind, notice: Notice) -> Banner:
    return Banner(
        kind=kind,
        sentence=notice.sentence,
        remedy=notice.remedy,
        code=notice.code,
        severity=notice.severity,
    )


def _moment(notice: Notice) -> float:
    return notice.happened_at.timestamp() if notice.happened_at is not None else 0.0
