"""The whole API behind its real door and server, with bytes on real connections."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.canary import find_canary
from tests.integration.service.api_door import PATIENCE_S, APIDoor, shut
from tests.unit.service.api.service_parts import world

if TYPE_CHECKING:
    import pytest

KEY = "canary-key-b2f0-77aa-5f1d9c"
ENDPOINT = {"name": "Twitch", "platform": "twitch", "streamKey": KEY}


@dataclass(frozen=True)
class Told:
    """An answer, as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> str:
        """Return the code of the error, in the one shape that all have."""
        answer = json.loads(self.body)
        assert answer.keys() == {"ok", "error"}
        assert all(answer["error"][name] for name in ("code", "message", "hint"))
        return str(answer["error"]["code"])


async def ask(
    door: APIDoor, line: str, body: Any = None, *, token: str | None = None, kind: str = "application/json"
) -> Told:
    """Send one request and return its answer; with the token of this run unless another is given."""
    data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    shown = door.token if token is None else token
    lines = [f"{line} HTTP/1.1", f"Host: {door.host}", "Connection: close", f"Content-Length: {len(data)}"]
    lines += [f"Authorization: Bearer {shown}"] if shown else []
    lines += [f"Content-Type: {kind}"] if kind else []
    reader, writer = await door.connect()
    try:
        writer.write("\r\n".join([*lines, "", ""]).encode() + data)
        head, _, rest = (await asyncio.wait_for(reader.read(), PATIENCE_S)).partition(b"\r\n\r\n")
    finally:
        await shut(writer)
    first, *named = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in named)}
    return Told(int(first.split()[1]), headers, rest)


def test_a_day_with_the_api_leaves_no_key_in_answers_data_and_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def run() -> list[Told]:
        async with world(tmp_path) as service, APIDoor(service.app) as door:
            answers = [
                await ask(door, "PUT /api/stations/st1", {"name": "News"}),
                await ask(door, "PUT /api/rtmp/endpoints/ep1", {**ENDPOINT, "stationId": "st1"}),
                await ask(door, "PUT /api/rtmp/endpoints/ep1", {**ENDPOINT, "stationId": "st1"}),
                await ask(door, "GET /api/rtmp/endpoints?stationId=st1"),
                await ask(door, "POST /api/live/start", {"stationId": "st1", "streamKey": KEY}),
                await ask(door, "GET /api/rtmp/status"),
                await ask(door, "GET /api/rtmp/endpoints/ep1/status"),
                await ask(door, "POST /api/live/stop", {}),
                await ask(door, "GET /api/openapi.json"),
            ]
            assert [each.status for each in answers] == [200] * len(answers)
            assert service.secrets.texts == [KEY]
            refused = await ask(door, "PUT /api/rtmp/endpoints/ep2", {**ENDPOINT, KEY: KEY, "priority": KEY})
            assert (refused.status, refused.code) == (422, "invalid-request")
            return [*answers, refused]

    answers = asyncio.run(run())
    (tmp_path / "answers").write_bytes(b"".join(each.body for each in answers))
    (tmp_path / "log").write_text(caplog.text, "utf-8")
    assert caplog.text
    assert find_canary([tmp_path], KEY) == []


def test_every_answer_is_guarded_whoever_gives_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with world(tmp_path) as service, APIDoor(service.app) as door:
            for line, body, status, code in (
                ("GET /api/stations", None, 200, ""),
                ("GET /api/nothing", None, 404, "unknown-path"),
                ("PATCH /api/stations", {}, 405, "wrong-method"),
                ("DELETE /api/stations/gone", None, 404, "not-found"),
                ("POST /api/stations", b"{", 422, "invalid-request"),
                ("POST /api/stations", b"x" * 70_000, 413, "body-too-large"),
            ):
                told = await ask(door, line, body)
                assert told.status == status, line
                assert not code or told.code == code
                assert told.headers["content-type"] == "application/json"
                assert told.headers["content-security-policy"] == "default-src 'none'"
                assert told.headers["cache-control"] == "no-store"
                assert "server" not in told.headers
            told = await ask(door, "POST /api/stations", {"name": "x"}, kind="text/plain")
            assert (told.status, told.code) == (415, "not-json")

    asyncio.run(run())


def test_every_route_but_the_open_two_needs_a_token(tmp_path: Path) -> None:
    ticks = itertools.count()

    async def run() -> None:
        # There are more routes than a stranger may try at once: for who judges that, a second lies between two requests.
        async with (
            world(tmp_path) as service,
            APIDoor(service.app, clock=lambda: float(next(ticks))) as door,
        ):
            for path, methods in service.app.openapi()["paths"].items():
                for method, operation in methods.items():
                    if not operation["security"]:
                        continue
                    told = await ask(door, f"{method.upper()} {path.replace('{id}', 'x')}", {}, token="")
                    assert (told.status, told.code) == (401, "no-token"), path
            for path in ("/api/live/health", "/api/live/status"):
                assert (await ask(door, f"GET {path}", token="")).status == 200

    asyncio.run(run())


def test_many_who_change_one_endpoint_at_once_leave_one_key(tmp_path: Path) -> None:
    async def run() -> None:
        async with world(tmp_path) as service, APIDoor(service.app) as door:
            told = await asyncio.gather(
                *(
                    ask(
                        door,
                        "PUT /api/rtmp/endpoints/ep1",
                        {**ENDPOINT, "streamKey": f"made-up-key-{number}"},
                    )
                    for number in range(12)
                )
            )
            assert {each.status for each in told} == {200}
            saved = await service.store.read(lambda tables: tables.endpoints.get("ep1"))
            assert list(service.secrets.kept) == [saved.key_ref]

    asyncio.run(run())
