"""What the settings say about broadcasts, and the plan that becomes of it and a request."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.relay.ingest.server import BRIDGE_LIMIT_S
from powerstream_desktop.service.broadcast.ingest_port import HOST, USUAL_PORT, free_port
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.settings.settings import Settings
from powerstream_desktop.service.store.sessions import SessionSource

APP: Final = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSettings:
    """What holds for every broadcast that begins now.

    Attributes:
        recording: how what is recorded is.
        ingest_host, ingest_port: where an external encoder publishes to; if the port is taken, the next free one is used.
        bridge_limit_s: how long platforms are kept when the publisher vanishes, in seconds.
        adapt_bitrate: let the engine's bitrate follow an upload that is too small.
    """

    recording: RecordingOptions
    ingest_host: str = HOST
    ingest_port: int = USUAL_PORT
    bridge_limit_s: float = BRIDGE_LIMIT_S
    adapt_bitrate: bool = False


def broadcast_settings_of(settings: Settings, paths: Paths) -> BroadcastSettings:
    """Return what the user's settings mean for broadcasts."""
    return BroadcastSettings(
        recording=settings.recording.chosen(paths.recordings),
        ingest_host=settings.ingest.host,
        ingest_port=settings.ingest.port,
        bridge_limit_s=settings.broadcast.bridge_limit_s,
        adapt_bitrate=settings.video.adapt_bitrate,
    )


def broadcast_plan(
    request: SessionRequest,
    settings: BroadcastSettings,
    *,
    endpoints: tuple[RTMPEndpoint, ...],
    stream_key: Secret,
    catalogue: Catalogue,
    hls_folder: Path,
    uplink_file: Path,
    port_before: int | None = None,
) -> BroadcastPlan:
    """Return the plan of a broadcast.

    Args:
        request: what is asked for.
        settings: what holds for all.
        endpoints: where the stream goes, with keys.
        stream_key: what the publisher has to show.
        catalogue: what is known of platforms.
        hls_folder: where it can be watched here.
        uplink_file: where the measured upload is kept.
        port_before: where an external encoder has published to, if it may still try to.
    """
    is_external = request.source is SessionSource.EXTERNAL
    return BroadcastPlan(
        endpoints=endpoints,
        stream_key=stream_key,
        catalogue=catalogue,
        host=settings.ingest_host if is_external else HOST,
        port=(port_before or free_port(settings.ingest_host, settings.ingest_port)) if is_external else 0,
        app=APP,
        recording=settings.recording if request.is_recorded else None,
        hls_folder=hls_folder,
        rehearsal=request.is_rehearsal,
        adapt_bitrate=settings.adapt_bitrate,
        uplink_file=uplink_file,
        bridge_limit_s=settings.bridge_limit_s,
    )
