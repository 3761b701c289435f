"""RTMP addresses: what a user typed, what a publisher sent, and what may be shown (rtmp.md 1.1).

RTMP has no URL on the wire, only ``app``, ``tcUrl`` and a stream name, and every client cuts differently. Nothing is ever
percent-decoded or -encoded: keys are opaque (Facebook's hold ``?``, ``=`` and ``&``).
"""

from powerstream_desktop.rtmp.url.address import DEFAULT_PORTS, RTMPURL, parse_server_url
from powerstream_desktop.rtmp.url.display import display_url, looks_like_key_in_url, mask_key
from powerstream_desktop.rtmp.url.publish_target import PublishTarget, normalise_publish_target

__all__ = [
    "DEFAULT_PORTS",
    "RTMPURL",
    "PublishTarget",
    "display_url",
    "looks_like_key_in_url",
    "mask_key",
    "normalise_publish_target",
    "parse_server_url",
]
