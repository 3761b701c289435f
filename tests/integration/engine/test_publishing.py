"""The publisher against the server's end of our own protocol, over real sockets."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.control.reports import Disconnected, Publishing
from powerstream_desktop.engine.publisher import Publisher
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.rtmp.events import FinishReason
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.messages import MessageType
from tests.integration.engine.fake_relay import KEY, FakeRelay
from tests.integration.engine.programs import pattern_program, settings

KINDS = [MessageType.DATA_AMF0, MessageType.VIDEO, MessageType.AUDIO]


@pytest.fixture(scope="module")
def tags() -> list[FLVTag]:
    return pattern_program(settings(width=64, height=64, bitrate_kbps=100, fps=10), 5.0)


class Feed:
    """A publisher and what it said."""

    def __init__(self, url: str, key: str = KEY) -> None:
        self.reports: list[Publishing | Disconnected] = []
        self.accepted = 0
        self._reported = threading.Event()
        self.publisher = Publisher(
            Rendition.LANDSCAPE,
            url,
            Secret(key),
            on_report=self._report,
            on_accepted=self._accept,
            backoff=Backoff((0.02,), jitter=0.0),
        )

    def _report(self, report: Publishing | Disconnected) -> None:
        self.reports.append(report)
        self._reported.set()

    def _accept(self) -> None:
        self.accepted += 1

    async def until(self, reached: Callable[[], bool]) -> None:
        while not reached():
            self._reported.clear()
            assert await asyncio.to_thread(self._reported.wait, 10.0)

    def put(self, tags: list[FLVTag]) -> None:
        """Hand tags over one by one, as a program does."""
        for tag in tags:
            self.publisher.put([tag])

    async def aclose(self) -> None:
        await asyncio.to_thread(self.publisher.close)


def on_air(test: Callable[[FakeRelay], Awaitable[None]]) -> None:
    async def play() -> None:
        async with FakeRelay() as relay:
            await test(relay)

    asyncio.run(play())


def test_what_is_made_arrives_whole_and_in_order_and_ends_with_a_goodbye(tags: list[FLVTag]) -> None:
    async def test(relay: FakeRelay) -> None:
        feed = Feed(relay.url)
        feed.publisher.start()
        await feed.until(lambda: feed.reports == [Publishing(connects=1)])
        feed.put(tags)
        await feed.aclose()
        await relay.until(lambda: relay.finishes)
        first_picture = next(
            number for number, tag in enumerate(tags[3:], 3) if tag.type == MessageType.VIDEO
        )
        media = tags[first_picture:]
        assert [tag.type for tag in relay.tags[:3]] == KINDS
        assert relay.tags[3:] == media
        assert relay.finishes == [FinishReason.UNPUBLISHED]

    on_air(test)


def test_after_a_break_the_stream_goes_on_at_a_key_frame_on_the_same_timeline(tags: list[FLVTag]) -> None:
    async def test(relay: FakeRelay) -> None:
        half = len(tags) // 2
        feed = Feed(relay.url)
        feed.publisher.start()
        await feed.until(lambda: len(feed.reports) == 1)
        feed.put(tags[:half])
        await relay.until(lambda: relay.tags and relay.tags[-1] == tags[half - 1])
        first = len(relay.tags)
        relay.drop()
        await feed.until(lambda: len(feed.reports) == 3)
        feed.put(tags[half:])
        await feed.aclose()
        await relay.until(lambda: len(relay.finishes) == 2)
        again = relay.tags[first:]
        assert [type(report) for report in feed.reports] == [Publishing, Disconnected, Publishing]
        assert feed.accepted == 2
        assert [tag.type for tag in again[:3]] == KINDS
        assert again[0].timestamp == again[3].timestamp > tags[half].timestamp
        assert again[3].payload[:2] == b"\x17\x01"
        assert again[-1] == tags[-1]

    on_air(test)


def test_a_relay_that_comes_late_is_found(tags: list[FLVTag]) -> None:
    async def test(relay: FakeRelay) -> None:
        await relay.vanish()
        feed = Feed(relay.url)
        feed.publisher.start()
        assert not feed.publisher.wait_accepted(0.0)
        await feed.until(lambda: len(feed.reports) >= 2)
        await relay.listen()
        await feed.until(lambda: Publishing(connects=1) in feed.reports)
        assert feed.publisher.wait_accepted(0.0)
        assert feed.reports[0] == Disconnected(title="The relay cannot be reached.", retry_in_s=0.02)
        await feed.aclose()

    on_air(test)


def test_a_refusal_is_told_without_the_key_and_tried_again() -> None:
    async def test(relay: FakeRelay) -> None:
        feed = Feed(relay.url, key="a-wrong-key")
        feed.publisher.start()
        await feed.until(lambda: len(feed.reports) >= 3)
        await feed.aclose()
        assert len(relay.keys) == 0
        assert isinstance(feed.reports[0], Disconnected)
        assert feed.reports[0].title == "The relay refused the stream (NetStream.Publish.BadName)."

    on_air(test)


def test_nothing_is_kept_while_there_is_no_relay(tags: list[FLVTag]) -> None:
    async def test(relay: FakeRelay) -> None:
        await relay.vanish()
        feed = Feed(relay.url)
        feed.publisher.start()
        feed.put(tags)
        await feed.until(lambda: len(feed.reports) >= 2)
        assert feed.publisher.queue_ms == 0
        await feed.aclose()

    on_air(test)


def test_a_publisher_that_never_started_can_be_closed() -> None:
    feed = Feed("rtmp://127.0.0.1:9/live")
    feed.publisher.close()
    assert feed.reports == []
    assert feed.publisher.queue_ms == 0


def test_a_publisher_that_vanishes_says_no_goodbye_so_that_the_relay_bridges(tags: list[FLVTag]) -> None:
    async def test(relay: FakeRelay) -> None:
        feed = Feed(relay.url)
        feed.publisher.start()
        await feed.until(lambda: feed.reports == [Publishing(connects=1)])
        feed.put(tags[:8])
        await asyncio.to_thread(lambda: feed.publisher.close(says_goodbye=False))
        await relay.until(lambda: relay.finishes)
        assert FinishReason.UNPUBLISHED not in relay.finishes

    on_air(test)


def test_tags_that_come_after_the_end_do_no_harm(tags: list[FLVTag]) -> None:
    feed = Feed("rtmp://127.0.0.1:9/live")
    feed.publisher.start()
    feed.publisher.close()
    feed.put(tags)
    assert feed.publisher.queue_ms == 0
