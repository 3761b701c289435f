"""What a client says of itself, and where a server may send it (rtmp.md 1.15, 2.8)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final

from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.url import RTMPURL

_CAN_RECONNECT: Final = 1
_SCHEMES: Final = {"rtmp": ("rtmp", "rtmps"), "rtmps": ("rtmps",)}
"""Where a server may send a client from each scheme: never out of TLS."""


class Purpose(Enum):
    """What a client is for."""

    PUBLISH = "publish"
    PLAY = "play"
    PROBE = "probe"
    """Looks like a publisher, and is content when the server has accepted ``connect``: names no stream, asks for none."""


def connect_object(
    purpose: Purpose, *, app: str, tc_url: str, fourcc_list: Sequence[str]
) -> dict[str, AMFValue]:
    """Build the command object of ``connect``.

    Publishers look like OBS, whose every property ingests take; the ``FMLE/`` prefix is what servers test for. Players look
    like FFmpeg. Enhanced RTMP is mentioned only when the stream carries one of its codecs, for old servers may choke on it.
    """
    members: dict[str, AMFValue]
    if purpose is not Purpose.PLAY:
        members = {
            "app": app,
            "type": "nonprivate",
            "flashVer": "FMLE/3.0 (compatible; PowerStream)",
            "swfUrl": tc_url,
            "tcUrl": tc_url,
        }
    else:
        members = {
            "app": app,
            "flashVer": "LNX 9,0,124,2",
            "tcUrl": tc_url,
            "fpad": False,
            "capabilities": 15,
            "audioCodecs": 4071,
            "videoCodecs": 252,
            "videoFunction": 1,
        }
    if fourcc_list:
        members["fourCcList"] = list(fourcc_list)
        members["capsEx"] = _CAN_RECONNECT
    return members


def with_query(text: str, query: str) -> str:
    """Append a query that begins with "?" to an app or URL that may have one already."""
    return f"{text}&{query[1:]}" if query and "?" in text else text + query


def redirect_target(current: RTMPURL, wanted: str) -> str | None:
    """Resolve the URL that a server sends us to; None when it is not RTMP or would give up TLS.

    Whether that host may be used at all is for the caller to judge.
    """
    scheme, separator, _ = wanted.partition("://")
    if separator:
        return wanted if scheme.lower() in _SCHEMES[current.scheme] else None
    if not wanted:
        return None
    origin = current.tc_url.removesuffix(f"/{current.app}")
    return origin + wanted if wanted.startswith("/") else f"{origin}/{wanted}"
