"""Addresses: what users type, what publishers send, what may be shown (rtmp.md 1.1, reliability_security.md 3.6, 3.9)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.rtmp.url import (
    RTMPURL,
    PublishTarget,
    display_url,
    looks_like_key_in_url,
    mask_key,
    normalise_publish_target,
    parse_server_url,
)

SECRET = "CANARY-4f1c-99aa"


@pytest.mark.parametrize(
    ("server_url", "key", "expected"),
    [
        ("rtmp://h/live", "k", ("rtmp", "h", 1935, "live", "k")),
        ("rtmps://h/live", "k", ("rtmps", "h", 443, "live", "k")),
        ("RTMP://Example.COM:1936/live/", " k\n", ("rtmp", "Example.COM", 1936, "live", "k")),
        ("rtmp://h//live//", "k", ("rtmp", "h", 1935, "live", "k")),
        ("rtmp://h/a/b", "k", ("rtmp", "h", 1935, "a/b", "k")),
        ("rtmp://h/live2?backup=1", "k", ("rtmp", "h", 1935, "live2?backup=1", "k")),
        ("rtmp://h/live/?x=/", "k", ("rtmp", "h", 1935, "live?x=/", "k")),
        ("rtmps://h:443/rtmp/", "FB-1?s_bl=1&a=b/c%2F", ("rtmps", "h", 443, "rtmp", "FB-1?s_bl=1&a=b/c%2F")),
        ("rtmp://h/live", "a@b/ü", ("rtmp", "h", 1935, "live", "a@b/ü")),
        ("rtmp://127.0.0.1:19350/live", "k", ("rtmp", "127.0.0.1", 19350, "live", "k")),
        ("rtmp://[::1]:1936/live", "k", ("rtmp", "::1", 1936, "live", "k")),
        ("rtmps://[fe80::1%eth0]/live", "k", ("rtmps", "fe80::1%eth0", 443, "live", "k")),
        ("rtmps://[fe80::1%12]/live", "k", ("rtmps", "fe80::1%12", 443, "live", "k")),
        ("rtmp://straße.example/live", "k", ("rtmp", "strasse.example", 1935, "live", "k")),
        ("rtmp://h/live/key", None, ("rtmp", "h", 1935, "live", "key")),
        ("rtmp://h/a//key", None, ("rtmp", "h", 1935, "a", "key")),
        ("rtmp://h/a/b/key", None, ("rtmp", "h", 1935, "a/b", "key")),
        ("rtmp://h/live/key?x=1&y=a/b", None, ("rtmp", "h", 1935, "live", "key?x=1&y=a/b")),
        ("rtmp://h/live", None, ("rtmp", "h", 1935, "live", None)),
        ("rtmp://h/live/", None, ("rtmp", "h", 1935, "live", None)),
    ],
)
def test_a_typed_address_is_split_into_its_parts(
    server_url: str, key: str | None, expected: tuple[str, str, int, str, str | None]
) -> None:
    url = parse_server_url(server_url, key)
    assert (url.scheme, url.host, url.port, url.app, url.key) == expected


@pytest.mark.parametrize(
    ("server_url", "tc_url"),
    [
        ("rtmp://h/live/", "rtmp://h/live"),
        ("rtmp://h:1935/live", "rtmp://h/live"),
        ("rtmps://h:443/live", "rtmps://h/live"),
        ("rtmp://h:443/live", "rtmp://h:443/live"),
        ("rtmp://[::1]:1936/live", "rtmp://[::1]:1936/live"),
    ],
)
def test_the_tc_url_names_only_an_unusual_port_and_keeps_brackets(server_url: str, tc_url: str) -> None:
    assert parse_server_url(server_url, "k").tc_url == tc_url


def test_the_scheme_says_whether_to_speak_tls() -> None:
    assert [parse_server_url(f"{scheme}://h/live", "k").is_tls for scheme in ("rtmp", "rtmps")] == [
        False,
        True,
    ]


def test_neither_repr_nor_str_of_an_address_shows_a_key() -> None:
    url = parse_server_url(f"rtmp://h/live/{SECRET}?t={SECRET}", SECRET)
    assert SECRET not in repr(url)
    assert str(url) == "rtmp://h/live/****"


WRONG_ADDRESSES = [
    ("", "does not start"),
    (SECRET, "does not start"),
    (f"h/live/{SECRET}", "does not start"),
    (f"{SECRET}://h/live", "unknown protocol"),
    (f"http://h/{SECRET}", "http is not supported"),
    (f"srt://h/{SECRET}", "srt is not supported"),
    *[
        (f"{scheme}://h/live/{SECRET}", "is obsolete")
        for scheme in ("rtmpt", "rtmpe", "rtmpte", "rtmpts", "rtmfp", "RTMPE")
    ],
    (f"rtmp://me:{SECRET}@h/live", "user name"),
    (f"rtmp://me@h:1/{SECRET}", "user name"),
    (f"rtmp://h/li\nve/{SECRET}", "control characters"),
    (f"rtmp://h/live%0d%0a{SECRET}", "control characters"),
    (f"rtmp://h/li ve/{SECRET}", "control characters"),
    (f"rtmp://h/live/{SECRET}\ud800", "control characters"),
    (f"rtmp://h/{SECRET * 200}", "too long"),
    *[
        (f"rtmp://h:{port}/{SECRET}", "port")
        for port in ("", "0", "65536", "99999", "-1", "１", "1a", SECRET)
    ],
    (f"rtmp:///live/{SECRET}", "lacks the host"),
    (f"rtmp://:1935/live/{SECRET}", "lacks the host"),
    *[
        (f"rtmp://{host}/{SECRET}", "host in the server address")
        for host in ("-h", "a..b", "ö" * 80, "a,b", "x" * 64, "%41")
    ],
    *[(f"rtmp://h{tail}", "lacks the application") for tail in ("", "/", "//", "?a=b", "/?a=b")],
    (f"rtmp://[::1/{SECRET}", "IPv6"),
    (f"rtmp://[::1]x/{SECRET}", "IPv6"),
    (f"rtmp://[::g]/{SECRET}", "IPv6"),
    (f"rtmp://::1/{SECRET}", "brackets"),
]


@pytest.mark.parametrize(("server_url", "sentence"), WRONG_ADDRESSES, ids=range(len(WRONG_ADDRESSES)))
def test_a_wrong_address_is_refused_in_one_sentence_without_the_key(server_url: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_server_url(server_url, SECRET)
    assert sentence in caught.value.title
    assert caught.value.title.endswith(".")
    assert SECRET not in f"{caught.value}{caught.value.detail}{caught.value!r}"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "key",
    ["", "  ", "a\nb", "a\0b", "k" * 3000, "\ud800"],
    ids=["empty", "blank", "lines", "nul", "long", "surrogate"],
)
def test_a_wrong_key_is_refused(key: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_server_url("rtmp://h/live", key)
    assert "stream key" in caught.value.title


@given(st.text(max_size=80), st.one_of(st.none(), st.text(max_size=20)))
def test_whatever_is_typed_gives_an_address_or_a_user_error(text: str, key: str | None) -> None:
    for server_url in (text, f"rtmp://{text}", f"rtmp://h/{text}", f"rtmp://[{text}]/live"):
        try:
            url = parse_server_url(server_url, key)
        except UserError:
            continue
        assert url.host
        assert url.app
        assert 1 <= url.port <= 65535
        assert parse_server_url(url.tc_url, "k") == RTMPURL(
            scheme=url.scheme, host=url.host, port=url.port, app=url.app, key="k"
        )


@pytest.mark.parametrize(
    ("app", "tc_url", "name", "expected"),
    [
        ("live", "rtmp://h/live", "key", ("live", "key", "")),
        ("a/b", "rtmp://h/a/b", "key", ("a/b", "key", "")),
        ("live/a", "", "b/c", ("live/a", "b/c", "")),
        ("live", "", "key?x=1&y=2", ("live", "key", "x=1&y=2")),
        ("live/key?x=1&y=a", "", "b", ("live/key", "b", "x=1&y=a")),
        ("live?tok=z", "", "key", ("live", "key", "tok=z")),
        ("live?tok=z", "", "key?u=1", ("live", "key", "tok=z&u=1")),
        ("key", "", "", ("key", "", "")),
        ("live", "", "", ("live", "", "")),
        ("live/key", "", "", ("live", "key", "")),
        ("a/b/key?t=1", "", "", ("a/b", "key", "t=1")),
        ("live//key", "", "", ("live", "key", "")),
        ("live/key", "", False, ("live", "key", "")),
        ("/live/", "rtmp://h/live/", "/key/", ("live", "key", "")),
        ("'live'", "", "key", ("live", "key", "")),
        (None, "rtmp://h:1935/live/?t=1", "key", ("live", "key", "t=1")),
        (None, "'rtmp://h/live'", "key", ("live", "key", "")),
        (3.0, "rtmp://h", "key", ("", "key", "")),
        (None, None, None, ("", "", "")),
        ("", "rtmp://h/live", "key", ("", "key", "")),
        ("live", "", "rtmp://10.0.0.1/live/key?a=b", ("live", "key", "a=b")),
        ("live", "", "RTMPS://10.0.0.1:443/key", ("live", "key", "")),
        ("live", "", "rtmp://10.0.0.1", ("live", "", "")),
        ("live", "", "k'ey", ("live", "k'ey", "")),
        ("live", "", "../../etc/passwd", ("live", "../../etc/passwd", "")),
    ],
)
def test_what_a_publisher_sends_is_normalised(
    app: object, tc_url: object, name: object, expected: tuple[str, str, str]
) -> None:
    target = normalise_publish_target(app, tc_url, name)
    assert (target.app, target.key, target.query) == expected


def test_the_repr_of_a_target_shows_neither_key_nor_query() -> None:
    assert SECRET not in repr(normalise_publish_target("live", "", f"{SECRET}?t={SECRET}"))


anything = st.one_of(
    st.none(), st.booleans(), st.floats(), st.text(max_size=60), st.lists(st.text(max_size=3), max_size=3)
)
sloppy_url = st.from_regex(r"(rtmps?://|')?[a-z:/?\[\]@']{0,30}", fullmatch=True)


@given(*[st.one_of(anything, sloppy_url)] * 3)
def test_nothing_a_publisher_sends_breaks_the_normaliser(app: object, tc_url: object, name: object) -> None:
    target = normalise_publish_target(app, tc_url, name)
    assert isinstance(target, PublishTarget)
    assert "?" not in target.app + target.key
    assert target.app.strip("/") == target.app


@pytest.mark.parametrize("key", ["", "a", "live", "abcdefghijkl", "15 characters--"])
def test_nothing_of_a_short_key_is_shown(key: str) -> None:
    assert mask_key(key) == "****"


def test_the_last_four_characters_of_a_long_key_are_shown() -> None:
    assert mask_key("abcd-efgh-ijkl-mn34") == "****mn34"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtmp://a.rtmp.youtube.com/live2", "rtmp://a.rtmp.youtube.com/live2"),
        (f"rtmp://h:1936/live/{SECRET}", "rtmp://h:1936/live/****"),
        (f"rtmp://h/live/a/{SECRET}?t={SECRET}#{SECRET}", "rtmp://h/live/****"),
        (f"rtmp://h/live?key={SECRET}", "rtmp://h/live"),
        (f"rtmp://me:{SECRET}@h/live", "rtmp://h/live"),
        (f"rtmp://me:{SECRET}@{SECRET}@h/live", "rtmp://h/live"),
        (f"rtmp://me:{SECRET}/{SECRET}@h/live", "rtmp://****"),
        (f"rtmp://me:12/{SECRET}/3@h/live", "rtmp://****"),
        (f"rtmp://me:{SECRET}", "rtmp://****"),
        ("rtmps://[fe80::1%eth0]:443/app", "rtmps://[fe80::1%eth0]:443/app"),
        ("rtmps://h/sk_us-west-2_abcdef", "rtmps://h/****"),
        ("rtmp://h/abcd-efgh-1234-5678-9abc", "rtmp://h/****"),
        ("rtmp://h", "rtmp://h/"),
        (SECRET, "****"),
        (f"{SECRET}://h/live", "****"),
        (f"rtmp:\\\\h\\live\\{SECRET}", "****"),
        (f"rtmp://h\n{SECRET}/live", "rtmp://****"),
        ("", "****"),
    ],
)
def test_a_shown_address_keeps_its_secrets(url: str, shown: str) -> None:
    assert display_url(url) == shown


@pytest.mark.parametrize(
    ("server_url", "expected"),
    [
        ("rtmp://a.rtmp.youtube.com/live2", False),
        ("rtmp://b.rtmp.youtube.com/live2?backup=1", False),
        ("rtmps://live-api-s.facebook.com:443/rtmp/", False),
        ("rtmp://live.twitch.tv/app/", False),
        ("rtmp://h/live_stream", False),
        ("rtmp://h/app/_definst_", False),
        ("rtmps://x.channel.media.azure.net:2935/live/0123456789abcdef0123456789abcdef", False),
        ("rtmp://live.twitch.tv/app/live_123456_abcdef", True),
        ("rtmp://h/app/_definst_/key", True),
        ("rtmp://h/app/key?x=1", True),
        ("rtmp://h/live/0123456789abcdef0123456789abcdef", True),
        ("rtmps://x.channel.media.azure.net:2935/live/0123456789abcdef0123456789abcdef/key", True),
        ("rtmps://h.live-video.net/sk_us-west-2_abcdef", True),
        ("rtmp://h/live_123456_abcdef", True),
        ("rtmp://h", False),
        ("not an address", False),
        ("", False),
    ],
)
def test_a_key_inside_a_server_address_is_noticed(server_url: str, expected: bool) -> None:
    assert looks_like_key_in_url(server_url) is expected


@given(st.text(max_size=60), st.sampled_from(["", "rtmp://", "rtmp://h/", "rtmp://u@h/", "x://"]))
def test_showing_never_fails(text: str, prefix: str) -> None:
    assert display_url(prefix + text)
    assert looks_like_key_in_url(prefix + text) in {True, False}
    assert mask_key(text).startswith("****")


key_text = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FFF), min_size=6, max_size=20).map(
    lambda tail: f"SECRET{tail}"
)


@given(
    key_text,
    st.sampled_from(
        ["rtmp://h/live/{}", "rtmp://h/live?{}", "rtmp://h/a/b/{}/c", "rtmp://u:{}@h/live", "{}"]
    ),
)
def test_no_form_of_address_shows_the_key_in_it(key: str, form: str) -> None:
    assert "SECRET" not in display_url(form.format(key))
