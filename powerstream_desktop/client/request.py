"""One request, before it is sent. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from powerstream_desktop.common.frozen_json import write_json
from powerstream_desktop.common.secrets import Secret

READ_S: Final = 30.0
"""For an answer, unless a request says otherwise."""
SLOW_S: Final = 90.0
"""For what ends only when platforms and disks have: going live, ending, pre-flight."""
_ALWAYS_REPEATABLE: Final = frozenset({"GET", "PUT", "DELETE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked.

    Attributes:
        method: of HTTP.
        path: such as ``/api/live/status``; parts that come from elsewhere went through ``path_of``.
        query: names and values; those that are None are left out.
        body: a JSON object, which may hold secrets; None for none.
        is_repeatable: a POST that does no more when it is obeyed twice. Other methods are by nature.
        read_s: how long an answer may take.
    """

    method: str
    path: str
    query: Mapping[str, str | int | tuple[str, ...] | None] = field(default_factory=dict)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    is_repeatable: bool = False
    read_s: float = READ_S

    @property
    def may_be_repeated(self) -> bool:
        """Obeying it twice does no more than obeying it once."""
        return self.is_repeatable or self.method in _ALWAYS_REPEATABLE

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query, a pair for each value."""
        pairs: list[tuple[str, str]] = []
        for name, value in self.query.items():
            if isinstance(value, tuple):
                pairs.extend((name, each) for each in value)
            elif value is not None:
                pairs.append((name, str(value)))
        return pairs

    def content(self) -> bytes | None:
        """Return the body as it is sent, with its secrets in the clear; None for none."""
        if self.body is None:
            return None
        return write_json(_revealed(self.body)).encode()


def path_of(*parts: str) -> str:
    """Return a path below ``/api``; an id that holds a slash stays one part."""
    return "/".join(["/api", *(quote(part, safe="") for part in parts)])


def given(**fields: Any) -> dict[str, Any]:
    """Return a body of the fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}


def _revealed(value: Any) -> Any:
    match value:
        case Secret():
            return value.reveal()
        case Mapping():
            return {name: _revealed(each) for name, each in value.items()}
        case tuple() | list():
            return [_revealed(each) for each in value]
    return value
