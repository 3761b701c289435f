from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest

from powerstream_desktop.engine.mixer.arrays import Doubles, Singles
from powerstream_desktop.engine.mixer.drift_control import MARGIN_S, MAX_BEND, WINDOW, DriftControl
from powerstream_desktop.engine.mixer.drifting_input import CAPACITY_S, DriftingInput
from powerstream_desktop.engine.mixer.resampler import REACH, Resampler
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples
from tests.unit.engine.mixer.signals import SLOT, residue_db, roughness, sine_roughness

HZ = 997.0
AMPLITUDE = 0.5


class Device:
    """Writes blocks by its own clock, each up to ``jitter_s`` late, always in order."""

    def __init__(
        self, into: DriftingInput, *, rate: int, ppm: float, block: int, jitter_s: float = 0.015
    ) -> None:
        self._into = into
        self._rate = rate
        self._true_rate = rate * (1 + ppm * 1e-6)
        self._block = block
        self._jitter_s = jitter_s
        self._random = random.Random(7)
        self._late_s = 0.0
        self._next = 0
        self.is_running = True

    def run_to(self, now_s: float) -> None:
        while (self._next + self._block) / self._true_rate + self._late_s <= now_s:
            places = np.arange(self._next, self._next + self._block, dtype=np.float64)
            if self.is_running:
                self._into.write(self.sound(places))
            self._next += self._block
            self._late_s = self._random.uniform(0, self._jitter_s)

    def sound(self, places: Doubles) -> Samples:
        one = AMPLITUDE * np.sin(2 * np.pi * HZ / self._rate * places)
        return np.tile(one.astype(np.float32), (2, 1))


class TimeStamps(Device):
    """Its sound says when it was made, in units of 10,000 s."""

    def sound(self, places: Doubles) -> Samples:
        one = (places / self._true_rate / 1e4).astype(np.float32)
        return np.broadcast_to(one, (2, len(one)))


class FewPlaces(Resampler):
    """Looks only at the first and the last place of a read: an hour goes by in seconds."""

    def read(self, samples: Samples, places: Doubles) -> Samples:
        out = np.zeros((2, len(places)), np.float32)
        out[:, [0, -1]] = super().read(samples, places[[0, -1]])
        return out


def slots(seconds: float, slot: int = SLOT) -> Iterator[float]:
    """Yield the time of each slot's end."""
    for number in range(round(seconds * SAMPLE_RATE / slot)):
        yield (number + 1) * slot / SAMPLE_RATE


def listen(source: DriftingInput, device: Device, seconds: float, slot: int = SLOT) -> Samples:
    heard = []
    for now_s in slots(seconds, slot):
        device.run_to(now_s)
        heard.append(source.read(slot))
    return np.concatenate(heard, axis=1)


@pytest.mark.parametrize("ppm", [200.0, -200.0])
def test_a_drifting_clock_stays_within_forty_milliseconds_for_an_hour(ppm: float) -> None:
    source = DriftingInput(resampler=FewPlaces(SAMPLE_RATE))
    device = TimeStamps(source, rate=SAMPLE_RATE, ppm=ppm, block=2048)
    slot = SAMPLE_RATE // 10
    lag_ms = []
    for now_s in slots(3600, slot):
        device.run_to(now_s)
        last = float(source.read(slot)[0, -1]) * 1e4
        if now_s <= 20:
            begun = source.figures
        else:
            lag_ms.append((now_s - last) * 1000)
    assert source.figures.starved == begun.starved == 0
    assert source.figures.cut_ms == begun.cut_ms
    assert max(lag_ms) - min(lag_ms) < 40
    assert 0 < min(lag_ms) < max(lag_ms) < 80


@pytest.mark.parametrize(
    ("rate", "ppm", "block"), [(48_000, 0, 480), (48_000, 200, 480), (48_000, -200, 1024), (44_100, 200, 441)]
)
def test_a_sine_passes_any_clock_without_steps_or_distortion(rate: int, ppm: float, block: int) -> None:
    source = DriftingInput(rate)
    heard = listen(source, Device(source, rate=rate, ppm=ppm, block=block), 12)[:, 2 * SAMPLE_RATE :]
    assert source.figures.starved == 0
    assert roughness(heard) < 1.1 * sine_roughness(HZ, AMPLITUDE)
    pieces: list[Singles] = [heard[0, start : start + 2400] for start in range(0, 9 * SAMPLE_RATE, 48_000)]
    assert max(residue_db(piece, HZ) for piece in pieces) < -60
    assert np.median([residue_db(piece, HZ) for piece in pieces]) < -80


def test_a_device_that_stops_is_silent_at_once_and_comes_back_cleanly() -> None:
    source = DriftingInput()
    device = Device(source, rate=SAMPLE_RATE, ppm=0, block=480)
    before = listen(source, device, 3)
    gap: list[Samples] = []
    after: list[Samples] = []
    for number, now_s in enumerate(slots(8)):
        device.is_running = number >= 90
        device.run_to(3 + now_s)
        (after if device.is_running else gap).append(source.read(SLOT))
    assert before[:, SAMPLE_RATE:].any()
    assert not np.concatenate(gap[3:], axis=1).any()
    heard = np.concatenate([before, *gap, *after], axis=1)
    # The softness of the 5 ms edges is all that may be added.
    assert roughness(heard) < 1.1 * sine_roughness(HZ, AMPLITUDE) + AMPLITUDE / 20
    assert np.abs(after[-1]).max() > 0.49
    assert source.figures.starved == 1


