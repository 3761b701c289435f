"""What the cloud knows of a replay: each field with the change that made it what it is. Pure.

Beside the fields stands what this state has seen (``Seen``). With it two states tell of each other's changes whether they are news, were
made anew since, or were taken away: that is why a removed marker leaves nothing behind, and why nobody needs a common ancestor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from powerstream_desktop.cloud.manifests.hybrid_clock import NOTHING_SEEN, Seen, Stamp, require
from powerstream_desktop.cloud.manifests.object_keys import (
    checked_id,
    checked_sha256,
    media_key,
    thumbnail_key,
)
from powerstream_desktop.common.text import can_be_name, name_text

MAX_TITLE: Final = 200
MAX_DESCRIPTION: Final = 5_000
MAX_LABEL: Final = 200
MAX_MARKERS: Final = 1_000
MAX_LOST: Final = 20
"""So many texts that lost are kept in a manifest; each computer keeps all it ever saw."""
MAX_REVISION: Final = 2**40
"""Nobody writes so often; one that says so stays at it."""

_MAX_MS: Final = 366 * 24 * 3600 * 1000
_MAX_BYTES: Final = 2**50
_MAX_SIDE: Final = 65_536
_MAX_FPS: Final = 1_000
_MAX_CODEC: Final = 32
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but line ends and tabs, and halves of characters."""

ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class Field(Generic[ValueT]):
    """A value, and the change that made it so.

    Attributes:
        base_revision: of the manifest that its author had before him; 0 for what the replay was born with.
    """

    value: ValueT
    stamp: Stamp
    base_revision: int = 0

    def __post_init__(self) -> None:
        require(0 <= self.base_revision <= MAX_REVISION, "a field's revision cannot be one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """The file in the store, verified. One value: no merge may mix two files.

    Attributes:
        key: without the store's prefix.
        width, height: in pixels; None while nobody has looked, or without pictures, as what follows.
    """

    key: str
    sha256: str
    size_bytes: int
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    video_codec: str | None = None
    audio_codec: str | None = None

    def __post_init__(self) -> None:
        checked_sha256(self.sha256)
        require(0 < self.size_bytes <= _MAX_BYTES, "the file's size cannot be one")
        for side in (self.width, self.height):
            require(side is None or 0 < side <= _MAX_SIDE, "the picture's size cannot be one")
        require(self.fps is None or 0 < self.fps <= _MAX_FPS, "the frame rate cannot be one")
        for codec in (self.video_codec, self.audio_codec):
            require(
                codec is None or (len(codec) <= _MAX_CODEC and codec.isprintable()), "a codec cannot be one"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestMarker:
    """A moment that somebody wanted to find again, from the replay's begin, and the change that made it so."""

    id: str
    offset_ms: int
    label: str = ""
    stamp: Stamp
    base_revision: int = 0

    def __post_init__(self) -> None:
        checked_id(self.id)
        require(0 <= self.offset_ms <= _MAX_MS, "a marker's time cannot be one")
        require(_is_line(self.label, MAX_LABEL), "a marker's label cannot be one")
        require(0 <= self.base_revision <= MAX_REVISION, "a marker's revision cannot be one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """Somebody deleted the replay.

    Attributes:
        stamp: when and where.
        seen: what whoever deleted it had seen; a change that is not in it brings the replay back (V18).
        is_purged: its objects were removed from the store, 30 days later.
    """

    stamp: Stamp
    seen: Seen
    is_purged: bool = False


class TextField(StrEnum):
    """The texts of which none is ever lost (I5)."""

    TITLE = "title"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True, order=True)
class LostText:
    """A text that somebody wrote and that lost against another one, written without knowing of it.

    Attributes:
        stamp: when it was written, and where.
    """

    stamp: Stamp
    field: TextField
    text: str

    def __post_init__(self) -> None:
        check = {TextField.TITLE: is_title, TextField.DESCRIPTION: is_description}[self.field]
        require(check(self.text), "a text that lost cannot be one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is known of a replay.

    Attributes:
        revision: one more with each change that was written into the store; MAX_REVISION at most.
        media: None while no verified copy of the file is in the store.
        thumbnail: key of its picture; None if the store has none.
        markers: in the order of their ids.
        tombstone: somebody deleted the replay; see ``is_deleted``.
        seen: all the changes that led here.
        lost: texts that lost, the newest, in the order of time.

    Raises:
        ManifestError: a value is out of its range.
    """

    asset_id: str
    revision: int
    title: Field[str]
    description: Field[str]
    station_id: Field[str | None]
    recorded_at: Field[datetime]
    duration_ms: Field[int]
    media: Field[Media | None]
    thumbnail: Field[str | None]
    markers: tuple[ManifestMarker, ...] = ()
    tombstone: Tombstone | None = None
    seen: Seen = NOTHING_SEEN
    lost: tuple[LostText, ...] = ()

    def __post_init__(self) -> None:
        checked_id(self.asset_id)
        require(1 <= self.revision <= MAX_REVISION, "its revision cannot be one")
        require(is_title(self.title.value), "its title cannot be one")
        require(is_description(self.description.value), "its description cannot be one")
        if self.station_id.value is not None:
            checked_id(self.station_id.value)
        recorded_at = self.recorded_at.value
        require(recorded_at.tzinfo is not None and 1970 <= recorded_at.year < 2200, "its date cannot be one")
        require(0 <= self.duration_ms.value <= _MAX_MS, "its length cannot be one")
        media = self.media.value
        if media is not None:
            extension = media.key.rpartition(".")[2]
            require(media.key == media_key(self.asset_id, media.sha256, extension), "the file lies elsewhere")
        picture = self.thumbnail.value
        require(picture is None or picture == thumbnail_key(self.asset_id), "the picture lies elsewhere")
        ids = [each.id for each in self.markers]
        require(len(ids) <= MAX_MARKERS, "too many markers")
        require(ids == sorted(set(ids)), "the markers are not in order")
        require(len(self.lost) <= MAX_LOST, "too many texts that lost")

    def stamps(self) -> Iterator[tuple[Stamp, int]]:
        """Yield each change that is visible in it, with the revision it was made upon."""
        fields: tuple[Field[Any], ...] = (
            *(self.title, self.description, self.station_id, self.recorded_at, self.duration_ms),
            *(self.media, self.thumbnail),
        )
        yield from ((each.stamp, each.base_revision) for each in fields)
        yield from ((each.stamp, each.base_revision) for each in self.markers)

    def rewritten(self) -> Manifest:
        """Return it as it is written into the store next."""
        return replace(self, revision=min(self.revision + 1, MAX_REVISION))

    @property
    def is_deleted(self) -> bool:
        """Whether it is deleted, and nobody changed it without knowing that.

        What a replay was born with is no change: a file that is found again does not bring back what was deleted.
        """
        if self.tombstone is None:
            return False
        seen = self.tombstone.seen
        return all(seen.covers(stamp) for stamp, base_revision in self.stamps() if base_revision > 0)

    @property
    def came_back(self) -> bool:
        """Whether somebody deleted it while somebody else went on with it."""
        return self.tombstone is not None and not self.is_deleted

    @property
    def file_in_store(self) -> Media | None:
        """The file in the store; None if there is none, or it was removed after the replay had been deleted."""
        tombstone = self.tombstone
        if tombstone is not None and tombstone.is_purged and tombstone.seen.covers(self.media.stamp):
            return None
        return self.media.value


def is_title(text: str) -> bool:
    """Tell whether a text can be a title."""
    return _is_line(text, MAX_TITLE)


def is_description(text: str) -> bool:
    """Tell whether a text can be a description."""
    return len(text) <= MAX_DESCRIPTION and _CONTROL.search(text) is None


def as_line(text: str, longest: int = MAX_TITLE) -> str:
    """Return what comes closest to a text and can be a title or a label."""
    return name_text(text)[:longest]


def as_description(text: str) -> str:
    """Return what comes closest to a text and can be a description."""
    return _CONTROL.sub("�", text)[:MAX_DESCRIPTION]


def _is_line(text: str, longest: int) -> bool:
    return len(text) <= longest and (text.isprintable() or can_be_name(text))
