"""Sessions: the broadcasts that are and were. What became of each destination is in ``timelines``.

A session is open until it is ended with a reason. One that is found open at the start was live when the service died: it is
closed at the last moment anything was heard of it, never at the time of the restart, and says that it was interrupted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from powerstream_desktop.service.store.columns import moment, moment_or_none, word
from powerstream_desktop.service.store.ids import checked_id
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.paging import Page, checked_limit, page_of, place_of
from powerstream_desktop.service.store.places import free_place
from powerstream_desktop.service.store.statements import insert, select
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError

_COLUMNS: Final = (
    *("place", "id", "station_id", "user_id", "profile_id", "title", "description", "source", "is_recorded"),
    *("is_uploaded", "asset_id", "started_ms", "last_seen_ms", "ended_ms", "ending", "ending_words"),
)
_SELECT: Final = select("sessions", _COLUMNS)
_BEGINS: Final = select("sessions", ("id", "started_ms"))
_WISHES: Final = select("sessions", ("id", "is_uploaded"))
_NEWEST_BETWEEN: Final = "SELECT max(place) FROM sessions WHERE place >= ? AND place < ?"

INTERRUPTED_WORDS: Final = "PowerStream ended unexpectedly; what happened afterwards is not known."


class SessionSource(StrEnum):
    """Who publishes."""

    STUDIO = "studio"
    EXTERNAL = "external"


class SessionEnding(StrEnum):
    """Why a session is over."""

    STOPPED = "stopped"
    """Somebody ended it."""
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """The service died while it was live."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A broadcast.

    Attributes:
        station_id, profile_id: as they were then; they may be gone by now.
        is_recorded: a recording was asked for.
        is_uploaded: that its replay be uploaded was asked for; None for what the settings say.
        asset_id: the replay it became; None while there is none.
        last_seen_at: when it was last known to run.
        ended_at: None while it runs.
        ending: None while it runs.
        ending_words: a sentence to the ending, for people; may be empty.
    """

    id: str
    station_id: str | None = None
    user_id: str | None = None
    profile_id: str | None = None
    title: str = ""
    description: str = ""
    source: SessionSource = SessionSource.STUDIO
    is_recorded: bool = False
    is_uploaded: bool | None = None
    asset_id: str | None = None
    started_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None = None
    ending: SessionEnding | None = None
    ending_words: str = ""


class Sessions:
    """The table of sessions; for jobs of the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def begin(self, session: Session) -> Session:
        """Add a session that runs, and return it; what it says of its end is left out.

        Raises:
            ConflictError: its id is taken.
            UserError: its id cannot be one.
        """
        checked_id(session.id)
        if self._connection.execute("SELECT 1 FROM sessions WHERE id = ?", (session.id,)).fetchone():
            raise ConflictError("There is a session with this id already.", hint="Use another id.")
        started_ms = to_ms(session.started_at)
        values = (
            free_place(self._connection, _NEWEST_BETWEEN, started_ms),
            session.id,
            session.station_id,
            session.user_id,
            session.profile_id,
            session.title,
            session.description,
            session.source,
            session.is_recorded,
            session.is_uploaded,
            session.asset_id,
            started_ms,
            started_ms,
            None,
            None,
            "",
        )
        self._connection.execute(insert("sessions", _COLUMNS), values)
        return self.get(session.id)

    def get(self, session_id: str) -> Session:
        """Return one session; UnknownRecordError if there is none of that id."""
        row = self._connection.execute(f"{_SELECT} WHERE id = ?", (session_id,)).fetchone()
        if row is None:
            raise UnknownRecordError("There is no such session.", hint="Reload the list of sessions.")
        return _session(row)

    def running(self) -> tuple[Session, ...]:
        """Return those that have not ended, newest first."""
        rows = self._connection.execute(f"{_SELECT} WHERE ended_ms IS NULL ORDER BY place DESC")
        return tuple(_session(row) for row in rows)

    def page(self, *, station_id: str | None = None, limit: int, cursor: str | None = None) -> Page[Session]:
        """Return sessions, newest first, all or those of a station.

        Raises:
            UserError: the limit or the cursor cannot be one.
        """
        place, count = place_of(cursor), checked_limit(limit)
        if station_id is None:
            every = f"{_SELECT} WHERE place < ? ORDER BY place DESC LIMIT ?"
            rows = self._connection.execute(every, (place, count + 1)).fetchall()
        else:
            of_station = f"{_SELECT} WHERE station_id = ? AND place < ? ORDER BY place DESC LIMIT ?"
            rows = self._connection.execute(of_station, (station_id, place, count + 1)).fetchall()
        return page_of([(row[0], _session(row)) for row in rows], count)

    def seen(self, session_id: str, at: datetime) -> None:
        """Keep that it still runs: to be said every few seconds, so that an interrupted one ends where it did."""
        self._connection.execute(
            "UPDATE sessions SET last_seen_ms = max(last_seen_ms, ?) WHERE id = ? AND ended_ms IS NULL",
            (to_ms(at), session_id),
        )

    def end(self, session_id: str, at: datetime, ending: SessionEnding, words: str = "") -> Session:
        """End a session and return it; one that has ended stays as it is, so that repeating is harmless."""
        before = self.get(session_id)
        if before.ended_at is None:
            ended_ms = max(to_ms(at), to_ms(before.started_at))
            self._connection.execute(
                "UPDATE sessions SET ended_ms = ?1, last_seen_ms = ?1, ending = ?2, ending_words = ?3 WHERE id = ?4",
                (ended_ms, ending, words, session_id),
            )
        return self.get(session_id)

    def reopen(self, session_id: str) -> Session:
        """Take back that a session was interrupted, because its broadcast goes on, and return it.

        Raises:
            UnknownRecordError: there is no such session.
            ConflictError: it was not interrupted: what somebody ended, or what failed, stays over.
        """
        if self.get(session_id).ending is not SessionEnding.INTERRUPTED:
            raise ConflictError("This broadcast was not interrupted.", hint="Start a new one.")
        self._connection.execute(
            "UPDATE sessions SET ended_ms = NULL, ending = NULL, ending_words = '' WHERE id = ?",
            (session_id,),
        )
        return self.get(session_id)

    def begins(self, session_ids: Sequence[str]) -> dict[str, datetime]:
        """Return when each of these sessions began, by its id; what is no session is left out."""
        marks = ", ".join("?" for _ in session_ids)
        rows = self._connection.execute(f"{_BEGINS} WHERE id IN ({marks})", tuple(session_ids))
        return {session_id: moment(started_ms) for session_id, started_ms in rows}

    def upload_wishes(self, session_ids: Sequence[str]) -> dict[str, bool]:
        """Return what was asked for of these sessions' replays, by id; what leaves it to the settings is left out."""
        marks = ", ".join("?" for _ in session_ids)
        rows = self._connection.execute(f"{_WISHES} WHERE id IN ({marks})", tuple(session_ids))
        return {session_id: bool(wish) for session_id, wish in rows if wish is not None}

    def set_asset(self, session_id: str, asset_id: str | None) -> None:
        """Keep which replay a session became; UnknownRecordError if there is no such session."""
        self.get(session_id)
        self._connection.execute("UPDATE sessions SET asset_id = ? WHERE id = ?", (asset_id, session_id))

    def close_interrupted(self) -> tuple[Session, ...]:
        """End what still runs in the database, at the last moment it was heard of; for the start, before anything begins."""
        return tuple(
            self.end(session.id, session.last_seen_at, SessionEnding.INTERRUPTED, INTERRUPTED_WORDS)
            for session in self.running()
        )


def _session(row: tuple[Any, ...]) -> Session:
    column = dict(zip(_COLUMNS, row, strict=True))
    ending = column["ending"]
    return Session(
        id=column["id"],
        station_id=column["station_id"],
        user_id=column["user_id"],
        profile_id=column["profile_id"],
        title=column["title"],
        description=column["description"],
        source=word(SessionSource, column["source"]),
        is_recorded=bool(column["is_recorded"]),
        is_uploaded=None if column["is_uploaded"] is None else bool(column["is_uploaded"]),
        asset_id=column["asset_id"],
        started_at=moment(column["started_ms"]),
        last_seen_at=moment(column["last_seen_ms"]),
        ended_at=moment_or_none(column["ended_ms"]),
        ending=None if ending is None else word(SessionEnding, ending),
        ending_words=column["ending_words"],
    )
