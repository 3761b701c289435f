"""What becomes an event, and what does not."""

from __future__ import annotations

import dataclasses

from powerstream_desktop.common.errors import Fault
from powerstream_desktop.engine.life_cycle import EngineState
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.recording.snapshot import RecordingCause, RecordingSnapshot
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.recording.warning import RecordingWarning
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.api.words_live import live_status
from powerstream_desktop.service.api.words_rtmp import rtmp_status
from powerstream_desktop.service.api.words_studio import studio_words
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.events.standing import MAX_SAID
from powerstream_desktop.service.events.topics import Topic
from powerstream_desktop.service.settings.settings import OPTIONS
from tests.unit.service.events.stage import Stage, on_stage


def test_nothing_is_told_while_nothing_changes() -> None:
    async def story(stage: Stage) -> None:
        assert stage.topics() == []
        stage.go_live()
        stage.studio.run()
        assert set(stage.topics()) == {"live", "destinations", "engine", "studio"}
        assert stage.topics() == []
        assert stage.topics(with_figures=True) == []

    on_stage(story)


def test_an_event_says_what_the_route_says() -> None:
    async def story(stage: Stage) -> None:
        stage.go_live()
        stage.studio.run()
        stage.events.look(with_figures=False)
        told = dict(stage.news())
        running = stage.multistream.running
        assert told["live"] == live_status(running).model_dump(mode="json", by_alias=True)
        assert told["destinations"] == rtmp_status(running).model_dump(mode="json", by_alias=True)
        whole = studio_words(stage.studio)
        assert told["engine"] == whole.pop("engine")
        levels = whole.pop("levels")
        assert told["studio"] == whole
        assert stage.standing.everything()[Topic.LEVELS] == levels

    on_stage(story)


def test_a_light_that_turns_is_told_and_its_figures_only_when_they_are_due() -> None:
    async def story(stage: Stage) -> None:
        stage.go_live(bytes_sent=1)
        stage.topics()
        stage.go_live(bytes_sent=2, elapsed_s=62.0)
        assert stage.topics() == []
        assert set(stage.topics(with_figures=True)) == {"live", "destinations"}
        stage.go_live(bytes_sent=2, elapsed_s=62.0, light=DestinationState.RETRYING)
        assert stage.topics() == ["destinations"]
        stage.go_live(
            bytes_sent=2, elapsed_s=62.0, light=DestinationState.RETRYING, state=BroadcastState.BRIDGING
        )
        assert set(stage.topics()) == {"live", "destinations"}

    on_stage(story)


def test_figures_are_not_kept_for_those_who_come_back() -> None:
    async def story(stage: Stage) -> None:
        stage.go_live(bytes_sent=0)
        stage.topics()
        for count in range(1, 50):
            stage.go_live(bytes_sent=count)
            stage.events.look(with_figures=True)
        told = stage.news()
        assert [name for name, _ in told] == ["destinations"]
        assert told[0][1]["sessions"][0]["endpoints"][0]["bytesSent"] == 49

    on_stage(story)


def test_the_engines_figures_are_no_change_of_the_studio() -> None:
    async def story(stage: Stage) -> None:
        stage.studio.run()
        stage.topics()
        assert stage.studio.stats is not None
        stage.studio.stats = dataclasses.replace(stage.studio.stats, program_s=99.0)
        assert stage.topics(with_figures=True) == ["engine"]
        stage.studio.is_private = True
        assert stage.topics() == ["studio"]
        stage.studio.snapshot = dataclasses.replace(stage.studio.snapshot, state=EngineState.FAILED)
        assert stage.topics() == ["engine"]

    on_stage(story)


def test_a_recording_is_told_when_it_begins_and_when_it_fails() -> None:
    async def story(stage: Stage) -> None:
        stage.go_live()
        stage.topics()
        going = RecordingSnapshot(state=RecordingState.RECORDING, duration_s=1.0)
        stage.go_live(recording=going)
        assert "recording" in stage.topics()
        stage.go_live(recording=dataclasses.replace(going, duration_s=2.0))
        assert stage.topics() == []
        cause = RecordingCause(fault=Fault.SYSTEM, title="The disk is full.", hint="Free some space.")
        stage.go_live(recording=dataclasses.replace(going, state=RecordingState.FAILED, cause=cause))
        stage.events.look(with_figures=False)
        told = dict(stage.news())
        assert told["recording"]["recording"]["error"] == "The disk is full."
        assert told["notice"]["notices"] == [
            {"code": "recording", "message": "The disk is full.", "hint": "Free some space.", "at": None}
        ]

    on_stage(story)


