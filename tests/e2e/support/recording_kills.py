"""Recording processes that are killed, at any instant or while they close, and what they leave behind."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.rtmp.packet import MediaKind
from tests.integration.recording.clips import X264_B_FRAMES, flv_clip
from tests.integration.recording.feeder import NOTHING_YET, PROGRESS

PROJECT = Path(__file__).parents[3]
FEEDER = (sys.executable, "-m", "tests.integration.recording.feeder")
PROMISED_LOSS_MS = 1_000
START_TIMEOUT_S = 60.0
POLL_S = 0.005
AT_ONCE = 10
"""In real time they mostly wait."""
CLIPS = ("Mbit/s", "still", "B-frames", "long GOP")
"""5 Mbit/s, 20 kbit/s, pictures out of order, and one key frame in eight seconds."""


def clip(name: str) -> bytes:
    """Return one of the clips; each is encoded once."""
    if name == "B-frames":
        return flv_clip(seconds=8, options=X264_B_FRAMES, noise=8)
    if name == "long GOP":
        return flv_clip(seconds=8, gop_s=8, noise=8)
    return flv_clip(seconds=8, noise=0) if name == "still" else flv_clip(seconds=8)


@dataclass(frozen=True)
class Kill:
    """A killed recording.

    Attributes:
        name: the clip it recorded.
        offered_ms: for each track, presentation time up to which packets had been offered when it died, the packet that was
            just being offered included.
        path: the file it left.
    """

    name: str
    offered_ms: dict[MediaKind, int]
    path: Path


def start(folder: Path, clip: bytes, *options: str) -> tuple[subprocess.Popen[str], Path]:
    """Start a process that records; return it and the file that says how far it has got."""
    folder.mkdir()
    (folder / "clip.flv").write_bytes(clip)
    progress = folder / "progress"
    progress.write_bytes(NOTHING_YET)
    command = [*FEEDER, str(folder / "videos"), str(folder / "clip.flv"), str(progress), *options]
    return subprocess.Popen(command, cwd=PROJECT, text=True, stdout=subprocess.PIPE), progress


def killed_recording(seed: int, folder: Path, *, earliest_ms: int = 900) -> Kill:
    """Record in real time, and kill the process at an instant that ``seed`` chooses.

    Args:
        seed: chooses the clip as well.
        folder: an existing one; the recording lies below it.
        earliest_ms: how much must have been offered; 4.5 s are the most.
    """
    rng = random.Random(seed)
    name = CLIPS[seed % len(CLIPS)]
    process, progress = start(folder / str(seed), clip(name))
    with process:
        try:
            _wait_until_offered(process, progress, rng.randrange(earliest_ms, 4_500))
            time.sleep(rng.uniform(0, 0.5))
        finally:
            process.kill()
    video_ms, audio_ms = PROGRESS.unpack(progress.read_bytes())
    path = folder / str(seed) / "videos" / "show.recording.mp4"
    return Kill(name, {MediaKind.VIDEO: video_ms, MediaKind.AUDIO: audio_ms}, path)


def killed_while_closing(folder: Path, name: str, pause_s: float) -> list[Path]:
    """Record without a pace, and kill the process so long after it began to close; return the files it left."""
    process, progress = start(folder, clip(name), "--fast")
    with process:
        try:
            deadline_s = time.monotonic() + START_TIMEOUT_S
            while progress.read_bytes() != b"closing" and time.monotonic() < deadline_s:
                time.sleep(0.001)
            time.sleep(pause_s)
        finally:
            process.kill()
    return sorted(each for each in (folder / "videos").iterdir() if not each.name.startswith("."))


def _wait_until_offered(process: subprocess.Popen[str], progress: Path, at_ms: int) -> None:
    deadline_s = time.monotonic() + START_TIMEOUT_S
    while PROGRESS.unpack(progress.read_bytes())[0] < at_ms:
        assert process.poll() is None, "the recording process ended by itself"
        assert time.monotonic() < deadline_s, "the recording process is stuck"
        time.sleep(POLL_S)
