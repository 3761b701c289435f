"""The ring between two real processes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import thread_time

import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.frame_layout import FrameLayout
from powerstream_desktop.common.frame_ring import FrameRingReader, FrameRingWriter
from powerstream_desktop.common.frame_ring_folder import generations
from tests.integration.common.ring_writer_process import VALUES

log = logging.getLogger(__name__)

pytestmark = pytest.mark.e2e

SECONDS = float(os.environ.get("RING_SECONDS", "2"))
"""The bench asks for more."""


@contextmanager
def writing(folder: Path, width: int, height: int, pause_s: float) -> Iterator[subprocess.Popen[str]]:
    """Run a writer for ``SECONDS``, and end it properly."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.integration.common.ring_writer_process"),
            *(str(folder), "pair", str(width), str(height), str(pause_s)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n"
        process.stdin.write(f"{SECONDS}\n")
        process.stdin.flush()
        yield process
    finally:
        process.stdin.close()
        process.stdout.close()
        process.kill()
        process.wait()


def whole_picture(_layout: FrameLayout, pixels: memoryview) -> bytes:
    return bytes(pixels)


def test_no_picture_is_torn_at_full_speed(tmp_path: Path) -> None:
    reader = FrameRingReader(tmp_path, "pair")
    taken = 0
    with writing(tmp_path, 320, 180, 0.0) as process:
        end_s = monotonic() + SECONDS + 1
        while monotonic() < end_s and process.poll() is None:
            picture = reader.take(whole_picture)
            if picture is not None:
                taken += 1
                assert picture.value == bytes([picture.number % VALUES]) * len(picture.value)
    log.info("taken %d, torn and taken again %d", taken, reader.torn)
    assert taken > 50
    reader.close()


def test_a_picture_is_there_within_a_millisecond_or_two_of_the_readers_own_time(tmp_path: Path) -> None:
    """It counts what the reader computes from the look before the stamp on: what a busy processor takes from it is not the ring's."""
    reader = FrameRingReader(tmp_path, "pair")
    delays_s: list[float] = []
    with writing(tmp_path, 1280, 720, 1 / 30):
        end_s = monotonic() + SECONDS
        looks = [(monotonic(), thread_time())]  # that found nothing, since the last picture
        while looks[-1][0] < end_s:
            picture = reader.take(lambda _layout, _pixels: None)
            own_now_s = thread_time()
            if picture is not None:
                begun = (own_s for at_s, own_s in reversed(looks) if at_s <= picture.stamp_s)
                delays_s.append(own_now_s - next(begun, own_now_s))
                looks.clear()
            looks.append((monotonic(), own_now_s))
    delays_s.sort()
    p50_ms, p99_ms = (1000 * delays_s[int(len(delays_s) * share)] for share in (0.5, 0.99))
    log.info("%d pictures, p50 %.2f ms, p99 %.2f ms", len(delays_s), p50_ms, p99_ms)
    assert len(delays_s) > 2 * SECONDS
    assert p50_ms < 2
    reader.close()


def test_a_killed_writer_is_noticed_and_harms_nobody(tmp_path: Path) -> None:
    reader = FrameRingReader(tmp_path, "pair")
    with writing(tmp_path, 320, 180, 0.0) as process:
        while reader.take(whole_picture) is None:
            assert process.poll() is None
        process.kill()
        process.wait()
        last = reader.take(whole_picture)
        assert last is None or last.value == bytes([last.number % VALUES]) * len(last.value)
        assert reader.take(whole_picture) is None
        heartbeat_s = reader.heartbeat_s
        assert heartbeat_s is not None
        assert heartbeat_s < monotonic()
    reader.close()


def test_the_ring_of_a_killed_process_is_cleared_away_by_the_next_one_of_any_name(tmp_path: Path) -> None:
    with writing(tmp_path, 64, 36, 0.01), closing(FrameRingReader(tmp_path, "pair")) as reader:
        while reader.take(whole_picture) is None:
            pass
        with closing(FrameRingWriter(tmp_path, "other")) as while_it_lives:
            while_it_lives.slot(FrameLayout.bgr(8, 8))
            assert generations(tmp_path, "pair") == [1]
    with closing(FrameRingWriter(tmp_path, "other")) as after_it_was_killed:
        after_it_was_killed.slot(FrameLayout.bgr(8, 8))
        assert generations(tmp_path, "pair") == []
