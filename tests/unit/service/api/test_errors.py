"""What goes wrong has a status, a code and two sentences, and never what was sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import BugError, PeerError, PowerStreamError, SystemFault, UserError
from powerstream_desktop.service.api.errors import error_of
from powerstream_desktop.service.secret_store.secret_faults import (
    SecretTrouble,
    keyring_absent,
    passphrase_needed,
)
from powerstream_desktop.service.store.store_faults import (
    ConflictError,
    DamagedStoreError,
    StoreFault,
    UnknownRecordError,
)
from tests.unit.service.api.service_parts import World, tell

SECRET = "made-up-key-0123456789"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (UserError("No."), 422, "not-possible"),
        (UnknownRecordError("No."), 404, "not-found"),
        (ConflictError("No."), 409, "conflict"),
        (SystemFault("No."), 503, "system-fault"),
        (StoreFault("No."), 503, "data-fault"),
        (DamagedStoreError("No."), 503, "data-fault"),
        (keyring_absent(), 409, SecretTrouble.ABSENT.value),
        (PeerError("No.", code="dns"), 502, "dns"),
        (BugError("No."), 500, "internal-error"),
    ],
)
def test_every_kind_of_error_has_a_status_and_words(error: PowerStreamError, status: int, code: str) -> None:
    found, words = error_of(error)
    assert (found, words.code) == (status, code)
    assert words.message
    assert words.hint
    assert (words.message == error.title) is not (status == 500)


def test_a_hint_of_the_errors_own_is_told() -> None:
    assert error_of(UserError("No.", hint="Do this."))[1].hint == "Do this."


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize(
    "error", [BugError("inner word", detail="inner word"), ValueError("inner word"), KeyError("inner word")]
)
def test_a_mistake_of_ours_is_logged_and_not_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    async def story(world: World) -> None:
        world.multistream.refuses = error
        reply = await world.client.post("/api/live/start")
        assert (reply.status, reply.error["code"]) == (500, "internal-error")
        assert b"inner" not in reply.body
        world.multistream.refuses = None
        assert (await world.client.post("/api/live/start")).status == 200

    tell(tmp_path, story)
    assert "a request met a mistake of ours" in caplog.text
    assert "inner word" in caplog.text


def test_keys_that_wait_for_their_passphrase_are_told_and_are_no_warning_in_the_log(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.multistream.refuses = passphrase_needed("endpoint-1")
        reply = await world.client.post("/api/live/start")
        assert (reply.status, reply.error["code"]) == (409, SecretTrouble.SEALED.value)

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_what_this_computer_refuses_is_told_and_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(world: World) -> None:
        world.multistream.refuses = SystemFault("The disk is full.", detail="inner word")
        reply = await world.client.post("/api/live/start")
        assert (reply.status, reply.error["code"]) == (503, "system-fault")
        assert b"inner" not in reply.body

    tell(tmp_path, story)
    assert "a request could not be done: The disk is full. (inner word)" in caplog.text


def test_an_unknown_address_and_a_wrong_method_are_told_in_the_same_shape(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for path in ("/", "/api", "/api/stations/", "/docs", "/redoc", "/api/stations/a/b"):
            reply = await world.client.get(path)
            assert (reply.status, reply.error["code"]) == (404, "unknown-path"), path
        for method, path in (
            ("PATCH", "/api/stations"),
            ("HEAD", "/api/stations"),
            ("TRACE", "/api/stations"),
        ):
            reply = await world.client.send(method, path)
            assert (reply.status, reply.error["code"]) == (405, "wrong-method"), path
            assert "GET" in reply.headers["allow"]

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "The field name is missing."),
        ({"name": 5}, "The field name is not what it should be."),
        ({"name": ""}, "The field name is not what it should be."),
        ({"name": "x" * 81}, "The field name is not what it should be."),
        ({"name": "two\nlines"}, "The field name is not what it should be."),
        ({"name": "turned\u202earound"}, "The field name is not what it should be."),
        ({"name": "x", "priority": "1"}, "The field priority is not what it should be."),
        ({"name": "x", "priority": 1.0}, "The field priority is not what it should be."),
        ({"name": "x", "priority": True}, "The field priority is not what it should be."),
        ({"name": "x", "isActive": 1}, "The field isActive is not what it should be."),
        ({"name": "x", "streamKey": 123}, "The field streamKey is not what it should be."),
        ({"name": "x", "stream_key": SECRET}, "The field stream_key is not known here."),
        ({"name": "x", SECRET: 1}, "The field … is not known here."),
        ({"name": "x", "rendition": SECRET}, "The field rendition is not what it should be."),
        (
            {"name": "x", "videoLimits": {"maxFps": 0}},
            "The field videoLimits.maxFps is not what it should be.",
        ),
        ({"name": "x", "keySavedOn": SECRET}, "The field keySavedOn is not what it should be."),
        ([], "The body is not an object."),
        (SECRET, "The body is not an object."),
    ],
)
def test_a_field_that_is_wrong_is_named_and_never_repeated(tmp_path: Path, body: Any, message: str) -> None:
    async def story(world: World) -> None:
        for reply in (
            await world.client.put("/api/rtmp/endpoints/ep1", body),
            await world.client.send("POST", "/api/rtmp/endpoints", raw=json.dumps(body).encode()),
        ):
            assert (reply.status, reply.error["code"]) == (422, "invalid-request")
            assert reply.error["message"] == message
            assert SECRET.encode() not in reply.body
        assert world.secrets.made == 0

    tell(tmp_path, story)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"name": "\\ud800"}',
        b'{"name": "x", "priority": NaN}',
        b'{"name": "x", "priority": 1e999}',
        b'{"name": "x", "priority": ' + b"9" * 5000 + b"}",
        b"[" * 60_000,
        SECRET.encode(),
    ],
)
def test_what_is_no_request_is_refused_without_being_repeated(tmp_path: Path, raw: bytes) -> None:
    async def story(world: World) -> None:
        reply = await world.client.send("POST", "/api/rtmp/endpoints", raw=raw)
        assert reply.status in {400, 422}
        assert reply.error["code"] in {"malformed-request", "invalid-request"}
        assert SECRET.encode() not in reply.body

    tell(tmp_path, story)


def test_a_body_that_is_missing_is_asked_for(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        reply = await world.client.send("PUT", "/api/stations/st1")
        assert (reply.status, reply.error["message"]) == (422, "The body is missing.")

    tell(tmp_path, story)


def test_a_list_names_the_entry_that_is_wrong(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        reply = await world.client.put(
            "/api/multistream/profiles/p", {"name": "x", "endpointIds": ["a", "/"]}
        )
        assert reply.error["message"] == "The field endpointIds[1] is not what it should be."

    tell(tmp_path, story)


@pytest.mark.parametrize("path", ["/api/stations/%2e%2e", "/api/stations/ä", "/api/stations/" + "x" * 65])
def test_an_id_that_cannot_be_one_is_refused(tmp_path: Path, path: str) -> None:
    async def story(world: World) -> None:
        reply = await world.client.put(path, {"name": "x"})
        assert (reply.status, reply.error["code"]) == (422, "invalid-request")

    tell(tmp_path, story)
