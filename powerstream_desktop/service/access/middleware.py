"""ASGI's side of access: the first thing that a request meets, before any routing, for HTTP and WebSockets alike.

A body is taken in whole before the application sees the request: none is larger than 64 KiB, and so the limits of size and time
hold whatever the application does with it. Most callers send their whole body before they look for an answer, and a connection that
is closed over unread bytes is reset, its answer lost: so what is refused is let run out for a moment, and thrown away.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final, TypeAlias

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.service.access import refusal
from powerstream_desktop.service.access.admission import Admission
from powerstream_desktop.service.access.audit import Audit, AuditLine
from powerstream_desktop.service.access.refusal import Refusal
from powerstream_desktop.service.access.request_facts import RequestFacts
from powerstream_desktop.service.access.request_limits import (
    BODY_S,
    DISCARD_S,
    MAX_BODY_BYTES,
    MAX_DISCARDED_BYTES,
    SLOW_ANSWER_S,
)
from powerstream_desktop.service.access.scope import Caller

Message: TypeAlias = MutableMapping[str, Any]
Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

CALLER: Final = "caller"
"""The key in the request's state where the application finds who asks; ``None`` for a stranger on an open route."""

_EVERY_ANSWER: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'"),
)
_POLICY_VIOLATION: Final = 1008


class AccessMiddleware:
    """Lets in who may come in; runs on the loop of the server.

    Args:
        app: what is behind it.
        admission: decides.
        clock: monotonic seconds.
        wall_clock: Unix seconds.
    """

    def __init__(
        self,
        app: Application,
        admission: Admission,
        *,
        clock: Clock = time.monotonic,
        wall_clock: Clock = time.time,
    ) -> None:
        self._app = app
        self._admission = admission
        self._clock = clock
        self._wall_clock = wall_clock
        self._audit = Audit(clock())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one connection of ASGI."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)  # the server's own beginning and end
            return
        facts = RequestFacts.of(scope)
        judged = self._admission.judge(facts, self._clock(), self._wall_clock())
        if isinstance(judged, Refusal):
            self._note(facts, None, judged.status, judged.code)
            if scope["type"] == "http":
                await _discard_rest(receive)
            await _refuse(scope, receive, send, judged)
            return
        # In the server's own state, so that it knows whose connection to spare when places are short.
        scope.setdefault("state", {})[CALLER] = judged.caller
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        await self._pass_on(scope, receive, send, facts, judged.caller)

    async def _pass_on(
        self, scope: Scope, receive: Receive, send: Send, facts: RequestFacts, caller: Caller | None
    ) -> None:
        body = await _whole_body(receive)
        if body is None:
            return
        if isinstance(body, Refusal):
            self._note(facts, caller, body.status, body.code)
            await _refuse(scope, receive, send, body)
            return
        answer = _Answer(send)
        try:
            await self._app(scope, _replayed(body, receive), answer.send)
        finally:
            if facts.changes_something:
                self._note(facts, caller, answer.status, "")

    def _note(self, facts: RequestFacts, caller: Caller | None, status: int, refused: str) -> None:
        device = caller.device if caller is not None else ""
        line = AuditLine(device=device, method=facts.method, path=facts.path, status=status, refused=refused)
        self._audit.note(line, self._clock())


class _Answer:
    """Gives every answer the headers that keep a browser from making use of it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": _guarded_headers(message.get("headers", ()))}
        await self._send(message)


def _guarded_headers(headers: Any) -> list[tuple[bytes, bytes]]:
    ours = {name for name, _ in _EVERY_ANSWER}
    kept = [(bytes(name).lower(), bytes(value)) for name, value in headers]
    return [
        *(
            (name, value)
            for name, value in kept
            if name not in ours and not name.startswith(b"access-control-")
        ),
        *_EVERY_ANSWER,
    ]


async def _whole_body(receive: Receive) -> bytes | Refusal | None:
    """Return a request's body, why it is refused, or ``None`` if its sender is gone."""
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_S):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    return None
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > MAX_BODY_BYTES:
                    if message.get("more_body", False):
                        await _discard_rest(receive)
                    return refusal.BODY_TOO_LARGE
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError:
        return refusal.BODY_TOO_SLOW


async def _discard_rest(receive: Receive) -> None:
    """Let the sender of a refused body come to its end, if that is near."""
    size = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DISCARD_S):
            while size < MAX_DISCARDED_BYTES:
                message = await receive()
                size += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return what gives the body once, and then what the server says: that the caller is gone."""
    rest = [body]

    async def replay() -> Message:
        return {"type": "http.request", "body": rest.pop(), "more_body": False} if rest else await receive()

    return replay


async def _refuse(scope: Scope, receive: Receive, send: Send, why: Refusal) -> None:
    if why.status == 429:
        await asyncio.sleep(SLOW_ANSWER_S)
    if scope["type"] == "websocket":
        await receive()  # "websocket.connect", which comes first
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": why.code})
        return
    body = why.body()
    named = [(name.encode(), value.encode()) for name, value in why.headers]
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *named]
    start = {"type": "http.response.start", "status": why.status, "headers": _guarded_headers(headers)}
    await send(start)
    await send({"type": "http.response.body", "body": b"" if scope.get("method") == "HEAD" else body})
