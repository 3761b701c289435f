"""What an FLV tag body is, told from its first bytes: the one classification every part of the relay relies on.

``classify_video`` and ``classify_audio`` run once per packet, at the relay's door. They decode nothing, look no further than
the first slice, and never raise: what is malformed is ``IGNORE``, what is merely unknown is ``UNKNOWN`` and goes through
(rtmp.md 2.2-2.6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from powerstream_desktop.rtmp.flv.enhanced import (
    AUDIO_MULTITRACK,
    VIDEO_MULTITRACK,
    ExHeader,
    parse_ex_header,
    skip_modex,
)
from powerstream_desktop.rtmp.flv.nal import is_disposable


class TagKind(Enum):
    """What a tag is for."""

    HEADER = "header"
    """Codec configuration: cached and sent first to whoever joins late."""
    EXTRA_HEADER = "extra_header"
    """Colour information or a channel layout: cached and replayed after the header."""
    FRAME = "frame"
    END = "end"
    COMMAND = "command"
    """A video info or command frame: no picture."""
    SILENCE = "silence"
    """An audio message of length zero: passed on, not counted as media."""
    UNKNOWN = "unknown"
    """A packet type or codec that we do not know: forwarded as it is, never recorded."""
    METADATA = "metadata"
    """A data message named onMetaData."""
    DATA = "data"
    """Any other data message."""
    IGNORE = "ignore"
    """Empty or malformed: dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagInfo:
    """What the header of one tag body says.

    Attributes:
        kind: what the tag is for.
        codec: the codec's FourCC ("avc1", "hvc1", "av01", "vp09", "vp08", "vvc1", "mp4a", ".mp3", "Opus", "fLaC", "ac-3",
            "ec-3"), the same for legacy and enhanced tags; a lower-case name ("h263", "pcma") for codecs without one; empty
            when unknown.
        is_keyframe: the tag header calls it a key frame, and it is not empty. Encoders are known to lie; where the truth
            matters, ask ``nal.is_random_access``.
        is_disposable: no other frame refers to this one.
        is_enhanced: the tag has an Enhanced RTMP header.
        track: track id of a multitrack message, otherwise 0.
        is_multitrack: the message uses the multitrack layout; the body is that of ``track``.
        cts_ms: composition time offset, signed: presentation time minus decoding time.
        body_offset: where the codec's data begins in the payload.
        body_end: where it ends; ``None`` for the end of the payload.
    """

    kind: TagKind
    codec: str = ""
    is_keyframe: bool = False
    is_disposable: bool = False
    is_enhanced: bool = False
    track: int = 0
    is_multitrack: bool = False
    cts_ms: int = 0
    body_offset: int = 0
    body_end: int | None = None


METADATA_TAG: Final = TagInfo(kind=TagKind.METADATA)
DATA_TAG: Final = TagInfo(kind=TagKind.DATA)

_IGNORE: Final = TagInfo(kind=TagKind.IGNORE)
_SILENCE: Final = TagInfo(kind=TagKind.SILENCE)

_KEY_FRAME: Final = 1
_KEY_FRAME_TYPES: Final = (_KEY_FRAME, 4)
"""4 is a key frame that a server made up; only codecs with a packet type know it."""
_DISPOSABLE_FRAME: Final = 3
_COMMAND_FRAME: Final = 5

_PACKETISED_VIDEO: Final[Mapping[int, str]] = {7: "avc1", 12: "hvc1", 13: "av01"}
"""Legacy codec ids with a packet type and a CTS; 12 and 13 are common extensions, not Adobe's."""
_PLAIN_VIDEO: Final[Mapping[int, str]] = {2: "h263", 3: "screen", 4: "vp6", 5: "vp6a", 6: "screen2"}
_PLAIN_AUDIO: Final[Mapping[int, str]] = {
    0: "pcm", 1: "adpcm", 2: ".mp3", 3: "pcm_le", 4: "nellymoser", 5: "nellymoser", 6: "nellymoser", 7: "pcma", 8: "pcmu",
    11: "speex", 13: "Opus", 14: ".mp3", 15: "device",
}  # fmt: skip
_AUDIO_ENHANCED: Final = 9
_AUDIO_AAC: Final = 10

