"""Timelines: what each destination of a session went through, change by change, with figures once a minute."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.store.columns import moment, word
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.sessions import INTERRUPTED_WORDS, Session
from powerstream_desktop.service.store.store_faults import UnknownRecordError

INTERRUPTED_CODE: Final = "service-died"
RESUMED_CODE: Final = "service-back"
RESUMED_WORDS: Final = "PowerStream is back and takes the broadcast up again."


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDestination:
    """An endpoint as it was in a session.

    Attributes:
        endpoint_id: may be gone by now; the rest is as it was then.
    """

    endpoint_id: str
    name: str
    platform: str
    rendition: Rendition = Rendition.LANDSCAPE


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """A light that turned.

    Attributes:
        cause: why; None if nothing was wrong. Its help address and detail are not kept.
    """

    at: datetime
    state: DestinationState
    cause: Cause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How a destination stood at one moment; all but the first two count from the session's begin.

    Attributes:
        bitrate_kbps: kbit/s that the platform acknowledged.
        queue_ms: media that it had not acknowledged.
        connects: connections on which it took media.
    """

    at: datetime
    bitrate_kbps: int
    queue_ms: int
    bytes_sent: int
    frames_sent: int
    frames_dropped: int
    connects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A destination of a session, with all that it went through, the oldest first."""

    destination: SessionDestination
    changes: tuple[StateChange, ...] = ()
    figures: tuple[Figures, ...] = ()

    @property
    def last_state(self) -> DestinationState:
        """How its light stood at the end."""
        return self.changes[-1].state if self.changes else DestinationState.OFF


class Timelines:
    """The tables of timelines; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def join(self, session_id: str, destination: SessionDestination) -> None:
        """Add a destination to a session; one that is there already goes on under its new name.

        Raises:
            UnknownRecordError: there is no such session.
        """
        self._connection.execute(
            "INSERT INTO session_destinations (session_id, endpoint_id, name, platform, rendition) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (session_id, endpoint_id) DO UPDATE SET name = excluded.name, rendition = excluded.rendition",
            (
                session_id,
                destination.endpoint_id,
                destination.name,
                destination.platform,
                destination.rendition,
            ),
        )

    def note_change(self, session_id: str, endpoint_id: str, change: StateChange) -> None:
        """Keep that a light turned; UnknownRecordError if no such destination joined."""
        number, cause = self._number(session_id, endpoint_id), change.cause
        self._connection.execute(
            "INSERT INTO state_changes (destination, at_ms, state, cause_code, cause_sentence, cause_remedy) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (number, to_ms(change.at), change.state, *_cause_values(cause)),
        )

    def note_figures(self, session_id: str, figures: Mapping[str, Figures]) -> None:
        """Keep figures by endpoint; UnknownRecordError if one of them did not join."""
        for endpoint_id, figure in figures.items():
            self._connection.execute(
                "INSERT OR REPLACE INTO figures (destination, at_ms, bitrate_kbps, queue_ms, bytes_sent, frames_sent, "
                "frames_dropped, connects) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._number(session_id, endpoint_id),
                    to_ms(figure.at),
                    figure.bitrate_kbps,
                    figure.queue_ms,
                    figure.bytes_sent,
                    figure.frames_sent,
                    figure.frames_dropped,
                    figure.connects,
                ),
            )

    def of(self, session_id: str, *, with_figures: bool = True) -> tuple[Timeline, ...]:
        """Return the timelines of a session in the order in which the destinations joined; none for an unknown one.

        Args:
            session_id: of the session.
            with_figures: a page of many sessions does without: hours of them are tens of thousands.
        """
        rows = self._connection.execute(
            "SELECT number, endpoint_id, name, platform, rendition FROM session_destinations "
            "WHERE session_id = ? ORDER BY number",
            (session_id,),
        ).fetchall()
        return tuple(
            Timeline(
                destination=SessionDestination(
                    endpoint_id=endpoint_id,
                    name=name,
                    platform=platform,
                    rendition=word(Rendition, rendition),
                ),
                changes=self._changes(number),
                figures=self._figures(number) if with_figures else (),
            )
            for number, endpoint_id, name, platform, rendition in rows
        )

    def close_interrupted(self, sessions: Sequence[Session]) -> None:
        """Say in the timelines of sessions that were found open where they break off."""
        cause = Cause(code=INTERRUPTED_CODE, sentence=INTERRUPTED_WORDS, remedy="")
        for session in sessions:
            self._note_for_all(session.id, session.ended_at or session.last_seen_at, cause)

    def note_resumed(self, session_id: str, at: datetime) -> None:
        """Say in the timelines of a session that broke off where it goes on: what lies between is not known."""
        self._note_for_all(session_id, at, Cause(code=RESUMED_CODE, sentence=RESUMED_WORDS, remedy=""))

    def _note_for_all(self, session_id: str, at: datetime, cause: Cause) -> None:
        self._connection.execute(
            "INSERT INTO state_changes (destination, at_ms, state, cause_code, cause_sentence, cause_remedy) "
            "SELECT number, ?, ?, ?, ?, ? FROM session_destinations WHERE session_id = ?",
            (to_ms(at), DestinationState.OFF, *_cause_values(cause), session_id),
        )

    def _number(self, session_id: str, endpoint_id: str) -> int:
        row = self._connection.execute(
            "SELECT number FROM session_destinations WHERE session_id = ? AND endpoint_id = ?",
            (session_id, endpoint_id),
        ).fetchone()
        if row is None:
            raise UnknownRecordError("This endpoint is no destination of this session.")
        number: int = row[0]
        return number

    def _changes(self, destination: int) -> tuple[StateChange, ...]:
        rows = self._connection.execute(
            "SELECT at_ms, state, cause_code, cause_sentence, cause_remedy FROM state_changes "
            "WHERE destination = ? ORDER BY number",
            (destination,),
        )
        return tuple(
            StateChange(
                at=moment(at_ms),
                state=word(DestinationState, state),
                cause=None
                if code is None
                else Cause(code=code, sentence=sentence or "", remedy=remedy or ""),
            )
            for at_ms, state, code, sentence, remedy in rows
        )

    def _figures(self, destination: int) -> tuple[Figures, ...]:
        rows = self._connection.execute(
            "SELECT at_ms, bitrate_kbps, queue_ms, bytes_sent, frames_sent, frames_dropped, connects FROM figures "
            "WHERE destination = ? ORDER BY at_ms",
            (destination,),
        )
        return tuple(
            Figures(
                at=moment(at_ms),
                bitrate_kbps=bitrate_kbps,
                queue_ms=queue_ms,
                bytes_sent=bytes_sent,
                frames_sent=frames_sent,
                frames_dropped=frames_dropped,
                connects=connects,
            )
            for at_ms, bitrate_kbps, queue_ms, bytes_sent, frames_sent, frames_dropped, connects in rows
        )


def _cause_values(cause: Cause | None) -> tuple[str | None, str | None, str | None]:
    return (None, None, None) if cause is None else (cause.code, cause.sentence, cause.remedy)
