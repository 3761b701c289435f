"""The data of a long life: 10,000 broadcasts and 100,000 replays."""

from __future__ import annotations

import random
import sqlite3

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.timelines import SessionDestination, StateChange
from tests.unit.service.store.rows import NOW, session

REPLAYS = 100_000
SESSIONS = 10_000
STATIONS = 40
PAGE = 50

DESTINATIONS = ("a", "b", "c", "d")
CHANGES = (
    *(DestinationState.CONNECTING, DestinationState.PUBLISHING, DestinationState.LIVE) * 4,
    DestinationState.OFF,
)
COMMON = ("evening", "stream", "show", "live", "special")
WORDS = [
    f"{first}{second}{third}" for first in "bdfgk" for second in ("ana", "elo", "iru") for third in "mnprst"
]


def fill(connection: sqlite3.Connection) -> None:
    """Write what ``Assets.put`` would write, 100,000 times, without asking for each row what is there."""
    chance = random.Random(8)
    tables = Tables(connection)
    for number in range(SESSIONS):
        tables.sessions.begin(session(f"se{number}", number * 3600, f"st{number % STATIONS}"))
    for number in range(SESSIONS - PAGE, SESSIONS):
        for endpoint_id in DESTINATIONS:
            joined = SessionDestination(endpoint_id=endpoint_id, name="Channel", platform="twitch")
            tables.timelines.join(f"se{number}", joined)
            for state in CHANGES:
                tables.timelines.note_change(f"se{number}", endpoint_id, StateChange(at=NOW, state=state))
    connection.execute("UPDATE sessions SET ended_ms = started_ms, ending = 'stopped'")
    begin_ms = to_ms(NOW)
    connection.executemany(
        "INSERT INTO assets (place, id, station_id, title, description, status, duration_ms, size_bytes, recorded_ms, title_key) "
        "VALUES (?1 << 20, 'as' || ?2, 'st' || (?2 % ?3), ?4 || ' ' || ?2, ?5, iif(?2 % 1000 = 7, 'missing', 'ready'), "
        "(?2 * 7919) % 36000, (?2 * 104729) % 4000000, ?1, ?4 || ' ' || ?2)",
        (
            (
                *(begin_ms + number * 60_000, number, STATIONS),
                *(" ".join(chance.choices(COMMON, k=3)), " ".join(chance.choices(WORDS, k=6))),
            )
            for number in range(REPLAYS)
        ),
    )
    connection.execute(
        "INSERT INTO asset_words (rowid, title, description, markers, facts) "
        "SELECT place, title, description, '', 't' || status || ' s' || lower(hex(station_id)) FROM assets"
    )
    tables.assets.put(tables.assets.get("as7"))
