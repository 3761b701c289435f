from __future__ import annotations

import json
import random
import string
import threading
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.redaction import MAX_PROTECTED_VALUES, Redactor
from powerstream_desktop.common.redaction_patterns import mask
from tests.canary import spellings


@pytest.fixture
def redactor() -> Redactor:
    return Redactor()


# --- by value -------------------------------------------------------------------------------------------------------

AWKWARD = [
    "plainkey12345",
    "with/slash/and?query=1",
    "user@host@twice",
    "100%%percent%2F",
    "schlüssel-ключ-鍵",
    "quotes\"and'both",
    "back\\slash\\n",
    "spaces and\ttabs",
    "line\nbreak-key",
    "emoji🔑key",
]


@pytest.mark.parametrize("key", AWKWARD)
def test_a_known_key_is_struck_out_in_every_encoding(redactor: Redactor, key: str) -> None:
    redactor.protect(key)
    for name, form in spellings(key).items():
        if name in ("percent, every byte", "UTF-16 big endian"):  # nobody logs these as text
            continue
        text = form.decode("latin-1") if name.startswith("UTF-16") else form.decode()
        assert text not in redactor.redact(f"before {text} after"), name


@pytest.mark.parametrize("key", AWKWARD)
@pytest.mark.parametrize(
    "show",
    [repr, ascii, json.dumps, lambda text: repr(text.encode()), lambda text: json.dumps([text, [text]])],
)
def test_a_known_key_is_struck_out_however_it_was_escaped(
    redactor: Redactor, key: str, show: Callable[[str], str]
) -> None:
    redactor.protect(key)
    shown = show(key)
    assert "***" in redactor.redact(f"x {shown} y")
    assert shown[1:-1] not in redactor.redact(f"x {shown} y")


@given(key=st.text(st.characters(codec="utf-8"), min_size=8, max_size=60), around=st.text(max_size=20))
def test_no_known_key_survives_in_any_text(key: str, around: str) -> None:
    redactor = Redactor()
    redactor.protect(key)
    assert key not in redactor.redact(f"{around}{key}{around}{key}") or key in "***"


def test_an_empty_key_changes_nothing(redactor: Redactor) -> None:
    redactor.protect("")
    redactor.protect("   ")
    assert redactor.redact("all is well") == "all is well"


@pytest.mark.parametrize("key", ["a", "ab", "abc"])
def test_a_key_too_short_to_be_secret_does_not_blank_the_log(redactor: Redactor, key: str) -> None:
    redactor.protect(key)
    assert redactor.redact("abc: a cab is able") == "abc: a cab is able"


def test_a_key_too_short_is_still_struck_out_where_keys_stand(redactor: Redactor) -> None:
    redactor.protect("a")
    assert redactor.redact("to rtmp://host/live/a failed") == "to rtmp://host/live/*** failed"
    assert redactor.redact('{"streamKey": "a"}') == '{"streamKey": "***"}'


def test_a_short_key_is_struck_out_as_a_word_only(redactor: Redactor) -> None:
    redactor.protect("live")
    assert redactor.redact("delivered live/live, alive") == "delivered ***/***, alive"


def test_a_key_that_contains_another_leaves_nothing_behind(redactor: Redactor) -> None:
    redactor.protect("abcdefgh")
    redactor.protect("abcdefgh-ijklmnop")
    assert redactor.redact("<abcdefgh-ijklmnop>") == "<***>"


def test_a_key_pasted_with_spaces_or_parameters_is_known_without_them(redactor: Redactor) -> None:
    redactor.protect("  rtmpkey99887?bandwidthtest=true\n")
    assert redactor.redact("name=rtmpkey99887.") == "name=***."


def test_memory_is_bounded_and_the_newest_are_kept(redactor: Redactor) -> None:
    for number in range(MAX_PROTECTED_VALUES + 10):
        redactor.protect(f"value-{number:06}")
    assert redactor.redact("value-000000 value-001033") == "value-000000 ***"


def test_a_value_used_again_is_not_the_next_to_be_forgotten(redactor: Redactor) -> None:
    redactor.protect("the-first-value")
    for number in range(MAX_PROTECTED_VALUES):
        redactor.protect(f"value-{number:06}")
        redactor.protect("the-first-value")
    assert redactor.redact("the-first-value") == "***"


def test_threads_may_protect_and_redact_at_once(redactor: Redactor) -> None:
    leaks: list[str] = []

    def work(number: int) -> None:
        for turn in range(60):
            key = f"thread{number}turn{turn}key"
            redactor.protect(key)
            if key in redactor.redact(f"a {key} b"):
                leaks.append(key)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert leaks == []


