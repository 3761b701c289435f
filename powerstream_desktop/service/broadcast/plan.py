"""What to broadcast: everything that is decided before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.relay.ingest.server import BRIDGE_LIMIT_S


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastPlan:
    """What to broadcast.

    Attributes:
        endpoints: where the stream goes.
        stream_key: what the publisher has to show.
        catalogue: what is known of platforms, None for nothing.
        host, port, app: where the relay listens; port 0 takes any free one.
        recording: how to record it, None for no recording.
        hls_folder: where a browser or our window can watch the stream, None for nowhere.
        rehearsal: send the stream to the built-in receiver as well, which checks it.
        adapt_bitrate: let our engine's bitrate follow the upload when that is too small for all destinations.
        uplink_file: where the measured upload is kept, None for nowhere.
        bridge_limit_s: how long platforms are kept when the publisher vanishes, in seconds; 0 ends the broadcast at once.
    """

    endpoints: tuple[RTMPEndpoint, ...]
    stream_key: Secret
    catalogue: Catalogue | None = None
    host: str = "127.0.0.1"
    port: int = 0
    app: str = "live"
    recording: RecordingOptions | None = None
    hls_folder: Path | None = None
    rehearsal: bool = False
    adapt_bitrate: bool = False
    uplink_file: Path | None = None
    bridge_limit_s: float = BRIDGE_LIMIT_S
