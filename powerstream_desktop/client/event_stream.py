"""What happens in the service, as it happens: reconnects for as long as it takes, and misses nothing.

After a lost connection it asks for what came behind the last event it had. If the service does not know that any more, because it
was started anew, it tells how everything stands instead.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeAlias

from powerstream_desktop.client.address import Address, Whereabouts
from powerstream_desktop.client.errors import BadAnswerError, NotAllowedError, RefusedError
from powerstream_desktop.client.event_connection import EventConnection
from powerstream_desktop.client.event_parser import EventParser, ParsedEvent
from powerstream_desktop.client.patience import Mishap
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.wire import MishapError
from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frozen_json import MalformedError, parse_json

STEPS_S: Final = (0.1, 0.25, 0.5, 1.0, 2.0)
"""Pauses before each next attempt, unless the service wants shorter ones."""
_TOO_MANY: Final = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceEvent:
    """Something that happened.

    Attributes:
        name: such as ``live``, ``destinations`` or ``notice``.
        data: as the API's routes give it.
        id: of the service's own counting.
    """

    name: str
    data: Words = field(repr=False)
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """The service is there, and what follows is how things are.

    Attributes:
        url: where it is.
    """

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconnecting:
    """The service is not there: what was told before may not be true any more.

    Attributes:
        attempt: how many have failed since it was last heard.
        pause_s: how long until the next.
    """

    attempt: int
    pause_s: float


StreamItem: TypeAlias = ServiceEvent | Connected | Reconnecting


class Connection(Protocol):
    """One connection (``EventConnection``)."""

    def open(self) -> None:
        """Connect."""
        ...

    def next_piece(self) -> bytes:
        """Return what has come, waiting for some; empty at the end."""
        ...

    def cut(self) -> None:
        """End the waiting, from any thread."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class EventStream:
    """Iterate over it on one thread; ``close`` from any. It ends by ``close`` alone, or raises if the service lets us in no more.

    Args:
        whereabouts: knows where the service is.
        topics: names of the events that are wanted; None for all.
        connect: makes a connection to an address, behind the event with an id.
        backoff: gives the pauses.
    """

    def __init__(
        self,
        whereabouts: Whereabouts,
        topics: frozenset[str] | None = None,
        *,
        connect: Callable[[Address, str], Connection] = EventConnection,
        backoff: Backoff | None = None,
    ) -> None:
        self._whereabouts = whereabouts
        self._topics = topics
        self._connect = connect
        self._backoff = backoff or Backoff(STEPS_S)
        self._attempt = 0
        self._last_id = ""
        self._longest_pause_s = STEPS_S[-1]
        self._closed = threading.Event()  # set by close(), on any thread
        self._guard = threading.Lock()
        self._connection: Connection | None = None  # under the guard: close() cuts it on another thread

    def __iter__(self) -> Iterator[StreamItem]:
        """Yield what happens.

        Raises:
            NotAllowedError, RefusedError: the service does not let us listen.
            SystemFault: the file that says where it is cannot be trusted.
        """
        while not self._closed.is_set():
            with contextlib.suppress(MishapError):  # said below, like a connection that ended
                yield from self._one_connection()
            if self._closed.is_set():
                return
            self._attempt += 1
            pause_s = min(self._backoff.next_pause_s(), self._longest_pause_s)
            yield Reconnecting(attempt=self._attempt, pause_s=pause_s)
            self._closed.wait(pause_s)

    def close(self) -> None:
        """End it at once. From any thread; harmless when repeated."""
        self._closed.set()
        with self._guard:
            if self._connection is not None:
                self._connection.cut()

    def _one_connection(self) -> Iterator[StreamItem]:
        address = self._whereabouts.address()
        if address is None:
            raise MishapError(Mishap.NO_SERVICE, "no service holds the home's lock")
        connection = self._connect(address, self._last_id)
        with self._guard:
            if self._closed.is_set():
                return
            self._connection = connection
        try:
            self._open(connection, address)
            yield Connected(url=address.url)
            yield from self._events(connection)
        finally:
            with self._guard:
                self._connection = None
            connection.close()

    def _open(self, connection: Connection, address: Address) -> None:
        try:
            connection.open()
        except NotAllowedError:
            if self._whereabouts.address() == address:
                raise
            raise MishapError(Mishap.OLD_TOKEN, "the service was started anew") from None
        except RefusedError as refusal:
            if refusal.status != _TOO_MANY:
                raise
            raise MishapError(Mishap.CUT, refusal.code) from None
        except PowerStreamError as error:  # the service failed, or who answers is not ours: both may pass
            raise MishapError(Mishap.CUT, error.title) from None

    def _events(self, connection: Connection) -> Iterator[ServiceEvent]:
        parser = EventParser(self._last_id)
        while not self._closed.is_set() and (piece := connection.next_piece()):
            events = _parsed(parser, piece)
            self._attempt = 0
            self._backoff.reset()
            if parser.retry_ms is not None:
                self._longest_pause_s = max(STEPS_S[0], parser.retry_ms / 1000)
            for event in events:
                # Each before it is told: whoever stops listening at one has had it.
                self._last_id = event.id
                if self._topics is None or event.name in self._topics:
                    yield ServiceEvent(name=event.name, data=_object(event), id=event.id)
            self._last_id = parser.last_id


def _parsed(parser: EventParser, piece: bytes) -> list[ParsedEvent]:
    try:
        return parser.feed(piece)
    except BadAnswerError as error:
        raise MishapError(Mishap.CUT, error.title) from None


def _object(event: ParsedEvent) -> dict[str, Any]:
    try:
        data = parse_json(event.data)
    except MalformedError as error:
        raise MishapError(Mishap.CUT, str(error)) from None
    if not isinstance(data, dict):
        raise MishapError(Mishap.CUT, "the data of an event is not an object")
    return data