_VIDEO_FOURCCS: Final[Mapping[bytes, str]] = {
    name.encode(): name for name in ("avc1", "hvc1", "av01", "vp09", "vp08", "vvc1")
}
_AUDIO_FOURCCS: Final[Mapping[bytes, str]] = {
    name.encode(): name for name in ("mp4a", ".mp3", "Opus", "fLaC", "ac-3", "ec-3")
}
_CODECS_WITH_CONFIGURATION: Final = frozenset({"avc1", "hvc1", "vvc1", "av01", "mp4a"})
"""The others may leave it out of their header tag."""
_CODECS_WITH_CTS: Final = frozenset({"avc1", "hvc1", "vvc1"})

_SEQUENCE_START: Final = 0
_CODED_FRAMES: Final = 1
_SEQUENCE_END: Final = 2
_CODED_FRAMES_X: Final = 3
_COLOR_INFO: Final = 4
_VIDEO_FRAME_PACKETS: Final = (_CODED_FRAMES, _CODED_FRAMES_X)

_VIDEO_PACKETS: Final[Mapping[int, TagKind]] = {
    _SEQUENCE_START: TagKind.HEADER,
    _CODED_FRAMES: TagKind.FRAME,
    _SEQUENCE_END: TagKind.END,
    _CODED_FRAMES_X: TagKind.FRAME,
    _COLOR_INFO: TagKind.EXTRA_HEADER,
    5: TagKind.HEADER,  # MPEG2TSSequenceStart
}
_AUDIO_PACKETS: Final[Mapping[int, TagKind]] = {
    _SEQUENCE_START: TagKind.HEADER,
    _CODED_FRAMES: TagKind.FRAME,
    _SEQUENCE_END: TagKind.END,
    4: TagKind.EXTRA_HEADER,  # MultichannelConfig
}

_AAC_HEADER: Final = TagInfo(kind=TagKind.HEADER, codec="mp4a", body_offset=2)
_AAC_FRAME: Final = TagInfo(kind=TagKind.FRAME, codec="mp4a", body_offset=2)


def classify_video(payload: bytes) -> TagInfo:
    """Classify the body of a video message (rtmp.md 2.6). Never raises."""
    if len(payload) < 2:
        return _IGNORE
    first = payload[0]
    if first & 0x80:
        return _classify_enhanced_video(payload)
    frame_type, codec_id = first >> 4, first & 0x0F
    if frame_type == _COMMAND_FRAME:
        return TagInfo(kind=TagKind.COMMAND, body_offset=1)
    codec = _PACKETISED_VIDEO.get(codec_id)
    if codec is not None:
        return _classify_packetised_video(payload, frame_type, codec)
    name = _PLAIN_VIDEO.get(codec_id, "")
    return TagInfo(
        kind=TagKind.FRAME if name else TagKind.UNKNOWN,
        codec=name,
        is_keyframe=frame_type == _KEY_FRAME,
        is_disposable=frame_type == _DISPOSABLE_FRAME,
        body_offset=1,
    )


def _classify_packetised_video(payload: bytes, frame_type: int, codec: str) -> TagInfo:
    packet_type = payload[1]
    if packet_type == _SEQUENCE_END:
        return TagInfo(kind=TagKind.END, codec=codec, body_offset=min(5, len(payload)))
    if len(payload) < 5:
        return _IGNORE
    if packet_type == _CODED_FRAMES:
        is_keyframe = frame_type in _KEY_FRAME_TYPES and len(payload) > 5
        disposable = frame_type == _DISPOSABLE_FRAME or (not is_keyframe and is_disposable(codec, payload, 5))
        return _packetised_frame(codec, is_keyframe, disposable, _signed_24(payload, 2))
    if packet_type == _SEQUENCE_START:
        # An empty configuration must not replace a good one in the caches.
        return TagInfo(kind=TagKind.HEADER, codec=codec, body_offset=5) if len(payload) > 5 else _IGNORE
    return TagInfo(kind=TagKind.UNKNOWN, codec=codec, body_offset=5)


@lru_cache(maxsize=1024)  # a stream repeats a few of them, and building one takes longer than all the rest
def _packetised_frame(codec: str, is_keyframe: bool, disposable: bool, cts_ms: int) -> TagInfo:
    return TagInfo(
        kind=TagKind.FRAME,
        codec=codec,
        is_keyframe=is_keyframe,
        is_disposable=disposable,
        cts_ms=cts_ms,
        body_offset=5,
    )


