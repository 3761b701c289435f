"""Answers to ``authmod=adobe`` and ``authmod=llnw`` challenges (rtmp.md 1.17)."""

from __future__ import annotations

import base64
import hashlib

import pytest

from powerstream_desktop.rtmp.auth import AuthChallenge, Credentials, answer_challenge, parse_challenge

ME = Credentials(user="ann", password="pass word")
WANTS_ADOBE = "[ AccessManager.Reject ] : [ code=403 need auth; authmod=adobe ] :"
WANTS_LLNW = "[ AccessManager.Reject ] : [ code=403 need auth; authmod=llnw ] :"


def four_fives(count: int) -> bytes:
    return b"\x55" * count


def answer(description: str, *, previous_query: str = "", app: str = "live") -> str | None:
    challenge = parse_challenge(description)
    assert challenge is not None
    return answer_challenge(challenge, ME, app=app, previous_query=previous_query, random_bytes=four_fives)


def md5_base64(text: str) -> str:
    return base64.b64encode(hashlib.md5(text.encode()).digest()).decode()


def md5_hex(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


@pytest.mark.parametrize("description", ["", "no such application", "authmod=kerberos", "authmod="])
def test_other_refusals_are_no_challenge(description: str) -> None:
    assert parse_challenge(description) is None


def test_the_first_answer_names_the_user_only() -> None:
    assert answer(WANTS_ADOBE) == "?authmod=adobe&user=ann"
    assert answer(WANTS_LLNW) == "?authmod=llnw&user=ann"


def test_adobe_is_answered_with_the_opaque_when_there_is_one() -> None:
    challenge = "[ AccessManager.Reject ] : [ authmod=adobe ] : ?reason=needauth&user=ann&salt=c2FsdA==&challenge=Y2g=&opaque=b3A="
    secret = md5_base64("ann" + "c2FsdA==" + "pass word")
    response = md5_base64(secret + "b3A=" + "55555555")
    assert answer(challenge, previous_query="?authmod=adobe&user=ann") == (
        f"?authmod=adobe&user=ann&challenge=55555555&response={response}&opaque=b3A="
    )


def test_adobe_is_answered_with_the_challenge_when_there_is_no_opaque() -> None:
    secret = md5_base64("ann" + "s" + "pass word")
    response = md5_base64(secret + "c" + "55555555")
    assert answer("authmod=adobe ?reason=needauth&user=ann&salt=s&challenge=c") == (
        f"?authmod=adobe&user=ann&challenge=55555555&response={response}"
    )


@pytest.mark.parametrize(("app", "path"), [("live", "live/_definst_"), ("live/a", "live/a")])
def test_llnw_is_answered_like_http_digest(app: str, path: str) -> None:
    identity, action = md5_hex("ann:live:pass word"), md5_hex(f"publish:/{path}")
    response = md5_hex(f"{identity}:N:00000001:55555555:auth:{action}")
    assert answer("[ authmod=llnw ] : ?reason=needauth&nonce=N ]", app=app) == (
        f"?authmod=llnw&user=ann&nonce=N&cnonce=55555555&nc=00000001&response={response}"
    )


@pytest.mark.parametrize("reason", ["authfailed", "nosuchuser"])
def test_a_judgement_is_final(reason: str) -> None:
    assert answer(f"authmod=adobe ?reason={reason}&salt=s&challenge=c") is None


def test_a_server_that_asks_twice_the_same_is_given_up() -> None:
    # Otherwise a hostile server could keep us connecting for ever.
    assert answer(WANTS_ADOBE, previous_query="?authmod=adobe&user=ann") is None
    assert (
        answer(
            "authmod=adobe ?reason=needauth&salt=s&challenge=c",
            previous_query="?authmod=adobe&user=ann&response=r",
        )
        is None
    )


def test_the_password_is_never_sent_and_never_shown() -> None:
    query = answer("authmod=adobe ?reason=needauth&salt=s&challenge=c")
    assert query is not None
    assert "pass word" not in query
    assert "pass word" not in repr(ME)
    assert "ann" not in repr(ME)


def test_a_challenge_that_only_names_its_module_is_open() -> None:
    challenge = parse_challenge(WANTS_ADOBE)
    assert isinstance(challenge, AuthChallenge)
    assert not challenge.is_final
    assert challenge.parameters == {}
