"""What media processes answer is read strictly."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.library.workshop.results import verification_of, waveform_of

PEAKS = base64.b64encode(b"\x00\x80\xff").decode()


def test_a_waveform_is_a_byte_for_each_moment() -> None:
    found = waveform_of({"perSecond": 10.0, "peaks": PEAKS})
    assert (found.peaks, found.per_second) == (b"\x00\x80\xff", 10.0)


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"perSecond": 0.0, "peaks": PEAKS},
        {"perSecond": 1e9, "peaks": PEAKS},
        {"perSecond": 10.0, "peaks": "no base64!"},
        {"perSecond": 10.0, "peaks": "ö"},
        {"perSecond": 10.0, "peaks": PEAKS, "more": 1},
        {"perSecond": 10.0, "peaks": base64.b64encode(bytes(1_000_001)).decode()},
    ],
)
def test_no_other_answer_is_taken_for_a_waveform(words: dict[str, Any]) -> None:
    with pytest.raises(BugError):
        waveform_of(words)


def test_a_verification_without_faults_is_good() -> None:
    assert verification_of({"faults": [], "packets": 5, "durationMs": 900}).is_good


def test_what_a_verification_says_can_be_shown() -> None:
    found = verification_of({"faults": ["a\x1b[31mb\n", "x" * 5000], "packets": 5, "durationMs": 900})
    assert found.faults[0].isprintable()
    assert len(found.faults[1]) == 200
    assert not found.is_good


def test_no_other_answer_is_taken_for_a_verification() -> None:
    with pytest.raises(BugError):
        verification_of({"faults": [1], "packets": 5, "durationMs": 900})
