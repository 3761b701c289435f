"""Clips: pieces of replays, and of the recording that is being written, in files of their own."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.wish_fields import PathId
from powerstream_desktop.service.api.words_clips import (
    Clip,
    ClipAnswer,
    ClipsAnswer,
    ClipWish,
    LiveClipWish,
)
from powerstream_desktop.service.clips import clip as kept

router = APIRouter(prefix="/api", tags=["clips"])


@router.post("/vod/{id}/clips", summary="Cut a clip of a replay", status_code=202)
async def make_clip(parts: Parts, asset_id: PathId, wish: ClipWish) -> ClipAnswer:
    """Answers at once: the clip waits its turn, and `library` events tell how it gets on. In the end it is a replay itself."""
    made = await parts.clips.make(
        asset_id,
        kept.ClipWish(
            start_ms=wish.start_ms,
            end_ms=wish.end_ms,
            mode=wish.mode,
            title=wish.title,
            centre_x=None if wish.vertical is None else wish.vertical.centre_x,
        ),
    )
    return ClipAnswer(clip=Clip.of(made))


@router.get("/vod/{id}/clips", summary="List the clips of a replay that were asked for")
async def list_clips_of_asset(parts: Parts, asset_id: PathId) -> ClipsAnswer:
    """Since the service was started, the newest first."""
    await parts.store.read(lambda tables: tables.assets.get(asset_id))
    return ClipsAnswer(clips=tuple(map(Clip.of, parts.clips.of_asset(asset_id))))


@router.get("/clips", summary="List all clips that were asked for")
async def list_clips(parts: Parts) -> ClipsAnswer:
    """Since the service was started, the newest first."""
    return ClipsAnswer(clips=tuple(map(Clip.of, parts.clips.all())))


@router.delete("/clips/{id}", summary="Do without a clip")
async def cancel_clip(parts: Parts, clip_id: PathId) -> ClipAnswer:
    """What was written of it is removed. One that is over stays as it is, and is told."""
    return ClipAnswer(clip=Clip.of(await parts.clips.cancel(clip_id)))


@router.post("/live/clip", summary="Save the last seconds as a clip", status_code=202)
async def make_live_clip(parts: Parts, wish: LiveClipWish) -> ClipAnswer:
    """Cut from the newest file of the recording, which does not notice. 409 while nothing is recorded.

    A file that has just begun holds fewer seconds: `startMs` and `endMs` tell how many.
    """
    return ClipAnswer(clip=Clip.of(await parts.clips.make_live(wish.seconds)))
