"""What both containers ask of PyAV: tracks that hold packets as they came, and errors in our words."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av

from powerstream_desktop.common.errors import PeerError
from powerstream_desktop.recording.timeline import TICKS_PER_S
from powerstream_desktop.recording.tracks import TrackStart, probe_stream
from powerstream_desktop.rtmp.packet import MediaKind

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.packet import Packet
    from av.stream import Stream

BUFFER_BYTES: Final = 1024 * 1024
"""Takes a whole fragment of 16 Mbit/s, so that it is one write."""
_TIME_BASE: Final = Fraction(1, TICKS_PER_S)


class UnrecordableError(PeerError):
    """The stream holds something that the recording's container cannot hold."""

    def __init__(self, title: str, *, hint: str = "", detail: str = "") -> None:
        super().__init__(title, code="unrecordable", hint=hint, detail=detail)


def copied_streams(
    container: OutputContainer, *, video: TrackStart | None, audio: TrackStart | None
) -> dict[MediaKind, Stream]:
    """Add a stream to the container for each track.

    Raises:
        UnrecordableError: the tracks' settings are broken.
    """
    streams: dict[MediaKind, Stream] = {}

    def copy() -> None:
        with av.open(io.BytesIO(probe_stream(video=video, audio=audio)), "r", format="flv") as source:
            for template in source.streams:
                kind = MediaKind.VIDEO if template.type == "video" else MediaKind.AUDIO
                streams[kind] = container.add_stream_from_template(template, opaque=True)

    translated(copy)
    return streams


def packet_of(stream: Stream, body: bytes, *, dts: int, pts: int, is_keyframe: bool) -> Packet[Stream]:
    """Return a packet of a stream; the body is copied, times are in ticks."""
    packet: Packet[Stream] = av.Packet(len(body))
    packet.update(body)
    packet.stream = stream
    packet.time_base = _TIME_BASE
    packet.dts = dts
    packet.pts = pts
    packet.is_keyframe = is_keyframe
    return packet


def translated(call: Callable[[], None]) -> None:
    """Call into PyAV, and translate its errors; those of our own file come through as they are.

    Raises:
        UnrecordableError: libavformat refuses.
    """
    try:
        call()
    except (av.FFmpegError, ValueError) as error:
        raise UnrecordableError(
            "The stream cannot be written into a recording.",
            hint="Check the encoder's settings.",
            detail=f"{type(error).__name__}: {error}",
        ) from error
