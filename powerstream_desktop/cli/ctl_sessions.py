"""``powerstream ctl sessions``: the broadcasts that are and were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_names import complete_station
from powerstream_desktop.cli.ctl_printing import day_and_time, print_json, print_table, tell
from powerstream_desktop.cli.ctl_service import json_option, service, the_one
from powerstream_desktop.common.text import duration_text

if TYPE_CHECKING:
    from powerstream_desktop.client.sessions import Session


@click.group("sessions")
def sessions() -> None:
    """The broadcasts that are and were."""


@sessions.command("list")
@click.option("--station", metavar="NAME", shell_complete=complete_station, help="Only of this station.")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="How many.")
@click.option("--cursor", help="Behind what an earlier list said in nextCursor.")
@json_option
def list_sessions(station: str | None, limit: int, cursor: str | None, as_json: bool) -> None:
    """List broadcasts, the newest first."""
    with service() as client:
        station_id = None if station is None else the_one("station", station, client.stations.all()).id
        page = client.sessions.page(station_id=station_id, limit=limit, cursor=cursor)
    if as_json:
        print_json(page.words)
        return
    rows = [
        (_title(each), day_and_time(each.started_at), _lasted(each), _ending(each), each.session_id)
        for each in page.sessions
    ]
    print_table(("title", "begun", "lasted", "ending", "id"), rows, "There were no broadcasts yet.")
    if page.next_cursor is not None:
        tell(f"There are more: --cursor {page.next_cursor}")


@sessions.command("show")
@click.argument("session")
@json_option
def show(session: str, as_json: bool) -> None:
    """Tell what each destination of the broadcast with the id SESSION went through."""
    with service() as client:
        found = client.sessions.get(session)
    if as_json:
        print_json({"ok": True, "session": found.words})
        return
    tell(
        f"{_title(found, found.session_id)}  {day_and_time(found.started_at)}  {_lasted(found)}  {_ending(found)}"
    )
    if found.ending_words:
        tell(found.ending_words)
    rows = [
        (
            each.name,
            f"{change.at.astimezone():%H:%M:%S}",
            change.status,
            change.cause.message if change.cause else "",
        )
        for each in found.destinations
        for change in each.changes
    ]
    print_table(("destination", "at", "state", "because"), rows, "It had no destinations.")


def _title(session: Session, otherwise: str = "-") -> str:
    return session.title or ("Rehearsal" if session.is_rehearsal else otherwise)


def _lasted(session: Session) -> str:
    if session.ended_at is None:
        return ""
    return duration_text((session.ended_at - session.started_at).total_seconds())


def _ending(session: Session) -> str:
    return session.ending or "● runs"


COMMANDS: Final[Mapping[str, click.Command]] = {"sessions": sessions}
