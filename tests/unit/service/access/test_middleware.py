from __future__ import annotations

import asyncio
import logging

import pytest

from powerstream_desktop.service.access import middleware as middleware_module
from powerstream_desktop.service.access.admission import Admission
from powerstream_desktop.service.access.door import Door
from powerstream_desktop.service.access.middleware import CALLER, AccessMiddleware, Message
from powerstream_desktop.service.access.request_limits import MAX_BODY_BYTES, MAX_DISCARDED_BYTES
from powerstream_desktop.service.access.scope import Scope
from powerstream_desktop.service.access.token_record import new_record
from powerstream_desktop.service.access.tokens import TokenAuthority
from tests.unit.service.access.asgi import HOST, PORT, Inner, ask, ask_now, bodies, scope_of

UNIX_S = 1_800_000_000.0
AUDIT = "powerstream_desktop.service.access.audit"


class Scene:
    def __init__(self) -> None:
        self.now = 0.0
        self.inner = Inner()
        self.authority = TokenAuthority(new_record())
        self.token = self.authority.pair("Stream Deck", Scope.CONTROL, UNIX_S).token.reveal()
        self.door = AccessMiddleware(
            self.inner,
            Admission(Door.on_loopback(PORT), self.authority),
            clock=lambda: self.now,
            wall_clock=lambda: UNIX_S,
        )

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [
            ("host", HOST),
            ("authorization", f"Bearer {self.token}"),
            ("content-type", "application/json"),
        ]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_who_comes_in_is_told_to_the_application(scene: Scene) -> None:
    assert ask_now(scene.door, scope_of(headers=scene.headers)).status == 200
    caller = scene.inner.reached[0]["state"][CALLER]
    assert (caller.device, caller.scope) == ("Stream Deck", Scope.CONTROL)


