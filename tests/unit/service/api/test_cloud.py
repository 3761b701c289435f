"""The cloud over HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.cloud.object_store.probe_report import (
    ProbeAdvice,
    ProbeFinding,
    ProbeReport,
    ProbeStep,
)
from powerstream_desktop.cloud.object_store.store_troubles import TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import StoreCapabilities
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.access.request_facts import RequestFacts
from powerstream_desktop.service.access.routes import needed_scope
from powerstream_desktop.service.access.scope import Scope
from powerstream_desktop.service.api.words_cloud import cloud_event
from powerstream_desktop.service.cloud.cloud_standing import (
    CloudStanding,
    CloudState,
    Progress,
    Question,
    QueuedUpload,
    RefusedReplay,
    ServerStanding,
    ServerTrial,
)
from powerstream_desktop.service.settings.cloud_options import CloudKind
from powerstream_desktop.service.store.cloud_notes import LostText
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import Upload, UploadState, UploadTrouble
from tests.unit.service.api.service_parts import World, tell
from tests.unit.service.store.rows import NOW, asset

SECRET = "made-up-store-secret-4821"
GOING_ON = Progress(
    asset_id="as1",
    state=UploadState.UPLOADING,
    bytes_done=40,
    bytes_total=100,
    kbps=8000,
    seconds_left=75,
)
TROUBLE = UploadTrouble(code="unreachable", sentence="It cannot be reached.", remedy="Look at the network.")
TROUBLE_WORDS = {
    "code": "unreachable",
    "sentence": "It cannot be reached.",
    "remedy": "Look at the network.",
}

SERVER = ServerStanding(
    address="https://replays.example.com",
    has_token=True,
    untold=2,
    trouble=TROUBLE,
    refused=(RefusedReplay(asset_id="as2", title="Evening", trouble=TROUBLE),),
    refused_count=30,
    only_there=4,
    missing=1,
    compared_at=NOW,
)


async def keep(world: World, asset_id: str = "as1", **fields: object) -> None:
    def put(tables: Tables) -> None:
        tables.assets.put(asset(asset_id, **fields))  # type: ignore[arg-type]

    await world.store.write(put)


def test_how_the_cloud_stands_is_told_whole(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.cloud.stands = CloudStanding(
            state=CloudState.WORKING,
            place="s3.example/replays",
            has_credentials=True,
            waiting=3,
            failed=1,
            bytes_left=60,
            synced=2,
            cloud_only=5,
            current=GOING_ON,
            trouble=TROUBLE,
            questions=(Question(code="many-deletions", sentence="30 replays would go.", count=30),),
            synced_at=NOW,
            server=SERVER,
        )
        assert (await world.client.get("/api/cloud")).json == {
            "ok": True,
            "state": "working",
            "place": "s3.example/replays",
            "hasCredentials": True,
            "waiting": 3,
            "failed": 1,
            "bytesLeft": 60,
            "synced": 2,
            "cloudOnly": 5,
            "current": {
                "assetId": "as1", "state": "uploading", "bytesDone": 40, "bytesTotal": 100, "kbps": 8000, "secondsLeft": 75,
            },
            "trouble": TROUBLE_WORDS,
            "questions": [{"code": "many-deletions", "sentence": "30 replays would go.", "count": 30}],
            "syncedAt": "2026-05-04T12:30:00Z", "isComparing": False,
            "server": {
                "address": "https://replays.example.com", "hasToken": True, "untold": 2, "trouble": TROUBLE_WORDS,
                "refused": [{"assetId": "as2", "title": "Evening", "trouble": TROUBLE_WORDS}], "refusedCount": 30,
                "onlyThere": 4, "missing": 1, "comparedAt": "2026-05-04T12:30:00Z",
            },
        }  # fmt: skip

    tell(tmp_path, story)


def test_a_store_is_tried_with_what_is_not_saved_yet_over_what_is(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.owner.settings.change({"cloud.bucket": "saved", "cloud.region": "auto"})
        finding = ProbeFinding(
            step=ProbeStep.LIST, trouble=TroubleCode.REFUSED, sentence="No.", remedy="Ask again."
        )
        world.cloud.report = ProbeReport(
            findings=(ProbeFinding(step=ProbeStep.WRITE), finding),
            capabilities=StoreCapabilities(),
            advice=(ProbeAdvice(sentence="No rule.", remedy="Make one."),),
        )
        wish = {"kind": "s3", "bucket": "wished", "accessKeyId": "id", "secretAccessKey": SECRET}
        answer = await world.client.post("/api/cloud/test", wish)
        assert answer.json == {
            "ok": True,
            "isGood": True,
            "steps": [
                {"name": "write", "isGood": True, "wasTried": True, "sentence": "", "remedy": ""},
                {
                    "name": "list",
                    "isGood": False,
                    "wasTried": True,
                    "sentence": "No.",
                    "remedy": "Ask again.",
                },
            ],
            "advice": [{"sentence": "No rule.", "remedy": "Make one."}],
        }
        [(options, credentials)] = world.cloud.tried
        assert (options.kind, options.bucket, options.region) == (CloudKind.S3, "wished", "auto")
        assert credentials is not None
        assert credentials.secret.reveal() == SECRET
        assert world.owner.settings.settings.cloud.bucket == "saved"
        assert SECRET not in answer.body.decode()

    tell(tmp_path, story)


@pytest.mark.parametrize(
    "wish",
    [
        {"kind": "ftp"},
        {"bucket": "../up"},
        {"folder": "relative"},
        {"endpointUrl": "file:///etc"},
        {"accessKeyId": "id"},
        {"accessKeyId": "two\nlines", "secretAccessKey": SECRET},
        {"unheardOf": 1},
    ],
)
def test_a_store_that_cannot_be_is_refused_before_anything_is_asked(
    tmp_path: Path, wish: dict[str, Any]
) -> None:
    async def story(world: World) -> None:
        answer = await world.client.post("/api/cloud/test", wish)
        assert answer.status == 422
        assert SECRET not in json.dumps(answer.error)
        assert world.cloud.tried == []

    tell(tmp_path, story)


def test_tokens_of_the_server_are_taken_and_forgotten_and_never_told(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        answer = await world.client.put("/api/cloud/backend", {"accessToken": SECRET, "refreshToken": None})
        assert answer.status == 200
        assert SECRET not in answer.body.decode()
        assert (await world.client.delete("/api/cloud/backend")).status == 200
        assert world.cloud.asked == [("log in", (Secret(SECRET), None)), ("log out", None)]

    tell(tmp_path, story)


def test_credentials_are_kept_and_forgotten_and_never_told(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        wish = {"accessKeyId": "id", "secretAccessKey": SECRET, "sessionToken": None}
        answer = await world.client.put("/api/cloud/credentials", wish)
        assert answer.status == 200
        assert [each.secret.reveal() for each in world.cloud.kept] == [SECRET]
        assert SECRET not in answer.body.decode()
        assert (await world.client.delete("/api/cloud/credentials")).status == 200
        assert world.cloud.kept == []

    tell(tmp_path, story)


def test_what_names_stores_and_keys_is_for_the_owner_alone() -> None:
    for method, path in (("POST", "/api/cloud/test"), ("PUT", "/api/cloud/credentials")):
        assert needed_scope(RequestFacts(method=method, path=path, headers=())) is Scope.ADMIN
    assert needed_scope(RequestFacts(method="POST", path="/api/cloud/pause", headers=())) is Scope.CONTROL


def test_uploads_are_paused_resumed_compared_and_put_in_order(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.cloud.queue = (
            QueuedUpload(
                asset_id="as1",
                title="Evening",
                state=UploadState.FAILED,
                bytes_done=1,
                bytes_total=2,
                trouble=TROUBLE,
            ),
        )
        for path in ("pause", "resume"):
            assert (await world.client.post(f"/api/cloud/{path}")).status == 200
        assert (await world.client.post("/api/cloud/sync", {"confirm": True})).status == 202
        queue = {
            "ok": True,
            "uploads": [
                {
                    "assetId": "as1", "title": "Evening", "state": "failed", "bytesDone": 1, "bytesTotal": 2,
                    "secondsLeft": None, "trouble": TROUBLE_WORDS,
                }
            ],
        }  # fmt: skip
        assert (await world.client.get("/api/cloud/uploads")).json == queue
        assert (await world.client.post("/api/cloud/uploads/as1/first")).json == queue
        assert world.cloud.asked == [("pause", None), ("resume", None), ("sync", True), ("first", "as1")]

    tell(tmp_path, story)


def test_a_look_at_a_copy_of_either_kind_is_taken_back(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        answer = await world.client.delete("/api/vod/as1/verify")
        assert (answer.status, answer.json["asset"]["id"]) == (200, "as1")
        assert world.cloud.asked == [("cancel verify", "as1"), ("cancel verify-fully", "as1")]
        assert (await world.client.delete("/api/vod/as9/verify")).status == 404

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("method", "path", "status", "asked"),
    [
        ("POST", "upload", 202, "upload"),
        ("DELETE", "upload", 200, "cancel"),
        ("POST", "evict", 202, "evict"),
        ("DELETE", "evict", 200, "cancel evict"),
        ("POST", "download", 202, "download"),
        ("DELETE", "download", 200, "cancel download"),
        ("POST", "verify", 202, "verify"),
    ],
)
def test_what_is_wished_for_a_replay_reaches_the_cloud(
    tmp_path: Path, method: str, path: str, status: int, asked: str
) -> None:
    async def story(world: World) -> None:
        await keep(world)
        body: dict[str, Any] | None = {} if method == "POST" else None
        answer = await world.client.send(method, f"/api/vod/as1/{path}", body)
        assert (answer.status, answer.json["asset"]["id"]) == (status, "as1")
        assert world.cloud.asked == [(asked, "as1")]
        assert (await world.client.send(method, f"/api/vod/as9/{path}", body)).status == 404
        world.cloud.refuses = ConflictError("It is pinned.", hint="Unpin it.")
        assert (await world.client.send(method, f"/api/vod/as1/{path}", body)).status == 409

    tell(tmp_path, story)


def test_a_replay_that_is_on_its_way_tells_the_figures_of_this_moment(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        waiting = Upload(asset_id="as1", state=UploadState.FAILED, trouble=TROUBLE, changed_at=NOW)
        await world.store.write(lambda tables: tables.uploads.put(waiting))
        failed = (await world.client.get("/api/vod/as1")).json["asset"]["sync"]
        assert (failed["state"], failed["trouble"]) == ("failed", TROUBLE_WORDS)
        world.cloud.going_on = GOING_ON
        [listed] = (await world.client.get("/api/vod")).json["assets"]
        assert (listed["sync"]["bytesDone"], listed["sync"]["secondsLeft"]) == (40, 75)

    tell(tmp_path, story)


def test_all_bytes_of_a_copy_are_read_when_that_is_asked_for(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        assert (await world.client.post("/api/vod/as1/verify", {"full": True})).status == 202
        assert world.cloud.asked == [("verify fully", "as1")]
        assert (await world.client.post("/api/vod/as1/verify", {"full": "maybe"})).status == 422

    tell(tmp_path, story)


def test_a_replay_of_the_cloud_is_played_by_a_link(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        away = Upload(asset_id="as1", state=UploadState.EVICTED, changed_at=NOW)
        assert (await world.client.get("/api/vod/as1")).json["asset"]["videoUrl"] is None
        await world.store.write(lambda tables: tables.uploads.put(away))
        told = (await world.client.get("/api/vod/as1")).json["asset"]
        assert (told["videoUrl"], told["hasFile"]) == ("/api/vod/as1/video", False)
        assert (await world.client.get("/api/vod/as1/video")).status == 404
        world.cloud.place = "https://store.example.invalid/film?signature=x"
        answer = await world.client.get("/api/vod/as1/video")
        assert (answer.status, answer.headers["location"]) == (307, world.cloud.place)
        file = tmp_path / "film.mp4"
        file.write_bytes(b"film")
        world.cloud.place = file
        assert (await world.client.get("/api/vod/as1/video")).body == b"film"

    tell(tmp_path, story)


def test_a_text_that_lost_can_be_taken_back(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world, title="Later")
        lost = LostText(
            asset_id="as1", field="title", value="Sooner", device="Studio PC", written_at=NOW, lost_at=NOW
        )
        await world.store.write(lambda tables: tables.cloud.add_lost_text(lost))
        [told] = (await world.client.get("/api/vod/as1/history")).json["texts"]
        assert (told["number"], told["value"], told["device"]) == (1, "Sooner", "Studio PC")
        answer = await world.client.post("/api/vod/as1/history/1/restore")
        assert answer.json["asset"]["title"] == "Sooner"
        assert (await world.client.post("/api/vod/as1/history/2/restore")).status == 404
        assert (await world.client.get("/api/vod/as9/history")).status == 404

    tell(tmp_path, story)


def test_removing_a_replay_is_told_to_all_computers_of_its_station(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for asset_id in ("as1", "as2"):
            await keep(world, asset_id)
        await world.client.delete("/api/vod/as1")
        await world.client.send("DELETE", "/api/vod/as2", query="bin=true")
        assert world.cloud.asked == [("removed", "as1"), ("removed", "as2")]

    tell(tmp_path, story)


def test_an_event_says_what_the_route_does(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.cloud.stands = CloudStanding(state=CloudState.WORKING, current=GOING_ON, synced_at=NOW)
        assert {"ok": True, **cloud_event(world.cloud.stands)} == (await world.client.get("/api/cloud")).json

    tell(tmp_path, story)


def test_what_came_of_asking_the_server_is_told(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.cloud.server_trial = ServerTrial(clock_offset_s=600.0004)
        good = await world.client.post("/api/cloud/backend/test", {})
        assert good.json == {"ok": True, "isGood": True, "trouble": None, "clockOffsetSeconds": 600.0}
        world.cloud.server_trial = ServerTrial(trouble=TROUBLE)
        bad = (await world.client.post("/api/cloud/backend/test", {})).json
        assert (bad["isGood"], bad["trouble"]) == (False, TROUBLE_WORDS)
        world.cloud.refuses = ConflictError(
            "No PowerStream server was chosen.", hint="Enter its address first."
        )
        assert (await world.client.post("/api/cloud/backend/test", {})).status == 409

    tell(tmp_path, story)
