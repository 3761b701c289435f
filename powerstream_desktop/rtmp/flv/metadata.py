"""onMetaData: the publisher's description of the stream, forwarded as it came but for what would mislead (rtmp.md 2.7).

Every field is only a hint: codecs and tracks are told from the packets. So the bytes are kept, and only the properties that
a live stream must not have are cut out of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import AMFValue, ECMAArray
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.flv.config import AudioSpecificConfig, OpusHead, codec_extradata
from powerstream_desktop.rtmp.flv.tags import (
    DATA_TAG,
    METADATA_TAG,
    TagInfo,
    TagKind,
    classify_audio,
    classify_video,
)
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS

ON_METADATA: Final = "onMetaData"

SET_DATA_FRAME: Final = amf0.encode("@setDataFrame")
"""AMF0 string that a push carries before onMetaData; players and files must not see it."""

_METADATA_NAME: Final = amf0.encode(ON_METADATA)
_OBJECT: Final = 0x03
_ECMA_ARRAY: Final = 0x08
_OBJECT_END: Final = b"\0\0\x09"
_FILE_PROPERTIES: Final = frozenset({b"duration", b"filesize", b"fileSize"})
"""What only a finished file has: a finite duration makes ExoPlayer treat a live stream as a recording (SRS cuts it too)."""

_LEGACY_CODEC_IDS: Final = {"avc1": 7, "mp4a": 10, ".mp3": 2}
_OPUS_RATE: Final = 48_000


def classify_data(body: bytes) -> TagInfo:
    """Classify a data message, with or without ``@setDataFrame``, by its name. Never raises."""
    return METADATA_TAG if body.removeprefix(SET_DATA_FRAME).startswith(_METADATA_NAME) else DATA_TAG


def live_metadata(body: bytes) -> bytes:
    """Return onMetaData as players, files and caches want it: without ``@setDataFrame``, duration and file size.

    All other bytes stay as they were. What cannot be read (Mevo sends junk, owncast#365) stays whole. Never raises.

    Args:
        body: the AMF0 body of the message.
    """
    body = body.removeprefix(SET_DATA_FRAME)
    if not body.startswith(_METADATA_NAME):
        return body
    try:
        return _cut_file_properties(body, len(_METADATA_NAME))
    except ProtocolError:
        return body


def push_metadata(body: bytes) -> bytes:
    """Return onMetaData as a platform's ingest wants it: with ``@setDataFrame``.

    Args:
        body: what ``live_metadata`` or ``synthesise_metadata`` returned.
    """
    return SET_DATA_FRAME + body


def read_metadata(body: bytes) -> Mapping[str, AMFValue]:
    """Return the properties of onMetaData; none when there are none or they cannot be read. Never raises.

    Args:
        body: the AMF0 body of the message, with or without ``@setDataFrame``.
    """
    try:
        values = amf0.decode_all(body.removeprefix(SET_DATA_FRAME))
    except ProtocolError:
        return {}
    if len(values) > 1 and values[0] == ON_METADATA and isinstance(values[1], dict):
        return values[1]
    return {}


def synthesise_metadata(*, video: bytes | None, audio: bytes | None, encoder: str) -> bytes:
    """Describe a stream whose publisher did not: some ingests wait for onMetaData (rtmp.md 2.7).

    Only what the packets prove is said.

    Args:
        video: body of the video header tag, or of any video frame for a codec without one; ``None`` without video.
        audio: the same for audio.
        encoder: name and version to give as the encoder.

    Returns:
        The AMF0 body, without ``@setDataFrame``.
    """
    properties = ECMAArray()
    if video is not None and (codec := classify_video(video).codec):
        properties["videocodecid"] = _codec_id(codec)
    if audio is not None:
        properties.update(_describe_audio(audio))
    properties["encoder"] = encoder
    return amf0.encode(ON_METADATA, properties)


def _codec_id(codec: str) -> int:
    """Return the number that onMetaData gives a codec: the legacy id, or the FourCC as a number."""
    return _LEGACY_CODEC_IDS.get(codec) or int.from_bytes(codec.encode(), "big")


def _describe_audio(payload: bytes) -> dict[str, AMFValue]:
    info = classify_audio(payload)
    if not info.codec:
        return {}
    properties: dict[str, AMFValue] = {"audiocodecid": _codec_id(info.codec)}
    if info.kind is not TagKind.HEADER:
        return properties
    try:
        if info.codec == "mp4a":
            _, rate, channels = AudioSpecificConfig.parse(codec_extradata(payload, info))
        elif info.codec == "Opus":
            rate, channels = _OPUS_RATE, OpusHead.parse(codec_extradata(payload, info)).channels
        else:
            return properties
    except ProtocolError:
        return properties
    properties["audiosamplerate"] = rate
    if channels:
        properties["audiochannels"] = channels
        properties["stereo"] = channels == 2
    return properties


def _cut_file_properties(body: bytes, pos: int) -> bytes:
    """Copy all but the spans of the properties that only a file has, and correct the count of an ECMA array.

    Raises:
        ProtocolError: a property cannot be decoded, so nobody knows where it ends.
    """
    marker = body[pos] if pos < len(body) else None
    if marker not in (_OBJECT, _ECMA_ARRAY):
        return body
    members = pos + (5 if marker == _ECMA_ARRAY else 1)
    kept = bytearray()
    cut = 0
    start = member = members
    for _ in range(DEFAULT_LIMITS.amf_members):
        # Some encoders leave the end marker out: then the array ends with the message.
        if len(body) - member < len(_OBJECT_END) or body.startswith(_OBJECT_END, member):
            break
        value = member + 2 + int.from_bytes(body[member : member + 2], "big")
        content, end = amf0.decode(body, min(value, len(body)))
        # Only numbers: cutting an object would shift what the references behind it mean.
        if isinstance(content, float) and body[member + 2 : value] in _FILE_PROPERTIES:
            kept += body[start:member]
            start = end
            cut += 1
        member = end
    if not cut:
        return body
    head = body[:members]
    if marker == _ECMA_ARRAY:  # the count is only a hint, and some encoders write 0
        count = int.from_bytes(body[pos + 1 : members], "big")
        head = body[: pos + 1] + max(count - cut, 0).to_bytes(4, "big")
    return bytes(head + kept + body[start:])