def test_a_stranger_on_an_open_route_is_nobody(scene: Scene) -> None:
    assert ask_now(scene.door, scope_of(path="/api/live/health")).status == 200
    assert scene.inner.reached[0]["state"][CALLER] is None


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ([("host", "evil.example")], 421, "wrong-host"),
        ([("host", HOST), ("origin", "null")], 403, "foreign-origin"),
        ([("host", HOST)], 401, "no-token"),
        ([("host", HOST), ("authorization", "Bearer x")], 401, "bad-token"),
    ],
)
def test_who_is_refused_gets_a_code_a_sentence_and_a_hint_and_reaches_nothing(
    scene: Scene, headers: list[tuple[str, str]], status: int, code: str
) -> None:
    answer = ask_now(scene.door, scope_of(headers=headers))
    assert (answer.status, answer.error["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/json"
    assert scene.inner.reached == []


def test_a_refusal_for_want_of_a_token_says_what_is_wanted(scene: Scene) -> None:
    assert ask_now(scene.door, scope_of()).headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ["/api/vod", "/api/live/health"])
def test_no_answer_can_be_made_use_of_by_a_page(scene: Scene, path: str) -> None:
    scene.inner.headers = [
        (b"Access-Control-Allow-Origin", b"*"),
        (b"Cache-Control", b"public"),
        (b"content-type", b"application/json"),
    ]
    headers = ask_now(scene.door, scope_of(path=path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"] == "default-src 'none'"
    assert not any(name.startswith("access-control") for name in headers)


def test_a_page_that_asks_beforehand_is_told_nothing(scene: Scene) -> None:
    headers = [("host", HOST), ("origin", "http://evil.example"), ("access-control-request-method", "PUT")]
    answer = ask_now(scene.door, scope_of("OPTIONS", headers=headers))
    assert answer.status == 403
    assert not any(name.startswith("access-control") for name in answer.headers)


@pytest.mark.parametrize(
    "headers",
    [
        [("host", "evil.example")],
        [("host", HOST), ("origin", "http://evil.example")],
        [("host", HOST), ("sec-fetch-site", "cross-site")],
        [("host", HOST)],
    ],
)
def test_a_web_socket_meets_the_same_rules(scene: Scene, headers: list[tuple[str, str]]) -> None:
    async def connect() -> Message:
        return {"type": "websocket.connect"}

    answer = ask_now(scene.door, scope_of(headers=headers, kind="websocket"), connect)
    assert [message["type"] for message in answer.messages] == ["websocket.close"]
    assert scene.inner.reached == []


def test_a_web_socket_with_a_token_comes_in(scene: Scene) -> None:
    answer = ask_now(scene.door, scope_of(headers=scene.headers, kind="websocket"))
    assert [message["type"] for message in answer.messages] == ["websocket.accept"]


def test_a_body_in_pieces_reaches_the_application_whole(scene: Scene) -> None:
    ask_now(scene.door, scope_of("POST", headers=scene.headers), bodies(b'{"a"', b":1", b"}"))
    assert scene.inner.bodies == [b'{"a":1}']


def test_a_body_that_does_not_say_how_large_it_is_is_cut_at_the_limit(scene: Scene) -> None:
    whole = bodies(b" " * MAX_BODY_BYTES)
    assert ask_now(scene.door, scope_of("POST", headers=scene.headers), whole).status == 200
    larger = bodies(*[b" " * 4096] * 16, b" ")
    answer = ask_now(scene.door, scope_of("POST", headers=scene.headers), larger)
    assert (answer.status, answer.error["code"]) == (413, "body-too-large")
    assert len(scene.inner.reached) == 1


def test_a_refused_body_runs_out_before_the_refusal_so_that_its_sender_gets_to_read_it(scene: Scene) -> None:
    for headers in (scene.headers, [("host", HOST)]):
        left = [b" " * 40_000] * 20

        async def receive(left: list[bytes] = left) -> Message:
            return {"type": "http.request", "body": left.pop(), "more_body": bool(left)}

        assert ask_now(scene.door, scope_of("POST", headers=headers), receive).status in {413, 415}
        assert left == []


def test_a_refused_body_without_an_end_is_not_taken_for_ever(scene: Scene) -> None:
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        taken += 40_000
        return {"type": "http.request", "body": b" " * 40_000, "more_body": True}

    assert ask_now(scene.door, scope_of("POST", headers=scene.headers), receive).status == 413
    assert taken < MAX_BODY_BYTES + MAX_DISCARDED_BYTES + 100_000


def test_a_body_that_does_not_come_in_time_is_not_waited_for(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware_module, "BODY_S", 0.01)

    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    answer = ask_now(scene.door, scope_of("POST", headers=scene.headers), bodies(b"{", then=never))
    assert (answer.status, answer.error["code"]) == (408, "body-too-slow")
    assert scene.inner.reached == []


def test_who_goes_in_the_middle_of_a_body_gets_no_answer(scene: Scene) -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    answer = ask_now(scene.door, scope_of("POST", headers=scene.headers), bodies(b"{", then=gone))
    assert answer.messages == []
    assert scene.inner.reached == []


def test_who_asks_too_often_waits_for_the_refusal(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", pause)

    async def flood() -> list[int]:
        return [(await ask(scene.door, scope_of(headers=scene.headers))).status for _ in range(150)]

    statuses = asyncio.run(flood())
    assert (statuses.count(200), statuses.count(429)) == (100, 50)
    assert len(pauses) == 50
    assert min(pauses) > 0


def test_a_change_leaves_a_line_with_who_and_what_and_nothing_else(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger=AUDIT):
        scope = scope_of("POST", "/api/live/start", scene.headers) | {"query_string": b"q=secret-query"}
        ask_now(scene.door, scope, bodies(b'{"streamKey":"live_12345678"}'))
        ask_now(scene.door, scope_of(headers=scene.headers))
    assert caplog.messages == ["Stream Deck: POST /api/live/start: 200"]
    assert all(scene.token not in str(vars(record)) for record in caplog.records)


def test_who_knocks_all_day_does_not_fill_the_log(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    async def knock() -> None:
        for _ in range(90):
            await ask(scene.door, scope_of("POST", "/api/live/start\r\n\x1b[2J", [("host", "evil.example")]))

    with caplog.at_level(logging.INFO, logger=AUDIT):
        asyncio.run(knock())
    assert len(caplog.messages) == 20
    assert caplog.messages[0].startswith("a stranger: POST /api/live/start")
    assert caplog.messages[0].endswith("421 wrong-host")
    assert caplog.messages[0].isprintable()


def test_the_servers_own_beginning_and_end_pass_through() -> None:
    seen: list[str] = []

    async def app(scope: object, receive: object, send: object) -> None:
        seen.append("lifespan")

    door = AccessMiddleware(app, Admission(Door.on_loopback(PORT), TokenAuthority(new_record())))
    ask_now(door, {"type": "lifespan"})
    assert seen == ["lifespan"]
