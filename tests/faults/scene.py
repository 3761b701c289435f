"""The common setting of the fault matrix: ``powerstream relay --json`` with a recording, an encoder, and destinations.

A row of the matrix adds destinations of its own before the relay starts and then does to them what it is about. Three others,
B to D, are healthy and look on; what they and the recording get is judged by ``common_rule``.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from tests.e2e.support.behaviours import Behaviour
from tests.e2e.support.fake_ingest import FakeIngest
from tests.e2e.support.live_broadcast import POWERSTREAM, environment
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.proxy import FaultProxy
from tests.e2e.support.recorded_pictures import recorded_pictures
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.faults.common_rule import Onlooker, look_at_destination, look_at_recording
from tests.faults.lasting import ends_within, let_last
from tests.faults.publisher import FilmPublisher, SentPicture
from tests.faults.watcher import Line, Said, Watcher

INGEST_KEY = "a-key-for-encoders"
START_S = 45.0
END_S = 20.0
SETTLE_S = 1.0
"""Connecting costs the relay some milliseconds; so long after it counts as undisturbed."""
LAST_LOOK_S = 1.0
MOST_COMPLAINTS = 5
COMPLAINT_CHARACTERS = 200
BYSTANDERS = ("B", "C", "D")

Destination = dict[str, Any]
"""One entry of a destinations file (DESIGN 8)."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When the fault comes and how long the broadcast lasts at least, in seconds after everybody was live."""

    fault_s: float
    length_s: float


class Form(Enum):
    """How thoroughly the matrix is run."""

    FULL = Timing(fault_s=20.0, length_s=60.0)
    QUICK = Timing(fault_s=2.5, length_s=0.0)


