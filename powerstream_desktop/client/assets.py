"""Replays, as the service tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from powerstream_desktop.client.cloud import LOCAL, Sync
from powerstream_desktop.client.live import Marker
from powerstream_desktop.client.reading import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A piece of the broadcast that is not in the replay.

    Attributes:
        start_ms, end_ms: from the replay's beginning.
        reason: such as ``paused`` or ``disk``.
    """

    start_ms: int
    end_ms: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationGap:
    """A piece of the replay that a destination did not get.

    Attributes:
        destination: its name then.
        start_ms, end_ms: from the replay's beginning.
        cause: a sentence; may be empty.
    """

    destination: str
    platform: str
    start_ms: int
    end_ms: int
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSource:
    """The piece of another replay that a clip is; that one may be gone by now."""

    asset_id: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A replay.

    Attributes:
        status: such as ``ready``.
        duration: seconds.
        multistream_session_id: the broadcast it is of; None for one that was imported.
        video_url, thumbnail_url: paths of this API; None for what is not there.
        sync: how far it is on its way to the cloud.
        has_file: its file is at its place on the service's computer.
        is_pinned: no rule ever takes it.
        width, height, fps, video_codec, audio_codec, sha256: of the file; None while nobody has looked.
        clip_of: where it was cut from; None if it is no clip.
    """

    words: Words
    id: str
    title: str
    status: str
    description: str = ""
    duration: float = 0.0
    size_bytes: int = 0
    recorded_at: datetime | None = None
    station_id: str | None = None
    multistream_session_id: str | None = None
    video_url: str | None = None
    thumbnail_url: str | None = None
    sync: Sync = LOCAL
    markers: tuple[Marker, ...] = ()
    has_file: bool = False
    is_pinned: bool = False
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    video_codec: str | None = None
    audio_codec: str | None = None
    sha256: str | None = None
    clip_of: ClipSource | None = None
    gaps: tuple[Gap, ...] = ()
    destination_gaps: tuple[DestinationGap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetWish:
    """A replay that lies elsewhere, as it shall be known here.

    Attributes:
        recorded_at: when it begins, in UTC, such as ``2026-11-23T20:00:00Z``.
        duration: seconds.
    """

    title: str
    recorded_at: str
    description: str = ""
    duration: float = 0.0
    status: str | None = None
    station_id: str | None = None
    multistream_session_id: str | None = None
    user_id: str | None = None
    size_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedAsset:
    """A replay is in the library no more.

    Attributes:
        file: of its recording, which stays at its place; None if that computer has none.
        message: the same as a sentence.
    """

    words: Words
    file: str | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetsPage:
    """Replays, in the order that was asked for.

    Attributes:
        next_cursor: for the page after this one; None when this is the last.
        total: how many match in all; told with the first page only.
    """

    words: Words
    assets: tuple[Asset, ...]
    next_cursor: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayFilm:
    """From where a replay is watched.

    Attributes:
        file: its whole path; None for none.
        url: else an address below the service's own, without a token.
        is_here: it is the replay's own file, and not its copy in the cloud.
    """

    words: Words
    file: str | None = None
    url: str | None = None
    is_here: bool = False
