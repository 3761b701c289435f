"""What happens in the service reaches the window as snapshots, on its own thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Any, cast

import pytest

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import NotAllowedError, ServiceGoneError
from powerstream_desktop.client.event_stream import Connected, Reconnecting, ServiceEvent, StreamItem
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.news import MAX_LIBRARY_WORDS, MISSED_BEFORE_ANOTHER, News
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.outlook.folding import RELOAD
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from tests.unit.desktop.driver import wait_for

HERE = Connected(url="http://127.0.0.1:5001")


def live(elapsed_s: float) -> ServiceEvent:
    data = {"isLive": True, "state": "live", "sessionId": "s1", "elapsedSeconds": elapsed_s}
    return ServiceEvent(name="live", data=data, id="1")


def library(number: int) -> ServiceEvent:
    return ServiceEvent(name="library", data={"change": "added", "assetId": str(number)}, id=str(number))


class FakeStream:
    """Says what the test tells it; raises an error that it is told; ends when closed."""

    def __init__(self) -> None:
        self.items: queue.SimpleQueue[StreamItem | Exception | None] = queue.SimpleQueue()

    def __iter__(self) -> Iterator[StreamItem]:
        while (item := self.items.get()) is not None:
            if isinstance(item, Exception):
                raise item
            yield item

    def close(self) -> None:
        self.items.put(None)


class FakeDoor:
    """Leads to one stream after the other."""

    def __init__(self) -> None:
        self.stream = FakeStream()
        self.errors: list[PowerStreamError] = []
        self.looks = 0

    def client(self) -> Client:
        if self.errors:
            raise self.errors.pop()
        return cast("Client", self)

    def events(self) -> FakeStream:
        return self.stream

    def look_again(self) -> None:
        self.looks += 1
        if self.errors:
            raise self.errors.pop()


class Listening:
    """News that a test tells, and the feed that hears of them."""

    def __init__(self, again_s: float = 60.0) -> None:
        self.door = FakeDoor()
        self.feed = OutlookFeed()
        self.news = News(self.door, self.feed, again_s=again_s)
        self.shut_out: list[PowerStreamError] = []
        self.news.shut_out.connect(self.shut_out.append)

    def tell(self, *items: StreamItem | Exception) -> None:
        for item in items:
            self.door.stream.items.put(item)

    def wait_for(self, state: ServiceState) -> None:
        wait_for(lambda: self.feed.now.service is state)


@pytest.fixture
def listening() -> Iterator[Listening]:
    listening = Listening()
    yield listening
    listening.news.aclose()


def test_snapshots_come_on_the_windows_thread(listening: Listening) -> None:
    threads: list[int] = []
    listening.feed.live_changed.connect(lambda _status: threads.append(threading.get_ident()))
    listening.tell(HERE, live(1.0))
    listening.news.start()
    wait_for(lambda: bool(threads))
    assert set(threads) == {threading.get_ident()}
    assert listening.feed.now.live is not None
    assert listening.feed.now.live.session_id == "s1"


def test_a_flood_becomes_the_newest_snapshot(listening: Listening) -> None:
    heard: list[float] = []
    listening.feed.live_changed.connect(lambda status: heard.append(status.elapsed_seconds))
    listening.tell(HERE, *(live(float(number)) for number in range(1, 5001)))
    listening.news.start()
    # Nothing is delivered while the window is busy: it is, as long as no event is processed.
    while not listening.door.stream.items.empty():
        threading.Event().wait(0.001)
    wait_for(lambda: bool(heard) and heard[-1] == 5000.0)
    assert len(heard) <= 3


def test_each_change_of_the_library_is_told(listening: Listening) -> None:
    told: list[Any] = []
    listening.feed.library_changed.connect(told.append)
    listening.tell(HERE, library(1), library(2))
    listening.news.start()
    wait_for(lambda: len(told) == 2)
    assert [each["assetId"] for each in told] == ["1", "2"]


def test_very_many_changes_of_the_library_are_one(listening: Listening) -> None:
    told: list[Any] = []
    listening.feed.library_changed.connect(told.append)
    listening.tell(HERE, *(library(number) for number in range(MAX_LIBRARY_WORDS + 1)))
    listening.news.start()
    while not listening.door.stream.items.empty():
        threading.Event().wait(0.001)
    wait_for(lambda: RELOAD in told)
    assert len(told) <= MAX_LIBRARY_WORDS


@pytest.mark.allow_warning_logs
def test_an_event_that_is_wrong_changes_nothing(
    listening: Listening, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = ServiceEvent(name="live", data={"isLive": "perhaps"}, id="2")
    listening.tell(
        HERE, live(1.0), wrong, ServiceEvent(name="recording", data={"recording": None}, id="3"), library(1)
    )
    told: list[Any] = []
    listening.feed.library_changed.connect(told.append)
    listening.news.start()
    wait_for(lambda: bool(told))
    assert listening.feed.now.live is not None
    assert listening.feed.now.live.elapsed_seconds == 1.0
    assert "could not be read" in caplog.text


def test_a_service_that_is_away_for_longer_is_looked_for(listening: Listening) -> None:
    listening.tell(HERE, live(1.0), Reconnecting(attempt=1, pause_s=0.1))
    listening.news.start()
    listening.wait_for(ServiceState.AWAY)
    assert listening.door.looks == 0
    listening.tell(Reconnecting(attempt=MISSED_BEFORE_ANOTHER, pause_s=0.2), HERE)
    listening.wait_for(ServiceState.THERE)
    assert listening.door.looks == 1
    assert listening.feed.now.live is not None


@pytest.mark.parametrize(
    "error",
    [
        NotAllowedError("The token is not good.", status=401, code="not-allowed"),
        ServiceGoneError("PowerStream's service did not come up."),
    ],
)
def test_who_is_let_in_no_more_is_told_why_and_may_try_again(
    listening: Listening, error: PowerStreamError
) -> None:
    listening.tell(HERE, live(1.0), error)
    listening.news.start()
    listening.wait_for(ServiceState.SHUT)
    wait_for(lambda: bool(listening.shut_out))
    assert listening.shut_out == [error]
    assert listening.feed.now.live is not None
    listening.tell(HERE)
    listening.news.start()
    listening.wait_for(ServiceState.THERE)


def test_a_service_that_does_not_come_up_is_told_at_once(listening: Listening) -> None:
    listening.door.errors = [ServiceGoneError("PowerStream's service did not come up.")]
    listening.news.start()
    listening.wait_for(ServiceState.SHUT)
    wait_for(lambda: bool(listening.shut_out))


def test_a_service_that_comes_up_late_is_heard_without_anybodys_asking() -> None:
    listening = Listening(again_s=0.01)
    listening.door.errors = [ServiceGoneError("PowerStream's service did not come up.")]
    listening.tell(HERE)
    listening.news.start()
    listening.wait_for(ServiceState.THERE)
    listening.news.aclose()


def test_closing_ends_the_thread_at_once(listening: Listening) -> None:
    listening.tell(HERE)
    listening.news.start()
    listening.wait_for(ServiceState.THERE)
    listening.news.aclose()
    assert "news" not in {thread.name for thread in threading.enumerate()}
