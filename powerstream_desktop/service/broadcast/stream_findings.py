"""Joins what the relay measures of a stream to the platforms' rules about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import Rendition, RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding
from powerstream_desktop.platforms.limits import EncodePlan
from powerstream_desktop.platforms.stream_findings import judge_stream
from powerstream_desktop.relay.snapshot import IngestSnapshot


def stream_findings(
    renditions: Mapping[Rendition, IngestSnapshot], endpoints: Sequence[RTMPEndpoint], catalogue: Catalogue
) -> tuple[Finding, ...]:
    """Return what will not go well between the streams that come in and the platforms that get them."""
    findings: list[Finding] = []
    for rendition, ingest in renditions.items():
        measured = _measured(rendition, ingest)
        if measured is not None and ingest.stats is not None:
            findings += judge_stream(measured, endpoints, catalogue, av_skew_ms=ingest.stats.av_skew_ms)
    return tuple(findings)


def _measured(rendition: Rendition, ingest: IngestSnapshot) -> EncodePlan | None:
    """Return a stream as the rules want it; None while too little of it is known."""
    stats = ingest.stats
    if stats is None or stats.picture is None:
        return None
    return EncodePlan(
        rendition=rendition,
        width=stats.picture.width,
        height=stats.picture.height,
        fps=stats.fps,
        video_kbps=stats.video_kbps,
        audio_kbps=stats.audio_kbps,
        key_interval_s=stats.key_frame_interval_s or 0.0,
    )
