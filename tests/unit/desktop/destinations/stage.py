"""A window's part with hand-written rooms of the client behind it: endpoints, profiles, platforms, a broadcast."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from powerstream_desktop.client.catalogue import Platform, Profile, ProfileWish, Station
from powerstream_desktop.client.computer import Devices
from powerstream_desktop.client.endpoints import Endpoint, EndpointWish
from powerstream_desktop.client.keys import EncoderAccess
from powerstream_desktop.client.live import Cause, DestinationStatus, RunningBroadcast, Started, StartWish
from powerstream_desktop.client.preflight import DestinationReport, Finding, PreflightReport
from powerstream_desktop.client.reading import read_answer
from powerstream_desktop.client.sessions import Session, SessionsPage
from powerstream_desktop.client.settings import AllSettings, Setting
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.desktop.destinations.dashboard_facts import DashboardFacts
from powerstream_desktop.desktop.outlook.outlook import Outlook, ServiceState
from powerstream_desktop.platforms.catalogue import load_catalogue
from powerstream_desktop.service.api.platforms import Platform as PlatformWords
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import WidgetT
from tests.unit.desktop.fakes import surroundings_with

NOW = datetime.now(tz=UTC)
_ROUNDS = 6
"""More than the deepest layout has layers."""


def settled(widget: WidgetT) -> WidgetT:
    """Return a widget once what it was told is shown: Qt shows and places what is new when it is next at leisure."""
    for _ in range(_ROUNDS):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
    return widget


def unnamed(widget: QWidget) -> list[str]:
    """Return what the keyboard reaches and has no name, but for what Qt or the kit names while it is seen."""
    return [each for each in nameless(widget) if "Filler" not in each and "QListView" not in each]


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


class Kept:
    """A room of things that are kept by id."""

    def __init__(self, things: tuple[Any, ...], asked: list[tuple[Any, ...]], room: str) -> None:
        self.things = list(things)
        self.refuses: PowerStreamError | None = None
        self._asked = asked
        self._room = room

    def all(self, station_id: str | None = None) -> tuple[Any, ...]:
        del station_id
        if self.refuses is not None and not isinstance(self, FakeEndpoints):
            raise self.refuses
        return tuple(self.things)

    def remove(self, thing_id: str) -> None:
        self._asked.append((f"{self._room}.remove", thing_id))
        self.things = [each for each in self.things if each.id != thing_id]

    def _put(self, thing: Any) -> None:
        places = [number for number, each in enumerate(self.things) if each.id == thing.id]
        if places:
            self.things[places[0]] = thing
        else:
            self.things.append(thing)


class FakeEndpoints(Kept):
    """Keeps endpoints; the last one that was saved with a key is remembered."""

    def __init__(self, things: tuple[Any, ...], asked: list[tuple[Any, ...]]) -> None:
        super().__init__(things, asked, "endpoints")
        self.keys: dict[str, Secret] = {}
        self.check_report = report(destination_report("Main channel"))

    def save(self, endpoint_id: str, wish: EndpointWish) -> Endpoint:
        if self.refuses is not None:
            raise self.refuses
        self._asked.append(("endpoints.save", endpoint_id, wish))
        if wish.stream_key:
            self.keys[endpoint_id] = wish.stream_key
        before = next((each for each in self.things if each.id == endpoint_id), None)
        had_key = before is not None and before.has_key
        fields = {
            each.name: getattr(wish, each.name)
            for each in dataclasses.fields(wish)
            if each.name not in {"stream_key", "name", "platform"}
        }
        key = "set" if wish.stream_key or had_key else "unset"
        saved = endpoint(endpoint_id, wish.platform, **{**fields, "name": wish.name, "stream_key": key})
        self._put(saved)
        self.things.sort(key=lambda each: -each.priority)
        return saved

    def check(self, endpoint_id: str) -> PreflightReport:
        self._asked.append(("endpoints.check", endpoint_id))
        return self.check_report

    def retry(self, endpoint_id: str) -> None:
        self._asked.append(("endpoints.retry", endpoint_id))


class FakeProfiles(Kept):
    """Keeps profiles."""

    def save(self, profile_id: str, wish: ProfileWish) -> Profile:
        if self.refuses is not None:
            raise self.refuses
        self._asked.append(("profiles.save", profile_id, wish))
        fields = {each.name: getattr(wish, each.name) for each in dataclasses.fields(wish)}
        saved = Profile(words={}, id=profile_id, **fields)
        self._put(saved)
        return saved


class FakeSessions:
    """Tells one broadcast, or none."""

    def __init__(self, told: Session | None) -> None:
        self.told = told
        self.asked = 0

    def page(self, **_: Any) -> SessionsPage:
        return SessionsPage(words={}, sessions=() if self.told is None else (self.told,))

    def get(self, session_id: str) -> Session:
        assert self.told is not None
        self.asked += 1
        assert session_id == self.told.session_id
        return self.told


class FakePreflight:
    """Finds what it is told to find; by default the last of the chosen has no key."""

    def __init__(self, endpoints: FakeEndpoints, asked: list[tuple[Any, ...]]) -> None:
        self._endpoints = endpoints
        self._asked = asked
        self.refuses: PowerStreamError | None = None
        self.findings: dict[str, tuple[Finding, ...]] = {"li": (NO_KEY,)}

    def look(self, *, selected_endpoints: tuple[str, ...] = (), **query: Any) -> PreflightReport:
        self._asked.append(("preflight.look", selected_endpoints, query))
        if self.refuses is not None:
            raise self.refuses
        names = {each.id: each.name for each in self._endpoints.things}
        return report(
            *(destination_report(names[each], *self.findings.get(each, ())) for each in selected_endpoints)
        )


class FakeLive:
    """Begins broadcasts."""

    def __init__(self, asked: list[tuple[Any, ...]]) -> None:
        self._asked = asked
        self.refuses: PowerStreamError | None = None

    def start(self, wish: StartWish) -> Started:
        self._asked.append(("live.start", wish))
        if self.refuses is not None:
            raise self.refuses
        return Started(
            words={}, session_id="se1", ingest_url="rtmp://127.0.0.1:1936/live/***", multistream=broadcast()
        )


class FakeKeys:
    """Tells the key for encoders."""

    def __init__(self, asked: list[tuple[Any, ...]]) -> None:
        self._asked = asked
        self._made = 1

    def encoder_access(self, *, renew: bool = False) -> EncoderAccess:
        self._asked.append(("keys.encoder_access", renew))
        self._made += renew
        return EncoderAccess(
            server_url="rtmp://127.0.0.1:1935/live", key=Secret(f"made-up-encoder-key-{self._made}")
        )


class FakeSettings:
    """Tells how the studio encodes."""

    def all(self) -> AllSettings:
        values = {"video.size": "1920x1080", "video.fps": 30, "video.bitrate_kbps": 6000}
        settings = tuple(
            Setting(words={"value": value, "default": value}, name=name, help="", type="", effect="")
            for name, value in values.items()
        )
        return AllSettings(words={}, settings=settings)


class FakeComputer:
    """Tells what can be captured."""

    def __init__(self) -> None:
        self.refuses: PowerStreamError | None = None
        self.found = Devices(
            words={},
            screens=({"id": ":0", "name": "Screen 1, 1920×1080"},),
            cameras=({"id": "camera:0", "name": "Integrated Camera"},),
            microphones=({"id": "mic0", "name": "USB Microphone"},),
        )

    def stats(self) -> dict[str, Any]:
        return {"recordingRoom": {"freeBytes": 10**12, "hours": 78.4}}

    def devices(self) -> Devices:
        if self.refuses is not None:
            raise self.refuses
        return self.found


class FakeStudio:
    """Is watched."""

    def __init__(self, asked: list[tuple[Any, ...]]) -> None:
        self._asked = asked

    def watch_preview(self, width: int, height: int, fps: int = 30) -> None:
        self._asked.append(("studio.watch_preview", width, height, fps))

    def watch_levels(self, is_watched: bool) -> None:
        self._asked.append(("studio.watch_levels", is_watched))


class FakeClient:
    """All rooms that these pages go to; ``asked`` has what was changed, in its order."""

    def __init__(self, *, is_empty: bool = False, is_live: bool = False) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.endpoints = FakeEndpoints(() if is_empty else ENDPOINTS, self.asked)
        self.profiles = FakeProfiles(() if is_empty else PROFILES, self.asked, "profiles")
        self.stations = Kept(() if is_empty else (STATION,), self.asked, "stations")
        self.platforms = Kept(platforms(), self.asked, "platforms")
        self.sessions = FakeSessions(
            None if is_empty else session(is_running=is_live, now=datetime.now(tz=UTC))
        )
        self.preflight = FakePreflight(self.endpoints, self.asked)
        self.live = FakeLive(self.asked)
        self.keys = FakeKeys(self.asked)
        self.settings = FakeSettings()
        self.computer = FakeComputer()
        self.studio = FakeStudio(self.asked)

    def did(self, what: str) -> list[tuple[Any, ...]]:
        """Return what was asked of a room's method, without its name."""
        return [each[1:] for each in self.asked if each[0] == what]


class Stage:
    """Surroundings, and what is behind them."""

    def __init__(self, *, live: bool = False, empty: bool = False) -> None:
        self.client = FakeClient(is_empty=empty, is_live=live)
        self.surroundings, self.desk, self.feed, self.ways = surroundings_with(self.client)
        if live:
            self.go_on_air(*STATUSES)

    def go_on_air(self, *statuses: DestinationStatus, **fields: Any) -> None:
        """Have a broadcast run from now on."""
        running = broadcast(*statuses, **fields)
        self.feed.replace(dataclasses.replace(self.feed.now, service=ServiceState.THERE, broadcast=running))

    def go_off_air(self) -> None:
        """Have none run."""
        self.feed.replace(Outlook(service=ServiceState.THERE))

    def dashboard_facts(self) -> DashboardFacts:
        """Return what the dashboard knows."""
        return DashboardFacts(
            endpoints=self.client.endpoints.all(),
            profiles=self.client.profiles.all(),
            stations=self.client.stations.all(),
            platforms=self.client.platforms.all(),
        )
