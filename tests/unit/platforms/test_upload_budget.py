"""The upload that is needed against the one there is (broadcasters.md 2.10)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.platforms.endpoint import BackupUse, Rendition, RTMPEndpoint
from powerstream_desktop.platforms.findings import Severity
from powerstream_desktop.platforms.limits import EncodePlan
from powerstream_desktop.platforms.upload_budget import (
    RESERVE,
    UploadFigure,
    UploadOrigin,
    judge_upload,
    rate_text,
    upload_budget,
)
from tests.unit.platforms.endpoints import endpoint

LANDSCAPE = EncodePlan(width=1280, height=720, fps=30, video_kbps=4500, audio_kbps=160)
PORTRAIT = EncodePlan(
    rendition=Rendition.PORTRAIT, width=720, height=1280, fps=30, video_kbps=2500, audio_kbps=128
)
BACKUP = "rtmps://b.rtmps.youtube.com:443/live2?backup=1"


def custom(number: int, rendition: Rendition = Rendition.LANDSCAPE) -> RTMPEndpoint:
    return endpoint("custom", f"key-{number}", name=f"Destination {number}", rendition=rendition)


def stated(kbps: int) -> UploadFigure:
    return UploadFigure(kbps=kbps, origin=UploadOrigin.STATED)


def measured(kbps: int) -> UploadFigure:
    return UploadFigure(kbps=kbps, origin=UploadOrigin.MEASURED)


FOUR = upload_budget([custom(number) for number in range(4)], [LANDSCAPE])


# What is needed.


def test_every_destination_takes_a_stream_of_its_own() -> None:
    assert FOUR.stream_kbps == (4660, 4660, 4660, 4660)
    assert (FOUR.payload_kbps, FOUR.needed_kbps) == (18_640, 24_232)


def test_each_rendition_counts_what_it_is_encoded_to() -> None:
    budget = upload_budget([custom(1), custom(2, Rendition.PORTRAIT)], [LANDSCAPE, PORTRAIT])
    assert budget.stream_kbps == (2628, 4660)
    assert budget.video_kbps == 7000


@pytest.mark.parametrize(("use", "streams"), [(BackupUse.OFF, 1), (BackupUse.WARM, 1), (BackupUse.HOT, 2)])
def test_only_a_hot_backup_takes_a_stream_as_well(use: BackupUse, streams: int) -> None:
    budget = upload_budget([endpoint("youtube", backup_url=BACKUP, backup_use=use)], [LANDSCAPE])
    assert len(budget.stream_kbps) + len(budget.backup_kbps) == streams


def test_a_destination_whose_rendition_nobody_sends_needs_nothing() -> None:
    assert upload_budget([custom(1, Rendition.PORTRAIT)], [LANDSCAPE]).stream_kbps == ()


# What is said about it.


def test_an_upload_that_suffices_with_reserve_is_nothing_to_talk_about() -> None:
    assert judge_upload(FOUR, stated(FOUR.needed_kbps)) == ()


def test_nothing_to_send_is_nothing_to_talk_about() -> None:
    assert judge_upload(upload_budget([custom(1)], []), stated(1)) == ()


def test_an_unknown_upload_is_asked_for() -> None:
    [finding] = judge_upload(FOUR, None)
    assert (finding.severity, finding.code) == (Severity.NOTE, "upload-unknown")
    assert finding.sentence == "4 destinations need 24.2 Mbit/s of upload, with a reserve of 30 %."


def test_an_upload_that_cannot_carry_the_streams_is_an_error_with_the_figures_and_the_ways_out() -> None:
    [finding] = judge_upload(FOUR, stated(12_000))
    assert (finding.severity, finding.code, finding.destination) == (Severity.ERROR, "upload-too-small", None)
    assert finding.sentence == (
        "4 destinations need 24.2 Mbit/s of upload, with a reserve of 30 %; your upload gives 12 Mbit/s."
    )
    assert finding.remedy == "Stream to 1 platform at most, or set the video to 2100 kbit/s."


def test_an_upload_without_the_reserve_is_a_warning() -> None:
    [finding] = judge_upload(FOUR, stated(20_000))
    assert finding.severity is Severity.WARNING
    assert finding.remedy == "Stream to 3 platforms at most, or set the video to 3600 kbit/s."


def test_what_another_day_measured_is_never_an_error() -> None:
    [finding] = judge_upload(FOUR, measured(5_000))
    assert finding.severity is Severity.WARNING
    assert "the last broadcast that filled your line measured 5 Mbit/s." in finding.sentence


@pytest.mark.parametrize(
    ("count", "use", "words"),
    [
        (1, BackupUse.OFF, "1 destination needs "),
        (1, BackupUse.HOT, "1 destination with 1 hot backup need "),
        (2, BackupUse.HOT, "2 destinations with 2 hot backups need "),
    ],
)
def test_who_needs_it_is_counted(count: int, use: BackupUse, words: str) -> None:
    endpoints = [
        endpoint("youtube", name=str(number), backup_url=BACKUP, backup_use=use) for number in range(count)
    ]
    [finding] = judge_upload(upload_budget(endpoints, [LANDSCAPE]), stated(100))
    assert finding.sentence.startswith(words)


def test_different_renditions_are_all_lowered_by_the_same_share() -> None:
    budget = upload_budget([custom(1), custom(2, Rendition.PORTRAIT)], [LANDSCAPE, PORTRAIT])
    [finding] = judge_upload(budget, stated(6_000))
    assert finding.remedy == "Stream to 1 platform at most, or set every video bitrate to 61 % of what it is."


@pytest.mark.parametrize(
    ("kbps", "remedy"),
    [
        (13_000, "Switch the hot backups off, or set the video to 2300 kbit/s."),
        (7_000, "Stream to 1 platform at most and without a hot backup, or set the video to 1100 kbit/s."),
    ],
)
def test_backups_are_the_first_to_go(kbps: int, remedy: str) -> None:
    endpoints = [endpoint("youtube", name=name, backup_url=BACKUP, backup_use=BackupUse.HOT) for name in "AB"]
    [finding] = judge_upload(upload_budget(endpoints, [LANDSCAPE]), stated(kbps))
    assert finding.remedy == remedy


def test_a_line_that_carries_not_even_one_small_stream_is_too_slow() -> None:
    [finding] = judge_upload(FOUR, stated(600))
    assert finding.remedy == "Use a faster connection: this one is too slow for a broadcast."


@given(st.integers(1, 12), st.integers(300, 20_000), st.integers(500, 300_000))
def test_what_is_advised_fits(count: int, video_kbps: int, upload_kbps: int) -> None:
    encode = EncodePlan(width=1280, height=720, fps=30, video_kbps=video_kbps, audio_kbps=160)
    endpoints = [custom(number) for number in range(count)]
    for finding in judge_upload(upload_budget(endpoints, [encode]), stated(upload_kbps)):
        words = finding.remedy.replace(".", "").split()
        if "platform" in finding.remedy:
            fewer = int(words[2])
            assert 0 < fewer < count
            assert fewer * (video_kbps + 160) * RESERVE <= upload_kbps
        if "kbit/s" in finding.remedy:
            lower_kbps = int(words[-2])
            assert lower_kbps < video_kbps
            assert count * (lower_kbps + 160) * RESERVE <= upload_kbps


@pytest.mark.parametrize(
    ("kbps", "text"),
    [(800, "800 kbit/s"), (1000, "1 Mbit/s"), (19_480, "19.5 Mbit/s"), (120_000, "120 Mbit/s")],
)
def test_rates_are_said_as_people_say_them(kbps: int, text: str) -> None:
    assert rate_text(kbps) == text
