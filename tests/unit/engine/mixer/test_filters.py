from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.engine.mixer.filter_chain import FilterChain
from powerstream_desktop.engine.mixer.filter_graph import FilterGraph, build_graph
from powerstream_desktop.engine.mixer.filter_settings import (
    CompressorSettings,
    FilterSettings,
    GateSettings,
    LimiterSettings,
    NoiseSuppressionSettings,
)
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples
from tests.unit.engine.mixer.signals import SLOT, cut, noise, rms_db, sine

ALL: tuple[FilterSettings, ...] = (
    NoiseSuppressionSettings(),
    GateSettings(),
    CompressorSettings(),
    LimiterSettings(),
)
EXTREMES: tuple[FilterSettings, ...] = (
    NoiseSuppressionSettings(reduction_db=3, floor_dbfs=-80),
    NoiseSuppressionSettings(reduction_db=40, floor_dbfs=-20),
    GateSettings(threshold_dbfs=-80, reduction_db=3, attack_ms=0.1, release_ms=10),
    GateSettings(threshold_dbfs=0, reduction_db=90, attack_ms=500, release_ms=5000),
    CompressorSettings(threshold_dbfs=-60, ratio=1, attack_ms=0.1, release_ms=10, makeup_db=0),
    CompressorSettings(threshold_dbfs=0, ratio=20, attack_ms=500, release_ms=5000, makeup_db=24),
    LimiterSettings(limit_dbfs=-24, release_ms=10),
    LimiterSettings(limit_dbfs=0, release_ms=5000),
)


def run(chain: FilterChain, samples: Samples, sizes: Sequence[int] = (SLOT,)) -> Samples:
    out, position = [], 0
    for size in cut(samples.shape[1], sizes):
        out.append(chain.process(samples[:, position : position + size]))
        assert out[-1].shape == (2, size)
        position += size
    return np.concatenate(out, axis=1)


@pytest.mark.parametrize("settings", EXTREMES, ids=repr)
def test_libavfilter_takes_every_value_that_the_settings_allow(settings: FilterSettings) -> None:
    chain = FilterChain([settings])
    out = run(chain, noise(0.5))
    assert chain.faults == ()
    assert np.isfinite(out).all()


@pytest.mark.parametrize("filters", [*([one] for one in ALL), ALL], ids=lambda filters: filters[-1].type)
def test_as_many_samples_come_out_as_go_in_and_always_equally_late(filters: Sequence[FilterSettings]) -> None:
    samples = noise(2.0)
    chain = FilterChain(filters)
    out = run(chain, samples, sizes=(1, 1600, 800, 37, 4800))
    begin = SAMPLE_RATE
    length = SAMPLE_RATE // 2
    wanted = samples[0, begin - chain.latency : begin - chain.latency + length]
    around = [float(np.dot(out[0, begin + lag : begin + lag + length], wanted)) for lag in range(-300, 301)]
    assert int(np.argmax(around)) - 300 == 0


def test_noise_suppression_takes_the_noise_and_leaves_the_voice() -> None:
    settings = NoiseSuppressionSettings(reduction_db=20, floor_dbfs=-40)
    hiss = run(FilterChain([settings]), noise(3.0, amplitude=0.003))
    assert rms_db(hiss[:, -SAMPLE_RATE:]) < rms_db(noise(1.0, amplitude=0.003)) - 10
    voice = run(FilterChain([settings]), sine(3.0))
    assert rms_db(voice[:, -SAMPLE_RATE:]) == pytest.approx(rms_db(sine(1.0)), abs=0.5)


def test_a_gate_opens_for_what_is_loud_and_closes_by_what_was_asked() -> None:
    gate = GateSettings(threshold_dbfs=-30, reduction_db=40, release_ms=50)
    loud, soft = sine(2.0, amplitude=0.3), sine(2.0, amplitude=0.003)
    assert rms_db(run(FilterChain([gate]), loud)[:, -SLOT:]) == pytest.approx(rms_db(loud), abs=0.1)
    assert rms_db(run(FilterChain([gate]), soft)[:, -SLOT:]) == pytest.approx(rms_db(soft) - 40, abs=0.5)


