"""A request without a network: what a server would hand to the middleware, and what it gets back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from powerstream_desktop.service.access.middleware import AccessMiddleware, Message, Receive, Scope, Send

PORT = 5001
HOST = f"127.0.0.1:{PORT}"


@dataclass
class Inner:
    """The application behind the middleware: remembers what reached it."""

    reached: list[Scope] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: Sequence[tuple[bytes, bytes]] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached.append(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        message = await receive()
        self.bodies.append(message["body"])
        await send({"type": "http.response.start", "status": 200, "headers": [*self.headers]})
        await send({"type": "http.response.body", "body": b"{}"})


@dataclass(frozen=True)
class Answer:
    messages: list[Message]

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.messages[0]["headers"]}

    @property
    def error(self) -> dict[str, str]:
        body = json.loads(self.messages[1]["body"])
        assert body["ok"] is False
        error: dict[str, str] = body["error"]
        assert error.keys() == {"code", "message", "hint"}
        assert all(error.values())
        return error


def scope_of(
    method: str = "GET",
    path: str = "/api/studio",
    headers: Sequence[tuple[str, str]] = (("host", HOST),),
    *,
    kind: str = "http",
    client: str = "127.0.0.1",
) -> dict[str, Any]:
    scope: dict[str, Any] = {
        "type": kind,
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
        "client": (client, 40000),
        "state": {},
    }
    return scope if kind == "websocket" else {**scope, "method": method}


async def _gone() -> Message:
    return {"type": "http.disconnect"}


def bodies(*parts: bytes, then: Callable[[], Awaitable[Message]] = _gone) -> Receive:
    """Return what a server hands over: a body in parts, and then what ``then`` gives."""
    waiting = [
        {"type": "http.request", "body": part, "more_body": at < len(parts) - 1 or then is not _gone}
        for at, part in enumerate(parts)
    ]

    async def receive() -> Message:
        return waiting.pop(0) if waiting else await then()

    return receive


async def ask(middleware: AccessMiddleware, scope: Scope, receive: Receive | None = None) -> Answer:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await middleware(scope, receive or bodies(b""), send)
    return Answer(sent)


def ask_now(middleware: AccessMiddleware, scope: Scope, receive: Receive | None = None) -> Answer:
    return asyncio.run(ask(middleware, scope, receive))
