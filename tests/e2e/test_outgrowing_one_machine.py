"""docs/guide/outgrowing-one-machine.md on loopback: the relay as its unit starts it, a second service, and a store of one's own."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from powerstream_desktop.engine.scene.sources import TestPictureContent
from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.fake_ingest import FakeIngest
from tests.e2e.support.live_broadcast import (
    POWERSTREAM,
    PROJECT,
    Target,
    environment,
    write_destinations,
)
from tests.e2e.support.ports import LOOPBACK, free_port
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.served import Answer, Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.e2e.test_cloud import client_at, find, vod, wait_for
from tests.integration.cloud.store_servers import BUCKET, CREDENTIALS, seaweed_store
from tests.integration.library.drawn_films import Film, make_film

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

UNITS = PROJECT / "installer" / "systemd"
LIVE_S = 45.0
RESTART_S = 1.0
CHECKED_S = 60.0


class RelayUnit:
    """What systemd would do with ``powerstream-relay.service``, with the lines as they stand in the file.

    Args:
        stage: what it runs on.
        targets: what stands in ``/etc/powerstream/destinations.json``.
    """

    def __init__(self, stage: Stage, targets: Sequence[Target]) -> None:
        self._stage = stage
        self._port = free_port()
        self._starts = 0
        self.home = stage.folder / "var"
        self.runtime = stage.folder / "run"
        self.runtime.mkdir(mode=0o700)
        self.list_file = write_destinations(stage.folder / "etc-destinations.json", targets)
        self.process = self.start()

    @property
    def server_url(self) -> str:
        """What an endpoint on the other computer has."""
        return f"rtmp://{LOOPBACK}:{self._port}/live"

    @property
    def key(self) -> str:
        """The key that it made at its first start, as root reads it."""
        file = self.home / "config" / "ingest.key"
        wait_until(file.exists, what="the key for encoders", timeout_s=LIVE_S)
        return file.read_text().strip()

    def start(self) -> TestProcess:
        """Run ExecStartPre and ExecStart."""
        self._starts += 1
        [prepare] = _lines("powerstream-relay", "ExecStartPre")
        self._run(prepare)
        [command] = _lines("powerstream-relay", "ExecStart")
        argv = [*POWERSTREAM, *shlex.split(self._here(command))[1:]]
        self.process = self._stage.process(argv, name=f"relay-{self._starts}", env=environment(self.home))
        self.process.wait_for_line("Stream key for your encoder: in ", timeout_s=LIVE_S)
        return self.process

    def reload(self) -> None:
        """Run both lines of ExecReload."""
        copies, signals = _lines("powerstream-relay", "ExecReload")
        self._run(copies)
        assert signals == "/bin/kill -USR1 $MAINPID"
        os.kill(self.process.pid, signal.SIGUSR1)

    def _run(self, line: str) -> None:
        """Run a line that begins with a plus: as root, before anybody else's user."""
        assert line.startswith("+")
        argv = shlex.split(self._here(line[1:]))
        subprocess.run(argv, check=True, env={**os.environ, "RUNTIME_DIRECTORY": str(self.runtime)})

    def _here(self, line: str) -> str:
        return (
            line.replace("/etc/powerstream/destinations.json", str(self.list_file))
            .replace("${RUNTIME_DIRECTORY}", str(self.runtime))
            .replace("127.0.0.1:1935", f"{LOOPBACK}:{self._port}")
        )


def _lines(unit: str, key: str) -> list[str]:
    text = (UNITS / f"{unit}.service").read_text("utf-8")
    return [line.removeprefix(f"{key}=") for line in text.splitlines() if line.startswith(f"{key}=")]


def pictures_since(ingest: FakeIngest, moment_s: float) -> int:
    return sum(each.at_s > moment_s for visit in ingest.visits for each in visit.pictures)


def wait_for_pictures(ingests: Sequence[FakeIngest], *, timeout_s: float = LIVE_S) -> float:
    """Wait until each gets pictures again; return after how many seconds the last of them did."""
    since_s = time.monotonic()
    wait_until(
        lambda: all(pictures_since(each, since_s) > 10 for each in ingests),
        what="pictures at the platforms",
        timeout_s=timeout_s,
    )
    return time.monotonic() - since_s


def target(name: str, ingest: FakeIngest) -> Target:
    return Target(name, ingest.server_url, f"key-of-{name}")


def test_one_uplink_feeds_every_platform_of_the_server(stage: Stage) -> None:
    one, two, three = (stage.fake_ingest(Behaviour.ACCEPT) for _ in range(3))
    relay = RelayUnit(stage, [target("one", one), target("two", two)])
    studio = Served(stage, "--headless", home="studio")
    studio.wait_until_ready()
    studio.show(TestPictureContent())
    studio.add_endpoint("My server", relay.server_url, relay.key)
    studio.go_live(title="Evening show")
    wait_for_pictures([one, two])
    relay.process.wait_for_line("● one live", timeout_s=LIVE_S)
    assert {visit.key for ingest in (one, two) for visit in ingest.visits} == {"key-of-one", "key-of-two"}
    assert (relay.runtime / "destinations.json").stat().st_mode & 0o077 == 0

    write_destinations(relay.list_file, [target("one", one), target("three", three)])
    relay.reload()
    wait_for_pictures([one, three])
    wait_until(lambda: "FCUnpublish" in two.commands, what="a goodbye to who is gone", timeout_s=LIVE_S)
    assert len(one.visits) == 1

    relay.process.kill()
    time.sleep(RESTART_S)  # systemd's
    relay.start()
    wait_for_pictures([one, three], timeout_s=LIVE_S)
    wait_until(lambda: studio.lights() == {"My server": "live"}, what="the uplink's light", timeout_s=LIVE_S)

    studio.ask("POST", "/api/live/stop", {})
    wait_until(
        lambda: all("FCUnpublish" in each.commands for each in (one, three)),
        what="a goodbye to all",
        timeout_s=LIVE_S,
    )


