"""The event hub: tells everybody who listens what changed, each thing once and in order, also over a lost connection.

There is one row of events for all. A listener is a place in it, not a queue: one that is slow, or stands still, costs nothing and
delays nobody. Changes of state stay in the row until a thousand newer ones have come, so none is missed; figures do not stand in
it: of them there is only the newest of each topic, and a slow listener gets fewer. What is fleeting is told as figures are, but
without an id. One that has fallen out of the row is ended.

An id is the name of this run and a number that grows. Whoever comes back with an id from which the row is still whole, goes on
behind it; anybody else first gets how everything stands. Until all of that was told its events have no id, so that who loses the
connection in the midst of it gets it again from the beginning.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Final
from weakref import WeakSet

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.frozen_json import write_json
from powerstream_desktop.service.api.event_ports import Event
from powerstream_desktop.service.events.topics import Topic

MAX_KEPT_EVENTS: Final = 1000
MAX_KEPT_CHARACTERS: Final = 4 * 1024 * 1024
"""Of their data: a studio with a hundred full scenes has half a million."""
MAX_LISTENERS: Final = 12
"""Each holds one of the API's 20 connections; some must be left for requests."""
_MAX_NUMBER_DIGITS: Final = 15


class TooManyListenersError(SystemFault):
    """There is no place for one more."""


class EventHub:
    """Takes what happened and tells it. All of it, and of its listeners, on one event loop.

    Args:
        standing: how everything stands, by topic, for those who come anew.
        max_listeners: who come after these are refused.
    """

    def __init__(
        self, standing: Callable[[], Mapping[Topic, Mapping[str, Any]]], *, max_listeners: int = MAX_LISTENERS
    ) -> None:
        self._standing = standing
        self._max_listeners = max_listeners
        self._run = secrets.token_hex(4)
        self._newest = 0
        self._lost = 0  # number of the newest event that has left the row
        self._row: deque[tuple[int, Event]] = deque()
        self._row_characters = 0
        self._figures: dict[Topic, tuple[int, Event]] = {}
        self._listeners: WeakSet[Listener] = WeakSet()
        self._news = asyncio.Event()
        self._is_closed = False

    @property
    def listeners(self) -> int:
        """How many are listening."""
        return sum(not each.has_ended for each in self._listeners)

    def publish(self, topic: Topic, data: Mapping[str, Any]) -> None:
        """Tell a change of state; everybody gets it.

        Args:
            topic: of it.
            data: a JSON object: how the topic stands now.
        """
        event = self._next(topic, data)
        self._figures.pop(topic, None)  # they are older, and told with it
        self._row.append((self._newest, event))
        self._row_characters += len(event.data)
        while len(self._row) > MAX_KEPT_EVENTS or (
            self._row_characters > MAX_KEPT_CHARACTERS and len(self._row) > 1
        ):
            self._lost, gone = self._row.popleft()
            self._row_characters -= len(gone.data)
        self.wake()

    def publish_figures(self, topic: Topic, data: Mapping[str, Any]) -> None:
        """Tell a topic's newest figures in place of those before; who is slow does not get them all."""
        event = self._next(topic, data)
        self._figures[topic] = (self._newest, event)
        self.wake()

    def publish_fleeting(self, topic: Topic, data: Mapping[str, Any]) -> None:
        """Tell what is soon true no more, as figures are told, but without an id: it is nothing to go on behind."""
        event = self._next(topic, data)
        self._figures[topic] = (self._newest, Event(id="", name=event.name, data=event.data))
        self.wake()

    def forget(self, topic: Topic) -> None:
        """A topic's newest figures, or what was fleeting, are true no more: who has not got them gets them no more."""
        self._figures.pop(topic, None)

    def listen(self, last_id: str | None) -> Listener:
        """Return what happens from now on, or from behind ``last_id`` if the row is whole from there.

        Raises:
            TooManyListenersError: everybody who can be served is listening.
        """
        if self.listeners >= self._max_listeners:
            raise TooManyListenersError(
                f"{self._max_listeners} programs listen already.",
                hint="Close a window or a script that listens.",
            )
        listener = Listener(self, self._place_of(last_id))
        self._listeners.add(listener)
        if self._is_closed:
            listener.close()
        return listener

    def close(self) -> None:
        """End all listeners: the service ends. Harmless when repeated."""
        self._is_closed = True
        for listener in tuple(self._listeners):
            listener.close()

    # For listeners.

    @property
    def news(self) -> asyncio.Event:
        """Set with the next event."""
        return self._news

    def wake(self) -> None:
        """Have every listener look whether there is something for it."""
        self._news.set()
        self._news = asyncio.Event()

    def is_whole_behind(self, place: int) -> bool:
        """Return whether every change behind a place is still in the row."""
        return place >= self._lost

    def behind(self, place: int) -> tuple[int, list[Event]]:
        """Return the newest place, and what is to be told to who stands at ``place``."""
        found: list[tuple[int, Event]] = [each for each in self._figures.values() if each[0] > place]
        for each in reversed(self._row):
            if each[0] <= place:
                break
            found.append(each)
        found.sort(key=lambda numbered: numbered[0])
        return self._newest, [event for _, event in found]

    def everything(self) -> tuple[int, list[Event]]:
        """Return the newest place, and how everything stands there."""
        told = [
            Event(id="", name=topic.value, data=write_json(data)) for topic, data in self._standing().items()
        ]
        if told:
            last = told.pop()
            told.append(Event(id=self._id(self._newest), name=last.name, data=last.data))
        return self._newest, told

    def _next(self, topic: Topic, data: Mapping[str, Any]) -> Event:
        text = write_json(data)
        self._newest += 1
        return Event(id=self._id(self._newest), name=topic.value, data=text)

    def _id(self, number: int) -> str:
        return f"{self._run}-{number}"

    def _place_of(self, last_id: str | None) -> int | None:
        """Return the place behind which to go on; ``None`` for one that is not known, or no longer."""
        run, _, number = (last_id or "").partition("-")
        if (
            run != self._run
            or not number.isascii()
            or not number.isdigit()
            or len(number) > _MAX_NUMBER_DIGITS
        ):
            return None
        place = int(number)
        return place if self.is_whole_behind(place) and place <= self._newest else None


