"""Our own program as a user starts it, and what it says of itself."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.canary import descendants
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

PROJECT = Path(__file__).resolve().parents[3]
POWERSTREAM = (sys.executable, "-m", "powerstream_desktop")
START_S = 30.0
"""Only a guard: an engine that starts on a machine at work for others has taken 14 s."""
END_S = 15.0

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """One entry of a destinations file."""

    name: str
    server_url: str
    key: str
    rendition: str = "landscape"


def environment(home: Path) -> dict[str, str]:
    """Return what our program needs in its environment when it is started from anywhere."""
    paths = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"POWERSTREAM_HOME": str(home), "PYTHONPATH": os.pathsep.join(paths)}


def write_destinations(path: Path, targets: Sequence[Target]) -> Path:
    """Write a destinations file (DESIGN 8)."""
    entries = [
        {
            "name": each.name,
            "platform": "custom",
            "serverUrl": each.server_url,
            "streamKey": each.key,
            "rendition": each.rendition,
        }
        for each in targets
    ]
    path.write_text(json.dumps(entries))
    return path


class LiveBroadcast:
    """One ``powerstream live --json``, recording; it ends with its stage.

    Args:
        stage: what it runs on. Home and recordings lie in its folder, the destinations file too.
        targets: where it sends the stream.
        options: for ``live``, beside those for destinations, recording and JSON.
        program: how our program is started.
    """

    def __init__(
        self,
        stage: Stage,
        targets: Sequence[Target],
        *options: str,
        program: Sequence[str] = POWERSTREAM,
    ) -> None:
        self.home = stage.folder / "home"
        self.recordings_folder = stage.folder / "recordings"
        destinations = write_destinations(stage.folder / "destinations.json", targets)
        self._names = [each.name for each in targets]
        argv = [*program, "live", "--json", "--destinations", str(destinations)]
        argv += ["--record", str(self.recordings_folder), *options]
        self.process = stage.process(argv, name="live", env=environment(self.home))

    @property
    def statuses(self) -> list[Line]:
        """One line a second, oldest first, up to the moment at which the broadcast began to end."""
        lines = (line for line in self.process.json_lines() if line["type"] == "status")
        return [line for line in lines if line["state"] in {"starting", "live", "bridging"}]

    @property
    def summary(self) -> Line:
        """The last line; fails when the broadcast has not ended."""
        [summary] = (line for line in self.process.json_lines() if line["type"] == "summary")
        return summary

    def lights(self, name: str) -> list[Line]:
        """What was said of one destination, oldest first."""
        return [_of(line, name) for line in self.statuses]

    def end_of(self, name: str) -> Line:
        """What the summary says of one destination."""
        return _of(self.summary, name)

    def wait_until_live(self, *names: str) -> Line:
        """Wait until each of these destinations (by default all) has a green light at once; return that line."""
        wanted = names or self._names
        return self.wait_for(
            lambda line: all(_of(line, name)["status"] == "live" for name in wanted),
            what=f"{', '.join(wanted)} to be live",
        )

    def wait_for(
        self, wanted: Callable[[Line], bool], *, what: str, since: int = 0, timeout_s: float = START_S
    ) -> Line:
        """Return the first status that is ``wanted``, leaving out the first ``since``."""
        return self.process.wait_for_json(
            lambda line: line["type"] == "status" and wanted(line), what=what, timeout_s=timeout_s, skip=since
        )

    def engine_pid(self) -> int:
        """Return the process id of the engine that runs now, waiting for one if it is between two."""

        def look() -> int | None:
            return next((pid for pid in descendants(self.process.pid) if _is_engine(pid)), None)

        found = wait_until(look, what="an engine process", timeout_s=START_S)
        assert found is not None
        return found

    def finish(self) -> int:
        """Do what Ctrl+C does and return the exit code."""
        self.process.interrupt()
        return self.process.wait_for_exit(timeout_s=END_S)

    def recordings(self) -> list[Path]:
        """Files in the recordings folder, finished or not."""
        return sorted(
            each for each in self.recordings_folder.iterdir() if not each.name.startswith(".")
        )  # the reserve


def is_running(pid: int) -> bool:
    """Say whether a process is there and not merely a zombie that nobody has waited for."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _is_engine(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")[-1] == b"engine"
    except OSError:
        return False


def _of(line: Line, name: str) -> Line:
    found: Line = next(each for each in line["destinations"] if each["name"] == name)
    return found
