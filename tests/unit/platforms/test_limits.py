"""An encode against what the platforms take."""

from __future__ import annotations

from dataclasses import replace

import pytest

from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.codecs import codec_names
from powerstream_desktop.platforms.endpoint import Rendition, RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.platforms.limits import EncodePlan, Measure, judge_encode, strictest
from tests.unit.platforms.endpoints import CATALOGUE, endpoint

GOOD = EncodePlan(width=1920, height=1080, fps=30, video_kbps=4500, audio_kbps=128)
UPRIGHT = replace(GOOD, rendition=Rendition.PORTRAIT, width=720, height=1280, video_kbps=3000)


def judged(encode: EncodePlan, *endpoints: RTMPEndpoint) -> list[tuple[Severity, str, str, str]]:
    return [brief(finding) for finding in judge_encode(encode, endpoints, CATALOGUE)]


def brief(finding: Finding) -> tuple[Severity, str, str, str]:
    assert finding.sentence.endswith(".")
    assert finding.remedy.endswith(".")
    return finding.severity, finding.code, finding.sentence, finding.remedy


def test_an_ordinary_encode_suits_the_large_platforms() -> None:
    platforms = (
        "youtube",
        "twitch",
        "facebook",
        "kick",
        "x",
        "trovo",
        "rumble",
        "restream",
        "custom",
        "rehearsal",
    )

    assert judged(GOOD, *map(endpoint, platforms)) == []


def test_the_platform_that_sets_the_limit_is_named() -> None:
    assert judged(replace(GOOD, video_kbps=8000), endpoint("twitch"), endpoint("youtube")) == [
        (
            Severity.WARNING,
            "video-bitrate",
            "Twitch sets this limit: 6000 kbit/s of video; the plan has 8000 kbit/s.",
            "Set the video bitrate to 6000 kbit/s.",
        )
    ]


def test_with_several_limits_the_strictest_enabled_platform_says_what_to_set() -> None:
    encode = replace(GOOD, width=1280, height=720, video_kbps=8000)

    assert judged(encode, endpoint("twitch"), endpoint("facebook")) == [
        (
            Severity.WARNING,
            "video-bitrate",
            "Twitch sets this limit: 6000 kbit/s of video; the plan has 8000 kbit/s.",
            "Set the video bitrate to 4000 kbit/s, the limit of Facebook.",
        ),
        (
            Severity.WARNING,
            "video-bitrate",
            "Facebook sets this limit: 4000 kbit/s of video; the plan has 8000 kbit/s.",
            "Set the video bitrate to 4000 kbit/s.",
        ),
    ]


def test_a_platform_that_takes_the_other_rendition_sets_no_limit() -> None:
    twitch = endpoint("twitch", rendition=Rendition.PORTRAIT)

    assert judged(replace(GOOD, video_kbps=8000), endpoint("youtube"), twitch) == []


def test_an_unconfirmed_limit_is_a_note_that_says_so() -> None:
    assert judged(replace(GOOD, video_kbps=9000), endpoint("kick")) == [
        (
            Severity.NOTE,
            "video-bitrate",
            "Kick may take no more than 8000 kbit/s of video (unconfirmed); the plan has 9000 kbit/s.",
            "If it does not work, set the video bitrate to 8000 kbit/s.",
        )
    ]


@pytest.mark.parametrize(
    ("encode", "platform", "code", "remedy"),
    [
        (replace(GOOD, audio_kbps=160), "facebook", "audio-bitrate", "Set the audio bitrate to 128 kbit/s."),
        (
            replace(GOOD, width=2560, height=1440),
            "twitch",
            "picture-size",
            "Set the picture size to 1920x1080.",
        ),
        (
            replace(GOOD, width=2560, height=1080),
            "twitch",
            "picture-size",
            "Set the picture size to 1920x1080.",
        ),
        (
            replace(GOOD, width=1080, height=2560),
            "twitch",
            "picture-size",
            "Set the picture size to 1080x1920.",
        ),
        (replace(GOOD, fps=120.0), "twitch", "frame-rate", "Set the frame rate to 60 frames a second."),
        (replace(GOOD, key_interval_s=5), "twitch", "key-interval", "Set the key frame interval to 2 s."),
        (replace(GOOD, key_interval_s=4.1), "youtube", "key-interval", "Set the key frame interval to 2 s."),
        (replace(GOOD, key_interval_s=10), "custom", "key-interval", "Set the key frame interval to 2 s."),
        (replace(GOOD, key_interval_s=8), "x", "key-interval", "Set the key frame interval to 3 s."),
    ],
)
def test_what_exceeds_a_limit_is_a_warning_with_what_to_set(
    encode: EncodePlan, platform: str, code: str, remedy: str
) -> None:
    [(severity, found_code, sentence, found_remedy)] = judged(encode, endpoint(platform))

    assert (severity, found_code, found_remedy) == (Severity.WARNING, code, remedy)
    assert CATALOGUE.platform(platform).name in sentence


@pytest.mark.parametrize("platform", ["youtube", "facebook", "twitch"])
def test_a_key_frame_every_four_seconds_is_still_taken(platform: str) -> None:
    assert judged(replace(GOOD, key_interval_s=4), endpoint(platform)) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (720, 1280)])
