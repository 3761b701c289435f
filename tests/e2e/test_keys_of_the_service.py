"""The canary (S36): a whole broadcast through the service, with secrets that would be recognised anywhere, and a search for them.

Secrets are added over the API as a window does it; one is wrong, one comes back in its server's answer. Beside them: an external
encoder's key, the one that is kept for encoders, a passphrase, a paired device's token and that of this run. A plain-text keyring is forced by the environment (S37).
"""

from __future__ import annotations

import http.client
import os
import stat
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.canary import find_canary
from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.live_broadcast import POWERSTREAM, environment
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.served import Answer, Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(150)]

LIVE_S = 45.0
KEYS = {
    "good": (Behaviour.ACCEPT, "live_70412_canaryGoodX9"),
    "wrong": (Behaviour.BAD_NAME, "canary-refused/é+%41?token=Zq8_w-1&bw=1"),
    "echoed": (Behaviour.ECHO_KEY, "FB-118-0-canaryEchoedT3"),
}
ENCODER = "canary-encoder-5fT81xw"
PASSPHRASE = "CANARY four unrelated words"
SECRETS = (
    *KEYS,
    "encoder",
    "kept for encoders",
    "passphrase",
    "device",
    "signature of the device's",
    "this run",
)
WRITTEN = ("events", "answers", "ctl")
FILES = ("/video", "/thumbnail", "/{name}")
FORCED = {"PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring"}
CTL = (
    ("status",),
    ("endpoints", "list"),
    ("sessions", "list"),
    ("pair", "devices"),
    ("keys", "status"),
    ("settings", "list"),
)


@dataclass(frozen=True)
class Search:
    """What was found.

    Attributes:
        hits: where a secret was found, by its name.
        reached: the keys that arrived, by the name of their platform.
        key_place: where keys were kept before that was chosen.
        home: of the service, which has ended.
        opened: the files that its processes had open.
    """

    hits: dict[str, list[str]]
    reached: dict[str, set[str]]
    key_place: str
    home: Path
    opened: list[Path]


class Listener:
    """Writes all events to a file, until the service goes."""

    def __init__(self, served: Served, token: str, path: Path) -> None:
        self._connection = http.client.HTTPConnection(LOOPBACK, served.port, timeout=LIVE_S)
        self._connection.request("GET", "/api/events", headers={"Authorization": f"Bearer {token}"})
        self._events = self._connection.getresponse()
        assert self._events.status == 200
        self._path = path
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    def _write(self) -> None:
        with self._path.open("wb") as file:
            for line in self._events:
                file.write(line)

    def wait(self) -> None:
        self._thread.join(LIVE_S)
        self._connection.close()


