"""A running stream against what the platforms take."""

from __future__ import annotations

from dataclasses import replace

import pytest

from powerstream_desktop.platforms.endpoint import Rendition, RTMPEndpoint
from powerstream_desktop.platforms.limits import EncodePlan
from powerstream_desktop.platforms.stream_findings import MAX_SKEW_MS, judge_stream
from tests.unit.platforms.endpoints import CATALOGUE, endpoint

GOOD = EncodePlan(width=1920, height=1080, fps=30, video_kbps=4500, audio_kbps=128)


def judged(
    measured: EncodePlan, *endpoints: RTMPEndpoint, av_skew_ms: int | None = 0
) -> list[tuple[str, str]]:
    found = judge_stream(measured, endpoints, CATALOGUE, av_skew_ms=av_skew_ms)
    return [(finding.sentence, finding.remedy) for finding in found]


def test_an_ordinary_stream_suits_the_large_platforms() -> None:
    assert judged(GOOD, endpoint("youtube"), endpoint("twitch"), endpoint("facebook")) == []


def test_rare_key_frames_are_told_with_the_platform_that_wants_more() -> None:
    assert judged(replace(GOOD, key_interval_s=8.333), endpoint("twitch"), endpoint("youtube")) == [
        (
            "Your encoder sends a key frame every 8.3 s; Twitch wants one every 2 s.",
            "Set the key frame interval to 2 s in the encoder.",
        )
    ]


@pytest.mark.parametrize("interval_s", [0.0, 2.0, 4.0, 4.3])
def test_an_interval_that_is_taken_or_not_known_is_not_worth_a_word(interval_s: float) -> None:
    assert judged(replace(GOOD, key_interval_s=interval_s), endpoint("twitch")) == []


def test_too_much_is_told_with_the_limit_and_whose_it_is() -> None:
    assert judged(replace(GOOD, video_kbps=8_000), endpoint("twitch")) == [
        (
            "More is sent than Twitch takes, which is 6000 kbit/s of video.",
            "Set the video bitrate to 6000 kbit/s.",
        )
    ]


def test_an_encoder_that_overshoots_a_little_is_not_scolded() -> None:
    assert judged(replace(GOOD, video_kbps=6_300, fps=30.2), endpoint("twitch")) == []


@pytest.mark.parametrize(("skew_ms", "words"), [(900, "0.9 s ahead of"), (-1_240, "1.2 s behind")])
def test_sound_away_from_its_picture_is_told_to_everybody(skew_ms: int, words: str) -> None:
    [(sentence, _)] = judged(GOOD, av_skew_ms=skew_ms)
    assert sentence == f"The sound comes {words} its picture."


@pytest.mark.parametrize("skew_ms", [None, 0, MAX_SKEW_MS, -MAX_SKEW_MS])
def test_ordinary_interleaving_is_no_skew(skew_ms: int | None) -> None:
    assert judged(GOOD, endpoint("youtube"), av_skew_ms=skew_ms) == []


def test_a_stream_is_judged_only_for_those_who_take_its_rendition() -> None:
    upright = endpoint("twitch", rendition=Rendition.PORTRAIT)
    assert judged(replace(GOOD, key_interval_s=8), upright) == []
