"""An RTMP endpoint: where one platform takes a stream, and the key it wants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.rtmp.url import RTMPURL


class Rendition(StrEnum):
    """One encode of the program; an endpoint names the one it takes."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"


class BackupUse(StrEnum):
    """When a platform's second ingest is used (reliability_security.md 2.2)."""

    OFF = "off"
    WARM = "warm"
    """Connected when the first one has been down for 3 s."""
    HOT = "hot"
    """Both get the stream all the time, with the same timestamps and key frames."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RTMPEndpoint:
    """A destination as the user set it up.

    Attributes:
        name: what the user calls it; shown next to its light.
        platform: the platform's id in the catalogue, "custom" for any other server.
        server: scheme, host, port and application; never holds the key.
        stream_key: shows as ``***`` wherever it is printed.
        rendition: which encode it takes.
        priority: who keeps the picture when the whole upload collapses: the higher, the longer; of equals the one that stands
            first in the list.
        backup_server: the platform's second ingest, None if it has none or the user wants none.
        backup_use: when that one is used.
        codecs: what it accepts, as in ``TagInfo.codec`` ("avc1", "hvc1", "av01", "mp4a", …); None if that is not known.
        key_saved_on: the day on which the key was entered, None if that is not known; keys of some platforms serve one event.
    """

    name: str
    platform: str
    server: RTMPURL
    stream_key: Secret
    rendition: Rendition = Rendition.LANDSCAPE
    priority: int = 0
    backup_server: RTMPURL | None = None
    backup_use: BackupUse = BackupUse.OFF
    codecs: frozenset[str] | None = None
    key_saved_on: date | None = None


def taken_renditions(endpoints: Iterable[RTMPEndpoint]) -> frozenset[Rendition]:
    """Return what has to be encoded for these endpoints: the landscape, which is recorded, and what anybody takes besides."""
    return frozenset({Rendition.LANDSCAPE, *(endpoint.rendition for endpoint in endpoints)})
