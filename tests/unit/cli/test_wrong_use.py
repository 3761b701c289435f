"""What the command line refuses before it starts anything; whole processes are tried in tests/e2e/test_cli_errors.py."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from powerstream_desktop.cli.main import main

KEY = "live_4821_canaryKQ7"
GOOD = [{"name": "Mine", "platform": "custom", "serverUrl": "rtmp://127.0.0.1:1/live", "streamKey": KEY}]


class CommandLine:
    """Runs commands in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.out = ""

    def run(self, *arguments: str) -> tuple[int, str]:
        """Return exit code and error output."""
        self._monkeypatch.setattr(sys, "argv", ["powerstream", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = self._capsys.readouterr()
        assert KEY not in printed.out + printed.err
        self.out = printed.out
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.err

    def refuses(self, *arguments: str) -> str:
        """Return the one line with which a command is refused as wrong use."""
        code, err = self.run(*arguments)
        [line] = err.splitlines()
        assert (code, self.out) == (2, "")
        assert line.startswith("powerstream: ")
        return line.removeprefix("powerstream: ")


@pytest.fixture
def command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> CommandLine:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.json").write_text(json.dumps(GOOD))
    return CommandLine(monkeypatch, capsys)


LIVE = ("live", "--source", "test", "--destinations")


@pytest.mark.parametrize(
    ("server_url", "sentence"),
    [
        ("srt://127.0.0.1/live", "'Mine': The protocol srt is not supported."),
        ("rtmpe://127.0.0.1/live", "'Mine': The protocol rtmpe is obsolete."),
        ("gopher://127.0.0.1/live", "'Mine': The server address has an unknown protocol."),
        ("127.0.0.1/live", "'Mine': The server address does not start with rtmp:// or rtmps://."),
        ("rtmp://127.0.0.1", "'Mine': The server address lacks the application behind the host."),
        ("rtmp://user:secret@127.0.0.1/live", "'Mine': The server address contains a user name."),
        ("rtmp://127.0.0.1:99999/live", "'Mine': The port in the server address is not valid."),
        (
            f"rtmps://h.example/app/{KEY}",
            "The serverUrl of 'Mine' seems to hold the stream key: rtmps://h.example/app/****.",
        ),
        (
            f"rtmp://h.example/{KEY}",
            "The serverUrl of 'Mine' seems to hold the stream key: rtmp://h.example/****.",
        ),
    ],
)
def test_an_unusable_server_address_is_explained(
    command_line: CommandLine, tmp_path: Path, server_url: str, sentence: str
) -> None:
    (tmp_path / "bad.json").write_text(json.dumps([{**GOOD[0], "serverUrl": server_url}]))

    assert command_line.refuses(*LIVE, "bad.json").startswith(sentence)


@pytest.mark.parametrize("key", ["", "another-key"])
def test_a_key_inside_the_address_is_pointed_out_and_not_repeated(
    command_line: CommandLine, tmp_path: Path, key: str
) -> None:
    entry = {**GOOD[0], "serverUrl": f"rtmp://127.0.0.1:1/live/{KEY}", "streamKey": key}
    (tmp_path / "bad.json").write_text(json.dumps([entry]))

    line = command_line.refuses(*LIVE, "bad.json")

    assert "seems to hold the stream key: rtmp://127.0.0.1:1/live/****" in line
    assert "put the key into streamKey" in line


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (f'[{{"name": "Mine", "streamKey": "{KEY}",]', "bad.json is not valid JSON (line 1, column"),
        ("\0\0", "bad.json is not valid JSON"),
        ("[" * 100_000, "bad.json is not a list of destinations."),
        ("1" * 5_000, "bad.json is not a list of destinations."),
        (f'"{KEY}"', "bad.json is not a list of destinations."),
        ('{"other": []}', "bad.json is not a list of destinations."),
        ("[]", "bad.json holds no destination."),
        (f'["{KEY}"]', "Destination 1 is not an object."),
        (f'[{{"streamKey": "{KEY}"}}]', "Destination 1 has no serverUrl."),
        (
            f'[{{"serverUrl": "rtmp://h/a", "key": "{KEY}"}}]',
            "Destination 1 has a field that is not known: 'key'.",
        ),
        (f'[{{"serverUrl": ["{KEY}"]}}]', "The serverUrl of destination 1 is not a text."),
        ('[{"name": "Mine", "serverUrl": "rtmp://h/a"}]', "'Mine' has no streamKey."),
        ('[{"name": "\\u0007", "serverUrl": "rtmp://h/a"}]', "The name of destination 1 is too long or not"),
        (json.dumps(GOOD * 2), "Two destinations are called 'Mine'."),
    ],
)
def test_a_destinations_file_that_makes_no_sense_is_explained(
    command_line: CommandLine, tmp_path: Path, content: str, sentence: str
) -> None:
    (tmp_path / "bad.json").write_text(content)

    assert command_line.refuses(*LIVE, "bad.json").startswith(sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (f"[[destinations]]\nstreamKey = {KEY}\n", "bad.toml is not valid TOML."),
        ("a = " + "[" * 10_000, "bad.toml is not a list of destinations."),
        ("a = " + "1" * 5_000, "bad.toml is not a list of destinations."),
    ],
)
def test_a_destinations_file_in_toml_that_makes_no_sense_is_explained(
    command_line: CommandLine, tmp_path: Path, content: str, sentence: str
) -> None:
    (tmp_path / "bad.toml").write_text(content)

    assert command_line.refuses(*LIVE, "bad.toml").startswith(sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\0[", "is not a text file."),
        (b" " * (1024 * 1024 + 1), "is too large to be a destinations file."),
    ],
)
def test_a_file_that_cannot_be_a_destinations_file_is_refused(
    command_line: CommandLine, tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "bad.json").write_bytes(content)

    assert sentence in command_line.refuses(*LIVE, "bad.json")


