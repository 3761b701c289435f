"""Requests of every kind for a route of the OpenAPI document: what it asks for, and what it does not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import strategies as st

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
IDS = st.sampled_from(["id1", "id2", "id3"])
"""Few, so that requests meet what earlier ones left."""


@dataclass(frozen=True)
class Sent:
    """A request to send."""

    method: str
    path: str
    query: str
    raw: bytes


def requests(
    document: dict[str, Any], path: str, method: str, operation: dict[str, Any]
) -> st.SearchStrategy[Sent]:
    """Give requests for a route, most of them such as it asks for."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Sent:
        is_odd = draw(st.integers(0, 3)) == 0
        filled, query = path, {}
        for each in operation.get("parameters", ()):
            value = draw(_Values(document, is_odd).of(each["schema"], each["name"]))
            if each["in"] == "path":
                filled = filled.replace(f"{{{each['name']}}}", quote(str(value), safe=""))
            elif value is not None:
                query[each["name"]] = value
        raw = b""
        if "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            body = draw(_Values(document, is_odd).of(schema, ""))
            raw = json.dumps(body).encode()
        return Sent(method, filled, urlencode(_plain(query), doseq=True), raw)

    return drawn()


def _plain(query: dict[str, Any]) -> dict[str, Any]:
    """Return what can stand in an address."""
    return {
        name: [
            str(each).encode("utf-8", "replace") for each in (value if isinstance(value, list) else [value])
        ]
        for name, value in query.items()
    }


class _Values:
    """Values for schemas.

    Args:
        document: where they refer to.
        is_odd: some of them are wrong.
    """

    def __init__(self, document: dict[str, Any], is_odd: bool) -> None:
        self._document = document
        self._is_odd = is_odd

    def of(self, schema: dict[str, Any], name: str) -> st.SearchStrategy[Any]:
        """Give values of a field."""
        right = self._right(schema, name)
        return st.one_of(right, right, right, ANYTHING) if self._is_odd else right

    def _right(self, schema: dict[str, Any], name: str) -> st.SearchStrategy[Any]:
        if "$ref" in schema:
            return self._right(
                self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], name
            )
        if "anyOf" in schema:
            return st.one_of([self._right(each, name) for each in schema["anyOf"]])
        if "oneOf" in schema:
            return st.one_of([self._right(each, name) for each in schema["oneOf"]])
        if "const" in schema or "enum" in schema:
            return st.sampled_from(schema.get("enum") or [schema["const"]])
        kind = schema.get("type")
        if kind == "object":
            return self._object(schema)
        if kind == "array":
            limit = min(schema.get("maxItems", 3), 3)
            items = schema.get("prefixItems")
            if items:
                return st.tuples(*(self.of(each, name) for each in items)).map(list)
            return st.lists(
                self.of(schema["items"], name), min_size=schema.get("minItems", 0), max_size=limit
            )
        if kind == "integer":
            return st.integers(schema.get("minimum"), schema.get("maximum"))
        if kind == "number":
            return st.floats(schema.get("minimum", 0), schema.get("maximum", 10))
        if kind == "boolean":
            return st.booleans()
        return st.none() if kind == "null" else self._text(schema, name)

    def _object(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        required = set(schema.get("required", ()))
        fields = {field: self.of(kind, field) for field, kind in schema.get("properties", {}).items()}
        right = st.fixed_dictionaries(
            {field: fields[field] for field in fields if field in required},
            optional={field: fields[field] for field in fields if field not in required},
        )
        if not self._is_odd:
            return right
        return st.builds(
            lambda one, two: {**one, **two}, right, st.dictionaries(st.text(max_size=8), ANYTHING, max_size=1)
        )

    def _text(self, schema: dict[str, Any], name: str) -> st.SearchStrategy[Any]:
        if name in {"serverUrl", "backupServerUrl"}:
            return st.sampled_from(ADDRESSES)
        if name == "platform":
            return st.sampled_from(["custom", "twitch", "youtube", "tiktok", "mine"])
        if name.lower().endswith("id") or name in {"selectedEndpoints", "endpointIds"}:
            return IDS
        if schema.get("format") == "date":
            return st.dates().map(str)
        if schema.get("format") == "date-time":
            return st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
        if "pattern" in schema:
            return st.from_regex(schema["pattern"])
        return st.text("aZ09 -_ßé放🎥", min_size=schema.get("minLength", 0), max_size=12)


ADDRESSES = [
    "rtmp://192.0.2.7/live",
    "rtmp://host.invalid/live",
    "rtmp://host.invalid/app",
    "rtmps://host.invalid:8443/app",
    "rtmp://[::1]:1936/app",
    "rtmp://host.invalid/app/and-a-key",
    "rtmp://host.invalid/app?query=1",
]
