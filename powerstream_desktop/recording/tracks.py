"""What a file must know of a track before the first packet can be muxed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from powerstream_desktop.rtmp.flv.config import codec_extradata
from powerstream_desktop.rtmp.flv.file import FLVTag, FLVWriter
from powerstream_desktop.rtmp.flv.tags import TagKind, frame_body
from powerstream_desktop.rtmp.messages import MessageType
from powerstream_desktop.rtmp.packet import MediaPacket

_NEEDS_SETTINGS: Final = frozenset({"avc1", "hvc1", "vvc1", "av01", "mp4a", "Opus", "fLaC"})
"""Codecs whose frames mean nothing without the header tag; the others carry everything in each key frame."""
_HAS_COMPOSITION_TIME: Final = frozenset({"avc1", "hvc1", "vvc1"})
_KEY_SEQUENCE_START: Final = 0x90
_KEY_CODED_FRAMES: Final = 0x91
"""Both bytes mean the same in a video tag (enhanced, key frame) and in an audio tag (enhanced format 9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackSettings:
    """A codec and its configuration record; when either changes, a new file begins.

    Attributes:
        codec: FourCC as in ``TagInfo.codec``.
        extradata: the decoder configuration in libavformat's form; empty for codecs that need none.
    """

    codec: str
    extradata: bytes = b""

    @classmethod
    def of_header(cls, packet: MediaPacket) -> TrackSettings | None:
        """Return the settings that a header packet announces; ``None`` when it should hold some and is empty."""
        extradata = codec_extradata(packet.payload, packet.info)
        if not extradata and packet.info.codec in _NEEDS_SETTINGS:
            return None
        if packet.info.codec == "fLaC":
            extradata = _without_totals(extradata)
        return cls(codec=packet.info.codec, extradata=extradata)

    @classmethod
    def of_frame(cls, packet: MediaPacket, announced: TrackSettings | None) -> TrackSettings | None:
        """Return the settings a frame is made with, or ``None`` while its header has not come.

        Args:
            packet: the frame.
            announced: the last header's settings on this track.
        """
        if announced is not None and announced.codec == packet.info.codec:
            return announced
        return None if packet.info.codec in _NEEDS_SETTINGS else cls(codec=packet.info.codec)


def _without_totals(stream_info: bytes) -> bytes:
    """Return FLAC's settings with "unknown" for sizes of frames, number of samples and checksum (RFC 9639, 8.2).

    An encoder that ends tells them in a second header: that is no new sound.
    """
    rate_channels_depth = stream_info[10:13] + bytes(each & 0xF0 for each in stream_info[13:14])
    return stream_info[:4] + bytes(6) + rate_channels_depth + bytes(len(stream_info[14:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackStart:
    """A track's settings and its first frame, from which libavformat learns picture size and sampling rate."""

    settings: TrackSettings
    first_frame: bytes

    @classmethod
    def at(cls, packet: MediaPacket, settings: TrackSettings) -> TrackStart:
        """Return the start of a track whose first frame is ``packet``."""
        return cls(settings=settings, first_frame=bytes(frame_body(packet.payload, packet.info)))


def probe_stream(*, video: TrackStart | None, audio: TrackStart | None) -> bytes:
    """Return a tiny FLV stream that holds nothing but the headers and first frames of the tracks.

    libavformat's own FLV reader then tells us everything a muxer wants to know, for every codec alike. All tags are
    written in the plain enhanced form, whatever form (legacy, multitrack, ModEx) they came in.
    """
    writer = FLVWriter(has_video=video is not None, has_audio=audio is not None)
    tracks = ((MessageType.VIDEO, video), (MessageType.AUDIO, audio))
    headers = [
        _probe_tag(kind, _KEY_SEQUENCE_START, track, track.settings.extradata)
        for kind, track in tracks
        if track
    ]
    frames = [_probe_tag(kind, _KEY_CODED_FRAMES, track, _frame(track)) for kind, track in tracks if track]
    return b"".join((writer.header(), *map(writer.tag, headers), *map(writer.tag, frames)))


def _probe_tag(kind: MessageType, first_byte: int, track: TrackStart, body: bytes) -> FLVTag:
    return FLVTag(kind, 0, bytes([first_byte]) + track.settings.codec.encode() + body)


def _frame(track: TrackStart) -> bytes:
    no_offset = bytes(3) if track.settings.codec in _HAS_COMPOSITION_TIME else b""
    return no_offset + track.first_frame


def is_recorded(packet: MediaPacket) -> bool:
    """Tell whether a packet concerns the recording: headers and frames of the default track."""
    return packet.info.kind in (TagKind.HEADER, TagKind.FRAME) and packet.info.track == 0
