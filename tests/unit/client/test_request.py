from __future__ import annotations

import json

import pytest

from powerstream_desktop.client.address import Address
from powerstream_desktop.client.request import Request, given, path_of
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret

KEY = "live_4821_canaryKQ7"


def test_a_key_leaves_in_the_body_and_shows_nowhere_else() -> None:
    request = Request(
        method="PUT", path="/api/x", body={"a": {"streamKey": Secret(KEY)}, "b": (Secret(KEY),)}
    )
    assert json.loads(request.content() or b"") == {"a": {"streamKey": KEY}, "b": [KEY]}
    assert KEY not in repr(request)


def test_an_id_stays_one_part_of_the_path() -> None:
    assert path_of("vod", "../a b?c#d/é", "markers") == "/api/vod/..%2Fa%20b%3Fc%23d%2F%C3%A9/markers"


def test_a_query_leaves_out_what_is_not_given() -> None:
    request = Request(
        method="GET", path="/", query={"q": "a b", "limit": 5, "cursor": None, "ids": ("1", "2")}
    )
    assert request.parameters == [("q", "a b"), ("limit", "5"), ("ids", "1"), ("ids", "2")]


def test_what_is_empty_or_false_is_given() -> None:
    assert given(a="", b=False, c=None, d=0) == {"a": "", "b": False, "d": 0}


@pytest.mark.parametrize(
    ("method", "is_repeatable", "may"),
    [
        ("GET", False, True),
        ("PUT", False, True),
        ("DELETE", False, True),
        ("POST", False, False),
        ("PATCH", False, False),
        ("POST", True, True),
    ],
)
def test_what_may_be_repeated(method: str, is_repeatable: bool, may: bool) -> None:
    assert Request(method=method, path="/", is_repeatable=is_repeatable).may_be_repeated is may


@pytest.mark.parametrize("url", ["", "127.0.0.1:5001", "file:///etc/passwd", "http://user:word@127.0.0.1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UserError):
        Address(url=url, token=Secret("abc.def-1"))


@pytest.mark.parametrize("token", [f"{KEY}\r\nX: y", f"{KEY} ", "schlüssel"])
def test_what_is_no_token_is_refused_before_it_is_quoted(token: str) -> None:
    with pytest.raises(UserError) as raised:
        Address(url="http://127.0.0.1:5001", token=Secret(token))
    assert KEY not in str(raised.value)
