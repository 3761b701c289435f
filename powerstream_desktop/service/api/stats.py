"""Figures: what runs, how it goes, what it takes of this computer."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from powerstream_desktop.service.api.frozen_words import words_of
from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.studio_document import STATS_ANSWER
from powerstream_desktop.service.api.words_rtmp import rtmp_status
from powerstream_desktop.service.api.words_studio import engine_words
from powerstream_desktop.service.process_figures import figures_below, own_figures
from powerstream_desktop.service.recording_room import recording_room

router = APIRouter(prefix="/api", tags=["stats"])

_MEBIBYTE: Final = 1024 * 1024
_BEGAN_S: Final = time.monotonic()
"""The API is loaded when the service starts."""
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "As it is now.", "content": {"application/json": {"schema": STATS_ANSWER}}}
}


@router.get("/stats", summary="Tell all figures", responses=_ANSWERS, response_class=JSONResponse)
async def get_stats(parts: Parts) -> JSONResponse:
    """Of the service and the processes below it, of the disk, of the engine, and of the broadcast that runs with its destinations."""
    owner = parts.owner
    room = partial(
        recording_room,
        owner.recordings,
        owner.settings.settings.video.bitrate_kbps,
        reserve_bytes=owner.settings.settings.recording.reserve_megabytes * _MEBIBYTE,
    )
    status = rtmp_status(parts.multistream.running).model_dump(mode="json", by_alias=True)
    return JSONResponse(
        {
            "ok": True,
            "version": parts.version,
            "uptimeSeconds": round(time.monotonic() - _BEGAN_S, 1),
            "service": words_of(own_figures()),
            "processes": words_of(await asyncio.to_thread(figures_below)),
            "recordingRoom": words_of(await asyncio.to_thread(room)),
            "engine": engine_words(parts.studio),
            "sessions": status["sessions"],
        }
    )
