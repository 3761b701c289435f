"""What tests of destinations are about: endpoints, profiles, platforms, a broadcast, a session, reports."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from powerstream_desktop.client.catalogue import Platform, Profile, Station
from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.client.live import Cause, DestinationStatus, RunningBroadcast
from powerstream_desktop.client.preflight import DestinationReport, Finding, PreflightReport
from powerstream_desktop.client.reading import read_answer
from powerstream_desktop.client.sessions import Session
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.platforms.catalogue import load_catalogue
from powerstream_desktop.service.api.platforms import Platform as PlatformWords

NOW = datetime.now(tz=UTC)


@functools.cache
def platforms() -> tuple[Platform, ...]:
    """Return the catalogue as the API tells it."""
    entries = load_catalogue(Paths.from_environment(os.environ)).platforms
    words = [PlatformWords.of(each).model_dump(mode="json", by_alias=True) for each in entries]
    return tuple(read_answer(Platform, each, "platform") for each in words)


def endpoint(endpoint_id: str, platform: str = "youtube", **fields: Any) -> Endpoint:
    """Return an endpoint as it is kept."""
    values: dict[str, Any] = {
        "words": {},
        "id": endpoint_id,
        "platform": platform,
        "name": platform.capitalize(),
        "server_url": f"rtmps://live.{platform}.example:443/app",
        "stream_key": "set",
        "is_active": True,
        "rendition": "landscape",
        **fields,
    }
    return Endpoint(**values)


ENDPOINTS = (
    endpoint("yt", name="Main channel", priority=5, server_url="rtmps://a.rtmps.youtube.com:443/live2",
             last_connected_at=NOW - timedelta(hours=2)),
    endpoint("tw", "twitch", name="nolimit", priority=4, server_url="rtmp://live.twitch.tv/app",
             last_connected_at=NOW - timedelta(hours=2)),
    endpoint("fb", "facebook", name="Station page", priority=3, server_url="rtmps://rtmp-api.facebook.com:443/rtmp/"),
    endpoint("ki", "kick", name="nolimit", priority=2,
             server_url="rtmps://fa723fc1b171.global-contribute.live-video.net:443/app"),
    endpoint("li", "linkedin", name="Event", priority=1, last_connected_at=NOW - timedelta(days=3),
             server_url="rtmps://1f0e9a.channel.media.azure.net:2935/live/6b1c", last_error="LinkedIn has no stream key."),
    endpoint("tt", "tiktok", name="Portrait", priority=0, is_active=False, stream_key="unset", rendition="portrait"),
)  # fmt: skip
STATION = Station(words={}, id="st1", slug="no-limit-live", name="No Limit Live")
PROFILES = (
    Profile(words={}, id="pr1", name="Weekly show", endpoint_ids=("yt", "tw", "fb", "ki", "li")),
    Profile(words={}, id="pr2", name="Quick update", endpoint_ids=("yt", "fb")),
)


def status(endpoint_id: str, name: str, state: str, **fields: Any) -> DestinationStatus:
    """Return how a destination stands."""
    return DestinationStatus(words={}, id=endpoint_id, name=name, platform="", status=state, **fields)


RESET = Cause(code="reset", message="The connection was reset.", hint="Reconnecting by itself.")
REFUSED = Cause(code="key-refused", message="LinkedIn does not accept the key.", hint="Paste today's key.")
STATUSES = (
    status("yt", "Main channel", "live", bitrate_kbps=6012),
    status("tw", "nolimit", "live", bitrate_kbps=6008),
    status("fb", "Station page", "slow", bitrate_kbps=4100, frames_sent=988, dropped_frames=12,
           cause=Cause(code="too-slow", message="The upload is too slow for 6000 kbit/s.", hint="Lower it.")),
    status("ki", "nolimit (2)", "retrying", attempt=3, cause=RESET),
    status("li", "Event", "rejected", cause=REFUSED),
)  # fmt: skip


def broadcast(*statuses: DestinationStatus, **fields: Any) -> RunningBroadcast:
    """Return a broadcast that runs."""
    values: dict[str, Any] = {
        "words": {"profileId": "pr1"},
        "session_id": "se1",
        "state": "live",
        "is_active": True,
        "title": "No Limit Live — Episode 12",
        "source": "studio",
        "started_at": NOW - timedelta(hours=1),
        "elapsed_seconds": 3600.0,
        "endpoints": statuses,
        **fields,
    }
    return RunningBroadcast(**values)


def session(*, is_running: bool = True, now: datetime = NOW) -> Session:
    """Return a broadcast of an hour as the API tells it; what it says of ``now`` is true only then."""
    began = now - timedelta(hours=1)
    return read_answer(
        Session,
        {
            "sessionId": "se1",
            "title": "No Limit Live — Episode 12",
            "description": "Guests: to be announced",
            "source": "studio",
            "stationId": "st1",
            "profileId": "pr1",
            "startedAt": began.isoformat(),
            "endedAt": None if is_running else now.isoformat(),
            "destinations": [
                past("yt", "YouTube", began, {0: "live"}, (6000, 6010, 5990, 6020, 6005, 6012)),
                past(
                    "tw",
                    "Twitch",
                    began,
                    {0: "live", 30: "retrying", 31.5: "live"},
                    (5900, 5950, 5940, 0, 5930, 5960),
                ),
                past("fb", "Facebook", began, {0: "live", 50: "slow"}, (5800, 5810, 5790, 5800, 5805, 3900)),
                past("li", "LinkedIn", began, {0: "rejected"}, ()),
            ],
        },
        "session",
    )


def past(
    endpoint_id: str, name: str, began: datetime, turns: Mapping[float, str], kbps: Sequence[int]
) -> dict[str, Any]:
    """Return what a destination went through: its light by the minute at which it turned, and bitrates over an hour."""

    def at(minutes: float) -> str:
        return (began + timedelta(minutes=minutes)).isoformat()

    cause = {"code": "reset", "message": "The connection was reset.", "hint": ""}
    return {
        "endpointId": endpoint_id,
        "name": name,
        "platform": name.lower(),
        "lastStatus": "live",
        "changes": [
            {"at": at(minute), "status": state, "cause": cause if state in {"retrying", "rejected"} else None}
            for minute, state in turns.items()
        ],
        "figures": [
            {"at": at(number * 60 / len(kbps)), "bitrateKbps": each, "queueMs": 40}
            for number, each in enumerate(kbps)
        ],
    }


def report(*destinations: DestinationReport, **fields: Any) -> PreflightReport:
    """Return what a look found."""
    words = {
        "destinations": [
            {"server": {"ok": each.is_ready, "tlsVersion": "TLSv1.3" if each.is_ready else ""}}
            for each in destinations
        ],
        "limits": {"landscape": [{"code": "video-bitrate", "max": "6000 kbit/s", "platform": "Twitch"}]},
        "upload": {"neededKbps": 31_000, "availableKbps": 34_000},
    }
    is_ready = all(each.is_ready for each in destinations)
    ready = tuple(each.name for each in destinations if each.is_ready)
    return PreflightReport(words=words, is_ready=is_ready, ready=ready, destinations=destinations, **fields)


def destination_report(name: str, *findings: Finding) -> DestinationReport:
    """Return what was found of one destination."""
    is_ready = all(each.severity != "error" for each in findings)
    return DestinationReport(name=name, platform="", is_ready=is_ready, findings=findings)


def finding(severity: str, code: str, message: str, hint: str = "") -> Finding:
    """Return something that was found."""
    return Finding(severity=severity, code=code, message=message, hint=hint)


NO_KEY = finding("error", "no-key", "LinkedIn has no stream key.", "Copy it from the page of the event.")
