"""Sessions as the API tells them, for tests of what is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from powerstream_desktop.client.errors import ServiceGoneError, UnknownError
from powerstream_desktop.client.live import Cause, Marker, Recorded
from powerstream_desktop.client.sessions import Figures, PastDestination, Session, StateChange
from powerstream_desktop.client.sessions import SessionsPage as PageOfSessions

BEGAN_AT = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
LOST = Cause(code="connection-lost", message="Kick closed the connection.", hint="Wait.")
REFUSED = Cause(code="bad-key", message="The key was refused.", hint="Paste a new one.")


def at(seconds: float) -> datetime:
    return BEGAN_AT + timedelta(seconds=seconds)


def change(seconds: float, status: str, cause: Cause | None = None) -> StateChange:
    return StateChange(at=at(seconds), status=status, cause=cause)


def figures(minute: int, kbps: int, *, sent_bytes: int = 0, dropped: int = 0, connects: int = 1) -> Figures:
    return Figures(
        at=at(60 * minute),
        bitrate_kbps=kbps,
        queue_ms=5,
        bytes_sent=sent_bytes,
        dropped_frames=dropped,
        connects=connects,
    )


def destination(
    number: int, *changes: StateChange, name: str = "", measured: tuple[Figures, ...] = ()
) -> PastDestination:
    return PastDestination(
        words={},
        endpoint_id=f"en{number}",
        name=name or f"Platform {number}",
        platform="custom",
        last_status=changes[-1].status if changes else "off",
        changes=changes,
        figures=measured,
    )


STEADY = destination(
    1,
    change(1, "connecting"),
    change(2, "live"),
    name="YouTube",
    measured=(figures(1, 6000), figures(2, 6200, sent_bytes=118 * 5900 * 125)),
)
SHAKY = destination(
    2,
    change(1, "connecting"),
    change(2, "live"),
    change(100, "retrying", LOST),
    change(140, "connecting", LOST),
    change(150, "slow"),
    change(200, "live"),
    name="Kick",
    measured=(
        figures(1, 3000),
        figures(2, 0),
        figures(3, 3200, sent_bytes=128 * 2900 * 125, dropped=12, connects=2),
    ),
)
SHUT = destination(3, change(1, "connecting"), change(2, "rejected", REFUSED), name="LinkedIn")


def session(number: int = 1, **fields: object) -> Session:
    made = Session(
        words={"sessionId": f"se{number}", "title": "Evening show"},
        session_id=f"se{number}",
        title="Evening show",
        source="studio",
        started_at=BEGAN_AT,
        ended_at=at(300),
        last_seen_at=at(300),
        ending="stopped",
        destinations=(STEADY, SHAKY, SHUT),
        markers=(
            Marker(words={}, id="m2", offset_ms=200_000, label="Best joke"),
            Marker(words={}, id="m1", offset_ms=61_000, label="Guest joins"),
        ),
        recordings=(
            Recorded(
                words={},
                asset_id="as1",
                title="Evening show",
                status="ready",
                duration_seconds=298.0,
                size_bytes=4_100_000_000,
            ),
        ),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


@dataclass
class FakeSessions:
    """Broadcasts."""

    sessions: list[Session] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    is_gone: bool = False

    def page(self, *, limit: int | None = None, cursor: str | None = None) -> PageOfSessions:
        self.asked.append(f"page {cursor}")
        if self.is_gone:
            raise ServiceGoneError("PowerStream's service is not running.")
        first = int(cursor or 0)
        rest = first + (limit or 50)
        return PageOfSessions(
            words={},
            sessions=tuple(self.sessions[first:rest]),
            next_cursor=str(rest) if rest < len(self.sessions) else None,
        )

    def get(self, session_id: str) -> Session:
        self.asked.append(f"get {session_id}")
        found = next((each for each in self.sessions if each.session_id == session_id), None)
        if found is None or self.is_gone:
            raise UnknownError("There is no such broadcast.", status=404, code="not-found")
        return found
