"""Media for the relay's tests: FLV tag bodies, and packets as the stream numbers them."""

from __future__ import annotations

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.flv.tags import (
    DATA_TAG,
    METADATA_TAG,
    TagInfo,
    TagKind,
    classify_audio,
    classify_video,
)
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

PICTURE_HEADER = bytes.fromhex("17000000000142c01effe100096742c01eda0280bfe501000468ce3c80")
SOUND_HEADER = bytes.fromhex("af001190")
METADATA = amf0.encode("onMetaData", {"width": 1280.0, "height": 720.0})
CAPTION = amf0.encode("onTextData", {"text": "hello"})

_KEY_NAL, _INTER_NAL, _DISPOSABLE_NAL = 0x65, 0x41, 0x01


def key_frame(number: int = 0, size: int = 40) -> bytes:
    """A key frame whose payload holds ``number``."""
    return _picture(0x17, _KEY_NAL, number, size)


def inter_frame(number: int = 0, size: int = 40) -> bytes:
    """A frame that needs the ones before it."""
    return _picture(0x27, _INTER_NAL, number, size)


def disposable_frame(number: int = 0, size: int = 40) -> bytes:
    """A frame that no other one needs."""
    return _picture(0x27, _DISPOSABLE_NAL, number, size)


def sound(number: int = 0, size: int = 20) -> bytes:
    """A piece of sound whose payload holds ``number``."""
    return b"\xaf\x01" + number.to_bytes(4, "big").ljust(size, b"s")


def _picture(first: int, nal: int, number: int, size: int) -> bytes:
    body = bytes([nal]) + number.to_bytes(4, "big")
    body = body.ljust(size, b"p")
    return bytes([first, 1, 0, 0, 0]) + len(body).to_bytes(4, "big") + body


class PacketMaker:
    """Numbers packets per track as the stream does."""

    def __init__(self) -> None:
        self._indexes = [0, 0, 0]
        self.ends_ms = [0, 0, 0]

    def key(self, dts_ms: int, size: int = 40) -> MediaPacket:
        return self.video(dts_ms, key_frame(self._indexes[MediaKind.VIDEO], size))

    def inter(self, dts_ms: int, size: int = 40) -> MediaPacket:
        return self.video(dts_ms, inter_frame(self._indexes[MediaKind.VIDEO], size))

    def disposable(self, dts_ms: int, size: int = 40) -> MediaPacket:
        return self.video(dts_ms, disposable_frame(self._indexes[MediaKind.VIDEO], size))

    def sound(self, dts_ms: int, size: int = 20) -> MediaPacket:
        return self.audio(dts_ms, sound(self._indexes[MediaKind.AUDIO], size))

    def picture_header(self, dts_ms: int = 0) -> MediaPacket:
        return self.video(dts_ms, PICTURE_HEADER)

    def sound_header(self, dts_ms: int = 0) -> MediaPacket:
        return self.audio(dts_ms, SOUND_HEADER)

    def metadata(self, dts_ms: int = 0) -> MediaPacket:
        return self._make(MediaKind.DATA, dts_ms, METADATA, METADATA_TAG)

    def caption(self, dts_ms: int) -> MediaPacket:
        return self._make(MediaKind.DATA, dts_ms, CAPTION, DATA_TAG)

    def video(self, dts_ms: int, payload: bytes) -> MediaPacket:
        return self._make(MediaKind.VIDEO, dts_ms, payload, classify_video(payload))

    def audio(self, dts_ms: int, payload: bytes) -> MediaPacket:
        return self._make(MediaKind.AUDIO, dts_ms, payload, classify_audio(payload))

    def _make(self, kind: MediaKind, dts_ms: int, payload: bytes, info: TagInfo) -> MediaPacket:
        is_first = self._indexes[kind] == 0
        packet = MediaPacket(
            kind=kind,
            dts_ms=dts_ms,
            delta_ms=0 if is_first else dts_ms - self.ends_ms[kind],
            index=self._indexes[kind],
            payload=payload,
            info=info,
            arrived_s=dts_ms / 1000,
        )
        self._indexes[kind] += 1
        self.ends_ms[kind] = dts_ms
        return packet


def is_key(packet: MediaPacket) -> bool:
    """Tell a key frame."""
    return packet.info.kind is TagKind.FRAME and packet.info.is_keyframe
