"""The health figures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from powerstream_desktop.client.live import DestinationStatus, RunningBroadcast
from powerstream_desktop.client.studio import EngineStatus
from powerstream_desktop.desktop.shell.figures import (
    ComputerFigures,
    ComputerMeasure,
    Counting,
    LineMeasure,
    ProgramMeasure,
    Share,
)


def broadcast(*counts: tuple[int, int], kbps: int = 0, session_id: str = "s1") -> RunningBroadcast:
    """Return a broadcast whose destinations have dropped and sent so many frames."""
    return RunningBroadcast(
        words={},
        session_id=session_id,
        state="live",
        is_active=True,
        title="",
        source="studio",
        started_at=datetime(2026, 11, 23, tzinfo=UTC),
        elapsed_seconds=1.0,
        endpoints=tuple(
            DestinationStatus(
                words={}, id="e", name="e", platform="x", status="live", bitrate_kbps=kbps,
                dropped_frames=dropped, frames_sent=sent,
            )
            for dropped, sent in counts
        ),
    )  # fmt: skip


def engine(undrawn: int, *renditions: tuple[int, int]) -> EngineStatus:
    """Return an engine that has made and missed so many pictures of each rendition."""
    each = [{"framesMade": made, "framesSkipped": missed} for made, missed in renditions]
    return EngineStatus(words={"stats": {"framesSkipped": undrawn, "renditions": each}}, state="running")


class TestCounting:
    def test_only_the_last_minute_counts(self) -> None:
        counting = Counting()
        counting.add(0, 0, 0.0)
        assert counting.add(10, 100, 30.0) == Share(lost=10, of=100)
        assert counting.add(10, 1900, 90.0) == Share(lost=0, of=1800)

    def test_totals_that_fall_begin_anew(self) -> None:
        counting = Counting()
        counting.add(50, 1000, 0.0)
        assert counting.add(0, 10, 1.0) == Share()
        assert counting.add(1, 20, 2.0) == Share(lost=1, of=10)

    def test_nothing_of_nothing_is_no_share(self) -> None:
        assert Share().percent == 0.0


class TestTheLine:
    def test_what_all_destinations_took_is_added_up(self) -> None:
        measure = LineMeasure()
        measure.take(broadcast((0, 0), (0, 0), kbps=6000), 0.0)
        figures = measure.take(broadcast((0, 1800), (9, 1791), kbps=6000), 60.0)
        assert figures is not None
        assert (figures.upload_kbps, figures.dropped.percent) == (12_000, 0.25)

    def test_nothing_goes_out_without_a_broadcast(self) -> None:
        assert LineMeasure().take(None, 0.0) is None

    def test_a_new_broadcast_is_not_charged_with_the_last_ones_losses(self) -> None:
        measure = LineMeasure()
        measure.take(broadcast((0, 0)), 0.0)
        measure.take(broadcast((50, 100)), 10.0)
        figures = measure.take(broadcast((60, 200), session_id="s2"), 20.0)
        assert figures is not None
        assert figures.dropped == Share()


class TestTheProgram:
    def test_encoder_and_graphics_are_kept_apart(self) -> None:
        measure = ProgramMeasure()
        measure.take(engine(0, (0, 0)), 0.0)
        figures = measure.take(engine(2, (99, 1)), 10.0)
        assert figures is not None
        assert figures.encoder == Share(lost=1, of=100)
        assert figures.graphics == Share(lost=2, of=102)
        assert 2.9 < figures.skipped_percent < 3.0

    def test_an_engine_that_encodes_nothing_has_none(self) -> None:
        measure = ProgramMeasure()
        idle: list[Any] = [{"stats": None}, {}, {"stats": {"framesSkipped": 1, "renditions": []}}]
        assert measure.take(None, 0.0) is None
        assert [measure.take(EngineStatus(words=words, state="x"), 0.0) for words in idle] == [None] * 3


class TestTheComputer:
    def test_processor_time_is_that_of_all_processes_between_two_answers(self) -> None:
        measure = ComputerMeasure(processors=4)
        assert measure.take(stats({1: 10.0, 2: 100.0}), 0.0) == ComputerFigures(disk_hours=78.2)
        figures = measure.take(stats({1: 11.0, 2: 102.0, 3: 1.0}), 2.0)
        assert figures.cpu_percent == 50.0

    def test_a_process_that_ended_takes_nothing_back(self) -> None:
        measure = ComputerMeasure(processors=1)
        measure.take(stats({1: 10.0, 2: 100.0}), 0.0)
        assert measure.take(stats({1: 10.5}), 1.0).cpu_percent == 50.0

    def test_what_the_service_does_not_tell_is_not_known(self) -> None:
        assert ComputerMeasure(0).take({"service": None, "recordingRoom": None}, 0.0) == ComputerFigures()


def stats(seconds: dict[int, float]) -> dict[str, Any]:
    first, *others = ({"pid": pid, "cpuSeconds": each} for pid, each in seconds.items())
    return {"service": first, "processes": others, "recordingRoom": {"freeBytes": 1, "hours": 78.2}}
