"""Recording processes that are killed, at any instant, or starved: what they wrote plays (reliability_security.md 1.6, 1.7)."""

from __future__ import annotations

import logging
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from powerstream_desktop.rtmp.packet import MediaKind
from tests.integration.recording.clips import X264_B_FRAMES, flv_clip, play
from tests.integration.recording.feeder import NOTHING_YET, PROGRESS

logger = logging.getLogger(__name__)

pytestmark = pytest.mark.e2e

PROJECT = Path(__file__).parents[2]
FEEDER = (sys.executable, "-m", "tests.integration.recording.feeder")
PROMISED_LOSS_MS = 1_000
PLAYABLE_FROM_MS = 1_000
START_TIMEOUT_S = 30.0
POLL_S = 0.005
AT_ONCE = 10
"""In real time they mostly wait."""

CLIPS = {
    "Mb/s": flv_clip(seconds=8),
    "still": flv_clip(seconds=8, noise=0),
    "B-frames": flv_clip(seconds=8, options=X264_B_FRAMES, noise=8),
    "long GOP": flv_clip(seconds=8, gop_s=8, noise=8),
}
"""5 Mb/s, 20 kb/s, pictures out of order, and one key frame in eight seconds."""

FRAGMENT_BYTES = 400_000
"""Of the clip with Mb/s."""
SEEDS = range(20)


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
    folder.mkdir()
    (folder / "clip.flv").write_bytes(clip)
    progress = folder / "progress"
    progress.write_bytes(NOTHING_YET)
    command = [*FEEDER, str(folder / "videos"), str(folder / "clip.flv"), str(progress), *options]
    return subprocess.Popen(command, cwd=PROJECT, text=True, stdout=subprocess.PIPE), progress


def wait_until_offered(process: subprocess.Popen[str], progress: Path, at_ms: int) -> None:
    deadline_s = time.monotonic() + START_TIMEOUT_S
    while PROGRESS.unpack(progress.read_bytes())[0] < at_ms:
        assert process.poll() is None, "the recording process ended by itself"
        assert time.monotonic() < deadline_s, "the recording process is stuck"
        time.sleep(POLL_S)


def killed_recording(seed: int, folder: Path) -> Kill:
    """Record in real time, and kill the process at an instant that ``seed`` chooses, between 0.9 and 5 s into the file."""
    rng = random.Random(seed)
    name = list(CLIPS)[seed % len(CLIPS)]
    process, progress = start(folder / str(seed), CLIPS[name])
    with process:
        try:
            wait_until_offered(process, progress, rng.randrange(900, 4_500))
            time.sleep(rng.uniform(0, 0.5))
        finally:
            process.kill()
    video_ms, audio_ms = PROGRESS.unpack(progress.read_bytes())
    path = folder / str(seed) / "videos" / "show.recording.mp4"
    return Kill(name, {MediaKind.VIDEO: video_ms, MediaKind.AUDIO: audio_ms}, path)


@pytest.fixture(scope="module")
def kills(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Kill]]:
    folder = tmp_path_factory.mktemp("kills")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield list(pool.map(lambda seed: killed_recording(seed, folder), SEEDS))


def test_twenty_kills_at_random_instants_lose_a_second_of_sound_and_picture_at_most(
    kills: list[Kill],
) -> None:
    losses_ms: list[float] = []
    for kill in kills:
        assert min(kill.offered_ms.values()) >= PLAYABLE_FROM_MS - 150
        played = play(kill.path)
        for kind, offered_ms in kill.offered_ms.items():
            losses_ms.append(offered_ms - max(played[kind].pts_ms))
    mean_ms, most_ms = sum(losses_ms) / len(losses_ms), max(losses_ms)
    logger.info("%d kills cost %.0f ms on average, %.0f ms at most", len(kills), mean_ms, most_ms)
    assert max(losses_ms) <= PROMISED_LOSS_MS


def test_a_killed_recording_decodes_without_an_error(kills: list[Kill]) -> None:
    import av

    for kill in kills[: len(CLIPS)]:
        with av.open(str(kill.path)) as container:
            pictures = sum(1 for _ in container.decode(video=0))
        with av.open(str(kill.path)) as container:
            sounds = sum(1 for _ in container.decode(audio=0))
        assert pictures > 15
        assert sounds > 20


@pytest.mark.parametrize("pause_ms", [0, 4, 8, 16, 32])
def test_a_kill_while_closing_leaves_a_file_that_plays(tmp_path: Path, pause_ms: int) -> None:
    process, progress = start(tmp_path / "closing", CLIPS["Mb/s"], "--fast")
    with process:
        try:
            deadline_s = time.monotonic() + START_TIMEOUT_S
            while progress.read_bytes() != b"closing" and time.monotonic() < deadline_s:
                time.sleep(0.001)
            time.sleep(pause_ms / 1000)
        finally:
            process.kill()
    for path in (tmp_path / "closing" / "videos").iterdir():
        if path.name == "show.mp4":
            assert play(path)[MediaKind.VIDEO].pts_ms[-1] > 7_900
        elif path.stat().st_size > 2 * FRAGMENT_BYTES:
            assert play(path)[MediaKind.VIDEO].pts_ms


def test_a_limit_on_the_size_of_files_fails_the_recording_and_keeps_what_it_has(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows knows no such limit")
    process, _ = start(tmp_path / "limited", CLIPS["Mb/s"], "--fast", "--file-limit", "2000000")
    output, _ = process.communicate(timeout=START_TIMEOUT_S)
    state, cause = output.splitlines()
    assert state == "failed"
    assert "largest file" in cause
    path = tmp_path / "limited" / "videos" / "show.recording.mp4"
    assert 2_000 < play(path)[MediaKind.VIDEO].pts_ms[-1] < 3_500
