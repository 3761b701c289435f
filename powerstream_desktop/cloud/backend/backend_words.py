"""What the server is told of a replay, and what it says of one: read strictly, within limits, for it may be anybody (V33). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.common.text import name_text

MAX_PAGE: Final = 200
"""Replays in one page of ours; a server that gives more at once gives too many."""
_MAX_TITLE: Final = 200
_MAX_DESCRIPTION: Final = 5000
_MAX_CURSOR: Final = 4096
_MAX_BYTES: Final = 2**50
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
"""As the API has them, for whoever registers a replay chooses its id."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_REVISION: Final = re.compile(r"[0-9A-Za-z._-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What the server is told of a replay.

    Attributes:
        duration_ms: of the film.
        sha256: of the film, in hexadecimal digits.
        video_url, thumbnail_url: where everybody finds them; None where only links that end could be told.
    """

    asset_id: str
    title: str
    description: str
    recorded_at: datetime
    duration_ms: int
    station_id: str | None
    size_bytes: int
    sha256: str
    video_url: str | None = None
    thumbnail_url: str | None = None

    def body(self) -> bytes:
        """Return it as the body of a request."""
        words = {
            "title": self.title[:_MAX_TITLE],
            "description": self.description[:_MAX_DESCRIPTION],
            "recordedAt": to_json(self.recorded_at),
            "duration": self.duration_ms / 1000,
            "status": "ready",
            "stationId": self.station_id,
            "sizeBytes": self.size_bytes,
            "sha256": self.sha256,
            "videoUrl": self.video_url,
            "thumbnailUrl": self.thumbnail_url,
        }
        return write_json(words).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class BackendReplay:
    """What the server says of a replay.

    Attributes:
        sha256: of its film; None if the server does not know it.
        revision: changes whenever anything of it does; None where the server keeps none.
    """

    asset_id: str
    title: str
    description: str
    station_id: str | None
    size_bytes: int
    sha256: str | None
    revision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackendPage:
    """A part of the server's list.

    Attributes:
        next_cursor: for the next one; None after the last.
    """

    replays: tuple[BackendReplay, ...]
    next_cursor: str | None


def read_replay(body: bytes) -> BackendReplay:
    """Return the replay of an answer.

    Raises:
        BackendTrouble: it is none (STRANGE).
    """
    try:
        return _replay(_field(_object(parse_json(body)), "asset", dict))
    except MalformedError as error:
        raise strange(str(error)) from None


def read_page(body: bytes) -> BackendPage:
    """Return the page of an answer.

    Raises:
        BackendTrouble: it is none (STRANGE).
    """
    try:
        words = _object(parse_json(body))
        rows = _rows(words)
        cursor = _text_or_none(words, "nextCursor", _MAX_CURSOR)
        return BackendPage(replays=tuple(_replay(_object(each)) for each in rows), next_cursor=cursor)
    except MalformedError as error:
        raise strange(str(error)) from None


def read_refreshed(body: bytes) -> tuple[str, str | None]:
    """Return the tokens of an answer: the one that is shown, and the one that gets the next pair; STRANGE if there are none."""
    try:
        words = _object(parse_json(body))
        return _text(words, "accessToken", 8192), _text_or_none(words, "refreshToken", 8192)
    except MalformedError as error:
        raise strange(str(error)) from None


def strange(detail: str) -> BackendTrouble:
    """Return what is said of an answer that no server of ours gives."""
    return BackendTrouble(BackendCode.STRANGE, detail=detail)


def _rows(words: dict[str, Any]) -> list[Any]:
    rows: list[Any] = _field(words, "assets", list)
    if len(rows) > MAX_PAGE:
        raise MalformedError("assets", "is longer than was asked for")
    return rows


def _replay(words: dict[str, Any]) -> BackendReplay:
    """What is not known here is passed over: a newer server says more."""
    size: int = from_json(int, words.get("sizeBytes"), "sizeBytes")
    if not 0 <= size <= _MAX_BYTES:
        raise MalformedError("sizeBytes", "is beyond all reason")
    return BackendReplay(
        asset_id=_matching(_text(words, "id", 64), _ID, "id"),
        title=name_text(_text(words, "title", 4 * _MAX_TITLE))[:_MAX_TITLE],
        description=_text(words, "description", 4 * _MAX_DESCRIPTION)[:_MAX_DESCRIPTION],
        station_id=_optional(words, "stationId", _ID),
        size_bytes=size,
        sha256=_optional(words, "sha256", _SHA256),
        revision=_optional(words, "revision", _REVISION),
    )


def _optional(words: dict[str, Any], name: str, wanted: re.Pattern[str]) -> str | None:
    text = _text_or_none(words, name, 64)
    return None if text is None else _matching(text, wanted, name)


def _matching(text: str, wanted: re.Pattern[str], where: str) -> str:
    if wanted.fullmatch(text) is None:
        raise MalformedError(where, "is none")
    return text


def _text(words: dict[str, Any], name: str, longest: int) -> str:
    text: str = from_json(str, words.get(name), name)
    if len(text) > longest:
        raise MalformedError(name, "is too long")
    return text


def _text_or_none(words: dict[str, Any], name: str, longest: int) -> str | None:
    return None if words.get(name) is None else _text(words, name, longest)


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedError("", "is not an object")
    return value


def _field(words: dict[str, Any], name: str, kind: type[Any]) -> Any:
    value = words.get(name)
    if not isinstance(value, kind):
        raise MalformedError(name, f"is not a {kind.__name__}")
    return value
