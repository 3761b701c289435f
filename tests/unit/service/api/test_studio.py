"""The studio over HTTP: everything that the engine's desks obey, in the API's words, as strictly as the engine."""

from __future__ import annotations

import dataclasses
import typing
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import Fault, SystemFault, UserError
from powerstream_desktop.engine.control import commands, sound_commands, studio_commands
from powerstream_desktop.engine.control.commands import EngineCommand
from powerstream_desktop.engine.control.reports import Failed
from powerstream_desktop.engine.control.sound_commands import Mute, SetGain
from powerstream_desktop.engine.control.studio_commands import SwitchScene
from powerstream_desktop.engine.life_cycle import EngineSnapshot, EngineState
from powerstream_desktop.service.api.frozen_words import words_of
from powerstream_desktop.service.api.studio_wishes import WISHES
from tests.unit.engine.control.examples import COMMANDS, MICROPHONE, SCENE, SOUND, STUDIO
from tests.unit.service.api.service_parts import World, tell

OF_THE_BROADCAST = {
    commands.Start, commands.Stop, commands.Publish, commands.Unpublish, commands.SetRenditions, commands.SetBitrate,
}  # fmt: skip
OTHERWISE = {Mute, SetGain, commands.ListDevices}
"""By ``audio`` and by GET /api/devices."""
PATHS = {wish.command: f"/api/studio/{wish.path}" for wish in WISHES}


def test_every_command_that_is_not_the_broadcasts_has_a_path() -> None:
    assert set(typing.get_args(EngineCommand)) == {*PATHS, *OF_THE_BROADCAST, *OTHERWISE}


@pytest.mark.parametrize(
    "command", [each for each in COMMANDS if type(each) in PATHS], ids=lambda each: str(each.type)
)
def test_a_command_in_the_apis_words_reaches_the_engine_as_it_is(tmp_path: Path, command: Any) -> None:
    async def story(world: World) -> None:
        world.studio.run()
        body = words_of(command)
        del body["type"]
        reply = await world.client.post(PATHS[type(command)], body)
        assert (reply.status, reply.json) == (200, {"ok": True})
        assert world.studio.sent == [command]

    tell(tmp_path, story)


