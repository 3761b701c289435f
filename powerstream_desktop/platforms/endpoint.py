"""An RTMP endpoint: where one platform takes a stream, and the key it wants."""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.rtmp.url import RTMPURL


@dataclass(frozen=True, slots=True, kw_only=True)
class RTMPEndpoint:
    """A destination as the user set it up.

    Attributes:
        name: what the user calls it; shown next to its light.
        platform: the platform's id in the catalogue, "custom" for any other server.
        server: scheme, host, port and application; never holds the key.
        stream_key: shows as ``***`` wherever it is printed.
    """

    name: str
    platform: str
    server: RTMPURL
    stream_key: Secret
