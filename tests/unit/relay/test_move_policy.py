"""Where a platform may send us with our key (rtmp.md 2.8)."""

from __future__ import annotations

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.relay.destination.move_policy import (
    MOVE_INTERVAL_S,
    MovePolicy,
    may_follow,
    registrable_domain,
)
from powerstream_desktop.rtmp.url import RTMPURL, parse_server_url

KEY = Secret("sk_platform_4711")
HOME = "rtmps://a.live.example.com/app"


def url(text: str) -> RTMPURL:
    return parse_server_url(text, KEY.reveal())


def moved(policy: MovePolicy, tc_url: str | None, *, current: str = HOME, now: float = 0.0) -> str | None:
    server = policy.destination_of(tc_url, home=url(HOME), current=url(current), key=KEY, now=now)
    return server.tc_url if server is not None else None


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("a.rtmp.youtube.com", "youtube.com"),
        ("youtube.com", "youtube.com"),
        ("live.example.co.uk", "example.co.uk"),
        ("ingest.globo.com.br", "globo.com.br"),
        ("ingest.tagesschau.de", "tagesschau.de"),
        ("dc4-1.rtmp.t.me", "rtmp.t.me"),
        ("t.me", None),
        ("localhost", None),
        ("192.0.2.7", None),
        ("2001:db8::7", None),
    ],
)
def test_the_domain_of_an_owner(host: str, domain: str | None) -> None:
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("home", "wanted", "allowed"),
    [
        ("rtmp://a.example.com/app", "rtmp://a.example.com:2935/other", True),
        ("rtmp://a.example.com/app", "rtmp://B.Example.com./app", True),
        ("rtmp://a.example.com/app", "rtmps://example.com/app", True),
        ("rtmp://a.example.com/app", "rtmp://badexample.com/app", False),
        ("rtmp://a.example.com/app", "rtmp://example.com.evil.net/app", False),
        ("rtmp://a.example.co.uk/app", "rtmp://b.other.co.uk/app", False),
        ("rtmp://192.0.2.7/app", "rtmp://192.0.2.7/app", True),
        ("rtmp://192.0.2.7/app", "rtmp://192.0.2.8/app", False),
        ("rtmp://192.0.2.7/app", "rtmp://x.2.7/app", False),
        ("rtmps://a.example.com/app", "rtmp://a.example.com/app", False),
        ("rtmps://a.example.com/app", "rtmps://b.example.com/app", True),
    ],
)
def test_a_key_goes_to_nobody_else(home: str, wanted: str, allowed: bool) -> None:
    assert may_follow(url(wanted), url(home)) is allowed


def test_without_a_url_it_is_the_server_we_are_at() -> None:
    at = "rtmps://b.live.example.com/app"
    assert moved(MovePolicy(), None, current=at) == at


def test_once_a_minute_is_enough() -> None:
    policy = MovePolicy()
    assert moved(policy, "rtmps://b.live.example.com/app") is not None
    assert moved(policy, "rtmps://c.live.example.com/app", now=MOVE_INTERVAL_S - 1) is None
    assert moved(policy, "rtmps://c.live.example.com/app", now=MOVE_INTERVAL_S) is not None


def test_a_wish_that_is_not_followed_is_no_move() -> None:
    policy = MovePolicy()
    assert moved(policy, "rtmps://elsewhere.net/app") is None
    assert moved(policy, "rtmps://b.live.example.com/app", now=1.0) is not None


def test_tls_that_was_won_on_the_way_is_not_given_up() -> None:
    home, at = url("rtmp://a.example.com/app"), url("rtmps://b.example.com/app")
    tc_url = "rtmp://c.example.com/app"
    assert MovePolicy().destination_of(tc_url, home=home, current=at, key=KEY, now=0.0) is None


@pytest.mark.parametrize(
    "tc_url", ["", "rtmps://", "rtmps://b.live.example.com", "http://b.live.example.com/app"]
)
def test_what_is_no_address_is_not_followed(tc_url: str) -> None:
    assert moved(MovePolicy(), tc_url) is None
