"""Recordings that something happened to: cut anywhere, with flipped bits, with pages that never reached the disk."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.raw_file import OSFile
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.recording.writer import RecordingWriter
from tests.integration.recording.clips import X264_B_FRAMES, flv_clip, packets_of
from tests.unit.recording.fakes import FakeClock

PAGE: Final = 4096
SECONDS: Final = 4


@dataclass(frozen=True)
class Damage:
    """A damaged recording: what happened to it, and its bytes."""

    story: str
    content: bytes


@cache
def cut_off(*, noise: int = 40, options: tuple[tuple[str, str], ...] = ()) -> bytes:
    """Return what a process leaves that is killed in the middle of a recording of four seconds."""
    with tempfile.TemporaryDirectory() as folder:
        writer = RecordingWriter(
            RecordingOptions(folder=Path(folder)), lambda: "show", clock=FakeClock(), open_raw=OSFile
        )
        writer.write(packets_of(_clip(noise, options)))
        content = Path(folder, "show.recording.mp4").read_bytes()
        writer.finish()
    return content


@cache
def finished(*, noise: int = 40, options: tuple[tuple[str, str], ...] = ()) -> bytes:
    """Return a recording of four seconds that ended properly."""
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(RecordingOptions(folder=Path(folder)), name="show")
        recorder.start()
        recorder.offer(packets_of(_clip(noise, options)))
        path = recorder.close().path
        assert path is not None
        return path.read_bytes()


def damaged(seed: int) -> Damage:
    """Return a recording with the damage that ``seed`` chooses."""
    rng = random.Random(seed)
    options = X264_B_FRAMES if rng.random() < 0.3 else ()
    whole = rng.choice([cut_off, finished])(noise=rng.choice([0, 8, 40]), options=options)
    content = bytearray(whole)
    story = []
    for _ in range(rng.choice([1, 1, 2])):
        kind = rng.choice(["truncated", "flipped", "zeroed", "beginning"])
        if kind == "truncated":
            del content[rng.randrange(1, len(content)) :]
        elif kind == "flipped":
            for _ in range(rng.choice([1, 10, 200])):
                content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        elif kind == "zeroed":
            for _ in range(rng.choice([1, 3])):
                at = rng.randrange(0, len(content), PAGE)
                content[at : at + PAGE] = bytes(len(content[at : at + PAGE]))
        else:
            at = rng.randrange(min(len(content), 2_000))
            content[at] ^= 1 << rng.randrange(8)
        story.append(kind)
    return Damage(f"{seed}: {', '.join(story)}", bytes(content))


def _clip(noise: int, options: tuple[tuple[str, str], ...]) -> bytes:
    return flv_clip(seconds=SECONDS, noise=noise, options=options or (("preset", "ultrafast"),))
