"""The end of the soak: the broadcast is stopped, and everything that it left behind is looked at."""

from __future__ import annotations

import hashlib
import os
import re
import signal
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.cloud.object_store.opening import open_store
from tests.canary import find_canary
from tests.e2e.support.recorded_pictures import recorded_pictures
from tests.e2e.support.served import processes_of, wait_until_gone
from tests.e2e.support.waiting import TimedOutError, wait_until
from tests.integration.cloud.store_servers import CREDENTIALS
from tests.reliability.chaos.oracles import DESCRIPTORS, MEMORY_MIB, Window, growth, unrecorded
from tests.reliability.chaos.scenery import CONTROL, FILM, Scenery, key_of
from tests.reliability.chaos.watch import Watch

COURIER_S: Final = 10.0
UPLOADS_S: Final = 300.0
ENDS_S: Final = 30.0
MARGIN_S: Final = 3.0
"""How long behind the last fault the control's pictures count: what is on its way at the end is no loss."""


@dataclass
class Found:
    """What was measured, in parts of a sentence, and what was not as promised."""

    told: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def measured(self) -> str:
        """All of it."""
        return "; ".join(self.told)


def look(scenery: Scenery, watch: Watch, excused: Sequence[Window]) -> Found:
    """Stop the broadcast, wait for the store, end the service, and judge all that is left."""
    found = Found()
    scenery.client.live.stop()
    _recording(scenery, excused, found)
    _library(scenery, found)
    _processes(watch, found)
    _end(scenery, found)
    _keys(scenery, watch, found)
    _complaints(scenery, found)
    return found


def _recording(scenery: Scenery, excused: Iterable[Window], found: Found) -> None:
    files = sorted(scenery.recordings(), key=lambda path: path.stat().st_mtime_ns)
    found.broken += [f"{path.name} was left unfinished" for path in files if ".recording." in path.name]
    digests = [each.digest for each in recorded_pictures(files)]
    pictures = scenery.own[CONTROL].pictures
    counted = [each for each in pictures if each.at_s < pictures[-1].at_s - MARGIN_S]
    missing = unrecorded(counted, digests, excused)
    found.told.append(f"{len(files)} recordings lack {len(missing)} of {len(counted)} pictures")
    if missing:
        found.broken.append(
            f"the recording lacks {len(missing)} pictures, the first {missing[0] - pictures[0].at_s:.1f} s"
            f" and the last {missing[-1] - pictures[0].at_s:.1f} s from the beginning"
        )


def _library(scenery: Scenery, found: Found) -> None:
    """Every file of the recording and every film is a replay, and its copy in the store is the same."""

    with suppress(
        TimedOutError
    ):  # what is left is uploaded now that nothing is live; once more without its courier
        wait_until(lambda: scenery.kill("courier"), what="a courier", timeout_s=COURIER_S)
    with suppress(TimedOutError):  # who is missing is told below
        wait_until(lambda: _all_are_synced(scenery), what="all uploads", timeout_s=UPLOADS_S)
    assets = _assets(scenery)
    files = {Path(scenery.client.library.file(each.id)) for each in assets if each.has_file}
    found.broken += [f"{path.name} is no replay" for path in sorted({*scenery.replay_files()} - files)]
    if (films := sum(each.title.startswith(FILM) for each in assets)) != scenery.films:
        found.broken.append(f"{films} of {scenery.films} films are in the library")
    found.broken += [
        f"the replay {each.title} ({each.id}) is {each.sync.state}: {each.sync.trouble}"
        for each in assets
        if each.sync.state != "synced"
    ]
    with closing(open_store(scenery.store, CREDENTIALS)) as store:
        there = {path.name: path for path in files}
        for each in assets:
            if each.sync.state == "synced":
                path = Path(scenery.client.library.file(each.id))
                digest = hashlib.sha256(there[path.name].read_bytes()).hexdigest()
                key = f"{scenery.store.prefix}vod/{each.id}/{digest[:16]}{path.suffix}"
                copy = hashlib.sha256(b"".join(store.read(key))).hexdigest()
                if copy != digest:
                    found.broken.append(f"{path.name} is another one in the store")
        left = len(list(store.pending(scenery.store.prefix)))
    if left:
        found.broken.append(f"{left} uploads are left behind in the store")
    found.told.append(f"{len(assets)} replays listed and in the store")


def _assets(scenery: Scenery) -> list[Asset]:
    """Return every replay of the library."""
    assets: list[Asset] = []
    cursor = None
    while True:
        page = scenery.client.library.page(cursor=cursor)
        assets += page.assets
        if (cursor := page.next_cursor) is None:
            return assets


def _all_are_synced(scenery: Scenery) -> bool:
    assets = _assets(scenery)
    wanted = len(list(scenery.recordings())) + scenery.films
    return len(assets) >= wanted and all(each.sync.state == "synced" for each in assets)


def _processes(watch: Watch, found: Found) -> None:
    most_mib = 0.0
    for (role, pid), weights in watch.weights.items():
        grown = growth(weights)
        if grown is None:
            continue
        most_mib = max(most_mib, grown.memory_mib)
        if grown.memory_mib > MEMORY_MIB:
            found.broken.append(f"{role} {pid} grew by {grown.memory_mib:.0f} MiB in {grown.at_s:.0f} s")
        if grown.descriptors > DESCRIPTORS:
            found.broken.append(f"{role} {pid} has {grown.descriptors} more open files")
    found.told.append(f"memory {most_mib:+.1f} MiB")


def _end(scenery: Scenery, found: Found) -> None:
    pids = scenery.served.all_pids()
    os.kill(scenery.served.keeper.pid, signal.SIGTERM)
    code = scenery.served.keeper.wait_for_exit(timeout_s=ENDS_S)
    if code != 0:
        found.broken.append(f"the service ended with {code}")
    wait_until_gone(pids, timeout_s=ENDS_S)
    found.broken += [f"process {pid} is left" for pid in processes_of(scenery.served.home)]


def _keys(scenery: Scenery, watch: Watch, found: Found) -> None:
    places = [scenery.served.home, scenery.disk, scenery.spare]
    places += [*scenery.stage.folder.glob("serve.*")]
    leaks = [
        *watch.leaks,
        *(leak for name in scenery.names for leak in find_canary(places, key_of(name), pids=[])),
    ]
    found.told.append(f"{len(leaks)} traces of a key")
    found.broken += leaks[:10]


def _complaints(scenery: Scenery, found: Found) -> None:
    """Nothing in the log calls itself an error: every fault here is somebody else's."""
    errors: dict[str, int] = {}
    for log in (scenery.served.home / "logs").iterdir():
        for line in log.read_text(errors="replace").splitlines():
            if re.search(r'"level": ?"(ERROR|CRITICAL)"', line):
                message = re.search(r'"message": ?"([^"]{0,160})', line)
                text = message[1] if message else line[:160]
                errors[text] = errors.get(text, 0) + 1
    found.broken += [f"log, {count}×: {text}" for text, count in errors.items()]
