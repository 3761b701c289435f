"""``powerstream serve`` as a user starts it, and its API as a script asks it."""

from __future__ import annotations

import http.client
import json
import os
import signal
from pathlib import Path
from typing import Any

from powerstream_desktop.common.service_file import ServiceFile, find_service
from powerstream_desktop.engine.control.kept_file import KeptFile
from powerstream_desktop.engine.control.user_files import KeptSound, KeptStudio
from powerstream_desktop.engine.scene.one_source import one_source_sound, one_source_studio
from powerstream_desktop.engine.scene.sources import SourceContent
from tests.canary import descendants
from tests.e2e.support.live_broadcast import POWERSTREAM, environment, is_running
from tests.e2e.support.ports import LOOPBACK, free_port
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

START_S = 30.0
END_S = 20.0
ANSWER_S = 10.0

Answer = dict[str, Any]


class Served:
    """A keeper with its service; both end with their stage.

    Args:
        stage: what it runs on; its home lies in its folder.
        options: for ``serve``, beside the port.
        name: of the log files.
        home: the folder's name; each has one service.
        env: more variables.
    """

    def __init__(
        self,
        stage: Stage,
        *options: str,
        name: str = "serve",
        home: str = "home",
        env: dict[str, str] | None = None,
    ) -> None:
        self.home = stage.folder / home
        self.port = free_port()
        argv = [*POWERSTREAM, "serve", "--port", str(self.port), *options]
        self.keeper = stage.process(argv, name=name, env={**environment(self.home), **(env or {})})

    def show(self, content: SourceContent) -> None:
        """Let the studio show this and nothing else, as if its user had made it so; before the first broadcast."""
        show_in(self.home, content)

    @property
    def runtime(self) -> Path:
        """Where ``service.json`` lies."""
        return self.home / "runtime"

    def wait_until_ready(self) -> Answer:
        """Return the line that it prints once it can be reached."""
        return self.keeper.wait_for_json(
            lambda line: line.get("ok") is True, what="its ready line", timeout_s=START_S
        )

    def file(self) -> ServiceFile | None:
        """What ``service.json`` says, if the service runs."""
        return find_service(self.runtime)

    def ask(
        self, method: str, path: str, body: Any = None, *, token: str | None = None
    ) -> tuple[int, Answer]:
        """Ask the API; return status and answer. Without ``token`` that of ``service.json`` is shown."""
        if token is None:
            found = wait_until(self.file, what="service.json", timeout_s=START_S)
            assert found is not None
            token = found.token.reveal()
        headers = {"Authorization": f"Bearer {token}"}
        content = None
        if body is not None or method in {"POST", "PUT", "PATCH"}:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body if body is not None else {})
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=ANSWER_S)
        try:
            connection.request(method, path, content, headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"{}")
        finally:
            connection.close()

    def add_endpoint(self, name: str, server_url: str, key: str) -> str:
        """Save an endpoint; return its id."""
        wish = {"name": name, "platform": "custom", "serverUrl": server_url, "streamKey": key}
        status, answer = self.ask("POST", "/api/rtmp/endpoints", wish)
        assert status in {200, 201}, answer
        made: str = answer["endpoint"]["id"]
        return made

    def go_live(self, **wish: Any) -> str:
        """Begin a broadcast; return the id of its session."""
        status, answer = self.ask("POST", "/api/live/start", wish)
        assert status in {200, 201}, answer
        made: str = answer["sessionId"]
        return made

    def lights(self) -> dict[str, str]:
        """The light of each destination of the running broadcast by its name; empty while nobody answers."""
        try:
            status, answer = self.ask("GET", "/api/rtmp/status")
        except OSError:
            return {}
        if status != 200 or not answer["sessions"]:
            return {}
        return {each["name"]: each["status"] for each in answer["sessions"][0]["endpoints"]}

    def answers(self, token: str) -> bool:
        """Whether the API answers who shows this token, at the same port as ever."""
        try:
            return self.ask("GET", "/api/rtmp/status", token=token)[0] not in {401, 403}
        except OSError:
            return False

    def service_pid(self) -> int:
        """Return the process id of the service that runs now, waiting for one if it is between two."""

        def look() -> int | None:
            return next((pid for pid in descendants(self.keeper.pid) if role_of(pid) == "service"), None)

        found = wait_until(look, what="a service process", timeout_s=START_S)
        assert found is not None
        return found

    def all_pids(self) -> list[int]:
        """Everything that was started: keeper, service, engine, cameras."""
        return [self.keeper.pid, *descendants(self.keeper.pid)]

    def engine_pid(self) -> int:
        """Return the process id of the engine that runs now, waiting for one if it is between two."""

        def look() -> int | None:
            return next((pid for pid in descendants(self.keeper.pid) if role_of(pid) == "engine"), None)

        found = wait_until(look, what="an engine process", timeout_s=START_S)
        assert found is not None
        return found

    def kill_service(self) -> int:
        """Kill the service that runs with SIGKILL; return its process id."""
        pid = self.service_pid()
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_for_end(self) -> int:
        """Return the exit code once it has ended."""
        return self.keeper.wait_for_exit(timeout_s=END_S)


