from __future__ import annotations

import os

from powerstream_desktop.engine.protocol import ENGINE_REPORTS, Disconnected, SourceBack, Stats, Stopped
from powerstream_desktop.engine.reporter import QUEUE_REPORTS, Reporter

STATS = Stats(
    program_s=1.0,
    frames_made=30,
    frames_repeated=0,
    frames_skipped=0,
    frames_dropped=0,
    encode_mean_ms=4.0,
    encode_max_ms=9.0,
    queue_ms=0,
    capture_fps=30.0,
    video_kbps=4500.0,
    video_target_kbps=4500,
)


def test_reports_come_out_as_lines_in_order() -> None:
    reading, writing = os.pipe()
    reporter = Reporter(writing)
    reporter.start()
    for report in (STATS, SourceBack(), Stopped(frames_made=1, frames_skipped=0)):
        reporter.report(report)
    reporter.close()
    with os.fdopen(reading, "rb") as lines:
        assert [ENGINE_REPORTS.decode(line) for line in lines] == [
            STATS,
            SourceBack(),
            Stopped(frames_made=1, frames_skipped=0),
        ]


def test_nobody_waits_for_a_reader_that_hangs_and_figures_go_first() -> None:
    reading, writing = os.pipe()
    reporter = Reporter(writing)
    for _ in range(10 * QUEUE_REPORTS):
        reporter.report(STATS)
    reporter.report(SourceBack())
    reporter.start()
    reporter.close()
    with os.fdopen(reading, "rb") as lines:
        reports = [ENGINE_REPORTS.decode(line) for line in lines]
    assert reports[-1] == SourceBack()
    assert len(reports) <= QUEUE_REPORTS


def test_a_reader_that_is_gone_ends_nothing_but_the_reports() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    reporter = Reporter(writing)
    reporter.start()
    for _ in range(5):
        reporter.report(Disconnected(title="The relay cannot be reached.", retry_in_s=1.0))
    reporter.close()