def test_a_mistake_in_the_users_own_catalogue_is_explained(
    command_line: CommandLine, powerstream_home: Path
) -> None:
    own_file = powerstream_home / "config" / "platforms.toml"
    own_file.parent.mkdir(parents=True)
    own_file.write_text("[twitch.limits]\nvideo_kbps = 'lots'\n")

    line = command_line.refuses(*LIVE, "good.json")

    assert line.startswith(f"{own_file}: twitch.limits.video_kbps must be a whole number from 1 to 1000000.")


def test_a_folder_is_no_destinations_file(command_line: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()

    assert command_line.refuses(*LIVE, "folder.json").startswith("folder.json is a folder.")


def test_a_sentence_stays_one_line_whatever_a_file_is_called(command_line: CommandLine) -> None:
    assert "There is no file no such.json." in command_line.refuses(*LIVE, "no\nsuch.json")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "No source was named."),
        (".", ". is a folder."),
        ("nowhere.mp4", "There is no file nowhere.mp4."),
        ("camera:99", "There is no camera:99."),
        ("http://127.0.0.1/show.mp4", "A network address cannot be a source."),
    ],
)
def test_a_source_that_cannot_be_shown_is_refused(
    command_line: CommandLine, source: str, sentence: str
) -> None:
    line = command_line.refuses("live", "--source", source, "--destinations", "good.json")

    assert line.startswith(sentence)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--size", "1281x720"], "A picture of 1281x720 cannot be encoded. Width and height must be even"),
        (["--size", "big"], "'big' is not a size."),
        (["--size", "99999x2"], "A picture of 99999x2 is outside what can be sent."),
        (["--fps", "0"], "0 frames a second is outside what can be sent."),
        (["--bitrate", "5"], "A video bitrate of 5 kbit/s is outside what can be sent."),
        (["--duration", "-3"], "A broadcast cannot last -3 seconds."),
        (["--duration", "0"], "A broadcast cannot last 0 seconds."),
        (["--duration", "nan"], "A broadcast cannot last nan seconds."),
        (["--duration", "long"], "'long' is not a valid float. See powerstream live --help."),
        (["--latency", "never"], "'never' is not one of 'normal', 'low'. See powerstream live --help."),
        (["--portrait-size", "720x720"], "'720x720' is not one of '720x1280', '1080x1920'."),
        (["--nonsense"], "No such option"),
        (["surplus"], "unexpected extra argument (surplus)"),
    ],
)
def test_an_option_that_cannot_be_is_explained(
    command_line: CommandLine, options: list[str], words: str
) -> None:
    assert words in command_line.refuses(*LIVE, "good.json", *options)


