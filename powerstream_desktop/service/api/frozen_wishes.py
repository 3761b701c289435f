"""Requests that hold one of the engine's frozen values, in the API's words: read as strictly as the engine reads them."""

from __future__ import annotations

import re
from typing import Any, Final

from fastapi.exceptions import RequestValidationError

from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json
from powerstream_desktop.service.api.frozen_words import camel

_CAPITAL: Final = re.compile(r"[A-Z]")
_UNKNOWN: Final = "is not known here"
_KINDS: Final = {"is not JSON": "json_invalid", "is missing": "missing", "must be an object": "dict_type"}
"""What pydantic calls the same mistake."""
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
            raise MalformedError(where, f"has a field that {_UNKNOWN}")
    return {_snake(name): _frozen(each, f"{where}.{name}" if where else name) for name, each in value.items()}


def _without_type(value: Any) -> Any:
    if isinstance(value, dict) and "type" in value:
        raise MalformedError("type", _UNKNOWN)
    return value


def _snake(name: str) -> str:
    return _CAPITAL.sub(lambda match: f"_{match[0].lower()}", name)


def _complaint(error: MalformedError) -> dict[str, Any]:
    """Return it as the web framework's own are, so that all are answered alike."""
    parts: list[str | int] = ["body"]
    for name, number in _PLACE.findall(error.where):
        parts.append(int(number) if number else camel(name))
    # The path says the type: it is no field here.
    why = re.sub(
        r"is none of type(?:, )?", lambda match: "is none of " if match[0][-1] == " " else _UNKNOWN, error.why
    )
    return {"type": _KINDS.get(error.why, "value_error"), "loc": tuple(parts), "msg": f"It {camel(why)}"}
