from __future__ import annotations

import numpy as np

from powerstream_desktop.engine.monitor.monitor_queue import IDLE_SAMPLES, MOST_SAMPLES, MonitorQueue
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples, silence

SLOT = SAMPLE_RATE // 30


def loud(level: float) -> Samples:
    return np.full((2, SLOT), level, np.float32)


def level_of(block: Samples | None) -> float | None:
    return None if block is None else float(block[0, 0])


def test_blocks_come_out_in_their_order() -> None:
    waiting = MonitorQueue()
    waiting.put(loud(0.25))
    waiting.put(loud(0.5))
    assert [level_of(waiting.take(0)) for _ in range(3)] == [0.25, 0.5, None]


def test_what_nobody_takes_is_dropped_from_its_oldest_end() -> None:
    waiting = MonitorQueue()
    for number in range(1, 31):
        waiting.put(loud(number / 32))
    assert waiting.dropped == 30 * SLOT - MOST_SAMPLES
    assert level_of(waiting.take(0)) == 16 / 32


def test_a_pause_in_the_sound_is_passed_on_and_lasting_silence_is_not() -> None:
    waiting = MonitorQueue()
    waiting.put(loud(0.5))
    assert waiting.take(0) is not None
    passed = 0
    for _ in range(2 * IDLE_SAMPLES // SLOT):
        waiting.put(silence(SLOT))
        passed += waiting.take(0) is not None
    assert passed == IDLE_SAMPLES // SLOT
    waiting.put(loud(0.25))
    assert level_of(waiting.take(0)) == 0.25


def test_a_monitor_that_was_never_used_gets_nothing() -> None:
    waiting = MonitorQueue()
    for _ in range(100):
        waiting.put(silence(SLOT))
    assert waiting.take(0) is None


def test_what_came_during_a_pause_is_forgotten() -> None:
    waiting = MonitorQueue()
    waiting.put(loud(0.5))
    waiting.pause(0)
    assert waiting.take(0) is None


def test_closing_wakes_whoever_waits() -> None:
    waiting = MonitorQueue()
    waiting.put(loud(0.5))
    waiting.close()
    assert waiting.is_closed
    assert waiting.take(None) is None
    waiting.pause(60)
