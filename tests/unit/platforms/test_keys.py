"""Stream keys before anybody goes live."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.platforms.endpoint import BackupUse, RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.platforms.keys import judge_keys
from tests.unit.platforms.endpoints import CATALOGUE, endpoint

TODAY = date(2026, 9, 1)
YOUTUBE_BACKUP = "rtmps://b.rtmps.youtube.com:443/live2?backup=1"
PLATFORM_IDS = [platform.id for platform in CATALOGUE.platforms]
SERVICE_IDS = [platform.id for platform in CATALOGUE.platforms if not platform.generic]


def findings(*endpoints: RTMPEndpoint) -> tuple[Finding, ...]:
    return judge_keys(endpoints, CATALOGUE, TODAY)


def judged(*endpoints: RTMPEndpoint) -> list[tuple[Severity, str, str]]:
    return [(each.severity, each.code, each.sentence) for each in findings(*endpoints)]


def test_good_keys_are_passed_in_silence() -> None:
    assert judged(*map(endpoint, PLATFORM_IDS)) == []


# --- shape -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("live_123 _abc", "has blanks in it"),
        ("live_123_\u00a0abc", "has blanks in it"),
        ('"live_123_abc"', "stands in quotes"),
        ("“live_123_abc”", "stands in quotes"),
        ("rtmp://live.twitch.tv/app", "is an address"),
        ("https://dashboard.twitch.tv/settings/stream", "is an address"),
        ("••••••••••••", "is the row of dots that a page shows instead of it"),
        ("************", "is the row of dots that a page shows instead of it"),
        ("my-channel", "does not look like a key of Twitch"),
        ("live_abc_123", "does not look like a key of Twitch"),
    ],
)
def test_a_key_of_an_odd_shape_is_a_warning(key: str, words: str) -> None:
    assert judged(endpoint("twitch", key, name="Mine")) == [
        (Severity.WARNING, "key-shape", f"The stream key of Mine {words}.")
    ]


def test_an_odd_key_comes_with_what_a_good_one_looks_like_and_where_it_is() -> None:
    [finding] = findings(endpoint("twitch", "my-channel"))

    assert finding.remedy == (
        "Twitch, Creator Dashboard, Settings, Stream: Primary stream key. "
        "It looks like live_000000000_ThisIsAMadeUpExample."
    )


@pytest.mark.parametrize("platform", ["twitch", "linkedin", "trovo"])
def test_a_key_of_another_platform_is_recognised(platform: str) -> None:
    name = CATALOGUE.platform(platform).name
    assert judged(endpoint(platform, "FB-1234567-0-AbCdEf", name="Mine")) == [
        (
            Severity.WARNING,
            "key-of-another-platform",
            f"The stream key of Mine looks like a key of Facebook, not of {name}.",
        )
    ]


def test_a_server_of_ones_own_may_have_keys_of_any_form() -> None:
    assert judged(endpoint("custom", "FB-1234567-0-AbCdEf")) == []


def test_a_server_of_ones_own_still_has_no_keys_in_quotes() -> None:
    assert [code for _, code, _ in judged(endpoint("custom", "'key'"))] == ["key-shape"]


def test_a_platform_without_a_known_form_takes_any_key() -> None:
    assert judged(endpoint("trovo", "73846_abc?secret=1")) == []


def test_a_key_for_tests_is_noted() -> None:
    assert judged(endpoint("twitch", "live_123_abc?bandwidthtest=true", name="Mine")) == [
        (Severity.NOTE, "key-for-tests", "Twitch takes the broadcast of Mine as a test: nobody will see it.")
    ]


# --- age -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["linkedin", "tiktok", "instagram", "facebook"])
@pytest.mark.parametrize(("days", "expired"), [(-1, False), (0, False), (1, False), (2, True), (300, True)])
def test_a_key_for_one_event_expires(platform: str, days: int, expired: bool) -> None:
    found = judged(endpoint(platform, name="Mine", saved_on=TODAY - timedelta(days=days)))

    sentence = f"The stream key of Mine was saved {days} days ago and has probably expired."
    assert found == ([(Severity.WARNING, "key-age", sentence)] if expired else [])


def test_the_remedy_of_an_expired_key_is_todays() -> None:
    [finding] = findings(endpoint("tiktok", saved_on=TODAY - timedelta(days=3)))

    assert finding.remedy.startswith("Paste today's key. TikTok Live Center")


def test_a_key_that_lasts_may_be_old() -> None:
    assert judged(endpoint("youtube", saved_on=date(2019, 1, 1))) == []


# --- server ----------------------------------------------------------------------------------------------------------


def test_a_key_within_the_server_address_is_found() -> None:
    url = "rtmp://live.twitch.tv/app/live_123_abc"

    assert [code for _, code, _ in judged(endpoint("twitch", "live_123_abc", server_url=url))] == [
        "key-in-url"
    ]


def test_a_key_as_the_application_is_found_whatever_it_looks_like() -> None:
    url = "rtmp://media.example.com/a-key-like-no-other"

    assert [code for _, code, _ in judged(endpoint("custom", "a-key-like-no-other", server_url=url))] == [
        "key-in-url"
    ]


def test_a_short_key_may_be_called_like_the_application() -> None:
    assert judged(endpoint("custom", "live", server_url="rtmp://media.example.com/live")) == []


def test_plain_rtmp_to_a_platform_that_wants_tls_is_a_warning() -> None:
    assert judged(
        endpoint("facebook", name="Mine", server_url="rtmp://live-api-s.facebook.com:80/rtmp/")
    ) == [
        (
            Severity.WARNING,
            "tls-required",
            "Facebook takes no plain rtmp://, and the key of Mine could be read on the way.",
        )
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_a_tunnel_on_this_computer_adds_the_tls_itself(host: str) -> None:
    assert judged(endpoint("facebook", server_url=f"rtmp://{host}:19350/rtmp/")) == []


# --- sharing ---------------------------------------------------------------------------------------------------------


def test_the_same_server_and_key_twice_cannot_work() -> None:
    assert judged(endpoint("custom", "key-1", name="A"), endpoint("custom", "key-1", name="B")) == [
        (Severity.ERROR, "ingest-twice", "A and B send to the same server with the same stream key.")
    ]


def test_the_name_of_a_server_is_the_same_in_capitals() -> None:
    shouted = endpoint("twitch", name="B", server_url="rtmp://LIVE.TWITCH.TV/app")

    assert [code for _, code, _ in judged(endpoint("twitch", name="A"), shouted)] == ["ingest-twice"]


def test_the_same_key_at_two_platforms_is_a_mistake_of_copying() -> None:
    found = judged(
        endpoint("trovo", "one-and-the-same", name="A"), endpoint("restream", "one-and-the-same", name="B")
    )

    assert found == [(Severity.WARNING, "key-twice", "A and B have the same stream key.")]


def test_servers_of_ones_own_may_share_a_key() -> None:
    first = endpoint("custom", "live", name="A", server_url="rtmp://a.example.com/app")
    second = endpoint("custom", "live", name="B", server_url="rtmp://b.example.com/app")

    assert judged(first, second) == []


def test_a_first_and_a_second_ingest_set_up_by_hand_may_share_their_key() -> None:
    assert (
        judged(endpoint("youtube", name="A"), endpoint("youtube", name="B", server_url=YOUTUBE_BACKUP)) == []
    )


def test_a_backup_that_is_in_use_counts_as_a_place() -> None:
    with_backup = endpoint("youtube", name="A", backup_url=YOUTUBE_BACKUP, backup_use=BackupUse.HOT)
    by_hand = endpoint("youtube", name="B", server_url=YOUTUBE_BACKUP)

    assert [code for _, code, _ in judged(with_backup, by_hand)] == ["ingest-twice"]


def test_a_backup_that_is_off_counts_for_nothing() -> None:
    without = endpoint("youtube", name="A", backup_url=YOUTUBE_BACKUP, backup_use=BackupUse.OFF)
    by_hand = endpoint("youtube", name="B", server_url=YOUTUBE_BACKUP)

    assert judged(without, by_hand) == []


def test_a_backup_must_be_another_server() -> None:
    url = "rtmp://media.example.com/app"
    assert judged(
        endpoint("custom", name="A", server_url=url, backup_url=url, backup_use=BackupUse.WARM)
    ) == [(Severity.ERROR, "ingest-twice", "The backup server of A is its first server once more.")]


# --- secrecy ---------------------------------------------------------------------------------------------------------

ODD_TEXT = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FFF, blacklist_categories=("Cc", "Cs", "Cf")), max_size=8
)


@given(
    platforms=st.lists(st.sampled_from(SERVICE_IDS), min_size=2, max_size=4),
    form=st.sampled_from(["{}", "live_123_{}", "FB-1-{}", "'{}'", "rtmp://h/{}", "IG-{}", "{} x", "sk_us-west-2_{}"]),
    odd=ODD_TEXT,
    in_url=st.booleans(),
)  # fmt: skip
def test_no_finding_holds_a_key(platforms: list[str], form: str, odd: str, in_url: bool) -> None:
    key = form.format(f"CANARY4711{odd}")
    endpoints = [
        endpoint(
            platform,
            key,
            name=f"Destination {number}",
            server_url="rtmp://media.example.com/CANARY4711" if in_url else "",
            saved_on=date(2020, 1, 1),
        )
        for number, platform in enumerate(platforms)
    ]

    found = findings(*endpoints)

    assert found
    assert "CANARY" not in repr(found)