def test_what_came_before_anybody_listened_does_not_make_the_sound_late() -> None:
    source = DriftingInput()
    device = Device(source, rate=SAMPLE_RATE, ppm=0, block=480, jitter_s=0)
    device.run_to(0.7)
    source.read(SLOT)
    assert source.figures.level_ms < 30
    for now_s in slots(2):
        device.run_to(0.7 + now_s)
        source.read(SLOT)
    assert source.figures.level_ms < 30
    assert source.figures.starved == 0


def test_what_a_device_makes_up_for_after_a_pause_does_not_make_the_sound_late() -> None:
    source = DriftingInput()
    device = Device(source, rate=SAMPLE_RATE, ppm=0, block=480, jitter_s=0)
    listen(source, device, 3)
    levels_ms = []
    for now_s in slots(3):
        # The machine has no time for the device; its samples come afterwards, all at once.
        if not 0.5 < now_s < 0.8:
            device.run_to(3 + now_s)
        heard = source.read(SLOT)
        levels_ms.append(source.figures.level_ms)
    assert max(levels_ms) < 40
    assert source.figures.starved == 1
    assert np.abs(heard).max() > 0.49


@pytest.mark.parametrize("period_s", [0.1, 0.25, 0.5, 2.0])
def test_a_device_that_always_delivers_in_bursts_is_heard_without_gaps(period_s: float) -> None:
    source = DriftingInput(resampler=FewPlaces(SAMPLE_RATE))
    device = Device(source, rate=SAMPLE_RATE, ppm=0, block=480, jitter_s=0)
    for now_s in slots(30):
        device.run_to(now_s // period_s * period_s)
        source.read(SLOT)
        if now_s <= 1 + 6 * period_s:
            begun = source.figures
    assert source.figures.starved == begun.starved
    assert source.figures.level_ms < period_s * 1000 + 100


def test_the_buffer_is_bounded_and_what_is_too_late_is_thrown_away() -> None:
    source = DriftingInput()
    device = Device(source, rate=SAMPLE_RATE, ppm=0, block=480, jitter_s=0)
    listen(source, device, 3)
    for now_s in slots(20):
        device.run_to(3 + now_s)  # nobody reads
    late = [source.read(SLOT) for _ in range(1)]
    assert source.figures.level_ms <= CAPACITY_S * 1000
    for now_s in slots(6):
        device.run_to(23 + now_s)
        late.append(source.read(SLOT))
    assert source.figures.level_ms < 80
    assert source.figures.cut_ms > 19_000
    assert np.abs(late[-1]).max() > 0.49


@pytest.mark.parametrize("block", [7, 37, 480, 4800, 8056])
def test_blocks_may_be_of_any_length(block: int) -> None:
    source = DriftingInput()
    heard = listen(source, Device(source, rate=SAMPLE_RATE, ppm=0, block=block, jitter_s=0.002), 3)
    tail = heard[:, 2 * SAMPLE_RATE :]
    assert roughness(tail) < 1.1 * sine_roughness(HZ, AMPLITUDE)
    assert np.abs(tail).max() > 0.49


def test_reads_may_be_of_any_length() -> None:
    source = DriftingInput()
    device = Device(source, rate=SAMPLE_RATE, ppm=100, block=480)
    heard, position = [], 0
    for count in [1, 0, 799, 2000, 1600, 33] * 40:
        position += count
        device.run_to(position / SAMPLE_RATE)
        heard.append(source.read(count))
        assert heard[-1].shape == (2, count)
    assert roughness(np.concatenate(heard, axis=1)[:, SAMPLE_RATE:]) < 1.1 * sine_roughness(HZ, AMPLITUDE)


def test_nothing_is_heard_before_the_first_block() -> None:
    assert not DriftingInput().read(SLOT).any()


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
def test_the_resampler_keeps_a_constant_and_a_slope(rate: int) -> None:
    samples = np.tile(np.linspace(0, 1, 400, dtype=np.float32), (2, 1))
    places = np.linspace(REACH, 400 - REACH - 1, 97)
    assert Resampler(rate).read(np.ones_like(samples), places) == pytest.approx(1, abs=1e-6)
    assert Resampler(rate).read(samples, places)[0] == pytest.approx(places / 399, abs=2e-3)


def test_the_control_reads_faster_from_a_full_buffer_and_slower_from_an_empty_one() -> None:
    for left_s, sign in ((0.05, 1), (0.0, -1)):
        control = DriftControl()
        assert control.left_over(left_s, WINDOW) == 0
        assert 0 < sign * control.bend <= MAX_BEND


def test_the_control_cuts_what_would_take_too_long_to_catch_up() -> None:
    control = DriftControl()
    assert control.left_over(0.5, WINDOW) == pytest.approx(0.465)


def test_the_control_keeps_more_for_a_device_that_is_often_late_but_not_for_ever_more() -> None:
    control = DriftControl()
    for _ in range(20):
        control.starved()
    assert control.margin_s == pytest.approx(0.06)


def test_the_control_forgets_in_five_calm_minutes_that_a_device_was_late() -> None:
    control = DriftControl()
    for _ in range(20):
        control.starved()
    for _ in range(5 * 60 * SAMPLE_RATE // WINDOW):
        control.left_over(control.margin_s, WINDOW)
    assert control.margin_s == pytest.approx(0.04, abs=0.002)
    for _ in range(20 * 60 * SAMPLE_RATE // WINDOW):
        control.left_over(control.margin_s, WINDOW)
    assert control.margin_s == MARGIN_S
