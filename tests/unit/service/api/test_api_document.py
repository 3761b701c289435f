"""The documents say what the application does, and every route keeps the house's rules."""

from __future__ import annotations

import asyncio
import inspect
import re
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from powerstream_desktop import __version__
from powerstream_desktop.service.api.app import ROUTERS, create_api
from powerstream_desktop.service.api.parts import APIParts
from tests.unit.service.api.api_document import BEGIN, DOCUMENT, GOLDEN, golden, openapi, operations, prose
from tests.unit.service.api.asgi_client import Client

WRITE_ANEW = "write it anew: python -m tests.unit.service.api.api_document --write"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi()


def test_the_golden_copy_is_what_is_served(document: dict[str, Any]) -> None:
    assert GOLDEN.read_text("utf-8") == golden(document), WRITE_ANEW


def test_the_document_is_the_same_every_time(document: dict[str, Any]) -> None:
    assert golden(openapi()) == golden(document)


def test_the_document_is_served_without_holding_up_the_loop(document: dict[str, Any]) -> None:
    named = {"version": __version__, "owner": SimpleNamespace(folders=())}
    app = create_api(APIParts(**{**dict.fromkeys(APIParts.__dataclass_fields__), **named}))  # type: ignore[arg-type]
    made, threads = app.openapi, []

    def watched() -> dict[str, Any]:
        threads.append(threading.current_thread())
        return made()

    app.openapi = watched  # type: ignore[method-assign]
    assert asyncio.run(Client(app).get("/api/openapi.json")).json == document
    assert threads
    assert threading.main_thread() not in threads


def test_the_prose_is_made_of_it(document: dict[str, Any]) -> None:
    made = DOCUMENT.read_text("utf-8").partition(BEGIN)[2]
    assert made.strip() == prose(document).strip(), WRITE_ANEW


def test_every_route_has_a_summary_a_description_a_name_and_the_errors_shape(
    document: dict[str, Any],
) -> None:
    names = []
    for path, method, operation in operations(document):
        where = f"{method} {path}"
        assert operation["summary"], where
        assert operation["description"], where
        names.append(operation["operationId"])
        default = operation["responses"]["default"]["content"]["application/json"]["schema"]
        assert default == {"$ref": "#/components/schemas/ErrorAnswer"}, where
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z_]+", name) for name in names)


def test_only_what_the_design_opens_is_open(document: dict[str, Any]) -> None:
    found = {f"{method} {path}": operation["security"] for path, method, operation in operations(document)}
    open_to_all = {where for where, needed in found.items() if not needed}
    assert {"GET /api/live/health", "GET /api/live/status"} <= open_to_all
    assert found["GET /api/rtmp/status"] == [{"token": ["read"]}]
    assert found["POST /api/live/start"] == [{"token": ["control"]}]


def test_names_are_camel_case(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    fields = {field for schema in schemas.values() for field in schema.get("properties", ())}
    assert {field for field in fields if not re.fullmatch("[a-z][A-Za-z0-9]*", field)} == set()


def test_no_route_waits_on_a_thread_of_its_own() -> None:
    routes = [route for router in ROUTERS for route in router.routes]
    assert routes
    assert [
        route for route in routes if not inspect.iscoroutinefunction(getattr(route, "endpoint", None))
    ] == []


def test_a_key_is_written_and_never_read(document: dict[str, Any]) -> None:
    keys = {
        name: schema["properties"]["streamKey"]
        for name, schema in document["components"]["schemas"].items()
        if "streamKey" in schema.get("properties", ())
    }
    assert keys.pop("Endpoint")["enum"] == ["set", "unset"]
    assert keys.keys() == {"EndpointWish", "NewEndpointWish", "StartWish"}
    assert all(each["anyOf"][0]["writeOnly"] for each in keys.values())
