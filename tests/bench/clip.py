"""The one clip every peer gets: 1080p30 H.264 at a constant 6 Mb/s with AAC, encoded once and kept."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

DURATION_S = 30
FPS = 30
GOP_S = 2
VIDEO_KBPS = 5840
AUDIO_KBPS = 160


def cached_clip() -> Path:
    """Return the clip's path, encoding it first if this machine has not got it yet (about 10 s)."""
    folder = Path(tempfile.gettempdir()) / "powerstream-bench"
    folder.mkdir(mode=0o700, exist_ok=True)
    clip = folder / f"1080p{FPS}-{VIDEO_KBPS + AUDIO_KBPS}k-{DURATION_S}s-v1.flv"
    if not clip.exists():
        partial = clip.with_suffix(".partial.flv")
        subprocess.run(_encode_command(partial), check=True, stdin=subprocess.DEVNULL)
        partial.rename(clip)
    return clip


def publish_command(clip: Path, url: str) -> list[str]:
    """Return the command with which an encoder of the outside world publishes the clip in real time."""
    return [
        "ffmpeg",
        "-hide_banner",
        "-nostdin",
        "-v",
        "error",
        "-re",
        "-i",
        str(clip),
        "-c",
        "copy",
        "-f",
        "flv",
        url,
    ]


def _encode_command(target: Path) -> list[str]:
    # Moving noise keeps the encoder busy at exactly the target rate, as a game or a crowd would.
    picture = f"testsrc2=s=1920x1080:r={FPS},noise=alls=12:allf=t"
    rate = f"{VIDEO_KBPS}k"
    gop = str(FPS * GOP_S)
    return [
        *("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-y"),
        *("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=440:r=48000"),
        *("-t", str(DURATION_S), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
        *("-b:v", rate, "-minrate", rate, "-maxrate", rate, "-bufsize", rate),
        *("-g", gop, "-keyint_min", gop, "-sc_threshold", "0"),
        *("-c:a", "aac", "-b:a", f"{AUDIO_KBPS}k", "-ac", "2", "-f", "flv", str(target)),
    ]
