"""A real browser with a page of another origin, and with a name that was made to lead here, tries every route (S23)."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.e2e.support.browser import BINARY, OPTIONS
from tests.e2e.support.processes import TestProcess
from tests.integration.relay.swift_loop import eventually
from tests.integration.service.api_door import APIDoor, shut

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which(BINARY) is None, reason="needs a browser"),
]

PAGE = Path(__file__).parent / "support" / "hostile_page.html"
REBOUND = "rebound.test"
START_S = 40.0
ROUTES = [
    "/api/live/health", "/api/live/status", "/api/live/start", "/api/live/stop", "/api/rtmp/endpoints", "/api/vod", "/api/stations",
    "/api/studio", "/api/access/pair", "/api/access/devices", "/live/main/index.m3u8", "/api/openapi.json",
]  # fmt: skip
EACH_ROUTE = 4
WAYS_BESIDE = 7


class HostileSite:
    """Serves the page and takes its report, on the loop of the test."""

    def __init__(self) -> None:
        self.report: dict[str, object] | None = None
        self.port = 0

    async def start(self) -> asyncio.Server:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            if head.startswith("post"):
                length = int(head.partition("content-length:")[2].split()[0])
                self.report = json.loads(await reader.readexactly(length))
            page = PAGE.read_text().replace("ROUTES;", f"{json.dumps(ROUTES)};").encode()
            kind = "text/html" if head.startswith("get / ") else "text/plain"
            writer.write(
                f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n".encode() + page
            )
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return  # a connection that the browser opened in advance
        finally:
            await shut(writer)


def browser(url: str, folder: Path, *options: str) -> TestProcess:
    (folder / "home").mkdir()
    resolving = f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    command = [BINARY, *OPTIONS, resolving, f"--user-data-dir={folder / 'home'}", *options, url]
    return TestProcess(command, name="browser", folder=folder, env={"HOME": str(folder / "home")})


def test_a_page_of_another_origin_reaches_nothing_in_any_way(tmp_path: Path) -> None:
    async def run() -> None:
        site = HostileSite()
        async with APIDoor() as door, await site.start():
            url = f"http://127.0.0.1:{site.port}/#{quote(f'http://{door.host}')}"
            with browser(url, tmp_path):
                await eventually(lambda: site.report is not None, START_S)
            assert site.report == {"tried": len(ROUTES) * EACH_ROUTE + WAYS_BESIDE, "succeeded": []}
            assert door.asked > len(ROUTES) * 3  # it did get as far as the door
            assert door.reached == []

    asyncio.run(run())


def test_a_name_that_was_made_to_lead_here_is_told_that_it_does_not(tmp_path: Path) -> None:
    async def run() -> None:
        async with APIDoor() as door:
            with browser(f"http://{REBOUND}:{door.port}/api/live/health", tmp_path, "--dump-dom") as process:
                await eventually(lambda: not process.running, START_S)
                assert "wrong-host" in process.out
            assert door.reached == []

    asyncio.run(run())
