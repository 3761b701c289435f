from __future__ import annotations

import numpy as np
import pytest

from powerstream_desktop.engine.mixer.arrays import Singles
from powerstream_desktop.engine.mixer.program_limiter import CEILING_DBFS, LATENCY, ProgramLimiter
from powerstream_desktop.engine.mixer.true_peak import REACH, true_peaks
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples
from tests.unit.engine.mixer.signals import SLOT, cut, noise, roughness, sine, sine_roughness

CEILING = 10 ** (CEILING_DBFS / 20)


def run(samples: Samples, sizes: tuple[int, ...] = (SLOT,)) -> Samples:
    limiter, out, position = ProgramLimiter(), [], 0
    for size in cut(samples.shape[1], sizes):
        out.append(limiter.process(samples[:, position : position + size]))
        position += size
    return np.concatenate(out, axis=1)


def finest_peak(one: Singles) -> float:
    """Return the peak of a sound made 32 times as fine by its spectrum, away from the edges."""
    spectrum = np.fft.rfft(one.astype(np.float64))
    fine = np.fft.irfft(spectrum, n=32 * len(one)) * 32
    return float(np.abs(fine[32 * 2000 : -32 * 2000]).max())


def music(gain: float) -> Samples:
    """Return something with edges, bursts and pauses, and nothing above 18 kHz."""
    burst = np.where(np.arange(2 * SAMPLE_RATE) % 9600 < 2400, 1.0, 0.1)
    raw = noise(2.0, amplitude=0.4) * burst
    spectrum = np.fft.rfft(raw, axis=1)
    spectrum[:, 18_000 * 2 :] = 0
    return (gain * np.fft.irfft(spectrum, axis=1)).astype(np.float32)


def test_what_stays_below_the_ceiling_passes_bit_by_bit() -> None:
    sound = sine(1.0, amplitude=0.85)
    assert np.array_equal(run(sound)[:, LATENCY:], sound[:, :-LATENCY])


@pytest.mark.parametrize("gain", [1.0, 4.0, 30.0])
def test_no_true_peak_passes_the_ceiling(gain: float) -> None:
    out = run(music(gain))
    assert max(finest_peak(side) for side in out) <= CEILING


def test_a_peak_between_the_samples_is_seen() -> None:
    # At a quarter of the rate, 45 degrees off: each sample is 3 dB below the sine's top.
    top = 1.1
    one = (top * np.sin(np.pi / 2 * np.arange(4800) + np.pi / 4)).astype(np.float32)
    sound = np.tile(one, (2, 1))
    assert np.abs(sound).max() < CEILING
    assert true_peaks(sound).max() == pytest.approx(top, rel=0.01)
    assert finest_peak(run(sound)[0]) <= CEILING


def test_peaks_are_found_for_all_samples_but_those_at_the_ends() -> None:
    assert true_peaks(sine(0.1)).shape == (4800 - 2 * REACH,)


def test_it_works_the_same_however_the_sound_is_cut() -> None:
    sound = music(3.0)
    assert run(sound, (1, 37, 800, 1600, 5000)) == pytest.approx(run(sound), abs=1e-6)


def test_a_read_of_nothing_is_nothing() -> None:
    assert ProgramLimiter().process(sine(0.0)).shape == (2, 0)


def test_it_closes_and_opens_without_a_click() -> None:
    swell = sine(3.0) * np.float32(2.0)
    swell[:, :SAMPLE_RATE] *= np.float32(0.25)
    swell[:, 2 * SAMPLE_RATE :] *= np.float32(0.25)
    jump = roughness(swell)
    assert roughness(run(swell)) < max(jump, sine_roughness(997, 1.0))


def test_it_opens_again_after_a_peak() -> None:
    sound = sine(2.0, amplitude=0.1)
    sound[:, 4800] = 2.0
    limiter = ProgramLimiter()
    limiter.process(sound[:, :9600])
    assert limiter.reduction_db > 1
    limiter.process(sound[:, 9600:])
    assert limiter.reduction_db == 0
