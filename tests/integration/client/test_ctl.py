"""``powerstream ctl`` against the real API: what it asks, what it prints, how it ends."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import PeerError
from powerstream_desktop.engine.control.commands import HoldToTalk, Privacy
from powerstream_desktop.engine.control.sound_commands import Mute, RemoveChannel, SetGain
from powerstream_desktop.engine.control.studio_commands import RemoveScene, SwitchScene, Undo
from powerstream_desktop.service.events.topics import Topic
from tests.integration.client.ctl_line import KEY, Line
from tests.integration.client.served_api import ServedAPI
from tests.unit.engine.control.examples import SOUND, STUDIO

ADD = ("--platform", "twitch", "--server", "rtmp://live.example.invalid/app")


def test_an_endpoint_is_added_with_a_key_from_stdin_and_shown_without(served: ServedAPI, line: Line) -> None:
    added = line.json("endpoints", "add", "Mine", *ADD, "--key-file", "-", stdin=f"{KEY}\n")["endpoint"]
    assert served.secrets.texts == [KEY]
    assert added["streamKey"] == "set"
    assert line.json("endpoints", "list")["endpoints"] == [added]
    assert "Mine" in line.says("endpoints", "list")


def test_an_endpoint_without_a_key_says_that_it_has_none(served: ServedAPI, line: Line) -> None:
    assert "no key yet" in line.says("endpoints", "add", "Mine", *ADD)
    assert served.secrets.texts == []


def test_an_edit_changes_what_is_said_and_leaves_the_rest(served: ServedAPI, line: Line) -> None:
    before = line.json("endpoints", "add", "Mine", *ADD, "--priority", "7", "--key-file", "-", stdin=KEY)
    after = line.json("endpoints", "edit", "mine", "--name", "Yours")
    assert after["endpoint"] == before["endpoint"] | {"name": "Yours"}
    line.says("endpoints", "disable", "Yours")
    assert not line.json("endpoints", "list")["endpoints"][0]["isActive"]
    line.says("endpoints", "enable", "Yours")
    assert line.json("endpoints", "list")["endpoints"] == [after["endpoint"]]
    line.says("endpoints", "edit", "Yours", "--no-key")
    assert served.secrets.texts == []
    line.says("endpoints", "remove", "Yours")
    assert line.json("endpoints", "list")["endpoints"] == []


def test_the_key_is_not_changed_in_two_ways(served: ServedAPI, line: Line) -> None:
    assert "in two ways" in line.refused("endpoints", "edit", "Mine", "--no-key", "--ask-key")


def test_a_broadcast_from_its_start_to_its_end(served: ServedAPI, line: Line) -> None:
    station = line.json("stations", "add", "News")["station"]
    endpoint = line.json("endpoints", "add", "Mine", *ADD, "--key-file", "-", stdin=KEY)["endpoint"]
    profile = line.json("profiles", "add", "All", "Mine")["profile"]
    assert profile["endpointIds"] == [endpoint["id"]]
    said = ("--title", "Evening show", "--station", "news", "--profile", "all", "--endpoint", "Mine")
    started = line.json("start", *said, "--external", "--no-record", "--rehearsal", "--no-platforms")
    [request] = served.multistream.requests
    assert (request.station_id, request.profile_id) == (station["id"], profile["id"])
    assert request.selected_endpoints == (endpoint["id"],)
    assert (request.source, request.is_recorded, request.is_rehearsal) == ("external", False, True)
    assert not request.use_multistream
    assert "LIVE" in line.says("status")
    status = line.json("status")
    assert (status["isRunning"], status["isLive"], status["title"]) == (True, True, "Evening show")
    assert status["sessions"][0]["endpoints"][0]["name"] == "Mine"
    assert line.json("mark", "a", "goal")["marker"]["label"] == "a goal"
    line.says("retry", "mine")
    assert served.multistream.retried == [endpoint["id"]]
    assert "runs already" in line.refused("start")
    assert line.json("stop", "--session", started["sessionId"])["recording"]["assetId"] == "as1"
    assert line.says("stop") == "○ Nothing is on air.\n"
    assert line.json("status")["state"] == "idle"


def test_who_lets_an_encoder_publish_without_choosing_its_key_is_told_of_it(
    served: ServedAPI, line: Line
) -> None:
    begin = ("start", "--external", "--no-platforms")
    assert "--stream-key-file" in line.says(*begin)
    line.says("stop")
    said = line.says(*begin, "--stream-key-file", "-", stdin=KEY)
    assert "Publish to " in said
    assert "--stream-key-file" not in said
    assert [request.stream_key is None for request in served.multistream.requests] == [True, False]


def test_the_studio_is_driven_by_names(served: ServedAPI, line: Line) -> None:
    scene, channel = STUDIO.scenes[0], SOUND.channels[0]
    line.says("scene", *scene.name.split())
    line.says("mute", channel.name)
    line.says("unmute", channel.id)
    line.says("gain", channel.name, "-6.5")
    line.says("talk", channel.name, "on")
    line.says("privacy", "on")
    line.says("undo")
    wanted = [
        SwitchScene(scene=scene.id),
        Mute(channel=channel.id, is_muted=True),
        Mute(channel=channel.id, is_muted=False),
        SetGain(channel=channel.id, gain_db=-6.5),
        HoldToTalk(channel=channel.id, is_held=True),
        Privacy(is_on=True),
        Undo(),
    ]
    assert [each for each in served.studio.sent if each in wanted] == wanted
    assert line.json("scenes")["current"] == STUDIO.current
    assert channel.name in line.says("channels")


def test_any_edit_of_the_studio_can_be_sent(served: ServedAPI, line: Line, tmp_path: Path) -> None:
    scene = STUDIO.scenes[0]
    assert json.loads(line.says("studio", "show"))["studio"]["current"] == STUDIO.current
    fields = tmp_path / "edit.json"
    fields.write_text(json.dumps({"scene": scene.name}))
    line.says("studio", "send", "scenes/remove", "--file", str(fields))
    line.says("studio", "send", "audio/remove", "--file", "-", stdin=json.dumps({"channel": "microphone"}))
    line.says("studio", "send", "undo")
    wanted = [RemoveScene(scene=scene.id), RemoveChannel(channel="microphone"), Undo()]
    assert [each for each in served.studio.sent if each in wanted] == wanted
    assert "nothing at this address" in line.refused("studio", "send", "paint")
    assert "The field scene is missing" in line.refused("studio", "send", "scene")


@pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100_000, " " * (1024 * 1024 + 1)])
def test_what_is_no_edit_is_not_sent(line: Line, content: str, tmp_path: Path) -> None:
    fields = tmp_path / "edit.json"
    fields.write_text(content)
    assert "no JSON object" in line.refused("studio", "send", "scene", "--file", str(fields))
    assert "cannot be read" in line.refused("studio", "send", "scene", "--file", str(tmp_path / "gone"))


def test_the_door_to_the_network_is_told_of_and_tokens_get_a_new_key(served: ServedAPI, line: Line) -> None:
    assert line.json("pair", "network")["isOpen"] is False
    assert "lan.api is false" in line.says("pair", "network")
    line.says("pair", "rotate")
    assert line.json("pair", "status")["state"] == "closed", "the token of this run stays good"


def test_devices_platforms_and_figures_are_listed(served: ServedAPI, line: Line) -> None:
    assert line.json("devices")["devices"]["cameras"]
    assert line.says("devices")
    assert "twitch" in line.says("platforms")
    assert line.json("stats")["version"] == "1.2.3"
    assert "service" in line.says("stats")


def test_a_preflight_ends_with_what_it_found(served: ServedAPI, line: Line) -> None:
    line.says("endpoints", "add", "Mine", *ADD, "--key-file", "-", stdin=KEY)
    code = line.run("endpoints", "check", "Mine", "--json")
    assert code == (0 if json.loads(line.out)["report"]["isReady"] else 1)
    assert line.run("preflight", "--endpoint", "Mine") == code
    assert line.out


def test_a_device_is_let_in_by_a_code(served: ServedAPI, line: Line) -> None:
    assert len(line.json("pair", "open", "--scope", "read")["code"]) == 6
    assert line.json("pair", "status")["state"] == "open"
    line.says("pair", "close")
    assert "closed" in line.says("pair", "status")
    assert "No other device" in line.says("pair", "devices")


def test_what_is_not_there_is_said_and_nothing_was_changed(served: ServedAPI, line: Line) -> None:
    assert "There is no endpoint 'Mine'" in line.refused("retry", "Mine")
    assert "There is no such session" in line.refused("sessions", "show", "nobody")
    assert "There is no such replay" in line.refused("vod", "show", "nobody")
    assert "There are no replays yet." in line.says("vod", "list")
    assert "There were no broadcasts yet." in line.says("sessions", "list")


def test_what_may_have_been_done_in_part_is_a_failure(served: ServedAPI, line: Line) -> None:
    served.multistream.refuses = PeerError("The platform hung up.", code="peer", hint="Try again.")
    assert line.run("start") == 1
    assert line.err == "powerstream: The platform hung up. Try again.\n"


def test_a_name_that_a_terminal_would_obey_is_printed_harmlessly(served: ServedAPI, line: Line) -> None:
    line.says("stations", "add", "[bold]News[/bold]")
    assert "[bold]News[/bold]" in line.says("stations", "list")


def test_settings_are_listed_changed_and_reset(served: ServedAPI, line: Line) -> None:
    def fps() -> object:
        return {each["name"]: each["value"] for each in line.json("settings", "list")["settings"]}[
            "video.fps"
        ]

    default = fps()
    assert line.says("settings", "set", "video.fps", "60").startswith("video.fps is 60")
    assert fps() == 60
    line.says("settings", "reset", "video.fps")
    assert fps() == default
    assert "is a whole number" in line.refused("settings", "set", "video.fps", "many")
    assert "There is no setting 'x'" in line.refused("settings", "set", "x", "1")
    assert "video.fps" in line.says("settings", "list")


def test_keys_are_moved_with_a_passphrase_from_stdin(served: ServedAPI, line: Line) -> None:
    assert line.json("keys", "status")["place"] == "this-run"
    line.says("endpoints", "add", "Mine", *ADD)
    moved = line.json(
        "keys", "move", "sealed-file", "--passphrase-file", "-", stdin="correct horse battery\n"
    )
    assert (moved["place"], moved["isShut"]) == ("sealed-file", False)
    assert "sealed-file" in line.says("keys", "status")
    line.says("keys", "unlock", "--passphrase-file", "-", stdin="correct horse battery\n")
    assert "No passphrase" in line.refused("keys", "unlock")


def test_names_are_completed_from_the_running_service(
    served: ServedAPI, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.says("endpoints", "add", "Mine", *ADD)
    line.says("endpoints", "add", "Two words", *ADD)
    ids = {each["name"]: each["id"] for each in line.json("endpoints", "list")["endpoints"]}

    def completed(words: str) -> list[str]:
        monkeypatch.setenv("_POWERSTREAM_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
        try:
            return line.says().split()
        finally:
            monkeypatch.delenv("_POWERSTREAM_COMPLETE")

    assert set(completed("powerstream ctl retry ")) == {"plain,Mine", f"plain,{ids['Two words']}"}
    assert completed("powerstream ctl retry m") == ["plain,Mine"]
    assert completed("powerstream ctl start --endpoint M") == ["plain,Mine"]
    assert completed("powerstream ctl scene ") == []
    line.says("scenes")
    assert len(completed("powerstream ctl scene ")) == len(STUDIO.scenes)


class Reading:
    """Stands for stdout: ends the command, as Ctrl+C would, once it has read enough."""

    def __init__(self, until: str) -> None:
        self._until = until
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        if self._until in self.text:
            raise KeyboardInterrupt
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return False


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (("events", "--topic", "destinations"), '"event": "destinations"'),
        (("status", "--watch", "--json"), '"totalActive": 1'),
        (("status", "--watch"), "LIVE"),
    ],
)
def test_what_happens_is_printed_until_somebody_ends_it(
    served: ServedAPI,
    line: Line,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    wanted: str,
) -> None:
    line.says("start", "--title", "Evening show")
    told = line.json("status")
    served.publish(Topic.DESTINATIONS, {"ok": True, "sessions": told["sessions"], "totalActive": 1})
    reading = Reading(wanted)
    monkeypatch.setattr(sys, "stdout", reading)
    assert line.run(*command) == 0
    assert wanted in reading.text