def ctl(served: Served, *words: str) -> str:
    env = {**os.environ, **environment(served.home)}
    ended = subprocess.run(
        [*POWERSTREAM, "ctl", *words], env=env, capture_output=True, text=True, timeout=LIVE_S, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout + ended.stderr


class OnAir:
    """A broadcast of an external encoder to three platforms, of which all answers and events are written down.

    Args:
        stage: what it runs on.
    """

    def __init__(self, stage: Stage) -> None:
        self.folder = stage.folder
        self.temporary = stage.folder / "tmp"
        self.temporary.mkdir()
        self.served = Served(stage, "--headless", env={**FORCED, "TMPDIR": str(self.temporary)})
        self.served.wait_until_ready()
        file = self.served.file()
        assert file is not None
        self.run_token = file.token.reveal()
        self.key_place = self.served.ask("GET", "/api/access/secrets")[1]["place"]
        self.listener = Listener(self.served, self.run_token, stage.folder / "events")
        self._answers = (stage.folder / "answers").open("w")
        self.ask("POST", "/api/access/secrets/place", {"place": "sealed-file", "passphrase": PASSPHRASE})
        self.device_token = self._pair()
        self.ingests = {name: stage.fake_ingest(behaviour) for name, (behaviour, _) in KEYS.items()}
        ids = [self._add(name, key) for name, (_, key) in KEYS.items()]
        session = self.ask(
            "POST", "/api/live/start", {"title": "Canary", "source": "external", "streamKey": ENCODER}
        )
        # Not written down: this one answer holds it by design (ADR 19).
        self.kept_key: str = self.served.ask("POST", "/api/access/ingest-key", {}, token=self.run_token)[1][
            "ingestKey"
        ]
        self._ids = {"/api/rtmp/endpoints": ids[-1], "/api/multistream/sessions": session["sessionId"]}
        stage.publish(session["ingestUrl"].rpartition("/")[0] + f"/{ENCODER}")

    def ask(self, method: str, path: str, body: object = None) -> Answer:
        """Ask the API, and write the answer down."""
        status, answer = self.served.ask(method, path, body, token=self.run_token)
        assert status in {200, 201}, answer
        self._answers.write(f"{answer!r}\n")
        return answer

    def write_every_answer(self) -> None:
        """Write down what every GET of the API's document answers; files, devices and events are left out."""
        asked = 0
        for path, methods in self.ask("GET", "/api/openapi.json")["paths"].items():
            if "get" not in methods or path in {"/api/events", "/api/devices"} or path.endswith(FILES):
                continue
            id_ = next((self._ids[start] for start in self._ids if path.startswith(start)), "unknown")
            status, answer = self.served.ask("GET", path.replace("{id}", id_), token=self.run_token)
            assert status == 200 or id_ == "unknown", path
            self._answers.write(f"{answer!r}\n")
            asked += 1
        assert asked > 15

    def end(self) -> None:
        """End broadcast and service."""
        self.ask("POST", "/api/live/stop", {})
        self.write_every_answer()
        self._answers.close()
        self.served.keeper.interrupt()
        assert self.served.wait_for_end() == 0
        self.listener.wait()

    def _pair(self) -> str:
        code = self.served.ask("POST", "/api/access/pairing", {"scope": "control"})[1]["code"]
        status, answer = self.served.ask(
            "POST", "/api/access/pair", {"code": code, "name": "Tablet"}, token=""
        )
        assert status == 200, answer
        token: str = answer["token"]
        return token

    def _add(self, name: str, key: str) -> str:
        wish = {
            "name": name,
            "platform": "custom",
            "serverUrl": self.ingests[name].server_url,
            "streamKey": key,
        }
        made: str = self.ask("POST", "/api/rtmp/endpoints", wish)["endpoint"]["id"]
        return made


@pytest.fixture(scope="module")
def search(shared_stage: Stage) -> Search:
    on_air = OnAir(shared_stage)
    served, folder = on_air.served, on_air.folder
    wait_until(lambda: served.lights().get("good") == "live", what="a green light", timeout_s=LIVE_S)
    ingests = on_air.ingests
    wait_until(
        lambda: all(each.attempts for each in ingests.values()), what="every key to arrive", timeout_s=LIVE_S
    )
    on_air.write_every_answer()
    (folder / "ctl").write_text("".join(ctl(served, *words) for words in CTL))
    secrets = {name: key for name, (_, key) in KEYS.items()}
    secrets |= {"kept for encoders": on_air.kept_key}
    secrets |= {"encoder": ENCODER, "passphrase": PASSPHRASE, "device": on_air.device_token}
    secrets |= {
        "signature of the device's": on_air.device_token.rpartition(".")[2],
        "this run": on_air.run_token,
    }
    pids = served.all_pids()
    opened = open_files(pids)
    wanted = {
        name: find_canary([*opened, *at_rest(served)], secret, pids=pids) for name, secret in secrets.items()
    }
    on_air.end()
    places = [
        on_air.temporary,
        *(folder / name for name in WRITTEN),
        served.keeper.out_path,
        served.keeper.err_path,
    ]
    for name, secret in secrets.items():
        wanted[name] += find_canary([served.home, *places], secret, pids=[])
    return Search(
        hits=wanted,
        reached={name: {attempt.key for attempt in ingest.attempts} for name, ingest in ingests.items()},
        key_place=on_air.key_place,
        home=served.home,
        opened=opened,
    )


def at_rest(served: Served) -> list[Path]:
    """Return the files of a home but the one that is there to be read by this computer's programs."""
    files = [path for path in served.home.rglob("*") if path.is_file()]
    assert served.runtime / "service.json" in files
    return [path for path in files if path != served.runtime / "service.json"]


def open_files(pids: list[int]) -> list[Path]:
    """Return what these processes have open, also what has no name any more: between them there are pipes, and no files."""
    opened = [entry for pid in pids for entry in Path(f"/proc/{pid}/fd").iterdir()]
    files = [path for path in opened if path.exists() and stat.S_ISREG(path.stat().st_mode)]
    return [path for path in files if path.resolve().name != "service.json"]


def test_every_key_reached_its_platform_and_what_happened_was_told(search: Search) -> None:
    assert search.reached == {name: {key} for name, (_, key) in KEYS.items()}
    events = (search.home.parent / "events").read_text("utf-8")
    assert "event: destinations" in events
    assert '"rejected"' in events
    assert len(list((search.home / "recordings").rglob("*.mp4"))) == 1
    assert (search.home / "data" / "powerstream.db").stat().st_size > 0
    [log] = (search.home / "logs").glob("service-*.jsonl")
    assert "echoed" in log.read_text("utf-8")
    assert search.opened


@pytest.mark.parametrize("name", SECRETS)
def test_no_trace_of_a_secret_is_anywhere(search: Search, name: str) -> None:
    assert search.hits[name] == []


def test_a_plain_text_keyring_that_the_environment_asks_for_is_not_used(search: Search) -> None:
    assert search.key_place == "this-run"
