"""Hand-written rooms of the client that the pages of destinations go to."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from powerstream_desktop.client.catalogue import Profile, ProfileWish
from powerstream_desktop.client.computer import Devices
from powerstream_desktop.client.endpoints import Endpoint, EndpointWish
from powerstream_desktop.client.keys import EncoderAccess
from powerstream_desktop.client.live import Started, StartWish
from powerstream_desktop.client.preflight import Finding, PreflightReport
from powerstream_desktop.client.sessions import Session, SessionsPage
from powerstream_desktop.client.settings import AllSettings, Setting, Value
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.secrets import Secret
from tests.unit.desktop.destinations.values import (
    ENDPOINTS,
    NO_KEY,
    PROFILES,
    STATION,
    broadcast,
    destination_report,
    endpoint,
    platforms,
    report,
    session,
)


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
        self.refuses: PowerStreamError | None = None

    def page(self, **_: Any) -> SessionsPage:
        if self.refuses is not None:
            raise self.refuses
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
    """Tells how the studio encodes, and lets it be changed."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {
            "video.size": "1920x1080",
            "video.fps": 30,
            "video.bitrate_kbps": 6000,
        }

    def change(self, changes: Mapping[str, Value]) -> AllSettings:
        self.values |= changes
        return self.all()

    def all(self) -> AllSettings:
        settings = tuple(
            Setting(words={"value": value, "default": value}, name=name, help="", type="", effect="")
            for name, value in self.values.items()
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
