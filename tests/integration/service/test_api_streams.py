"""Answers without end and large ones, on real connections: events over lost ones, readers that stall, files in part."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.service.access import guarded_http
from powerstream_desktop.service.access.admission import Admission
from powerstream_desktop.service.access.door import Door
from powerstream_desktop.service.access.guarded_http import api_server
from powerstream_desktop.service.access.loopback import listen_on_loopback
from powerstream_desktop.service.access.middleware import AccessMiddleware
from powerstream_desktop.service.access.request_limits import MAX_CONNECTIONS, REQUESTS_AT_ONCE
from powerstream_desktop.service.access.token_record import new_record
from powerstream_desktop.service.access.tokens import TokenAuthority
from powerstream_desktop.service.api import event_stream
from powerstream_desktop.service.events.event_hub import MAX_KEPT_EVENTS, MAX_LISTENERS
from powerstream_desktop.service.events.topics import Topic
from tests.integration.relay.swift_loop import eventually
from tests.integration.service.api_door import shut
from tests.unit.service.api.service_parts import World, world
from tests.unit.service.store.rows import asset

FIRST_PORT = 41_500
PATIENCE_S = 10.0


class Served:
    """A service's API on a port of loopback, behind the door that it always has."""

    def __init__(self, service: World) -> None:
        self.service = service
        self.hub = service.events
        self._sockets = listen_on_loopback(FIRST_PORT)
        self._port = self._sockets[0].getsockname()[1]
        authority = TokenAuthority(new_record())
        self._token = authority.token_of_this_run(time.time()).reveal()
        door = AccessMiddleware(service.app, Admission(Door.on_loopback(self._port), authority))
        self.server = api_server(door)
        self._serving: asyncio.Task[None] | None = None
        self._talks: list[Talk] = []

    async def start(self) -> None:
        self._serving = asyncio.create_task(self.server.serve(sockets=list(self._sockets)))
        await eventually(lambda: self.server.started)

    async def aclose(self) -> None:
        self.hub.close()
        self.server.should_exit = True
        assert self._serving is not None
        await self._serving
        for each in self._sockets:
            each.close()
        for talk in self._talks:
            await talk.close()

    async def ask(self, path: str, *headers: str) -> Talk:
        """Send a GET; return the connection behind the answer's headers."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self._port}",
            f"Authorization: Bearer {self._token}",
            *headers,
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = (
            (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_S)).decode().lower().split("\r\n")
        )
        named = dict(line.split(": ", 1) for line in head[1:] if line)
        self._talks.append(Talk(int(head[0].split()[1]), named, reader, writer))
        return self._talks[-1]


class Talk:
    """A connection with an answer on it."""

    def __init__(
        self, status: int, headers: dict[str, str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.status = status
        self.headers = headers
        self.reader = reader
        self.writer = writer
        self.last_id = ""

    async def body(self) -> bytes:
        return await asyncio.wait_for(
            self.reader.readexactly(int(self.headers["content-length"])), PATIENCE_S
        )

    async def block(self) -> str:
        """Return the next lines up to an empty one, out of their chunks."""
        lines: list[str] = []
        while True:
            size = int(await asyncio.wait_for(self.reader.readline(), PATIENCE_S), 16)
            chunk = (await self.reader.readexactly(size + 2))[:-2].decode()
            if not size:
                return ""
            lines.append(chunk)
            if chunk.endswith("\n\n"):
                return "".join(lines)

    async def event(self) -> tuple[str, Any]:
        """Return the next event's name and data; comments are passed over."""
        while True:
            block = await self.block()
            if not block:
                raise EOFError
            fields = dict(line.split(": ", 1) for line in block.strip().split("\n"))
            if "event" in fields:
                self.last_id = fields.get("id", self.last_id)
                return fields["event"], json.loads(fields["data"])

    async def numbers(self, count: int) -> list[int]:
        """Return what the next events are numbered with."""
        return [(await self.event())[1]["number"] for _ in range(count)]

    async def close(self) -> None:
        await shut(self.writer)


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[Served]:
    async with world(folder) as service:
        api = Served(service)
        await api.start()
        try:
            yield api
        finally:
            await api.aclose()


