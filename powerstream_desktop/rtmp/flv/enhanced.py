"""The Enhanced RTMP header: ModEx, multitrack and the FourCC in front of the codec's data (rtmp.md 2.4, 2.5).

Video and audio share the layout and differ in one number, the packet type that means "multitrack". The walk is bounded
(``MAX_MODEX``, 256 tracks), so that a hostile message costs microseconds however long it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MODEX: Final = 7
"""Packet type of a modifier that stands before the real packet type; the same number for audio and video."""

VIDEO_MULTITRACK: Final = 6
AUDIO_MULTITRACK: Final = 5

MAX_MODEX: Final = 16
"""Modifiers in one message; the specification knows one kind of them, and each needs at most one."""

_ONE_TRACK: Final = 0
_MANY_TRACKS_MANY_CODECS: Final = 2
_MAX_TRACKS: Final = 256


@dataclass(frozen=True, slots=True)
class ExHeader:
    """Where the codec's data of one enhanced message stands.

    Attributes:
        packet_type: the packet type behind all modifiers and the multitrack byte.
        fourcc: the four bytes that name the codec.
        body_offset: first byte after the FourCC (and after the track's id and size).
        body_end: first byte after the body.
        track: the track described; 0 of a multitrack message when it holds a track 0, otherwise its first.
        is_multitrack: whether the message used the multitrack layout.
    """

    packet_type: int
    fourcc: bytes
    body_offset: int
    body_end: int
    track: int = 0
    is_multitrack: bool = False


def skip_modex(payload: bytes) -> tuple[int, int] | None:
    """Walk over the modifiers that may follow the first byte of a message, which must not be empty.

    Returns:
        The packet type behind the modifiers and the position after them, or ``None`` when the message ends too early or
        repeats modifiers without end.
    """
    packet_type, pos = payload[0] & 0x0F, 1
    for _ in range(MAX_MODEX + 1):
        if packet_type != MODEX:
            return packet_type, pos
        if pos >= len(payload):
            return None
        size = payload[pos] + 1
        pos += 1
        if size == 256:  # an escape: the real size follows in 16 bits
            size = int.from_bytes(payload[pos : pos + 2], "big") + 1
            pos += 2
        pos += size
        if pos >= len(payload):
            return None
        packet_type = payload[pos] & 0x0F
        pos += 1
    return None


def parse_ex_header(payload: bytes, packet_type: int, pos: int, multitrack: int) -> ExHeader | None:
    """Read what follows the modifiers: the multitrack byte if there is one, the FourCC, the track.

    Args:
        payload: the whole message.
        packet_type: the packet type behind the modifiers.
        pos: position behind the modifiers.
        multitrack: the packet type that means multitrack, ``VIDEO_MULTITRACK`` or ``AUDIO_MULTITRACK``.

    Returns:
        The header, or ``None`` when the message is malformed: too short, a track longer than the message, or a multitrack
        inside a multitrack.
    """
    if packet_type == multitrack:
        return _parse_multitrack(payload, pos, multitrack)
    body_offset = pos + 4
    if body_offset > len(payload):
        return None
    return ExHeader(packet_type, payload[pos:body_offset], body_offset, len(payload))


def _parse_multitrack(payload: bytes, pos: int, multitrack: int) -> ExHeader | None:
    if pos >= len(payload):
        return None
    layout, packet_type = payload[pos] >> 4, payload[pos] & 0x0F
    pos += 1
    if packet_type == multitrack:
        return None
    if layout > _MANY_TRACKS_MANY_CODECS:  # not invented yet: let it through without a codec's name
        return ExHeader(packet_type, b"", pos, len(payload), is_multitrack=True)
    fourcc = b""
    if layout != _MANY_TRACKS_MANY_CODECS:
        fourcc = payload[pos : pos + 4]
        pos += 4
    if layout == _ONE_TRACK:
        if pos >= len(payload):
            return None
        return ExHeader(packet_type, fourcc, pos + 1, len(payload), payload[pos], is_multitrack=True)
    return _default_track(payload, pos, packet_type, fourcc)


def _default_track(payload: bytes, pos: int, packet_type: int, common_fourcc: bytes) -> ExHeader | None:
    """Find track 0, or else the first track, and check that every track up to it keeps inside the message."""
    first: ExHeader | None = None
    for _ in range(_MAX_TRACKS):
        fourcc = common_fourcc
        if not fourcc:
            fourcc = payload[pos : pos + 4]
            pos += 4
        if pos + 4 > len(payload):
            return None
        track = payload[pos]
        body_offset = pos + 4
        pos = body_offset + int.from_bytes(payload[pos + 1 : body_offset], "big")
        if pos > len(payload):
            return None
        header = ExHeader(packet_type, fourcc, body_offset, pos, track, is_multitrack=True)
        if track == 0:
            return header
        first = first or header
        if pos == len(payload):
            break
    return first
