"""What has to be done to a running broadcast so that it serves another list of endpoints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from powerstream_desktop.platforms.endpoint import RTMPEndpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointChanges:
    """The difference between two lists of endpoints, by name.

    Attributes:
        removed: names that are not on the new list.
        edited: endpoints that are on both and differ.
        added: endpoints that are on the new list only.
    """

    removed: tuple[str, ...] = ()
    edited: tuple[RTMPEndpoint, ...] = ()
    added: tuple[RTMPEndpoint, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.removed or self.edited or self.added)

    def __str__(self) -> str:
        """Say it in one line for people."""
        parts = (
            ("added", [endpoint.name for endpoint in self.added]),
            ("changed", [endpoint.name for endpoint in self.edited]),
            ("removed", list(self.removed)),
        )
        said = [f"{word} {', '.join(names)}" for word, names in parts if names]
        return "; ".join(said) if said else "nothing has changed"


def endpoint_changes(old: Sequence[RTMPEndpoint], new: Sequence[RTMPEndpoint]) -> EndpointChanges:
    """Return how to get from one list to the other; names are unique in each."""
    before = {endpoint.name: endpoint for endpoint in old}
    names = {endpoint.name for endpoint in new}
    return EndpointChanges(
        removed=tuple(name for name in before if name not in names),
        edited=tuple(e for e in new if e.name in before and e != before[e.name]),
        added=tuple(e for e in new if e.name not in before),
    )