def with_api(folder: Path, story: Callable[[Served], Awaitable[None]]) -> None:
    async def run() -> None:
        async with served(folder) as api:
            await story(api)

    asyncio.run(run())


def test_events_come_as_they_happen(tmp_path: Path) -> None:
    async def story(api: Served) -> None:
        talk = await api.ask("/api/events")
        assert talk.status == 200
        assert talk.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert talk.headers["cache-control"] == "no-store"
        assert await talk.block() == "retry: 1000\n\n"
        await eventually(lambda: api.hub.listeners)
        api.hub.publish(Topic.LIVE, {"number": 1, "title": "Straße\n\u2028\u0085ok"})
        name, data = await talk.event()
        assert (name, data["title"]) == ("live", "Straße\n\u2028\u0085ok")
        await talk.close()
        await eventually(lambda: api.hub.listeners == 0)

    with_api(tmp_path, story)


def test_who_comes_back_gets_everything_once_over_connections_that_are_lost(tmp_path: Path) -> None:
    async def story(api: Served) -> None:
        publishing = asyncio.create_task(_publish(api, 600))
        seen: list[int] = []
        last: tuple[str, ...] = ()
        while len(seen) < 600:
            talk = await api.ask("/api/events", *last)
            seen += await talk.numbers(min(75, 600 - len(seen)))
            last = (f"Last-Event-ID: {talk.last_id}",)
            talk.writer.transport.abort()
        await publishing
        assert seen == list(range(600))

    with_api(tmp_path, story)


async def _publish(api: Served, count: int) -> None:
    await eventually(lambda: api.hub.listeners)
    for number in range(count):
        api.hub.publish(Topic.STUDIO, {"number": number})
        if number % 5 == 0:
            await asyncio.sleep(0.002)


def test_who_cannot_go_on_is_told_how_everything_stands(tmp_path: Path) -> None:
    async def story(api: Served) -> None:
        for header in ("Last-Event-ID: 0123abcd-77", "Last-Event-ID:", f"Last-Event-ID: {'9' * 1000}"):
            talk = await api.ask("/api/events", header)
            assert await talk.block() == "retry: 1000\n\n"
            await eventually(lambda: api.hub.listeners)
            api.hub.publish(Topic.LIVE, {"number": 7})
            assert await talk.numbers(1) == [7]
            await talk.close()
            await eventually(lambda: not api.hub.listeners)

    with_api(tmp_path, story)


def test_a_silent_stream_shows_that_it_is_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "HEARTBEAT_S", 0.05)

    async def story(api: Served) -> None:
        talk = await api.ask("/api/events")
        assert [await talk.block() for _ in range(3)] == ["retry: 1000\n\n", ": beat\n\n", ": beat\n\n"]
        await talk.close()

    with_api(tmp_path, story)


def test_the_end_of_the_service_ends_every_stream_at_once(tmp_path: Path) -> None:
    async def story(api: Served) -> None:
        talks = [await api.ask("/api/events") for _ in range(3)]
        for talk in talks:
            await talk.block()
        begun_s = time.monotonic()
        await api.aclose()
        assert time.monotonic() - begun_s < guarded_http.CLOSING_S
        for talk in talks:
            with pytest.raises(EOFError):
                await talk.event()
            await talk.close()

    with_api(tmp_path, story)


