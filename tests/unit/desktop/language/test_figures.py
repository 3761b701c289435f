"""Numbers as people read them."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from powerstream_desktop.desktop.language import figures
from tests.unit.desktop.language.speaking import speaking


def plain(text: str) -> str:
    return text.replace(figures.NARROW_BLANK, "'").replace(figures.FIXED_BLANK, " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (lambda: figures.count(6012), "6'012"),
        (lambda: figures.count(-1234567), "−1'234'567"),
        (lambda: figures.count(0), "0"),
        (lambda: figures.bitrate(6011.6), "6'012 kbit/s"),
        (lambda: figures.total_bitrate(18_432), "18.4 Mbit/s"),
        (lambda: figures.size(0), "0 B"),
        (lambda: figures.size(999), "999 B"),
        (lambda: figures.size(999_600), "1 MB"),
        (lambda: figures.size(640_400_000), "640 MB"),
        (lambda: figures.size(4_100_000_000), "4.1 GB"),
        (lambda: figures.size(412_000_000_000), "412 GB"),
        (lambda: figures.percent(0.0021), "0.2 %"),
        (lambda: figures.percent(0.38, 0), "38 %"),
        (lambda: figures.decibels(-12.44), "−12.4 dB"),
        (lambda: figures.decibels(-0.01), "0.0 dB"),
        (lambda: figures.decibels(-math.inf), "−∞ dB"),
        (lambda: figures.seconds(4), "4 s"),
        (lambda: figures.seconds(2.34, digits=1), "2.3 s"),
        (lambda: figures.minutes(12), "12 min"),
        (lambda: figures.duration(5025.9), "01:23:45"),
        (lambda: figures.duration(-3), "00:00:00"),
        (lambda: figures.duration(360_000), "100:00:00"),
        (lambda: figures.short_duration(245), "4:05"),
        (lambda: figures.short_duration(5025), "1:23:45"),
    ],
)
def test_a_figure_in_english(text: Callable[[], str], expected: str) -> None:
    with speaking("en"):
        assert plain(text()) == expected


def test_the_decimal_sign_is_the_languages_own() -> None:
    with speaking("de"):
        assert plain(figures.size(4_100_000_000)) == "4,1 GB"
        assert plain(figures.decibels(-12.4)) == "−12,4 dB"
        assert plain(figures.count(6012)) == "6'012"
