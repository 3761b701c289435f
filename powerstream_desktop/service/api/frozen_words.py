"""The engine's frozen values in the API's words: the same, with the names of their fields in camelCase.

So nothing that the engine understands has to be written down twice: what it accepts, the API accepts, as strictly.
"""

from __future__ import annotations

import re
from typing import Any, Final

from fastapi.exceptions import RequestValidationError

from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json

_UNDERSCORE: Final = re.compile(r"_([a-z0-9])")
_CAPITAL: Final = re.compile(r"[A-Z]")
_PLACE: Final = re.compile(r"([A-Za-z_0-9]+)|\[(\d+)\]")


def camel(name: str) -> str:
    """Return the API's name of a field."""
    return _UNDERSCORE.sub(lambda match: match[1].upper(), name)


def words_of(value: Any) -> Any:
    """Return a frozen value, or a tuple of them, as JSON in the API's words."""
    return _renamed(to_json(value))


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


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {camel(name): _renamed(each) for name, each in value.items()}
    return [_renamed(each) for each in value] if isinstance(value, list) else value


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
    return {"type": "value_error", "loc": tuple(parts), "msg": _UNDERSCORE.sub(_capital, error.why)}


def _capital(match: re.Match[str]) -> str:
    return match[1].upper()