def test_a_reader_that_stalls_slows_nobody_and_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded_http, "STALLED_S", 0.3)

    async def story(api: Served) -> None:
        stalled = await api.ask("/api/events")
        stalled.writer.transport.pause_reading()  # type: ignore[attr-defined]
        quick = await api.ask("/api/events")
        await eventually(lambda: api.hub.listeners == 2)
        large = "x" * 20_000
        worst_s = 0.0
        for number in range(MAX_KEPT_EVENTS // 2):
            begun_s = time.perf_counter()
            api.hub.publish(Topic.STUDIO, {"number": number, "large": large})
            worst_s = max(worst_s, time.perf_counter() - begun_s)
            assert await quick.numbers(1) == [number]
        assert worst_s < 0.1
        await eventually(lambda: api.hub.listeners == 1)
        api.hub.publish(Topic.LIVE, {"number": -1})
        assert await quick.numbers(1) == [-1]
        stalled.writer.transport.abort()
        await quick.close()

    with_api(tmp_path, story)


def test_a_hundred_who_want_to_listen_leave_room_for_requests(tmp_path: Path) -> None:
    async def story(api: Served) -> None:
        talks = [await api.ask("/api/events") for _ in range(MAX_LISTENERS)]
        assert {talk.status for talk in talks} == {200}
        await eventually(lambda: api.hub.listeners == MAX_LISTENERS)
        for _ in range(100 - MAX_LISTENERS):
            refused = await api.ask("/api/events", "Connection: close")
            assert refused.status == 503
            assert json.loads(await refused.body())["error"]["code"] == "too-many-listeners"
            await refused.close()
        assert (await api.ask("/api/vod")).status == 200
        api.hub.publish(Topic.LIVE, {"number": 1})
        for talk in talks:
            assert await talk.numbers(1) == [1]
            await talk.close()
        assert len(talks) < MAX_CONNECTIONS

    with_api(tmp_path, story)


CONTENT = bytes(range(251)) * 80_000
"""About 20 MB."""


async def _replay(api: Served, folder: Path) -> None:
    file = folder / "show.mp4"
    file.write_bytes(CONTENT)
    await api.service.store.write(lambda tables: tables.assets.put(asset(file=str(file))))


def test_a_replay_is_sent_in_the_parts_that_a_player_asks_for(tmp_path: Path) -> None:
    async def story(api: Served) -> None:
        await _replay(api, tmp_path)
        whole = await api.ask("/api/vod/as1/video")
        assert (whole.status, await whole.body()) == (200, CONTENT)
        await whole.close()
        middle = await api.ask("/api/vod/as1/video", "Range: bytes=10000000-15000000")
        assert (middle.status, await middle.body()) == (206, CONTENT[10_000_000:15_000_001])
        await middle.close()
        beyond = await api.ask("/api/vod/as1/video", f"Range: bytes={len(CONTENT)}-")
        assert (beyond.status, await beyond.body()) == (416, b"")
        await beyond.close()

    with_api(tmp_path, story)


def test_players_that_leave_in_the_middle_leave_nothing_open(tmp_path: Path) -> None:
    async def story(api: Served) -> None:
        await _replay(api, tmp_path)
        for _ in range(30):
            talk = await api.ask("/api/vod/as1/video")
            await talk.reader.readexactly(1000)
            talk.writer.transport.abort()
        await eventually(lambda: not api.server.server_state.tasks)
        assert (await api.ask("/api/live/health")).status == 200

    with_api(tmp_path, story)


def test_the_loop_goes_on_while_files_are_sent(tmp_path: Path) -> None:
    async def story(api: Served) -> None:
        await _replay(api, tmp_path)

        async def whole() -> bytes:
            talk = await api.ask("/api/vod/as1/video")
            body = await talk.body()
            await talk.close()
            return body

        sending = [asyncio.create_task(whole()) for _ in range(4)]
        answered = 0
        # Not so many, however long it takes, that who asks is told to ask less often.
        while answered < REQUESTS_AT_ONCE // 2 and not all(task.done() for task in sending):
            assert (await api.ask("/api/live/health", "Connection: close")).status == 200
            answered += 1
        assert answered > 3
        assert {len(body) for body in await asyncio.gather(*sending)} == {len(CONTENT)}

    with_api(tmp_path, story)
