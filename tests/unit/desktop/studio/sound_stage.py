"""A studio's sound and a broadcast, in the service's own words, for the tests of the cards; and a client that notes what it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from powerstream_desktop.client.computer import Devices
from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.client.live import (
    LiveStatus,
    RunningBroadcast,
    RunningRecording,
)
from powerstream_desktop.client.reading import Words, read_answer
from powerstream_desktop.client.studio import EngineStatus, StudioStatus
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.outlook.feed import OutlookFeed

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
RUNNING: Words = {"state": "running", "isComingBack": False, "troubles": []}
SILENT_SIDES = [-120.0, -120.0]


def channel(
    id_: str = "mic", name: str = "Microphone", kind: str = "microphone", **fields: Any
) -> dict[str, Any]:
    """Return a channel as the service tells it."""
    content = {"type": kind, "device": ""} if kind in {"microphone", "desktop-sound"} else {"type": kind}
    return {
        "id": id_,
        "name": name,
        "content": content,
        "gainDb": 0.0,
        "isMuted": False,
        "isPushToTalk": False,
        "width": "stereo",
        "balance": 0.0,
        "syncOffsetMs": 0,
        "monitor": "off",
        "filters": [],
        **fields,
    }


def studio(*channels: dict[str, Any], sources: tuple[Words, ...] = ()) -> StudioStatus:
    """Return a studio with these channels."""
    words = {
        "engine": RUNNING,
        "studio": {"sources": list(sources), "scenes": [{"id": "talk", "name": "Talk"}], "current": "talk"},
        "sound": {"channels": list(channels), "monitorOutput": ""},
    }
    return read_answer(StudioStatus, words, "studio")


def engine(state: str = "running") -> EngineStatus:
    """Return how the engine's process stands."""
    return read_answer(EngineStatus, {**RUNNING, "state": state}, "engine")


def levels(lufs: float = -70.0, **peaks: float) -> dict[str, Any]:
    """Return the meters: peaks in dBFS by the channels' ids."""
    return {
        "channels": [
            {"channel": id_, "isOpen": True, "problem": "", "levels": meter(peak)}
            for id_, peak in peaks.items()
        ],
        "program": meter(-120.0),
        "momentaryLufs": lufs,
        "shortTermLufs": lufs,
        "reductionDb": 0.0,
        "delayMs": 0.0,
    }


def meter(peak: float) -> dict[str, Any]:
    """Return one meter."""
    return {"peakDbfs": [peak, peak - 2], "heldDbfs": [peak, peak], "rmsDbfs": [peak - 9, peak - 11]}


def devices() -> Devices:
    """Return this computer's devices."""
    words = {
        "microphones": [
            {"id": "usb", "name": "USB Audio CODEC", "isDefault": True},
            {"id": "head", "name": "Headset", "isDefault": False},
        ],
        "desktopSounds": [{"id": "out", "name": "Built-in output", "isDefault": True}],
    }
    return read_answer(Devices, words, "devices")


def destination(
    id_: str | None = "yt", name: str = "YouTube", status: str = "live", **fields: Any
) -> dict[str, Any]:
    """Return a destination as the service tells it."""
    return {
        "id": id_,
        "name": name,
        "platform": "youtube",
        "rendition": "landscape",
        "status": status,
        "sinceSeconds": 60.0,
        "attempt": 0,
        "retryInSeconds": None,
        "cause": None,
        "bitrateKbps": 6000,
        "droppedFrames": 0,
        "droppedFramesPerSecond": 0.0,
        "queueMs": 0,
        "framesSent": 100,
        "backupInUse": False,
        **fields,
    }


def cause(
    code: str = "reset", message: str = "Kick closed the connection.", hint: str = "Wait.", **fields: Any
) -> Words:
    """Return a cause as the service tells it."""
    return {"code": code, "message": message, "hint": hint, "detail": "", "helpUrl": "", **fields}


def broadcast(*destinations: dict[str, Any], session_id: str = "s1") -> RunningBroadcast:
    """Return a broadcast with these destinations."""
    words = {
        "sessionId": session_id,
        "state": "live",
        "isActive": True,
        "title": "Evening",
        "source": "studio",
        "startedAt": "2026-05-04T12:00:00Z",
        "elapsedSeconds": 61.0,
        "endpoints": list(destinations),
        "renditions": {"landscape": {"fps": 30.0}},
    }
    return read_answer(RunningBroadcast, words, "broadcast")


def endpoint(id_: str = "yt", name: str = "YouTube", **fields: Any) -> Endpoint:
    """Return an endpoint as it is kept."""
    words = {
        "id": id_,
        "platform": "youtube",
        "name": name,
        "serverUrl": "rtmps://live.example/app",
        "streamKey": "set",
        "isActive": True,
        **fields,
    }
    return read_answer(Endpoint, words, "endpoint")


def recording(state: str = "recording", **fields: Any) -> RunningRecording:
    """Return a recording."""
    words = {
        "state": state,
        "durationSeconds": 5025.0,
        "durableSeconds": 5024.0,
        "bytes": 4_100_000_000,
        "error": None,
        **fields,
    }
    return read_answer(RunningRecording, words, "recording")


def live() -> LiveStatus:
    """Return that something is on air."""
    return read_answer(LiveStatus, {"isLive": True, "state": "live"}, "live")


def tell(feed: OutlookFeed, **parts: Any) -> None:
    """Have the feed tell that parts of the outlook are others."""
    feed.replace(replace(feed.now, **parts))


class Watch:
    """A clock in the test's hand."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class FakeClient:
    """Notes what it is asked; ``refuses`` is what it raises instead of doing it.

    Attributes:
        said: what was asked of the studio, each as its method's name and what it was given.
        retried: ids of endpoints.
        found: the endpoints that there are.
        room: what is told of the recordings' disk.
    """

    def __init__(self) -> None:
        self.said: list[tuple[Any, ...]] = []
        self.retried: list[str] = []
        self.found: tuple[Endpoint, ...] = ()
        self.refuses: PowerStreamError | None = None
        self.room: Words | None = None
        self.studio = self.computer = self.endpoints = self.live = self

    def change_audio(
        self, channel: str, *, is_muted: bool | None = None, gain_db: float | None = None
    ) -> None:
        self._do(
            "mute" if is_muted is not None else "gain", channel, gain_db if is_muted is None else is_muted
        )

    def hold_to_talk(self, channel: str, is_held: bool, *, for_s: float | None = None) -> None:
        self._do("talk", channel, is_held, for_s)

    def watch_levels(self, is_watched: bool) -> None:
        self._do("levels", is_watched)

    def obey(self, path: str, command: Words, *, is_repeatable: bool = False) -> None:
        self._do(path, command)

    def devices(self) -> Devices:
        self._do("devices")
        return devices()

    def split_recording(self) -> None:
        self._do("split")

    def pause_recording(self) -> None:
        self._do("pause")

    def resume_recording(self) -> None:
        self._do("resume")

    def stats(self) -> Words:
        self._do("stats")
        return {"recordingRoom": self.room}

    def all(self) -> tuple[Endpoint, ...]:
        self._do("endpoints")
        return self.found

    def retry(self, endpoint_id: str) -> None:
        self.retried.append(endpoint_id)

    def of(self, name: str) -> list[tuple[Any, ...]]:
        """Return what was asked under a name, without it."""
        return [each[1:] for each in self.said if each[0] == name]

    def _do(self, name: str, *given: Any) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.said.append((name, *given))