# --- by pattern -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("rtmp://a.rtmp.youtube.com/live2/abcd", "rtmp://a.rtmp.youtube.com/live2/***"),
        ("rtmps://live.example:443/rtmp/FB-1-0-x?s_bl=1&a=b", "rtmps://live.example:443/rtmp/***"),
        ("rtmp://host/app/instance/key", "rtmp://host/app/***"),
        ("RTMP://HOST/APP/KEY", "RTMP://HOST/APP/***"),
        ("rtmp://host/app?token=abc", "rtmp://host/app/***"),
        ("rtmp://user:pass@host/app/key", "rtmp://***@host/app/***"),
        ("rtmp://user:p@ss@host/app/key", "rtmp://***@host/app/***"),
        ("rtmp://user:pa/ss@host/app/key", "rtmp://***"),
        ("rtmp://host/app/key@home", "rtmp://***"),
        ("rtmp://[::1]:1935/app/key", "rtmp://[::1]:1935/app/***"),
        (r"rtmp:\/\/host\/app\/key", r"rtmp:\/\/host/app/***"),
        ("rtmpt://host/app/key", "rtmpt://host/app/***"),
        ('open("rtmp://host/app/key"): refused', 'open("rtmp://host/app/***"): refused'),
        ("https://name:pa@ss@host/x", "https://***@host/x"),
        ("srt://host:9000?streamid=publish:abc&latency=20", "srt://host:9000?streamid=***&latency=20"),
        ("GET /x?a=1&access_token=abc&b=2", "GET /x?a=1&access_token=***&b=2"),
        ("?X-Amz-Signature=0123&X-Amz-Credential=AK/2", "?X-Amz-Signature=***&X-Amz-Credential=***"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ("authorization: Basic dXNlcjpwYXNz", "authorization: Basic ***"),
        ("{'Authorization': 'Bearer abc'}", "{'Authorization': 'Bearer ***'}"),
        ("Cookie: session=abc; theme=dark", "Cookie: ***"),
        ("sent Bearer abcdefgh1", "sent Bearer ***"),
        ("live_123456_AbCdEf refused", "*** refused"),
        ("live_123456_AbCdEf?bandwidthtest=true refused", "*** refused"),
        ("sk_us-west-2_abcdef0123 refused", "*** refused"),
        ("key abcd-efgh-ijkl-mnop-qrst refused", "key *** refused"),
        ("eyJhbGciOiJI.eyJzdWIi.sig-na_ture", "***"),
        ('{"stream_key":"a b,c","name":"x"}', '{"stream_key":"***","name":"x"}'),
        (r'{"password":"a\"b","name":"x"}', '{"password":"***","name":"x"}'),
        (r"{\"token\":\"abc\",\"n\":1}", r"{\"token\":\"***\",\"n\":1}"),
        ("password='never closed", "password=*** closed"),
        ("streamKey: abc", "streamKey: ***"),
        ("refresh_token=abc&x=1", "refresh_token=***&x=1"),
        ("playpath=abc live=1", "playpath=*** live=1"),
    ],
)
def test_what_looks_like_a_secret_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "rtmp://127.0.0.1:1935/live",
        "rtmp://host/app/",
        "30 frames, 2 key frames, stream 3, code=1",
        'File "powerstream_desktop/cli/live_table.py", line 3, in live_table_of',
        "session 550e8400-e29b-41d4-a716-446655440000 ended",
        "2026-11-22 10-20-30.mp4",
        "basic information follows",
        "the token expired",
        "sha256 9f86d081884c7d659a2feaa0c55ad015",
    ],
)
def test_innocent_text_stays(text: str) -> None:
    assert mask(text) == text


def test_masking_twice_changes_nothing_more() -> None:
    once = mask('rtmp://u:p@h/a/k Authorization: Bearer abc {"token":"x"} live_12345_abc')
    assert mask(once) == once


@given(st.text(alphabet=string.ascii_letters + string.digits + ":/@?&=%\"'\\ _-.{}\n", max_size=300))
def test_any_text_can_be_masked(text: str) -> None:
    mask(text)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "?",
            "a://",
            "rtmp://",
            "rtmp:\\/",
            "token",
            "\\a",
            "live_",
            "sk_",
            "abcd-",
            "eyJaaaa.",
            "%25",
        ),
        *(
            "&keykeykeykeykeykeykeykeykeykeykeykeykeykey",
            'password":',
            "password='",
            "authorization: ",
            "bearer a",
        ),
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = 'password="x://' + piece * (200_000 // len(piece)) + "@"
    started = time.process_time()
    mask(text)
    assert time.process_time() - started < 1.0


def test_a_log_line_costs_well_under_a_millisecond() -> None:
    rng = random.Random(1)
    redactor = Redactor()
    for _ in range(30):
        redactor.protect("".join(rng.choices(string.ascii_letters, k=24)))
    line = "relay.destination: connected to rtmp://host/live2/abcd-efgh-ijkl-mnop-qrst in 120 ms, state=live"
    redactor.redact(line)
    started = time.process_time()
    for _ in range(200):
        redactor.redact(line)
    assert (time.process_time() - started) / 200 < 0.001
