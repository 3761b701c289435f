"""Asks an application of ASGI without a socket, in the process and on the loop of the test."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Reply:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> dict[str, str]:
        """The error, in the one shape that all have."""
        answer = self.json
        assert answer.keys() == {"ok", "error"}, answer
        assert answer["ok"] is False
        assert answer["error"].keys() == {"code", "message", "hint"}
        assert all(answer["error"].values()), answer
        error: dict[str, str] = answer["error"]
        return error


class Client:
    """Asks; whatever reached it is in ``replies``."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.replies: list[Reply] = []

    async def get(self, path: str, **query: Any) -> Reply:
        return await self.send("GET", path, query=urlencode(query, doseq=True))

    async def post(self, path: str, body: object | None = None) -> Reply:
        return await self.send("POST", path, {} if body is None else body)

    async def put(self, path: str, body: object) -> Reply:
        return await self.send("PUT", path, body)

    async def delete(self, path: str) -> Reply:
        return await self.send("DELETE", path)

    async def send(
        self,
        method: str,
        path: str,
        body: object | None = None,
        *,
        query: str = "",
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
        on_part: Callable[[], None] = lambda: None,
    ) -> Reply:
        """Send ``body`` as JSON, or ``raw`` as it is; ``on_part`` is called with each part of the answer."""
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        named = {"content-type": "application/json", "content-length": str(len(data)), **(headers or {})}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
            "client": ("127.0.0.1", 40_000),
            "server": ("127.0.0.1", 5001),
            "state": {"caller": None},
        }
        reply = await _ask(self._app, scope, data, on_part)
        self.replies.append(reply)
        return reply


async def _ask(app: Any, scope: dict[str, Any], data: bytes, on_part: Callable[[], None]) -> Reply:
    sent: list[dict[str, Any]] = []
    rest = [data]

    async def receive() -> dict[str, Any]:
        if rest:
            return {"type": "http.request", "body": rest.pop(), "more_body": False}
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if message.get("body"):
            on_part()

    await app(scope, receive, send)
    start, *parts = sent
    return Reply(
        status=start["status"],
        headers={name.decode().lower(): value.decode() for name, value in start["headers"]},
        body=b"".join(part.get("body", b"") for part in parts),
    )
