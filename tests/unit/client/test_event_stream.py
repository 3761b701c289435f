from __future__ import annotations

from collections.abc import Sequence

import pytest

from powerstream_desktop.client.address import Address, KnownAddress
from powerstream_desktop.client.errors import NotAllowedError, RefusedError, ServiceFault
from powerstream_desktop.client.event_stream import (
    Connected,
    EventStream,
    Reconnecting,
    ServiceEvent,
    StreamItem,
)
from powerstream_desktop.client.patience import Mishap
from powerstream_desktop.client.wire import MishapError
from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.secrets import Secret

HERE = Address(url="http://127.0.0.1:5001", token=Secret("token-of-a-run"))
THERE = Address(url="http://127.0.0.1:5002", token=Secret("another-token"))
AT_ONCE = (0.0,)


class FakeConnection:
    """Gives its pieces; then it ends, or fails."""

    def __init__(self, *pieces: bytes | Exception, opens: Exception | None = None) -> None:
        self._pieces = list(pieces)
        self._opens = opens
        self.is_cut = self.is_closed = False

    def open(self) -> None:
        if self._opens is not None:
            raise self._opens

    def next_piece(self) -> bytes:
        piece = self._pieces.pop(0) if self._pieces else b""
        if isinstance(piece, Exception):
            raise piece
        return piece

    def cut(self) -> None:
        self.is_cut = True

    def close(self) -> None:
        self.is_closed = True


class Service:
    """Connections in turn; the last one's end closes the stream."""

    def __init__(self, *connections: FakeConnection, addresses: Sequence[Address | None] = (HERE,)) -> None:
        self._connections = list(connections)
        self._addresses = list(addresses)
        self.asked: list[tuple[Address, str]] = []

    def address(self) -> Address | None:
        return self._addresses.pop(0) if len(self._addresses) > 1 else self._addresses[0]

    def connect(self, address: Address, last_id: str) -> FakeConnection:
        self.asked.append((address, last_id))
        return self._connections.pop(0)

    def stream(self, topics: frozenset[str] | None = None) -> EventStream:
        return EventStream(self, topics, connect=self.connect, backoff=Backoff(AT_ONCE, jitter=0))

    def told(self, topics: frozenset[str] | None = None) -> list[StreamItem]:
        """Return all that is told until the connections are used up."""
        stream = self.stream(topics)
        items = []
        for item in stream:
            items.append(item)
            if isinstance(item, Reconnecting) and not self._connections:
                stream.close()
        return items


def event(number: int, name: str = "live") -> bytes:
    return f'id: {number}\nevent: {name}\ndata: {{"n":{number}}}\n\n'.encode()


def told(number: int, name: str = "live") -> ServiceEvent:
    return ServiceEvent(name=name, data={"n": number}, id=str(number))


def reconnecting(attempt: int = 1) -> Reconnecting:
    return Reconnecting(attempt=attempt, pause_s=0)


UP = Connected(url=HERE.url)


def test_what_happens_is_told_between_connected_and_reconnecting() -> None:
    assert Service(FakeConnection(event(1), event(2))).told() == [UP, told(1), told(2), reconnecting()]


def test_only_the_topics_that_are_wanted_are_told() -> None:
    service = Service(FakeConnection(event(1) + event(2, "studio") + event(3)))
    assert service.told(frozenset({"studio"})) == [UP, told(2, "studio"), reconnecting()]


def test_a_new_connection_begins_behind_the_last_event_also_one_that_was_not_wanted() -> None:
    first = FakeConnection(event(1), event(2, "studio"), MishapError(Mishap.CUT, ""))
    service = Service(first, FakeConnection(event(3)))
    assert service.told(frozenset({"live"})) == [UP, told(1), reconnecting(), UP, told(3), reconnecting()]
    assert [last_id for _, last_id in service.asked] == ["", "2"]
    assert first.is_closed


def test_failures_are_counted_until_the_service_is_heard_again() -> None:
    silent = MishapError(Mishap.NOT_REACHED, "")
    service = Service(
        FakeConnection(opens=silent),
        FakeConnection(opens=silent),
        FakeConnection(b": still here\n"),
        FakeConnection(),
    )
    attempts = [item.attempt for item in service.told() if isinstance(item, Reconnecting)]
    assert attempts == [1, 2, 1, 2]


def test_without_a_service_it_is_waited_for() -> None:
    service = Service(FakeConnection(event(1)), addresses=[None, None, HERE])
    assert service.told() == [reconnecting(1), reconnecting(2), UP, told(1), reconnecting(1)]


@pytest.mark.parametrize("data", [b"data: [1]\n\n", b"data: {\n\n", b"data: hello\n\n"])
def test_rubbish_is_a_broken_connection_and_met_once(data: bytes) -> None:
    service = Service(FakeConnection(b"id: 7\n" + data), FakeConnection(event(8)))
    assert service.told() == [UP, reconnecting(), UP, told(8), reconnecting()]
    assert service.asked[1] == (HERE, "7")


def not_allowed() -> NotAllowedError:
    return NotAllowedError("No.", status=401, code="bad-token")


def test_a_service_that_was_started_anew_is_found_with_its_new_token() -> None:
    service = Service(FakeConnection(opens=not_allowed()), FakeConnection(event(1)), addresses=[HERE, THERE])
    assert service.told() == [reconnecting(), Connected(url=THERE.url), told(1), reconnecting()]


@pytest.mark.parametrize("refusal", [not_allowed(), RefusedError("No.", status=404, code="unknown-path")])
def test_who_is_not_let_in_is_told_so(refusal: RefusedError) -> None:
    connection = FakeConnection(opens=refusal)
    with pytest.raises(RefusedError):
        list(Service(connection).stream())
    assert connection.is_closed


@pytest.mark.parametrize(
    "error",
    [
        RefusedError("Too many.", status=429, code="many"),
        ServiceFault("Ill.", status=503, code="system-fault"),
    ],
)
def test_a_service_that_is_unwell_is_tried_again(error: PowerStreamError) -> None:
    assert Service(FakeConnection(opens=error), FakeConnection()).told()[-1] == reconnecting(2)


def test_closing_cuts_the_connection_and_ends_it() -> None:
    connection = FakeConnection(event(1), event(2))
    stream = Service(connection).stream()
    items = iter(stream)
    assert [next(items), next(items)] == [UP, told(1)]
    stream.close()
    assert connection.is_cut
    assert list(items) == []
    assert connection.is_closed


def test_who_stops_listening_leaves_no_connection() -> None:
    connection = FakeConnection(event(1))
    items = iter(Service(connection).stream())
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert connection.is_closed


def test_a_closed_stream_tells_nothing() -> None:
    stream = EventStream(KnownAddress(known=HERE))
    stream.close()
    assert list(stream) == []


def test_the_service_may_shorten_the_pauses() -> None:
    service = Service(FakeConnection(b"retry: 300\n\n"))
    stream = EventStream(service, connect=service.connect, backoff=Backoff((5.0,), jitter=0))
    for item in stream:
        if isinstance(item, Reconnecting):
            assert item.pause_s == pytest.approx(0.3)
            stream.close()


def test_data_is_not_shown_by_chance() -> None:
    assert "hello" not in repr(ServiceEvent(name="notice", data={"text": "hello"}, id="1"))
