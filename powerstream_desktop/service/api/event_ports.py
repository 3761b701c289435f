"""Where the API's events come from. The composition root hands it the real hub; all is called on the loop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from powerstream_desktop.service.events.topics import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened.

    Attributes:
        id: grows from event to event; the client's ``Last-Event-ID``. Empty for one after which it could not go on.
        name: ``live``, ``destinations``, ``recording``, ``engine``, ``studio``, ``library``, ``sync`` or ``notice``.
        data: a JSON object.
    """

    id: str
    name: str
    data: str


class EventStream(Protocol):
    """One listener's events; ends when it was closed, the service ends, or it was so slow that it has missed changes."""

    def __aiter__(self) -> AsyncIterator[Event]:
        """Return itself."""
        ...

    async def __anext__(self) -> Event:
        """Return the next event. A call that is cancelled has taken none."""
        ...

    def close(self) -> None:
        """Let it end; harmless when repeated."""
        ...


class Events(Protocol):
    """Where the event stream comes from (``EventHub``)."""

    def listen(self, last_id: str | None) -> EventStream:
        """Return what happens from now on, or from behind ``last_id`` if that is still known; ``close`` it in the end.

        Otherwise a listener first gets how everything stands.

        Raises:
            SystemFault: too many are listening.
        """
        ...

    def publish(self, topic: Topic, data: Mapping[str, Any]) -> None:
        """Tell everybody who listens how a topic stands now, which is a change of state."""
        ...
