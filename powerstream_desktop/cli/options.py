"""Options that several commands share, and the checks behind them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.logs import LogPipe, configure_logging
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.platforms.catalogue import Catalogue, load_catalogue

MAX_PORT = 65535

destinations_option = click.option(
    "--destinations",
    "destinations_file",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="JSON or TOML: a list of {name, platform, serverUrl, streamKey}.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a second.")


def checked_duration(_ctx: click.Context, _option: click.Parameter, duration_s: float | None) -> float | None:
    """Return the seconds of ``--duration``.

    Raises:
        UserError: it is no length of time.
    """
    if duration_s is not None and not duration_s > 0:  # also true of NaN
        raise UserError(
            f"A broadcast cannot last {duration_s:g} seconds.", hint="Give --duration more than 0 seconds."
        )
    return duration_s


def known_platforms() -> Catalogue:
    """Return the platforms, with the user's own changes.

    Raises:
        UserError: the user's file has a mistake.
    """
    return load_catalogue(Paths.from_environment(os.environ))


def start_logging(role: str) -> tuple[Paths, LogPipe]:
    """Make the folders and start the log of this process; everything passes the redactor."""
    paths = Paths.from_environment(os.environ)
    paths.ensure()
    return paths, configure_logging(paths, role)


def parse_address(value: str) -> tuple[str, int]:
    """Return host and port of ``HOST:PORT``; an IPv6 host stands in brackets.

    Raises:
        UserError: it is something else.
    """
    host, _, port = value.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not _may_be_host(host) or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > MAX_PORT:
        raise UserError(
            f"{value!r} is not an address to listen on.", hint="It should look like 127.0.0.1:1935."
        )
    return host, int(port)


def checked_app(_ctx: click.Context, _option: click.Parameter, app: str) -> str:
    """Return the application's name.

    Raises:
        UserError: no encoder could ask for it.
    """
    if not re.fullmatch(r"[\w.-]{1,64}", app):
        raise UserError(f"{app!r} is not an application's name.", hint="It should look like live.")
    return app


def _may_be_host(host: str) -> bool:
    try:
        return bool(host.encode("idna"))  # what the system's look-up does first, and fails on
    except UnicodeError:
        return False
