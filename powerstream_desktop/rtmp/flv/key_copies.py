"""Copies of a key frame that may follow it and each other: what a stream shows while its publisher is away.

Of H.264 the copies differ from the original in their identifiers (``avc_idr``). Of HEVC an IDR picture may be repeated as it
is; a CRA picture would have the picture order count of the one before it and becomes a BLA picture, which is made for joining
streams and reads the same but for its type (H.265 7.4.2.2). AV1 and VP9 key frames reset everything and may be repeated.
Whatever is not understood is repeated as it came.
"""

from __future__ import annotations

from typing import Final

from powerstream_desktop.rtmp.flv.avc_idr import idr_copies
from powerstream_desktop.rtmp.flv.bits import CodecConfigError
from powerstream_desktop.rtmp.flv.config import AVCConfig, codec_extradata
from powerstream_desktop.rtmp.flv.nal import nal_spans
from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind, classify_video, frame_body

_HEVC_CRA: Final = 21
_HEVC_BLA_WITHOUT_LEADING_PICTURES: Final = 18
_HEVC_TYPE_BITS: Final = 0x7E


def key_frame_copies(payload: bytes, info: TagInfo, header: bytes | None) -> tuple[bytes, bytes]:
    """Return two tag bodies to send in turn behind a key frame, as often as needed. Never raises.

    Args:
        payload: the tag body of the key frame.
        info: its classification.
        header: tag body of the header of its track, ``None`` for a codec without one.
    """
    if not info.is_multitrack:  # a message of several tracks holds sizes that a changed body would belie
        if info.codec == "avc1" and header is not None:
            return _avc_copies(payload, info, header)
        if info.codec == "hvc1":
            copy = _hevc_copy(payload, info)
            return copy, copy
    return payload, payload


def _avc_copies(payload: bytes, info: TagInfo, header: bytes) -> tuple[bytes, bytes]:
    header_info = classify_video(header)
    if header_info.kind is not TagKind.HEADER or header_info.codec != info.codec:
        return payload, payload
    try:
        config = AVCConfig.parse(codec_extradata(header, header_info))
    except CodecConfigError:
        return payload, payload
    copies = idr_copies(bytes(frame_body(payload, info)), config)
    if copies is None:
        return payload, payload
    head = payload[: info.body_offset]
    return head + copies[0], head + copies[1]


def _hevc_copy(payload: bytes, info: TagInfo) -> bytes:
    copy = bytearray(payload)
    for first, _ in nal_spans(payload, info.body_offset):
        if payload[first] >> 1 & 0x3F == _HEVC_CRA:
            copy[first] = payload[first] & ~_HEVC_TYPE_BITS | _HEVC_BLA_WITHOUT_LEADING_PICTURES << 1
    return bytes(copy)
