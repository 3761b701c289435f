"""Outlooks for tests of the shell, told in the service's words."""

from __future__ import annotations

from typing import Any

from powerstream_desktop.client.event_stream import Connected, Reconnecting, ServiceEvent
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.outlook.folding import folded, shut
from powerstream_desktop.desktop.outlook.outlook import Outlook

STARTED_AT = "2026-11-23T20:00:00Z"


def with_event(outlook: Outlook, name: str, data: dict[str, Any]) -> Outlook:
    """Return the outlook after an event."""
    return folded(outlook, ServiceEvent(name=name, data=data, id="1"))


def connected(outlook: Outlook) -> Outlook:
    """Return the outlook with the service there."""
    return folded(outlook, Connected(url="http://127.0.0.1:5001"))


def away(outlook: Outlook) -> Outlook:
    """Return the outlook with the service gone."""
    return folded(outlook, Reconnecting(attempt=1, pause_s=0.1))


def live(state: str = "live", *, elapsed_s: float = 83.0, session_id: str = "s1") -> dict[str, Any]:
    """Return the words of the topic ``live`` while something runs."""
    return {
        "isLive": state in {"live", "bridging"}, "state": state, "sessionId": session_id, "stationId": "st1",
        "title": "Episode 12", "startedAt": STARTED_AT, "elapsedSeconds": elapsed_s,
    }  # fmt: skip


OFF_AIR: dict[str, Any] = {"isLive": False, "state": "idle"}


def broadcast(*endpoint_ids: str | None, session_id: str = "s1") -> dict[str, Any]:
    """Return the words of the topic ``destinations`` with such endpoints."""
    endpoints = [
        {"id": each, "name": str(each), "platform": "custom", "status": "live", "bitrateKbps": 6000}
        for each in endpoint_ids
    ]
    running = {
        "sessionId": session_id, "state": "live", "isActive": True, "title": "Episode 12", "source": "studio",
        "startedAt": STARTED_AT, "elapsedSeconds": 83.0, "endpoints": endpoints,
    }  # fmt: skip
    return {"sessions": [running], "totalActive": 1}


class Service:
    """Tells a feed what happens."""

    def __init__(self, feed: OutlookFeed) -> None:
        self._feed = feed

    def comes(self) -> None:
        self._feed.replace(connected(self._feed.now))

    def goes(self) -> None:
        self._feed.replace(away(self._feed.now))

    def shuts(self) -> None:
        self._feed.replace(shut(self._feed.now))

    def tells(self, name: str, data: dict[str, Any]) -> None:
        self._feed.replace(with_event(self._feed.now, name, data))
