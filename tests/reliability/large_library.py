"""V28: a service whose store holds ten thousand replays that it has never seen."""

from __future__ import annotations

import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from powerstream_desktop.client.client import Client
from powerstream_desktop.cloud.manifests.edits import first_manifest
from powerstream_desktop.cloud.manifests.manifest_words import write_manifest
from powerstream_desktop.cloud.manifests.object_keys import manifest_key
from powerstream_desktop.cloud.object_store.opening import open_store
from powerstream_desktop.cloud.object_store.store_config import StoreConfig
from powerstream_desktop.common.errors import PowerStreamError
from tests.e2e.support.served import Served, processes_of
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import TimedOutError, wait_until
from tests.e2e.test_cloud import client_at, use_moto
from tests.integration.cloud.store_servers import CREDENTIALS, seaweed_store
from tests.reliability.campaign import Campaign, Verdict
from tests.unit.cloud.manifests.replays import STUDIO, film, replay

REPLAYS = 10_000
MOST_MIB = 300.0
PATIENCE_S = 1200.0
LOOK_S = 0.2
WRITERS = 8
PREFIX = "large/"


@dataclass
class Memory:
    """What the processes of a home hold, looked at five times a second; each look is the sum over what runs then, in MiB."""

    home: Path
    most_mib: dict[str, float] = field(default_factory=dict)
    """By role, and of all together."""
    _ended: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Look until it is ended; runs on a thread of its own."""
        while not self._ended.wait(LOOK_S):
            now: dict[str, float] = {}
            for pid in processes_of(self.home):
                held = resident_mib(pid)
                for name in (role(pid), "all"):
                    now[name] = now.get(name, 0.0) + held
            for name, held in now.items():
                self.most_mib[name] = max(held, self.most_mib.get(name, 0.0))

    def end(self) -> None:
        self._ended.set()


def resident_mib(pid: int) -> float:
    """Return what a process holds in memory; 0 when it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def role(pid: int) -> str:
    """Return which of our processes it is."""
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        return next((each for each in ("courier", "service", "media", "serve") if each in words), "other")
    return "other"


def play_large_library(cases: int, folder: Path) -> Verdict:
    """Fill a store, have a service sync with it, kill it when it knows a third, and wait until it knows all."""
    stage = Stage(folder)
    try:
        config = stage.enter(seaweed_store(folder))
        fill(config, cases)
        served = Served(stage, "--headless")
        served.wait_until_ready()
        memory = Memory(served.home)
        watching = threading.Thread(target=memory.watch, name="memory")
        watching.start()
        try:
            return _synced(served, config, cases, memory)
        except TimedOutError as error:
            return Verdict("not all came", (str(error),))
        finally:
            memory.end()
            watching.join()
    finally:
        stage.close()


def fill(config: StoreConfig, count: int) -> None:
    """Write the manifests of so many replays."""
    with contextlib.closing(open_store(config, CREDENTIALS)) as store, ThreadPoolExecutor(WRITERS) as pool:

        def put(number: int) -> None:
            known = replay(f"replay-{number:05}", title=f"Show {number}", media=film(f"replay-{number:05}"))
            data = write_manifest(first_manifest(known, STUDIO))
            store.put(f"{PREFIX}{manifest_key(known.asset_id)}", data, content_type="application/json")

        list(pool.map(put, range(count)))


def _synced(served: Served, config: StoreConfig, count: int, memory: Memory) -> Verdict:
    with client_at(served.home) as client:
        began_s = time.monotonic()
        use_moto(client, config.endpoint_url, PREFIX)
        wait_until(lambda: known(client) >= count // 3, what="a third of the replays", timeout_s=PATIENCE_S)
        at_kill = known(client)
        served.kill_service()
        killed_s = time.monotonic()
        wait_until(lambda: known(client) >= count, what="all replays", timeout_s=PATIENCE_S)
        whole_s = time.monotonic()
        found = known(client)
    broken = [f"{found} replays are known, of {count}"] if found != count else []
    if memory.most_mib.get("service", 0.0) >= MOST_MIB:
        broken.append(f"the service held {memory.most_mib['service']:.0f} MiB")
    measured = (
        f"killed with {at_kill} known after {killed_s - began_s:.0f} s, all after {whole_s - killed_s:.0f} s more;"
        f" at most {memory.most_mib['service']:.0f} MiB in the service, {memory.most_mib.get('courier', 0.0):.0f}"
        f" in the courier, {memory.most_mib['all']:.0f} in all"
    )
    return Verdict(measured, tuple(broken))


def known(client: Client) -> int:
    """Return how many replays the service lists; 0 while it answers nothing."""
    try:
        return client.library.page(limit=1).total or 0
    except PowerStreamError:
        return 0


V28 = Campaign(
    "V28",
    "a service meets a store with so many replays, and is killed in its first sync",
    "it takes the sync up and knows all; the service stays below 300 MiB",
    REPLAYS,
    play_large_library,
)
