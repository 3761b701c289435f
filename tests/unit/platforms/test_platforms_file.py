"""The platforms that come with the program: every entry is complete and right in itself."""

from __future__ import annotations

import pytest

from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.rtmp.url import looks_like_key_in_url, parse_server_url
from tests.unit.platforms.endpoints import CATALOGUE

PLATFORMS = CATALOGUE.platforms
SERVICES = [platform for platform in PLATFORMS if not platform.generic]
MADE_UP_KEYS = {
    "youtube": ["ab12-cd34-ef56-gh78", "ab12-cd34-ef56-gh78-ij90"],
    "twitch": ["live_12345_AbCdEf", "live_12345_AbCdEf?bandwidthtest=true"],
    "facebook": ["FB-123456-0-AbCd_-", "FB-123456-0-AbCd?s_bl=1&s_psm=1&s_sc=2&a=AbC"],
    "kick": ["sk_us-west-2_AbC123", "sk_eu-central-1_AbC123"],
    "instagram": ["IG-123456-0-AbCd", "IG-123456-0-AbCd?s_bl=1&a=AbC"],
}


def ids(platforms: list[Platform]) -> list[str]:
    return [platform.id for platform in platforms]


def test_every_platform_of_the_product_is_there() -> None:
    assert [platform.id for platform in PLATFORMS] == [
        "youtube", "twitch", "facebook", "kick", "linkedin", "tiktok", "instagram", "x", "trovo", "rumble", "restream",
        "custom", "rehearsal",
    ]  # fmt: skip


@pytest.mark.parametrize("platform", SERVICES, ids=ids(SERVICES))
def test_a_platform_says_what_it_takes_and_where_its_keys_are(platform: Platform) -> None:
    assert platform.codecs
    assert platform.checked_on
    assert platform.limits.key_interval_s
    assert platform.help_url.startswith("https://")
    assert platform.key.where.endswith(".")
    assert platform.key.where != "Copy it from the platform's page for broadcasters."


@pytest.mark.parametrize("platform", SERVICES, ids=ids(SERVICES))
def test_a_platform_has_servers_or_tells_that_they_must_be_copied(platform: Platform) -> None:
    for server in platform.servers:
        address = parse_server_url(server.url, "any")
        assert server.name
        assert not looks_like_key_in_url(server.url)
        assert address.is_tls or not platform.requires_tls
    assert platform.servers or platform.server_per_event or platform.default_app


@pytest.mark.parametrize("platform", PLATFORMS, ids=ids(list(PLATFORMS)))
def test_a_generic_server_claims_nothing(platform: Platform) -> None:
    if platform.generic:
        assert platform.codecs is None
        assert platform.key.pattern is None
        assert platform.limits.video_kbps is None


def test_only_youtube_has_a_second_ingest_that_is_known() -> None:
    assert [platform.id for platform in PLATFORMS if platform.backup_server] == ["youtube"]


@pytest.mark.parametrize(
    ("platform_id", "key"), [(platform_id, key) for platform_id, keys in MADE_UP_KEYS.items() for key in keys]
)
def test_a_key_fits_its_platform_and_no_other(platform_id: str, key: str) -> None:
    assert [platform.id for platform in PLATFORMS if platform.key.fits(key)] == [platform_id]


@pytest.mark.parametrize("platform", SERVICES, ids=ids(SERVICES))
def test_a_form_of_keys_comes_with_an_example_that_nobody_takes_for_a_key(platform: Platform) -> None:
    example = platform.key.example
    assert bool(example) == (platform.key.pattern is not None)
    assert not example or "made" in example.lower()


@pytest.mark.parametrize(
    ("height", "fps", "kbps"), [(720, 30, 4000), (720, 60, 6000), (1080, 30, 6000), (1080, 60, 9000)]
)
def test_facebook_allows_more_for_larger_pictures(height: int, fps: int, kbps: int) -> None:
    assert CATALOGUE.platform("facebook").limits.video_kbps_at(height, fps) == kbps


@pytest.mark.parametrize(("height", "fps", "kbps"), [(480, 25, 4000), (900, 50, 9000), (2160, 60, 9000)])
def test_a_picture_between_two_steps_counts_as_the_larger(height: int, fps: float, kbps: int) -> None:
    assert CATALOGUE.platform("facebook").limits.video_kbps_at(height, fps) == kbps


def test_twitch_sets_6000_kbits_for_any_picture() -> None:
    assert CATALOGUE.platform("twitch").limits.video_kbps_at(360, 25) == 6000


@pytest.mark.parametrize("platform_id", ["facebook", "linkedin", "tiktok", "instagram"])
def test_keys_for_one_event_are_known_as_such(platform_id: str) -> None:
    assert CATALOGUE.platform(platform_id).key.one_event


@pytest.mark.parametrize(
    ("platform_id", "field"),
    [("kick", "limits.video_kbps"), ("linkedin", "limits.video_kbps"), ("tiktok", "rendition")],
)
def test_what_has_no_source_at_first_hand_is_marked(platform_id: str, field: str) -> None:
    assert not CATALOGUE.platform(platform_id).confirms(field)
