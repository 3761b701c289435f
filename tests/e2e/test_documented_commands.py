"""Every command of README and guide is really run, as it stands there, page by page, on a computer where nothing leaves loopback."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import pytest

from powerstream_desktop.cli.main import main
from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.fake_ingest import FakeIngest
from tests.e2e.support.live_broadcast import POWERSTREAM, PROJECT, environment
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.unit.docs.pages import commands_of, pages
from tests.unit.docs.sample_files import write_sample_files

pytestmark = pytest.mark.timeout(180)

SHOWN_IN: Final = ("README.md", "docs/settings.md", "docs/guide/")
OF_SERVERS: Final = "docs/guide/outgrowing-one-machine.md"
"""Tried by a test of its own, ``test_outgrowing_one_machine.py``: it needs several computers."""
RUN_ELSEWHERE: Final = {
    ("doctor",): "test_doctor.py",
    ("rehearse",): "test_rehearse.py",
    ("serve", "--headless"): "test_serve.py",
}
"""What is tried by tests of its own, by the beginnings of their arguments."""
BROADCASTS: Final = ("live", "relay")
NEEDS_A_BROADCAST: Final = {"split", "pause-recording", "resume-recording", "mark", "clip"}
ON_AIR_S: Final = 40.0
FILM_S: Final = 3
TRIED_AGAIN_S: Final = 20.0
AGAIN_AFTER_S: Final = 0.5


def shown() -> list[tuple[str, tuple[str, ...]]]:
    """Return each command of ours with its page, in the order in which a reader meets them; each once."""
    found = [
        (page.name, arguments)
        for page in pages()
        if page.name.startswith(SHOWN_IN) and page.name != OF_SERVERS
        for block in page.shell
        for program, *arguments in map(list, commands_of(block))
        if program == "powerstream" and arguments
    ]
    return [(name, tuple(arguments)) for name, arguments in found]


def is_run_elsewhere(arguments: tuple[str, ...]) -> bool:
    return any(arguments[: len(beginning)] == beginning for beginning in RUN_ELSEWHERE)


def make_film(path: Path, picture: str) -> None:
    pictures = ["-f", "lavfi", "-i", f"{picture}=s=640x360:r=30:d={FILM_S}"]
    sound = ["-f", "lavfi", "-i", f"sine=d={FILM_S}"]
    subprocess.run(["ffmpeg", "-v", "error", *pictures, *sound, "-g", "30", path], check=True)


class Reader:
    """Somebody who types what the pages show, with a home, a service, a film and a platform that is a server on loopback.

    Args:
        stage: what all of it runs on.
        folder: where the reader is.
    """

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.platform: FakeIngest = stage.fake_ingest(Behaviour.ACCEPT)
        write_sample_files(folder, server_url=self.platform.server_url)
        (folder / "passphrase").write_text("four quite unrelated words\n")
        make_film(folder / "talk.mp4", "testsrc2")
        make_film(folder / "earlier.mp4", "smptebars")
        self.folder = folder
        self.display = stage.screen(moving_fps=5).display
        self._stage = stage
        self._words = {
            "rtmp://203.0.113.7/live": self.platform.server_url,
            "/media/nas/replays": str(folder / "nas"),
            "127.0.0.1:1935": "127.0.0.1:0",
        }

    def serve(self) -> Served:
        """Start the service that ``ctl`` and ``vod`` ask."""
        served = Served(self._stage, env={"DISPLAY": self.display})
        known = served.home / "config" / "platforms.toml"
        known.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        server = f'servers = [{{ name = "Here", url = "{self.platform.server_url}" }}]'
        known.write_text(f"[twitch]\n{server}\n[youtube]\n{server}\n")
        served.wait_until_ready()
        return served

    def typed(self, arguments: tuple[str, ...]) -> list[str]:
        """Return a command as this reader types it: with addresses and ids of his own."""
        words = [self._words.get(word, word) for word in arguments]
        return [word.replace("~", str(self.folder)) for word in words]

    def know(self, word: str, meaning: str) -> None:
        """Type something else for a word of the pages from now on."""
        self._words[word] = meaning


@pytest.fixture
def reader(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    (tmp_path / "nas").mkdir()
    monkeypatch.chdir(tmp_path)
    return Reader(stage, tmp_path)


class Shell:
    """Runs what a reader types at ``ctl`` and ``vod``, in this process: it starts a hundred times as quickly, and asks the same service.

    Args:
        reader: who types.
        capsys: what is printed.
        monkeypatch: sets arguments and home.
    """

    def __init__(
        self, reader: Reader, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._reader = reader
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self._served = reader.serve()
        monkeypatch.setenv("POWERSTREAM_HOME", str(self._served.home))

    def run(self, *arguments: str) -> tuple[int, str]:
        """Return exit code and output."""
        self._monkeypatch.setattr(sys, "argv", ["powerstream", *self._reader.typed(arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = self._capsys.readouterr()
        return int(ended.value.code or 0), printed.out + printed.err

    def obeyed(self, *arguments: str) -> tuple[int, str]:
        """Return exit code and output; whoever is told to try again does so."""
        code, said = self.run(*arguments)
        until = time.monotonic() + TRIED_AGAIN_S
        while code != 0 and "try again" in said and time.monotonic() < until:
            time.sleep(AGAIN_AFTER_S)
            code, said = self.run(*arguments)
        return code, said

    def prepare_for(self, arguments: tuple[str, ...]) -> None:
        """Go on or off the air, as a command needs it."""
        match arguments[:3]:
            case ("ctl", "endpoints", "add"):
                self.run("ctl", "endpoints", "remove", arguments[3])
            case ("ctl", "start", *_):
                self.run("ctl", "endpoints", "edit", "Twitch", "--key-file", "obs.key")
                self.run("ctl", "stop")
            case ("ctl", command, *_) if command in NEEDS_A_BROADCAST:
                self._go_on_air()
            case ("ctl", "cloud", *_) | ("ctl", "keys", *_) | ("vod", *_):
                self.run("ctl", "stop")

    def _go_on_air(self) -> None:
        if not self._live():
            self.run("ctl", "start", "--no-platforms")
        wait_until(lambda: self._live().get("state") == "live", what="a broadcast", timeout_s=ON_AIR_S)
        wait_until(self._is_recorded, what="a recording", timeout_s=ON_AIR_S)

    def _live(self) -> dict[str, Any]:
        status, answer = self._served.ask("GET", "/api/live/status", token="")
        return answer if status == 200 and answer["isLive"] else {}

    def _is_recorded(self) -> bool:
        sessions = self._served.ask("GET", "/api/rtmp/status")[1]["sessions"]
        return bool(sessions) and bool((sessions[0].get("recording") or {}).get("bytes", 1))

    def newest_replay(self) -> str:
        """Return the id of the newest replay."""
        assets: list[dict[str, Any]] = self._served.ask("GET", "/api/vod?limit=1")[1]["assets"]
        return str(assets[0]["id"])


@pytest.fixture
def shell(reader: Reader, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(reader, capsys, monkeypatch)


def test_what_the_pages_ask_of_the_service_is_done(reader: Reader, shell: Shell) -> None:
    assert (
        shell.run("ctl", "endpoints", "add", "Twitch", "--platform", "twitch", "--key-file", "obs.key")[0]
        == 0
    )
    assert shell.run("vod", "import", "earlier.mp4")[0] == 0
    reader.know("ASSET", shell.newest_replay())
    failed = []
    asked = [(page, words) for page, words in shown() if words[0] in {"ctl", "vod"}]
    assert len(asked) > 60
    for page, arguments in asked:
        shell.prepare_for(arguments)
        code, said = shell.obeyed(*arguments)
        if code != 0:
            failed.append(f"{page}: powerstream {' '.join(arguments)}: {code}: {said}")
    assert "".join(failed) == ""


def broadcasts() -> list[tuple[str, ...]]:
    return [
        words
        for _, words in shown()
        if words[0] in {*BROADCASTS, "preflight"} and not is_run_elsewhere(words)
    ]


def test_what_the_pages_broadcast_without_a_window_arrives(reader: Reader, stage: Stage) -> None:
    for number, arguments in enumerate(broadcasts()):
        process = stage.process(
            [*POWERSTREAM, *reader.typed(arguments)],
            name=f"shown-{number}",
            env={**environment(reader.folder / "home"), "DISPLAY": reader.display},
        )
        if "camera:0" in arguments and not Path("/dev/video0").exists():
            assert process.wait_for_exit(timeout_s=ON_AIR_S) == 2
            assert "There is no camera:0." in process.err
            continue
        if arguments[0] == "live":
            process.wait_for_line("● My server live", timeout_s=ON_AIR_S)
        elif arguments[0] == "relay":
            process.wait_for_line("rtmp://", timeout_s=ON_AIR_S)
        if arguments[0] in BROADCASTS:
            process.interrupt()
        assert process.wait_for_exit(timeout_s=ON_AIR_S) == 0, (arguments, process.out, process.err)
    sent = [arguments for arguments in broadcasts() if arguments[0] == "live" and "camera:0" not in arguments]
    assert len(reader.platform.attempts) >= len(sent) > 2


def test_every_command_of_the_pages_is_run() -> None:
    run_here = {"ctl", "vod", "preflight", *BROADCASTS}
    assert [words for _, words in shown() if words[0] not in run_here and not is_run_elsewhere(words)] == []
    folder = PROJECT / "tests" / "e2e"
    missing = [
        file
        for (command, *_), file in RUN_ELSEWHERE.items()
        if f'"{command}"' not in (folder / file).read_text("utf-8")
    ]
    assert missing == []
