"""FLV tags of what was encoded: the classic ones for H.264 and AAC, enhanced ones for HEVC and AV1 (rtmp.md 2.2-2.5, 2.7)."""

from __future__ import annotations

from typing import Final

from powerstream_desktop import __version__
from powerstream_desktop.engine.encoders.port import EncodedPicture
from powerstream_desktop.engine.output.sound_encoder import AUDIO_BITRATE, EncodedSound
from powerstream_desktop.engine.sound import SAMPLE_RATE
from powerstream_desktop.engine.video_settings import Codec, VideoSettings
from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import ECMAArray
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.flv.metadata import ON_METADATA
from powerstream_desktop.rtmp.limits import MAX_U32
from powerstream_desktop.rtmp.messages import MessageType

_KEY: Final = 0x10
_INTER: Final = 0x20
_AVC: Final = 7
_HEADER_PACKET: Final = 0
_FRAME_PACKET: Final = 1

_ENHANCED: Final = 0x80
_SEQUENCE_START: Final = 0
_CODED_FRAMES: Final = 1
_CODED_FRAMES_X: Final = 3
"""Coded frames whose composition time offset is 0 and left out."""

_AAC_HEADER: Final = b"\xaf\x00"
_AAC_FRAME: Final = b"\xaf\x01"
_AAC_CODEC_ID: Final = 10

_FOURCCS: Final = {Codec.HEVC: b"hvc1", Codec.AV1: b"av01"}


def video_header(codec: Codec, headers: bytes, time_ms: int) -> FLVTag:
    """Return the tag that tells a decoder how to begin.

    Args:
        codec: of the pictures.
        headers: avcC, hvcC or av1C.
        time_ms: of the picture that follows.
    """
    if codec is Codec.H264:
        head = bytes((_KEY | _AVC, _HEADER_PACKET, 0, 0, 0))
    else:
        head = bytes((_ENHANCED | _KEY | _SEQUENCE_START,)) + _FOURCCS[codec]
    return FLVTag(MessageType.VIDEO, time_ms & MAX_U32, head + headers)


def video_tag(codec: Codec, picture: EncodedPicture, dts_ms: int, cts_ms: int) -> FLVTag:
    """Return the tag of one picture.

    Args:
        codec: of the picture.
        picture: what was encoded.
        dts_ms: its decoding time.
        cts_ms: by how much later it is shown; always 0 for AV1, which reorders inside.
    """
    frame_type = _KEY if picture.is_key else _INTER
    if codec is Codec.H264:
        head = bytes((frame_type | _AVC, _FRAME_PACKET)) + cts_ms.to_bytes(3, "big")
    elif codec is Codec.HEVC and cts_ms:
        head = bytes((_ENHANCED | frame_type | _CODED_FRAMES,)) + _FOURCCS[codec] + cts_ms.to_bytes(3, "big")
    else:
        # AV1 has no offset to leave out; its coded frames are of the first type (rtmp.md 2.4).
        packet = _CODED_FRAMES if codec is Codec.AV1 else _CODED_FRAMES_X
        head = bytes((_ENHANCED | frame_type | packet,)) + _FOURCCS[codec]
    return FLVTag(MessageType.VIDEO, dts_ms & MAX_U32, head + picture.data)


def audio_header(headers: bytes, time_ms: int) -> FLVTag:
    """Return the tag that tells a decoder how to begin: an AudioSpecificConfig."""
    return FLVTag(MessageType.AUDIO, time_ms & MAX_U32, _AAC_HEADER + headers)


def audio_tag(sound: EncodedSound, time_ms: int) -> FLVTag:
    """Return the tag of one AAC frame."""
    return FLVTag(MessageType.AUDIO, time_ms & MAX_U32, _AAC_FRAME + sound.data)


def stream_metadata(settings: VideoSettings, time_ms: int) -> FLVTag:
    """Return onMetaData: what some ingests show their users, and a few wait for (rtmp.md 2.7)."""
    fourcc = _FOURCCS.get(settings.codec)
    properties = ECMAArray(
        {
            "width": settings.width,
            "height": settings.height,
            "videodatarate": settings.bitrate_kbps,
            "framerate": settings.fps,
            "videocodecid": _AVC if fourcc is None else int.from_bytes(fourcc, "big"),
            "audiodatarate": AUDIO_BITRATE // 1000,
            "audiosamplerate": SAMPLE_RATE,
            "audiosamplesize": 16,
            "stereo": True,
            "audiocodecid": _AAC_CODEC_ID,
            "encoder": f"PowerStream Desktop {__version__}",
        }
    )
    return FLVTag(MessageType.DATA_AMF0, time_ms & MAX_U32, amf0.encode(ON_METADATA, properties))
