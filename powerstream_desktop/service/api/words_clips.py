"""What is said of clips."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from powerstream_desktop.library.clips.cut_request import ClipMode
from powerstream_desktop.service.api.wish_fields import Title
from powerstream_desktop.service.api.words import Answer, Wish, Word, Words
from powerstream_desktop.service.clips import clip as kept
from powerstream_desktop.service.clips.clip_states import ClipState

_MAX_MS: Final = 366 * 24 * 3600 * 1000
_MAX_LIVE_S: Final = 600
Moment = Annotated[int, Field(ge=0, le=_MAX_MS)]


class Upright(Wish):
    """The part of the picture that an upright clip of 9:16 keeps."""

    centre_x: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.5
    """Where its middle is, 0 (left) to 1."""


class ClipWish(Wish):
    """A piece of a replay that shall have a file of its own."""

    start_ms: Moment
    """Of the first frame, from the beginning of the replay."""
    end_ms: Moment
    """Of the first frame behind it."""
    mode: Word[ClipMode] = ClipMode.FAST
    """`fast` is cut at key frames and may begin a little earlier; `exact` holds exactly these frames."""
    title: Title = ""
    """Empty for one made of the replay's."""
    vertical: Upright | None = None
    """Null for the whole picture."""


class LiveClipWish(Wish):
    """The last seconds of the recording that is being written."""

    seconds: Annotated[float, Field(ge=1, le=_MAX_LIVE_S, allow_inf_nan=False)] = 30.0


class Clip(Words):
    """A clip that was asked for since the service was started."""

    id: str
    asset_id: str | None
    """The replay it is of; null for one of the recording that was being written."""
    state: ClipState
    progress: float
    """0 to 1."""
    result_asset_id: str | None
    """The replay that it has become; null until it is done."""
    title: str
    start_ms: int
    end_ms: int
    """What was asked for."""
    actual_start_ms: int | None
    actual_end_ms: int | None
    """What it holds; null until it is done."""
    error: str | None
    """Why it failed; null if it has not."""

    @classmethod
    def of(cls, clip: kept.Clip) -> Clip:
        """Return a clip in the API's words."""
        result = clip.result
        return cls(
            id=clip.id,
            asset_id=clip.source.asset_id,
            state=clip.state,
            progress=round(clip.progress, 3),
            result_asset_id=clip.result_asset_id,
            title=clip.title,
            start_ms=clip.request.start_ms,
            end_ms=clip.request.end_ms,
            actual_start_ms=None if result is None else result.start_ms,
            actual_end_ms=None if result is None else result.end_ms,
            error=None if clip.error is None else str(clip.error),
        )


class ClipAnswer(Answer):
    """One clip."""

    clip: Clip


class ClipsAnswer(Answer):
    """Clips, the newest first."""

    clips: tuple[Clip, ...]


def clip_event(clip: kept.Clip) -> dict[str, object]:
    """Return what the topic ``library`` says of a clip that has become another one."""
    return {
        "change": "clip",
        "clipId": clip.id,
        "assetId": clip.source.asset_id,
        "state": clip.state.value,
        "progress": round(clip.progress, 3),
        "resultAssetId": clip.result_asset_id,
    }