def show_in(home: Path, content: SourceContent) -> None:
    """Let the studio of a home show this and nothing else, as if its user had made it so."""
    folder = home / "config"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    KeptFile(folder / "studio.json", KeptStudio, "scenes").write(
        KeptStudio(studio=one_source_studio(content, "Test picture"))
    )
    KeptFile(folder / "sound.json", KeptSound, "sound").write(KeptSound(sound=one_source_sound(content)))


def none_runs(pids: list[int]) -> bool:
    """Say whether all of these processes are gone."""
    return not any(is_running(pid) for pid in pids)


def wait_until_gone(pids: list[int], *, timeout_s: float = END_S) -> None:
    """Wait until all of these processes are gone."""
    wait_until(lambda: none_runs(pids), what="every process to be gone", timeout_s=timeout_s)


def role_of(pid: int) -> str:
    """Return the subcommand that a process of ours plays; empty for another process."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    if b"powerstream_desktop" not in words:
        return ""
    return words[words.index(b"powerstream_desktop") + 1].decode()


def processes_of(home: Path) -> list[int]:
    """Return every process on this computer that was started for a home, whoever its parent is by now."""
    wanted = f"POWERSTREAM_HOME={home}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                is_ours = wanted in (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if is_ours and is_running(int(entry.name)):
                found.append(int(entry.name))
    return found


def cpu_s(pids: list[int]) -> float:
    """Return how many seconds of a core these processes have used."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def own_memory_mib(pids: list[int]) -> float:
    """Return how much memory these processes take, what they share counted once."""
    kib = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kib += int(line.split()[1])
    return kib / 1024


class KeptWaiting:
    """For how long processes were ready to run and got no processor, by the scheduler's own account.

    Zero on a machine that has nothing else to do: a promise is as strict there as it was given, and a busy machine is not taken for
    a fault. Threads come and go, so ``look`` often. The test itself counts as well: what it sees late was not late.
    """

    def __init__(self) -> None:
        self._waited_ns: dict[Path, int] = {}
        self.look()
        self._before_ns = sum(self._waited_ns.values())

    def look(self, *pids: int) -> None:
        """Take down how long the threads of these processes have waited so far."""
        for pid in (os.getpid(), *pids):
            for account in Path(f"/proc/{pid}/task").glob("*/schedstat"):
                try:
                    self._waited_ns[account] = int(account.read_text().split()[1])
                except OSError:
                    continue  # it has just ended

    @property
    def lost_s(self) -> float:
        """What was lost in all: threads that start something mostly wait for each other."""
        return (sum(self._waited_ns.values()) - self._before_ns) / 1e9
