"""The playlist: which segments a player may load, and when a file is of no use to anybody any more (RFC 8216)."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from powerstream_desktop.relay.hls.draft import LONGEST_MS

PLAYLIST_NAME: Final = "index.m3u8"
SIGNATURE: Final = "# Made by PowerStream Desktop; replaced and deleted without notice."
"""A comment by which we know our own playlists."""
TARGET_DURATION_S: Final = round(LONGEST_MS / 1000)

_LISTED: Final = 6
_SHORTEST_LIST_MS: Final = 3 * TARGET_DURATION_S * 1000
"""A live playlist may not be shorter than three times the target duration (RFC 8216, 6.2.2)."""
_KEPT: Final = 3
"""Segments that have left the list but may still be asked for by a player whose list is old."""
_OUR_NAMES: Final = re.compile(r"(?:init-(\d{1,9})\.mp4|(\d{1,9})\.m4s|index\.m3u8)(?:\.part)?", re.ASCII)


def segment_name(number: int) -> str:
    """Return the file name of a segment."""
    return f"{number}.m4s"


def init_name(number: int) -> str:
    """Return the file name of an initialisation segment."""
    return f"init-{number}.mp4"


def number_of(name: str) -> int | None:
    """Return the number in the name of a file of ours, -1 for one of ours without a number, None for anybody else's."""
    match = _OUR_NAMES.fullmatch(name)
    return None if match is None else int(match[1] or match[2] or -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One segment in the list.

    Attributes:
        number: its media sequence number.
        init_number: of the initialisation segment it needs.
        duration_ms: its length.
        began_at: wall time of its begin, with a time zone.
        is_independent: a player can start here.
        is_discontinuous: it does not follow on the one before it.
    """

    number: int
    init_number: int
    duration_ms: int
    began_at: datetime
    is_independent: bool
    is_discontinuous: bool


class Playlist:
    """The newest segments of a stream. Numbers never go back, also when a stream ends and another begins."""

    def __init__(self) -> None:
        self._listed: deque[Entry] = deque()
        self._kept: deque[Entry] = deque()
        self._expired: list[Entry] = []
        self._discontinuities = 0
        """How many have left the list."""
        self._is_ended = False

    def add(self, entry: Entry) -> None:
        """Add the next segment; behind an end it is the first of a new list."""
        if self._is_ended:
            self._is_ended = False
            while self._listed:
                self._drop_oldest()
        self._listed.append(entry)
        while self._is_longer_than_needed():
            self._drop_oldest()
        while len(self._kept) > _KEPT:
            self._expired.append(self._kept.popleft())

    def end(self) -> None:
        """Say that no segment follows."""
        self._is_ended = True

    def take_expired(self) -> list[str]:
        """Return the names of files that nobody can ask for any more, each once."""
        in_use = {entry.init_number for entry in (*self._kept, *self._listed)}
        segments = [segment_name(entry.number) for entry in self._expired]
        inits = {entry.init_number for entry in self._expired} - in_use
        self._expired.clear()
        return segments + [init_name(number) for number in sorted(inits)]

    def text(self) -> str:
        """Return the file's content. There must be a segment in it."""
        lines = ["#EXTM3U", "#EXT-X-VERSION:7", SIGNATURE, f"#EXT-X-TARGETDURATION:{TARGET_DURATION_S}"]
        lines.append(f"#EXT-X-MEDIA-SEQUENCE:{self._listed[0].number}")
        if self._discontinuities:
            lines.append(f"#EXT-X-DISCONTINUITY-SEQUENCE:{self._discontinuities}")
        if all(entry.is_independent for entry in self._listed):
            lines.append("#EXT-X-INDEPENDENT-SEGMENTS")
        init_number = None
        for entry in self._listed:
            if entry.is_discontinuous:
                lines.append("#EXT-X-DISCONTINUITY")
            if entry.init_number != init_number:
                init_number = entry.init_number
                lines.append(f'#EXT-X-MAP:URI="{init_name(init_number)}"')
            lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{entry.began_at.isoformat(timespec='milliseconds')}")
            lines += [f"#EXTINF:{entry.duration_ms / 1000:.3f},", segment_name(entry.number)]
        if self._is_ended:
            lines.append("#EXT-X-ENDLIST")
        return "\n".join(lines) + "\n"

    def _is_longer_than_needed(self) -> bool:
        rest_ms = sum(entry.duration_ms for entry in self._listed) - self._listed[0].duration_ms
        return len(self._listed) > _LISTED and rest_ms >= _SHORTEST_LIST_MS

    def _drop_oldest(self) -> None:
        entry = self._listed.popleft()
        self._discontinuities += entry.is_discontinuous
        self._kept.append(entry)
