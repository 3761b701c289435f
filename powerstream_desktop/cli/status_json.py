"""A broadcast's status as JSON values, with the field names of the HTTP API (DESIGN 7)."""

from __future__ import annotations

from typing import Any

from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.relay.snapshot import DestinationSnapshot, IngestSnapshot
from powerstream_desktop.service.broadcast import BroadcastSnapshot, BroadcastSummary


def status_object(snapshot: BroadcastSnapshot) -> dict[str, Any]:
    """Return one line of ``--json``."""
    return {
        "type": "status",
        "state": snapshot.state.value,
        "elapsedSeconds": round(snapshot.elapsed_s, 1),
        "ingestUrl": snapshot.ingest_url,
        "ingest": _ingest(snapshot.relay.ingest),
        "destinations": [_destination(each) for each in snapshot.relay.destinations],
        "recording": _recording(snapshot.recording),
        "engine": _engine(snapshot),
    }


def summary_object(summary: BroadcastSummary, *, ok: bool) -> dict[str, Any]:
    """Return the last line of ``--json``."""
    return {
        "type": "summary",
        "ok": ok,
        "elapsedSeconds": round(summary.duration_s, 1),
        "ingest": _ingest(summary.relay.ingest),
        "destinations": [_destination(each) for each in summary.relay.destinations],
        "recordings": [_result(each) for each in summary.recordings],
        "error": str(summary.failure) if summary.failure is not None else None,
    }


def _ingest(ingest: IngestSnapshot) -> dict[str, Any]:
    return {
        "publishing": ingest.publishing,
        "videoCodec": ingest.video_codec,
        "audioCodec": ingest.audio_codec,
        "bitrateKbps": ingest.bitrate_kbps,
        "frames": ingest.frames_received,
        "bytes": ingest.bytes_received,
        "timelineFolds": ingest.timeline_folds,
    }


def _destination(each: DestinationSnapshot) -> dict[str, Any]:
    return {
        "name": each.name,
        "platform": each.platform,
        "status": each.state.value,
        "sinceSeconds": round(each.since_s, 1),
        "attempt": each.attempt,
        "retryInSeconds": round(each.retry_in_s, 1) if each.retry_in_s is not None else None,
        "cause": _cause(each.cause),
        "bitrateKbps": each.bitrate_kbps,
        "bytesSent": each.bytes_sent,
        "framesSent": each.frames_sent,
        "droppedFrames": each.frames_dropped,
        "queueMs": each.queue_ms,
        "connects": each.connects,
    }


def _cause(cause: Cause | None) -> dict[str, str] | None:
    return None if cause is None else {"code": cause.code, "message": cause.sentence, "hint": cause.remedy}


def _recording(recording: Any) -> dict[str, Any] | None:
    if recording is None:
        return None
    return {
        "state": recording.state.value,
        "path": str(recording.path) if recording.path else None,
        "durationSeconds": round(recording.duration_s, 2),
        "durableSeconds": round(recording.durable_s, 2),
        "bytes": recording.bytes_written,
        "gaps": len(recording.gaps),
        "droppedFrames": recording.dropped_frames,
        "error": recording.cause.title if recording.cause else None,
    }


def _result(result: Any) -> dict[str, Any]:
    return {
        "state": result.state.value,
        "paths": [str(part.path) for part in result.parts],
        "durationSeconds": round(result.duration_s, 2),
        "bytes": result.size_bytes,
        "gaps": len(result.gaps),
        "droppedFrames": result.dropped_frames,
        "error": result.cause.title if result.cause else None,
    }


def _engine(snapshot: BroadcastSnapshot) -> dict[str, Any] | None:
    """Return the engine's state and, while there are any, its figures."""
    engine = snapshot.engine
    if engine is None:
        return None
    state = {
        "state": engine.state.value,
        "starts": engine.starts,
        "error": engine.failure.title if engine.failure is not None else None,
        "source": snapshot.engine_source,
        "troubles": list(snapshot.engine_troubles),
    }
    stats = snapshot.engine_stats
    if stats is None:
        return state
    return state | {
        "framesMade": stats.frames_made,
        "framesRepeated": stats.frames_repeated,
        "framesSkipped": stats.frames_skipped,
        "framesDropped": stats.frames_dropped,
        "encodeMeanMs": stats.encode_mean_ms,
        "encodeMaxMs": stats.encode_max_ms,
        "queueMs": stats.queue_ms,
        "captureFps": stats.capture_fps,
        "videoKbps": stats.video_kbps,
    }