def test_the_bitrate_that_a_picture_may_have_goes_by_its_shorter_side(width: int, height: int) -> None:
    [limit] = [
        each.value
        for each in strictest([CATALOGUE.platform("facebook")], replace(GOOD, width=width, height=height))
        if each.measure is Measure.VIDEO
    ]

    assert limit == 4000


def test_an_upright_picture_is_measured_as_it_stands() -> None:
    assert (
        judged(replace(UPRIGHT, width=1080, height=1920), endpoint("twitch", rendition=Rendition.PORTRAIT))
        == []
    )


def test_more_channels_than_two_are_said_once_for_all() -> None:
    [finding] = judge_encode(replace(GOOD, channels=6), [endpoint("twitch"), endpoint("youtube")], CATALOGUE)

    assert (finding.severity, finding.code, finding.destination) == (Severity.WARNING, "channels", None)


def test_an_odd_sample_rate_is_said_once_for_all() -> None:
    [finding] = judge_encode(
        replace(GOOD, sample_rate=96_000), [endpoint("twitch"), endpoint("x")], CATALOGUE
    )

    assert finding.sentence == "Sound at 96 kHz is planned; platforms expect 48 or 44.1 kHz."
    assert finding.destination is None


def test_a_platform_that_asks_for_another_sample_rate_is_only_noted() -> None:
    assert judged(UPRIGHT, endpoint("instagram", rendition=Rendition.PORTRAIT)) == [
        (
            Severity.NOTE,
            "sample-rate",
            "Instagram asks for sound at 44.1 kHz; 48 kHz is planned.",
            "If the sound is missing there, set the sample rate to 44.1 kHz.",
        )
    ]


@pytest.mark.parametrize(
    ("platform", "severity", "sentence"),
    [
        ("instagram", Severity.WARNING, "Instagram is made for upright pictures; Mine takes 1280x720."),
        ("tiktok", Severity.NOTE, "TikTok is made for upright pictures (unconfirmed); Mine takes 1280x720."),
    ],
)
def test_a_wide_picture_for_a_platform_of_upright_ones_is_said(
    platform: str, severity: Severity, sentence: str
) -> None:
    encode = replace(GOOD, width=1280, height=720, video_kbps=3000, sample_rate=44_100)

    assert judged(encode, endpoint(platform, name="Mine")) == [
        (severity, "orientation", sentence, "Let it take the portrait rendition.")
    ]


@pytest.mark.parametrize("rendition", Rendition)
def test_an_upright_picture_suits_them_whatever_the_rendition_is_called(rendition: Rendition) -> None:
    encode = replace(UPRIGHT, rendition=rendition, sample_rate=44_100)

    assert judged(encode, endpoint("instagram", rendition=rendition)) == []


def test_a_codec_that_a_platform_does_not_accept_cannot_work() -> None:
    encode = replace(GOOD, video_codec="hvc1")

    assert judged(encode, endpoint("twitch"), endpoint("youtube"), endpoint("custom")) == [
        (
            Severity.ERROR,
            "codec",
            "Twitch does not accept HEVC.",
            "It takes H.264 and AAC: choose one of them in the encoder.",
        )
    ]


def test_a_codec_whose_refusal_is_not_confirmed_is_only_noted() -> None:
    doubtful = replace(CATALOGUE.platform("twitch"), unconfirmed=frozenset({"codecs"}))
    catalogue = Catalogue((doubtful,))

    [finding] = judge_encode(replace(GOOD, video_codec="hvc1"), [endpoint("twitch")], catalogue)

    assert (finding.severity, finding.sentence) == (
        Severity.NOTE,
        "Twitch does not accept HEVC (unconfirmed).",
    )


def test_what_the_endpoint_is_known_to_accept_goes_before_the_catalogue() -> None:
    only_sound = endpoint("youtube", codecs=frozenset({"avc1", "Opus"}))

    assert [code for _, code, _, _ in judged(GOOD, only_sound)] == ["codec"]


def test_an_encode_that_nobody_takes_has_no_flaws() -> None:
    assert judged(replace(GOOD, channels=6)) == []


def test_the_strictest_of_each_measure_is_found_with_its_platform() -> None:
    platforms = [CATALOGUE.platform(each) for each in ("youtube", "twitch", "facebook", "kick", "custom")]

    assert [(each.text, each.platform, each.exceeded) for each in strictest(platforms, GOOD)] == [
        ("6000 kbit/s of video", "Twitch", False),
        ("128 kbit/s of sound", "Facebook", False),
        ("a picture of 1920x1080", "Twitch", False),
        ("60 frames a second", "YouTube", False),
    ]


def test_the_strictest_is_never_one_that_is_not_confirmed() -> None:
    platforms = [CATALOGUE.platform(each) for each in ("linkedin", "youtube")]

    assert strictest(platforms, GOOD)[0].text == "51000 kbit/s of video"


@pytest.mark.parametrize(
    ("codecs", "words"),
    [
        ({"mp4a", "avc1", "av01"}, "H.264, AV1 and AAC"),
        ({"avc1"}, "H.264"),
        ({"zzzz", "mp4a"}, "AAC and zzzz"),
        (set[str](), ""),
    ],
)
def test_codecs_are_called_by_the_names_that_people_know(codecs: set[str], words: str) -> None:
    assert codec_names(codecs) == words
