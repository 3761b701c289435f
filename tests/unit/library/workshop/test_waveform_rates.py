"""How many peaks a waveform has."""

from __future__ import annotations

import pytest

from powerstream_desktop.library.workshop.waveform import MOST_PEAKS, peaks_per_second


@pytest.mark.parametrize(
    ("duration_s", "per_second"),
    [(0.0, 50.0), (60.0, 50.0), (1800.0, 20.0), (3600.0, 10.0), (3 * 3600.0, 10.0)],
)
def test_a_longer_film_gets_fewer_peaks_a_second(duration_s: float, per_second: float) -> None:
    assert peaks_per_second(duration_s) == per_second


@pytest.mark.parametrize("hours", [1, 3, 9, 11, 24, 72])
def test_no_waveform_outgrows_its_limit(hours: int) -> None:
    assert peaks_per_second(hours * 3600) * hours * 3600 <= MOST_PEAKS
