"""What ``powerstream ctl`` does before it asks a service, and without one."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from powerstream_desktop.cli import ctl, ctl_key, ctl_names, ctl_service
from powerstream_desktop.cli.lights import light_of_word
from powerstream_desktop.cli.main import main
from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.paths import Paths

KEY = "live_4821_canaryKQ7"


@dataclass(frozen=True)
class Thing:
    id: str
    name: str


THINGS = (
    Thing("1", "Main"),
    Thing("2", "main"),
    Thing("3", "Side"),
    Thing("4", "Twice"),
    Thing("5", "Twice"),
)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["powerstream", "ctl", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    code = ended.value.code or 0
    assert isinstance(code, int)
    return code


@pytest.mark.parametrize(
    ("wanted", "id_"), [("1", "1"), ("Main", "1"), ("main", "2"), ("side", "3"), ("SIDE", "3"), ("5", "5")]
)
def test_a_thing_is_called_by_its_id_its_name_or_its_name_in_other_letters(wanted: str, id_: str) -> None:
    assert ctl_service.the_one("scene", wanted, THINGS).id == id_


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("Twice", "More than one scene is called 'Twice'. Use one of the ids: 4, 5."),
        ("MAIN", "More than one scene is called 'MAIN'. Use one of the ids: 1, 2."),
        ("None", "There is no scene 'None'. There are: 'Main', 'main', 'Side', 'Twice', 'Twice'."),
        ("\x1b[2J", "There is no scene '�[2J'. There are: 'Main', 'main', 'Side', 'Twice', 'Twice'."),
    ],
)
def test_what_is_called_so_twice_or_not_at_all_is_said(wanted: str, sentence: str) -> None:
    with pytest.raises(UserError) as raised:
        ctl_service.the_one("scene", wanted, THINGS)
    assert str(raised.value) == sentence


def test_of_very_many_names_only_some_are_said() -> None:
    many = tuple(Thing(str(number), f"n{number}") for number in range(500))
    with pytest.raises(UserError) as raised:
        ctl_service.the_one("scene", "x", many)
    assert len(str(raised.value)) < 200


def test_what_is_chosen_twice_is_chosen_once_in_the_order_that_was_said() -> None:
    assert [each.id for each in ctl_service.the_chosen("scene", ("side", "1", "Side"), THINGS)] == ["3", "1"]


@pytest.mark.parametrize("name", ctl.COMMANDS)
def test_every_command_is_where_it_is_said_to_be(name: str) -> None:
    context = click.Context(ctl.command)
    found = ctl.command.get_command(context, name)
    assert found is not None
    assert found.name == name
    assert found.help


def test_no_command_takes_a_key_as_an_argument() -> None:
    context = click.Context(ctl.command)
    options = {
        option
        for name in ctl.COMMANDS
        for command in _all_commands(ctl.command.get_command(context, name))
        for parameter in command.params
        for option in parameter.opts
    }
    assert {option for option in options if "key" in option} == {
        "--key-file", "--stream-key-file", "--ask-key", "--no-key", "--leave-keys", "access_key_id", "key",
    }  # fmt: skip
    # An access key's id is its public half, which signed requests carry in the open; the last one is what is held to talk.


def _all_commands(command: click.Command | None) -> list[click.Command]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        below = [command.get_command(context, name) for name in command.list_commands(context)]
        return [each for one in below for each in _all_commands(one)]
    return [] if command is None else [command]


def test_without_a_service_the_status_says_so_and_starts_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "status", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "ok": True,
        "isRunning": False,
        "isLive": False,
        "state": "idle",
    }
    assert run(monkeypatch, "status") == 0
    assert "not running" in capsys.readouterr().out
    assert not Paths.from_environment(os.environ).runtime.exists()


def test_without_a_service_there_is_nothing_to_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "stop", "--json") == 0
    assert json.loads(capsys.readouterr().out)["sessionId"] is None


@pytest.mark.parametrize("content", [KEY, f"{KEY}\n", f"\ufeff  {KEY}\r\n\r\n"])
def test_a_key_is_the_one_line_of_its_file(content: str, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(content.encode())
    assert ctl_key.read_key(str(file)).reveal() == KEY


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a\nb\n", b"\xff\xfe", b"x" * 10_000])
def test_a_file_without_a_key_is_refused_and_not_quoted(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(content)
    with pytest.raises(UserError, match="There is no key in it"):
        ctl_key.read_key(str(file))


def test_a_passphrase_keeps_its_spaces(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(b"  correct horse \r\n")
    assert ctl_key.read_secret(str(file), "passphrase").reveal() == "  correct horse "


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No such file"):
        ctl_key.read_key(str(tmp_path / "key"))


def test_a_key_comes_from_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{KEY}\n".encode())))
    assert ctl_key.read_key("-").reveal() == KEY


def test_without_a_terminal_nobody_is_asked_for_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"y\n")))
    assert ctl_key.ask_key("Mine") is None


@pytest.mark.parametrize(
    ("name", "completed"),
    [
        ("Main", "Main"),
        ("Größe", "Größe"),
        ("Two words", "id1"),
        ("$(reboot)", "id1"),
        ("-x", "id1"),
        ("a`b", "id1"),
    ],
)
def test_a_name_that_a_shell_would_read_otherwise_is_completed_by_its_id(name: str, completed: str) -> None:
    item = ctl_names._item(Thing("id1", name), "")
    assert item is not None
    assert (item.value, item.help) == (completed, name)


@pytest.mark.parametrize(("typed", "is_meant"), [("", True), ("ma", True), ("id", True), ("x", False)])
def test_what_is_typed_is_the_beginning_of_name_or_id(typed: str, is_meant: bool) -> None:
    assert (ctl_names._item(Thing("id1", "Main"), typed) is not None) is is_meant


def test_completing_without_a_service_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    context, parameter = click.Context(ctl.command), click.Option(["--x"])
    assert ctl_names.complete_scene(context, parameter, "") == []
    assert capsys.readouterr() == ("", "")


def test_completing_when_something_is_wrong_is_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(**_: object) -> object:
        raise SystemFault("The file service.json cannot be used.")

    monkeypatch.setattr(ctl_names, "service_if_any", fails)
    context, parameter = click.Context(ctl.command), click.Option(["--x"])
    assert ctl_names.complete_endpoint(context, parameter, "") == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "completion", shell) == 0
    assert f"_POWERSTREAM_COMPLETE={shell}_complete" in capsys.readouterr().out


def test_a_state_of_a_newer_service_is_shown_by_its_word() -> None:
    assert light_of_word("melting").word == "melting"
    assert light_of_word("retrying", attempt=3, retry_in_s=1.2).word == "reconnecting, try 3 in 2 s"
