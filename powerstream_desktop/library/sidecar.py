"""What is known of a replay, in a small file beside its video: should the database be lost, the folder brings the library back.

``Show.mp4`` has ``Show.powerstream.json``. Who reads one believes nothing of it: it may be of another program, or have been
changed by hand (reliability_security.md 5.2).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.common.errors import PowerStreamError, SystemFault, UserError
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json
from powerstream_desktop.common.whole_file import replace_file

SIDECAR_SUFFIX: Final = ".powerstream.json"
VERSION: Final = 1

_MAX_BYTES: Final = 16 * 1024 * 1024
"""More than a marker in each second of a day."""
_MAX_MS: Final = 100 * 366 * 24 * 3600 * 1000
_MAX_SIDE: Final = 65_536
_MAX_FPS: Final = 1_000
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)
_SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_CAPITAL: Final = re.compile(r"[A-Z]", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarMarker:
    """A moment that somebody wanted to find again, in milliseconds from the replay's begin."""

    id: str
    offset_ms: int
    label: str = ""

    def __post_init__(self) -> None:
        _require(bool(_ID.fullmatch(self.id)), "a marker's id cannot be one")
        _require(0 <= self.offset_ms <= _MAX_MS, "a marker's time cannot be one")


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarGap:
    """What the recording lacks, in milliseconds from the replay's begin, and why."""

    start_ms: int
    end_ms: int
    reason: str = ""

    def __post_init__(self) -> None:
        _require_span(self.start_ms, self.end_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarDestinationGap:
    """What a destination did not get, in milliseconds from the replay's begin, and why."""

    destination: str
    platform: str = ""
    start_ms: int
    end_ms: int
    cause: str = ""

    def __post_init__(self) -> None:
        _require_span(self.start_ms, self.end_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarClip:
    """From which replay, and from where in it, a clip was cut."""

    asset_id: str
    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        _require(bool(_ID.fullmatch(self.asset_id)), "the id of the clip's replay cannot be one")
        _require_span(self.start_ms, self.end_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """What is known of a replay.

    Attributes:
        station_name: for a library that does not know the station any more.
        recorded_at: when the replay begins; with a time zone, whole milliseconds are kept.
        sha256: of the video, 64 lower-case hexadecimal digits; ``None`` while nobody has counted it.
        width: in pixels; ``None`` if unknown, as the fields that follow.
        is_recovered: the process that recorded it died.
        clip_of: ``None`` for what is no clip.
        gaps: in the order of time.
        destination_gaps: in the order of time.

    Raises:
        UserError: a value is out of its range.
    """

    asset_id: str
    station_id: str | None = None
    station_name: str | None = None
    session_id: str | None = None
    user_id: str | None = None
    title: str
    description: str = ""
    recorded_at: datetime
    duration_ms: int = 0
    size_bytes: int = 0
    sha256: str | None = None
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    video_codec: str | None = None
    audio_codec: str | None = None
    is_pinned: bool = False
    is_recovered: bool = False
    clip_of: SidecarClip | None = None
    markers: tuple[SidecarMarker, ...] = ()
    gaps: tuple[SidecarGap, ...] = ()
    destination_gaps: tuple[SidecarDestinationGap, ...] = ()

    def __post_init__(self) -> None:
        for each in (self.asset_id, self.station_id, self.session_id):
            _require(each is None or bool(_ID.fullmatch(each)), "an id cannot be one")
        _require(self.recorded_at.tzinfo is not None, "its date lacks the time zone")
        _require(1970 <= self.recorded_at.year < 2200, "its date cannot be right")
        _require(0 <= self.duration_ms <= _MAX_MS, "its length cannot be right")
        _require(self.size_bytes >= 0, "its size cannot be right")
        _require(self.sha256 is None or bool(_SHA256.fullmatch(self.sha256)), "its hash cannot be one")
        for side in (self.width, self.height):
            _require(side is None or 0 < side <= _MAX_SIDE, "its picture's size cannot be right")
        _require(self.fps is None or 0 < self.fps <= _MAX_FPS, "its frame rate cannot be right")


def sidecar_path(video: Path) -> Path:
    """Return where the sidecar of a video lies."""
    return video.with_name(video.stem + SIDECAR_SUFFIX)


def write_sidecar(video: Path, sidecar: Sidecar) -> Path:
    """Write what is known beside the video, as a whole or not at all, and return where. Blocks as long as the disk does.

    Raises:
        SystemFault: the disk refused; a sidecar that was there is still there.
    """
    path = sidecar_path(video)
    content = {"version": VERSION, **to_json(sidecar)}
    try:
        replace_file(path, json.dumps(_renamed(content, _camel), indent=1).encode() + b"\n")
    except OSError as error:
        raise _disk_fault("What is known of a replay could not be written beside it.", error) from error
    return path


def read_sidecar(path: Path) -> Sidecar:
    """Return what a sidecar says. Blocks as long as the disk does.

    Args:
        path: of the sidecar itself.

    Raises:
        UserError: it is none, or one of a newer PowerStream, or says what cannot be.
        SystemFault: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise _disk_fault("What lies beside a replay could not be read.", error) from error
    if len(text) > _MAX_BYTES:
        raise _foreign(path, "it is too large")
    try:
        return _sidecar(path, parse_json(text))
    except MalformedError as error:
        raise _foreign(path, str(error)) from error
    except _ImpossibleError as error:
        raise _foreign(path, error.detail) from error


class _ImpossibleError(UserError):
    """A value out of its range; its detail says which."""


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise _ImpossibleError(
            "What is to be kept of a replay cannot be.", hint="Check the replay's details.", detail=otherwise
        )


def _require_span(start_ms: int, end_ms: int) -> None:
    _require(0 <= start_ms <= end_ms <= _MAX_MS, "a span of time cannot be one")


def _sidecar(path: Path, content: Any) -> Sidecar:
    if not isinstance(content, dict) or "version" not in content:
        raise _foreign(path, "it does not say its version")
    if content.pop("version") != VERSION:
        raise UserError(
            f"{path.name} was written by another version of PowerStream.", hint="Use the newest PowerStream."
        )
    try:
        sidecar: Sidecar = from_json(Sidecar, _renamed(content, _snake))
    except RecursionError as error:  # parsed, but nested as deep as that just goes
        raise _foreign(path, "it is nested without end") from error
    return sidecar


def _renamed(value: Any, name_of: Callable[[str], str]) -> Any:
    """Return JSON with every field's name as ``name_of`` gives it; the names of both sides stand for each other."""
    if isinstance(value, dict):
        return {name_of(name): _renamed(each, name_of) for name, each in value.items()}
    return [_renamed(each, name_of) for each in value] if isinstance(value, list) else value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _snake(name: str) -> str:
    """Return our name of a field; MalformedError if it is called as none of them is."""
    ours = _CAPITAL.sub(lambda found: f"_{found[0].lower()}", name)
    if _camel(ours) != name:
        raise MalformedError("", "has a field of a foreign name")
    return ours


def _foreign(path: Path, why: str) -> UserError:
    return UserError(
        f"{path.name} does not say what PowerStream knows of a replay.",
        hint="It is left alone; the replay is listed without it.",
        detail=why,
    )


def _disk_fault(title: str, error: OSError) -> PowerStreamError:
    return SystemFault(
        title, hint="Check the disk.", detail=f"{type(error).__name__}: {error.strerror or error}"
    )
