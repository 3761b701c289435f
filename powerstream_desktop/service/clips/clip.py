"""A clip that was asked for. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.library.clips.cut_request import ClipMode, CutRequest, CutResult
from powerstream_desktop.service.clips.clip_states import ClipState


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipWish:
    """A clip of a replay.

    Attributes:
        start_ms: of the first frame, from the beginning of the replay.
        end_ms: of the first frame behind it.
        title: empty for one made of the replay's.
        centre_x: middle of what an upright clip keeps of the picture, 0 to 1; ``None`` for the whole picture.
    """

    start_ms: int
    end_ms: int
    mode: ClipMode = ClipMode.FAST
    title: str = ""
    centre_x: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSource:
    """What a clip is cut from.

    Attributes:
        asset_id: the replay; ``None`` for the recording that is being written.
        file: its file.
        stem: what the clip's file is named after.
        title: of the replay or the broadcast; may be empty.
        recorded_at: when it begins; for a recording that is being written, when the clip was asked for.
        station_id, session_id, user_id: of the replay or the broadcast.
    """

    asset_id: str | None
    file: Path
    stem: str
    title: str
    recorded_at: datetime
    station_id: str | None = None
    session_id: str | None = None
    user_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A clip, at one moment.

    Attributes:
        request: how it is cut.
        asked_at_s: when it was asked for, by the desk's clock.
        progress: 0 to 1.
        result: what was cut; ``None`` until it is done.
        result_asset_id: the replay that it has become, likewise.
        error: why it failed; ``None`` if it has not.
    """

    id: str
    source: ClipSource = field(repr=False)
    title: str
    request: CutRequest
    asked_at_s: float = 0.0
    state: ClipState = ClipState.QUEUED
    progress: float = 0.0
    result: CutResult | None = None
    result_asset_id: str | None = None
    error: PowerStreamError | None = None

    @property
    def is_under_way(self) -> bool:
        """It waits or is being made."""
        return self.state in (ClipState.QUEUED, ClipState.RUNNING)