class Listener(AsyncIterator[Event]):
    """One who listens: made by ``EventHub.listen``; ``close`` it when it goes.

    Args:
        hub: to which it listens.
        place: behind which it goes on; ``None`` for one who needs to know how everything stands.
    """

    def __init__(self, hub: EventHub, place: int | None) -> None:
        self._hub = hub
        self._place = place
        self._pending: deque[Event] = deque()
        self._ended = asyncio.Event()

    @property
    def has_ended(self) -> bool:
        """It gets nothing more."""
        return self._ended.is_set()

    def close(self) -> None:
        """Let it get nothing more; who waits for the next event is told so. Harmless when repeated."""
        self._ended.set()
        self._pending.clear()
        self._hub.wake()  # whoever else wakes up finds nothing, and waits on

    async def __anext__(self) -> Event:
        """Return the next event. A call that is cancelled has taken none.

        Raises:
            StopAsyncIteration: it was closed, or was so slow that it has missed changes.
        """
        while not self._pending and not self.has_ended:
            news = self._hub.news
            self._look()
            if not self._pending and not self.has_ended:
                await news.wait()
        if self.has_ended:
            raise StopAsyncIteration
        return self._pending.popleft()

    def _look(self) -> None:
        if self._place is None:
            self._place, told = self._hub.everything()
        elif self._hub.is_whole_behind(self._place):
            self._place, told = self._hub.behind(self._place)
        else:
            self.close()
            return
        self._pending.extend(told)
