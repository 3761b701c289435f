"""``powerstream ctl`` as a script uses it: starts the service, goes live, survives a killed service, goes off air."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.service_file import find_service
from powerstream_desktop.engine.scene.sources import TestPictureContent
from tests.canary import find_canary
from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.live_broadcast import POWERSTREAM, environment
from tests.e2e.support.served import Served, processes_of, wait_until_gone
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

ANSWER_S = 40.0
LIVE_S = 45.0
KEY = "live_4821_canaryKQ7"


class Script:
    """Runs ``powerstream ctl`` for a home."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*POWERSTREAM, "ctl", *arguments],
            env={**os.environ, **environment(self.home)},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=ANSWER_S,
            check=False,
        )

    def json(self, *arguments: str, stdin: str = "") -> Any:
        ended = self.run(*arguments, "--json", stdin=stdin)
        assert (ended.returncode, ended.stderr) == (0, "")
        return json.loads(ended.stdout)

    def light(self) -> str:
        sessions = self.json("status").get("sessions", [])
        return sessions[0]["endpoints"][0]["status"] if sessions else ""


@pytest.fixture
def detached_home(tmp_path: Path) -> Iterator[Path]:
    """A home whose service is started by nobody's child; it is ended behind the test."""
    home = tmp_path / "home"
    yield home
    pids = processes_of(home)
    for pid in pids:
        os.kill(pid, signal.SIGTERM)
    wait_until_gone(pids)


def test_a_service_is_started_for_a_command_and_outlives_it(detached_home: Path) -> None:
    script = Script(detached_home)
    assert script.json("status")["isRunning"] is False
    station = script.json("stations", "add", "News")["station"]
    assert script.json("status")["isRunning"] is True
    service = find_service(detached_home / "runtime")
    assert service is not None
    os.kill(service.pid, signal.SIGKILL)
    assert script.json("stations", "list")["stations"] == [station]


def test_a_broadcast_is_driven_by_a_script_over_a_killed_service(stage: Stage) -> None:
    served = Served(stage)
    served.wait_until_ready()
    served.show(TestPictureContent())
    receiver = stage.fake_ingest(Behaviour.ACCEPT)
    script = Script(served.home)
    added = script.run(
        "endpoints", "add", "Mine", "--server", receiver.server_url, "--key-file", "-", stdin=KEY
    )
    assert (added.returncode, added.stderr) == (0, "")
    session_id = script.json("start", "--title", "Evening show")["sessionId"]
    again = script.run("start")
    assert again.returncode == 2
    assert len(again.stderr.splitlines()) == 1
    wait_until(lambda: served.lights() == {"Mine": "live"}, what="a green light", timeout_s=LIVE_S)
    assert script.light() == "live"
    assert {attempt.key for attempt in receiver.attempts} == {KEY}
    assert script.json("mark", "goal")["marker"]["label"] == "goal"
    assert script.run("privacy", "on").returncode == 0
    served.kill_service()
    assert script.light(), "a client waits for the service to be back"
    wait_until(lambda: served.lights() == {"Mine": "live"}, what="a green light again", timeout_s=LIVE_S)
    ended = script.json("stop")
    assert ended["sessionId"] == session_id
    assert ended["recordings"]
    assert script.json("stop")["sessionId"] is None
    assert find_canary([served.home / "logs", served.home / "data", served.runtime], KEY) == []


def test_help_loads_neither_the_http_library_nor_that_of_tables(tmp_path: Path) -> None:
    program = (
        "import sys; from powerstream_desktop.cli.main import main; sys.argv = ['powerstream', 'ctl', 'start', '--help']\n"
        "try: main()\nexcept SystemExit: print({'requests', 'rich', 'asyncio'} & sys.modules.keys())"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment(tmp_path)},
        capture_output=True,
        text=True,
        timeout=ANSWER_S,
        check=True,
    )
    assert ended.stdout.splitlines()[-1] == "set()"
