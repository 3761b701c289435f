from __future__ import annotations

import pytest

from powerstream_desktop.engine.encoders.catalogue import kind_named
from powerstream_desktop.engine.encoders.self_test import (
    MODES,
    PictureCost,
    judge,
    measure,
    moving_pictures,
)
from powerstream_desktop.engine.picture import blank_frame, planes_of
from tests.unit.engine.encoders.fakes import FakeEncoder

X264 = kind_named("libx264")
SMALL, LARGE = 1280 * 720, 1920 * 1080


def costs(processor_ms: tuple[float, float], wall_ms: tuple[float, float] = (1.0, 1.0)) -> list[PictureCost]:
    return [
        PictureCost(pixels=pixels, processor_s=processor / 1000, wall_s=wall / 1000)
        for pixels, processor, wall in zip((SMALL, LARGE), processor_ms, wall_ms, strict=True)
    ]


def holding(processor_ms: tuple[float, float], processors: int) -> list[tuple[int, int]]:
    lines = judge(X264, costs(processor_ms), processors=processors)
    return [(line.height, line.fps) for line in lines if line.holds]


def test_every_size_and_rate_is_judged() -> None:
    lines = judge(X264, costs((10, 22.5)), processors=2)
    assert [(line.width, line.height, line.fps) for line in lines] == [mode[:3] for mode in MODES]


def test_the_share_is_of_all_processors_and_grows_with_the_pixels() -> None:
    shares = {
        (line.height, line.fps): line.processor_share for line in judge(X264, costs((10, 22.5)), processors=2)
    }
    assert shares[720, 30] == pytest.approx(0.15)
    assert shares[720, 60] == pytest.approx(0.30)
    assert shares[1080, 30] == pytest.approx(0.3375, abs=0.001)
    assert shares[2160, 60] == pytest.approx(2.7)


def test_what_holds_leaves_two_fifths_of_the_processor() -> None:
    assert holding((19.9, 40.1), 2) == [(720, 30), (720, 60)]
    assert holding((20.1, 40.1), 1) == []
    assert (1080, 60) in holding((10, 19.9), 2)
    assert (1080, 60) not in holding((10, 20.1), 2)


def test_hardware_must_be_quick_enough_however_little_it_costs() -> None:
    nvenc = kind_named("h264_nvenc")
    lines = judge(nvenc, costs((0.5, 0.5), wall_ms=(9, 19)), processors=2)
    assert [(line.height, line.fps) for line in lines if line.holds] == [(720, 30), (720, 60), (1080, 30)]


def test_a_measurement_with_noise_in_it_never_makes_larger_pictures_cheaper() -> None:
    shares = [line.processor_share for line in judge(X264, costs((10, 9)), processors=2)]
    assert min(shares[0::2]) == shares[2] <= shares[-2]


def test_a_picture_costs_what_passed_on_the_clocks_after_the_warm_up() -> None:
    encoder = FakeEncoder()
    ticks = {"wall": 0.0, "processor": 0.0}

    def wall() -> float:
        ticks["wall"] += 0.25
        return ticks["wall"]

    def processor() -> float:
        ticks["processor"] += 5.0
        return ticks["processor"]

    cost = measure(encoder, [blank_frame(64, 64)] * 3, 1.0, wall=wall, processor=processor)
    assert encoder.keys == [0]
    assert cost == PictureCost(pixels=64 * 64, processor_s=0.25, wall_s=0.05)


def test_the_pictures_move_and_are_no_noise() -> None:
    first, second, *rest = (planes_of(frame)[0].astype(float) for frame in moving_pictures(320, 180))
    assert len(rest) == 10
    assert abs(second - first).mean() > 5
    assert abs(second[:, :-6] - first[:, 6:]).max() == 0
