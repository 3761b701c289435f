from __future__ import annotations

from fractions import Fraction

import av
import av.filter
import numpy as np
import pytest

from powerstream_desktop.engine.mixer.levels import SILENCE_DBFS, dbfs, factor
from powerstream_desktop.engine.mixer.loudness import SILENCE_LUFS, KWeighting, Loudness
from powerstream_desktop.engine.mixer.meter import FALL_DB_PER_S, SILENT, Meter
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples
from tests.unit.engine.mixer.signals import SLOT, cut, noise, sine


def feed(meter: Meter | Loudness, samples: Samples, sizes: tuple[int, ...] = (SLOT,)) -> None:
    position = 0
    for size in cut(samples.shape[1], sizes):
        meter.add(samples[:, position : position + size])
        position += size


def ebur128(samples: Samples) -> tuple[float, float]:
    """Return momentary and short-term loudness at the end, as libavfilter finds them."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=SAMPLE_RATE, format="flt", layout="stereo")
    judge = graph.add("ebur128", "metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(judge)
    judge.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(
        np.ascontiguousarray(samples.T).reshape(1, -1), format="flt", layout="stereo"
    )
    frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, 0, Fraction(1, SAMPLE_RATE)
    source.push(frame)
    source.push(None)
    found: dict[str, str] = {}
    while True:
        try:
            out = sink.pull()
        except (BlockingIOError, EOFError):
            break
        assert isinstance(out, av.AudioFrame)
        found.update(out.metadata)
    return float(found["lavfi.r128.M"]), float(found["lavfi.r128.S"])


def swelling() -> Samples:
    return noise(4.0) * np.linspace(0.05, 1.0, 4 * SAMPLE_RATE, dtype=np.float32)


SOUNDS = {
    "sine": sine(4.0),
    "bass": sine(4.0, hz=40),
    "treble": sine(4.0, hz=12_000, amplitude=0.1),
    "noise": noise(4.0),
    "swell": swelling(),
    "left": np.stack([sine(4.0)[0], np.zeros(4 * SAMPLE_RATE, np.float32)]),
}


@pytest.mark.parametrize("sound", SOUNDS.values(), ids=SOUNDS.keys())
def test_loudness_is_that_of_ebur128_within_a_tenth(sound: Samples) -> None:
    loudness = Loudness()
    feed(loudness, sound)
    momentary, short_term = ebur128(sound)
    assert loudness.momentary_lufs == pytest.approx(momentary, abs=0.1)
    assert loudness.short_term_lufs == pytest.approx(short_term, abs=0.1)


def test_a_full_scale_sine_of_one_kilohertz_on_one_side_measures_what_the_standard_says() -> None:
    loudness = Loudness()
    one_side = np.stack([sine(4.0, amplitude=1.0)[0], np.zeros(4 * SAMPLE_RATE, np.float32)])
    feed(loudness, one_side)
    assert loudness.short_term_lufs == pytest.approx(-3.01, abs=0.02)


def test_the_weighting_is_the_same_however_the_sound_is_cut() -> None:
    sound, whole, pieces = noise(0.5), KWeighting(), KWeighting()
    out, position = [], 0
    for size in cut(sound.shape[1], (1, 79, 80, 81, 1600)):
        out.append(pieces.apply(sound[:, position : position + size]))
        position += size
    assert np.concatenate(out, axis=1) == pytest.approx(whole.apply(sound), abs=1e-9)


def test_silence_has_the_loudness_of_the_gate() -> None:
    loudness = Loudness()
    feed(loudness, np.zeros((2, SAMPLE_RATE), np.float32))
    assert loudness.momentary_lufs == loudness.short_term_lufs == SILENCE_LUFS


def test_levels_are_exact_on_each_side() -> None:
    meter = Meter()
    sound = sine(1.0, hz=1000) * np.array([[1.0], [0.1]], np.float32)
    feed(meter, sound, (1, 479, 1600, 33))
    reading = meter.read()
    assert reading.peak_dbfs == pytest.approx((-6.02, -26.02), abs=0.01)
    assert reading.held_dbfs == pytest.approx((-6.02, -26.02), abs=0.01)
    assert reading.rms_dbfs == pytest.approx((-9.03, -29.03), abs=0.01)


def test_a_negative_peak_counts_as_much_as_a_positive_one() -> None:
    meter = Meter()
    meter.add(np.full((2, 100), -1, np.float32))
    assert meter.read().peak_dbfs == (0.0, 0.0)


def test_a_peak_is_held_for_one_and_a_half_seconds_and_then_falls() -> None:
    meter = Meter()
    meter.add(np.full((2, SLOT), 1, np.float32))
    quiet = np.zeros((2, SLOT), np.float32)
    for _ in range(45):
        meter.add(quiet)
    assert meter.read().held_dbfs == (0.0, 0.0)
    assert meter.read().peak_dbfs[0] == pytest.approx(-1.5 * FALL_DB_PER_S)
    for _ in range(30):
        meter.add(quiet)
    assert meter.read().held_dbfs[0] == pytest.approx(-FALL_DB_PER_S)
    for _ in range(300):
        meter.add(quiet)
    assert meter.read() == SILENT


def test_the_mean_level_knows_nothing_older_than_three_hundred_milliseconds() -> None:
    meter = Meter()
    meter.add(np.ones((2, SAMPLE_RATE), np.float32))
    meter.add(np.zeros((2, SAMPLE_RATE * 3 // 10), np.float32))
    assert meter.read().rms_dbfs == (SILENCE_DBFS, SILENCE_DBFS)


def test_a_meter_that_is_given_nothing_stands_still() -> None:
    meter = Meter()
    meter.add(sine(0.5))
    before = meter.read()
    meter.add(sine(0.0))
    assert meter.read() == before


@pytest.mark.parametrize("db", [-120.0, -60.0, 0.0, 12.0])
def test_decibels_and_factors_are_each_other_s_inverse(db: float) -> None:
    assert dbfs(factor(db)) == pytest.approx(db)
    assert dbfs(0.0) == SILENCE_DBFS
