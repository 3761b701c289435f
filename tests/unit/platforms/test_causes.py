"""Causes in plain words, for every kind of failure on every platform."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.causes import explain
from powerstream_desktop.platforms.failures import ABSENCES, REFUSALS, Failure, FailureKind
from powerstream_desktop.platforms.platform import Platform
from tests.unit.platforms.endpoints import CATALOGUE

KEY = "live_1234567890_abcdef"
PLATFORMS: list[Platform | None] = [None, *CATALOGUE.platforms]
DETAILS = [
    "",
    "self-signed certificate",
    *(f"NetConnection.Connect.{word}" for word in ("Failed", "Rejected", "InvalidApp", "AppShutdown", "IdleTimeOut")),
    *(f"NetStream.Publish.{word}" for word in ("BadName", "Rejected", "Denied", "Failed", "Unauthorized")),
    "NetStream.Unpublish.InternalKill",
]  # fmt: skip


def platform_id(platform: Platform | None) -> str:
    return platform.id if platform else "none"


@pytest.mark.parametrize("platform", PLATFORMS, ids=platform_id)
@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_has_a_sentence_that_names_the_destination_and_a_next_step(
    kind: FailureKind, platform: Platform | None
) -> None:
    for detail in DETAILS:
        cause = explain(Failure(kind, detail), "Our show", platform)
        assert cause.code == kind.value
        assert "Our show" in cause.sentence
        for text in (cause.sentence, cause.remedy):
            assert text[0].isupper()
            assert text.endswith(".")
            assert not set("{}") & set(text)
            assert len(text) <= 140


@pytest.mark.parametrize("kind", FailureKind)
def test_a_custom_platform_is_explained_like_none(kind: FailureKind) -> None:
    assert explain(Failure(kind), "A", CATALOGUE.platform("custom")) == explain(Failure(kind), "A")


@pytest.mark.parametrize("key", [KEY, "a-key-like-no-other", "a-key-\0like-no-\x1bother"])
@pytest.mark.parametrize("kind", FailureKind)
def test_no_key_gets_into_a_cause(kind: FailureKind, key: str) -> None:
    Secret("a-key-like-no-other")
    for platform in PLATFORMS:
        cause = explain(Failure(kind, f"NetStream.Publish.BadName: {key}"), "Twitch", platform)
        shown = repr(cause)
        assert KEY not in shown
        assert "like-no-other" not in shown


@pytest.mark.parametrize("kind", [kind for kind in FailureKind if kind.value.startswith("tls-")])
def test_a_failure_of_tls_says_that_the_key_was_not_sent(kind: FailureKind) -> None:
    for platform, detail in itertools.product(PLATFORMS, DETAILS):
        assert "The key was not sent." in explain(Failure(kind, detail), "Facebook", platform).sentence


def test_a_name_with_braces_is_only_a_name() -> None:
    assert "{0} {name}" in explain(Failure(FailureKind.DNS), "{0} {name}").sentence


def test_nothing_is_a_refusal_and_an_absence_at_once() -> None:
    assert not REFUSALS & ABSENCES


# --- what the server or OpenSSL said ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "detail", "sentence"),
    [
        (
            FailureKind.TLS_UNTRUSTED,
            "self-signed certificate",
            "Mine vouches for itself: its certificate is self-signed. The key was not sent.",
        ),
        (
            FailureKind.TLS_UNTRUSTED,
            "self-signed certificate in certificate chain",
            "The certificate of Mine is not from an authority this computer trusts. The key was not sent.",
        ),
        (
            FailureKind.TLS_UNTRUSTED,
            "unable to get local issuer certificate",
            "The certificate of Mine is not from an authority this computer trusts. The key was not sent.",
        ),
        (
            FailureKind.CONNECT_REJECTED,
            "NetConnection.Connect.InvalidApp",
            "Mine does not know the application that the server URL names.",
        ),
        (FailureKind.CONNECT_REJECTED, "NetConnection.Connect.AppShutdown", "Mine is shutting down."),
        (FailureKind.CONNECT_REJECTED, "NetConnection.Connect.Failed", "Mine could not open a session."),
        (
            FailureKind.CONNECT_REJECTED,
            "user name and password wanted",
            "Mine wants a user name and a password before it takes a stream.",
        ),
        (FailureKind.CONNECT_REJECTED, "NetConnection.Connect.Rejected", "Mine refused the server URL."),
        (
            FailureKind.KEY_REFUSED,
            "NetStream.Publish.BadName: Stream already publishing",
            "Mine says that the stream key is wrong or in use.",
        ),
        (FailureKind.KEY_REFUSED, "NetStream.Publish.Rejected", "Mine refused the stream key."),
        (
            FailureKind.KEY_REFUSED,
            "NetStream.Publish.Denied",
            "Mine does not let this stream key broadcast.",
        ),
        (
            FailureKind.KEY_REFUSED,
            "NetStream.Publish.Unauthorized",
            "Mine does not let this stream key broadcast.",
        ),
        (
            FailureKind.KEY_REFUSED,
            "NetStream.Publish.Failed",
            "Mine could not begin a broadcast with this stream key.",
        ),
        (
            FailureKind.ENDED_BY_PLATFORM,
            "NetStream.Unpublish.InternalKill",
            "Mine ended the broadcast: another page or encoder took it over.",
        ),
    ],
)
def test_what_was_said_makes_the_sentence_more_exact(kind: FailureKind, detail: str, sentence: str) -> None:
    assert explain(Failure(kind, detail), "Mine").sentence == sentence


def test_the_servers_own_words_are_kept_for_those_who_search_for_them() -> None:
    cause = explain(
        Failure(FailureKind.KEY_REFUSED, "NetStream.Publish.BadName: Stream already publishing"), "Mine"
    )

    assert cause.detail == "NetStream.Publish.BadName: Stream already publishing"


@pytest.mark.parametrize(
    ("said", "shown"),
    [("a\x1b[31m\nb\u202e", "a[31mb"), ("ü" * 500, "ü" * 200), ("rtmp://h/app/key_1234", "rtmp://h/app/***")],
)
def test_the_servers_own_words_are_shown_printable_short_and_without_secrets(said: str, shown: str) -> None:
    assert explain(Failure(FailureKind.CONNECT_REJECTED, said), "Mine").detail == shown


def test_the_systems_own_words_stay_in_the_log() -> None:
    assert explain(Failure(FailureKind.RESET, "ECONNRESET"), "Mine").detail == ""


# --- the platforms' habits -------------------------------------------------------------------------------------------


def cause_at(platform: str, kind: FailureKind, detail: str = "") -> str:
    cause = explain(Failure(kind, detail), "Mine", CATALOGUE.platform(platform))
    return f"{cause.sentence} {cause.remedy}"


@pytest.mark.parametrize(
    ("platform", "kind", "words"),
    [
        (
            "twitch",
            FailureKind.CLOSED_BEFORE_START,
            "right after we logged in: the key is wrong or the channel is busy.",
        ),
        ("twitch", FailureKind.CLOSED_SOON, "Twitch gives no reason."),
        ("twitch", FailureKind.UNSUPPORTED_CODEC, "only H.264 with AAC"),
        ("youtube", FailureKind.CLOSED_SOON, "YouTube may notice a wrong key only after some time"),
        ("youtube", FailureKind.CLOSED, "a wrong one may be noticed late"),
        ("facebook", FailureKind.KEY_REFUSED, "expire unused after 24 hours"),
        ("facebook", FailureKind.CLOSED_BEFORE_START, "most likely the key has expired"),
        ("facebook", FailureKind.ENDED_BY_PLATFORM, "another page, encoder or person"),
        ("kick", FailureKind.CONNECT_REJECTED, "must end in /app"),
        ("kick", FailureKind.CLOSED_BEFORE_CONNECT, "must end in /app"),
        ("linkedin", FailureKind.KEY_REFUSED, "serve one event"),
        ("linkedin", FailureKind.CLOSED_BEFORE_START, "serve one event"),
        ("linkedin", FailureKind.DNS, "serves one event"),
        ("tiktok", FailureKind.KEY_REFUSED, "after every broadcast"),
        ("tiktok", FailureKind.CLOSED_BEFORE_START, "after every broadcast"),
        ("instagram", FailureKind.KEY_REFUSED, "serve one broadcast"),
        ("instagram", FailureKind.CLOSED_BEFORE_START, "serve one broadcast"),
        ("x", FailureKind.CLOSED_BEFORE_START, "Premium"),
        ("rumble", FailureKind.KEY_REFUSED, "one slot"),
    ],
)
def test_a_platforms_habit_is_known(platform: str, kind: FailureKind, words: str) -> None:
    assert words in cause_at(platform, kind)


def test_a_platforms_own_remedy_follows_what_its_server_said() -> None:
    assert cause_at("linkedin", FailureKind.KEY_REFUSED, "NetStream.Publish.BadName") == (
        "Mine says that the stream key is wrong or in use. "
        "LinkedIn's keys serve one event: copy today's URL and key from the event's page."
    )


@pytest.mark.parametrize("kind", FailureKind)
def test_the_platforms_page_is_offered_where_it_helps(kind: FailureKind) -> None:
    url = explain(Failure(kind), "Mine", CATALOGUE.platform("twitch")).help_url

    helps = kind in REFUSALS or kind in {
        FailureKind.CLOSED_BEFORE_CONNECT,
        FailureKind.START_TIMEOUT,
        FailureKind.CLOSED_SOON,
        FailureKind.ENDED_BY_PLATFORM,
    }
    assert url == ("https://dashboard.twitch.tv/settings/stream" if helps else "")
