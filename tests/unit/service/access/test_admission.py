"""S14-S19: who comes in, with what, and what is said to whom."""

from __future__ import annotations

import pytest

from powerstream_desktop.service.access.admission import Admission, Admitted
from powerstream_desktop.service.access.door import Door
from powerstream_desktop.service.access.refusal import Refusal
from powerstream_desktop.service.access.request_facts import RequestFacts
from powerstream_desktop.service.access.request_limits import (
    FAILED_PAUSE_S,
    MAX_FAILED_TOKENS,
    REQUESTS_AT_ONCE,
)
from powerstream_desktop.service.access.scope import Scope
from powerstream_desktop.service.access.token_record import new_record
from powerstream_desktop.service.access.tokens import TokenAuthority

NOW, UNIX_S = 50.0, 1_800_000_000.0
HOST = ("host", "127.0.0.1:5001")
JSON = ("content-type", "application/json")


class Scene:
    def __init__(self) -> None:
        self.authority = TokenAuthority(new_record())
        self.admission = Admission(Door.on_loopback(5001), self.authority)
        self.tokens = {
            scope: self.authority.pair(scope.value, scope, UNIX_S).token.reveal() for scope in Scope
        }

    def judge(
        self,
        method: str,
        path: str,
        *headers: tuple[str, str],
        token: str | None = None,
        now: float = NOW,
        is_from_here: bool = True,
    ) -> Admitted | Refusal:
        shown = () if token is None else (("authorization", f"Bearer {token}"),)
        facts = RequestFacts(
            method=method, path=path, headers=(HOST, *headers, *shown), is_from_here=is_from_here
        )
        return self.admission.judge(facts, now, UNIX_S)

    def code(self, method: str, path: str, token: str | None = None, *, now: float = NOW) -> str:
        headers = (JSON,) if method in {"POST", "PUT", "PATCH"} else ()
        judged = self.judge(method, path, *headers, token=token, now=now)
        return judged.code if isinstance(judged, Refusal) else ""


@pytest.fixture
def scene() -> Scene:
    return Scene()


READS = [
    "/api/vod",
    "/api/rtmp/endpoints",
    "/api/events",
    "/api/stations",
    "/api/openapi.json",
    "/",
    "/nowhere",
]
CHANGES = [
    ("POST", "/api/live/start"), ("POST", "/api/live/stop"), ("DELETE", "/api/rtmp/endpoints/1"), ("PUT", "/api/vod/1"),
    ("PATCH", "/api/vod/1"), ("POST", "/api/live/health"), ("POST", "/live/main/index.m3u8"), ("OPTIONS", "/api/vod"),
    ("TRACE", "/api/vod"), ("get", "/api/vod"),
]  # fmt: skip


@pytest.mark.parametrize("path", ["/api/live/health", "/api/live/status", "/live/main/index.m3u8"])
def test_what_is_open_needs_no_token(scene: Scene, path: str) -> None:
    judged = scene.judge("GET", path)
    assert isinstance(judged, Admitted)
    assert judged.caller is None


def test_playback_is_open_to_this_computer_only(scene: Scene) -> None:
    judged = scene.judge("GET", "/live/main/index.m3u8", is_from_here=False)
    assert isinstance(judged, Refusal)
    assert judged.code == "no-token"


@pytest.mark.parametrize("path", READS)
def test_reading_needs_a_token_and_any_will_do(scene: Scene, path: str) -> None:
    assert scene.code("GET", path) == "no-token"
    assert [scene.code("GET", path, token) for token in scene.tokens.values()] == ["", "", ""]


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_changing_needs_a_token_that_allows_it(scene: Scene, method: str, path: str) -> None:
    assert scene.code(method, path) == "no-token"
    assert scene.code(method, path, scene.tokens[Scope.READ]) == "not-allowed"
    assert scene.code(method, path, scene.tokens[Scope.CONTROL]) == ""


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/access/devices"), ("POST", "/api/access/open"), ("GET", "/api/access/pair"), ("POST", "/api/access/pair/")])  # fmt: skip
def test_letting_others_in_is_for_this_computer_alone(scene: Scene, method: str, path: str) -> None:
    assert scene.code(method, path, scene.tokens[Scope.CONTROL]) == "not-allowed"
    assert scene.code(method, path, scene.tokens[Scope.ADMIN]) == ""


