"""``powerstream ctl status|start|stop|mark|retry|preflight``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final

import click

from powerstream_desktop.cli.ctl_key import read_key
from powerstream_desktop.cli.ctl_names import complete_endpoint, complete_profile, complete_station
from powerstream_desktop.cli.ctl_printing import print_json, print_rich, tell
from powerstream_desktop.cli.ctl_service import json_option, service, service_if_any, the_chosen, the_one
from powerstream_desktop.cli.ending import EXIT_FAILED
from powerstream_desktop.common.text import duration_text, size_text

_NO_SERVICE: Final = {"ok": True, "isRunning": False, "isLive": False, "state": "idle"}
_NOTHING_ENDED: Final[Mapping[str, object]] = {
    "ok": True,
    "sessionId": None,
    "recording": None,
    "recordings": [],
}
_station_option = click.option(
    "--station", metavar="NAME", shell_complete=complete_station, help="The station that is on air."
)
_profile_option = click.option(
    "--profile", metavar="NAME", shell_complete=complete_profile, help="The endpoints of this profile."
)
_endpoint_option = click.option(
    "--endpoint",
    "endpoints",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_endpoint,
    help="This endpoint and no others; may be repeated.",
)


@click.command("status")
@click.option("--watch", is_flag=True, help="Go on telling, until Ctrl+C.")
@json_option
def status(watch: bool, as_json: bool) -> None:
    """Tell what is on air, and how every destination stands.

    Without --watch it starts no service: if none runs, it says so, and succeeds.
    """
    if watch:
        from powerstream_desktop.cli.ctl_watch import watch_status

        watch_status(as_json)
        return
    with service_if_any() as client:
        if client is None and as_json:
            print_json(_NO_SERVICE)
        elif client is None:
            tell("○ PowerStream's service is not running; nothing is on air.")
        elif as_json:
            live, running = client.live.status(), client.live.destinations()
            print_json({"isRunning": True, **live.words, "sessions": running.words["sessions"]})
        else:
            from powerstream_desktop.cli.ctl_status_table import status_parts

            print_rich(*status_parts(client.live.destinations()))


@click.command("start")
@click.option("--title", default="", help="What it is called.")
@click.option("--description", default="", help="What it is about.")
@_station_option
@_profile_option
@_endpoint_option
@click.option("--external", is_flag=True, help="An encoder such as OBS publishes, not the studio.")
@click.option(
    "--stream-key-file",
    type=click.Path(allow_dash=True),
    metavar="FILE",
    help="Holds the key that the encoder has to show; - for stdin.",
)
@click.option("--no-record", is_flag=True, help="Keep no recording.")
@click.option(
    "--upload/--no-upload",
    default=None,
    help="Upload the replay when it is over; otherwise as the settings say.",
)
@click.option("--no-platforms", is_flag=True, help="Send it nowhere; it can be watched and recorded here.")
@click.option("--rehearsal", is_flag=True, help="Send it to the built-in receiver and to nobody else.")
@json_option
def start(
    title: str,
    description: str,
    station: str | None,
    profile: str | None,
    endpoints: tuple[str, ...],
    external: bool,
    stream_key_file: str | None,
    no_record: bool,
    upload: bool | None,
    no_platforms: bool,
    rehearsal: bool,
    as_json: bool,
) -> None:
    """Go on air, to the endpoints that are named, those of the profile, or all active ones of the station."""
    key = read_key(stream_key_file) if stream_key_file is not None else None
    with service() as client:
        from powerstream_desktop.client.live import EXTERNAL, STUDIO, StartWish

        chosen = the_chosen("endpoint", endpoints, client.endpoints.all()) if endpoints else ()
        started = client.live.start(
            StartWish(
                title=title,
                description=description,
                station_id=the_one("station", station, client.stations.all()).id if station else None,
                profile_id=the_one("profile", profile, client.profiles.all()).id if profile else None,
                selected_endpoints=tuple(each.id for each in chosen) or None,
                use_multistream=not no_platforms,
                recording_enabled=not no_record,
                upload_replay=upload,
                source=EXTERNAL if external else STUDIO,
                is_rehearsal=rehearsal,
                stream_key=key,
            )
        )
    if as_json:
        print_json(started.words)
        return
    tell(f"● Session {started.session_id} has begun.")
    if external:
        tell(f"Publish to {started.ingest_url}")
        if key is None:
            tell(
                "The encoder has to show the key that is kept for encoders; with --stream-key-file you choose one."
            )


@click.command("stop")
@click.option("--session", metavar="ID", help="Only if it is this one that runs.")
@json_option
def stop(session: str | None, as_json: bool) -> None:
    """Go off air, and wait until everything is kept. Harmless when nothing runs."""
    with service_if_any() as client:
        ended = None if client is None else client.live.stop(session)
    if as_json:
        print_json(_NOTHING_ENDED if ended is None else ended.words)
    elif ended is None or ended.session_id is None:
        tell("○ Nothing is on air.")
    else:
        tell(f"○ Session {ended.session_id} has ended.")
        for each in ended.recordings:
            tell(
                f"Recorded: {each.asset_id}  {duration_text(each.duration_seconds)}  {size_text(each.size_bytes)}"
            )


@click.command("mark")
@click.argument("label", nargs=-1)
@json_option
def mark(label: tuple[str, ...], as_json: bool) -> None:
    """Mark this moment of the running broadcast."""
    with service() as client:
        marker = client.live.mark(" ".join(label))
    if as_json:
        print_json({"ok": True, "marker": marker.words})
    else:
        tell(f"Marked at {duration_text(marker.offset_ms / 1000)}.")


@click.command("retry")
@click.argument("endpoint", shell_complete=complete_endpoint)
def retry(endpoint: str) -> None:
    """Have a destination of the running broadcast try again at once."""
    with service() as client:
        client.endpoints.retry(the_one("endpoint", endpoint, client.endpoints.all()).id)


@click.command("preflight")
@_station_option
@_profile_option
@_endpoint_option
@json_option
def preflight(station: str | None, profile: str | None, endpoints: tuple[str, ...], as_json: bool) -> None:
    """Look at all destinations of a broadcast before it begins; publishes nothing.

    The exit code is 0 only when nothing was found that cannot work.
    """
    with service() as client:
        chosen = the_chosen("endpoint", endpoints, client.endpoints.all()) if endpoints else ()
        report = client.preflight.look(
            station_id=the_one("station", station, client.stations.all()).id if station else None,
            profile_id=the_one("profile", profile, client.profiles.all()).id if profile else None,
            selected_endpoints=tuple(each.id for each in chosen) or None,
        )
    if as_json:
        print_json({"ok": True, "report": report.words})
    else:
        from powerstream_desktop.cli.ctl_findings import report_lines

        print_rich(*report_lines(report))
    sys.exit(0 if report.is_ready else EXIT_FAILED)


COMMANDS: Final[Mapping[str, click.Command]] = {
    each.name or "": each for each in (status, start, stop, mark, retry, preflight)
}
