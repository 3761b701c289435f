"""S01-S13 and S20-S22: names, pages and shapes of requests."""

from __future__ import annotations

import pytest

from powerstream_desktop.service.access.door import Door
from powerstream_desktop.service.access.request_facts import RequestFacts

PORT = 5001
HOST = ("host", f"127.0.0.1:{PORT}")
DOOR = Door.on_loopback(PORT)


def refused(*headers: tuple[str, str], method: str = "GET", path: str = "/api/vod", door: Door = DOOR) -> str:
    found = door.refuses(RequestFacts(method=method, path=path, headers=headers))
    return found.code if found else ""


@pytest.mark.parametrize("host", ["127.0.0.1:5001", "localhost:5001", "[::1]:5001"])
def test_our_own_names_lead_in(host: str) -> None:
    assert refused(("host", host)) == ""


@pytest.mark.parametrize(
    "host",
    [
        "", "evil.example", "evil.example:5001", "127.0.0.1", "localhost", "127.0.0.1:5002", "localhost:80", "127.0.0.1:05001",
        "localhost.:5001", "127.0.0.1.:5001", "LOCALHOST:5001", "Localhost:5001", "localhost:5001.evil.example",
        "localhost.evil.example:5001", "::1", "[::1]", "::1:5001", "[::1%lo]:5001", "[0:0:0:0:0:0:0:1]:5001", "[::ffff:127.0.0.1]:5001",
        "0.0.0.0:5001", "127.1:5001", "2130706433:5001", "127.0.0.1:5001, evil.example", "user@127.0.0.1:5001", " 127.0.0.1:5001",
        "127.0.0.1:5001\t", "127.0.0.1:5001/", "http://127.0.0.1:5001", "127.0.0.1.nip.io:5001", "127.0.0.2:5001",
    ],
)  # fmt: skip
def test_every_other_spelling_of_a_name_does_not(host: str) -> None:
    assert refused(("host", host)) == "wrong-host"


def test_a_request_without_a_name_or_with_two_does_not_come_in() -> None:
    assert refused() == "wrong-host"
    assert refused(HOST, HOST) == "wrong-host"
    assert refused(HOST, ("host", "evil.example")) == "wrong-host"


@pytest.mark.parametrize(
    "path", ["http://evil.example/api/vod", "http://127.0.0.1:5001/api/vod", "", "*", "api/vod"]
)
def test_a_whole_url_in_the_request_line_is_no_path(path: str) -> None:
    assert refused(HOST, path=path) == "malformed-request"


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://localhost.evil", "http://127.0.0.1:5001", "https://localhost:5001", "", "*", "file://"],
)  # fmt: skip
def test_no_web_page_comes_in(origin: str) -> None:
    assert refused(HOST, ("origin", origin)) == "foreign-origin"
    assert refused(HOST, ("origin", origin), method="OPTIONS") == "foreign-origin"


def test_an_origin_that_was_allowed_comes_in_and_none_beside_it() -> None:
    door = Door(hosts=DOOR.hosts, origins=frozenset({"http://127.0.0.1:8000"}))
    assert refused(HOST, ("origin", "http://127.0.0.1:8000"), door=door) == ""
    assert (
        refused(HOST, ("origin", "http://127.0.0.1:8000"), ("origin", "null"), door=door) == "foreign-origin"
    )
    assert refused(HOST, ("origin", "http://127.0.0.1:80000"), door=door) == "foreign-origin"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "None", "none, cross-site"])
def test_what_a_browser_sends_for_another_page_does_not_come_in(site: str) -> None:
    assert refused(HOST, ("sec-fetch-site", site)) == "foreign-origin"


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_what_a_user_types_into_a_browser_does(site: str) -> None:
    assert refused(HOST, ("sec-fetch-site", site)) == ""


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "text/plain; application/json",
        "application/jsonp", "application/json; charset=utf-7", "text/json", "application/json, text/plain", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_what_a_form_can_send_changes_nothing(kind: str, method: str) -> None:
    assert refused(HOST, ("content-type", kind), ("content-length", "2"), method=method) == "not-json"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a_change_without_a_kind_is_refused_also_when_it_is_empty(method: str) -> None:
    assert refused(HOST, method=method) == "not-json"
    assert refused(HOST, ("content-length", "0"), method=method) == "not-json"


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON", "application/json; charset=UTF-8"])
def test_json_comes_in(kind: str) -> None:
    assert refused(HOST, ("content-type", kind), ("content-length", "2"), method="POST") == ""


def test_deleting_needs_no_body_and_one_that_comes_must_be_json() -> None:
    assert refused(HOST, method="DELETE") == ""
    assert refused(HOST, ("transfer-encoding", "chunked"), method="DELETE") == "not-json"
    assert refused(HOST, ("content-length", "5"), method="GET") == "not-json"


def test_a_body_whose_end_is_told_in_two_ways_is_refused() -> None:
    headers = (
        HOST,
        ("content-type", "application/json"),
        ("content-length", "4"),
        ("transfer-encoding", "chunked"),
    )
    assert refused(*headers, method="POST") == "malformed-request"


@pytest.mark.parametrize(
    ("length", "code"),
    [("65536", ""), ("65537", "body-too-large"), ("9" * 5000, "body-too-large"), ("-1", "malformed-request"),
     ("+5", "malformed-request"), ("0x10", "malformed-request"), ("٥", "malformed-request"), ("", "malformed-request")],
)  # fmt: skip
def test_a_body_that_says_it_is_too_large_is_not_read(length: str, code: str) -> None:
    headers = (HOST, ("content-type", "application/json"), ("content-length", length))
    assert refused(*headers, method="POST") == code


def test_headers_without_end_are_refused() -> None:
    assert refused(HOST, ("x", "y" * 8000)) == ""
    assert refused(HOST, ("x", "y" * 8192)) == "headers-too-large"
    assert refused(HOST, *[("x", "y")] * 63) == ""
    assert refused(HOST, *[("x", "y")] * 64) == "headers-too-large"


@pytest.mark.parametrize("name", ["authorization", "content-type", "content-length", "sec-fetch-site"])
def test_a_header_that_decides_may_come_once(name: str) -> None:
    value = {"content-type": "application/json", "content-length": "0", "sec-fetch-site": "none"}.get(
        name, "x"
    )
    assert refused(HOST, (name, value), (name, value)) == "malformed-request"
