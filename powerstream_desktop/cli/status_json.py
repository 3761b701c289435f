"""A broadcast's status as JSON values, with the field names of the HTTP API (DESIGN 7)."""

from __future__ import annotations

from typing import Any

from powerstream_desktop.cli.findings_json import finding_object
from powerstream_desktop.engine.control.reports import RenditionStats, Stats
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.hls.snapshot import HLSSnapshot
from powerstream_desktop.relay.snapshot import DestinationSnapshot, IngestSnapshot, RelaySnapshot
from powerstream_desktop.relay.stream.stream_stats import StreamStats
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot, BroadcastSummary


def status_object(snapshot: BroadcastSnapshot) -> dict[str, Any]:
    """Return one line of ``--json``."""
    return {
        "type": "status",
        "state": snapshot.state.value,
        "elapsedSeconds": round(snapshot.elapsed_s, 1),
        "ingestUrl": snapshot.ingest_url,
        "lastEnd": snapshot.last_end or None,
        "ingest": _ingest(snapshot.relay.ingest),
        "renditions": _renditions(snapshot.relay),
        "destinations": [_destination(each) for each in snapshot.relay.destinations],
        "uplinkKbps": snapshot.relay.uplink_kbps,
        "recording": _recording(snapshot.recording),
        "hls": _hls(snapshot.hls),
        "findings": [finding_object(finding) for finding in snapshot.findings],
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
        "uplinkKbps": summary.relay.uplink_kbps,
        "recordings": [_result(each) for each in summary.recordings],
        "error": str(summary.failure) if summary.failure is not None else None,
    }


def _renditions(relay: RelaySnapshot) -> dict[str, Any]:
    """Return what comes in of each rendition, the main one's among them."""
    return {rendition.value: _ingest(ingest) for rendition, ingest in relay.renditions.items()}


def _ingest(ingest: IngestSnapshot) -> dict[str, Any]:
    return {
        "publishing": ingest.publishing,
        "bridgingSeconds": round(ingest.bridging_s, 1) if ingest.bridging_s is not None else None,
        "videoCodec": ingest.video_codec,
        "audioCodec": ingest.audio_codec,
        "bitrateKbps": ingest.bitrate_kbps,
        "frames": ingest.frames_received,
        "bytes": ingest.bytes_received,
        "timelineFolds": ingest.timeline_folds,
    } | _stats(ingest.stats)


def _stats(stats: StreamStats | None) -> dict[str, Any]:
    """Return what was measured of the stream; nothing while too little of it has come."""
    if stats is None:
        return {}
    measured: dict[str, Any] = {
        "videoKbps": stats.video_kbps,
        "audioKbps": stats.audio_kbps,
        "fps": stats.fps,
        "keyFrameIntervalSeconds": stats.key_frame_interval_s,
        "longestKeyFrameIntervalSeconds": stats.longest_key_frame_interval_s,
        "gopFrames": stats.gop_frames,
        "avSkewMs": stats.av_skew_ms,
        "jitterMs": stats.jitter_ms,
    }
    if stats.picture is not None:
        picture = stats.picture
        measured |= {"width": picture.width, "height": picture.height, "profile": picture.profile}
    if stats.sound is not None:
        measured |= {"sampleRate": stats.sound.sample_rate, "channels": stats.sound.channels}
    return measured


def _destination(each: DestinationSnapshot) -> dict[str, Any]:
    return {
        "name": each.name,
        "platform": each.platform,
        "rendition": each.rendition.value,
        "serverUrl": each.server_url,
        "backupInUse": each.backup_in_use,
        "status": each.state.value,
        "sinceSeconds": round(each.since_s, 1),
        "attempt": each.attempt,
        "retryInSeconds": round(each.retry_in_s, 1) if each.retry_in_s is not None else None,
        "cause": _cause(each.cause),
        "bitrateKbps": each.bitrate_kbps,
        "bytesSent": each.bytes_sent,
        "framesSent": each.frames_sent,
        "droppedFrames": each.frames_dropped,
        "droppedFramesPerSecond": round(each.frames_dropped_per_s, 1),
        "queueMs": each.queue_ms,
        "connects": each.connects,
    }


def _cause(cause: Cause | None) -> dict[str, str] | None:
    if cause is None:
        return None
    return {
        "code": cause.code,
        "message": cause.sentence,
        "hint": cause.remedy,
        "detail": cause.detail,
        "helpUrl": cause.help_url,
    }


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


def _hls(hls: HLSSnapshot | None) -> dict[str, Any] | None:
    if hls is None:
        return None
    return {
        "playlist": str(hls.playlist) if hls.playlist is not None else None,
        "codecs": hls.codecs,
        "segments": hls.segments,
        "lostSegments": hls.segments_lost,
        "isEnded": hls.is_ended,
        "error": hls.cause.title if hls.cause is not None else None,
        "leftOut": [refusal.title for refusal in hls.refusals],
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
    return state | _figures(stats)


def _figures(stats: Stats) -> dict[str, Any]:
    """Return the program's figures, those of the landscape beside them, and those of every rendition below."""
    renditions = {each.rendition.value: _rendition(each) for each in stats.renditions}
    return {
        "programSeconds": stats.program_s,
        "framesLate": stats.frames_late,
        "framesSkipped": stats.frames_skipped,
        "captureFps": stats.capture_fps,
        "avOffsetMs": stats.av_offset_ms,
        **renditions.get(Rendition.LANDSCAPE.value, {}),
        "renditions": renditions,
    }


def _rendition(stats: RenditionStats) -> dict[str, Any]:
    return {
        "encoder": stats.encoder,
        "framesMade": stats.frames_made,
        "encoderSkipped": stats.frames_skipped,
        "framesDropped": stats.frames_dropped,
        "composeMeanMs": stats.compose_mean_ms,
        "composeMaxMs": stats.compose_max_ms,
        "encodeMeanMs": stats.encode_mean_ms,
        "encodeMaxMs": stats.encode_max_ms,
        "queueMs": stats.queue_ms,
        "videoKbps": stats.video_kbps,
        "videoTargetKbps": stats.video_target_kbps,
    }
