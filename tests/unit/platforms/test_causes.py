"""Causes in plain words."""

from __future__ import annotations

import pytest

from powerstream_desktop.platforms.causes import ABSENCES, REFUSALS, Failure, FailureKind, explain

KEY = "live_1234567890_abcdef"


@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_has_a_sentence_that_names_the_destination_and_a_next_step(kind: FailureKind) -> None:
    cause = explain(Failure(kind), "My Twitch")
    assert cause.code == kind.value
    assert "My Twitch" in cause.sentence
    for text in (cause.sentence, cause.remedy):
        assert text[0].isupper()
        assert text.endswith(".")
        assert "{" not in text


@pytest.mark.parametrize("kind", FailureKind)
def test_technical_details_stay_in_the_log(kind: FailureKind) -> None:
    cause = explain(Failure(kind, f"NetStream.Publish.BadName {KEY}"), "Twitch")
    assert KEY not in cause.sentence + cause.remedy + cause.code


@pytest.mark.parametrize("kind", [kind for kind in FailureKind if kind.value.startswith("tls-")])
def test_a_failure_of_tls_says_that_the_key_was_not_sent(kind: FailureKind) -> None:
    assert "The key was not sent." in explain(Failure(kind), "Facebook").sentence


def test_a_name_with_braces_is_only_a_name() -> None:
    assert "{0} {name}" in explain(Failure(FailureKind.DNS), "{0} {name}").sentence


def test_nothing_is_a_refusal_and_an_absence_at_once() -> None:
    assert not REFUSALS & ABSENCES
