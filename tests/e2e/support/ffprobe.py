"""What ffprobe finds in a recording or a live stream, as values that a test can compare."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

PROBE_S = 30.0
RECORD_GRACE_S = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One packet; times in seconds."""

    pts_s: float
    dts_s: float
    size: int
    key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A hole in a track's time stamps."""

    at_s: float
    length_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackFacts:
    """One track; its packets are in the order of the file."""

    codec: str
    profile: str
    packets: tuple[Packet, ...]

    @property
    def start_s(self) -> float:
        """Earliest presentation time."""
        return min(packet.pts_s for packet in self.packets)

    @property
    def end_s(self) -> float:
        """Latest presentation time; that packet's own duration is not counted."""
        return max(packet.pts_s for packet in self.packets)

    @property
    def duration_s(self) -> float:
        """From the first presentation time to the last."""
        return self.end_s - self.start_s

    @property
    def dts_increases(self) -> bool:
        """Whether each decoding time is later than the one before it."""
        return all(earlier.dts_s < later.dts_s for earlier, later in pairwise(self.packets))

    @property
    def bitrate_kbps(self) -> float:
        """Mean over the track, without container overhead."""
        return sum(packet.size for packet in self.packets) * 8 / 1000 / self.duration_s

    def gaps(self, *, longer_than_ms: float) -> list[Gap]:
        """Return each step of presentation time, in order of time, that is longer than this."""
        steps = pairwise(sorted(packet.pts_s for packet in self.packets))
        # Whole microseconds: times are read as binary fractions, and a step of 100 ms is not longer than 100 ms.
        lengths = ((earlier, round((later - earlier) * 1000, 3)) for earlier, later in steps)
        return [Gap(at_s=at_s, length_ms=length) for at_s, length in lengths if length > longer_than_ms]


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts(TrackFacts):
    """The picture track."""

    width: int
    height: int
    pixel_format: str
    color_space: str
    """Matrix coefficients, "unknown" when the stream does not say."""

    @property
    def fps(self) -> float:
        """Frames per second by their time stamps."""
        return (len(self.packets) - 1) / self.duration_s

    @property
    def key_frame_intervals_s(self) -> list[float]:
        """Presentation times between successive key frames, rounded to milliseconds."""
        times = sorted(packet.pts_s for packet in self.packets if packet.key)
        return [round(later - earlier, 3) for earlier, later in pairwise(times)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioFacts(TrackFacts):
    """The sound track."""

    sample_rate: int
    channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamFacts:
    """A file or stream with at most one track of each kind."""

    video: VideoFacts | None
    audio: AudioFacts | None

    @property
    def both(self) -> tuple[VideoFacts, AudioFacts]:
        """Return both tracks; fails when one is missing."""
        assert self.video, "there is no video track"
        assert self.audio, "there is no audio track"
        return self.video, self.audio

    @property
    def audio_start_offset_ms(self) -> float:
        """How much later the sound track starts than the picture; negative when earlier."""
        video, audio = self.both
        return (audio.start_s - video.start_s) * 1000


def stream_facts(source: Path | str) -> StreamFacts:
    """Read a whole file; a file that is cut off or still growing counts as far as it goes."""
    command = ["ffprobe", "-v", "fatal", "-show_streams", "-show_packets", "-of", "json", str(source)]
    found = subprocess.run(
        command, capture_output=True, check=True, timeout=PROBE_S, stdin=subprocess.DEVNULL
    )
    document = json.loads(found.stdout)
    packets: dict[int, list[Packet]] = {}
    for packet in document["packets"]:
        packets.setdefault(packet["stream_index"], []).append(_packet(packet))
    tracks: dict[str, TrackFacts] = {}
    for stream in document["streams"]:
        mine = tuple(packets.get(stream["index"], ()))
        if stream["codec_type"] in ("video", "audio") and mine:
            tracks.setdefault(stream["codec_type"], _track(stream, mine))
    video, audio = tracks.get("video"), tracks.get("audio")
    assert video is None or isinstance(video, VideoFacts)
    assert audio is None or isinstance(audio, AudioFacts)
    return StreamFacts(video=video, audio=audio)


def record_live(url: str, target: Path, *, duration_s: float) -> Path:
    """Play a live stream with ffmpeg for some seconds of media and keep its packets unchanged."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", url, "-map", "0:v?", "-map", "0:a?"]
    command += ["-c", "copy", "-t", str(duration_s), str(target)]
    subprocess.run(command, capture_output=True, check=True, timeout=duration_s + RECORD_GRACE_S)
    return target


def _packet(packet: dict[str, Any]) -> Packet:
    # A packet without a presentation time (some raw streams) is shown when it is decoded.
    dts_s = float(packet.get("dts_time", packet.get("pts_time", "nan")))
    pts_s = float(packet.get("pts_time", dts_s))
    return Packet(pts_s=pts_s, dts_s=dts_s, size=int(packet["size"]), key="K" in packet["flags"])


def _track(stream: dict[str, Any], packets: tuple[Packet, ...]) -> TrackFacts:
    codec, profile = stream["codec_name"], stream.get("profile", "")
    if stream["codec_type"] == "audio":
        return AudioFacts(
            codec=codec,
            profile=profile,
            packets=packets,
            sample_rate=int(stream["sample_rate"]),
            channels=stream["channels"],
        )
    return VideoFacts(
        codec=codec,
        profile=profile,
        packets=packets,
        width=stream["width"],
        height=stream["height"],
        pixel_format=stream.get("pix_fmt", ""),
        color_space=stream.get("color_space", "unknown"),
    )
