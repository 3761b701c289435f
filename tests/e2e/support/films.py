"""Short films for foreign encoders to publish: pictures out of order, key frames larger than our chunks, sound that starts late."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import av

FPS = 30


@dataclass(frozen=True, slots=True)
class Codecs:
    """What ffmpeg is to encode with."""

    name: str
    video: tuple[str, ...]
    audio: str


H264 = Codecs("H.264", ("libx264", "-preset", "veryfast", "-bf", "2", "-sc_threshold", "0"), "aac")
HEVC = Codecs(
    "HEVC", ("libx265", "-preset", "ultrafast", "-x265-params", "bframes=2:scenecut=0:log-level=none"), "aac"
)
AV1 = Codecs("AV1", ("libsvtav1", "-preset", "12"), "libopus")


class Films:
    """Films in a folder, each made when it is first asked for.

    Args:
        folder: existing folder for them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def film(self, codecs: Codecs, *, seconds: float = 2.0, gop_s: float = 1.0) -> Path:
        """Return a film of 640x360 at 30 fps as FLV, Enhanced FLV where the codecs need it."""
        target = self._folder / f"{codecs.name}-{seconds:g}-{gop_s:g}.flv"
        if not target.exists():
            _make_film(target, codecs, seconds, gop_s)
        return target


def _make_film(target: Path, codecs: Codecs, seconds: float, gop_s: float) -> None:
    encoded = target.with_suffix(".mp4")
    picture = f"testsrc2=s=640x360:r={FPS}:d={seconds},noise=alls=20:allf=t"
    command = ["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", picture]
    command += ["-itsoffset", "0.1", "-f", "lavfi", "-i", f"sine=r=48000:d={seconds}"]
    command += ["-c:v", *codecs.video, "-g", str(round(gop_s * FPS)), "-b:v", "4M", "-pix_fmt", "yuv420p"]
    command += ["-c:a", codecs.audio, "-ac", "2", "-t", str(seconds), str(encoded)]
    subprocess.run(command, check=True, capture_output=True)
    with av.open(str(encoded)) as source, av.open(str(target), "w", format="flv") as film:
        streams = {
            stream.index: film.add_stream_from_template(stream, opaque=True) for stream in source.streams
        }
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                film.mux(packet)