def test_a_compressor_makes_what_is_above_the_threshold_softer_by_its_ratio() -> None:
    compressor = CompressorSettings(threshold_dbfs=-30, ratio=4, makeup_db=6)

    def level_of(amplitude: float) -> float:
        return rms_db(run(FilterChain([compressor]), sine(2.0, amplitude=amplitude))[:, -SLOT:])

    assert level_of(1.0) - level_of(0.1) == pytest.approx(20 / 4, abs=0.2)
    assert level_of(0.001) == pytest.approx(-63.01 + 6, abs=0.2)


def test_filters_work_in_the_order_that_the_user_sets() -> None:
    limiter, louder = LimiterSettings(limit_dbfs=-12), CompressorSettings(ratio=1, makeup_db=6)

    def peak_of(*filters: FilterSettings) -> float:
        return float(np.abs(run(FilterChain(filters), sine(1.0, amplitude=1.0))).max())

    assert peak_of(louder, limiter) == pytest.approx(10 ** (-12 / 20), rel=0.02)
    assert peak_of(limiter, louder) == pytest.approx(10 ** (-6 / 20), rel=0.02)


def test_a_limiter_lets_no_sample_pass_its_limit() -> None:
    out = run(FilterChain([LimiterSettings(limit_dbfs=-6)]), sine(1.0, amplitude=1.0))
    assert np.abs(out).max() <= 10 ** (-6 / 20) + 1e-4


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (NoiseSuppressionSettings, "reduction_db", 41),
        (NoiseSuppressionSettings, "floor_dbfs", -10),
        (GateSettings, "threshold_dbfs", 1),
        (GateSettings, "attack_ms", 0),
        (CompressorSettings, "ratio", 0.5),
        (CompressorSettings, "makeup_db", float("nan")),
        (LimiterSettings, "limit_dbfs", -25),
        (LimiterSettings, "release_ms", float("inf")),
    ],
)
def test_a_value_out_of_range_is_refused(kind: type[FilterSettings], field: str, value: float) -> None:
    with pytest.raises(UserError, match="can be"):
        kind(**{field: value})  # type: ignore[arg-type]


class Faulty:
    """Passes everything until it fails."""

    def __init__(self, good_blocks: int) -> None:
        self._left = good_blocks

    def process(self, samples: Samples) -> Samples:
        self._left -= 1
        if self._left < 0:
            raise SystemFault("The filter broke.")
        return samples * np.float32(0.5)


def refuse_gates(filters: Sequence[FilterSettings]) -> FilterGraph:
    if any(isinstance(settings, GateSettings) for settings in filters):
        raise SystemFault("The gate does not work.")
    return build_graph(filters)


def test_a_filter_that_cannot_be_set_up_is_left_out_and_the_others_work() -> None:
    chain = FilterChain([GateSettings(), LimiterSettings(limit_dbfs=-6)], refuse_gates)
    assert [fault.title for fault in chain.faults] == ["The gate does not work."]
    assert np.abs(run(chain, sine(0.5, amplitude=1.0))).max() < 0.51
    assert FilterChain([GateSettings()], refuse_gates).process(sine(0.1)) == pytest.approx(sine(0.1))


def test_a_filter_that_fails_while_it_works_lets_the_sound_pass() -> None:
    chain = FilterChain([GateSettings()], lambda _filters: Faulty(2))
    out = run(chain, sine(0.2))
    assert chain.has_broken
    assert [fault.title for fault in chain.faults] == ["The filter broke."]
    assert np.array_equal(out[:, -SLOT:], sine(0.2)[:, -SLOT:])


def test_libavfilter_s_refusal_becomes_one_of_our_errors() -> None:
    settings = LimiterSettings()
    object.__setattr__(settings, "limit_dbfs", 60.0)
    with pytest.raises(SystemFault, match="The limiter does not work"):
        build_graph([settings])
