"""Whatever is sent: never a mistake of ours, one shape for every error, and no key in any answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.canary import spellings
from tests.unit.service.api.api_document import openapi, operations
from tests.unit.service.api.openapi_requests import Sent, requests
from tests.unit.service.api.service_parts import World, tell, world

ENDLESS = "/api/events"
"""Its answer goes on until the service ends."""
DOCUMENT = openapi()
ROUTES = [each for each in operations(DOCUMENT) if each[0] != ENDLESS]


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as one:
        # The thread for what the disk does is the fixture's, not that of the first test that needs it.
        one.get_loop().set_default_executor(ThreadPoolExecutor(1))
        one.run(asyncio.to_thread(int))
        yield one


@pytest.fixture(scope="module")
def service(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    stack = AsyncExitStack()
    yield runner.run(stack.enter_async_context(world(tmp_path_factory.mktemp("any"))))
    runner.run(stack.aclose())


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_no_request_meets_a_mistake_of_ours(
    runner: asyncio.Runner, service: World, data: st.DataObject
) -> None:
    for path, method, operation in data.draw(st.lists(st.sampled_from(ROUTES), min_size=5, max_size=25)):
        sent: Sent = data.draw(requests(DOCUMENT, path, method, operation))
        reply = runner.run(service.client.send(sent.method, sent.path, query=sent.query, raw=sent.raw))
        if reply.status in {200, 201, 202}:
            assert reply.json["ok"] is True
            assert str(reply.status) in operation["responses"]
        else:
            assert reply.status in {400, 403, 404, 409, 422}, reply.body
            assert reply.error["code"]
    service.client.replies.clear()


CANARIES = {
    "added": "canary-added-/+ä-5f1d9c",
    "pasted": "canary-pasted-77aa01",
    "stream": "canary-stream-key-40e2",
    "refused": "canary-refused-key-91bc",
}


async def _whole_life(service: World) -> None:
    """Do everything that has to do with keys, and then ask for everything there is."""
    client, url = service.client, "/api/rtmp/endpoints"
    await client.put("/api/stations/st1", {"name": "News"})
    plain = {"name": "A", "serverUrl": "rtmp://host.invalid/app", "stationId": "st1"}
    await client.put(f"{url}/ep1", {**plain, "streamKey": CANARIES["added"]})
    await client.put(f"{url}/ep1", plain)
    await client.post(url, {"name": "B", "serverUrl": f"rtmp://host.invalid/app/{CANARIES['pasted']}"})
    refused = CANARIES["refused"]
    for odd in (
        {**plain, "streamKey": [refused]},
        {**plain, "streamKey": f"{refused}\n{refused}"},
        {**plain, refused: 1},
        {**plain, "priority": refused},
        {**plain, "name": {"x": refused}},
        {**plain, "serverUrl": f"rtmp://{refused}@host.invalid/app"},
        {**plain, "serverUrl": f"rtmp://host.invalid/app?key={refused}"},
        {**plain, "serverUrl": f"rtmp://host.invalid/app/{refused}", "streamKey": "another"},
        [refused],
        refused,
    ):
        assert (await client.put(f"{url}/ep9", odd)).status == 422
    assert (await client.put(f"{url}/{refused}!", plain)).status == 422
    assert (await client.get("/api/preflight", selectedEndpoints=f"{refused}!")).status == 422
    await client.post("/api/live/start", {"stationId": "st1", "streamKey": CANARIES["stream"]})
    await client.get(f"{url}/ep1/status")
    await client.post(f"{url}/ep1/check")
    for path, method, _ in ROUTES:
        if method == "GET":
            await client.get(path.replace("{id}", "st1"))
    await client.get("/api/openapi.json")
    await client.post("/api/live/stop")
    await client.delete(f"{url}/ep1")
    await client.delete("/api/stations/st1")


def test_no_answer_holds_a_key(tmp_path: Path) -> None:
    async def story(service: World) -> None:
        await _whole_life(service)
        replies = service.client.replies
        assert {reply.status for reply in replies} == {200, 201, 404, 422}
        assert CANARIES["pasted"] in service.secrets.texts
        everything: bytes = b"".join(reply.body + str(reply.headers).encode() for reply in replies)
        found = [
            (name, spelling)
            for name, canary in CANARIES.items()
            for spelling, form in spellings(canary).items()
            if form in everything
        ]
        assert found == []

    tell(tmp_path, story)


def test_requests_are_made_for_every_route_but_the_endless_one() -> None:
    assert len(ROUTES) == len(list(operations(DOCUMENT))) - 1
