"""The options of a broadcast, whoever encodes it: what ``live`` and ``relay`` have in common."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeAlias

import click

from powerstream_desktop.cli.options import checked_duration, destinations_option, json_option
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.relay.ingest.server import BRIDGE_LIMIT_S

Command: TypeAlias = Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastOptions:
    """What the user chose.

    Attributes:
        destinations_file: where the stream goes.
        record_folder: where to record to, None for no recording.
        hls_folder: where players on this machine find the stream, None for nowhere.
        bridge_limit_s: how long platforms are kept when the encoder vanishes, in seconds.
        duration_s: seconds of being live, None for no limit.
        as_json: print JSON lines instead of the table.
    """

    destinations_file: Path
    record_folder: Path | None
    hls_folder: Path | None
    bridge_limit_s: float
    duration_s: float | None
    as_json: bool

    @property
    def recording(self) -> RecordingOptions | None:
        """How it is recorded; None for no recording."""
        return None if self.record_folder is None else RecordingOptions(folder=self.record_folder)


def checked_bridge_limit(_ctx: click.Context, _option: click.Parameter, limit_s: float) -> float:
    """Return the seconds of ``--bridge-limit``.

    Raises:
        UserError: it is no length of time.
    """
    if not 0 <= limit_s < float("inf"):  # also true of NaN
        raise UserError(
            f"An encoder cannot be waited for {limit_s:g} seconds.",
            hint="Give --bridge-limit 0 or more seconds; 0 ends the broadcast as soon as the encoder is gone.",
        )
    return limit_s


_OPTIONS: Final = (
    destinations_option,
    click.option(
        "--record",
        "record_folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Record to this folder.",
    ),
    click.option(
        "--hls",
        "hls_folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Keep index.m3u8 and its segments in this folder, for a browser or player on this machine.",
    ),
    click.option(
        "--bridge-limit",
        "bridge_limit_s",
        type=float,
        default=BRIDGE_LIMIT_S,
        show_default=f"{BRIDGE_LIMIT_S:g}",
        callback=checked_bridge_limit,
        metavar="SECONDS",
        help="Keep the platforms for so long when the encoder vanishes; 0 ends the broadcast at once.",
    ),
    click.option(
        "--duration",
        "duration_s",
        type=float,
        callback=checked_duration,
        metavar="SECONDS",
        help="End after so many seconds of being live.",
    ),
    json_option,
)


def broadcast_options(command: Command) -> Command:
    """Give a command these options behind its own, as one argument called ``options``."""

    @functools.wraps(command)
    def with_options(**values: Any) -> None:
        options = BroadcastOptions(**{each.name: values.pop(each.name) for each in fields(BroadcastOptions)})
        command(options=options, **values)

    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options
