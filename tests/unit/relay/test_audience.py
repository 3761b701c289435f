"""Who is told what of a stream: consumers get its packets, witnesses only hear of its beginning and its end."""

from __future__ import annotations

import pytest

from powerstream_desktop.relay.stream.audience import Audience
from powerstream_desktop.relay.stream.burst import NOWHERE, Burst
from tests.unit.relay.packets import PacketMaker


class Diary:
    """A witness that writes down what it is told, together with others, and may fail over it."""

    def __init__(self, name: str, entries: list[str], *, fails_at: str = "") -> None:
        self._name = name
        self._entries = entries
        self._fails_at = fails_at

    def stream_started(self) -> None:
        self._write("started")

    def stream_ended(self) -> None:
        self._write("ended")

    def _write(self, what: str) -> None:
        self._entries.append(f"{self._name} {what}")
        if what == self._fails_at:
            raise RuntimeError(what)


class ReadingDiary(Diary):
    """A consumer: gets the packets as well."""

    def offer(self, burst: Burst) -> None:
        self._write(f"got {len(burst.packets)}")


@pytest.fixture
def entries() -> list[str]:
    return []


@pytest.fixture
def audience(entries: list[str]) -> Audience:
    audience = Audience("program")
    assert audience.add(ReadingDiary("consumer", entries))
    return audience


def test_a_witness_hears_of_beginning_and_end_before_the_consumers_and_gets_no_packets(
    audience: Audience, entries: list[str]
) -> None:
    audience.add_witness(Diary("witness", entries))
    audience.start()
    audience.offer(Burst([PacketMaker().key(0)], NOWHERE, (0, 0, 0)))
    audience.end()
    assert entries == [
        *("witness started", "consumer started", "consumer got 1"),
        *("witness ended", "consumer ended"),
    ]


def test_a_consumer_who_comes_late_is_started_alone(audience: Audience, entries: list[str]) -> None:
    audience.add_witness(Diary("witness", entries))
    late = ReadingDiary("late", entries)
    audience.add(late)
    audience.start(late)
    assert entries == ["late started"]


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize(
    ("call", "first_broadcast"),
    [
        ("started", ["witness started", "witness ended", "consumer started", "consumer ended"]),
        ("ended", ["witness started", "consumer started", "witness ended", "consumer ended"]),
    ],
)
def test_a_witness_that_raises_is_told_the_end_once_and_hears_no_more(
    audience: Audience, entries: list[str], call: str, first_broadcast: list[str]
) -> None:
    audience.add_witness(Diary("witness", entries, fails_at=call))
    for _ in range(2):
        audience.start()
        audience.end()
    assert entries == [*first_broadcast, "consumer started", "consumer ended"]