class Scene:
    """One broadcast of the matrix. Rows that share it run in threads of their own.

    Args:
        folder: existing folder for everything that is written.
        form: how long things take.
        bystanders: whether B to D are there.

    Attributes:
        host: address for servers of this scene.
        relay_host: address at which the relay listens.
        stage: starts servers, and clears them away with the scene.
        published_s: monotonic time at which the encoder began.
        way_in: told the relay's port, returns the one that the encoder shall use.
    """

    host = LOOPBACK
    relay_host = LOOPBACK

    def __init__(self, folder: Path, form: Form, *, bystanders: bool = True) -> None:
        self.folder = folder
        self.form = form
        self.stage = Stage(folder)
        self._bystanders = {name: self.ingest() for name in BYSTANDERS} if bystanders else {}
        self._destinations_file = folder / "destinations.json"
        self._recordings = folder / "recordings"
        self._live_s = 0.0
        self.published_s = 0.0
        self.way_in: Callable[[int], int] = lambda port: port
        self.relay: TestProcess
        self.watcher: Watcher
        self.publisher: FilmPublisher

    # Before the start.

    @property
    def quick(self) -> bool:
        """Whether this is the short form."""
        return self.form is Form.QUICK

    def ingest(self, behaviour: Behaviour = Behaviour.ACCEPT, *, host: str = "") -> FakeIngest:
        """Start a mock ingest."""
        return self.stage.keep(FakeIngest(behaviour, host=host or self.host))

    def proxy(self, ingest: FakeIngest) -> FaultProxy:
        """Start a proxy in front of an ingest."""
        return self.stage.keep(FaultProxy(ingest.port, host=ingest.host))

    def destination(self, name: str, server_url: str, **more: str) -> Destination:
        """Return an entry for the destinations file; its key is made from the name."""
        key = f"key-of-{name.replace(' ', '-')}"
        return {"name": name, "platform": "custom", "serverUrl": server_url, "streamKey": key, **more}

    # The broadcast.

    def start(self, destinations: Sequence[Destination]) -> None:
        """Start relay and encoder, and wait until every bystander gets pictures."""
        own = [self.destination(name, ingest.server_url) for name, ingest in self._bystanders.items()]
        self.write_destinations([*own, *destinations])
        self.start_relay()
        self.published_s = time.monotonic()
        self.publish(self.way_in(self.ingest_port()))
        wait_until(self._bystanders_get_pictures, what="pictures at every bystander", timeout_s=START_S)
        self._live_s = time.monotonic() + SETTLE_S

    def start_relay(self, *, listen: str | None = None) -> None:
        """Start the relay with the destinations that were written, and watch it.

        Args:
            listen: address to listen on; by default any free port, empty to leave it to the relay.
        """
        home = self.folder / "home"
        key_file = home / "config" / "ingest.key"
        key_file.parent.mkdir(parents=True)
        key_file.write_text(INGEST_KEY)
        command: list[str | Path] = [*self._launcher(), *POWERSTREAM, "relay", "--json"]
        command += ["--destinations", self._destinations_file, "--record", self._recordings]
        if listen != "":
            command += ["--listen", listen or f"{self.relay_host}:0"]
        variables = environment(home) | self.stage.authority.environment
        self.relay = self.stage.process(command, name="relay", env=variables)
        self.relay.wait_for_json(lambda line: line["type"] == "status", what="its address", timeout_s=START_S)
        self.watcher = Watcher(self.relay)

    def publish(self, port: int) -> None:
        """Start the encoder."""
        self.publisher = self.stage.keep(FilmPublisher(self.relay_host, port, INGEST_KEY))

    def write_destinations(self, destinations: Sequence[Destination]) -> None:
        """Write the destinations file; a relay that runs looks at it only when it is asked to."""
        self._destinations_file.write_text(json.dumps(destinations))

    def change_destinations(self, *, leave_out: Collection[str], add: Sequence[Destination]) -> None:
        """Change the destinations file and have the running relay read it."""
        now: list[Destination] = json.loads(self._destinations_file.read_text())
        self.write_destinations([*(each for each in now if each["name"] not in leave_out), *add])
        os.kill(self.relay.pid, signal.SIGUSR1)

    def ingest_port(self) -> int:
        """Return the port at which the relay takes encoders."""
        first = next(line for line in self.relay.json_lines() if line["type"] == "status")
        return int(first["ingestUrl"].rsplit(":", 1)[1].split("/")[0])

    def connecting_since_s(self) -> float:
        """Return when the relay began to connect, by the first bystander's clock."""
        return min(visit.opened_s for ingest in self._bystanders.values() for visit in ingest.visits)

    def wait_for_the_fault(self) -> float:
        """Return when it is time for the fault; the answer is the time."""
        self.let_last(self._live_s + self.form.value.fault_s - time.monotonic())
        return time.monotonic()

    def let_last(self, seconds: float) -> None:
        """Let a fault last for so long; fails at once if the relay dies of it."""
        let_last(seconds, self.relay)

    def wait_for_light(
        self, name: str, wanted: Callable[[Line], bool], *, what: str, timeout_s: float, since_s: float = 0.0
    ) -> Said:
        """Return the first light of a destination after an instant that is as wanted."""

        def look() -> Said | None:
            lights = self.watcher.lights(name)
            return next((said for said in lights if said.at_s >= since_s and wanted(said.line)), None)

        found = wait_until(look, what=f"{name} {what}", timeout_s=timeout_s)
        assert found is not None
        return found

    def finish(self) -> None:
        """Let the broadcast last as long as it should, then end it properly."""
        over_s = self._live_s + self.form.value.length_s
        ends_within(max(LAST_LOOK_S, over_s - time.monotonic()), self.relay)
        self.publisher.finish()
        ends_within(LAST_LOOK_S, self.relay)
        self.relay.interrupt()
        ends_within(END_S, self.relay)
        self.relay.kill()  # which its exit code tells, if it had to be
        self.watcher.close()

    def close(self) -> None:
        """Clear everything away."""
        self.stage.close()
        if hasattr(self, "watcher"):
            self.watcher.close()

    # Afterwards.

    @property
    def fault_s(self) -> float:
        """Monotonic time of the fault."""
        return self._live_s + self.form.value.fault_s

    def onlookers(self) -> list[Onlooker]:
        """Return what those got who had nothing to do with the fault; after ``finish``."""
        sent: Mapping[int, SentPicture] = self.publisher.sent
        noise = self.watcher.noise
        found = [
            look_at_destination(
                name, ingest.visits, sent, live_s=self._live_s, fault_s=self.fault_s, noise=noise
            )
            for name, ingest in self._bystanders.items()
        ]
        return [*found, look_at_recording(recorded_pictures(self.recordings()), sent)]

    def recordings(self) -> list[Path]:
        """The recording's files, oldest first."""
        return sorted(self._recordings.iterdir(), key=lambda path: path.stat().st_mtime_ns)

    def complaints(self) -> list[str]:
        """Return what the relay itself had to complain about: how it ended, its stderr, errors in its log; each once."""
        found = [] if self.relay.exit_code in (0, 1) else [f"the relay ended with {self.relay.exit_code}"]
        found += [line for line in self.relay.err.splitlines() if line]
        for log in (self.folder / "home" / "logs").iterdir():
            lines = map(json.loads, log.read_text().splitlines())
            found += [f"log: {line['message']}" for line in lines if line["level"] in ("ERROR", "CRITICAL")]
        return [complaint[:COMPLAINT_CHARACTERS] for complaint in dict.fromkeys(found)][:MOST_COMPLAINTS]

    def _launcher(self) -> Sequence[str]:
        """Return what stands before the relay's command."""
        return ()

    def _bystanders_get_pictures(self) -> bool:
        assert self.relay.running, self.relay.log_tail()
        return all(any(visit.pictures for visit in ingest.visits) for ingest in self._bystanders.values())
