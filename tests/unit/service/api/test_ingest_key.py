"""The key for external encoders is told, and renewed, when somebody at this computer asks for it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from powerstream_desktop.service.access.request_facts import RequestFacts
from powerstream_desktop.service.access.routes import needed_scope
from powerstream_desktop.service.access.scope import Scope
from powerstream_desktop.service.store.store_faults import ConflictError
from tests.unit.service.api.service_parts import World, tell

PATH = "/api/access/ingest-key"


def test_it_is_told_with_the_address_that_goes_with_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for wish in ({}, {"renew": False}):
            reply = await world.client.post(PATH, wish)
            assert reply.status == 200
            assert reply.json == {
                "ok": True,
                "serverUrl": "rtmp://127.0.0.1:1935/live",
                "ingestKey": "made-up-encoder-key-1",
            }
        renewed = await world.client.post(PATH, {"renew": True})
        assert renewed.json["ingestKey"] == "made-up-encoder-key-2"

    tell(tmp_path, story)


def test_it_stays_while_an_encoder_may_be_using_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.multistream.refuses = ConflictError("An encoder may be using it.", hint="End it first.")
        reply = await world.client.post(PATH, {"renew": True})
        assert (reply.status, reply.error["code"]) == (409, "conflict")

    tell(tmp_path, story)


def test_no_log_holds_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def story(world: World) -> None:
        assert (await world.client.post(PATH, {})).status == 200

    caplog.set_level(logging.DEBUG)
    tell(tmp_path, story)
    assert "made-up-encoder-key" not in caplog.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_only_who_may_do_everything_is_told(method: str) -> None:
    assert needed_scope(RequestFacts(method=method, path=PATH, headers=())) is Scope.ADMIN
