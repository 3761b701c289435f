"""Recording processes that are killed, at any instant, or starved: what they wrote plays (reliability_security.md 1.6, 1.7)."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from powerstream_desktop.rtmp.packet import MediaKind
from tests.e2e.support.recording_kills import (
    AT_ONCE,
    CLIPS,
    PROMISED_LOSS_MS,
    START_TIMEOUT_S,
    Kill,
    clip,
    killed_recording,
    killed_while_closing,
    start,
)
from tests.integration.recording.clips import play

logger = logging.getLogger(__name__)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

PLAYABLE_FROM_MS = 1_000
FRAGMENT_BYTES = 400_000
"""Of the clip with Mbit/s."""
SEEDS = range(40)


@pytest.fixture(scope="module")
def kills(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Kill]]:
    folder = tmp_path_factory.mktemp("kills")
    for name in CLIPS:
        clip(name)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield list(pool.map(lambda seed: killed_recording(seed, folder), SEEDS))


def test_forty_kills_at_random_instants_lose_a_second_of_sound_and_picture_at_most(
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
    for path in killed_while_closing(tmp_path / "closing", "Mbit/s", pause_ms / 1000):
        if path.name == "show.mp4":
            assert play(path)[MediaKind.VIDEO].pts_ms[-1] > 7_900
        elif path.stat().st_size > 2 * FRAGMENT_BYTES:
            assert play(path)[MediaKind.VIDEO].pts_ms


def test_a_limit_on_the_size_of_files_fails_the_recording_and_keeps_what_it_has(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows knows no such limit")
    process, _ = start(tmp_path / "limited", clip("Mbit/s"), "--fast", "--file-limit", "2000000")
    output, _ = process.communicate(timeout=START_TIMEOUT_S)
    state, cause = output.splitlines()
    assert state == "failed"
    assert "largest file" in cause
    path = tmp_path / "limited" / "videos" / "show.recording.mp4"
    assert 2_000 < play(path)[MediaKind.VIDEO].pts_ms[-1] < 3_500
