from __future__ import annotations

import dataclasses
import math
import os

import pytest

from powerstream_desktop.engine.control.desk_reports import StudioChanged
from powerstream_desktop.engine.control.reports import Disconnected, Done, SourceBack, Stopped
from powerstream_desktop.engine.control.wire import decode_report
from powerstream_desktop.engine.reporter import QUEUE_REPORTS, Reporter
from tests.unit.engine.control.examples import STATS, STUDIO


def test_reports_come_out_as_lines_in_order() -> None:
    reading, writing = os.pipe()
    reporter = Reporter(writing)
    reporter.start()
    for report in (STATS, SourceBack(source_id="camera"), Stopped(frames_made=1, frames_skipped=0)):
        reporter.report(report)
    reporter.close()
    with os.fdopen(reading, "rb") as lines:
        assert [decode_report(line) for line in lines] == [
            STATS,
            SourceBack(source_id="camera"),
            Stopped(frames_made=1, frames_skipped=0),
        ]


def test_nobody_waits_for_a_reader_that_hangs_and_figures_go_first() -> None:
    reading, writing = os.pipe()
    reporter = Reporter(writing)
    for _ in range(10 * QUEUE_REPORTS):
        reporter.report(STATS)
    reporter.report(SourceBack(source_id="camera"))
    reporter.start()
    reporter.close()
    with os.fdopen(reading, "rb") as lines:
        reports = [decode_report(line) for line in lines]
    assert reports[-1] == SourceBack(source_id="camera")
    assert len(reports) <= QUEUE_REPORTS


def test_a_reader_that_is_gone_ends_nothing_but_the_reports() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    reporter = Reporter(writing)
    reporter.start()
    for _ in range(5):
        reporter.report(Disconnected(title="The relay cannot be reached.", retry_in_s=1.0))
    reporter.close()


@pytest.mark.allow_warning_logs
def test_a_report_that_cannot_be_written_costs_only_itself(caplog: pytest.LogCaptureFixture) -> None:
    reading, writing = os.pipe()
    reporter = Reporter(writing)
    reporter.start()
    reporter.report(Disconnected(title="Lost.", retry_in_s=math.inf))
    reporter.report(Stopped(frames_made=1, frames_skipped=0))
    reporter.close()
    with os.fdopen(reading, "rb") as lines:
        assert [decode_report(line) for line in lines] == [Stopped(frames_made=1, frames_skipped=0)]
    assert "cannot be written" in caplog.text


def test_of_a_state_that_changes_fast_only_the_newest_is_told_and_before_its_answers() -> None:
    reading, writing = os.pipe()
    reporter = Reporter(writing)
    for step in range(5 * QUEUE_REPORTS):
        studio = dataclasses.replace(STUDIO, portrait_window=step / (5 * QUEUE_REPORTS))
        reporter.report(StudioChanged(studio=studio, can_undo=True, can_redo=False))
        if step < 3:
            reporter.report(Done(id=str(step)))
    reporter.start()
    reporter.close()
    with os.fdopen(reading, "rb") as lines:
        told, *answers = [decode_report(line) for line in lines]
    assert told == StudioChanged(studio=studio, can_undo=True, can_redo=False)
    assert answers == [Done(id=str(step)) for step in range(3)]
