"""The service's end of its line to the keeper, over real pipes and without processes."""

from __future__ import annotations

import os
import queue
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.service.keeper.keeper_line import KeeperLine
from powerstream_desktop.service.keeper.keeper_words import (
    FROM_SERVICE,
    TO_SERVICE,
    Begin,
    End,
    Keep,
    KeptValue,
    Leave,
    Ping,
    Pong,
    Ready,
)

SOON_S = 5.0


@dataclass
class Pipes:
    line: KeeperLine
    to_service: int
    from_service: int

    def say(self, data: bytes) -> None:
        os.write(self.to_service, data)

    def hang_up(self) -> None:
        os.close(self.to_service)
        self.to_service = -1


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    read_by_service, to_service = os.pipe()
    from_service, written_by_service = os.pipe()
    made = Pipes(KeeperLine(read_by_service, written_by_service), to_service, from_service)
    yield made
    for descriptor in (made.to_service, read_by_service, from_service, written_by_service):
        if descriptor >= 0:
            os.close(descriptor)


def test_a_service_gets_what_its_predecessor_left(pipes: Pipes) -> None:
    left = Begin(
        kept=(KeptValue(name="port", value="5001"), KeptValue(name="keys", value="x" * 9000)), deaths=1
    )
    pipes.say(TO_SERVICE.encode(left))
    pipes.line.receive_begin()
    assert pipes.line.kept == {"port": "5001", "keys": "x" * 9000}
    assert pipes.line.deaths == 1


def test_a_keeper_that_is_gone_before_its_first_word_left_nothing(pipes: Pipes) -> None:
    pipes.hang_up()
    pipes.line.receive_begin()
    assert (pipes.line.kept, pipes.line.deaths) == ({}, 0)


def test_a_first_word_that_is_another_is_a_bug(pipes: Pipes) -> None:
    pipes.say(TO_SERVICE.encode(End()))
    with pytest.raises(BugError):
        pipes.line.receive_begin()


def test_the_keepers_wish_and_its_end_are_heard_one_after_the_other_and_rubbish_is_passed_over(
    pipes: Pipes,
) -> None:
    heard: queue.Queue[str] = queue.Queue()
    # All in one piece: what came with the first word belongs to the listener.
    pipes.say(TO_SERVICE.encode(Begin()) + b"rubbish\n" + TO_SERVICE.encode(End()))
    pipes.line.receive_begin()
    pipes.line.listen(lambda: heard.put("end"), lambda: heard.put("gone"), lambda: heard.put("ping"))
    assert heard.get(timeout=SOON_S) == "end"
    pipes.hang_up()
    assert heard.get(timeout=SOON_S) == "gone"


def test_a_ping_is_answered_by_whoever_may_hang(pipes: Pipes) -> None:
    heard: queue.Queue[str] = queue.Queue()
    pipes.say(TO_SERVICE.encode(Begin()) + TO_SERVICE.encode(Ping()))
    pipes.line.receive_begin()
    pipes.line.listen(lambda: heard.put("end"), lambda: heard.put("gone"), lambda: heard.put("ping"))
    assert heard.get(timeout=SOON_S) == "ping"
    pipes.line.pong()
    assert FROM_SERVICE.decode(os.read(pipes.from_service, 65536).strip()) == Pong()
    pipes.hang_up()
    assert heard.get(timeout=SOON_S) == "gone"


def test_what_is_said_to_the_keeper_comes_as_lines(pipes: Pipes) -> None:
    pipes.line.keep("port", "5001")
    pipes.line.keep("port", None)
    pipes.line.ready("http://127.0.0.1:5001", "1.0")
    pipes.line.leave()
    lines = os.read(pipes.from_service, 65536).splitlines()
    assert [FROM_SERVICE.decode(line) for line in lines] == [
        Keep(name="port", value="5001"),
        Keep(name="port"),
        Ready(url="http://127.0.0.1:5001", version="1.0"),
        Leave(),
    ]


def test_a_keeper_that_is_gone_hears_nothing_and_nothing_breaks(pipes: Pipes) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    KeeperLine(0, writer).ready("http://127.0.0.1:5001", "1.0")
    os.close(writer)


def test_no_word_shows_what_is_kept() -> None:
    shown = repr((Keep(name="keys", value="canary"), Begin(kept=(KeptValue(name="keys", value="canary"),))))
    assert "canary" not in shown
