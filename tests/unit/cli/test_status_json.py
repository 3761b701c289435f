"""The lines of ``--json``, with the field names of the API."""

from __future__ import annotations

from powerstream_desktop.cli.status_json import status_object
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.platforms.endpoint import Rendition
from tests.unit.cli.snapshots import broadcast, destination


def test_a_destination_says_everything_that_its_light_shows() -> None:
    cause = Cause(code="reset", sentence="It was cut.", remedy="Wait.", help_url="https://help", detail="d")
    light = destination(
        "Mine",
        rendition=Rendition.PORTRAIT,
        backup_in_use=True,
        frames_dropped=12,
        frames_dropped_per_s=2.4444,
        retry_in_s=1.26,
        cause=cause,
    )
    [line] = status_object(broadcast(light))["destinations"]
    assert line == {
        "name": "Mine",
        "platform": "custom",
        "rendition": "portrait",
        "serverUrl": "rtmp://ingest.example/app",
        "backupInUse": True,
        "status": "live",
        "sinceSeconds": 5.0,
        "attempt": 0,
        "retryInSeconds": 1.3,
        "cause": {
            "code": "reset",
            "message": "It was cut.",
            "hint": "Wait.",
            "detail": "d",
            "helpUrl": "https://help",
        },
        "bitrateKbps": 4500,
        "bytesSent": 2_000_000,
        "framesSent": 150,
        "droppedFrames": 12,
        "droppedFramesPerSecond": 2.4,
        "queueMs": 0,
        "connects": 1,
    }


def test_every_rendition_has_its_figures() -> None:
    line = status_object(broadcast())
    assert line["renditions"] == {"landscape": line["ingest"]}
