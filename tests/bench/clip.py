"""The clips that every peer gets, encoded once and kept: what a broadcast usually is, and the most that a platform takes."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

GOP_S = 2
AUDIO_KBPS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """H.264 at a constant rate with AAC.

    Attributes:
        name: as it stands in the table.
        total_kbps: video and audio together.
        duration_s: a whole number of groups of pictures; it is played in a circle.
    """

    name: str
    width: int
    height: int
    fps: int
    total_kbps: int
    duration_s: int

    @property
    def frame_ms(self) -> float:
        """Distance of two frames."""
        return 1000 / self.fps

    def cached(self) -> Path:
        """Return the file, encoding it first if this machine has not got it yet (10 to 60 s)."""
        folder = Path(tempfile.gettempdir()) / "powerstream-bench"
        folder.mkdir(mode=0o700, exist_ok=True)
        file = folder / f"{self.name}-{self.total_kbps}k-{self.duration_s}s-v2.flv"
        if not file.exists():
            partial = file.with_suffix(".partial.flv")
            subprocess.run(self._encode_command(partial), check=True, stdin=subprocess.DEVNULL)
            partial.rename(file)
        return file

    def publish_command(self, url: str) -> list[str]:
        """Return the command with which an encoder of the outside world publishes the clip in real time."""
        return [
            *("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-re", "-stream_loop", "-1"),
            *("-i", str(self.cached()), "-c", "copy", "-f", "flv", url),
        ]

    def _encode_command(self, target: Path) -> list[str]:
        # Moving noise keeps the encoder busy at exactly the target rate, as a game or a crowd would.
        picture = f"testsrc2=s={self.width}x{self.height}:r={self.fps},noise=alls=12:allf=t"
        rate = f"{self.total_kbps - AUDIO_KBPS}k"
        gop = str(self.fps * GOP_S)
        return [
            *("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-y"),
            *("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=440:r=48000"),
            *("-t", str(self.duration_s), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
            *("-b:v", rate, "-minrate", rate, "-maxrate", rate, "-bufsize", rate),
            *("-g", gop, "-keyint_min", gop, "-sc_threshold", "0"),
            *("-c:a", "aac", "-b:a", f"{AUDIO_KBPS}k", "-ac", "2", "-f", "flv", str(target)),
        ]


HD = Clip(name="1080p30", width=1920, height=1080, fps=30, total_kbps=6_000, duration_s=30)
UHD = Clip(name="2160p60", width=3840, height=2160, fps=60, total_kbps=51_000, duration_s=8)
CLIPS = {clip.name: clip for clip in (HD, UHD)}
