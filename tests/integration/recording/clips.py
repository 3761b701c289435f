"""Real media for the recording's tests: encoded with PyAV, taken apart as the relay would, and read back from MP4."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from powerstream_desktop.common.ordinary_threads import ordinary_threads
from powerstream_desktop.rtmp.flv.file import FLVReader
from powerstream_desktop.rtmp.flv.tags import METADATA_TAG, TagInfo, TagKind, classify_audio, classify_video
from powerstream_desktop.rtmp.messages import MessageType
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

if TYPE_CHECKING:
    from av.packet import Packet
    from av.stream import Stream

FPS = 30
SAMPLE_RATE = 48_000

X264_PLAIN = (("preset", "ultrafast"),)
X264_B_FRAMES = (("preset", "veryfast"), ("bf", "2"), ("b_strategy", "0"))


@cache
@ordinary_threads()
def flv_clip(
    *,
    video: str | None = "libx264",
    options: tuple[tuple[str, str], ...] = X264_PLAIN,
    audio: str | None = "aac",
    seconds: float = 3.0,
    gop_s: float = 2.0,
    noise: int = 40,
    size: tuple[int, int] = (320, 180),
) -> bytes:
    """Encode a clip and return it as FLV.

    Args:
        video: encoder of the picture; ``None`` for none.
        options: the encoder's options.
        audio: encoder of the sound; ``None`` for none.
        seconds: its length.
        gop_s: distance of the key frames.
        noise: how much of the picture changes from frame to frame: 0 for a still picture of some kbit/s, 40 for Mbit/s.
        size: width and height in pixels.
    """
    target = io.BytesIO()
    with av.open(target, "w", format="flv") as container:
        packets: list[Packet[Stream]] = []
        picture = container.add_stream(video, rate=FPS, options=dict(options)) if video else None
        sound = container.add_stream(audio, rate=SAMPLE_RATE) if audio else None
        if isinstance(picture, VideoStream):
            packets += _encoded_pictures(picture, seconds, gop_s, noise, size)
        if isinstance(sound, AudioStream):
            packets += _encoded_sound(sound, seconds)
        for packet in sorted(packets, key=lambda packet: (packet.dts or 0) * packet.time_base):
            container.mux(packet)
    return target.getvalue()


def _encoded_pictures(
    stream: VideoStream, seconds: float, gop_s: float, noise: int, size: tuple[int, int]
) -> Iterable[Packet[Stream]]:
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.codec_context.gop_size = round(gop_s * FPS)
    random = np.random.default_rng(1)
    for number in range(round(seconds * FPS)):
        frame = av.VideoFrame(*size, "yuv420p")
        for plane in frame.planes:
            flat = np.full(plane.buffer_size, 128, np.uint8)
            plane.update((flat + random.integers(0, noise + 1, flat.size, np.uint8)).tobytes())
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _encoded_sound(stream: AudioStream, seconds: float) -> Iterable[Packet[Stream]]:
    context = stream.codec_context
    context.layout = "stereo"
    context.open()
    for number in range(round(seconds * SAMPLE_RATE / context.frame_size)):
        frame = av.AudioFrame(context.format.name, "stereo", context.frame_size)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate, frame.time_base = SAMPLE_RATE, Fraction(1, SAMPLE_RATE)
        frame.pts = number * context.frame_size
        yield from stream.encode(frame)
    yield from stream.encode(None)


def packets_of(flv: bytes) -> list[MediaPacket]:
    """Return the packets that the relay would make of an FLV stream."""
    last_ms: dict[MediaKind, int] = {}
    numbers = dict.fromkeys(MediaKind, 0)
    packets: list[MediaPacket] = []
    for tag in FLVReader().feed(flv):
        kind, info = _classified(tag.type, tag.payload)
        delta_ms = tag.timestamp - last_ms.get(kind, tag.timestamp)
        arrived_s = tag.timestamp / 1000
        packets.append(
            MediaPacket(kind, tag.timestamp, delta_ms, numbers[kind], tag.payload, info, arrived_s)
        )
        last_ms[kind] = tag.timestamp
        numbers[kind] += 1
    return packets


def _classified(tag_type: int, payload: bytes) -> tuple[MediaKind, TagInfo]:
    match tag_type:
        case MessageType.VIDEO:
            return MediaKind.VIDEO, classify_video(payload)
        case MessageType.AUDIO:
            return MediaKind.AUDIO, classify_audio(payload)
        case _:
            return MediaKind.DATA, METADATA_TAG


def shifted(packets: Iterable[MediaPacket], by_ms: int) -> list[MediaPacket]:
    """Return the packets on a later place of the stream's timeline."""
    return [
        replace(packet, dts_ms=packet.dts_ms + by_ms, arrived_s=packet.arrived_s + by_ms / 1000)
        for packet in packets
    ]


def frames(packets: Iterable[MediaPacket], kind: MediaKind) -> list[MediaPacket]:
    """Return one track's frames."""
    return [packet for packet in packets if packet.kind is kind and packet.info.kind is TagKind.FRAME]


def presentation_ms(packet: MediaPacket) -> int:
    """Return a packet's presentation time on the stream's timeline."""
    return packet.dts_ms + packet.info.cts_ms


@dataclass(frozen=True)
class Played:
    """What a demuxer finds of one track."""

    codec: str
    tag: str
    pts_ms: list[float]
    durations_ms: list[float]
    bodies: list[bytes]
    keyframes: list[bool]


def play(source: Path | bytes, *, container_format: str = "mp4") -> dict[MediaKind, Played]:
    """Read a film to its end, as far as it can be read.

    Raises:
        av.FFmpegError: it does not open.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else str(source)
    with av.open(file, "r", format=container_format) as container:
        tracks: dict[MediaKind, list[Packet[Stream]]] = {_kind(stream): [] for stream in container.streams}
        try:
            for packet in container.demux():
                if packet.size:
                    tracks[_kind(packet.stream)].append(packet)
        except av.FFmpegError:
            pass  # a torn end: what came before it has been read
        return {kind: _played(packets) for kind, packets in tracks.items() if packets}


def play_or_nothing(source: Path | bytes) -> dict[MediaKind, Played]:
    """Read an MP4 as far as it can be read; without a track if it does not open."""
    try:
        return play(source)
    except av.FFmpegError:
        return {}


def _kind(stream: Stream) -> MediaKind:
    return MediaKind.VIDEO if stream.type == "video" else MediaKind.AUDIO


def _played(packets: Sequence[Packet[Stream]]) -> Played:
    context = packets[0].stream.codec_context
    return Played(
        codec=context.codec.canonical_name,
        tag=context.codec_tag,
        pts_ms=[float((packet.pts or 0) * packet.time_base * 1000) for packet in packets],
        durations_ms=[float((packet.duration or 0) * packet.time_base * 1000) for packet in packets],
        bodies=[bytes(packet) for packet in packets],
        keyframes=[packet.is_keyframe for packet in packets],
    )