def test_computers_share_a_store_and_a_service_of_their_own(stage: Stage, tmp_path: Path) -> None:
    seaweed = tmp_path / "seaweed"
    seaweed.mkdir()
    config = stage.enter(seaweed_store(seaweed))
    # Without a keyring credentials are kept for one run only, so none of them may end while nobody asks.
    server, studio, laptop = (
        Served(stage, *_headless(), home=name, name=name) for name in ("server", "studio", "laptop")
    )
    for each in (server, studio, laptop):
        each.wait_until_ready()
    film = make_film(tmp_path / "Holiday.mp4", Film(seconds=2))
    for each in (studio, laptop):
        _choose_store(each.home, config.endpoint_url)
    _ctl(studio.home, "settings", "set", "cloud.backend_url", f"http://{LOOPBACK}:{server.port}")
    _ctl(studio.home, "cloud", "login", "--token-file", "-", typed=_paired(server))
    _ctl(studio.home, "settings", "set", "cloud.upload_automatically", "true")
    vod(studio.home, "import", str(film))
    with client_at(studio.home) as here, client_at(laptop.home) as there:
        [replay] = here.library.page().assets
        wait_for(here, replay.id, "a copy in the store", lambda each: each.sync.state == "synced")
        wait_for(there, replay.id, "the replay on the other computer", lambda each: not each.has_file)
        vod(laptop.home, "download", replay.id, "--wait")
        assert Path(there.library.file(replay.id)).read_bytes() == film.read_bytes()

        def known() -> Answer | None:
            status, answer = server.ask("GET", f"/api/vod/{replay.id}")
            return answer if status == 200 else None

        wait_until(known, what="the server to know the replay", timeout_s=LIVE_S)
        there.library.change(replay.id, title="Our holiday")
        wait_for(here, replay.id, "the other computer's edit", lambda each: each.title == "Our holiday")
        wait_until(lambda: _title(known()) == "Our holiday", what="it at the server", timeout_s=LIVE_S)
        assert find(here, replay.id) is not None


def _title(answer: Answer | None) -> str:
    return str((answer or {}).get("asset", {}).get("title", ""))


def _headless() -> list[str]:
    """Return what the unit gives ``serve``, but its port."""
    [command] = _lines("powerstream", "ExecStart")
    _, verb, *options = shlex.split(command)
    assert verb == "serve"
    assert options == ["--headless", "--port", "5101"]
    return options[:1]


def _choose_store(home: Path, url: str) -> None:
    store = {"kind": "s3", "endpoint_url": url, "region": "us-east-1", "addressing": "path", "bucket": BUCKET}
    for name, value in store.items():
        _ctl(home, "settings", "set", f"cloud.{name}", value)
    secret = CREDENTIALS.secret.reveal()
    _ctl(home, "cloud", "credentials", CREDENTIALS.access_key_id, "--secret-file", "-", typed=secret)
    _ctl(home, "cloud", "test")


def _ctl(home: Path, *arguments: str, typed: str = "") -> None:
    done = subprocess.run(
        [*POWERSTREAM, "ctl", *arguments],
        env={**os.environ, **environment(home)},
        input=typed,
        capture_output=True,
        text=True,
        timeout=CHECKED_S,
        check=False,
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"


def _paired(server: Served) -> str:
    """Do what the guide does with ``ctl pair open`` and curl; return the token."""
    status, opened = server.ask("POST", "/api/access/pairing", {"scope": "control"})
    assert status == 200, opened
    wish = {"code": opened["code"], "name": "Studio PC"}
    status, paired = server.ask("POST", "/api/access/pair", wish, token="")
    assert status == 200, paired
    token: str = paired["token"]
    return token


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
@pytest.mark.parametrize("unit", ["powerstream-relay", "powerstream"])
def test_systemd_understands_the_units(unit: str, tmp_path: Path) -> None:
    """Each is looked at with a program that exists."""
    copy = tmp_path / f"{unit}.service"
    text = (UNITS / copy.name).read_text("utf-8")
    assert text.count("/usr/bin/powerstream") == 1
    copy.write_text(text.replace("/usr/bin/powerstream", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False
    )
    about_it = [line for line in done.stderr.splitlines() if unit in line]
    assert (done.returncode, about_it) == (0, [])


@pytest.mark.parametrize("unit", ["powerstream-relay", "powerstream"])
def test_the_units_give_nothing_away(unit: str) -> None:
    text = (UNITS / f"{unit}.service").read_text("utf-8").splitlines()
    for wanted in ("DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes"):
        assert wanted in text
    assert "CapabilityBoundingSet=" in text
