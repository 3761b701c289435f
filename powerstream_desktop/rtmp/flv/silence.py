"""Silence in the codec of a stream: what is heard while its publisher is away.

AAC-LC: every channel element with no scale factor bands at all, which decodes to zeros (ISO/IEC 14496-3, 4.4.2.1). Opus: the
CELT packet whose first bit says "silence" (RFC 6716, 4.3). For other codecs there is none, and the sound pauses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.rtmp.flv.bits import BitReader, CodecConfigError
from powerstream_desktop.rtmp.flv.config import (
    OpusHead,
    codec_extradata,
    read_aac_object_type,
    read_aac_sample_rate,
)
from powerstream_desktop.rtmp.flv.enhanced import AUDIO_MULTITRACK
from powerstream_desktop.rtmp.flv.tags import TagInfo

_CODED_FRAME: Final = 1
"""Packet type of a frame, in legacy AAC tags and enhanced ones alike."""
_ENHANCED: Final = 9
_ONE_TRACK: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentFrame:
    """One frame of silence.

    Attributes:
        payload: a whole tag body, in the same form as the header it was made for.
        samples: how long it lasts, in samples of ``rate``.
        rate: samples a second.
    """

    payload: bytes
    samples: int
    rate: int


def silent_frame(header: bytes, info: TagInfo) -> SilentFrame | None:
    """Return silence for an audio track. Never raises.

    Args:
        header: tag body of the track's header.
        info: its classification, of kind ``HEADER``.

    Returns:
        ``None`` for a codec that has no silence here, or a header that is not understood.
    """
    head = _frame_head(header, info)
    if head is None:
        return None
    try:
        settings = codec_extradata(header, info)
        match info.codec:
            case "mp4a":
                body, samples, rate = _silent_aac(settings)
            case "Opus":
                body, samples, rate = _silent_opus(settings), _OPUS_SAMPLES, _OPUS_RATE
            case _:
                return None
    except CodecConfigError:
        return None
    return SilentFrame(payload=head + body, samples=samples, rate=rate)


def _frame_head(header: bytes, info: TagInfo) -> bytes | None:
    """Return what stands before the codec's data in a frame of the track; None for layouts that encoders do not use."""
    if not info.is_enhanced:
        return bytes([header[0], _CODED_FRAME])
    packet_type = header[0] & 0x0F
    if not info.is_multitrack and packet_type == 0:
        return bytes([_ENHANCED << 4 | _CODED_FRAME]) + header[1 : info.body_offset]
    if info.is_multitrack and packet_type == AUDIO_MULTITRACK and header[1] == _ONE_TRACK:
        return header[:1] + bytes([_CODED_FRAME]) + header[2 : info.body_offset]
    return None


# ---------------------------------------------------------------------------------------------------------------- AAC

_AAC_LC: Final = 2
_AAC_WITH_REPLICATION: Final = frozenset({5, 29})
_AAC_LONG_FRAME, _AAC_SHORT_FRAME = 1024, 960

_SINGLE, _PAIR, _LOW = 0, 1, 3
_END: Final = 7
_ELEMENTS: Final[Mapping[int, tuple[int, ...]]] = {
    1: (_SINGLE,),
    2: (_PAIR,),
    3: (_SINGLE, _PAIR),
    4: (_SINGLE, _PAIR, _SINGLE),
    5: (_SINGLE, _PAIR, _PAIR),
    6: (_SINGLE, _PAIR, _PAIR, _LOW),
    7: (_SINGLE, _PAIR, _PAIR, _PAIR, _LOW),
    11: (_SINGLE, _PAIR, _PAIR, _SINGLE, _LOW),
    12: (_SINGLE, _PAIR, _PAIR, _PAIR, _LOW),
    14: (_SINGLE, _PAIR, _PAIR, _LOW, _PAIR),
}
"""Elements of a frame by channel configuration (table 1.19); configuration 0 describes them in the stream itself."""

_SILENT_CHANNEL: Final = "00000000" + "0" + "00" + "0" + "000000" + "0" + "000"
"""Gain; then reserved, long window, its shape, no bands, no prediction; then no pulses, noise shaping, gain control."""


def _silent_aac(settings: bytes) -> tuple[bytes, int, int]:
    """Return a frame, its samples and their rate, all before spectral band replication, which adds nothing to silence."""
    bits = BitReader(settings)
    object_type = read_aac_object_type(bits)
    rate = read_aac_sample_rate(bits)
    elements = _ELEMENTS.get(bits.read(4))
    if object_type in _AAC_WITH_REPLICATION:
        read_aac_sample_rate(bits)
        object_type = read_aac_object_type(bits)
    if object_type != _AAC_LC or elements is None:
        raise CodecConfigError(f"no silence for AAC of type {object_type}")
    samples = _AAC_SHORT_FRAME if bits.flag() else _AAC_LONG_FRAME
    return _raw_data_block(elements), samples, rate


def _raw_data_block(elements: tuple[int, ...]) -> bytes:
    """Write a frame in which each element's channels are silent; elements of a kind are counted by their tags."""
    written: list[str] = []
    for position, element in enumerate(elements):
        tag = elements[:position].count(element)
        channels = "0" + 2 * _SILENT_CHANNEL if element == _PAIR else _SILENT_CHANNEL  # no common window
        written.append(f"{element:03b}{tag:04b}{channels}")
    block = "".join(written) + f"{_END:03b}"
    size = -(-len(block) // 8)
    return int(block.ljust(8 * size, "0"), 2).to_bytes(size, "big")


# --------------------------------------------------------------------------------------------------------------- Opus

_OPUS_RATE: Final = 48_000
_OPUS_SAMPLES: Final = 960
_OPUS_TOC: Final = b"\xf8"
"""CELT, full band, 20 ms, one channel, one frame; a decoder of two channels plays it on both."""
_OPUS_SILENCE: Final = b"\xff\xfe"
_FAMILY_WITHOUT_STREAMS: Final = 0


def _silent_opus(settings: bytes) -> bytes:
    """Return a packet; with several streams in it all but the last say how long they are (RFC 6716, appendix B)."""
    mapping = OpusHead.parse(settings).mapping
    streams = 1 if mapping[0] == _FAMILY_WITHOUT_STREAMS else mapping[1]
    delimited = _OPUS_TOC + bytes([len(_OPUS_SILENCE)]) + _OPUS_SILENCE
    return delimited * (streams - 1) + _OPUS_TOC + _OPUS_SILENCE
