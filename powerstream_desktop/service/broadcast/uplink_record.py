"""What this computer's upload carried when it was last used to the full: kept for the look before the next broadcast.

The figure is a hint and nothing depends on it: a file that cannot be read counts as none, and one that cannot be written is
said in the log.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.whole_file import replace_file

logger = logging.getLogger(__name__)

FILE_NAME = "uplink.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class UplinkFigure:
    """A measured upload.

    Attributes:
        kbps: kilobits per second that all destinations together took.
        measured_at: when, in UTC; for people.
    """

    kbps: int
    measured_at: datetime


def uplink_file(paths: Paths) -> Path:
    """Return where the figure is kept."""
    return paths.data / FILE_NAME


def read_uplink(paths: Paths) -> UplinkFigure | None:
    """Return the figure of the last broadcast that found the upload too small; None if there is none."""
    return _read(uplink_file(paths))


async def known_kbps(paths: Paths) -> int | None:
    """Return that figure's rate, read on a thread."""
    figure = await asyncio.to_thread(read_uplink, paths)
    return None if figure is None else figure.kbps


def keep_uplink(path: Path, *, measured_kbps: int | None, carried_kbps: int, now: datetime) -> None:
    """Keep what a broadcast has learnt about the upload. Blocks for as long as the disk does.

    Args:
        path: see ``uplink_file``.
        measured_kbps: what the upload carried when it was too small; None when it never was. Then a figure from before is
            forgotten if this broadcast has disproved it.
        carried_kbps: what all destinations together took when the broadcast ended.
        now: the time, in UTC.
    """
    try:
        if measured_kbps is not None:
            _write(path, UplinkFigure(kbps=measured_kbps, measured_at=now))
        elif (known := _read(path)) is not None and carried_kbps > known.kbps:
            path.unlink()
    except OSError as error:
        logger.info("The measured upload could not be kept: %s", error)


def _read(path: Path) -> UplinkFigure | None:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        kbps, measured_at = int(value["kbps"]), datetime.fromisoformat(value["measuredAt"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        logger.info("The measured upload in %s cannot be read: %r", path, error)
        return None
    return UplinkFigure(kbps=kbps, measured_at=measured_at.astimezone(UTC)) if kbps > 0 else None


def _write(path: Path, figure: UplinkFigure) -> None:
    value = {"kbps": figure.kbps, "measuredAt": figure.measured_at.isoformat(timespec="seconds")}
    replace_file(path, json.dumps(value).encode() + b"\n")
