"""What becomes of an outlook when the service tells something."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from powerstream_desktop.client.cloud import CloudProgress, Trouble
from powerstream_desktop.client.errors import BadAnswerError
from powerstream_desktop.client.event_stream import Connected, Reconnecting, ServiceEvent
from powerstream_desktop.desktop.outlook.folding import folded, shut
from powerstream_desktop.desktop.outlook.outlook import UNHEARD, Notice, Outlook, ServiceState
from powerstream_desktop.service.api.words_cloud import cloud_event
from powerstream_desktop.service.cloud import cloud_standing
from powerstream_desktop.service.events.topics import Topic
from powerstream_desktop.service.store.uploads import UploadState, UploadTrouble

HERE = Connected(url="http://127.0.0.1:5001")
GONE = Reconnecting(attempt=1, pause_s=0.1)
THERE = Outlook(service=ServiceState.THERE)

LIVE = {
    "isLive": True,
    "state": "live",
    "sessionId": "s1",
    "startedAt": "2026-11-23T20:00:00Z",
    "elapsedSeconds": 83.2,
}
RECORDING = {
    "state": "recording",
    "durationSeconds": 83.0,
    "durableSeconds": 82.5,
    "bytes": 4100,
    "error": None,
}
DESTINATION = {
    "id": "e1",
    "name": "Twitch",
    "platform": "twitch",
    "status": "live",
    "bitrateKbps": 6008,
    "queueMs": 40,
}
BROADCAST = {
    "sessionId": "s1", "state": "live", "isActive": True, "title": "Episode 12", "source": "studio",
    "startedAt": "2026-11-23T20:00:00Z", "elapsedSeconds": 83.2, "endpoints": [DESTINATION], "recording": RECORDING,
}  # fmt: skip
ENGINE = {"state": "running", "isComingBack": False, "stats": {"programS": 9.0}, "troubles": []}
SCENERY = {
    "studio": {"scenes": [{"id": "a", "name": "Screen"}], "current": "a"}, "sound": {"channels": []},
    "canUndo": True, "canRedo": False, "isPrivate": False, "preview": None,
}  # fmt: skip
NOTICES = {
    "notices": [
        {"code": "recording", "message": "The disk is full.", "hint": "Free some space.", "at": None},
        {"code": "engine", "message": "The camera was lost.", "hint": "", "at": None},
        {"code": "slept", "message": "The computer slept.", "hint": "", "at": "2026-11-23T20:00:01Z"},
    ]
}


def told(name: str, data: Any, outlook: Outlook = THERE) -> Outlook:
    return folded(outlook, ServiceEvent(name=name, data=data, id="1"))


def test_what_is_on_air_is_taken_over() -> None:
    live = told("live", LIVE).live
    assert live is not None
    assert (live.state, live.session_id, live.elapsed_seconds) == ("live", "s1", 83.2)


def test_the_broadcast_is_taken_over_with_its_destinations() -> None:
    broadcast = told("destinations", {"ok": True, "sessions": [BROADCAST], "totalActive": 1}).broadcast
    assert broadcast is not None
    assert [(each.id, each.bitrate_kbps) for each in broadcast.endpoints] == [("e1", 6008)]


def test_without_a_session_there_is_no_broadcast() -> None:
    before = told("destinations", {"sessions": [BROADCAST], "totalActive": 1})
    assert told("destinations", {"sessions": [], "totalActive": 0}, before).broadcast is None


def test_the_recording_comes_and_goes() -> None:
    before = told("recording", {"recording": RECORDING})
    assert before.recording is not None
    assert before.recording.durable_seconds == 82.5
    assert told("recording", {"recording": None}, before).recording is None


def test_the_engine_is_taken_over_with_its_figures() -> None:
    engine = told("engine", ENGINE).engine
    assert engine is not None
    assert (engine.state, engine.words["stats"]) == ("running", {"programS": 9.0})


def test_the_studio_is_completed_with_the_engine_that_was_told_before() -> None:
    studio = told("studio", SCENERY, told("engine", ENGINE)).studio
    assert studio is not None
    assert (studio.engine.state, studio.can_undo) == ("running", True)
    assert studio.studio is not None
    assert [scene.name for scene in studio.studio.scenes] == ["Screen"]


def test_a_studio_that_is_told_before_any_engine_has_none() -> None:
    studio = told("studio", SCENERY).studio
    assert studio is not None
    assert studio.engine.state == "stopped"


def test_the_engines_figures_leave_the_studio_alone() -> None:
    before = told("studio", SCENERY, told("engine", ENGINE))
    assert told("engine", {**ENGINE, "stats": {"programS": 10.0}}, before).studio is before.studio


def test_the_meters_are_told_as_they_are() -> None:
    levels = {"program": {"peakDbfs": [-12.0, -13.0]}}
    assert told("levels", levels).levels == levels
    assert told("levels", {}).levels is None


def test_the_settings_are_taken_over_by_their_names() -> None:
    values = {"hotkeys.mark": "Ctrl+Alt+M", "video.fps": 30, "hotkeys.enabled": True}
    assert told("settings", {"values": values}).settings == values


def test_notices_say_how_grave_they_are() -> None:
    assert told("notice", NOTICES).notices == (
        Notice(severity="error", code="recording", sentence="The disk is full.", remedy="Free some space."),
        Notice(severity="warning", code="engine", sentence="The camera was lost."),
        Notice(
            severity="note",
            code="slept",
            sentence="The computer slept.",
            happened_at=datetime(2026, 11, 23, 20, 0, 1, tzinfo=UTC),
        ),
    )


def test_the_cloud_is_told_in_the_services_own_words() -> None:
    trouble = UploadTrouble(code="full", sentence="The cloud store is full.", remedy="Free some space there.")
    standing = cloud_standing.CloudStanding(
        state=cloud_standing.CloudState.WORKING,
        place="s3.example.com/shows",
        waiting=2,
        current=cloud_standing.Progress(
            asset_id="as1",
            state=UploadState.UPLOADING,
            bytes_done=5,
            bytes_total=10,
            kbps=800,
            seconds_left=9,
        ),
        trouble=trouble,
        questions=(cloud_standing.Question(code="empty_store", sentence="Anew?", count=3),),
        synced_at=datetime(2026, 11, 23, 20, tzinfo=UTC),
    )
    cloud = told("sync", cloud_event(standing)).cloud
    assert cloud is not None
    assert cloud.current == CloudProgress(
        asset_id="as1", state="uploading", bytes_done=5, bytes_total=10, kbps=800, seconds_left=9
    )
    assert cloud.trouble == Trouble(code="full", sentence=trouble.sentence, remedy=trouble.remedy)
    assert (cloud.state, cloud.waiting, len(cloud.questions)) == ("working", 2, 1)


@pytest.mark.parametrize("name", ["library", "something-newer"])
def test_what_is_no_part_of_the_outlook_changes_nothing(name: str) -> None:
    assert told(name, {"change": "reload"}) is THERE


def test_every_topic_of_the_service_is_known_here() -> None:
    known = {
        *("live", "destinations", "recording", "engine", "levels", "studio", "settings"),
        *("notice", "library", "sync"),
    }
    assert {topic.value for topic in Topic} <= known


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("live", {"isLive": "perhaps"}),
        ("live", {}),
        ("destinations", {"sessions": None, "totalActive": 0}),
        ("destinations", {"sessions": [{"sessionId": 7}], "totalActive": 1}),
        ("recording", {}),
        ("recording", {"recording": "yes"}),
        ("engine", {"state": 3}),
        ("studio", {"studio": []}),
        ("settings", {}),
        ("sync", {}),
        ("sync", {"state": 3}),
        ("settings", {"values": []}),
        ("notice", {}),
        ("notice", {"notices": {}}),
        ("notice", {"notices": [None]}),
        ("notice", {"notices": [{"code": "x", "message": "y", "at": "yesterday"}]}),
    ],
)
def test_wrong_words_are_refused(name: str, data: dict[str, Any]) -> None:
    with pytest.raises(BadAnswerError):
        told(name, data)


class TestTheService:
    def test_it_is_there_once_it_is_heard(self) -> None:
        assert folded(Outlook(), HERE).service is ServiceState.THERE

    def test_before_it_was_heard_it_is_not_away_but_starting(self) -> None:
        assert folded(Outlook(), GONE).service is ServiceState.STARTING

    def test_what_was_known_stays_when_it_is_away_but_for_the_meters(self) -> None:
        before = told("levels", {"program": {}}, told("live", LIVE))
        away = folded(before, GONE)
        assert away.service is ServiceState.AWAY
        assert away.live is before.live
        assert away.levels is None
        assert folded(away, HERE) == dataclasses.replace(before, levels=None)

    @pytest.mark.parametrize("leave", [lambda outlook: folded(outlook, GONE), shut])
    def test_no_light_stays_as_it_was_when_nobody_vouches_for_it(
        self, leave: Callable[[Outlook], Outlook]
    ) -> None:
        before = told(
            "recording",
            {"recording": RECORDING},
            told("destinations", {"sessions": [BROADCAST], "totalActive": 1}),
        )
        left = leave(before)
        assert left.broadcast is not None
        assert left.recording is not None
        assert [(each.name, each.status) for each in left.broadcast.endpoints] == [("Twitch", UNHEARD)]
        assert left.recording.state == UNHEARD
        assert left.recording.durable_seconds == 82.5
        assert (
            told("destinations", {"sessions": [BROADCAST], "totalActive": 1}, folded(left, HERE)).broadcast
            == before.broadcast
        )

    def test_a_recording_that_is_finished_stays_finished(self) -> None:
        finished = {**RECORDING, "state": "finalised"}
        before = told("recording", {"recording": finished})
        assert folded(before, GONE).recording == before.recording

    def test_what_was_known_stays_when_nothing_will_come_any_more(self) -> None:
        before = told("live", LIVE)
        assert shut(before) == dataclasses.replace(before, service=ServiceState.SHUT)
