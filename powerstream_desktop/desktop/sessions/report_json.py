"""A report as JSON: the API's own words, and what was computed of them. Pure."""

from __future__ import annotations

import json
from typing import Any, Final

from powerstream_desktop.client.reading import Words
from powerstream_desktop.desktop.sessions.report import DestinationReport, Report

FORMAT: Final = "powerstream-session-report"
VERSION: Final = 1


def report_json(report: Report, words: Words) -> str:
    """Return the text of the file.

    Args:
        report: what was computed.
        words: of the API, of the same session.
    """
    told = {
        "format": FORMAT,
        "version": VERSION,
        "lengthSeconds": round(report.length_s, 3),
        "destinations": [_destination(each) for each in report.destinations],
        "session": words,
    }
    return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _destination(destination: DestinationReport) -> dict[str, Any]:
    return {
        "name": destination.name,
        "platform": destination.platform,
        "connectedShare": None if destination.share is None else round(destination.share, 6),
        "averageKbps": destination.average_kbps,
        "peakKbps": destination.peak_kbps,
        "droppedFrames": destination.dropped_frames,
        "gaps": [
            {
                "beginSeconds": round(gap.begin_s, 3),
                "endSeconds": round(gap.end_s, 3),
                "causeCode": gap.cause.code if gap.cause else None,
                "cause": gap.cause.message if gap.cause else "",
            }
            for gap in destination.gaps
        ],
    }
