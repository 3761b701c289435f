"""The event stream over real sockets: cut into pieces, silent, hung up on, closed from another thread."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from powerstream_desktop.client.address import KnownAddress
from powerstream_desktop.client.event_connection import EventConnection
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
from tests.integration.client.scripted_service import (
    TOKEN,
    Answer,
    Asked,
    ScriptedService,
    refuses,
    resets,
    sends,
)

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
UNTIL_CLOSED = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def event(number: int) -> bytes:
    return f'id: {number}\r\nevent: live\r\ndata: {{"n":{number}}}\r\n\r\n'.encode()


def streams(*numbers: int) -> Answer:
    """Tell these, then hang up."""
    return sends(HEAD + b"".join(chunk(event(number)) for number in numbers), then_closes=True)


def stream(service: ScriptedService, silence_s: float = 5.0) -> EventStream:
    return EventStream(
        service.known,
        connect=lambda address, last_id: EventConnection(address, last_id, silence_s),
        backoff=Backoff((0.01,), jitter=0),
    )


def numbers_until(items: EventStream, last: int) -> list[int]:
    found = []
    for item in items:
        if isinstance(item, ServiceEvent):
            found.append(item.data["n"])
            if item.data["n"] == last:
                items.close()
    return found


def test_over_connections_that_break_everything_is_told_once() -> None:
    with ScriptedService(streams(1, 2), resets, streams(3), streams(4, 5)) as service:
        assert numbers_until(stream(service), 5) == [1, 2, 3, 4, 5]
        assert [asked.headers.get("last-event-id") for asked in service.asked] == [None, "2", "2", "3"]
        assert {asked.headers["authorization"] for asked in service.asked} == {f"Bearer {TOKEN}"}


@pytest.mark.parametrize("is_chunked", [True, False])
def test_an_event_arrives_when_it_is_whole_however_it_was_cut(is_chunked: bool) -> None:
    told = threading.Event()

    def byte_by_byte(_: Asked, connection: socket.socket) -> bool:
        connection.sendall(HEAD if is_chunked else UNTIL_CLOSED)
        for byte in event(1):
            piece = bytes([byte])
            connection.sendall(chunk(piece) if is_chunked else piece)
        told.wait(5)  # the connection stays open: nobody waits for its end
        return False

    with ScriptedService(byte_by_byte) as service:
        items = stream(service)
        assert numbers_until(items, 1) == [1]
        told.set()


def test_a_service_that_refuses_for_a_moment_is_asked_again() -> None:
    with ScriptedService(refuses(503, "system-fault"), streams(1)) as service:
        assert numbers_until(stream(service), 1) == [1]


def test_silence_is_a_lost_connection() -> None:
    held: list[ScriptedService] = []

    def says_nothing(_: Asked, connection: socket.socket) -> bool:
        connection.sendall(HEAD)
        held[0].released.wait(5)
        return False

    with ScriptedService(says_nothing, streams(1)) as service:
        held.append(service)
        assert numbers_until(stream(service, silence_s=0.1), 1) == [1]


@pytest.fixture
def listening() -> Iterator[tuple[EventStream, threading.Thread, list[StreamItem]]]:
    """A thread that listens to a service that says nothing more after its first event."""
    held: list[ScriptedService] = []

    def tells_one(_: Asked, connection: socket.socket) -> bool:
        connection.sendall(HEAD + chunk(event(1)))
        held[0].released.wait(10)
        return False

    with ScriptedService(tells_one) as service:
        held.append(service)
        items = stream(service, silence_s=30)
        told: list[StreamItem] = []
        first = threading.Event()

        def listen() -> None:
            for item in items:
                told.append(item)
                if isinstance(item, ServiceEvent):
                    first.set()

        thread = threading.Thread(target=listen)
        thread.start()
        assert first.wait(5)
        yield items, thread, told
        items.close()
        thread.join()


def test_closing_from_another_thread_ends_it_at_once(
    listening: tuple[EventStream, threading.Thread, list[StreamItem]],
) -> None:
    items, thread, told = listening
    began = time.monotonic()
    items.close()
    thread.join(5)
    assert not thread.is_alive()
    assert time.monotonic() - began < 1
    assert [type(item) for item in told] == [Connected, ServiceEvent]


def test_closing_ends_also_the_waiting_for_a_service_that_accepts_and_is_silent() -> None:
    held: list[ScriptedService] = []
    is_asked = threading.Event()

    def never_answers(_: Asked, __: socket.socket) -> bool:
        is_asked.set()
        held[0].released.wait(10)
        return False

    with ScriptedService(never_answers) as service:
        held.append(service)
        items = stream(service, silence_s=30)
        thread = threading.Thread(target=lambda: list(items))
        thread.start()
        assert is_asked.wait(5)
        items.close()
        thread.join(2)
        assert not thread.is_alive()


def test_closing_ends_also_a_pause() -> None:
    with ScriptedService(refuses(503, "system-fault")) as service:
        items = EventStream(service.known, backoff=Backoff((2.0,), jitter=0))
        waiting = threading.Event()

        def listen() -> None:
            for item in items:
                assert isinstance(item, Reconnecting)
                waiting.set()

        thread = threading.Thread(target=listen)
        thread.start()
        assert waiting.wait(5)
        items.close()
        thread.join(1.5)
        assert not thread.is_alive()


def test_a_redirect_takes_the_token_nowhere() -> None:
    with ScriptedService(streams(1)) as elsewhere:
        redirect = f"HTTP/1.1 307 x\r\nLocation: {elsewhere.url}/api/events\r\nContent-Length: 0\r\n\r\n"
        with ScriptedService(sends(redirect.encode())) as service:
            items = stream(service)
            for item in items:
                assert isinstance(item, Reconnecting)
                items.close()
            assert elsewhere.asked == []


def test_where_nobody_listens_that_is_said() -> None:
    with ScriptedService(resets) as service:
        gone = service.address
    connection = EventConnection(gone, "")
    with pytest.raises(MishapError) as raised:
        connection.open()
    connection.close()
    assert raised.value.mishap is Mishap.NOT_REACHED
    items = EventStream(KnownAddress(known=gone), backoff=Backoff((0.01,), jitter=0))
    attempts = []
    for item in items:
        assert isinstance(item, Reconnecting)
        attempts.append(item.attempt)
        if item.attempt == 3:
            items.close()
    assert attempts == [1, 2, 3]
