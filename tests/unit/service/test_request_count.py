"""Who counts as somebody that needs the service."""

from __future__ import annotations

import asyncio
from typing import Any

from powerstream_desktop.service.access.middleware import CALLER
from powerstream_desktop.service.access.scope import Caller, Scope
from powerstream_desktop.service.api_server import RequestCount

KNOWN = Caller(device="this computer", scope=Scope.ADMIN, token_id="1")


class Answering:
    """An application that answers when it is told to."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.may_answer = asyncio.Event()
        self.fails = False
        self.count = RequestCount(self._app, lambda: self.now_s)

    def ask(self, caller: Caller | None) -> asyncio.Task[None]:
        scope = {"type": "http", "state": {CALLER: caller}}

        async def nothing(*_: Any) -> Any: ...

        return asyncio.ensure_future(self.count(scope, nothing, nothing))

    async def _app(self, *_: Any) -> None:
        await self.may_answer.wait()
        if self.fails:
            raise RuntimeError


async def asked(app: Answering, caller: Caller | None) -> asyncio.Task[None]:
    task = app.ask(caller)
    await asyncio.sleep(0)
    return task


def test_who_is_known_counts_while_answered_and_from_the_end_of_the_answer() -> None:
    async def scenario() -> None:
        app = Answering()
        stream = await asked(app, KNOWN)
        assert (app.count.open_requests, app.count.last_request_s) == (1, 100.0)
        app.now_s = 500.0
        app.may_answer.set()
        await stream
        assert (app.count.open_requests, app.count.last_request_s) == (0, 500.0)

    asyncio.run(scenario())


def test_a_stranger_on_an_open_route_keeps_nobody_up() -> None:
    async def scenario() -> None:
        app = Answering()
        stranger = await asked(app, None)
        assert (app.count.open_requests, app.count.last_request_s) == (0, None)
        app.may_answer.set()
        await stranger

    asyncio.run(scenario())


def test_a_request_that_fails_is_over_all_the_same() -> None:
    async def scenario() -> None:
        app = Answering()
        app.fails = True
        app.may_answer.set()
        failing = await asked(app, KNOWN)
        await asyncio.wait({failing})
        assert isinstance(failing.exception(), RuntimeError)
        assert app.count.open_requests == 0

    asyncio.run(scenario())
