from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from powerstream_desktop.engine import publisher_link
from powerstream_desktop.engine.publish_queue import PublishQueue
from powerstream_desktop.engine.publisher_link import PublisherLink
from powerstream_desktop.rtmp import events as rtmp_events
from powerstream_desktop.rtmp.client import ClientConnection
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.messages import MessageType
from powerstream_desktop.rtmp.server import ServerConnection
from powerstream_desktop.rtmp.url import parse_server_url

if TYPE_CHECKING:
    import pytest

KEY_FRAME = b"\x17\x01\x00\x00\x00" + b"\x00\x00\x00\x02\x65\x80"


class FakeTransport(asyncio.Transport):
    """Carries bytes to a server's end in memory, one loop iteration later, and its answers back."""

    def __init__(self, link: PublisherLink) -> None:
        super().__init__()
        self.link = link
        self.server = ServerConnection(now=0.0, random_bytes=bytes)
        self.videos: list[int] = []
        self.finished = False
        self.closed = False

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None: ...

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        asyncio.get_running_loop().call_soon(self._carry, bytes(data))

    def close(self) -> None:
        asyncio.get_running_loop().call_soon(self._close)

    def abort(self) -> None:
        self._close()

    def _close(self) -> None:
        if not self.closed:
            self.closed = True
            self.link.connection_lost(None)

    def _carry(self, data: bytes) -> None:
        pending = self.server.receive_data(data, 0.0)
        while pending:
            for event in pending:
                self._act(event)
            pending = self.server.handle_deadline(0.0)
        answer = self.server.data_to_send()
        if answer:
            self.link.data_received(answer)

    def _act(self, event: rtmp_events.Event) -> None:
        match event:
            case rtmp_events.ConnectRequested(request_id=request_id):
                self.server.accept_connect(request_id)
            case rtmp_events.PublishRequested(request_id=request_id):
                self.server.accept_publish(request_id)
            case rtmp_events.VideoReceived(timestamp=timestamp):
                self.videos.append(timestamp)
            case rtmp_events.PublishFinished():
                self.finished = True
            case _:
                pass


class Scene:
    """A link that the relay has accepted."""

    def __init__(self) -> None:
        client = ClientConnection(parse_server_url("rtmp://127.0.0.1/live", "k"), "k", random_bytes=bytes)
        self.queue = PublishQueue()
        self.accepted = asyncio.Event()
        self.link = PublisherLink(client, self.queue, self.accept, clock=lambda: 0.0)
        self.transport = FakeTransport(self.link)

    def accept(self) -> None:
        self.queue.open()
        self.accepted.set()

    async def begin(self) -> None:
        self.link.connection_made(self.transport)
        await self.accepted.wait()

    def make(self, timestamp: int) -> None:
        self.queue.put([FLVTag(MessageType.VIDEO, timestamp, KEY_FRAME)])
        self.link.send_waiting()

    async def settle(self) -> None:
        for _ in range(3):
            await asyncio.sleep(0)


def play(test: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        scene = Scene()
        await scene.begin()
        await test(scene)
        if not scene.link.ended.done():
            await scene.link.finish()

    asyncio.run(run())


def test_tags_go_out_at_once_while_the_relay_takes_them() -> None:
    async def test(scene: Scene) -> None:
        scene.make(10)
        scene.make(20)
        assert len(scene.queue) == 0
        await scene.settle()
        assert scene.transport.videos == [10, 20]

    play(test)


def test_tags_wait_while_the_relay_takes_nothing_and_follow_when_it_does() -> None:
    async def test(scene: Scene) -> None:
        scene.link.pause_writing()
        scene.make(10)
        await scene.settle()
        assert scene.transport.videos == []
        assert len(scene.queue) == 1
        scene.link.resume_writing()
        await scene.settle()
        assert scene.transport.videos == [10]

    play(test)


def test_a_relay_that_takes_nothing_for_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisher_link, "STALL_S", 0.0)

    async def test(scene: Scene) -> None:
        scene.link.pause_writing()
        assert await scene.link.ended == "The relay takes no data."
        assert scene.transport.closed

    play(test)


def test_at_the_end_what_waits_is_sent_and_the_stream_unpublished() -> None:
    async def test(scene: Scene) -> None:
        scene.queue.put([FLVTag(MessageType.VIDEO, 10, KEY_FRAME)])
        await scene.link.finish()
        assert scene.transport.videos == [10]
        assert scene.transport.finished
        assert scene.transport.closed

    play(test)


def test_a_relay_that_hangs_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisher_link, "GOODBYE_S", 0.01)

    async def test(scene: Scene) -> None:
        scene.link.pause_writing()
        scene.make(10)
        await scene.link.finish()
        assert scene.transport.closed
        assert scene.transport.videos == []

    play(test)


def test_a_relay_that_hangs_up_is_told_apart_from_our_own_end() -> None:
    async def test(scene: Scene) -> None:
        scene.transport.abort()
        assert await scene.link.ended == "The relay closed the connection."

    play(test)


def test_what_is_not_rtmp_ends_the_link_with_a_sentence() -> None:
    async def test(scene: Scene) -> None:
        scene.link.data_received(b"\xff" * 5000)
        sentence = await scene.link.ended
        assert sentence is not None
        assert sentence.endswith(".")

    play(test)
