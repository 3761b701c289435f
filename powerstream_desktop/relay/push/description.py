"""What a platform is told of a stream whose publisher says nothing of it: some ingests wait for that (rtmp.md 2.7). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from powerstream_desktop.rtmp.flv.metadata import synthesise_metadata
from powerstream_desktop.rtmp.flv.tags import METADATA_TAG, TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

_ENCODER: Final = "PowerStream"


def described(headers: Sequence[MediaPacket]) -> tuple[MediaPacket, ...]:
    """Return the headers with a description of the stream before them, if there is none and they prove anything."""
    of_kind = {packet.kind: packet for packet in reversed(headers) if packet.info.kind is TagKind.HEADER}
    if not of_kind or any(packet.info.kind is TagKind.METADATA for packet in headers):
        return tuple(headers)
    video, audio = of_kind.get(MediaKind.VIDEO), of_kind.get(MediaKind.AUDIO)
    description = MediaPacket(
        kind=MediaKind.DATA,
        dts_ms=headers[0].dts_ms,
        delta_ms=0,
        index=0,
        payload=synthesise_metadata(
            video=None if video is None else video.payload,
            audio=None if audio is None else audio.payload,
            encoder=_ENCODER,
        ),
        info=METADATA_TAG,
        arrived_s=headers[0].arrived_s,
    )
    return (description, *headers)
