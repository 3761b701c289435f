"""Requests that hold one of the engine's frozen values, in the API's words: read as strictly as the engine reads them."""

from __future__ import annotations

import re
from typing import Any, Final

from fastapi.exceptions import RequestValidationError

from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json
from powerstream_desktop.service.api.frozen_words import camel

_CAPITAL: Final = re.compile(r"[A-Z]")
_PLACE: Final = re.compile(r"([A-Za-z_0-9]+)|\[(\d+)\]")


def value_of(kind: Any, body: bytes) -> Any:
    """Return the frozen value that a request's body holds.

    Args:
        kind: its dataclass. A field called ``type`` may not be sent: the request's path says it.
        body: JSON; an empty one is an object without fields.

    Raises:
        RequestValidationError: it is something else.
        PowerStreamError: its parts are right, but its dataclass refuses them.
    """
    try:
        return from_json(kind, _without_type(_frozen(parse_json(body) if body.strip() else {}, "")))
    except MalformedError as error:
        raise RequestValidationError([_complaint(error)]) from None


def _frozen(value: Any, where: str) -> Any:
    """Return JSON with the names that the dataclasses have."""
    if isinstance(value, list):
        return [_frozen(each, f"{where}[{number}]") for number, each in enumerate(value)]
    if not isinstance(value, dict):
        return value
    for name in value:
        if camel(name) != name:
            raise MalformedError(where, "has a field that is not known here")
    return {_snake(name): _frozen(each, f"{where}.{name}" if where else name) for name, each in value.items()}


def _without_type(value: Any) -> Any:
    if isinstance(value, dict) and "type" in value:
        raise MalformedError("type", "is not known here")
    return value


def _snake(name: str) -> str:
    return _CAPITAL.sub(lambda match: f"_{match[0].lower()}", name)


def _complaint(error: MalformedError) -> dict[str, Any]:
    """Return it as the web framework's own are, so that all are answered alike."""
    parts: list[str | int] = ["body"]
    for name, number in _PLACE.findall(error.where):
        parts.append(int(number) if number else camel(name))
    return {"type": "value_error", "loc": tuple(parts), "msg": camel(error.why)}