def test_a_code_may_be_tried_without_a_token_but_never_from_a_page(scene: Scene) -> None:
    assert scene.code("POST", "/api/access/pair") == ""
    judged = scene.judge("POST", "/api/access/pair", JSON, ("origin", "http://evil.example"))
    assert isinstance(judged, Refusal)


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic {}", "{}", "Token {}", "Bearer {} x", "Bearer {},", "Bearer x{}"],
)
def test_a_token_in_another_form_is_no_token(scene: Scene, header: str) -> None:
    shown = ("authorization", header.format(scene.tokens[Scope.ADMIN]))
    judged = scene.judge("GET", "/api/vod", shown)
    assert isinstance(judged, Refusal)
    assert judged.status == 401


def test_the_name_of_the_scheme_may_be_written_in_any_case(scene: Scene) -> None:
    shown = ("authorization", f"bEaReR {scene.tokens[Scope.READ]}")
    assert isinstance(scene.judge("GET", "/api/vod", shown), Admitted)


def test_a_cookie_is_no_token(scene: Scene) -> None:
    token = scene.tokens[Scope.ADMIN]
    judged = scene.judge("GET", "/api/vod", ("cookie", f"token={token}; authorization=Bearer {token}"))
    assert isinstance(judged, Refusal)
    assert judged.code == "no-token"


def test_two_tokens_are_none(scene: Scene) -> None:
    shown = ("authorization", f"Bearer {scene.tokens[Scope.ADMIN]}")
    judged = scene.judge("GET", "/api/vod", shown, shown)
    assert isinstance(judged, Refusal)
    assert judged.code == "malformed-request"


def test_a_web_page_does_not_learn_whether_a_token_is_good(scene: Scene) -> None:
    page = ("origin", "http://evil.example")
    answers = [
        scene.judge("GET", "/api/vod", page, token=token)
        for token in (None, "bad", scene.tokens[Scope.ADMIN])
    ]
    assert len(set(answers)) == 1


def test_who_tries_tokens_gets_no_answer_for_a_minute_and_locks_nobody_out(scene: Scene) -> None:
    codes = [scene.code("GET", "/api/vod", "bad") for _ in range(MAX_FAILED_TOKENS + 5)]
    assert codes == ["bad-token"] * MAX_FAILED_TOKENS + ["too-many-requests"] * 5
    assert scene.code("GET", "/api/vod", scene.tokens[Scope.READ]) == ""
    assert scene.code("GET", "/api/vod", "bad", now=NOW + FAILED_PAUSE_S) == "bad-token"


def test_a_flood_of_one_caller_leaves_the_others_alone(scene: Scene) -> None:
    codes = [scene.code("GET", "/api/vod", scene.tokens[Scope.READ]) for _ in range(1000)]
    assert codes.count("") == REQUESTS_AT_ONCE
    assert scene.code("GET", "/api/vod", scene.tokens[Scope.CONTROL]) == ""
    assert scene.code("GET", "/api/live/health") == ""


@pytest.mark.parametrize("path", ["/api/live/health", "/api/vod"])
def test_a_flood_of_strangers_leaves_those_with_tokens_alone(scene: Scene, path: str) -> None:
    codes = [scene.code("GET", path) for _ in range(1000)]
    assert codes.count("too-many-requests") == 1000 - REQUESTS_AT_ONCE
    assert scene.code("GET", "/api/vod", scene.tokens[Scope.READ]) == ""


def test_a_flood_of_a_web_page_is_slowed_down_too(scene: Scene) -> None:
    judged = [scene.judge("GET", "/api/vod", ("origin", "http://evil.example")) for _ in range(1000)]
    codes = [each.code for each in judged if isinstance(each, Refusal)]
    assert (codes.count("foreign-origin"), codes.count("too-many-requests")) == (REQUESTS_AT_ONCE, 900)
