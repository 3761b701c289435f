"""Judges what an encoder really sends against what the platforms take, while the broadcast runs.

``limits`` judges a plan; a measurement is judged more gently, because it swings, and in other words, because the encoder is
somebody else's program more often than not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.platforms.limits import EncodePlan, strictest
from powerstream_desktop.platforms.platform import Platform

SLACK: Final = 1.1
"""What a measurement may have over a limit: encoders overshoot, and a few seconds are a short time."""
MAX_SKEW_MS: Final = 500
"""Encoders send one track a little ahead of the other; so much is heard, or stalls players that wait for the rest."""


def judge_stream(
    measured: EncodePlan,
    endpoints: Sequence[RTMPEndpoint],
    catalogue: Catalogue,
    *,
    av_skew_ms: int | None = None,
) -> tuple[Finding, ...]:
    """Return what will not go well between a stream and the endpoints that take its rendition.

    Args:
        measured: what comes in; a key frame interval of 0 is one that is not known yet.
        endpoints: where the broadcast goes.
        catalogue: what is known of the platforms.
        av_skew_ms: how far sound is ahead of the picture that comes with it; None when one of them is missing.
    """
    takers = [catalogue.platform(each.platform) for each in endpoints if each.rendition is measured.rendition]
    findings = [*_judge_key_frames(measured, takers), *_judge_limits(measured, takers)]
    if av_skew_ms is not None and abs(av_skew_ms) > MAX_SKEW_MS:
        findings.append(_skew_finding(av_skew_ms))
    return tuple(findings)


def _judge_key_frames(measured: EncodePlan, platforms: Sequence[Platform]) -> Iterator[Finding]:
    interval_s = measured.key_interval_s
    exceeded = [each for each in platforms if interval_s > SLACK * each.limits.longest_key_interval_s]
    if not exceeded:
        return
    strictest_platform = min(exceeded, key=lambda each: each.limits.wished_key_interval_s)
    wished_s = strictest_platform.limits.wished_key_interval_s
    yield Finding(
        severity=Severity.WARNING,
        code="key-interval",
        sentence=f"Your encoder sends a key frame every {round(interval_s, 1):g} s; "
        f"{strictest_platform.name} wants one every {wished_s} s.",
        remedy=f"Set the key frame interval to {wished_s} s in the encoder.",
    )


def _judge_limits(measured: EncodePlan, platforms: Sequence[Platform]) -> Iterator[Finding]:
    gently = replace(
        measured,
        video_kbps=round(measured.video_kbps / SLACK),
        audio_kbps=round(measured.audio_kbps / SLACK),
        fps=measured.fps / SLACK,
    )
    for ceiling in strictest(platforms, gently):
        if ceiling.exceeded:
            yield Finding(
                severity=Severity.WARNING,
                code=ceiling.measure.code,
                sentence=f"More is sent than {ceiling.platform} takes, which is {ceiling.text}.",
                remedy=f"Set {ceiling.measure.thing} to {ceiling.setting}.",
            )


def _skew_finding(av_skew_ms: int) -> Finding:
    where = "ahead of" if av_skew_ms > 0 else "behind"
    return Finding(
        severity=Severity.WARNING,
        code="av-skew",
        sentence=f"The sound comes {abs(av_skew_ms) / 1000:.1f} s {where} its picture.",
        remedy="Check the delay of the sound in the encoder.",
    )
