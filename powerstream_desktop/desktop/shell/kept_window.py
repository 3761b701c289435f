"""What the window itself remembers from one time to the next: its place, its station, that the first start is over.

None of it is a truth of the service's, and all of it can be lost without harm.
"""

from __future__ import annotations

import base64
import binascii
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.common.frozen_json import MalformedError, parse_json, write_json
from powerstream_desktop.common.whole_file import replace_file

FILE_NAME: Final = "window.json"
_MAX_BYTES: Final = 64 * 1024

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWindow:
    """What is remembered.

    Attributes:
        geometry: place and size, in Qt's own words; empty before the first time.
        station_id: chosen last; empty for none.
        is_first_start_over: the page of the first start need not be shown any more.
    """

    geometry: bytes = b""
    station_id: str = ""
    is_first_start_over: bool = False


def read_kept_window(folder: Path) -> KeptWindow:
    """Return what is remembered in a folder; of what cannot be read, nothing."""
    try:
        content = (folder / FILE_NAME).read_bytes()[:_MAX_BYTES]
        words = parse_json(content)
    except (OSError, MalformedError):
        return KeptWindow()
    return _kept(words) if isinstance(words, dict) else KeptWindow()


def write_kept_window(folder: Path, kept: KeptWindow) -> None:
    """Remember it. Blocks as the disk does; a disk that refuses costs a window its place, and nothing else."""
    words = {
        "geometry": base64.b64encode(kept.geometry).decode(),
        "stationId": kept.station_id,
        "isFirstStartOver": kept.is_first_start_over,
    }
    try:
        replace_file(folder / FILE_NAME, write_json(words).encode())
    except OSError as error:
        logger.info("the window's place could not be kept: %s", error.strerror)


def _kept(words: dict[str, Any]) -> KeptWindow:
    geometry, station_id = words.get("geometry"), words.get("stationId")
    return KeptWindow(
        geometry=_decoded(geometry) if isinstance(geometry, str) else b"",
        station_id=station_id if isinstance(station_id, str) else "",
        is_first_start_over=words.get("isFirstStartOver") is True,
    )


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
