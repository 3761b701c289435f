"""The history over HTTP, and what is looked at before going live."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.multistream.session_request import REHEARSAL_ID
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.sessions import Session, SessionEnding, SessionSource
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.timelines import Figures, SessionDestination, StateChange
from tests.unit.service.api.service_parts import World, tell
from tests.unit.service.store.rows import NOW, asset, later, session

URL = "/api/multistream/sessions"

CHANGES = [
    {"at": "2026-05-04T12:30:00Z", "status": "live", "cause": None},
    {
        "at": "2026-05-04T12:31:00Z",
        "status": "retrying",
        "cause": {
            "code": "reset",
            "message": "The connection was cut.",
            "hint": "Nothing to do.",
            "detail": "",
            "helpUrl": "",
        },
    },
]
DESTINATION = {
    "endpointId": "ep1",
    "name": "Twitch",
    "platform": "twitch",
    "rendition": "landscape",
    "lastStatus": "retrying",
    "changes": CHANGES,
}
FACTS = {
    "sessionId": "se1",
    "stationId": "st1",
    "userId": None,
    "profileId": None,
    "title": "Evening",
    "description": "",
    "source": "studio",
    "isRecorded": False,
    "isRehearsal": False,
    "assetId": "as1",
    "startedAt": "2026-05-04T12:30:00Z",
    "lastSeenAt": "2026-05-04T12:31:02Z",
    "endedAt": "2026-05-04T12:31:02Z",
    "ending": "failed",
    "endingWords": "The disk is full.",
}


def one_evening(tables: Tables) -> None:
    tables.sessions.begin(session("se1", station_id="st1"))
    tables.timelines.join("se1", SessionDestination(endpoint_id="ep1", name="Twitch", platform="twitch"))
    tables.timelines.note_change("se1", "ep1", StateChange(at=NOW, state=DestinationState.LIVE))
    cause = Cause(code="reset", sentence="The connection was cut.", remedy="Nothing to do.")
    change = StateChange(at=later(60), state=DestinationState.RETRYING, cause=cause)
    tables.timelines.note_change("se1", "ep1", change)
    figures = Figures(
        at=NOW,
        bitrate_kbps=4400,
        queue_ms=40,
        bytes_sent=10,
        frames_sent=20,
        frames_dropped=3,
        connects=1,
    )
    tables.timelines.note_figures("se1", {"ep1": figures})
    tables.assets.put(asset("as1", session_id="se1", duration_ms=61_500, size_bytes=7))
    tables.markers.add(Marker(id="ma1", session_id="se1", offset_ms=100, label="Goal"))
    tables.sessions.set_asset("se1", "as1")
    tables.sessions.end("se1", later(62), SessionEnding.FAILED, "The disk is full.")


def test_the_history_tells_what_each_destination_went_through(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.store.write(one_evening)
        answer = (await world.client.get(URL)).json
        assert answer["nextCursor"] is None
        (one,) = answer["sessions"]
        assert one == {**FACTS, "destinations": [DESTINATION]}
        report = (await world.client.get(f"{URL}/se1")).json["session"]
        figures = {
            "at": "2026-05-04T12:30:00Z",
            "bitrateKbps": 4400,
            "queueMs": 40,
            "bytesSent": 10,
            "framesSent": 20,
            "droppedFrames": 3,
            "connects": 1,
        }
        assert {name: report[name] for name in FACTS} == FACTS
        assert report["destinations"] == [{**DESTINATION, "figures": [figures]}]
        assert report["markers"][0]["label"] == "Goal"
        assert [each["assetId"] for each in report["recordings"]] == ["as1"]
        assert report["recordings"][0]["durationSeconds"] == 61.5

    tell(tmp_path, story)


def one_rehearsal(tables: Tables) -> None:
    tables.sessions.begin(session("se1"))
    receiver = SessionDestination(endpoint_id=REHEARSAL_ID, name="Receiver", platform="custom")
    tables.timelines.join("se1", receiver)


def test_what_went_to_the_built_in_receiver_is_told_as_a_rehearsal(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.store.write(one_rehearsal)
        (one,) = (await world.client.get(URL)).json["sessions"]
        report = (await world.client.get(f"{URL}/se1")).json["session"]
        assert (one["isRehearsal"], report["isRehearsal"]) == (True, True)

    tell(tmp_path, story)


def begin(row: Session, tables: Tables) -> None:
    tables.sessions.begin(row)


def test_the_history_is_told_page_by_page_without_a_gap(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for number in range(5):
            row = session(f"se{number}", number, station_id=f"st{number % 2}")
            await world.store.write(partial(begin, row))
        seen: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = (await world.client.get(URL, limit=2, **cursor)).json
            seen += [each["sessionId"] for each in page["sessions"]]
            if page["nextCursor"] is None:
                break
            assert len(page["sessions"]) == 2
            cursor = {"cursor": page["nextCursor"]}
        assert seen == ["se4", "se3", "se2", "se1", "se0"]
        of_one = (await world.client.get(URL, stationId="st1")).json["sessions"]
        assert [each["sessionId"] for each in of_one] == ["se3", "se1"]

    tell(tmp_path, story)


def test_a_page_that_cannot_be_is_refused(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for query in ({"limit": 0}, {"limit": 201}, {"limit": "many"}, {"cursor": "not here"}, {"page": 2}):
            reply = await world.client.get(URL, **query)
            assert (reply.status, reply.error["code"]) == (422, "invalid-request"), query
            assert reply.error["message"].startswith(f"The query's field {next(iter(query))} is not")

    tell(tmp_path, story)


def test_a_session_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        reply = await world.client.get(f"{URL}/gone")
        assert (reply.status, reply.error["code"]) == (404, "not-found")

    tell(tmp_path, story)


def test_preflight_looks_at_what_the_start_would_choose(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        wish = {"name": "Mine", "serverUrl": "rtmp://live.twitch.tv/app", "platform": "twitch"}
        for endpoint_id in ("ep1", "ep2"):
            await world.client.put(f"/api/rtmp/endpoints/{endpoint_id}", wish)
        query = {
            "stationId": "st1",
            "profileId": "pr1",
            "selectedEndpoints": ["ep1", "ep2"],
            "source": "external",
        }
        reply = await world.client.get("/api/preflight", **query)
        request = world.multistream.requests[0]
        assert (request.station_id, request.profile_id) == ("st1", "pr1")
        assert request.selected_endpoints == ("ep1", "ep2")
        assert request.source is SessionSource.EXTERNAL
        report = reply.json["report"]
        assert (report["isReady"], report["ready"]) == (False, ["Mine"] * 0)
        assert report["destinations"][1]["findings"][0]["code"] == "ingest-twice"
        assert report["upload"] == {
            "streams": 0,
            "payloadKbps": 0,
            "neededKbps": 0,
            "availableKbps": None,
            "origin": None,
        }
        gone = await world.client.get("/api/preflight", selectedEndpoints="gone")
        assert (gone.status, gone.error["code"]) == (404, "not-found")

    tell(tmp_path, story)


def test_the_platforms_are_told_as_the_catalogue_has_them(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        found = {each["id"]: each for each in (await world.client.get("/api/platforms")).json["platforms"]}
        assert {"youtube", "twitch", "facebook", "kick", "linkedin", "tiktok", "instagram", "custom"} <= set(
            found
        )
        twitch = found["twitch"]
        assert twitch["name"] == "Twitch"
        assert twitch["limits"]["videoKbps"] == 6000
        assert twitch["servers"] == [
            {"name": "Automatic", "url": "rtmp://live.twitch.tv/app", "isBackup": False}
        ]
        assert twitch["key"]["testSuffix"] == "?bandwidthtest=true"
        assert found["facebook"]["limits"]["videoSteps"][0] == {"height": 720, "fps": 30, "kbps": 4000}
        assert found["custom"]["generic"]

    tell(tmp_path, story)