def _classify_enhanced_video(payload: bytes) -> TagInfo:
    frame_type = payload[0] >> 4 & 0x07
    behind_modex = skip_modex(payload)
    if behind_modex is None:
        return _IGNORE
    packet_type, pos = behind_modex
    # FFmpeg 8 sends colour information with frame type 5: the packet type decides first (rtmp.md 2.4).
    if frame_type == _COMMAND_FRAME and packet_type != _COLOR_INFO:
        if pos >= len(payload):
            return _IGNORE
        return TagInfo(kind=TagKind.COMMAND, is_enhanced=True, body_offset=pos)
    header = parse_ex_header(payload, packet_type, pos, VIDEO_MULTITRACK)
    if header is None:
        return _IGNORE
    codec = _VIDEO_FOURCCS.get(header.fourcc, "")
    offset, end = header.body_offset, header.body_end
    is_keyframe = disposable = False
    cts_ms = 0
    if header.packet_type == _CODED_FRAMES and codec in _CODECS_WITH_CTS:
        if offset + 3 > end:
            return _IGNORE
        cts_ms = _signed_24(payload, offset)
        offset += 3
    if header.packet_type in _VIDEO_FRAME_PACKETS:
        is_keyframe = frame_type in _KEY_FRAME_TYPES and offset < end
        # A message of many tracks is dropped as a whole: what track 0 says of its own slices does not speak for the rest.
        disposable = frame_type == _DISPOSABLE_FRAME or (
            not is_keyframe and not header.is_multitrack and is_disposable(codec, payload, offset, end)
        )
    return TagInfo(
        kind=_enhanced_kind(header, _VIDEO_PACKETS, codec),
        codec=codec,
        is_keyframe=is_keyframe,
        is_disposable=disposable,
        is_enhanced=True,
        track=header.track,
        is_multitrack=header.is_multitrack,
        cts_ms=cts_ms,
        body_offset=offset,
        body_end=end if header.is_multitrack else None,
    )


def classify_audio(payload: bytes) -> TagInfo:
    """Classify the body of an audio message (rtmp.md 2.6). Never raises."""
    if not payload:
        return _SILENCE
    if len(payload) < 2:
        return _IGNORE
    audio_format = payload[0] >> 4
    if audio_format == _AUDIO_AAC:
        if payload[1] != 0:
            return _AAC_FRAME
        return _AAC_HEADER if len(payload) > 2 else _IGNORE
    if audio_format == _AUDIO_ENHANCED:
        return _classify_enhanced_audio(payload)
    name = _PLAIN_AUDIO.get(audio_format, "")
    return TagInfo(kind=TagKind.FRAME if name else TagKind.UNKNOWN, codec=name, body_offset=1)


def _classify_enhanced_audio(payload: bytes) -> TagInfo:
    behind_modex = skip_modex(payload)
    if behind_modex is None:
        return _IGNORE
    packet_type, pos = behind_modex
    header = parse_ex_header(payload, packet_type, pos, AUDIO_MULTITRACK)
    if header is None:
        return _IGNORE
    codec = _AUDIO_FOURCCS.get(header.fourcc, "")
    return TagInfo(
        kind=_enhanced_kind(header, _AUDIO_PACKETS, codec),
        codec=codec,
        is_enhanced=True,
        track=header.track,
        is_multitrack=header.is_multitrack,
        body_offset=header.body_offset,
        body_end=header.body_end if header.is_multitrack else None,
    )


def _enhanced_kind(header: ExHeader, packets: Mapping[int, TagKind], codec: str) -> TagKind:
    kind = packets.get(header.packet_type, TagKind.UNKNOWN) if codec else TagKind.UNKNOWN
    if (
        kind is TagKind.HEADER
        and header.body_offset == header.body_end
        and codec in _CODECS_WITH_CONFIGURATION
    ):
        return TagKind.IGNORE
    return kind


def frame_body(payload: bytes, info: TagInfo) -> memoryview:
    """Return the codec's data of a tag (of ``info.track`` in a multitrack message) without copying it.

    Args:
        payload: the tag body.
        info: its classification.
    """
    return memoryview(payload)[info.body_offset : info.body_end]


def _signed_24(data: bytes, pos: int) -> int:
    """Read a CTS: signed, because encoders send negative ones (nginx-rtmp#250, srs#809, gortmplib#88)."""
    return int.from_bytes(data[pos : pos + 3], "big", signed=True)
