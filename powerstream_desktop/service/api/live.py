"""Going on air and off, and what is on air."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.service.api.parts import APIParts, Parts
from powerstream_desktop.service.api.words_live import (
    Health,
    LiveStatus,
    RecordingAnswer,
    Started,
    StartWish,
    Stopped,
    StopWish,
    live_status,
    stopped,
)
from powerstream_desktop.service.api.words_rtmp import RunningBroadcast, RunningRecording
from powerstream_desktop.service.multistream.session_request import SessionRequest

router = APIRouter(prefix="/api/live", tags=["live"])


@router.get("/health", summary="Tell that the service is there")
async def get_health(parts: Parts) -> Health:
    """And which version it is."""
    return Health(version=parts.version)


@router.get("/status", summary="Tell what is on air")
async def get_live_status(parts: Parts) -> LiveStatus:
    """Without any address."""
    return live_status(parts.multistream.running)


@router.post("/start", summary="Go on air")
async def start_broadcast(parts: Parts, wish: StartWish) -> Started:
    """Answers once the broadcast can be published to. 409 when one runs already."""
    chosen = wish.selected_endpoints
    running = await parts.multistream.start(
        SessionRequest(
            station_id=wish.station_id,
            user_id=wish.user_id,
            title=wish.title.strip(),
            description=wish.description,
            stream_key=wish.stream_key or None,
            use_multistream=wish.use_multistream,
            profile_id=wish.profile_id,
            selected_endpoints=None if chosen is None else tuple(chosen),
            is_recorded=wish.recording_enabled,
            is_uploaded=wish.upload_replay,
            source=wish.source,
            is_rehearsal=wish.is_rehearsal,
        )
    )
    return Started(
        session_id=running.session.id,
        ingest_url=running.ingest_url,
        multistream=RunningBroadcast.of(running),
    )


@router.post("/stop", summary="Go off air")
async def stop_broadcast(parts: Parts, wish: StopWish) -> Stopped:
    """Answers once everything is kept. Repeating it is harmless: a broadcast that is over is told as it was."""
    return stopped(await parts.multistream.stop(wish.session_id))


@router.post("/recording/split", summary="Begin a new file of the recording")
async def split_recording(parts: Parts) -> RecordingAnswer:
    """At the next key frame, without losing a frame. 409 while nothing is recorded."""
    return await _ordered(parts, RecordingOrder.SPLIT)


@router.post("/recording/pause", summary="Leave out what follows of the recording")
async def pause_recording(parts: Parts) -> RecordingAnswer:
    """The file ends at the next key frame; the platforms notice nothing. Repeating it is harmless."""
    return await _ordered(parts, RecordingOrder.PAUSE)


@router.post("/recording/resume", summary="Record again")
async def resume_recording(parts: Parts) -> RecordingAnswer:
    """In a new file, from the next key frame on. Repeating it is harmless."""
    return await _ordered(parts, RecordingOrder.RESUME)


async def _ordered(parts: APIParts, order: RecordingOrder) -> RecordingAnswer:
    await parts.multistream.order_recording(order)
    running = parts.multistream.running
    return RecordingAnswer(
        recording=None if running is None else RunningRecording.of(running.broadcast.recording)
    )