def test_a_command_without_fields_needs_no_body(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.client.send("POST", "/api/studio/undo")).status == 200
        assert world.studio.sent == [studio_commands.Undo()]

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("scene", {}, "The field scene "),
        ("scene", {"scene": 5}, "The field scene "),
        ("scene", {"scene": "talk", "other": 1}, "The body "),
        ("privacy", {"is_on": True}, "The body "),
        ("privacy", {"isOn": "yes"}, "The field isOn "),
        ("privacy", {"type": "privacy", "isOn": True}, "The field type "),
        ("layer", {"layer": {"id": "a", "source": "b", "place": {"x": "left"}}}, "The field layer.place.x "),
        ("audio/replace", {"sound": {"channels": [{"id": "a"}]}}, "The field sound.channels[0].name "),
        ("audio/replace", {"sound": {"monitor_output": ""}}, "The field sound "),
        ("audio", {"channel": "microphone"}, "The body "),
        ("audio", {"channel": "microphone", "gainDb": 99}, "The field gainDb "),
        ("scene", [], "The body "),
    ],
)
def test_what_is_no_command_is_refused_by_name_and_reaches_nobody(
    tmp_path: Path, path: str, body: Any, says: str
) -> None:
    async def story(world: World) -> None:
        reply = await world.client.post(f"/api/studio/{path}", body)
        assert reply.status == 422
        assert reply.error["code"] == "invalid-request"
        assert reply.error["message"].startswith(says)
        assert world.studio.sent == []

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("path", "body", "message", "hint"),
    [
        ("scene", {}, "The field scene is missing.", "See /api/openapi.json."),
        ("scene", {"name": "x"}, "The body is not what it should be.", "It has a field that is none of scene, transition."),
        ("undo", {"name": "x"}, "The body is not what it should be.", "It has a field that is not known here."),
        ("scene", {"scene": 5}, "The field scene is not what it should be.", "It must be text."),
        ("scene", [], "The body is not an object.", "Send a JSON object."),
        (
            "audio", {"channel": "microphone"}, "The body is not what it should be.",
            "Give isMuted, gainDb or both.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_command_is_said_in_whole_sentences(
    tmp_path: Path, path: str, body: Any, message: str, hint: str
) -> None:
    async def story(world: World) -> None:
        error = (await world.client.post(f"/api/studio/{path}", body)).error
        assert (error["message"], error["hint"]) == (message, hint)

    tell(tmp_path, story)


@pytest.mark.parametrize("raw", [b"{", b'{"isOn":true,"isOn":false}', b'{"isOn":NaN}', b"\xff", b"[" * 5000])
def test_what_is_not_json_is_refused(tmp_path: Path, raw: bytes) -> None:
    async def story(world: World) -> None:
        reply = await world.client.send("POST", "/api/studio/privacy", raw=raw)
        assert reply.status == 422
        assert reply.error["code"] == "invalid-request"

    tell(tmp_path, story)


def test_what_the_engine_refuses_is_refused_in_its_words(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.studio.run()
        world.studio.refuses = UserError("There is no such scene.", hint="It may have been removed already.")
        reply = await world.client.post("/api/studio/scene", {"scene": "gone"})
        assert reply.status == 422
        assert reply.error["message"] == "There is no such scene."
        assert reply.error["hint"] == "It may have been removed already."

    tell(tmp_path, story)


def test_a_value_that_cannot_be_is_refused_in_its_words(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        reply = await world.client.post("/api/studio/preview", {"width": 5, "height": 5})
        assert reply.status == 422
        assert world.studio.sent == []

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_an_engine_that_does_not_come_up_is_a_fault_of_this_computer(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.studio.refuses = SystemFault("The engine does not answer.")
        for path, body in (("scene", {"scene": "Talk"}), ("audio", {"channel": "Mic", "isMuted": True})):
            assert (await world.client.post(f"/api/studio/{path}", body)).status == 503
        assert (await world.client.get("/api/devices")).status == 503

    tell(tmp_path, story)


def test_a_name_will_do_where_an_id_is_wanted(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for called in (SCENE.id, SCENE.name, SCENE.name.upper()):
            await world.client.post("/api/studio/scene", {"scene": called})
            assert world.studio.sent[-1] == SwitchScene(scene=SCENE.id)
        await world.client.post(
            "/api/studio/audio", {"channel": MICROPHONE.name, "isMuted": True, "gainDb": -3}
        )
        assert world.studio.sent[-2:] == [
            Mute(channel=MICROPHONE.id, is_muted=True),
            SetGain(channel=MICROPHONE.id, gain_db=-3.0),
        ]
        await world.client.post("/api/studio/source/restart", {"source": STUDIO.sources[0].name})
        assert world.studio.sent.pop() == commands.RestartSource(source=STUDIO.sources[0].id)
        await world.client.post("/api/studio/audio/remove", {"channel": "nobody"})
        assert world.studio.sent.pop() == sound_commands.RemoveChannel(channel="nobody")

    tell(tmp_path, story)


def test_a_name_that_several_have_is_not_guessed(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.studio.run()
        assert world.studio.sound is not None
        twin = dataclasses.replace(MICROPHONE, id="twin")
        twins = dataclasses.replace(SOUND, channels=(*SOUND.channels, twin))
        world.studio.sound = dataclasses.replace(world.studio.sound, sound=twins)
        reply = await world.client.post("/api/studio/audio", {"channel": MICROPHONE.name, "isMuted": True})
        assert reply.status == 422
        assert world.studio.sent == []
        await world.client.post("/api/studio/audio", {"channel": "twin", "isMuted": True})
        assert world.studio.sent == [Mute(channel="twin", is_muted=True)]

    tell(tmp_path, story)


def test_the_studio_is_told_as_far_as_it_is_known(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        before = (await world.client.get("/api/studio")).json
        assert before["studio"] is None
        assert before["engine"]["state"] == "stopped"
        world.studio.run()
        now = (await world.client.get("/api/studio")).json
        assert now["studio"] == words_of(STUDIO)
        assert now["sound"] == words_of(SOUND)
        assert now["canUndo"] is True
        assert now["levels"]["program"]["peakDbfs"][0] <= 0
        assert now["preview"] == {
            "path": "/run/user/1000/powerstream/preview.ring",
            "width": 960,
            "height": 540,
        }
        assert now["engine"]["stats"]["renditions"][0]["framesMade"] > 0

    tell(tmp_path, story)


def test_why_the_engine_failed_is_told(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        failed = Failed(title="There is no display.", hint="Log in.", fault=Fault.SYSTEM)
        world.studio.snapshot = EngineSnapshot(
            state=EngineState.FAILED, since_s=1.0, starts=2, failure=failed, retry_at_s=3.0
        )
        engine = (await world.client.get("/api/studio")).json["engine"]
        assert engine["failure"] == {"message": "There is no display.", "hint": "Log in.", "fault": "system"}
        assert (engine["state"], engine["starts"], engine["isComingBack"]) == ("failed", 2, True)

    tell(tmp_path, story)


def test_devices_are_asked_for(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        reply = (await world.client.get("/api/devices")).json
        assert reply["devices"]["cameras"] == [{"id": "usb:046d:0825::1.0:0@1-2", "name": "Webcam C270"}]
        assert reply["devices"]["microphones"][0]["isDefault"] is True
        assert world.studio.sent == [commands.ListDevices()]

    tell(tmp_path, story)


def test_figures_tell_for_how_long_the_disk_has_room(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room = (await world.client.get("/api/stats")).json["recordingRoom"]
        assert room["freeBytes"] > 0
        assert room["hours"] > 0

    tell(tmp_path, story)


def test_answers_are_as_the_document_says(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        document = world.app.openapi()
        for is_running in (False, True):
            if is_running:
                world.studio.run()
            for path in ("/api/studio", "/api/devices", "/api/stats"):
                answers = document["paths"][path]["get"]["responses"]["200"]["content"]
                reply = (await world.client.get(path)).json
                assert _differs(reply, answers["application/json"]["schema"], document) == ""

    tell(tmp_path, story)


def test_bodies_are_as_the_document_says() -> None:
    for command in COMMANDS:
        if type(command) in PATHS:
            body = words_of(command)
            del body["type"]
            schema = {"$ref": f"#/components/schemas/{type(command).__name__}"}
            assert _differs(body, schema, _document()) == ""
    assert _differs({"scene": 5}, {"$ref": "#/components/schemas/SwitchScene"}, _document()) != ""
    assert _differs({"scene": "a", "x": 1}, {"$ref": "#/components/schemas/SwitchScene"}, _document()) != ""


def _document() -> Any:
    from powerstream_desktop.service.api.studio_document import with_engine_words

    return with_engine_words({"components": {"schemas": {}}})


KINDS: dict[str, Any] = {
    "string": str, "boolean": bool, "integer": int, "number": (int, float), "null": type(None), "array": list, "object": dict,
}  # fmt: skip


def _differs(value: Any, schema: Any, document: Any, where: str = "") -> str:
    """Return where a value is not what its schema says; empty if it is."""
    if "$ref" in schema:
        named = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return _differs(value, named, document, where)
    if choices := schema.get("anyOf", schema.get("oneOf")):
        found = [_differs(value, each, document, where) for each in choices]
        return "" if "" in found else " / ".join(found)
    if "const" in schema and value != schema["const"]:
        return f"{where}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{where}: {value!r} is none of {schema['enum']}"
    if "type" in schema and not isinstance(value, KINDS[schema["type"]]):
        return f"{where}: {value!r} is no {schema['type']}"
    if isinstance(value, list):
        parts = schema.get("prefixItems") or [schema["items"]] * len(value)
        found = [
            _differs(each, part, document, f"{where}[]") for each, part in zip(value, parts, strict=True)
        ]
        return "".join(found)
    if isinstance(value, dict) and "properties" in schema:
        if value.keys() - schema["properties"].keys() or set(schema.get("required", ())) - value.keys():
            return f"{where}: has {sorted(value)}, not {sorted(schema['properties'])}"
        named = schema["properties"]
        return "".join(_differs(value[name], named[name], document, f"{where}.{name}") for name in value)
    return ""