@pytest.mark.parametrize(("codec", "name"), [("hevc", "HEVC"), ("av1", "AV1")])
def test_a_codec_that_not_every_destination_accepts_is_refused(
    command_line: CommandLine, tmp_path: Path, codec: str, name: str
) -> None:
    twitch = {**GOOD[0], "name": "Second", "platform": "twitch", "streamKey": "live_1_aCanaryForTwitch"}
    (tmp_path / "two.json").write_text(json.dumps([*GOOD, twitch]))

    line = command_line.refuses(*LIVE, "two.json", "--codec", codec)

    assert line.startswith(f"Twitch does not accept {name}. It takes H.264 and AAC:")


def test_a_missing_option_is_named(command_line: CommandLine) -> None:
    assert "Missing option '--destinations'" in command_line.refuses("live", "--source", "test")


def test_a_command_that_does_not_exist_is_named(command_line: CommandLine) -> None:
    assert command_line.refuses("perform") == "No such command 'perform'. See powerstream --help."


@pytest.mark.parametrize(
    "listen",
    ["everywhere", ":1935", "127.0.0.1:99999", "127.0.0.1:-1", "[::1]:²", "a..b:1935", f"{'a' * 64}:1935"],
)
def test_an_address_to_listen_on_that_is_none_is_refused(command_line: CommandLine, listen: str) -> None:
    line = command_line.refuses("relay", "--listen", listen, "--destinations", "good.json")

    assert line.startswith(f"{listen!r} is not an address to listen on.")


@pytest.mark.parametrize("app", ["", "live/deep", "live?x", "li ve"])
def test_an_application_that_no_encoder_could_ask_for_is_refused(command_line: CommandLine, app: str) -> None:
    line = command_line.refuses("relay", "--app", app, "--destinations", "good.json")

    assert line.startswith(f"{app!r} is not an application's name.")


def test_the_window_without_a_display_is_refused_with_what_to_do_instead(
    command_line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")

    line = command_line.refuses()

    assert line.startswith("There is no display to show the window on.")
    assert line.endswith("powerstream rehearse.")


def test_help_names_the_commands_and_the_window(command_line: CommandLine) -> None:
    assert command_line.run("--help") == (0, "")
    assert "Without a command it opens the window." in command_line.out
    for name in ("live", "relay", "rehearse"):
        assert f"  {name} " in command_line.out


@pytest.mark.parametrize("arguments", [["--help"], ["live", "--help"], ["--version"]])
def test_asking_for_help_is_no_mistake(command_line: CommandLine, arguments: list[str]) -> None:
    assert command_line.run(*arguments) == (0, "")


@pytest.mark.parametrize("limit", ["-1", "nan", "inf"])
@pytest.mark.parametrize("command", [LIVE, ("relay", "--destinations")])
def test_an_encoder_is_waited_for_a_length_of_time(
    command_line: CommandLine, command: tuple[str, ...], limit: str
) -> None:
    line = command_line.refuses(*command, "good.json", "--bridge-limit", limit)
    assert line.startswith("An encoder cannot be waited for")


@pytest.mark.parametrize("arguments", [("ctl",), ("ctl", "endpoints"), ("ctl", "sessions")])
def test_a_group_of_commands_lists_them_line_by_line_when_none_is_named(
    command_line: CommandLine, arguments: tuple[str, ...]
) -> None:
    code, err = command_line.run(*arguments)
    assert (code, command_line.out) == (2, "")
    usage, *lines = err.splitlines()
    assert usage == f"Usage: powerstream {' '.join(arguments)} [OPTIONS] COMMAND [ARGS]..."
    assert "Commands:" in lines
