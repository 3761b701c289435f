"""Makes the bodies of requests: frozen wishes as JSON objects with camelCase names. Pure."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from powerstream_desktop.client.reading import api_name


def written(wish: Any) -> dict[str, Any]:
    """Return a wish as the API takes it; fields that are None are left to the API. Secrets stay secrets."""
    fields = ((field.name, getattr(wish, field.name)) for field in dataclasses.fields(wish))
    return {api_name(name): _value(value) for name, value in fields if value is not None}


def new_id() -> str:
    """Return an identifier that nobody has. Made here, so that adding something may be repeated."""
    return uuid.uuid4().hex


def _value(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return written(value)
    return list(value) if isinstance(value, tuple) else value