def test_what_the_owner_of_a_recording_must_know_is_told_at_once_and_until_it_is_over() -> None:
    async def story(stage: Stage) -> None:
        going = RecordingSnapshot(state=RecordingState.RECORDING, duration_s=1.0, parts=1, room_s=900.0)
        stage.go_live(recording=going)
        stage.topics()
        stage.go_live(recording=dataclasses.replace(going, room_s=899.0))
        assert stage.topics() == []
        low = dataclasses.replace(going, room_s=500.0, warning=RecordingWarning.SPACE_LOW)
        stage.go_live(recording=low)
        stage.events.look(with_figures=False)
        told = dict(stage.news())
        assert told["recording"]["recording"]["roomSeconds"] == 500
        assert told["recording"]["recording"]["warning"] == {
            "code": "space_low",
            "message": RecordingWarning.SPACE_LOW.title,
            "hint": RecordingWarning.SPACE_LOW.hint,
        }
        assert [each["code"] for each in told["notice"]["notices"]] == ["recording-space-low"]
        for changed in ({"is_paused": True}, {"parts": 2}):
            stage.go_live(recording=dataclasses.replace(low, **changed))
            assert "recording" in stage.topics()
        stage.go_live(recording=going)
        stage.events.look(with_figures=False)
        assert dict(stage.news())["notice"]["notices"] == []

    on_stage(story)


def test_what_hinders_is_told_until_it_does_no_more() -> None:
    async def story(stage: Stage) -> None:
        finding = Finding(
            severity=Severity.WARNING, code="bitrate", sentence="Too much.", remedy="Send less."
        )
        stage.go_live(findings=(finding,), last_end="The encoder vanished.")
        stage.studio.troubles = ("The camera is gone.",)
        stage.events.look(with_figures=False)
        messages = [each["message"] for each in dict(stage.news())["notice"]["notices"]]
        assert messages == ["The camera is gone.", "The encoder vanished.", "Too much."]
        stage.go_live()
        stage.studio.troubles = ()
        stage.events.look(with_figures=False)
        assert dict(stage.news())["notice"] == {"notices": []}

    on_stage(story)


def test_while_the_recording_of_a_broadcast_that_broke_off_is_finished_that_is_told() -> None:
    async def story(stage: Stage) -> None:
        stage.multistream.is_saving = True
        stage.events.look(with_figures=False)
        codes = [each["code"] for each in dict(stage.news())["notice"]["notices"]]
        assert codes == ["recording-left-behind"]
        stage.multistream.is_saving = False
        stage.events.look(with_figures=False)
        assert dict(stage.news())["notice"] == {"notices": []}

    on_stage(story)


def test_what_happened_is_told_with_its_time_and_not_for_ever() -> None:
    async def story(stage: Stage) -> None:
        for number in range(MAX_SAID + 1):
            stage.events.say("slept", f"This computer slept for {number} s.")
        stage.events.look(with_figures=False)
        notices = dict(stage.news())["notice"]["notices"]
        seconds = [int(each["message"].split()[4]) for each in notices]
        assert seconds == list(range(1, MAX_SAID + 1))
        assert notices[0]["at"] == "2026-05-04T12:30:00.000Z"

    on_stage(story)


def test_the_library_is_to_be_read_again_when_a_broadcast_is_over() -> None:
    async def story(stage: Stage) -> None:
        stage.go_live()
        assert "library" not in stage.topics()
        stage.multistream.running = None
        stage.events.look(with_figures=False)
        assert dict(stage.news())["library"] == {"change": "reload", "assetId": None}
        assert stage.topics() == []

    on_stage(story)


def test_a_setting_that_somebody_changed_is_told_with_all_the_others() -> None:
    async def story(stage: Stage) -> None:
        stage.settings = stage.settings.with_values({"hotkeys.mark": "Ctrl+Alt+F9", "video.fps": 60})
        await stage.events.settings_changed(stage.settings)
        stage.events.look(with_figures=False)
        [(topic, told)] = stage.news()
        assert (topic, list(told["values"])) == ("settings", list(OPTIONS))
        assert (told["values"]["hotkeys.mark"], told["values"]["video.fps"]) == ("Ctrl+Alt+F9", 60)
        assert stage.topics() == []

    on_stage(story)
